import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readLibrary, type Library } from '../../db/workspace/read-library';
import { outlineOf } from '../../db/workspace/outline';
import { realFile } from '../../db/real-file';
import { storeFiles } from '../../db/store-files';
import { fromMilliseconds } from '../../shared/domain/instant';
import { fieldMessage } from '../../shared/gateway/meaning';
import { TRANSFER_FORMATS, type TransferFormat } from '../../shared/ipc/transfer-contract';
import { inEnglish } from '../../shared/words/english';
import type { MessagePart } from '../../shared/words/message';
import type { Backend } from '../backend/backend';
import { exportBadgeList } from '../backend/transfer/export-badges';
import { requireOutput } from '../disk/output-place';
import { folderForPictures } from './art-folder';
import { UsageError, type Command, type CommandOptions, type ExitCode, type Terminal } from './command';
import { agreeing, counted } from './counted';
import { openWorkspace } from './open-workspace';
import { presentWorkspace } from './export';
import { plainFailure } from './plain-failure';

const DOES = ['export', 'import'] as const;
const DIFFERING = ['leave', 'change'] as const;

const HELP = `Badges of a workspace as files, and files as badges of a workspace.

Usage: laurel badges export --workspace FILE --out FOLDER|FILE [--badge NAME]… [--format FORMAT] [--json]
       laurel badges import FILE… --workspace FILE [--differing leave|change] [--look] [--json]

  export  a file of each badge into a folder, FILE.json (one list), FILE.xlsx (a column for each field), or FILE.csv: the
          vendor's bulk template, with what it cannot say in FILE.csv.notes.txt
  import  badge files, lists of badges, answers of a gateway, and the tables that export writes; one badge a name: what is
          here and says the same is passed over; what is no badge does not come, and is named

  --workspace FILE  the workspace; for export it may be open in a window
  --badge NAME      only badges of this name, or with this id; all unless given; may be repeated
  --format          ${TRANSFER_FORMATS.join(', ')}; by the ending of --out unless given
  --out             a folder, which is made where it is not there, or a file
  --differing       leave badges of the same name that say something else as they are, or change them; default: leave
  --look            say what would come, what is here and what differs; nothing is written
  --json            one JSON document

Claims, art and credentials are in none of these files; laurel export writes a whole workspace.
Exit code: 0 done, 1 something was not written or not read, or badges that differ were left; 2 called wrongly.`;

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  workspace: { type: 'string', completes: 'files' },
  badge: { type: 'string', multiple: true, default: [] as string[] },
  format: { type: 'string', completes: TRANSFER_FORMATS },
  out: { type: 'string', completes: 'files' },
  differing: { type: 'string', default: 'leave', completes: DIFFERING },
  look: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

type Values = ReturnType<typeof parsed>['values'];

function parsed(args: readonly string[]) {
  return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
}

const isOneOf = <T extends string>(list: readonly T[], text: string): text is T => list.some((known) => known === text);

const ALL = { search: '', status: [], earnType: [], owner: [], tag: [], withProblems: false } as const;

/**
 * The ids of the badges that are named, all of them where none is.
 *
 * @throws UsageError where no badge is called so
 */
export function chosenBadges(library: Library, named: readonly string[]): string[] {
  const now = fromMilliseconds(Date.now());
  const ids = library.list.ids(ALL, { by: 'name', descending: false }, now);
  if (named.length === 0) return ids;
  const all = ids.map((id) => ({ id, name: outlineOf(library.drafts.find(id)?.body ?? '').name }));
  const unknown = named.find((text) => !all.some(({ id, name }) => id === text || name === text));
  if (unknown !== undefined) throw new UsageError(`No badge is called ${unknown}.`);
  return all.filter(({ id, name }) => named.includes(id) || named.includes(name)).map(({ id }) => id);
}

const ENDINGS: Readonly<Partial<Record<string, TransferFormat>>> = {
  '.json': 'list',
  '.xlsx': 'workbook',
  '.csv': 'template',
  '': 'files',
};

/** @throws UsageError */
function formatOf({ format, out }: Values): { format: TransferFormat; out: string } {
  if (out === undefined) throw new UsageError('Say where to: --out FOLDER, FILE.json, FILE.xlsx or FILE.csv.');
  if (format !== undefined && !isOneOf(TRANSFER_FORMATS, format))
    throw new UsageError(`--format is ${TRANSFER_FORMATS.join(', ')}, not ${format}.`);
  const found = format ?? ENDINGS[path.extname(out).toLowerCase()];
  if (found === undefined)
    throw new UsageError(`Say which format ${out} has: --format ${TRANSFER_FORMATS.join(', ')}.`);
  return { format: found, out };
}

async function exportList(named: readonly string[], values: Values, terminal: Terminal): Promise<ExitCode> {
  if (named.length > 0) throw new UsageError('Name badges with --badge.');
  const { format, out } = formatOf(values);
  const workspaceFile = presentWorkspace(terminal.cwd, values.workspace);
  const library = readLibrary(workspaceFile);
  try {
    const ids = chosenBadges(library, values.badge);
    if (ids.length === 0) throw plainFailure('not-found', 'There is no badge in it. Nothing was written.');
    const target = path.resolve(terminal.cwd, out);
    if (format === 'files') folderForPictures(terminal.cwd, out, { files: [], kept: [] });
    else requireOutput(target, out, [storeFiles(workspaceFile)], 'Nothing was written.');
    const outcome = await exportBadgeList(library.drafts, ids, {
      ...{ format, target: { path: target, name: out }, signal: terminal.signal, speaker: { sayMessage: inEnglish } },
      progress: ({ done, total }) => terminal.draw(`Writing ${String(done)} of ${String(total)} …`),
    });
    terminal.draw('');
    const left = outcome.left.map(({ name, reason }) => ({ name, reason: inEnglish(reason) }));
    const losses = outcome.losses.map(({ what, names }) => ({ what: inEnglish(what), names }));
    const notes = outcome.notes.map((note) => inEnglish(note));
    if (values.json) {
      const { badges, notesFile } = outcome;
      const document = { schema: 'laurel/badges-exported@1', ok: left.length === 0, out, format, badges };
      terminal.document(JSON.stringify({ ...document, left, losses, notes, notesFile }, null, 2));
    } else {
      for (const { name, reason } of left) terminal.error(`${name}: ${reason}`);
      for (const { what, names } of losses) terminal.error(`${what} ${names.join(', ')}`);
      terminal.out(`${counted(outcome.badges, 'badge')} ${agreeing(outcome.badges, 'is', 'are')} in ${out}.`);
      if (outcome.notesFile !== null) terminal.out(`What it cannot say stands in ${outcome.notesFile}.`);
    }
    return left.length === 0 ? 0 : 1;
  } finally {
    library.close();
  }
}

