import { toIsoExact, type Instant } from '../domain/instant';
import { ENGINE_VERSION } from './engine';
import type { EventSource } from './event-slice';
import type { BadgeKernel } from './kernel';
import type { Known } from './known-width';
import type { ResultRules } from './result-rules';
import type { Scenario } from './scenario';
import { dateText, type Timeline } from './timeline';

export const RESULT_SCHEMA = 'laurel/result@1';

/** Counts by a code or a name; what has none is left out. */
export type Counts = Record<string, number>;

export interface DayResult {
  day: string;
  attempts: number;
  awarded: number;
  rejected: number;
}

export interface SegmentResult {
  customers: number;
  awarded: number;
  customersAwarded: number;
  customersTurnedAway: number;
}

/** What happened to one badge in one replication. */
export interface BadgeResult {
  enrolled: number;
  enrolRejected: Counts;
  qualifying: number;
  attempts: number;
  awarded: number;
  customersAwarded: number;
  customersTurnedAway: number;
  rejected: Counts;
  rejectedByConstraint: Counts;
  firstRejectedAt: string | null;
  exhaustedAt: string | null;
  byDay: DayResult[];
  bySegment: Record<string, SegmentResult>;
  awardsPerCustomer: Counts;
  /** Null when the scenario names no cost for the badge. */
  cost: { expected: number; currency: string } | null;
}

export interface EventCounts {
  /** Events of the period that were simulated. */
  total: number;
  /** Rows of a replayed file that lie outside the period. */
  skipped: number;
  /** Rows of a replayed file that could not be read. */
  badRows: number;
  /** Events of a replayed file that have the customer and the time of the row before; left out where there are none. */
  repeated?: number | undefined;
}

export interface Band {
  p10: number;
  p50: number;
  p90: number;
  mean: number;
}

export interface ExhaustionBand {
  p10: string;
  p50: string;
  p90: string;
  mean: string;
  /** Share of the replications that ran out. */
  share: number;
}

/** A number's spread over the replications in the place of the number. */
export type Banded<T> = T extends number
  ? Band
  : T extends readonly (infer E)[]
    ? Banded<E>[]
    : T extends object
      ? { [K in keyof T]: Banded<T[K]> }
      : T;

export type BadgeBands = Omit<Banded<Omit<BadgeResult, 'firstRejectedAt' | 'exhaustedAt'>>, never> & {
  /** `share` alone is not null when no replication ran out: it is 0. */
  exhaustedAt: ExhaustionBand | { p10: null; p50: null; p90: null; mean: null; share: 0 };
};

/** A result file (`laurel/result@1`); keys are always written in this order. */
export interface SimulationResult {
  schema: typeof RESULT_SCHEMA;
  engine: string;
  scenario: string;
  seed: number;
  replications: number;
  events: EventCounts;
  badges: Record<string, BadgeResult>;
  bands: Record<string, BadgeBands> | null;
  /** Whose rules it was judged by; left out where these are as Laurel reads the documents. */
  rules?: ResultRules;
  /** How well the number is known for which so many replications were run; left out where their number was given. */
  known?: Known;
}

/** Sums by name, by the order of their texts; what has none is left out. */
export function countsOf(entries: Iterable<readonly [string | number, number]>): Counts {
  const sums = new Map<string, number>();
  for (const [name, count] of entries) if (count > 0) sums.set(String(name), (sums.get(String(name)) ?? 0) + count);
  const sorted = [...sums].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  // Names that are whole numbers come first in any JSON object, by size: the rest by their text.
  return Object.fromEntries(sorted);
}

const isoOrNull = (instant: Instant | null): string | null => (instant === null ? null : toIsoExact(instant));

/** Counts per customer and per segment: one pass over the customers. */
function perCustomer(
  kernel: BadgeKernel,
  source: EventSource,
): Pick<BadgeResult, 'customersAwarded' | 'customersTurnedAway' | 'bySegment' | 'awardsPerCustomer'> {
  const segments = source.segmentNames.map((): SegmentResult => ({
    customers: 0,
    awarded: 0,
    customersAwarded: 0,
    customersTurnedAway: 0,
  }));
  const histogram = new Map<number, number>();
  let customersAwarded = 0;
  let customersTurnedAway = 0;
  for (let customer = 0; customer < source.customers; customer += 1) {
    const awards = kernel.tally.awardsOf(customer);
    const isTurnedAway = awards === 0 && kernel.tally.hasAttempted(customer);
    if (awards > 0) {
      customersAwarded += 1;
      histogram.set(awards, (histogram.get(awards) ?? 0) + 1);
    } else if (isTurnedAway) {
      customersTurnedAway += 1;
    }
    const segment = source.segmentOf === null ? undefined : segments[source.segmentOf[customer]!];
    if (segment === undefined) continue;
    segment.customers += 1;
    segment.awarded += awards;
    if (awards > 0) segment.customersAwarded += 1;
    else if (isTurnedAway) segment.customersTurnedAway += 1;
  }
  return {
    customersAwarded,
    customersTurnedAway,
    bySegment: Object.fromEntries(source.segmentNames.map((name, index) => [name, segments[index]!])),
    awardsPerCustomer: countsOf(histogram),
  };
}

/** What a badge's kernel has counted, in the words and the order of the result file. */
export function badgeResult(kernel: BadgeKernel, source: EventSource, timeline: Timeline): BadgeResult {
  const { settings } = kernel.badge.org;
  const byCap = kernel.caps.all;
  const people = perCustomer(kernel, source);
  const byDay = Array.from({ length: timeline.days }, (_, day): DayResult => {
    const attempts = kernel.attemptsByDay[day]!;
    const awarded = kernel.awardedByDay[day]!;
    return { day: dateText(timeline.dateOf(day)), attempts, awarded, rejected: attempts - awarded };
  });
  const { cost } = kernel.badge.entry;
  return {
    enrolled: kernel.waves.enrolled,
    enrolRejected: countsOf(kernel.waves.rejected),
    qualifying: kernel.qualifying,
    attempts: kernel.attempts,
    awarded: kernel.awarded,
    customersAwarded: people.customersAwarded,
    customersTurnedAway: people.customersTurnedAway,
    rejected: countsOf([
      ...kernel.refused,
      ...byCap.map(
        (cap) =>
          [cap.level === 'CUSTOMER' ? settings.customerLimitCode : settings.badgeLimitCode, cap.rejected] as const,
      ),
    ]),
    rejectedByConstraint: countsOf(byCap.map((cap) => [cap.constraintType, cap.rejected] as const)),
    firstRejectedAt: isoOrNull(kernel.firstRejectedAt === Infinity ? null : kernel.firstRejectedAt),
    exhaustedAt: isoOrNull(kernel.exhaustedAt),
    byDay,
    bySegment: people.bySegment,
    awardsPerCustomer: people.awardsPerCustomer,
    cost:
      cost === null
        ? null
        : { expected: kernel.awarded * cost.perAward * cost.redemptionRate, currency: cost.currency },
  };
}

/** The head of a result; badges and bands are the caller's. */
export function resultOf(
  scenario: Pick<Scenario, 'name' | 'seed' | 'replications'>,
  events: EventCounts,
  badges: Record<string, BadgeResult>,
  bands: Record<string, BadgeBands> | null,
): SimulationResult {
  return {
    schema: RESULT_SCHEMA,
    engine: ENGINE_VERSION,
    scenario: scenario.name,
    seed: scenario.seed,
    replications: scenario.replications,
    events,
    badges,
    bands,
  };
}

/** The bytes of a result file: stable key order, two spaces, a newline at the end. */
export function serialiseResult(result: SimulationResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
