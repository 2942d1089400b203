import path from 'node:path';
import { z } from 'zod';
import { keptResultRules, simulatedRules, type ResultRules } from '../../shared/simulation/result-rules';
import { readInstant } from '../../shared/domain/instant';
import type { KeptFile } from '../disk/output-place';
import { readRegularText } from '../disk/regular-file';
import { reasonOf } from '../disk/system-reasons';
import { plainFailure } from './plain-failure';

/** The option that names whose rules hold, read by `parseArgs` and by shell completions alike. */
export const RULES = { type: 'string', completes: 'files' } as const;

export const RULES_HELP = `  --rules FILE      judge by an org's rules in place of what Laurel reads in the documents: what laurel probe --json said
                    of a test org, or a result that was judged so; the result names them`;

/** What `laurel probe --json` says of an org whose calls were sent. */
const probed = z.object({
  schema: z.literal('laurel/probed@1'),
  sent: z.literal(true),
  org: z.object({ name: z.string() }),
  learnedOn: z.string().optional(),
  points: z.array(z.object({ option: z.string(), value: z.string().nullable() })),
});

const LARGEST_RULES = 256 * 1024 * 1024;

/**
 * The rules that a file tells; a point that could not be decided stays as Laurel reads the documents.
 *
 * @param name as a person gave it; undefined: none was named
 * @returns null where all is as Laurel reads the documents
 * @throws Failure `not-found` where it cannot be read, `invalid-input` where it tells no rules
 */
export function rulesFrom(name: string | undefined, cwd: string): ResultRules | null {
  if (name === undefined) return null;
  let text: string;
  try {
    text = readRegularText(path.resolve(cwd, name), LARGEST_RULES);
  } catch (error) {
    throw plainFailure('not-found', `${name} cannot be read: ${reasonOf(error)}. Nothing was done.`);
  }
  const value = parsed(text);
  const learned = probed.safeParse(value);
  if (learned.success) {
    const { org, learnedOn, points } = learned.data;
    const on = learnedOn === undefined ? null : readInstant(learnedOn);
    const switches = points.flatMap(({ option, value: told }) =>
      told === null ? [] : [{ option, value: told, isLearned: on?.ok === true }],
    );
    return simulatedRules({ from: on?.ok === true ? { org: org.name, learnedOn: on.instant } : null, switches });
  }
  const rules = keptResultRules(value);
  if (rules !== null) return rules;
  throw plainFailure(
    'invalid-input',
    `${name} tells no rules: name what laurel probe --test-org … --json printed, or a result that says whose rules it was judged by. Nothing was done.`,
  );
}

/** The file of {@link rulesFrom}, which no output may replace. */
export const rulesKept = (name: string | undefined, cwd: string): KeptFile[] =>
  name === undefined ? [] : [{ path: path.resolve(cwd, name), what: 'the file of the rules' }];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
