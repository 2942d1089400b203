import { parseArgs } from 'node:util';
import { inEnglish } from '../../shared/words/english';
import { message } from '../../shared/words/message';
import { toIso } from '../../shared/domain/instant';
import type { ForgetBackup, ForgetLook, ForgetProgress } from '../../shared/ipc/forget-contract';
import { UsageError, type Command, type CommandOptions, type Terminal } from './command';
import { openWorkspace } from './open-workspace';
import { presentWorkspace } from './export';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  workspace: { type: 'string', completes: 'files' },
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Says where a customer stands in a workspace and, with --yes, erases them there: from requests, live jobs, the ledger, kept
results, notes and the practice org with its saved states. Enrolments and awards stay counted under a negative number that stands
for nobody. Backups are not changed; those that hold the customer are named.

Usage: laurel forget CUSTOMER --workspace FILE [--yes] [--json]

  CUSTOMER          id, e-mail address, mobile, external id or card number
  --workspace FILE  not open in a window
  --yes             erase; without it nothing is changed
  --json            what was found or erased (laurel/forgotten@1) as JSON

Files that were exported or saved elsewhere and what a live org holds are not reached.
Exit code: 0 looked or erased, 1 nothing was erased, 2 called wrongly.`;

const WORDS: Readonly<Record<ForgetProgress['kind'], string>> = {
  records: 'enrolments and awards',
  requests: 'requests and roster of the local org',
  practice: 'the practice org',
  states: 'saved states of the practice org',
  ledger: 'requests to orgs and their answers',
  jobs: 'rows of live jobs',
  results: 'kept simulations',
  notes: 'notes of Laurel',
  backups: 'backups',
};

const iso = (instant: number): string => toIso(instant, 'UTC');
const rowsInWords = (rows: number): string => `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`;

function backupInWords({ id, madeOn, rows, until, copyOf }: ForgetBackup): string {
  const held = rows === null ? 'cannot be read' : rowsInWords(rows);
  const kept = until === null ? 'stays until it is deleted' : `goes by itself by ${iso(until)}`;
  const what = copyOf === null ? '' : ', a copy of that file alone from before an update';
  return `  ${id}  ${iso(madeOn)}  ${held}${what}, ${kept}`;
}

function sayIn(terminal: Terminal, customer: string, look: ForgetLook, standIn: number | null): void {
  if (look.found.length === 0) terminal.out(`${customer} is nowhere in this workspace itself.`);
  else terminal.out(standIn === null ? `${customer} stands in:` : `${customer} was erased from:`);
  for (const { kind, rows } of look.found) terminal.out(`  ${WORDS[kind]}: ${rowsInWords(rows)}`);
  if (look.also.length > 0) terminal.out(`The same customer is also known as ${look.also.join(', ')}.`);
  if (standIn !== null && look.found.length > 0) terminal.out(`Where an id stood, ${String(standIn)} stands now.`);
  for (const { badge, connection } of look.openJobs)
    terminal.out(`A live job for ${badge} in ${connection} is not over and names them: finish or cancel it first.`);
  if (look.backups.length > 0) terminal.out('Backups that hold them, or may:');
  for (const backup of look.backups) terminal.out(backupInWords(backup));
  for (const folder of look.away) terminal.out(inEnglish(message('backups.away', { folder })));
  if (standIn === null && look.found.length > 0) terminal.out('Nothing was changed. To erase: --yes.');
}

function documentOf(customer: string, look: ForgetLook, standIn: number | null): unknown {
  return {
    ...{ schema: 'laurel/forgotten@1', customer, erased: standIn !== null, standIn },
    ...{ also: look.also, found: look.found, openJobs: look.openJobs },
    away: look.away,
    backups: look.backups.map(({ madeOn, until, ...backup }) => ({
      ...backup,
      madeOn: iso(madeOn),
      until: until === null ? null : iso(until),
    })),
  };
}

/** `laurel forget`. */
export const forgetCommand: Command = {
  options: OPTIONS,
  operands: [],
  help: HELP,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
    const customer = positionals[0]?.trim() ?? '';
    if (customer === '' || customer.length > 200 || positionals.length > 1)
      throw new UsageError('Name one customer, by id or by what identifies them.');
    const backend = await openWorkspace(terminal, presentWorkspace(terminal.cwd, values.workspace));
    try {
      const watch = {
        signal: terminal.signal,
        progress: ({ kind, rows }: ForgetProgress): void =>
          terminal.draw(`Looking through ${WORDS[kind]}: ${rowsInWords(rows)} …`),
      };
      const { standIn, ...look }: ForgetLook & { standIn: number | null } = values.yes
        ? await backend.handlers['forget.run']({ customer }, watch)
        : { ...(await backend.handlers['forget.look']({ customer }, watch)), standIn: null };
      if (values.json) terminal.document(JSON.stringify(documentOf(customer, look, standIn), null, 2));
      else sayIn(terminal, customer, look, standIn);
      return 0;
    } finally {
      await backend.close();
    }
  },
};
