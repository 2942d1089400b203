import type { Estimate } from './count-model';
import { lowerFactor } from './normal-equations';
import { comingLikelihood, largest, type ComingModel, type Part, type Peak, type SeenCustomers } from './coming-model';

/** A fit of customers who join and leave. */
export interface ComingFit {
  model: ComingModel;
  perWeek: Estimate;
  dispersion: Estimate;
  /** Newcomers a week of average activity; null: none that chance could not explain. */
  joins: Estimate | null;
  /** Of an average newcomer, to leave after an event; null: nobody. */
  probability: Estimate | null;
  /** Squared coefficient of variation of the probabilities; null: nobody leaves. */
  spread: Estimate | null;
  there: Estimate;
  /** Of the customers that were looked at, by the clock that they were looked at by. */
  logLikelihood: number;
  /** Where the fit stands, for one that goes on from it. */
  parts: readonly Part[];
  at: readonly number[];
  /** How the numbers at `at` hang together, by what the data leave open of them. */
  covariance: readonly (readonly number[])[];
  /** The model whose numbers are off those of `at` by so much. */
  moved: (by: readonly number[]) => ComingModel;
  /** Models as likely as the data make them, by draws of standard normals. */
  drawn: (normals: () => number) => ComingModel;
  /** In which direction, and how strongly, the same customers by another clock want the numbers moved: the slope of their log-likelihood. */
  slope: (seen: SeenCustomers) => number[];
}

const Z90 = 1.6448536269514722;
/** What twice the log-likelihood has to gain for a part to be taken, so that chance alone takes it once in a hundred times. */
const GAIN: Readonly<Record<Part, number>> = { joins: 5.41, leaving: 8.27 };
/** Fewer customers tell nothing of this. */
const LEAST_CUSTOMERS = 50;
const BOUND = 12;

/** Beyond it a number of which nothing is known would be none that a machine holds. */
const FARTHEST = 30;

const bounded = (x: number): number => Math.max(-FARTHEST, Math.min(FARTHEST, x));
const exponential = (x: number): number => Math.exp(bounded(x));
const logistic = (x: number): number => 1 / (1 + exponential(-x));

/** Places of the numbers that are fitted: logarithms, and log odds of the probability. */
function modelAt(at: readonly number[], parts: readonly Part[]): ComingModel {
  const [perWeek = 0, dispersion = 0, there = 0, ...rest] = at;
  const joins = parts.includes('joins') ? rest.shift()! : null;
  let leaving: ComingModel['leaving'] = null;
  if (parts.includes('leaving')) {
    const [odds = 0, all = 0] = rest;
    const probability = logistic(odds);
    leaving = { a: probability * exponential(all), b: (1 - probability) * exponential(all) };
  }
  return {
    ...{ perWeek: exponential(perWeek), dispersion: exponential(dispersion), there: exponential(there), leaving },
    joins: joins === null ? 0 : exponential(joins),
  };
}

/**
 * Fits newcomers and drop-out by maximum likelihood, and takes only what chance does not explain. Intervals are normal on the
 * scale of logarithms, by the bend of the likelihood at its peak.
 *
 * @param unseen customers who are known to have had no event; null: not known
 * @param begin events a week and dispersion of customers of whom none joins or leaves, to begin with
 * @param customers all of whom these are a sample
 * @param before a fit by another clock, whose parts are taken as they are
 * @returns null where chance explains both, or there is too little to tell
 */
