import type { Estimate } from './count-model';

/** One day of a period: what it had, and how it stands in the period. */
export interface ProfileDay {
  events: number;
  /** Monday 0. */
  weekDay: number;
  /** Of the calendar, January 0. */
  month: number;
  /** Of a day: a day of 23 hours, or one that the period cuts, is shorter. */
  length: number;
  /** Mean Gregorian months from the start of the period to the start of the day. */
  months: number;
}

export interface ActivityProfile {
  /** Seven weights, Monday first, of mean 1. */
  weekdays: number[];
  /** Compound growth a month, as a scenario's `growthPerMonth`. */
  growthPerMonth: Estimate;
  /** How much more the days scatter than Poisson counts do: 1, not at all. Intervals of growth are widened by it. */
  scatter: number;
  /** Twelve factors of mean 1, January first; absent: all months alike. */
  season?: readonly number[];
}

const Z90 = 1.6448536269514722;
/** Below this many days weekday and growth cannot be told from chance. */
const LEAST_DAYS_OF_GROWTH = 56;
const LEAST_DAYS_OF_WEEK = 14;

/**
 * Weekday weights and growth by maximum likelihood. Given how many events there are in all, which day each falls on does
 * not hang on the customers' rates, so that both are fitted without them (a multinomial, or Poisson regression on days).
 *
 * @param days in their order
 * @param grows whether a growth is fitted; without it, none
 */
export function fitProfile(days: readonly ProfileDay[], grows: boolean): ActivityProfile {
  const events = days.reduce((sum, day) => sum + day.events, 0);
  const canGrow = grows && days.length >= LEAST_DAYS_OF_GROWTH && events > 100;
  const ofWeek = days.length >= LEAST_DAYS_OF_WEEK;
  const place = (day: ProfileDay): number => (ofWeek ? day.weekDay : 0);
  let growth = 0;
  let curvature = 0;
  if (canGrow) {
    for (let step = 0; step < 50; step += 1) {
      const { slope, bend } = derivatives(days, place, growth);
      curvature = bend;
      const change = Math.max(-0.5, Math.min(0.5, slope / bend));
      growth += change;
      if (Math.abs(change) < 1e-12) break;
    }
  }
  const weights = weightsAt(days, place, growth);
  const expected = days.map((day) => (weights[place(day)] ?? 0) * day.length * Math.exp(growth * day.months));
  const parameters = weights.filter((weight) => weight > 0).length + (canGrow ? 1 : 0);
  const pearson = days.reduce((sum, day, index) => {
    const wanted = expected[index] ?? 0;
    return wanted > 0 ? sum + (day.events - wanted) ** 2 / wanted : sum;
  }, 0);
  const scatter = Math.max(1, pearson / Math.max(1, days.length - parameters));
  const error = canGrow ? Math.sqrt(scatter / curvature) : 0;
  const perMonth = (rate: number): number => Math.expm1(rate);
  const all = ofWeek ? weights : weights.map(() => 1);
  const mean = all.reduce((sum, weight) => sum + weight, 0) / 7;
  return {
    weekdays: all.map((weight) => weight / mean),
    growthPerMonth: {
      value: perMonth(growth),
      low: perMonth(growth - Z90 * error),
      high: perMonth(growth + Z90 * error),
    },
    scatter,
  };
}

/**
 * Weeks of an average week at the start that a stretch of days is worth: `perWeek` times this is what a customer is
 * expected to have in it.
 */
export function exposureOf(days: readonly ProfileDay[], profile: ActivityProfile): number {
  return days.reduce((sum, day) => sum + activityOf(day, profile) / 7, 0);
}

/** Average days at the start that a day is worth. */
export function activityOf(day: ProfileDay, { weekdays, growthPerMonth, season }: ActivityProfile): number {
  const grown = Math.exp(Math.log1p(growthPerMonth.value) * day.months);
  return (weekdays[day.weekDay] ?? 0) * day.length * grown * (season?.[day.month] ?? 1);
}

/**
 * By how much the logarithm of the exposure changes with the logarithm of the growth, and with that of each month's factor.
 */
export function exposureSlope(
  days: readonly ProfileDay[],
  profile: ActivityProfile,
): { growth: number; months: number[] } {
  let [sum, weighted] = [0, 0];
  const months = new Array<number>(12).fill(0);
  for (const day of days) {
    const share = activityOf(day, profile);
    sum += share;
    weighted += share * day.months;
    months[day.month]! += share;
  }
  return { growth: sum === 0 ? 0 : weighted / sum, months: months.map((share) => (sum === 0 ? 0 : share / sum)) };
}

/** Events a day of each weekday, given the growth. */
function weightsAt(days: readonly ProfileDay[], place: (day: ProfileDay) => number, growth: number): number[] {
  const [events, lengths] = [new Array<number>(7).fill(0), new Array<number>(7).fill(0)];
  for (const day of days) {
    const at = place(day);
    events[at] = (events[at] ?? 0) + day.events;
    lengths[at] = (lengths[at] ?? 0) + day.length * Math.exp(growth * day.months);
  }
  return events.map((many, at) => ((lengths[at] ?? 0) > 0 ? many / (lengths[at] ?? 1) : 0));
}

/** First derivative of the profile log-likelihood by the growth, and minus the second. */
function derivatives(days: readonly ProfileDay[], place: (day: ProfileDay) => number, growth: number) {
  const sums = Array.from({ length: 7 }, () => ({ events: 0, zero: 0, one: 0, two: 0 }));
  let slope = 0;
  for (const day of days) {
    const sum = sums[place(day)]!;
    const share = day.length * Math.exp(growth * day.months);
    sum.events += day.events;
    sum.zero += share;
    sum.one += share * day.months;
    sum.two += share * day.months * day.months;
    slope += day.events * day.months;
  }
  let bend = 0;
  for (const { events, zero, one, two } of sums) {
    if (zero === 0) continue;
    slope -= (events * one) / zero;
    bend += events * (two / zero - (one / zero) ** 2);
  }
  return { slope, bend: Math.max(bend, 1e-9) };
}
