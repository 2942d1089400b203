import type { MessageKey, PlainKey } from '../words/message';
import type { Speaker } from '../words/speaker';
import type { Constraint, ConstraintLevel, FixedWindowConstraint, PeriodUnit } from './badge';
import type { WeekDay } from './calendar';

type Says = Pick<Speaker, 'say' | 'locale'>;

/** One of a customer's rolling limits. */
export interface CustomerRoll {
  unit: PeriodUnit;
  value: number;
  limit: number;
}

/** The rolling limits of a customer that are active (semantics C3). */
export function customerRolls(constraint: Extract<Constraint, { kind: 'CUSTOMER_ROLLING_WINDOW' }>): CustomerRoll[] {
  const all: CustomerRoll[] = [
    { unit: 'DAYS', value: constraint.rollForDays, limit: constraint.maxEarnForDays },
    { unit: 'WEEKS', value: constraint.rollForWeeks, limit: constraint.maxEarnForWeeks },
    { unit: 'MONTHS', value: constraint.rollForMonths, limit: constraint.maxEarnForMonths },
  ];
  return all.filter((roll) => roll.value > 0);
}

/** The names of the days of a week. */
export const WEEK_DAYS = {
  MONDAY: 'domain.monday',
  TUESDAY: 'domain.tuesday',
  WEDNESDAY: 'domain.wednesday',
  THURSDAY: 'domain.thursday',
  FRIDAY: 'domain.friday',
  SATURDAY: 'domain.saturday',
  SUNDAY: 'domain.sunday',
} as const satisfies Record<WeekDay, PlainKey>;

const ROLLS = {
  DAYS: 'badges.limitInAnyDays',
  WEEKS: 'badges.limitInAnyWeeks',
  MONTHS: 'badges.limitInAnyMonths',
} as const satisfies Record<PeriodUnit, MessageKey>;

/** `Monday`. */
export const weekDayInWords = ({ say }: Pick<Says, 'say'>, day: WeekDay): string => say(WEEK_DAYS[day]);

const numbered = ({ locale }: Says, value: number): string => new Intl.NumberFormat(locale).format(value);

/** One rolling limit of a level: `Each customer: 3 in any 7 days`. */
export function rollInWords(says: Says, level: ConstraintLevel, roll: CustomerRoll): string {
  return ofLevel(says, level, rolled(says, roll));
}

const rolled = (says: Says, { unit, value, limit }: CustomerRoll): string =>
  says.say(ROLLS[unit], { limit: numbered(says, limit), count: value });

const ofLevel = ({ say }: Says, level: ConstraintLevel, limits: string): string =>
  say(level === 'CUSTOMER' ? 'badges.eachCustomer' : 'badges.allCustomers', { limits });

function cycleWords(says: Says, window: FixedWindowConstraint): string {
  const limit = numbered(says, window.maxEarnLimit);
  switch (window.durationType) {
    case 'DAYS':
      return says.say('badges.limitEveryDays', { limit, days: window.refreshRate ?? 1 });
    case 'WEEKS':
      return says.say('badges.limitEachWeek', {
        ...{ limit, day: weekDayInWords(says, window.startDayOfTheWeek ?? 'MONDAY') },
      });
    case 'MONTHS':
      return says.say('badges.limitEachMonth', { limit });
  }
}

/** A limit in one line: `Each customer: 2 every 3 days`. */
export function limitInWords(says: Says, constraint: Constraint, level: ConstraintLevel): string {
  return ofLevel(says, level, limitAloneInWords(says, constraint));
}

/** A limit without whom it is about: `2 every 3 days`. */
export function limitAloneInWords(says: Says, constraint: Constraint): string {
  switch (constraint.kind) {
    case 'NO_LIMIT':
      return says.say('badges.limitNone');
    case 'FIXED_VALUE':
      return says.say('badges.limitInAll', { limit: numbered(says, constraint.maxEarnLimit) });
    case 'FIXED_WINDOW':
      return cycleWords(says, constraint);
    case 'BADGE_ROLLING_WINDOW':
      return rolled(says, {
        ...{ unit: constraint.rollType, value: constraint.rollValue, limit: constraint.maxEarnLimit },
      });
    case 'CUSTOMER_ROLLING_WINDOW':
      return customerRolls(constraint)
        .map((roll) => rolled(says, roll))
        .join(', ');
  }
}
