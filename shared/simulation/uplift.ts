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
