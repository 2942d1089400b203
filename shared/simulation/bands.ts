import { instantOf, toIsoExact } from '../domain/instant';
import {
  resultOf,
  type BadgeBands,
  type BadgeResult,
  type Band,
  type Counts,
  type EventCounts,
  type ExhaustionBand,
  type SegmentResult,
  type SimulationResult,
} from './result';
import type { Scenario } from './scenario';

/** Numbers from the least to the greatest, some of which may be infinite: an instant that never comes. */
export function inOrder(values: readonly number[]): number[] {
  return [...values].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
}

/**
 * The percentile of sorted numbers by linear interpolation between the nearest ranks. Between a number and an instant that never
 * comes there is no other: it never comes, then; on a number it is that number.
 *
 * @param sorted as {@link inOrder} gives them
 */
export function percentile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? NaN;
  if (position === below) return low;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return high === Infinity ? Infinity : low + (high - low) * (position - below);
}

/** Spread of a number over the replications, which are given in their order. */
export function band(values: readonly number[]): Band {
  const sorted = inOrder(values);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { p10: percentile(sorted, 0.1), p50: percentile(sorted, 0.5), p90: percentile(sorted, 0.9), mean };
}

function exhaustionBand(replications: readonly BadgeResult[]): BadgeBands['exhaustedAt'] {
  const instants = replications.flatMap((result) =>
    result.exhaustedAt === null ? [] : [instantOf(result.exhaustedAt)],
  );
  if (instants.length === 0) return { p10: null, p50: null, p90: null, mean: null, share: 0 };
  // Averaged from the first one on, because a sum of microseconds since 1970 leaves the range of exact integers.
  const origin = instants.reduce((first, at) => Math.min(first, at), Infinity);
  const offsets = band(instants.map((instant) => instant - origin));
  const iso = (offset: number): string => toIsoExact(origin + Math.round(offset));
  const dates: Omit<ExhaustionBand, 'share'> = {
    p10: iso(offsets.p10),
    p50: iso(offsets.p50),
    p90: iso(offsets.p90),
    mean: iso(offsets.mean),
  };
  return { ...dates, share: instants.length / replications.length };
}

/** Bands of counts by name; a name that a replication lacks counts as zero there. */
function bandsOfCounts(counts: readonly Counts[]): Record<string, Band> {
  const names = [...new Set(counts.flatMap((one) => Object.keys(one)))].sort();
  return Object.fromEntries(names.map((name) => [name, band(counts.map((one) => one[name] ?? 0))]));
}

/** Bands of every number of a badge over its replications, at least one. */
function badgeBands(replications: readonly BadgeResult[]): BadgeBands {
  const first = replications[0];
  if (first === undefined) throw new Error('No replication to take bands of');
  const of = (pick: (result: BadgeResult) => number): Band => band(replications.map(pick));
  const ofCounts = (pick: (result: BadgeResult) => Counts): Record<string, Band> =>
    bandsOfCounts(replications.map(pick));
  const segmentBand = (name: string): Record<keyof SegmentResult, Band> => {
    const number = (pick: (segment: SegmentResult) => number): Band =>
      of((result) => {
        const segment = result.bySegment[name];
        return segment === undefined ? 0 : pick(segment);
      });
    return {
      customers: number((segment) => segment.customers),
      awarded: number((segment) => segment.awarded),
      customersAwarded: number((segment) => segment.customersAwarded),
      customersTurnedAway: number((segment) => segment.customersTurnedAway),
    };
  };
  return {
    enrolled: of((result) => result.enrolled),
    enrolRejected: ofCounts((result) => result.enrolRejected),
    qualifying: of((result) => result.qualifying),
    attempts: of((result) => result.attempts),
    awarded: of((result) => result.awarded),
    customersAwarded: of((result) => result.customersAwarded),
    customersTurnedAway: of((result) => result.customersTurnedAway),
    rejected: ofCounts((result) => result.rejected),
    rejectedByConstraint: ofCounts((result) => result.rejectedByConstraint),
    exhaustedAt: exhaustionBand(replications),
    byDay: first.byDay.map(({ day }, index) => ({
      day,
      attempts: of((result) => result.byDay[index]?.attempts ?? 0),
      awarded: of((result) => result.byDay[index]?.awarded ?? 0),
      rejected: of((result) => result.byDay[index]?.rejected ?? 0),
    })),
    bySegment: Object.fromEntries(Object.keys(first.bySegment).map((name) => [name, segmentBand(name)])),
    awardsPerCustomer: ofCounts((result) => result.awardsPerCustomer),
    cost:
      first.cost === null
        ? null
        : { expected: of((result) => result.cost?.expected ?? 0), currency: first.cost.currency },
  };
}

/**
 * The result of a scenario from its replications, in their order and at least one.
 *
 * @param events of the first one
 */
export function resultOfReplications(
  scenario: Pick<Scenario, 'name' | 'seed' | 'replications'>,
  events: EventCounts,
  replications: readonly Readonly<Record<string, BadgeResult>>[],
): SimulationResult {
  const [first] = replications;
  if (first === undefined) throw new Error('No replication to make a result of');
  const bandsOf = (key: string) => [key, badgeBands(replications.map((badges) => badges[key]!))] as const;
  const bands = replications.length === 1 ? null : Object.fromEntries(Object.keys(first).map(bandsOf));
  return resultOf(scenario, events, first, bands);
}
