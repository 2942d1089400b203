import { z } from 'zod';
import { ENGINE_VERSION } from './engine';
import { resultOfReplications } from './bands';
import type { BadgeResult, SimulationResult } from './result';
import { resultRules } from './result-rules';

export const PART_SCHEMA = 'laurel/part@1';

/** Replications `first` … `first + count − 1`. */
export interface ReplicationRange {
  first: number;
  count: number;
}

/** Slice `number` of `of`, from 1. */
export interface Slice {
  number: number;
  of: number;
}

/**
 * The replications of a slice. Slices follow each other, differ by one replication at most, and are empty where there
 * are more slices than replications.
 */
export function rangeOfSlice({ number, of }: Slice, replications: number): ReplicationRange {
  const first = Math.floor(((number - 1) * replications) / of);
  return { first, count: Math.floor((number * replications) / of) - first };
}

const number = z.number();
const count = z.number().int().min(0);
const counts = z.record(z.string(), count);
const served = { awarded: count, customersAwarded: count, customersTurnedAway: count };

const badge = z.object({
  enrolled: count,
  enrolRejected: counts,
  qualifying: count,
  attempts: count,
  ...served,
  rejected: counts,
  rejectedByConstraint: counts,
  firstRejectedAt: z.string().nullable(),
  exhaustedAt: z.string().nullable(),
  byDay: z.array(z.object({ day: z.string(), attempts: count, awarded: count, rejected: count })),
  bySegment: z.record(z.string(), z.object({ customers: count, ...served })),
  awardsPerCustomer: counts,
  cost: z.object({ expected: number, currency: z.string() }).nullable(),
}) satisfies z.ZodType<BadgeResult>;

const part = z.object({
  schema: z.literal(PART_SCHEMA),
  engine: z.string(),
  /** Of everything the numbers depend on: the scenario with its badges and settings, and the bytes of its transactions. */
  fingerprint: z.string().min(1),
  slice: z.object({ number: count.min(1), of: count.min(1) }),
  scenario: z.object({ name: z.string(), seed: number, replications: count.min(1) }),
  /** Whose rules it was judged by; left out where these are as Laurel reads the documents. */
  rules: resultRules.optional(),
  /** Rows of a replayed file that no replication sees. */
  events: z.object({ skipped: count, badRows: count, repeated: count.optional() }),
  runs: z.array(
    z.object({
      replication: count,
      events: count,
      badges: z.record(z.string(), badge),
      /** By key: why nobody at all can get the badge. */
      nobody: z.record(z.string(), z.string()),
    }),
  ),
});

/** Some replications of a scenario, as `laurel simulate --slice` writes them (`laurel/part@1`). */
export type Part = z.output<typeof part>;

/** Reads a part. Null where it is none, or not whole. */
export function readPart(value: unknown): Part | null {
  const reading = part.safeParse(value);
  if (!reading.success) return null;
  const { slice, scenario, runs } = reading.data;
  if (slice.number > slice.of) return null;
  const { first, count: length } = rangeOfSlice(slice, scenario.replications);
  const isWhole = runs.length === length && runs.every(({ replication }, place) => replication === first + place);
  return isWhole ? reading.data : null;
}

/** Numbers in a row as people write them: `2, 5 to 9`. */
function inRanges(numbers: readonly number[]): string {
  const ranges: string[] = [];
  for (let from = 0; from < numbers.length;) {
    let to = from;
    while (numbers[to + 1] === numbers[to]! + 1) to += 1;
    ranges.push(to === from ? String(numbers[from]) : `${String(numbers[from])} to ${String(numbers[to])}`);
    from = to + 1;
  }
  return ranges.join(', ');
}

/** What a merge comes to: the result, and by key why nobody at all can get a badge; or what is wrong with the parts. */
export type Merge =
  | { ok: true; result: SimulationResult; nobody: ReadonlyMap<string, string> }
  | { ok: false; mistakes: string[] };

const of = ({ slice }: Part): string => `${String(slice.number)}/${String(slice.of)}`;

/**
 * Puts slices together to what one run of all replications gives, to the byte.
 *
 * @param parts with the names by which a person knows them, at least one, in any order
 */
export function mergeParts(parts: readonly { name: string; part: Part }[]): Merge {
  const mistakes: string[] = [];
  const [base] = parts;
  if (base === undefined) return { ok: false, mistakes: ['there is no part to merge'] };
  for (const { name, part: one } of parts) {
    const against = `${base.name} (${of(base.part)})`;
    if (one.engine !== ENGINE_VERSION)
      mistakes.push(`${name}: was made by engine ${one.engine}, and this is ${ENGINE_VERSION}: make it anew`);
    else if (one.fingerprint !== base.part.fingerprint)
      mistakes.push(`${name}: is of another scenario, setting or file of transactions than ${against}`);
    else if (one.slice.of !== base.part.slice.of)
      mistakes.push(`${name}: is slice ${of(one)}, and ${against} was cut into ${String(base.part.slice.of)}`);
  }
  if (mistakes.length > 0) return { ok: false, mistakes };
  const bySlice = new Map<number, { name: string; part: Part }>();
  for (const given of parts) {
    const earlier = bySlice.get(given.part.slice.number);
    if (earlier === undefined) bySlice.set(given.part.slice.number, given);
    else mistakes.push(`${given.name}: is slice ${of(given.part)} again, which is ${earlier.name}`);
  }
  const all = Array.from({ length: base.part.slice.of }, (_, index) => index + 1);
  const lost = all.filter((slice) => !bySlice.has(slice));
  if (lost.length > 0)
    mistakes.push(
      `${lost.length === 1 ? 'slice' : 'slices'} ${inRanges(lost)} of ${String(base.part.slice.of)} ${lost.length === 1 ? 'is' : 'are'} missing`,
    );
  if (mistakes.length > 0) return { ok: false, mistakes };
  const runs = all.flatMap((slice) => bySlice.get(slice)!.part.runs);
  const [first] = runs;
  if (first === undefined) return { ok: false, mistakes: ['no part holds a replication'] };
  const { scenario, events, rules } = base.part;
  const nobody = Object.entries(first.nobody).filter(([key]) => runs.every((run) => Object.hasOwn(run.nobody, key)));
  return {
    ok: true,
    result: {
      ...resultOfReplications(
        scenario,
        { total: first.events, ...events },
        runs.map(({ badges }) => badges),
      ),
      ...(rules === undefined ? {} : { rules }),
    },
    nobody: new Map(nobody),
  };
}
