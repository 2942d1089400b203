import { z } from 'zod';
import { KNOWN_PLACES } from './known-width';
import { resultRules } from './result-rules';
import { RESULT_SCHEMA, type SimulationResult } from './result';

const MOST_BADGES = 1_000;
const MOST_DAYS = 50 * 366;

const counts = z.record(z.string(), z.number());
const isoOrNull = z.string().nullable();
const day = z.object({
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  attempts: z.number(),
  awarded: z.number(),
  rejected: z.number(),
});
const segment = z.object({
  customers: z.number(),
  awarded: z.number(),
  customersAwarded: z.number(),
  customersTurnedAway: z.number(),
});
const badge = z.object({
  enrolled: z.number(),
  enrolRejected: counts,
  qualifying: z.number(),
  attempts: z.number(),
  awarded: z.number(),
  customersAwarded: z.number(),
  customersTurnedAway: z.number(),
  rejected: counts,
  rejectedByConstraint: counts,
  firstRejectedAt: isoOrNull,
  exhaustedAt: isoOrNull,
  byDay: z.array(day).max(MOST_DAYS),
  bySegment: z.record(z.string(), segment),
  awardsPerCustomer: counts,
  cost: z.object({ expected: z.number(), currency: z.string() }).nullable(),
});

const band = z.object({ p10: z.number(), p50: z.number(), p90: z.number(), mean: z.number() });
const bandCounts = z.record(z.string(), band);
const bands = z.object({
  enrolled: band,
  enrolRejected: bandCounts,
  qualifying: band,
  attempts: band,
  awarded: band,
  customersAwarded: band,
  customersTurnedAway: band,
  rejected: bandCounts,
  rejectedByConstraint: bandCounts,
  exhaustedAt: z.object({ p10: isoOrNull, p50: isoOrNull, p90: isoOrNull, mean: isoOrNull, share: z.number() }),
  byDay: z.array(z.object({ day: z.string(), attempts: band, awarded: band, rejected: band })).max(MOST_DAYS),
  bySegment: z.record(
    z.string(),
    z.object({ customers: band, awarded: band, customersAwarded: band, customersTurnedAway: band }),
  ),
  awardsPerCustomer: bandCounts,
  cost: z.object({ expected: band, currency: z.string() }).nullable(),
});

const byKey = <T extends z.ZodType>(value: T) =>
  z.record(z.string(), value).refine((entries) => Object.keys(entries).length <= MOST_BADGES);

const numberOrIso = z.union([z.number(), z.string()]).nullable();
const known = z.object({
  badge: z.string(),
  measure: z.string(),
  at: z.enum(KNOWN_PLACES),
  ...{ value: numberOrIso, low: numberOrIso, high: numberOrIso },
  ...{ wanted: z.number(), confidence: z.number(), reached: z.boolean() },
});

const result = z
  .object({
    schema: z.literal(RESULT_SCHEMA),
    engine: z.string(),
    scenario: z.string(),
    seed: z.number(),
    replications: z.number().int().min(1),
    events: z.object({ total: z.number(), skipped: z.number(), badRows: z.number() }),
    badges: byKey(badge),
    bands: byKey(bands).nullable(),
    rules: resultRules.optional(),
    known: known.optional(),
  })
  .refine(
    ({ badges, bands: spread, replications }) =>
      (spread === null) === (replications === 1) &&
      Object.keys(badges).every((key) => spread === null || spread[key]?.byDay.length === badges[key]?.byDay.length),
  );

/** Reads a result (`laurel/result@1`). @returns null for what is none, or not whole */
export function readResult(body: unknown): SimulationResult | null {
  const parsed = result.safeParse(body);
  return parsed.success ? (parsed.data as SimulationResult) : null;
}
