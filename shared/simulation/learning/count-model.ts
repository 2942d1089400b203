/** How many customers had how many events in one period: the count, and how many had it, counts ascending. */
export type Histogram = readonly (readonly [count: number, customers: number])[];

/** A value with the ends of the interval that covers the truth in nine of ten cases. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

export interface CountFit {
  /** Events of a customer in the period, on average over all customers, those without an event too. */
  mean: Estimate;
  /** Squared coefficient of variation of the customers' own rates: 0, all are alike. */
  dispersion: Estimate;
  /** All customers there must be, with those who had no event. */
  customers: number;
  /** Whether the data tell the dispersion: where they do not, only its lower end is worth something. */
  isDispersionKnown: boolean;
  /**
   * Whether the counts tell how many customers there are: where hardly anyone came twice, any number of them who hardly ever come
   * explains those who were seen, and more explain them better.
   */
  isSizeKnown: boolean;
}

/** Half the 90 % quantile of χ² with one degree of freedom: how far the log-likelihood may fall within an interval. */
const DROP = 2.705543454 / 2;
/** Of 1 / dispersion, on the scale of logarithms: from customers of whom a few do everything to customers all alike. */
const LEAST_LOG_SHAPE = Math.log(1e-3);
const MOST_LOG_SHAPE = Math.log(1e6);
/** How far from that of those who were seen the mean of all is looked for, on the scale of logarithms. */
const FARTHEST = 16;
const STEPS = 80;
const Z90 = 1.6448536269514722;

/** Of normal draws, what one in a hundred lies beyond, on either side. */
const Z99 = 2.5758293035489004;

/**
 * Whether chance explains a value, given the interval about it: whether of values that are none, more than one in a hundred
 * would be found to be so far from none.
 *
 * @param interval symmetric about the value
 */
export function isByChance({ low, high }: Pick<Estimate, 'low' | 'high'>): boolean {
  return Math.abs(low + high) / 2 <= ((high - low) / 2) * (Z99 / Z90);
}

/** The standard deviation of a logarithm, of an interval that holds nine of ten. */
export function deviationOf({ low, high }: Pick<Estimate, 'low' | 'high'>): number {
  return low > 0 ? Math.log(high / low) / (2 * Z90) : 0;
}

/**
 * Log-likelihood of a negative binomial with mean `mean` and shape `shape` for a histogram, up to a constant that
 * depends on neither.
 */
function logLikelihood(histogram: Histogram, zeros: number, mean: number, shape: number, isTruncated: boolean): number {
  const logZero = -shape * Math.log1p(mean / shape);
  const logShare = -Math.log1p(shape / mean);
  let sum = zeros * logZero;
  let logRising = 0;
  let upTo = 0;
  const logNotZero = isTruncated ? Math.log(-Math.expm1(logZero)) : 0;
  for (const [count, customers] of histogram) {
    if (count === 0) continue;
    // log Γ(count + shape) − log Γ(shape), from the count before.
    for (; upTo < count; upTo += 1) logRising += Math.log(shape + upTo);
    sum += customers * (logRising + logZero + count * logShare - logNotZero);
  }
  return sum;
}

/** The largest value of a function with one peak, by golden section. */
function peak(low: number, high: number, of: (x: number) => number): { at: number; value: number } {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  let [c, d] = [b - ratio * (b - a), a + ratio * (b - a)];
  let [atC, atD] = [of(c), of(d)];
  for (let step = 0; step < STEPS && b - a > 1e-9; step += 1) {
    if (atC > atD) {
      [b, d, atD] = [d, c, atC];
      c = b - ratio * (b - a);
      atC = of(c);
    } else {
      [a, c, atC] = [c, d, atD];
      d = a + ratio * (b - a);
      atD = of(d);
    }
  }
  const at = (a + b) / 2;
  const ends = [low, high].map((x) => ({ at: x, value: of(x) }));
  return [{ at, value: of(at) }, ...ends].reduce((best, one) => (one.value > best.value ? one : best));
}

