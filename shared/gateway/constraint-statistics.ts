import type { Constraint, ConstraintLevel } from '../domain/badge';
import { dateAt, startOfDate } from '../domain/calendar';
import { rollingSpan } from '../domain/caps';
import { configurationDates, configurationView, cycleOn, cycleSpan, existingDates } from '../domain/cycles';
import type { Instant } from '../domain/instant';
import { isWithin, type CountedBy, type OrgState, type Span, type StoredBadge } from '../domain/org';
import { windowReferenceId } from '../domain/window-reference';
import { dated } from './instant-view';

type Json = Record<string, unknown>;

/** How many awards count towards a constraint's span: the customer's or the whole badge's. */
export type Counter = (by: CountedBy, span: Span | null) => number;

export function counterOf(org: OrgState, badge: StoredBadge, level: ConstraintLevel, customerId: number): Counter {
  if (level === 'BADGE') return (by, span) => org.countAwards(badge, by, span);
  const awards = org.countedAwardsOf(badge, customerId);
  return (by, span) => (span === null ? awards.length : awards.filter((award) => isWithin(span, award[by])).length);
}

function statistics(
  total: number | null,
  days: number | null = null,
  weeks: number | null = null,
  months: number | null = null,
): Json {
  return {
    currentEarnCount: total,
    currentEarnCountDays: days,
    currentEarnCountWeeks: weeks,
    currentEarnCountMonths: months,
  };
}

const EMPTY: Json = {
  rollType: null,
  refreshRate: null,
  durationType: null,
  cycleStatus: null,
  startDayOfTheWeek: null,
  rollValue: null,
  maxEarnLimit: null,
  earnConstraintBlockStatistics: statistics(null),
  fixedWindowCycle: null,
  fixedWindowReferenceId: null,
  rollingWindowLimits: null,
};

/** A constraint with how far it is used up, in the words of the customer's badge details (gateway-api section 5). */
export function constraintStatistics(
  org: OrgState,
  badge: StoredBadge,
  constraint: Constraint,
  level: ConstraintLevel,
  count: Counter,
  now: Instant,
): Json {
  const { settings } = org;
  switch (constraint.kind) {
    case 'NO_LIMIT':
      return { constraintLevel: level, constraintType: 'NONE', ...EMPTY };
    case 'FIXED_VALUE':
      return {
        constraintLevel: level,
        constraintType: 'OVERALL',
        ...EMPTY,
        maxEarnLimit: constraint.maxEarnLimit,
        earnConstraintBlockStatistics: statistics(count('earnedOn', null)),
      };
    case 'FIXED_WINDOW': {
      const dates = configurationDates(badge.definition, constraint, settings.zone);
      const whole = cycleOn(constraint, dates, dateAt(now, settings.zone), settings);
      const cycle = whole && existingDates(whole, settings.zone);
      return {
        constraintLevel: level,
        constraintType: 'FIXED_WINDOW',
        ...EMPTY,
        refreshRate: constraint.refreshRate,
        durationType: constraint.durationType,
        cycleStatus: configurationView(badge.definition, constraint, now, settings.zone).cycleStatus,
        startDayOfTheWeek: constraint.startDayOfTheWeek,
        maxEarnLimit: constraint.maxEarnLimit,
        earnConstraintBlockStatistics: statistics(cycle && count('eventDate', cycleSpan(cycle, settings.zone))),
        fixedWindowCycle: cycle && {
          ...dated('startDate', startOfDate(cycle.firstDate, settings.zone), settings.zone),
          ...dated('endDate', startOfDate(cycle.lastDate, settings.zone), settings.zone),
        },
        fixedWindowReferenceId: windowReferenceId(constraint, level),
      };
    }
    case 'BADGE_ROLLING_WINDOW':
      return {
        constraintLevel: level,
        constraintType: 'ROLLING_WINDOW',
        ...EMPTY,
        rollType: constraint.rollType,
        rollValue: constraint.rollValue,
        maxEarnLimit: constraint.maxEarnLimit,
        earnConstraintBlockStatistics: statistics(
          count('earnedOn', rollingSpan(constraint.rollType, constraint.rollValue, now, settings)),
        ),
      };
    case 'CUSTOMER_ROLLING_WINDOW': {
      const used = (unit: 'DAYS' | 'WEEKS' | 'MONTHS', value: number): number | null =>
        value > 0 ? count('earnedOn', rollingSpan(unit, value, now, settings)) : null;
      const { kind: _, ...limits } = constraint;
      return {
        constraintLevel: level,
        constraintType: 'ROLLING_WINDOW',
        ...EMPTY,
        earnConstraintBlockStatistics: statistics(
          null,
          used('DAYS', constraint.rollForDays),
          used('WEEKS', constraint.rollForWeeks),
          used('MONTHS', constraint.rollForMonths),
        ),
        rollingWindowLimits: limits,
      };
    }
  }
}
