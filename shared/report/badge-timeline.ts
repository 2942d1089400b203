import type { BadgeDefinition, Constraint, ConstraintLevel, FixedWindowConstraint, PeriodUnit } from '../domain/badge';
import { dateAt, type Zone } from '../domain/calendar';
import { rollingSpan } from '../domain/caps';
import { configurationDates, constraintEnd, cycleOn, cyclesTouching, cycleSpan } from '../domain/cycles';
import { awardExpiry, enrolmentExpiry } from '../domain/expiry';
import { DAY, type Instant } from '../domain/instant';
import { customerRolls, limitInWords, rollInWords } from '../domain/limit-words';
import { readBadge } from '../domain/read-badge';
import { DEFAULT_SETTINGS } from '../domain/settings';
import type { Speaker } from '../words/speaker';
import { isObject, type JsonObject } from '../domain/body-reader';

/** More cycles than this are drawn as one band: their edges would be closer than a pixel. */
const MOST_CYCLES = 180;

export interface TimelineBar {
  from: Instant;
  to: Instant;
  /** It goes on past the drawing. */
  open: boolean;
  current: boolean;
}

export interface TimelineLane {
  id: string;
  kind: 'life' | 'fixed' | 'rolling' | 'total' | 'enrolment' | 'award';
  label: string;
  bars: readonly TimelineBar[];
  /** Too many cycles to draw one by one. */
  dense: boolean;
  /** What the lane says at the chosen instant, in words. */
  sentence: string;
}

export interface TimelineDrawing {
  from: Instant;
  to: Instant;
  lanes: readonly TimelineLane[];
}

/**
 * The badge as far as its body can be read: start and end are needed, every other part is taken if it is right on its
 * own. A limit that is being typed must not take the drawing away.
 */
export function readableDefinition(body: JsonObject): BadgeDefinition | null {
  let taken: Record<string, unknown> = {
    name: '-',
    startOn: body['startOn'],
    startOnISO: body['startOnISO'],
    expiresOn: body['expiresOn'],
    expiresOnISO: body['expiresOnISO'],
    earnType: 'EARN',
    earnedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META' },
  };
  const first = readBadge(taken).definition;
  if (first === null || first.startOn >= first.expiresOn) return null;
  let definition = first;
  const tryWith = (change: JsonObject): void => {
    const candidate = { ...taken, ...change };
    const read = readBadge(candidate).definition;
    if (read === null) return;
    taken = candidate;
    definition = read;
  };
  tryWith({ earnType: body['earnType'], issuedBadgeExpiry: body['issuedBadgeExpiry'] });
  tryWith({ earnedBadgeExpiry: body['earnedBadgeExpiry'] });
  for (const key of ['customerConstraints', 'badgeConstraints']) {
    const list: unknown = body[key];
    if (!Array.isArray(list)) continue;
    for (const constraint of list.filter(isObject)) {
      tryWith({ [key]: [...((taken[key] as unknown[] | undefined) ?? []), constraint] });
    }
  }
  return definition;
}

/** How a drawing words what it draws. */
export interface TimelineWords {
  speaker: Pick<Speaker, 'say' | 'locale'>;
  instant(at: Instant): string;
  /** The day alone. */
  date(at: Instant): string;
}

