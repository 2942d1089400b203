import { drawnProbability } from '../../../shared/simulation/drop-out';
import type { SeenCustomers } from '../../../shared/simulation/learning/coming-model';
import { remainingWithIntervals } from '../../../shared/simulation/learning/coming';
import { fitComing } from '../../../shared/simulation/learning/coming-fit';
import { RandomStream } from '../../../shared/simulation/random';

export interface DrawnModel {
  there: number;
  joins: number;
  perWeek: number;
  dispersion: number;
  dropOut: { probability: number; dispersion: number };
  weeks: number;
}

/** Customers who join, come and leave, each drawn by itself and no part of the engine. */
export function drawnCustomers(
  seed: number,
  { there, joins, perWeek, dispersion, dropOut, weeks }: DrawnModel,
): SeenCustomers & { unseen: number; rateOfRemaining: number } {
  const stream = new RandomStream([seed, 'drawn-customers']);
  const seen = { count: [] as number[], first: [] as number[], last: [] as number[] };
  let unseen = 0;
  const remaining = { customers: 0, rate: 0 };
  const live = (joined: number | null): void => {
    const rate = dispersion === 0 ? perWeek : perWeek * dispersion * stream.gamma(1 / dispersion);
    const probability = drawnProbability(dropOut, stream);
    let hasLeft = false;
    let [count, first, last] = joined === null ? [0, 0, 0] : [1, joined, joined];
    for (let at = (joined ?? 0) + stream.exponential() / rate; at < weeks; at += stream.exponential() / rate) {
      if (count === 0) first = at;
      [count, last] = [count + 1, at];
      if (stream.uniform() < probability) {
        hasLeft = true;
        break;
      }
    }
    if (!hasLeft) {
      remaining.customers += 1;
      remaining.rate += rate;
    }
    if (count === 0) {
      unseen += 1;
      return;
    }
    seen.count.push(count);
    seen.first.push(first);
    seen.last.push(last);
  };
  for (let customer = 0; customer < there; customer += 1) live(null);
  if (joins > 0) for (let at = stream.exponential() / joins; at < weeks; at += stream.exponential() / joins) live(at);
  return { ...seen, weeks, unseen, rateOfRemaining: remaining.rate / remaining.customers };
}

/** In which share of random settings the 90 % intervals of those who join and leave cover the truth. */
export function comingCoverage(settings: number, isKnown: boolean) {
  const stream = new RandomStream([isKnown ? 5 : 4, 'comings']);
  const covers = (interval: { low: number; high: number } | null, truth: number): boolean =>
    interval !== null && interval.low <= truth && truth <= interval.high;
  const covered = { perWeek: 0, dispersion: 0, joins: 0, probability: 0, spread: 0, there: 0, atEnd: 0 };
  let fitted = 0;
  for (let setting = 0; setting < settings; setting += 1) {
    const model: DrawnModel = {
      there: Math.round(300 * 5 ** stream.uniform()),
      joins: 6 + 24 * stream.uniform(),
      perWeek: 0.4 * 4 ** stream.uniform(),
      dispersion: 0.3 + 0.9 * stream.uniform(),
      dropOut: { probability: 0.04 + 0.11 * stream.uniform(), dispersion: 0.3 + 1.2 * stream.uniform() },
      weeks: Math.round(40 + 50 * stream.uniform()),
    };
    const { unseen, rateOfRemaining, ...seen } = drawnCustomers(setting, model);
    const found = fitComing(seen, isKnown ? unseen : null, { perWeek: 0.6, dispersion: 1, there: model.there });
    if (!found?.joins || found.probability === null) continue;
    fitted += 1;
    if (covers(found.perWeek, model.perWeek)) covered.perWeek += 1;
    if (covers(found.dispersion, model.dispersion)) covered.dispersion += 1;
    if (covers(found.joins, model.joins)) covered.joins += 1;
    if (covers(found.probability, model.dropOut.probability)) covered.probability += 1;
    if (covers(found.spread, model.dropOut.dispersion)) covered.spread += 1;
    if (covers(found.there, model.there)) covered.there += 1;
    const hidden = isKnown ? unseen : null;
    const { perWeek } = remainingWithIntervals({
      fit: found,
      seen,
      each: 1,
      unseen: hidden,
      sample: { seen, each: 1 },
    });
    if (covers(perWeek, rateOfRemaining)) covered.atEnd += 1;
  }
  const share = (many: number): number => many / fitted;
  return {
    settings: fitted,
    perWeek: share(covered.perWeek),
    dispersion: share(covered.dispersion),
    joins: share(covered.joins),
    probability: share(covered.probability),
    spread: share(covered.spread),
    there: share(covered.there),
    atEnd: share(covered.atEnd),
  };
}
