import type { ProfileDay } from '../../../shared/simulation/learning/activity-profile';
import { RandomStream } from '../../../shared/simulation/random';

/** Days with Poisson counts about a year’s course. */
export function drawnDays(
  many: number,
  perDay: number,
  weekdays: readonly number[],
  growth: number,
  seed: number,
): ProfileDay[] {
  const stream = new RandomStream([seed, 'days']);
  return Array.from({ length: many }, (_, index) => {
    const months = index / (365.2425 / 12);
    const rate = perDay * (weekdays[index % 7] ?? 1) * (1 + growth) ** months;
    let events = 0;
    for (let at = stream.exponential(); at < rate; at += stream.exponential()) events += 1;
    return { events, weekDay: index % 7, length: 1, months };
  });
}
