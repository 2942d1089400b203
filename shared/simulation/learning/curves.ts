import type { HeldHours, HoldOut } from './learn';

/** Events of one stretch of days: as they were, and as the fit expects them. */
export interface FittedStretch {
  /** First day, `2025-01-06`. */
  from: string;
  actual: number;
  fitted: number;
}

/** A week of the days held back. */
export interface HeldWeek {
  from: string;
  actual: number;
  forecast: number;
  naive: number;
}

/** What was learned, laid over what it was learned from. */
export interface LearnedCurves {
  /** Events of an average Monday, Tuesday …; what no such day is in the period for is 0. */
  weekdays: readonly { actual: number; fitted: number }[];
  /** Events of an average day of each month of the calendar, January first; null where not all twelve are there. */
  months: readonly { actual: number; fitted: number }[] | null;
  /** Events by the hour of the clock; null where the file has no times of day. */
  hours: readonly { actual: number; fitted: number }[] | null;
  /** Whole weeks from the first day on. */
  weeks: readonly FittedStretch[];
  /** First events of customers by whole weeks; null where nobody is found to join or to leave. */
  firsts: readonly FittedStretch[] | null;
  held: readonly HeldWeek[] | null;
}

/** How well a fit does, by the days that were held back from it. */
export type FitGrade = 'good' | 'fair' | 'poor' | 'untold';

/** What the fit gets wrong beyond chance. */
export interface Misfit {
  /** (expected − actual) / actual; null: nobody came at all. */
  error: number | null;
}

export interface FitVerdict {
  grade: FitGrade;
  /** A forecast that repeats earlier weeks came nearer, by half a per cent of the events at least. */
  isBeaten: boolean;
  /** The weekday that the forecast of the days held back has most wrong, Monday 0, apart from the level of all of them. */
  weekday: (Misfit & { day: number }) | null;
  /** The hour of the clock that the hours of the days before have most wrong in those held back, given each day's events. */
  hour: (Misfit & { hour: number }) | null;
  /** The month that the fit of all days has most wrong. */
  month: (Misfit & { month: string }) | null;
}

/** Up to this error of the forecast a fit is good, and fair. */
const GOOD = 0.05;
const FAIR = 0.15;
/** What is named lies so many standard deviations of the scattering days away, because the worst of several is looked for. */
const BEYOND_CHANCE = 3;
/** … and of 24 hours, so that chance names one as seldom. */
const BEYOND_CHANCE_OF_HOURS = 3.5;
const LEAST_ERROR = 0.03;
/** By so much of the events a plain forecast is nearer before that is said. */
const NEARER = 0.005;

interface Day {
  day: string;
  weekDay: number;
  actual: number;
  fitted: number;
}

/** @param days in their order, with what the fit of all of them expects @param cut days before those held back */
export function learnedCurves(
  days: readonly Day[],
  hours: LearnedCurves['hours'],
  cut: number,
  held: HoldOut | null,
  firsts: readonly { actual: number; fitted: number }[] | null = null,
): LearnedCurves {
  const means = (such: readonly Day[]): { actual: number; fitted: number } => {
    const mean = (of: (day: Day) => number): number =>
      such.length === 0 ? 0 : such.reduce((sum, day) => sum + of(day), 0) / such.length;
    return { actual: mean(({ actual }) => actual), fitted: mean(({ fitted }) => fitted) };
  };
  const weekdays = Array.from({ length: 7 }, (_, weekDay) => means(days.filter((day) => day.weekDay === weekDay)));
  const months = Array.from({ length: 12 }, (_, month) =>
    days.filter(({ day }) => Number(day.slice(5, 7)) === month + 1),
  );
  return {
    weekdays,
    months: months.every((such) => such.length > 0) ? months.map(means) : null,
    hours,
    weeks: inWeeks(days.length).map(({ first, end }) => ({
      from: days[first]!.day,
      ...sums(days.slice(first, end), ['actual', 'fitted']),
    })),
    firsts:
      firsts === null
        ? null
        : inWeeks(days.length).map(({ first, end }) => ({
            from: days[first]!.day,
            ...sums(firsts.slice(first, end), ['actual', 'fitted']),
          })),
    held:
      held === null
        ? null
        : inWeeks(held.days.length).map(({ first, end }) => ({
            from: days[cut + first]!.day,
            ...sums(held.days.slice(first, end), ['actual', 'forecast', 'naive']),
          })),
  };
}