const words = (part: MessagePart): string => (typeof part === 'object' ? inEnglish(part) : String(part));

async function importList(named: readonly string[], values: Values, terminal: Terminal): Promise<ExitCode> {
  if (named.length === 0) throw new UsageError('Name files with badges.');
  if (values.workspace === undefined) throw new UsageError('Say into which workspace: --workspace FILE.');
  if (!isOneOf(DIFFERING, values.differing))
    throw new UsageError(`--differing is ${DIFFERING.join(' or ')}, not ${values.differing}.`);
  const missing = named.find((name) => !existsSync(path.resolve(terminal.cwd, name)));
  if (missing !== undefined) throw plainFailure('not-found', `There is no ${missing}. Nothing was imported.`);
  const backend = await openWorkspace(terminal, realFile(path.resolve(terminal.cwd, values.workspace)));
  try {
    for (const notice of backend.notices) terminal.error(inEnglish(notice));
    backend.noteTold();
    return await importInto(backend, named, values.differing, values, terminal);
  } finally {
    await backend.close();
  }
}

async function importInto(
  backend: Backend,
  named: readonly string[],
  differing: (typeof DIFFERING)[number],
  values: Values,
  terminal: Terminal,
): Promise<ExitCode> {
  const sources = named.map((name, place) => {
    const token = `file ${String(place)}`;
    backend.grantFile(token, { path: path.resolve(terminal.cwd, name), name, bytes: 0, mode: 'read' });
    return { token };
  });
  const working = (doing: string) => ({
    signal: terminal.signal,
    progress: ({ done, total }: { done: number; total: number | null }) =>
      terminal.draw(`${doing} ${String(done)}${total === null ? '' : ` of ${String(total)}`} badges …`),
  });
  const look = await backend.handlers['transfer.look']({ sources }, working('Reading'));
  const unread = look.unread.map(({ from, reason }) => ({ from: words(from), reason: inEnglish(reason) }));
  const differs = look.differing.map(({ name, fields, reason }) => ({
    name,
    fields: fields.map((field) => inEnglish(fieldMessage(field))),
    reason: reason === null ? null : inEnglish(reason),
  }));
  const outcome = values.look
    ? null
    : await backend.handlers['transfer.import']({ sources, differing, seen: look.seen }, working('Importing'));
  terminal.draw('');
  const stopped = outcome?.stopped ?? null;
  const isWhole = look.unreadCount === 0 && stopped === null && (outcome?.left ?? look.counts.differs) === 0;
  if (values.json) {
    const document = {
      ...{ schema: 'laurel/badges-imported@1', ok: isWhole, written: outcome !== null },
      ...{ new: look.counts.new, made: outcome?.made ?? 0, changed: outcome?.changed ?? 0, same: look.counts.same },
      ...{ left: outcome?.left ?? look.counts.differs, differs, unread, unreadCount: look.unreadCount },
      notes: look.notes.map((note) => inEnglish(note)),
      stopped: stopped === null ? null : inEnglish(stopped),
    };
    terminal.document(JSON.stringify(document, null, 2));
    return isWhole ? 0 : 1;
  }
  for (const note of look.notes) terminal.error(inEnglish(note));
  for (const { from, reason } of unread) terminal.error(`${from}: ${reason}`);
  for (const { name, fields, reason } of differs)
    terminal.error(
      `${name} differs${fields.length === 0 ? '' : ` in ${fields.join(', ')}`}.${reason === null ? '' : ` ${reason}`}`,
    );
  if (stopped !== null) terminal.error(inEnglish(stopped));
  const came =
    outcome === null
      ? `${counted(look.counts.new, 'badge')} would come`
      : `${counted(outcome.made, 'badge')} came, ${String(outcome.changed)} ${agreeing(outcome.changed, 'was', 'were')} changed`;
  const left = outcome?.left ?? look.counts.differs;
  const { same } = look.counts;
  terminal.out(
    `${came}; ${String(same)} ${agreeing(same, 'was', 'were')} here already, ${String(left)} ${agreeing(left, 'differs and is as it was', 'differ and are as they were')}.`,
  );
  return isWhole ? 0 : 1;
}

/** `laurel badges`. */
export const badgesCommand: Command = {
  options: OPTIONS,
  operands: { first: DOES, then: 'files' },
  help: HELP,
  run: async (args, terminal) => {
    const { values, positionals } = parsed(args);
    const [what, ...named] = positionals;
    if (what === undefined) throw new UsageError(`Say what to do: laurel badges ${DOES.join(', laurel badges ')}.`);
    if (!isOneOf(DOES, what)) throw new UsageError(`There is no badges ${what}; there are ${DOES.join(', ')}.`);
    return { export: exportList, import: importList }[what](named, values, terminal);
  },
};
