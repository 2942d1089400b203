import path from 'node:path';
import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { planTextOf } from '../backend/sync/plans/plan-of-push';
import { writeWhole } from '../disk/whole-file';
import { UsageError, type Command, type CommandOptions, type ExitCode, type Terminal } from './command';
import { inEnglish } from '../../shared/words/english';
import {
  definitionName,
  errorsInJson,
  FOLDER_HELP,
  FOLDER_OPTIONS,
  heldLines,
  withCompared,
  type Compared,
} from './folder-compared';
import { CREDENTIALS_HELP, ORG_HELP } from './org-option';
import { requireNamedOutput } from './output-ending';
import { plainFailure } from './plain-failure';

const OPTIONS = {
  ...FOLDER_OPTIONS,
  out: { type: 'string', completes: 'files' },
} as const satisfies CommandOptions;

const HELP = `Writes the exact requests that would bring the badge files of a folder to a live org, with the live state they rest on,
as a file that is reviewed like code. Nothing is sent but reads. laurel apply sends what it holds.

Usage: laurel plan DIR --org CONNECTION --out PLAN.plan.json [OPTIONS]

${FOLDER_HELP}
${ORG_HELP}
  --out PLAN        the plan, *.plan.json (laurel/plan@1, with definitions @2, with partners @3); no secret is in it
  --json            what was planned, or why not (laurel/planned@1), as one JSON document

A plan is whole or not written: where one badge is in conflict, unreadable, or would be refused, each is named; --only
plans the others. A badge with an id of another org that has no partner is named with field and id (990012). Badges that only the org has stay as they are there.
${CREDENTIALS_HELP}
Exit code: 0 written, 1 not written, 2 called wrongly.`;

const PLAN = { ending: '.plan.json', what: 'plan' };

/** `laurel plan`. */
export const planCommand: Command = {
  options: OPTIONS,
  operands: 'folders',
  help: HELP,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: OPTIONS,
    });
    const { out } = values;
    if (out === undefined) throw new UsageError('Say where to: --out PLAN.plan.json.');
    const target = path.resolve(terminal.cwd, out);
    return withCompared(positionals, values, terminal, (compared) => write(compared, out, values.json, terminal), {
      beforeAsking: (read) => requireNamedOutput(target, out, PLAN, read, 'Nothing was planned.'),
    });
  },
};

/** A file as another that stands in a folder names it: with slashes on every system. */
const placeFrom = (folder: string, file: string): string => path.relative(folder, file).split(path.sep).join('/');

async function write(
  { definitions, lines, work, partnersOf }: Compared,
  out: string,
  json: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  const held = [
    ...definitions.flatMap((definition) =>
      definition.held === null
        ? []
        : [{ name: definitionName(definition), file: null, reason: [inEnglish(definition.held)], errors: [] }],
    ),
    ...lines.flatMap((line) =>
      line.held === null
        ? []
        : [
            {
              ...{ name: line.name, file: line.file, reason: heldLines(line).map((text) => text.trim()) },
              errors: errorsInJson(line.held),
            },
          ],
    ),
  ];
  const requests = [...definitions, ...lines].flatMap((line) => line.requests);
  const shown = requests.map(({ badgeName, purpose, request }) => ({
    ...{ badge: badgeName, purpose, method: request.method, path: new URL(request.url).pathname },
  }));
  if (definitions.length === 0 && lines.every((line) => line.file === null))
    throw plainFailure('invalid-input', 'There is no *.badge.json and no definitions to plan. No plan was written.');
  const ok = held.length === 0;
  if (ok) {
    const file = path.resolve(terminal.cwd, out);
    const fileOf = (badge: string): string | null => {
      const partners = partnersOf(badge);
      return partners === null ? null : placeFrom(path.dirname(file), path.resolve(terminal.cwd, partners));
    };
    const text = planTextOf(work.context, work.connection, version, requests, fileOf);
    await writeWhole(file, text, { name: out });
  }
  if (json) {
    const document = {
      schema: 'laurel/planned@1',
      ok,
      plan: ok ? out : null,
      requests: shown,
      held,
    };
    terminal.document(JSON.stringify(document, null, 2));
  }
  if (!ok) {
    terminal.error(
      `No plan was written: ${String(held.length)} of ${String(lines.length + definitions.length)} ${definitions.length === 0 ? 'badges' : 'badges and definitions'} cannot be planned.`,
    );
    for (const line of held) {
      terminal.error(`${line.name === '' ? (line.file ?? '') : line.name}:`);
      for (const text of line.reason) terminal.error(`  ${text}`);
    }
    return 1;
  }
  if (!json) {
    for (const { badge, purpose } of shown) terminal.out(`${purpose} “${badge}”`);
    const count = requests.length === 1 ? '1 request' : `${requests.length.toLocaleString('en')} requests`;
    terminal.out(`${out}: ${count} for ${work.connection.name} (${work.connection.baseUrl}). Nothing was sent.`);
  }
  return 0;
}
