import { expectedHours, type HoursOfDay } from './hour-profile';
import type { ActivityProfile, ProfileDay } from './activity-profile';
import type { Estimate } from './count-model';

/** Mean and coefficient of variation of amounts above zero. */
export interface Amount {
  mean: number;
  spread: number;
}

/** 90 % intervals of what a segment is shaped by. */
export interface ShapeIntervals {
  /** Monday first; null: too few days, and all are taken to be alike. */
  weekdays: Estimate[] | null;
  /** Midnight first; null: no hours are learned. */
  hours: Estimate[] | null;
  /** Null: there are no amounts. */
  amount: { mean: Estimate; spread: Estimate } | null;
}

const Z90 = 1.6448536269514722;

/**
 * Intervals of weights of mean 1 that are in proportion to counts. On the scale of logarithms a count moves by its own
 * scatter, and as their mean is 1, each count moves all weights.
 *
 * @param scatter how much more the counts scatter than Poisson counts do
 * @param even what each count would be, were its weight 1
 */
function weightIntervals(
  weights: readonly number[],
  counts: readonly number[],
  scatter: number,
  even: readonly number[],
): Estimate[] {
  return weights.map((value, place) => {
    // Of no event it is known only how many there would have been by chance in one of ten cases.
    if (value === 0) return { value, low: 0, high: (Math.LN10 * scatter) / Math.max(even[place]!, 1e-9) };
    const variance = weights.reduce((sum, weight, other) => {
      const moved = (other === place ? 1 : 0) - weight / weights.length;
      return counts[other]! > 0 ? sum + (moved * moved * scatter) / counts[other]! : sum;
    }, 0);
    const off = Z90 * Math.sqrt(variance);
    return { value, low: value * Math.exp(-off), high: value * Math.exp(off) };
  });
}

/** @returns null where the days are too few to tell one weekday from another */
export function weekdayIntervals(days: readonly ProfileDay[], profile: ActivityProfile): Estimate[] | null {
  const { weekdays, scatter } = profile;
  if (weekdays.every((weight) => weight === weekdays[0])) return null;
  const [counts, lengths] = [new Array<number>(7).fill(0), new Array<number>(7).fill(0)];
  for (const { weekDay, events, length } of days) {
    counts[weekDay]! += events;
    lengths[weekDay]! += length;
  }
  const sum = (of: readonly number[]): number => of.reduce((all, one) => all + one, 0);
  const aDay = sum(counts) / sum(lengths);
  return weightIntervals(
    weekdays,
    counts,
    scatter,
    lengths.map((length) => length * aDay),
  );
}

/**
 * @param weights as they were fitted to these counts
 * @param scatter how much more the days scatter than Poisson counts do
 */
export function hourIntervals(
  weights: readonly number[],
  counts: readonly number[],
  days: readonly { events: number }[],
  lengths: readonly HoursOfDay[],
  scatter: number,
): Estimate[] {
  return weightIntervals(weights, counts, Math.max(1, scatter), expectedHours(null, days, lengths));
}

/**
 * What so many amounts, each of them by itself, leave open of the logarithms of their mean and of their spread, as log-normal ones
 * do, by the delta method: variances, and how both go together. Both are of the same amounts: a large one makes the mean
 * larger and the spread, too.
 */
export function amountVariances({ spread }: Amount, many: number): { mean: number; both: number; spread: number } {
  const square = spread * spread;
  // Skewness and kurtosis of a log-normal distribution by its coefficient of variation.
  const one = 1 + square;
  const [skewness, kurtosis] = [(one + 2) * spread, one ** 4 + 2 * one ** 3 + 3 * one ** 2 - 3];
  return {
    mean: square / many,
    both: (skewness * spread - 2 * square) / (2 * many),
    spread: Math.max(0, (kurtosis - 1 - 4 * skewness * spread + 4 * square) / (4 * many)),
  };
}

/** @param many amounts */
export function amountIntervals(amount: Amount, many: number): { mean: Estimate; spread: Estimate } {
  const variances = amountVariances(amount, many);
  const about = (value: number, variance: number): Estimate => {
    const off = Z90 * Math.sqrt(variance);
    return { value, low: value * Math.exp(-off), high: value * Math.exp(off) };
  };
  return { mean: about(amount.mean, variances.mean), spread: about(amount.spread, variances.spread) };
}
