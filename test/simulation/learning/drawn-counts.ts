import { RandomStream } from '../../../shared/simulation/random';
import type { Histogram } from '../../../shared/simulation/learning/count-model';

/** Events of customers with Gamma rates, as many of each count; those without an event too. */
export function drawnCounts(seed: number, customers: number, mean: number, dispersion: number): Histogram {
  const stream = new RandomStream([seed, 'drawn-counts']);
  const counts = new Map<number, number>();
  for (let customer = 0; customer < customers; customer += 1) {
    const rate = dispersion === 0 ? mean : mean * dispersion * stream.gamma(1 / dispersion);
    let count = 0;
    for (let at = stream.exponential(); at < rate; at += stream.exponential()) count += 1;
    counts.set(count, (counts.get(count) ?? 0) + 1);
  }
  return [...counts].sort(([one], [other]) => one - other);
}

export interface Coverage {
  settings: number;
  mean: number;
  dispersion: number;
  customers: number;
}

/**
 * In which share of random settings the 90 % intervals cover the truth.
 *
 * @param isTruncated whether customers without an event are unseen
 */
export function coverageOf(
  settings: number,
  isTruncated: boolean,
  fit: (
    histogram: Histogram,
    population: number | null,
  ) => {
    mean: { low: number; high: number };
    dispersion: { low: number; high: number };
  } | null,
): Coverage {
  const stream = new RandomStream([isTruncated ? 2 : 1, 'settings']);
  const covers = ({ low, high }: { low: number; high: number }, truth: number): boolean =>
    low <= truth && truth <= high;
  let [mean, dispersion, fitted] = [0, 0, 0];
  for (let setting = 0; setting < settings; setting += 1) {
    const customers = Math.round(200 * 20 ** stream.uniform());
    const truth = { mean: 0.5 * 40 ** stream.uniform(), dispersion: 0.1 * 20 ** stream.uniform() };
    const histogram = drawnCounts(setting, customers, truth.mean, truth.dispersion);
    const seen = isTruncated ? histogram.filter(([count]) => count > 0) : histogram;
    const found = fit(seen, isTruncated ? null : customers);
    if (found === null) continue;
    fitted += 1;
    if (covers(found.mean, truth.mean)) mean += 1;
    if (covers(found.dispersion, truth.dispersion)) dispersion += 1;
  }
  return { settings: fitted, mean: mean / fitted, dispersion: dispersion / fitted, customers: fitted };
}
