import type { ProfileDay } from '../../../shared/simulation/learning/activity-profile';
import { RandomStream } from '../../../shared/simulation/random';

/** Days from Monday, 1 January 2024 on, with Poisson counts about a year’s course. */
export function drawnDays(
  many: number,
  perDay: number,
  weekdays: readonly number[],
  growth: number,
  seed: number,
  season: readonly number[] = [],
): ProfileDay[] {
  const stream = new RandomStream([seed, 'days']);
  return Array.from({ length: many }, (_, index) => {
    const months = index / (365.2425 / 12);
    const month = new Date(Date.UTC(2024, 0, 1 + index)).getUTCMonth();
    const rate = perDay * (weekdays[index % 7] ?? 1) * (season[month] ?? 1) * (1 + growth) ** months;
    let events = 0;
    for (let at = stream.exponential(); at < rate; at += stream.exponential()) events += 1;
    return { events, weekDay: index % 7, month, length: 1, months };
  });
}
