import { PERIOD_UNITS, type Constraint, type ConstraintLevel, type PeriodUnit } from './badge';
import type { BodyReader, JsonObject } from './body-reader';
import { WEEK_DAYS, type WeekDay } from './calendar';
import { message, type Message } from '../words/message';

/** Kinds of caps as the gateway names them. */
export const CONSTRAINT_TYPES = [
  'CUSTOMER_BADGE_FIXED_VALUE',
  'CUSTOMER_BADGE_FIXED_WINDOW',
  'CUSTOMER_BADGE_ROLLING_WINDOW',
  'CUSTOMER_BADGE_NO_LIMIT',
  'BADGE_FIXED_VALUE',
  'BADGE_FIXED_WINDOW',
  'BADGE_ROLLING_WINDOW',
  'BADGE_NO_LIMIT',
] as const;
/** Those that do limit. */
export type LimitType = Exclude<(typeof CONSTRAINT_TYPES)[number], `${string}NO_LIMIT`>;

export const DURATION_SYNONYMS: ReadonlyMap<unknown, PeriodUnit> = new Map([
  ['DAILY', 'DAYS'],
  ['WEEKLY', 'WEEKS'],
  ['MONTHLY', 'MONTHS'],
]);

/** What to enter where a number is missing or lower than the least. */
interface Wanted {
  missing: () => Message;
  tooLow: (least: number) => Message;
}

const WANTED = {
  cycleAwards: {
    missing: () => message('refusals.cycleAwards'),
    tooLow: (least) => message('refusals.cycleAwardsAtLeast', { least }),
  },
  cycleDays: {
    missing: () => message('refusals.cycleDays'),
    tooLow: (least) => message('refusals.cycleDaysAtLeast', { least }),
  },
  windowLength: {
    missing: () => message('refusals.windowLength'),
    tooLow: (least) => message('refusals.windowLengthAtLeast', { least }),
  },
  windowAwards: {
    missing: () => message('refusals.windowAwards'),
    tooLow: (least) => message('refusals.windowAwardsAtLeast', { least }),
  },
  totalAwards: {
    missing: () => message('refusals.totalAwards'),
    tooLow: (least) => message('refusals.totalAwardsAtLeast', { least }),
  },
} as const satisfies Record<string, Wanted>;

const ROLL_AWARDS = {
  Days: { missing: 'refusals.rollDaysAwards', tooLow: 'refusals.rollDaysAwardsAtLeast' },
  Weeks: { missing: 'refusals.rollWeeksAwards', tooLow: 'refusals.rollWeeksAwardsAtLeast' },
  Months: { missing: 'refusals.rollMonthsAwards', tooLow: 'refusals.rollMonthsAwardsAtLeast' },
} as const;

/** A required whole number of at least `least`. */
function required(
  reader: BodyReader,
  holder: JsonObject,
  key: string,
  path: string,
  least: number,
  wanted: Wanted,
): number | null {
  const before = reader.issues.length;
  const value = reader.integer(holder, key, `${path}.${key}`);
  if (reader.issues.length > before) return null;
  if (value === null) {
    reader.incomplete(`${path}.${key}`, `${key} is mandatory`, wanted.missing());
    return null;
  }
  if (value < least) {
    reader.incomplete(`${path}.${key}`, `${key} must be ${least} or more`, wanted.tooLow(least));
    return null;
  }
  return value;
}

function durationType(reader: BodyReader, holder: JsonObject, path: string): PeriodUnit | null {
  const value = holder['durationType'];
  const synonym = DURATION_SYNONYMS.get(value);
  if (synonym !== undefined) return synonym;
  if (value === undefined || value === null) {
    reader.incomplete(`${path}.durationType`, 'durationType is mandatory', message('refusals.chooseUnit'));
    return null;
  }
  return reader.member(value, 'durationType', `${path}.durationType`, PERIOD_UNITS);
}

/** A weekday name, or its zero-based ordinal from Monday (semantics W5). */
function startDay(reader: BodyReader, holder: JsonObject, path: string): WeekDay | null {
  const value = holder['startDayOfTheWeek'];
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') {
    const day = WEEK_DAYS[value];
    if (day !== undefined) return day;
    reader.unreadable(
      `${path}.startDayOfTheWeek`,
      `must be from 0 (MONDAY) to 6 (SUNDAY), not ${value}`,
      message('refusals.chooseWeekday'),
    );
    return null;
  }
  return reader.member(value, 'startDayOfTheWeek', `${path}.startDayOfTheWeek`, WEEK_DAYS);
}

function readFixedWindow(reader: BodyReader, holder: JsonObject, path: string): Constraint | null {
  const duration = durationType(reader, holder, path);
  const weekDay = startDay(reader, holder, path);
  const limit = required(reader, holder, 'maxEarnLimit', path, 0, WANTED.cycleAwards);
  const refreshRate = duration === 'DAYS' ? required(reader, holder, 'refreshRate', path, 1, WANTED.cycleDays) : null;
  if (duration === null || limit === null || (duration === 'DAYS' && refreshRate === null)) return null;
  return {
    kind: 'FIXED_WINDOW',
    durationType: duration,
    refreshRate,
    startDayOfTheWeek: duration === 'WEEKS' ? (weekDay ?? 'MONDAY') : null,
    maxEarnLimit: limit,
    fromDate: null,
    untilDate: null,
  };
}

