import { FARTHEST_DRAW } from './limits';
import { exp, ln } from './portable-math';
import { RandomStream } from './random';
import type { Scenario, Segment } from './scenario';

/**
 * The segments of one replication: where a segment says how uncertain its numbers are, each run has its own, drawn from
 * normal distributions on the scale of logarithms. Segments that say nothing are as they are.
 */
export function segmentsOfRun(
  { customers, seed }: Pick<Scenario, 'customers' | 'seed'>,
  replication: number,
): readonly Segment[] {
  return (customers?.segments ?? []).map((segment) => {
    const { uncertainty, ...activity } = segment.activity;
    if (!uncertainty) return segment;
    const stream = new RandomStream(['uncertainty', seed, replication, segment.name]);
    // Always in this order and all of them, so that what is set for one moves no other.
    const [rate, growth, joins] = [uncertainty.perWeek, uncertainty.growthPerMonth, uncertainty.joins].map(
      (deviation) => deviation * Math.max(-FARTHEST_DRAW, Math.min(FARTHEST_DRAW, stream.normal())),
    ) as [number, number, number];
    return {
      ...segment,
      ...(segment.joins ? { joins: { perWeek: segment.joins.perWeek * exp(joins) } } : {}),
      activity: {
        ...activity,
        perWeek: activity.perWeek * exp(rate),
        growthPerMonth: growth === 0 ? activity.growthPerMonth : exp(ln(1 + activity.growthPerMonth) + growth) - 1,
      },
    };
  });
}
