import { awardExpiry } from '../domain/expiry';
import { percentile } from './bands';
import type { BadgeResult } from './result';
import type { SimulatedBadge } from './simulated-badge';
import { monthText, type Timeline } from './timeline';

/** What a badge costs in one month. */
export interface MonthCost {
  /** `2026-03`. */
  month: string;
  /** Awards of the month, mean over the replications. */
  awarded: number;
  /** awarded × perAward × redemptionRate. */
  expected: number;
  /** Of the cost of the month's awards, over the replications and over which of them are redeemed. */
  p50: number;
  p90: number;
  /** Most that could fall due at the month's end: awards then alive, all redeemed. Mean over the replications. */
  exposure: number;
}

export interface CostAnswer {
  currency: string;
  months: MonthCost[];
  expected: number;
  p50: number;
  p90: number;
  /** Null without a budget. */
  budget: BudgetAnswer | null;
}

export interface BudgetAnswer {
  limit: number;
  /** Share of the replications, and of what redemption by chance makes of them, that stays within the limit. */
  chanceToKeep: number;
  /** The month in which the expected cost, added up, passes the limit. */
  firstMonthOver: string | null;
}

/** Standard normal quantiles at 5 %, 15 %, … 95 %: what redemption by chance does to a number of awards, in ten steps. */
const DECILES = [
  -1.6448536, -1.0364334, -0.6744898, -0.3853205, -0.1256613, 0.1256613, 0.3853205, 0.6744898, 1.0364334, 1.6448536,
];

/** The cost of a number of awards, each redeemed or not by chance: ten equally likely values (normal approximation). */
function costsOf(awards: number, perAward: number, rate: number): number[] {
  const deviation = Math.sqrt(awards * rate * (1 - rate));
  return DECILES.map((z) => Math.min(awards, Math.max(0, awards * rate + z * deviation)) * perAward);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/**
 * How a badge's cost stands to a budget.
 *
 * @param awarded awards of each replication
 * @param months in order, with what each is expected to cost
 */
export function againstBudget(
  cost: { perAward: number; redemptionRate: number },
  awarded: readonly number[],
  months: readonly Pick<MonthCost, 'month' | 'expected'>[],
  limit: number,
): BudgetAnswer {
  const totals = awarded.flatMap((awards) => costsOf(awards, cost.perAward, cost.redemptionRate));
  let running = 0;
  const over = months.find((month) => (running += month.expected) > limit);
  return {
    limit,
    chanceToKeep: totals.filter((total) => total <= limit).length / Math.max(1, totals.length),
    firstMonthOver: over?.month ?? null,
  };
}

/**
 * Answer 7: expected cost and cost at risk by month, from awards, redemption and expiry, against a budget.
 *
 * @param replications results of the badge, at least one
 */
export function monthlyCost(
  badge: SimulatedBadge,
  timeline: Timeline,
  replications: readonly BadgeResult[],
  budget: number | null,
): CostAnswer | null {
  const { cost } = badge.entry;
  if (cost === null) return null;
  const { perAward, redemptionRate, currency } = cost;
  const monthOfDay = Array.from({ length: timeline.days }, (_, day) => monthText(timeline.dateOf(day)));
  const expiryOfDay = Array.from({ length: timeline.days }, (_, day) =>
    awardExpiry(badge.definition, timeline.starts[day]!, timeline.zone),
  );
  const names = [...new Set(monthOfDay)];
  const awardedIn = (result: BadgeResult, month: string): number =>
    result.byDay.reduce((sum, day, index) => (monthOfDay[index] === month ? sum + day.awarded : sum), 0);
  const months = names.map((month): MonthCost => {
    const counts = replications.map((result) => awardedIn(result, month));
    const end = timeline.starts[monthOfDay.lastIndexOf(month) + 1]!;
    const alive = replications.map((result) =>
      result.byDay.reduce(
        (sum, day, index) => (timeline.starts[index]! < end && expiryOfDay[index]! > end ? sum + day.awarded : sum),
        0,
      ),
    );
    const spread = counts
      .flatMap((count) => costsOf(count, perAward, redemptionRate))
      .sort((left, right) => left - right);
    return {
      month,
      awarded: mean(counts),
      expected: mean(counts) * perAward * redemptionRate,
      p50: percentile(spread, 0.5),
      p90: percentile(spread, 0.9),
      exposure: mean(alive) * perAward,
    };
  });
  const totals = replications
    .flatMap((result) => costsOf(result.awarded, perAward, redemptionRate))
    .sort((left, right) => left - right);
  return {
    currency,
    months,
    expected: mean(replications.map((result) => result.awarded)) * perAward * redemptionRate,
    p50: percentile(totals, 0.5),
    p90: percentile(totals, 0.9),
    budget:
      budget === null
        ? null
        : againstBudget(
            cost,
            replications.map((result) => result.awarded),
            months,
            budget,
          ),
  };
}
