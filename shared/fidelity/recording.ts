/** A recording: calls of a gateway in their order, with what came back. */
import { z } from 'zod';
import { readInstant, type Instant } from '../domain/instant';
import { readJson, jsonMistakeInWords } from '../domain/json';

export const RECORDING_SCHEMA = 'laurel/recording@1';

/** Where a recording may come from. */
const SOURCE_KINDS = ['har', 'ledger', 'newman', 'postman', 'bruno'] as const;

/** What is replaced on import. Customers stay the same person under another name; secrets are all alike. */
export const REPLACED_KINDS = ['headers', 'secrets', 'customers', 'emails', 'identifiers', 'people'] as const;
export type ReplacedKind = (typeof REPLACED_KINDS)[number];

/** Why something of a source is no call of the recording. */
export const LEFT_OUT_REASONS = ['elsewhere', 'token', 'practice', 'no-request'] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** Why a body is not there. */
export const MISSING_REASONS = ['not-recorded', 'not-text', 'cut'] as const;
export type MissingReason = (typeof MISSING_REASONS)[number];

const instantText = z.string().refine((text) => readInstant(text).ok);
const headers = z.record(z.string().max(200), z.string().max(20_000));

const body = {
  /** Exact text; empty: there was none; null: it is not known. */
  body: z.string().nullable(),
  /** Why it is not known. */
  missing: z.enum(MISSING_REASONS).nullable(),
};

const call = z.object({
  /** When it was sent, ISO-8601 with up to six decimals. */
  at: instantText,
  /** Until the answer was there, in milliseconds. */
  milliseconds: z.number().min(0).nullable(),
  method: z.string().regex(/^[A-Z]{1,20}$/),
  /** Percent-encoded, without host and query. */
  path: z.string().startsWith('/'),
  /** As it was sent, without its question mark. */
  query: z.string(),
  /** Names in lower case; only those that the rules look at. */
  headers,
  ...body,
  /** Null: none came, or it was not kept. */
  answer: z.object({ status: z.int().min(100).max(999), headers, ...body }).nullable(),
});

const counts = <K extends string>(kinds: readonly K[]) =>
  z.array(z.object({ kind: z.enum(kinds as readonly [K, ...K[]]), count: z.int().min(1) }));

export const recordingSchema = z.object({
  schema: z.literal(RECORDING_SCHEMA),
  source: z.object({ kind: z.enum(SOURCE_KINDS), program: z.string().max(200).nullable() }),
  /** Where the source's clock is known to have stood still, as that of a practice org can. */
  clock: z.enum(['running', 'still']),
  replaced: counts(REPLACED_KINDS),
  leftOut: counts(LEFT_OUT_REASONS),
  calls: z.array(call),
});

export type Recording = z.output<typeof recordingSchema>;
export type RecordedCall = Recording['calls'][number];

/** Request headers that the rules look at. */
export const REQUEST_HEADERS = [
  'content-type',
  'x-cap-badges-migration',
  'x-cap-customer-identifier',
  'x-cap-request-id',
] as const;

/** Answer headers that say something of the call. */
export const ANSWER_HEADERS = ['content-type', 'date', 'retry-after'] as const;

export type RecordingReading = { ok: true; recording: Recording } | { ok: false; reason: string };

/** Whether a parsed file says of itself that it is a recording, of whatever version. */
export function saysRecording(value: unknown): value is { schema: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'schema' in value &&
    typeof value.schema === 'string' &&
    value.schema.startsWith('laurel/recording@')
  );
}

/** A recording as its file has it. The reason completes “… is no recording: ”. */
export function readRecording(value: unknown): RecordingReading {
  if (saysRecording(value) && value.schema !== RECORDING_SCHEMA)
    return { ok: false, reason: `it is ${value.schema}, and this Laurel reads ${RECORDING_SCHEMA}` };
  const parsed = recordingSchema.safeParse(value);
  if (parsed.success) return { ok: true, recording: parsed.data };
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? 'the whole file' : issue.path.join('.');
  return { ok: false, reason: `${place} is not as ${RECORDING_SCHEMA} has it` };
}

/** The same from text. */
export function parseRecording(text: string): RecordingReading {
  const reading = readJson(text);
  return reading.ok ? readRecording(reading.value) : { ok: false, reason: jsonMistakeInWords(reading.mistake) };
}

/** When a call was sent. */
export function instantOfCall({ at }: Pick<RecordedCall, 'at'>): Instant {
  const reading = readInstant(at);
  return reading.ok ? reading.instant : 0;
}