/** Where a function that falls from `inside` to `outside` crosses a level; `outside` where it does not. */
function crossing(inside: number, outside: number, level: number, of: (x: number) => number): number {
  if (of(outside) >= level) return outside;
  let [a, b] = [inside, outside];
  for (let step = 0; step < STEPS && Math.abs(b - a) > 1e-9; step += 1) {
    const middle = (a + b) / 2;
    if (of(middle) >= level) a = middle;
    else b = middle;
  }
  return a;
}

/**
 * Fits customers whose events are Poisson, each at a rate of its own drawn from a Gamma distribution, so that their
 * counts are negative binomial, by maximum likelihood. Intervals are of the profile likelihood.
 *
 * @param histogram of the customers that are known; those with no event only where `population` counts them
 * @param population all customers there are; null: unknown, and the counts are zero-truncated: the fit says how many there
 *   must be
 * @returns null where there are not two customers with events, or no two counts to tell anything from
 */
export function fitCounts(histogram: Histogram, population: number | null): CountFit | null {
  const seen = histogram.filter(([count]) => count > 0);
  const customers = seen.reduce((sum, [, many]) => sum + many, 0);
  const events = seen.reduce((sum, [count, many]) => sum + count * many, 0);
  if (customers < 2) return null;
  const isTruncated = population === null;
  const zeros = isTruncated ? 0 : Math.max(0, population - customers);
  const likelihood = (logMean: number, logShape: number): number =>
    logLikelihood(seen, zeros, Math.exp(logMean), Math.exp(logShape), isTruncated);
  const known = Math.log(events / (customers + zeros));
  // With zeros unseen the mean of all is smaller than that of those who were seen, and how much hangs on the shape.
  const bestMean = (logShape: number): number =>
    isTruncated ? peak(known - FARTHEST, known, (logMean) => likelihood(logMean, logShape)).at : known;
  const ofShape = (logShape: number): number => likelihood(bestMean(logShape), logShape);
  const best = peak(LEAST_LOG_SHAPE, MOST_LOG_SHAPE, ofShape);
  const level = best.value - DROP;
  const logMean = bestMean(best.at);
  const shapeLow = crossing(best.at, LEAST_LOG_SHAPE, level, ofShape);
  const shapeHigh = crossing(best.at, MOST_LOG_SHAPE, level, ofShape);
  const ofMean = (given: number): number =>
    peak(LEAST_LOG_SHAPE, MOST_LOG_SHAPE, (logShape) => likelihood(given, logShape)).value;
  const mean = Math.exp(logMean);
  const shape = Math.exp(best.at);
  const missing = isTruncated ? Math.exp(-shape * Math.log1p(mean / shape)) : 0;
  return {
    mean: {
      value: mean,
      low: Math.exp(crossing(logMean, logMean - FARTHEST, level, ofMean)),
      high: Math.exp(crossing(logMean, logMean + FARTHEST, level, ofMean)),
    },
    dispersion: {
      value: best.at === MOST_LOG_SHAPE ? 0 : 1 / shape,
      low: shapeHigh === MOST_LOG_SHAPE ? 0 : Math.exp(-shapeHigh),
      high: Math.exp(-shapeLow),
    },
    customers: isTruncated ? customers / (1 - missing) : customers + zeros,
    isDispersionKnown: shapeLow > LEAST_LOG_SHAPE,
    isSizeKnown: !isTruncated || logMean > known - FARTHEST + 1,
  };
}

/**
 * What is known of the rates of customers with a count, given the fit of all: mean and mean square of the posterior Gamma
 * distribution, relative to the mean of all.
 */
export function posterior(fit: Pick<CountFit, 'mean' | 'dispersion'>, count: number): { mean: number; square: number } {
  const { value: dispersion } = fit.dispersion;
  if (dispersion === 0) return { mean: 1, square: 1 };
  const shape = 1 / dispersion;
  // Of the rate relative to its mean: Gamma(shape + count, rate shape + mean).
  const [alpha, beta] = [shape + count, shape + fit.mean.value];
  return { mean: alpha / beta, square: (alpha * (alpha + 1)) / (beta * beta) };
}