/** Draws a badge's life, windows and expiries around a chosen instant (semantics section 6, C3, W). */
export function drawTimeline(badge: BadgeDefinition, at: Instant, zone: Zone, words: TimelineWords): TimelineDrawing {
  const { say } = words.speaker;
  const settings = { ...DEFAULT_SETTINGS, zone };
  const show = words.instant;
  const life = badge.expiresOn - badge.startOn;
  const award = awardExpiry(badge, at, zone);
  const enrolment = badge.earnType === 'ISSUE_EARN' ? enrolmentExpiry(badge, at, at, zone) : null;
  // Far expiries, and NEVER above all, would squeeze everything else: they run out of the drawing instead.
  const farthest = badge.expiresOn + life * 0.5;
  const to = Math.min(
    farthest,
    Math.max(badge.expiresOn + life * 0.04, award + life * 0.02, (enrolment ?? 0) + life * 0.02),
  );
  const from = badge.startOn - life * 0.03;
  const bar = (start: Instant, end: Instant, current = true): TimelineBar => ({
    from: Math.max(start, from),
    to: Math.min(end, to),
    open: end > to,
    current,
  });

  const lanes: TimelineLane[] = [
    {
      id: 'life',
      kind: 'life',
      label: say('phrases.badge'),
      bars: [bar(badge.startOn, badge.expiresOn)],
      dense: false,
      sentence: say('badges.laneLife', { from: show(badge.startOn), to: show(badge.expiresOn) }),
    },
  ];
  if (enrolment !== null) {
    lanes.push({
      id: 'enrolment',
      kind: 'enrolment',
      label: say('badges.laneEnrolment'),
      bars: [bar(at, enrolment)],
      dense: false,
      sentence: say('badges.laneEnrolled', { end: show(enrolment) }),
    });
  }
  lanes.push({
    id: 'award',
    kind: 'award',
    label: say('badges.laneAward'),
    bars: [bar(at, Math.max(at, award))],
    dense: false,
    sentence:
      award > at ? say('badges.laneAwarded', { end: show(award) }) : say('badges.laneExpired', { end: show(award) }),
  });

  const addLimits = (constraints: readonly Constraint[], level: ConstraintLevel): void => {
    constraints.forEach((constraint, index) => {
      const id = `${level}-${index}`;
      const label = limitInWords(words.speaker, constraint, level);
      if (constraint.kind === 'FIXED_VALUE') {
        lanes.push({
          id,
          kind: 'total',
          label,
          bars: [bar(badge.startOn, badge.expiresOn)],
          dense: false,
          sentence: `${label}.`,
        });
      } else if (constraint.kind === 'FIXED_WINDOW') {
        lanes.push(fixedLane(id, label, constraint));
      } else if (constraint.kind === 'BADGE_ROLLING_WINDOW') {
        lanes.push(rollingLane(id, label, constraint.rollType, constraint.rollValue));
      } else if (constraint.kind === 'CUSTOMER_ROLLING_WINDOW') {
        for (const roll of customerRolls(constraint)) {
          lanes.push(rollingLane(`${id}-${roll.unit}`, rollInWords(words.speaker, level, roll), roll.unit, roll.value));
        }
      }
    });
  };

  function rollingLane(id: string, label: string, unit: PeriodUnit, value: number): TimelineLane {
    const span = rollingSpan(unit, value, at, settings);
    return {
      id,
      kind: 'rolling',
      label,
      bars: [bar(span.from, span.to)],
      dense: false,
      sentence: say('badges.laneRolling', { limit: label, from: show(span.from) }),
    };
  }

  function fixedLane(id: string, label: string, window: FixedWindowConstraint): TimelineLane {
    const dates = configurationDates(badge, window, zone);
    const end = constraintEnd(badge, zone) ?? to;
    const length =
      window.durationType === 'DAYS' ? (window.refreshRate ?? 1) : window.durationType === 'WEEKS' ? 7 : 30;
    const count = (Math.min(end, to) - badge.startOn) / (length * DAY);
    const cycle = cycleOn(window, dates, dateAt(at, zone), settings);
    const span = cycle === null ? null : cycleSpan(cycle, zone);
    const sentence =
      span === null
        ? say('badges.laneNoWindow', { limit: label })
        : say('badges.laneWindow', {
            limit: label,
            from: words.date(span.from),
            to: words.date(span.to - 1),
          });
    if (count > MOST_CYCLES) {
      const bars = [bar(badge.startOn, end, false), ...(span === null ? [] : [bar(span.from, span.to)])];
      return {
        id,
        kind: 'fixed',
        label: say('badges.laneDense', { limit: label, count: Math.round(count) }),
        bars,
        dense: true,
        sentence,
      };
    }
    const bars = [...cyclesTouching(window, dates, dateAt(badge.startOn, zone), dateAt(to, zone), settings)].map(
      (touching) => {
        const cycleBounds = cycleSpan(touching, zone);
        return bar(cycleBounds.from, cycleBounds.to, cycleBounds.from <= at && at < cycleBounds.to);
      },
    );
    return { id, kind: 'fixed', label, bars, dense: false, sentence };
  }

  addLimits(badge.customerConstraints, 'CUSTOMER');
  addLimits(badge.badgeConstraints, 'BADGE');
  return { from, to, lanes };
}
