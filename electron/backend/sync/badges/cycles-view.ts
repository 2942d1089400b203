import { badgeStatus, type BadgeDefinition, type Constraint } from '../../../../shared/domain/badge';
import { dateAt, partsOfDate, type CalendarDate } from '../../../../shared/domain/calendar';
import { configurationDates, cyclesTouching, cycleSpan, type Cycle } from '../../../../shared/domain/cycles';
import type { Instant } from '../../../../shared/domain/instant';
import type { StoredBadge } from '../../../../shared/domain/org';
import type { OrgSettings } from '../../../../shared/domain/settings';
import { applyUpdate } from '../../../../shared/domain/update-badge';
import type { CycleView, DifferenceView } from '../../../../shared/ipc/sync-contract';
import { message, type Message } from '../../../../shared/words/message';
import { daysInWords } from '../../../../shared/words/day-words';

type Level = 'customerConstraints' | 'badgeConstraints';

/** Cycles shown from the running one on. */
const SHOWN = 8;
/** Days looked ahead for them. */
const AHEAD = 10 * 366;

/**
 * The cycles of a level's fixed windows around now, as they are and as they would be after the edit (semantics W6, W7).
 * Null for a badge that has not started, whose windows are simply replaced, and where there are none.
 */
export function cyclesAround(
  stored: StoredBadge,
  next: BadgeDefinition,
  level: Level,
  now: Instant,
  settings: OrgSettings,
): DifferenceView['cycles'] {
  if (badgeStatus(stored.definition, now) === 'UPCOMING') return null;
  const before = cyclesOf(stored.definition, level, now, settings);
  const after = cyclesOf(applyUpdate(stored, next, now, settings), level, now, settings);
  return before.length === 0 && after.length === 0 ? null : { before, after };
}

function cyclesOf(badge: BadgeDefinition, level: Level, now: Instant, settings: OrgSettings): CycleView[] {
  const today = dateAt(now, settings.zone);
  const found = badge[level].flatMap((constraint) => windowCycles(badge, constraint, today, settings));
  return found
    .sort((one, other) => one.cycle.firstDate - other.cycle.firstDate)
    .slice(0, SHOWN)
    .map(({ cycle, limit }) => {
      const { from, to } = cycleSpan(cycle, settings.zone);
      return { from, to, label: message('comparison.cycle', { days: datesInWords(cycle), limit }) };
    });
}

function windowCycles(
  badge: BadgeDefinition,
  constraint: Constraint,
  today: CalendarDate,
  settings: OrgSettings,
): { cycle: Cycle; limit: number }[] {
  if (constraint.kind !== 'FIXED_WINDOW') return [];
  const dates = configurationDates(badge, constraint, settings.zone);
  const cycles: { cycle: Cycle; limit: number }[] = [];
  for (const cycle of cyclesTouching(constraint, dates, today, today + AHEAD, settings)) {
    cycles.push({ cycle, limit: constraint.maxEarnLimit });
    if (cycles.length === SHOWN) break;
  }
  return cycles;
}

function datesInWords({ firstDate, lastDate }: Cycle): Message {
  return daysInWords(partsOfDate(firstDate), partsOfDate(lastDate));
}
