import { fitProfile } from '../../../shared/simulation/learning/activity-profile';
import { fitHours } from '../../../shared/simulation/learning/hour-profile';
import { amountIntervals, hourIntervals, weekdayIntervals } from '../../../shared/simulation/learning/shape-intervals';
import { RandomStream } from '../../../shared/simulation/random';
import { drawnDays } from './drawn-days';

/** Of one setting each: a weekday, an hour, and both numbers of the amounts; by turns, as those of one setting hang together. */
export interface ShapeCoverage {
  weekday: number;
  hour: number;
  mean: number;
  spread: number;
}

const covers = ({ low, high }: { low: number; high: number }, truth: number): boolean => low <= truth && truth <= high;

function ofMeanOne(weights: readonly number[]): number[] {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.map((weight) => weight / mean);
}

/** In which share of random settings the 90 % intervals of weekdays, hours and amounts cover the truth. */
export function shapeCoverage(settings: number): ShapeCoverage {
  const stream = new RandomStream([5, 'shapes']);
  const covered = { weekday: 0, hour: 0, mean: 0, spread: 0 };
  for (let setting = 0; setting < settings; setting += 1) {
    const weekdays = ofMeanOne(Array.from({ length: 7 }, () => 0.3 + 1.5 * stream.uniform()));
    const days = drawnDays(
      Math.round(28 + 300 * stream.uniform()),
      ...([3 * 30 ** stream.uniform(), weekdays, 0.04 * stream.uniform() - 0.02, setting] as const),
    );
    const found = weekdayIntervals(days, fitProfile(days, true))!;
    if (covers(found[setting % 7]!, weekdays[setting % 7]!)) covered.weekday += 1;
    const hours = ofMeanOne(Array.from({ length: 24 }, (_, hour) => (hour < 6 ? 0.2 : 1) * (0.3 + stream.uniform())));
    if (hourCovered(hours, setting, stream)) covered.hour += 1;
    const [truth, many] = [0.2 + 1.3 * stream.uniform(), Math.round(300 * 30 ** stream.uniform())];
    const { mean, spread } = amountsFound(truth, many, stream);
    const both = amountIntervals({ mean, spread }, many);
    if (covers(both.mean, 1)) covered.mean += 1;
    if (covers(both.spread, truth)) covered.spread += 1;
  }
  return {
    ...{ weekday: covered.weekday / settings, hour: covered.hour / settings },
    ...{ mean: covered.mean / settings, spread: covered.spread / settings },
  };
}

/** Events of two to fifty weeks that fall on hours by their weights; one day is cut after its first 14 hours. */
function hourCovered(hours: readonly number[], setting: number, stream: RandomStream): boolean {
  const days = drawnDays(
    Math.round(14 + 336 * stream.uniform()),
    20 * 10 ** stream.uniform(),
    [1, 1, 1, 1, 1, 1, 1],
    0,
    setting,
  );
  const whole = new Array<number>(24).fill(1);
  const cut = whole.map((_, hour) => (hour < 14 ? 1 : 0));
  const lengths = days.map((_, day) => (day === days.length - 1 ? cut : whole));
  const counts = new Array<number>(24).fill(0);
  days.forEach(({ events }, day) => {
    const weights = hours.map((weight, hour) => weight * lengths[day]![hour]!);
    const sum = weights.reduce((all, weight) => all + weight, 0);
    for (let event = 0; event < events; event += 1) {
      let at = stream.uniform() * sum;
      let hour = 0;
      while (hour < 23 && at >= weights[hour]!) at -= weights[hour++]!;
      counts[hour]! += 1;
    }
  });
  const fit = fitHours(counts, days, lengths, 1);
  const place = setting % 24;
  return fit.hours !== null && covers(hourIntervals(fit.hours, counts, days, lengths, 1)[place]!, hours[place]!);
}

/** Mean and spread of so many log-normal amounts of mean 1. */
export function amountsFound(spread: number, many: number, stream: RandomStream): { mean: number; spread: number } {
  const variance = Math.log1p(spread * spread);
  let [sum, squares] = [0, 0];
  for (let index = 0; index < many; index += 1) {
    const amount = Math.exp(Math.sqrt(variance) * stream.normal() - variance / 2);
    sum += amount;
    squares += amount * amount;
  }
  const mean = sum / many;
  return { mean, spread: Math.sqrt(squares / many - mean * mean) / mean };
}
