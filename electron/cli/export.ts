import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { placeBuiltPair } from '../../db/backups/restore';
import { lockFile } from '../../db/lock';
import { buildFromExport, isEmptyWorkspace } from '../../db/portable/import';
import { writeExport } from '../../db/portable/write-export';
import { realFile } from '../../db/real-file';
import { hasBothFiles } from '../../db/backups/take';
import { fromMilliseconds } from '../../shared/domain/instant';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { version } from '../../package.json';
import { UsageError, type Command, type Terminal, type CommandOptions } from './command';
import { plainFailure } from './plain-failure';

/** Read by `parseArgs` and by shell completions alike. */
const EXPORT_OPTIONS = {
  workspace: { type: 'string', completes: 'files' },
  out: { type: 'string', completes: 'files' },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

/** Read by `parseArgs` and by shell completions alike. */
const IMPORT_OPTIONS = {
  workspace: { type: 'string', completes: 'files' },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const EXPORT_HELP = `Writes a whole workspace as plain files: badges, scenarios and results as JSON, requests with each outcome as CSV.

Usage: laurel export --workspace FILE --out FOLDER|FILE.zip [--json]

  --workspace FILE  the workspace; it may be open in a window
  --out             a new folder, or a file that ends in .zip

Credentials are in no export. Exit code: 0 written, 1 nothing was written, 2 called wrongly.`;

const IMPORT_HELP = `Reads what laurel export wrote into an empty workspace, whole or not at all.

Usage: laurel import FOLDER|FILE.zip --workspace FILE [--json]

  --workspace FILE  made where it is not there; nothing may ever have been made in it

Exit code: 0 imported, 1 nothing was imported, 2 called wrongly.`;

const drawn = (terminal: Terminal, doing: string) => (report: { done: number; total: number }) =>
  terminal.draw(`${doing} ${report.done.toLocaleString('en')} of ${report.total.toLocaleString('en')} rows …`);

/** The real path of a workspace that is there. @throws Failure `not-found` */
export function presentWorkspace(cwd: string, name: string | undefined): string {
  if (name === undefined) throw new UsageError('Say which workspace: --workspace FILE.');
  const file = realFile(path.resolve(cwd, name));
  if (!hasBothFiles(file))
    throw plainFailure('not-found', `There is no workspace ${name}, or its org file is missing. Nothing was done.`);
  return file;
}

/** `laurel export`. */
export const exportCommand: Command = {
  options: EXPORT_OPTIONS,
  operands: [],
  help: EXPORT_HELP,
  run: async (args, terminal) => {
    const { values } = parseArgs({
      args: [...args],
      options: EXPORT_OPTIONS,
    });
    const workspaceFile = presentWorkspace(terminal.cwd, values.workspace);
    if (values.out === undefined) throw new UsageError('Say where to: --out FOLDER or --out FILE.zip.');
    const isZip = values.out.toLowerCase().endsWith('.zip');
    const files = await writeExport(
      { workspaceFile, appVersion: version, now: fromMilliseconds(Date.now()), progress: drawn(terminal, 'Exporting') },
      { path: path.resolve(terminal.cwd, values.out), form: isZip ? 'zip' : 'folder', signal: terminal.signal },
    );
    if (values.json)
      terminal.document(JSON.stringify({ schema: 'laurel/exported@1', files, out: values.out }, null, 2));
    else terminal.out(`${files.toLocaleString('en')} files written to ${values.out}.`);
    return 0;
  },
};

/** `laurel import`. */
export const importCommand: Command = {
  options: IMPORT_OPTIONS,
  help: IMPORT_HELP,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: IMPORT_OPTIONS,
    });
    const [from] = positionals;
    if (from === undefined || positionals.length > 1) throw new UsageError('Name one export: its folder or its zip.');
    if (values.workspace === undefined) throw new UsageError('Say into which workspace: --workspace FILE.');
    const source = path.resolve(terminal.cwd, from);
    if (!existsSync(source)) throw plainFailure('not-found', `There is no ${from}. Nothing was imported.`);
    const workspaceFile = realFile(path.resolve(terminal.cwd, values.workspace));
    // Somebody may be writing to a workspace that is still empty.
    lockFile(workspaceFile, 'command').release();
    if (!isEmptyWorkspace(workspaceFile)) throw new Failure('conflict', message('portable.notEmpty'));
    const progress = drawn(terminal, 'Importing');
    const folder = await buildFromExport({ source, workspaceFile, signal: terminal.signal, progress });
    try {
      const now = fromMilliseconds(Date.now());
      await placeBuiltPair({ workspaceFile, appVersion: version, now, role: 'command' }, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    if (values.json)
      terminal.document(JSON.stringify({ schema: 'laurel/imported@1', from, workspace: values.workspace }, null, 2));
    else terminal.out(`Imported into ${values.workspace}.`);
    return 0;
  },
};
