import { mostDispersion } from './drop-out';
import { FARTHEST_DRAW } from './limits';
import { exp, ln } from './portable-math';
import { RandomStream } from './random';
import type { Scenario, Segment } from './scenario';

type Activity = Segment['activity'];
/** What moves together: how far each number goes with one standard normal draw. */
export type Together = NonNullable<NonNullable<Activity['uncertainty']>['together']>[number];
/** Numbers of a segment that may move so; all but those of weekdays and the season are one. */
export type Moved = Exclude<keyof Together, 'draw' | 'season' | 'weekdays'>;

/** Just within the bound of a dispersion of probabilities. */
const WITHIN = 0.9999;
const MOST_DISPERSION = 1000;
const MOST_SPREAD = 100;

const within = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

/** Standard deviation of what draws that know nothing of each other move a number by. */
function deviationOfDraws(draws: readonly Together[] | undefined, of: (draw: Together) => number): number {
  return Math.sqrt((draws ?? []).reduce((sum, draw) => sum + of(draw) ** 2, 0));
}

/** Places of the segments whose customers are those that their numbers are from. */
export function sameCustomers({ customers }: Pick<Scenario, 'customers'>): ReadonlySet<number> {
  const places = (customers?.segments ?? []).map(({ activity }, place) =>
    activity.uncertainty?.sameCustomers === true ? place : -1,
  );
  return new Set(places.filter((place) => place >= 0));
}

/** By what a run may multiply a number of a segment at the most; growth: one more than it. */
export function farthest({ uncertainty }: Activity, number: 'perWeek' | 'growthPerMonth' | 'joins'): number {
  const together = deviationOfDraws(uncertainty?.together, (draw) => draw[number]);
  return Math.exp(FARTHEST_DRAW * ((uncertainty?.[number] ?? 0) + together));
}

/** What the busiest month of a run may be multiplied by at the most; at least 1. */
export function busiestMonth({ season, uncertainty }: Activity): number {
  const months = (season ?? []).map((factor, month) => {
    const deviation = deviationOfDraws(uncertainty?.together, (draw) => draw.season?.[month] ?? 0);
    return factor * Math.exp(FARTHEST_DRAW * deviation);
  });
  return Math.max(1, ...months);
}

/**
 * The segments of one replication: where a segment says how uncertain its numbers are, each run has its own, drawn from
 * normal distributions on the scale of logarithms (of log odds, for a probability). Segments that say nothing are as they are.
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
      (deviation) => deviation * within(stream.normal(), FARTHEST_DRAW),
    ) as [number, number, number];
    const alone = {
      ...segment,
      ...(segment.joins ? { joins: { perWeek: segment.joins.perWeek * exp(joins) } } : {}),
      activity: {
        ...activity,
        perWeek: activity.perWeek * exp(rate),
        growthPerMonth: growth === 0 ? activity.growthPerMonth : exp(ln(1 + activity.growthPerMonth) + growth) - 1,
      },
    };
    const { together } = uncertainty;
    return together === undefined || together.length === 0 ? alone : moved(alone, together, seed, replication);
  });
}

/** A segment after draws that move several of its numbers, and those of other segments that name the same draw. */
function moved(segment: Segment, together: readonly Together[], seed: number, replication: number): Segment {
  const normals = together.map(({ draw }) =>
    new RandomStream(['uncertainty together', seed, replication, draw]).normal(),
  );
  const by = (of: (draw: Together) => number): number =>
    within(
      together.reduce((sum, draw, index) => sum + of(draw) * normals[index]!, 0),
      FARTHEST_DRAW * deviationOfDraws(together, of),
    );
  const times = (value: number, of: Moved): number => value * exp(by((draw) => draw[of]));
  const { joins, activity } = segment;
  const { weekdays, season, dropOut, amount } = activity;
  const probability =
    !dropOut || dropOut.probability === 0 || dropOut.probability === 1
      ? (dropOut?.probability ?? 0)
      : 1 / (1 + exp(-ln(dropOut.probability / (1 - dropOut.probability)) - by((draw) => draw.leaving)));
  const growth = by((draw) => draw.growthPerMonth);
  return {
    ...segment,
    ...(joins ? { joins: { perWeek: times(joins.perWeek, 'joins') } } : {}),
    activity: {
      ...activity,
      perWeek: times(activity.perWeek, 'perWeek'),
      dispersion: Math.min(MOST_DISPERSION, times(activity.dispersion, 'dispersion')),
      growthPerMonth: growth === 0 ? activity.growthPerMonth : exp(ln(1 + activity.growthPerMonth) + growth) - 1,
      weekdays: weekdays.map((weight, day) => weight * exp(by((draw) => draw.weekdays?.[day] ?? 0))),
      ...(season
        ? { season: season.map((factor, month) => factor * exp(by((draw) => draw.season?.[month] ?? 0))) }
        : {}),
      ...(dropOut
        ? {
            dropOut: {
              probability,
              dispersion: Math.min(
                times(dropOut.dispersion, 'leavingDispersion'),
                mostDispersion(probability) * WITHIN,
              ),
            },
          }
        : {}),
      amount: amount && {
        mean: times(amount.mean, 'amount'),
        spread: Math.min(MOST_SPREAD, times(amount.spread, 'amountSpread')),
      },
    },
  };
}