export function fitComing(
  seen: SeenCustomers,
  unseen: number | null,
  begin: { perWeek: number; dispersion: number; there: number },
  customers = seen.count.length,
  before: ComingFit | null = null,
): ComingFit | null {
  const many = seen.count.length;
  if (many < LEAST_CUSTOMERS || seen.weeks <= 0) return null;
  const share = many / customers;
  const fitted = (parts: readonly Part[]): Peak =>
    peakOf(seen, unseen === null ? null : unseen * share, { ...begin, there: begin.there * share }, parts, before);
  const toldOf = (peak: Peak, parts: readonly Part[]): ComingFit => {
    const likelihood = (at: readonly number[], customers: SeenCustomers): number =>
      comingLikelihood(modelAt(at, parts), customers, unseen === null ? null : unseen * share);
    const covariance = followed(peak, (at) => likelihood(at, seen));
    return told({ ...peak, covariance }, parts, share, likelihood);
  };
  if (before !== null) return toldOf(fitted(before.parts), before.parts);
  const both = fitted(['joins', 'leaving']);
  const [joins, leaving] = [fitted(['joins']), fitted(['leaving'])];
  const takes = (more: Peak, less: Peak, part: Part): boolean => 2 * (more.value - less.value) > GAIN[part];
  let parts: readonly Part[] = ['joins', 'leaving'];
  let best = both;
  if (!takes(both, leaving, 'joins') || !takes(both, joins, 'leaving')) {
    const plain = fitted([]);
    const [byJoins, byLeaving] = [takes(joins, plain, 'joins'), takes(leaving, plain, 'leaving')];
    if (!byJoins && !byLeaving) return null;
    const isJoins = byJoins && (!byLeaving || joins.value - GAIN.joins / 2 >= leaving.value - GAIN.leaving / 2);
    [parts, best] = isJoins ? [['joins'], joins] : [['leaving'], leaving];
  }
  return toldOf(best, parts);
}

/** The most likely customers of whom some do what `parts` say. */
function peakOf(
  seen: SeenCustomers,
  unseen: number | null,
  begin: { perWeek: number; dispersion: number; there: number },
  parts: readonly Part[],
  before: Pick<ComingFit, 'at'> | null,
): Peak {
  const many = seen.count.length;
  let late = 0;
  for (let index = 0; index < many; index += 1) if (seen.first[index]! > seen.weeks * 0.75) late += 1;
  const start = (odds: number, all: number): number[] => [
    Math.log(begin.perWeek),
    Math.log(Math.min(20, Math.max(0.05, begin.dispersion))),
    Math.log(Math.max(1, begin.there * (parts.includes('joins') ? 0.7 : 1))),
    ...(parts.includes('joins') ? [Math.log(Math.max(0.5, (late * 2) / seen.weeks))] : []),
    ...(parts.includes('leaving') ? [odds, all] : []),
  ];
  // Far out there is nothing to be found but numbers that no machine holds.
  const likelihood =
    (from: readonly number[]) =>
    (at: readonly number[]): number => {
      const out = at.reduce((sum, one, axis) => sum + Math.max(0, Math.abs(one - from[axis]!) - BOUND) ** 2, 0);
      const value = out > 100 ? -Infinity : comingLikelihood(modelAt(at, parts), seen, unseen) - 10 * out;
      return Number.isFinite(value) ? value : -1e15;
    };
  if (before !== null) return largest(before.at, likelihood(before.at));
  const starts = parts.includes('leaving') ? [start(-2.5, 1), start(-1, 2)] : [start(0, 0)];
  return starts
    .map((from) => largest(from, likelihood(from)))
    .reduce((best, one) => (one.value > best.value ? one : best));
}

/** So many standard deviations out it is looked whether the likelihood has fallen as a parabola does. */
const LOOKS = [1, 3] as const;
/** Where it falls as far within so much of the way, it is no parabola. */
const NO_PARABOLA = 0.5;

/**
 * The covariance of a peak, with what the data exclude left out of it. Where it hardly bends, as by a number of which any small value
 * explains the data as well, the parabola through the peak reaches far beyond what they allow: each of its axes is then as long as the
 * likelihood itself says, on the side on which that is less.
 */
function followed({ at, value, covariance }: Peak, likelihood: (at: readonly number[]) => number): number[][] {
  const size = at.length;
  // The last numbers, which are the shapes of who leaves, come first: what hangs on them is taken off the others.
  const reversed = covariance.map((_, row) =>
    covariance.map((__, column) => covariance[size - 1 - row]![size - 1 - column]!),
  );
  const root = lowerFactor(reversed);
  const axes = root.map((_, column) => at.map((__, axis) => root[size - 1 - axis]![column]!));
  const fallOf = (axis: readonly number[], by: number): number => {
    const there = likelihood(at.map((one, place) => one + by * axis[place]!));
    return Number.isFinite(there) ? value - there : Infinity;
  };
  const lengths = axes.map((axis) => {
    let length = 1;
    for (const out of LOOKS)
      for (const side of [1, -1]) {
        const most = (out * out) / 2;
        if (fallOf(axis, side * out * NO_PARABOLA) <= most) continue;
        let [inside, outside] = [0, out * NO_PARABOLA];
        for (let half = 0; half < 20; half += 1) {
          const middle = (inside + outside) / 2;
          if (fallOf(axis, side * middle) <= most) inside = middle;
          else outside = middle;
        }
        length = Math.min(length, inside / out);
      }
    return length;
  });
  if (lengths.every((length) => length === 1)) return covariance.map((row) => [...row]);
  return at.map((_, row) =>
    at.map((__, column) =>
      axes.reduce((sum, axis, place) => sum + lengths[place]! * axis[row]! * (lengths[place]! * axis[column]!), 0),
    ),
  );
}