/**
 * @param scatter how much more the days scatter than Poisson counts
 * @param hours of the days held back; null: the file has none that could be learned
 */
export function judgeFit(
  days: readonly Day[],
  cut: number,
  held: HoldOut | null,
  scatter: number,
  hours: HeldHours | null = null,
): FitVerdict {
  const month = worst(
    groups(
      days,
      ({ day }) => day.slice(0, 7),
      ({ actual, fitted }) => ({ actual, expected: fitted }),
    ),
    scatter,
  );
  const season = month === null ? null : { error: month.error, month: month.key };
  if (typeof held?.error !== 'number')
    return { grade: 'untold', isBeaten: false, weekday: null, hour: null, month: season };
  const off = Math.abs(held.error);
  const level = held.forecast === 0 ? 1 : held.actual / held.forecast;
  const weekday = worst(
    groups(
      held.days.map((day, index) => ({ ...day, weekDay: days[cut + index]!.weekDay })),
      ({ weekDay }) => String(weekDay),
      ({ actual, forecast }) => ({ actual, expected: forecast * level }),
    ),
    scatter,
  );
  const hour =
    hours === null
      ? null
      : worst(
          hours.hours.map(({ actual, forecast }, at) => ({ key: String(at), actual, expected: forecast })),
          scatter * (1 + hours.share),
          BEYOND_CHANCE_OF_HOURS,
        );
  return {
    grade: off <= GOOD ? 'good' : off <= FAIR ? 'fair' : 'poor',
    isBeaten: held.naiveError !== null && off - Math.abs(held.naiveError) >= NEARER,
    weekday: weekday === null ? null : { error: weekday.error, day: Number(weekday.key) },
    hour: hour === null ? null : { error: hour.error, hour: Number(hour.key) },
    month: season,
  };
}

/** Whole weeks from the first day on: days of an unfinished one would look like a fall. Fewer than seven days are one. */
function inWeeks(days: number): { first: number; end: number }[] {
  if (days < 7) return days === 0 ? [] : [{ first: 0, end: days }];
  return Array.from({ length: Math.floor(days / 7) }, (_, week) => ({ first: week * 7, end: week * 7 + 7 }));
}

function sums<K extends string>(days: readonly Record<K, number>[], names: readonly K[]): Record<K, number> {
  return Object.fromEntries(names.map((name) => [name, days.reduce((sum, day) => sum + day[name], 0)])) as Record<
    K,
    number
  >;
}

interface Group {
  key: string;
  actual: number;
  expected: number;
}

function groups<T>(
  days: readonly T[],
  keyOf: (day: T) => string,
  of: (day: T) => { actual: number; expected: number },
): Group[] {
  const found = new Map<string, Group>();
  for (const day of days) {
    const key = keyOf(day);
    const group = found.get(key) ?? { key, actual: 0, expected: 0 };
    const { actual, expected } = of(day);
    found.set(key, { key, actual: group.actual + actual, expected: group.expected + expected });
  }
  return [...found.values()];
}

/** The group furthest from what is expected of it; null where chance explains all of them. */
function worst(all: readonly Group[], scatter: number, beyond = BEYOND_CHANCE): (Misfit & { key: string }) | null {
  let found: (Misfit & { key: string }) | null = null;
  let furthest = beyond;
  for (const { key, actual, expected } of all) {
    if (expected <= 0) continue;
    const away = Math.abs(actual - expected) / Math.sqrt(scatter * expected);
    const error = actual === 0 ? null : (expected - actual) / actual;
    if (away <= furthest || (error !== null && Math.abs(error) < LEAST_ERROR)) continue;
    furthest = away;
    found = { key, error };
  }
  return found;
}