function readCustomerRolling(reader: BodyReader, holder: JsonObject, path: string): Constraint | null {
  const pair = (unit: 'Days' | 'Weeks' | 'Months'): { roll: number; limit: number } | null => {
    const roll = reader.integer(holder, `rollFor${unit}`, `${path}.rollFor${unit}`) ?? 0;
    if (roll < 0) {
      reader.incomplete(
        `${path}.rollFor${unit}`,
        `rollFor${unit} must be 0 or more`,
        message('refusals.zeroSwitchesOff'),
      );
      return null;
    }
    // A window that is off keeps whatever number stands beside it out of the rules (semantics C3).
    if (roll === 0)
      return {
        roll: 0,
        limit: Math.max(0, reader.integer(holder, `maxEarnFor${unit}`, `${path}.maxEarnFor${unit}`) ?? 0),
      };
    const limit = required(reader, holder, `maxEarnFor${unit}`, path, 0, {
      missing: () => message(ROLL_AWARDS[unit].missing, { roll }),
      tooLow: (least) => message(ROLL_AWARDS[unit].tooLow, { roll, least }),
    });
    return limit === null ? null : { roll, limit };
  };
  const days = pair('Days');
  const weeks = pair('Weeks');
  const months = pair('Months');
  if (days === null || weeks === null || months === null) return null;
  return {
    kind: 'CUSTOMER_ROLLING_WINDOW',
    rollForDays: days.roll,
    maxEarnForDays: days.limit,
    rollForWeeks: weeks.roll,
    maxEarnForWeeks: weeks.limit,
    rollForMonths: months.roll,
    maxEarnForMonths: months.limit,
  };
}

function readBadgeRolling(reader: BodyReader, holder: JsonObject, path: string): Constraint | null {
  const unit = reader.choice(holder, 'rollType', `${path}.rollType`, PERIOD_UNITS);
  if (holder['rollType'] === undefined || holder['rollType'] === null) {
    reader.incomplete(`${path}.rollType`, 'rollType is mandatory', message('refusals.chooseUnit'));
  }
  const value = required(reader, holder, 'rollValue', path, 1, WANTED.windowLength);
  const limit = required(reader, holder, 'maxEarnLimit', path, 0, WANTED.windowAwards);
  if (unit === null || value === null || limit === null) return null;
  return { kind: 'BADGE_ROLLING_WINDOW', rollType: unit, rollValue: value, maxEarnLimit: limit };
}

function readConstraint(
  reader: BodyReader,
  holder: JsonObject,
  listLevel: ConstraintLevel,
  path: string,
): { level: ConstraintLevel; constraint: Constraint } | null {
  const given = holder['constraintType'];
  if (given === undefined || given === null) {
    reader.crash(`${path}.constraintType`, message('refusals.chooseLimitKind'));
    return null;
  }
  const type = reader.member(given, 'constraintType', `${path}.constraintType`, CONSTRAINT_TYPES);
  if (type === null) return null;
  if (type.endsWith('NO_LIMIT')) return { level: listLevel, constraint: { kind: 'NO_LIMIT' } };
  const level: ConstraintLevel = type.startsWith('CUSTOMER_') ? 'CUSTOMER' : 'BADGE';
  const read = (): Constraint | null => {
    if (type.endsWith('FIXED_VALUE')) {
      const limit = required(reader, holder, 'maxEarnLimit', path, 0, WANTED.totalAwards);
      return limit === null ? null : { kind: 'FIXED_VALUE', maxEarnLimit: limit };
    }
    if (type.endsWith('FIXED_WINDOW')) return readFixedWindow(reader, holder, path);
    return level === 'CUSTOMER' ? readCustomerRolling(reader, holder, path) : readBadgeRolling(reader, holder, path);
  };
  const constraint = read();
  return constraint === null ? null : { level, constraint };
}

/**
 * Reads both constraint lists. A constraint filed in the wrong list moves to the one of its own prefix; NO_LIMIT stays
 * and takes the prefix of its list (semantics C4 and the line after C6).
 */
export function readConstraints(
  reader: BodyReader,
  body: JsonObject,
): { customerConstraints: Constraint[]; badgeConstraints: Constraint[] } {
  const customerConstraints: Constraint[] = [];
  const badgeConstraints: Constraint[] = [];
  const lists = [
    { key: 'customerConstraints', level: 'CUSTOMER' },
    { key: 'badgeConstraints', level: 'BADGE' },
  ] as const;
  for (const { key, level } of lists) {
    reader.objects(body, key, key).forEach((holder, index) => {
      const read = readConstraint(reader, holder, level, `${key}[${index}]`);
      if (read !== null) (read.level === 'CUSTOMER' ? customerConstraints : badgeConstraints).push(read.constraint);
    });
  }
  return { customerConstraints, badgeConstraints };
}
