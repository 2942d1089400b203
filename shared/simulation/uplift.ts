/** Standard deviations between which 90 % of a normal distribution lie. */
const NINETY = 1.6449;

/** Customers of a group by how many purchases they made; those without any are what is left of `size`. */
export interface BuyingGroup {
  size: number;
  counts: readonly (readonly [purchases: number, customers: number])[];
}

/** Customers of a group by what each spent: those who spent nothing are what is left of `size`. Returns are taken off. */
export interface SpendingGroup {
  size: number;
  /** Over all customers. */
  sum: number;
  /** Of what each spent in all. */
  squares: number;
}

/** By what share customers who could get the badge buy more often, or for more, than those kept out, with the interval that holds it in 90 of 100 cases. */
export interface Uplift {
  value: number;
  low: number;
  high: number;
  /** Purchases, or money, per customer of both groups. */
  reached: number;
  control: number;
}

function momentsOf({ size, sum, squares }: SpendingGroup): { mean: number; error: number } {
  const mean = sum / size;
  return { mean, error: Math.sqrt(Math.max(0, squares / size - mean * mean) / (size - 1)) };
}

const ofCounts = ({ size, counts }: BuyingGroup): SpendingGroup => ({
  size,
  sum: counts.reduce((sum, [purchases, customers]) => sum + purchases * customers, 0),
  squares: counts.reduce((sum, [purchases, customers]) => sum + purchases * purchases * customers, 0),
});

/**
 * The uplift of a badge from a group that was kept out. The ratio of two means, its interval by the delta method on its logarithm:
 * customers are independent, and nothing else is assumed of how they differ.
 *
 * @returns null where a group has fewer than two customers or no purchase: then nothing can be told
 */
export function upliftOf(reached: BuyingGroup, control: BuyingGroup): Uplift | null {
  return upliftOfAmounts(ofCounts(reached), ofCounts(control));
}

/**
 * The same of what customers spent: how often they bought and for how much together.
 *
 * @returns null as {@link upliftOf}, and where a group spent nothing in all
 */
export function upliftOfAmounts(reached: SpendingGroup, control: SpendingGroup): Uplift | null {
  if (reached.size < 2 || control.size < 2) return null;
  const [one, other] = [momentsOf(reached), momentsOf(control)];
  if (!(one.mean > 0) || !(other.mean > 0)) return null;
  const logarithm = Math.log(one.mean / other.mean);
  const error = Math.hypot(one.error / one.mean, other.error / other.mean) * NINETY;
  return {
    value: Math.expm1(logarithm),
    low: Math.expm1(logarithm - error),
    high: Math.expm1(logarithm + error),
    ...{ reached: one.mean, control: other.mean },
  };
}

/** The two groups whose purchases are compared. */
export type ComparedSide = 'reached' | 'control';

/** Purchases of a group by the days of a period. */
export interface DatedGroup {
  byDay: ArrayLike<number>;
  /** Customers who bought anything. */
  customers: number;
}

/** Days on which one group has no purchase at all, and the other has so many that chance does not explain it. */
export interface UnknownDays {
  of: ComparedSide;
  /** Before the first purchase of the group, or after its last. */
  where: 'before' | 'after';
  /** Day of that purchase, from 0. */
  day: number;
  /** Purchases it would have had, if it had kept the same share of the other's as on the days of both. */
  expected: number;
}

/** Days on which both groups are compared. */
export interface ComparedDays {
  /** From 0. */
  from: number;
  /** Excluded. */
  to: number;
  unknown: UnknownDays[];
}

/** How seldom days without a purchase may be by chance, before they count as days of which a file says nothing. */
const SELDOM = 0.01;

/**
 * Whether customers may well have bought nothing by chance. Each has a rate of their own, scattered as an exponential distribution
 * is: a few may be away for weeks, hundreds are not at once.
 *
 * @param expected purchases of all of them, on average
 */
export function mayBeNone(expected: number, customers: number): boolean {
  return customers === 0 || (1 + expected / customers) ** -customers >= SELDOM;
}

/** First and last day with a purchase; null: there is none. */
function spanOf({ byDay }: DatedGroup, days: number): { first: number; last: number } | null {
  let [first, last] = [-1, -1];
  for (let day = 0; day < days; day += 1) {
    if (!(byDay[day]! > 0)) continue;
    if (first < 0) first = day;
    last = day;
  }
  return first < 0 ? null : { first, last };
}

function sumWithin({ byDay }: DatedGroup, from: number, to: number): number {
  let sum = 0;
  for (let day = from; day < to; day += 1) sum += byDay[day]!;
  return sum;
}

/**
 * The days on which two groups can be compared. A file does not say of which days it is, and its last row alone is no proof that it ends
 * there: few customers buy nothing on some days. So days at either end on which one group has no purchase are left out where chance
 * does not explain it.
 *
 * @param days of the period that are looked at
 * @returns null where the groups have no day in common
 */
export function comparedDays(groups: Readonly<Record<ComparedSide, DatedGroup>>, days: number): ComparedDays | null {
  const spans = { reached: spanOf(groups.reached, days), control: spanOf(groups.control, days) };
  const { reached, control } = spans;
  if (reached === null || control === null) {
    const one = reached ?? control;
    return one && { from: one.first, to: one.last + 1, unknown: [] };
  }
  const both = { from: Math.max(reached.first, control.first), to: Math.min(reached.last, control.last) + 1 };
  if (both.from >= both.to) return null;
  const found: ComparedDays = {
    ...{ from: Math.min(reached.first, control.first), to: Math.max(reached.last, control.last) + 1 },
    unknown: [],
  };
  for (const where of ['before', 'after'] as const) {
    const isReached = where === 'before' ? reached.first > control.first : reached.last < control.last;
    const [of, other]: [ComparedSide, ComparedSide] = isReached ? ['reached', 'control'] : ['control', 'reached'];
    const empty = where === 'before' ? ([found.from, both.from] as const) : ([both.to, found.to] as const);
    const share = sumWithin(groups[of], both.from, both.to) / sumWithin(groups[other], both.from, both.to);
    const expected = sumWithin(groups[other], ...empty) * share;
    // Without a purchase of the other on the days of both, nothing says how many there would be.
    if (!Number.isFinite(expected) || mayBeNone(expected, groups[of].customers)) continue;
    if (where === 'before') found.from = both.from;
    else found.to = both.to;
    found.unknown.push({ of, where, day: where === 'before' ? both.from : both.to - 1, expected });
  }
  return found;
}
