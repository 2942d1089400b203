import { constraintTypeOf, type BadgeDefinition, type Constraint, type ConstraintLevel } from './badge';
import { addMonths, dateAt, startOfDate } from './calendar';
import { configurationDates, cycleOn, cycleSpan } from './cycles';
import { DAY, MICROSECOND, type Instant } from './instant';
import { isWithin, type Award, type CountedBy, type Span } from './org';
import type { OrgSettings } from './settings';

type CapSettings = Pick<OrgSettings, 'zone' | 'weeklyCycles' | 'rollingWindows'>;

/** One limit that an award at a given instant must pass. All of them must (semantics C). */
export interface Cap {
  level: ConstraintLevel;
  constraintType: string;
  /** Position of the constraint in the badge's list of its level. */
  index: number;
  limit: number;
  /** Which date of an award decides whether it counts: processing for rolling windows, event for fixed ones (C3, W1). */
  by: CountedBy;
  /** Awards within this span count; null: all of them, over the badge's whole life (C1). */
  span: Span | null;
  /** Set for rolling windows, to say when a place frees. */
  roll: { unit: 'DAYS' | 'WEEKS' | 'MONTHS'; value: number } | null;
}

/** The span a rolling window covers at `now`: (now − n, now], written half-open in microseconds (semantics C3). */
export function rollingSpan(
  unit: 'DAYS' | 'WEEKS' | 'MONTHS',
  value: number,
  now: Instant,
  settings: CapSettings,
): Span {
  const to = now + MICROSECOND;
  if (unit === 'MONTHS') return { from: addMonths(now, -value, settings.zone) + MICROSECOND, to };
  const days = unit === 'WEEKS' ? value * 7 : value;
  if (settings.rollingWindows === 'dates')
    return { from: startOfDate(dateAt(now, settings.zone) - days + 1, settings.zone), to };
  return { from: now - days * DAY + MICROSECOND, to };
}

function capsOf(
  badge: BadgeDefinition,
  constraint: Constraint,
  level: ConstraintLevel,
  index: number,
  now: Instant,
  eventDate: Instant,
  settings: CapSettings,
): Cap[] {
  const constraintType = constraintTypeOf(constraint, level);
  const rolling = (unit: 'DAYS' | 'WEEKS' | 'MONTHS', value: number, limit: number): Cap => ({
    level,
    constraintType,
    index,
    limit,
    by: 'earnedOn',
    span: rollingSpan(unit, value, now, settings),
    roll: { unit, value },
  });
  switch (constraint.kind) {
    case 'NO_LIMIT':
      return [];
    case 'FIXED_VALUE':
      return [{ level, constraintType, index, limit: constraint.maxEarnLimit, by: 'earnedOn', span: null, roll: null }];
    case 'FIXED_WINDOW': {
      const dates = configurationDates(badge, constraint, settings.zone);
      const cycle = cycleOn(constraint, dates, dateAt(eventDate, settings.zone), settings);
      if (cycle === null) return [];
      return [
        {
          level,
          constraintType,
          index,
          limit: constraint.maxEarnLimit,
          by: 'eventDate',
          span: cycleSpan(cycle, settings.zone),
          roll: null,
        },
      ];
    }
    case 'BADGE_ROLLING_WINDOW':
      return [rolling(constraint.rollType, constraint.rollValue, constraint.maxEarnLimit)];
    case 'CUSTOMER_ROLLING_WINDOW': {
      const caps: Cap[] = [];
      if (constraint.rollForDays > 0) caps.push(rolling('DAYS', constraint.rollForDays, constraint.maxEarnForDays));
      if (constraint.rollForWeeks > 0) caps.push(rolling('WEEKS', constraint.rollForWeeks, constraint.maxEarnForWeeks));
      if (constraint.rollForMonths > 0)
        caps.push(rolling('MONTHS', constraint.rollForMonths, constraint.maxEarnForMonths));
      return caps;
    }
  }
}

/**
 * The limits in force for an award processed at `now` with this event date, customer level first, each list in its own
 * order: the first that fails is the one reported (semantics C5).
 */
export function capsInForce(badge: BadgeDefinition, now: Instant, eventDate: Instant, settings: CapSettings): Cap[] {
  return [
    ...badge.customerConstraints.flatMap((constraint, index) =>
      capsOf(badge, constraint, 'CUSTOMER', index, now, eventDate, settings),
    ),
    ...badge.badgeConstraints.flatMap((constraint, index) =>
      capsOf(badge, constraint, 'BADGE', index, now, eventDate, settings),
    ),
  ];
}

/** Whether an award counts towards a cap. */
export function countsTowards(award: Award, cap: Cap): boolean {
  if (cap.span === null) return true;
  const at = cap.by === 'eventDate' ? award.eventDate : award.earnedOn;
  return isWithin(cap.span, at);
}

/** How many of a customer's awards count towards a cap. */
export function countTowards(awards: readonly Award[], cap: Cap): number {
  if (cap.span === null) return awards.length;
  let count = 0;
  for (const award of awards) if (countsTowards(award, cap)) count += 1;
  return count;
}