/** The log-likelihood of customers of whom nobody joins and nobody leaves, at its largest; as {@link fitComing} tells its own. */
export function stayingLikelihood(
  seen: SeenCustomers,
  unseen: number | null,
  begin: { perWeek: number; dispersion: number; there: number },
  customers: number,
): number {
  const share = seen.count.length / customers;
  return peakOf(seen, unseen === null ? null : unseen * share, { ...begin, there: begin.there * share }, [], null)
    .value;
}

/** What twice the log-likelihood has to gain for parts to be taken. */
export const gainOf = (parts: readonly Part[]): number => parts.reduce((sum, part) => sum + GAIN[part], 0);

function told(
  { at, value, covariance }: Peak,
  parts: readonly Part[],
  share: number,
  likelihood: (at: readonly number[], seen: SeenCustomers) => number,
): ComingFit {
  const error = (axis: number): number => Math.sqrt(Math.max(0, covariance[axis]![axis]!));
  const scaled = (axis: number, by = 1): Estimate => ({
    value: by * Math.exp(at[axis]!),
    low: by * Math.exp(at[axis]! - Z90 * error(axis)),
    high: by * Math.exp(at[axis]! + Z90 * error(axis)),
  });
  const odds = parts.length === 2 ? 4 : 3;
  const whole = (model: ComingModel): ComingModel => ({
    ...model,
    joins: model.joins / share,
    there: model.there / share,
  });
  const root = lowerFactor(covariance);
  const moved = (by: readonly number[]): ComingModel =>
    whole(
      modelAt(
        at.map((one, axis) => one + by[axis]!),
        parts,
      ),
    );
  // Of the probabilities' shapes, by how it moves with both numbers that are fitted.
  const logSpread = (odd: number, all: number): number =>
    Math.log((1 - logistic(odd)) / (logistic(odd) * (Math.exp(all) + 1)));
  const spread = (): Estimate => {
    const [odd, all] = [at[odds]!, at[odds + 1]!];
    const STEP = 1e-4;
    const [byOdds, byAll] = [
      (logSpread(odd + STEP, all) - logSpread(odd - STEP, all)) / (2 * STEP),
      (logSpread(odd, all + STEP) - logSpread(odd, all - STEP)) / (2 * STEP),
    ];
    const variance =
      byOdds ** 2 * covariance[odds]![odds]! +
      byAll ** 2 * covariance[odds + 1]![odds + 1]! +
      2 * byOdds * byAll * covariance[odds]![odds + 1]!;
    const [value, off] = [logSpread(odd, all), Z90 * Math.sqrt(Math.max(0, variance))];
    return { value: Math.exp(value), low: Math.exp(value - off), high: Math.exp(value + off) };
  };
  return {
    spread: parts.includes('leaving') ? spread() : null,
    ...{ parts, at, logLikelihood: value },
    model: whole(modelAt(at, parts)),
    perWeek: scaled(0),
    dispersion: scaled(1),
    there: scaled(2, 1 / share),
    joins: parts.includes('joins') ? scaled(3, 1 / share) : null,
    probability: parts.includes('leaving')
      ? {
          value: logistic(at[odds]!),
          low: logistic(at[odds]! - Z90 * error(odds)),
          high: logistic(at[odds]! + Z90 * error(odds)),
        }
      : null,
    ...{ covariance, moved },
    drawn: (normals) => {
      const steps = at.map(() => normals());
      return moved(root.map((row) => row.reduce((sum, part, column) => sum + part * steps[column]!, 0)));
    },
    slope: (seen) => {
      const STEP = 1e-4;
      const off = (axis: number, by: number): number =>
        likelihood(
          at.map((one, place) => (place === axis ? one + by : one)),
          seen,
        );
      return at.map((_, axis) => (off(axis, STEP) - off(axis, -STEP)) / (2 * STEP));
    },
  };
}
