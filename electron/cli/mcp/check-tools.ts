import path from 'node:path';
import { z } from 'zod';
import { fromMilliseconds } from '../../../shared/domain/instant';
import { readBadgeFile } from '../badge-file';
import { checkBadge } from '../check';
import { checkScenarioFile } from '../check-scenario';
import { UsageError } from '../command';
import { carried } from '../../../shared/simulation/scenario-mistakes';
import { message } from '../../../shared/words/message';
import { isWithin } from './bounds';
import { tool, type Tool, type ToolContext } from './tool';

/** Characters of a create body; a badge is some kilobytes long. */
const LONGEST_BODY = 1_000_000;

/** What a body is given as: the text itself, or the JSON object; either is bounded by the characters of its text. */
export const body = z
  .union([
    z.string().min(1).max(LONGEST_BODY),
    z.record(z.string(), z.unknown()).refine((given) => isWithin(given, LONGEST_BODY), {
      error: carried(message('scenarios.mostCharacters', { most: LONGEST_BODY })),
    }),
  ])
  .describe(
    `The body of a create call: a JSON object, or its text; ${LONGEST_BODY.toLocaleString('en')} characters at most.`,
  );

export const textOf = (given: z.output<typeof body>): string =>
  typeof given === 'string' ? given : JSON.stringify(given, null, 2);

/** Tools that name mistakes. */
export function checkTools({ roots }: ToolContext): Tool[] {
  return [
    tool(
      {
        name: 'check_badge',
        title: 'Check a badge',
        description:
          "Names every mistake in a badge by the rules of the live gateway, offline: the gateway's code, the field, the message, and advice on how to mend it. Give either path or body. ok is true where a create call would be accepted.",
        input: z.strictObject({
          path: z.string().min(1).max(4_000).optional().describe('A *.badge.json file.'),
          body: body.optional(),
          migration: z
            .boolean()
            .default(false)
            .describe('As if sent with X-CAP-BADGES-MIGRATION: a start date in the past is allowed.'),
        }),
      },
      ({ path: file, body: given, migration }) => {
        if ((file === undefined) === (given === undefined))
          throw new UsageError('check_badge needs either path or body, and not both.');
        const text = file === undefined ? textOf(given!) : readBadgeFile(path.sep, roots.find(file)).text;
        return checkBadge(text, fromMilliseconds(Date.now()), migration, new Set());
      },
    ),
    tool(
      {
        name: 'check_scenario',
        title: 'Check a scenario',
        description:
          'Validates a scenario with the badges it names and lints it for contradictions, without running it. Each finding has its JSON path.',
        input: z.strictObject({ scenario: z.string().min(1).max(4_000).describe('A *.scenario.json file.') }),
      },
      ({ scenario }) => checkScenarioFile(path.sep, roots.find(scenario), { paths: roots.folders }),
    ),
  ];
}
