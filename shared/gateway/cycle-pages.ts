import type { ConstraintLevel, FixedWindowConstraint } from '../domain/badge';
import { partsOfDate, skippedDate, type CalendarDate } from '../domain/calendar';
import { cycleOn, cyclesTouching, type ConfigurationDates, type Cycle } from '../domain/cycles';
import type { OrgSettings } from '../domain/settings';

type CycleSettings = Pick<OrgSettings, 'zone' | 'weeklyCycles'>;

/** One configuration of a fixed window, and the dates of which a caller wants the cycles. */
export interface CycleSource {
  level: ConstraintLevel;
  window: FixedWindowConstraint;
  dates: ConfigurationDates;
}

export interface ListedCycle extends Cycle {
  source: CycleSource;
}

function monthsBetween(from: CalendarDate, to: CalendarDate): number {
  const one = partsOfDate(from);
  const other = partsOfDate(to);
  return (other.year - one.year) * 12 + other.month - one.month;
}

/**
 * How many cycles of a configuration touch the dates from–to, without listing them: a badge whose end was typed in
 * milliseconds (semantics T1) has twenty million.
 */
function countCycles(source: CycleSource, from: CalendarDate, to: CalendarDate, settings: CycleSettings): number {
  const { window, dates } = source;
  const first = Math.max(from, dates.firstDate);
  const last = dates.lastDate === null ? to : Math.min(to, dates.lastDate);
  if (first > last) return 0;
  const start = cycleOn(window, dates, first, settings);
  const end = cycleOn(window, dates, last, settings);
  if (start === null || end === null) return 0;
  switch (window.durationType) {
    case 'DAYS': {
      const length = window.refreshRate ?? 1;
      const count = Math.round((end.firstDate - start.firstDate) / length) + 1;
      // A cycle of the one date that the zone skips is none (semantics T4).
      const skipped = length === 1 ? skippedDate(first, last, settings.zone) : null;
      return skipped === null ? count : count - 1;
    }
    case 'WEEKS':
      // The first cycle may be short, so that its start is no multiple of seven days away.
      return Math.ceil((end.firstDate - start.firstDate) / 7) + 1;
    case 'MONTHS':
      return monthsBetween(start.firstDate, end.firstDate) + 1;
  }
}

/**
 * A page of the cycles that touch the dates from–to: by start, customer level first among those that start together
 * (gateway-api, getFixedWindowDetails).
 */
export function pageOfCycles(
  sources: readonly CycleSource[],
  from: CalendarDate,
  to: CalendarDate,
  settings: CycleSettings,
  page: { page: number; size: number },
): { cycles: ListedCycle[]; total: number } {
  const upTo = (date: CalendarDate): number =>
    sources.reduce((sum, source) => sum + countCycles(source, from, Math.min(date, to), settings), 0);
  const total = upTo(to);
  const skip = page.page * page.size;
  if (skip >= total) return { cycles: [], total };

  // The date up to which as many cycles start as the page skips, by halving; the page begins with the next one.
  let low = from;
  let high = to;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (upTo(middle) > skip) high = middle;
    else low = middle + 1;
  }
  const before = low > from ? upTo(low - 1) : 0;
  const wanted = skip - before + page.size;
  const cycles: ListedCycle[] = [];
  for (const source of sources) {
    let taken = 0;
    for (const cycle of cyclesTouching(source.window, source.dates, low, to, settings)) {
      // A cycle that began earlier was counted before; only in the first list are those that reach into it wanted.
      if (low > from && cycle.firstDate < low) continue;
      cycles.push({ ...cycle, source });
      taken += 1;
      if (taken >= wanted) break;
    }
  }
  const levels: readonly ConstraintLevel[] = ['CUSTOMER', 'BADGE'];
  cycles.sort(
    (one, other) =>
      one.firstDate - other.firstDate || levels.indexOf(one.source.level) - levels.indexOf(other.source.level),
  );
  return { cycles: cycles.slice(skip - before, wanted), total };
}
