import { z } from 'zod';
import { readInstant } from '../domain/instant';
import { message } from '../words/message';
import { instantReason } from './instant-reasons';
import { finding, jsonPath, type Finding } from './json-path';
import { otherKind } from './schema-kind';
import { carried, mistakeSentence, uncarried } from './scenario-mistakes';

const POLICY_SCHEMA = 'laurel/policy@1';

/** Where in the spread over the replications a measure is looked at; `first` is the first replication. */
export const PLACES = ['p10', 'p50', 'p90', 'mean', 'first'] as const;
export type Place = (typeof PLACES)[number];

const MOST_EXPECTATIONS = 10_000;
const text = z.string().min(1);

const instant = z
  .union([z.string(), z.number()], { error: carried(message('scenarios.mustBeInstant')) })
  .transform((value, context) => {
    const reading = readInstant(value);
    if (reading.ok && !reading.looksLikeMilliseconds) return reading.instant;
    const words = reading.ok
      ? message('scenarios.mustBeInstant')
      : message('scenarios.theInstant', { reason: instantReason(reading.reason) });
    context.addIssue({ code: 'custom', message: carried(words) });
    return z.NEVER;
  });

const LINES = ['min', 'max', 'notBefore', 'notAfter'] as const;

const measured = z
  .strictObject({
    badge: text,
    segment: text.optional(),
    measure: text,
    at: z.enum(PLACES).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    notBefore: instant.optional(),
    notAfter: instant.optional(),
  })
  .superRefine((given, context) => {
    const lines = LINES.filter((line) => given[line] !== undefined);
    if (lines.length === 0) context.addIssue({ code: 'custom', message: carried(message('scenarios.policyNoLine')) });
    const isDated = lines.some((line) => line === 'notBefore' || line === 'notAfter');
    if (isDated && lines.some((line) => line === 'min' || line === 'max'))
      context.addIssue({ code: 'custom', message: carried(message('scenarios.policyTwoKinds')) });
    const { min = -Infinity, max = Infinity, notBefore = -Infinity, notAfter = Infinity } = given;
    if (min > max || notBefore > notAfter)
      context.addIssue({ code: 'custom', message: carried(message('scenarios.policyNoRoom')) });
  });

const linted = z.strictObject({
  lint: z.union([z.literal('clean'), z.array(text)], { error: carried(message('scenarios.policyLint')) }),
});

const policy = z.strictObject({
  schema: z.literal(POLICY_SCHEMA),
  name: z.string().optional(),
  scenario: text,
  set: z.record(z.string(), z.unknown()).default({}),
  expect: z
    .array(z.unknown())
    .min(1)
    .max(MOST_EXPECTATIONS, carried(message('scenarios.moreEntries', { most: MOST_EXPECTATIONS })))
    // Which of the two was meant decides which mistakes are told.
    .transform((entries, context) =>
      entries.map((entry, index): Expectation => {
        const isLint = typeof entry === 'object' && entry !== null && 'lint' in entry;
        const reading = (isLint ? linted : measured).safeParse(entry, { error: mistakeSentence });
        if (reading.success) return reading.data;
        for (const issue of reading.error.issues) context.addIssue({ ...plain(issue), path: [index, ...issue.path] });
        return z.NEVER;
      }),
    ),
});

/** An issue as it is told on: with the sentence it has. */
const plain = (issue: z.core.$ZodIssue) => {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const words = unknown.length > 0 ? message('scenarios.policyUnknown', { names: unknown.join(', ') }) : null;
  return { code: 'custom' as const, message: words === null ? issue.message : carried(words) };
};

/** A measure of a badge, or of one of its segments, and the lines it must keep to; inclusive. */
export type MeasureExpectation = z.output<typeof measured>;
/** That the scenario's lint finds nothing, or nothing but some codes. */
export type LintExpectation = z.output<typeof linted>;
export type Expectation = MeasureExpectation | LintExpectation;

/** What must hold of a scenario (`*.policy.json`, `laurel/policy@1`). */
export type Policy = z.output<typeof policy>;

/** Reads a policy and lists everything wrong with it, each with its place in the JSON. */
export function readPolicy(body: unknown): { ok: true; policy: Policy } | { ok: false; findings: Finding[] } {
  const other = otherKind(body, POLICY_SCHEMA);
  if (other !== null)
    return { ok: false, findings: [finding('schema', message('scenarios.notPolicy', { schema: other }))] };
  const reading = policy.safeParse(body, { error: mistakeSentence });
  if (reading.success) return { ok: true, policy: reading.data };
  return {
    ok: false,
    findings: reading.error.issues.map((issue) =>
      finding(jsonPath(issue.path), uncarried(issue.code === 'custom' ? issue.message : plain(issue).message)),
    ),
  };
}
