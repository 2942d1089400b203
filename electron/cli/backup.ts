import path from 'node:path';
import { parseArgs } from 'node:util';
import { backupView, findBackups } from '../../db/backups/backups';
import { lookIntoBackup } from '../../db/backups/look';
import { restoreBackup } from '../../db/backups/restore';
import { takeBackup } from '../../db/backups/take';
import { copyView, updateCopies } from '../../db/backups/update-copies';
import { realFile } from '../../db/real-file';
import { version } from '../../package.json';
import { fromMilliseconds, toIso, type Instant } from '../../shared/domain/instant';
import type { BackupProgress, BackupView, WorkspaceCounts } from '../../shared/ipc/backups-contract';
import { inEnglish } from '../../shared/words/english';
import { message } from '../../shared/words/message';
import { UsageError, type Command, type ExitCode, type Terminal, type CommandOptions } from './command';
import { agreeing, counted } from './counted';
import { presentWorkspace } from './export';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  workspace: { type: 'string', completes: 'files' },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Backups of a workspace: makes one, lists them, looks into one, or puts one back.

Usage: laurel backup [take] --workspace FILE [--json]
       laurel backup list --workspace FILE [--json]
       laurel backup look ID --workspace FILE [--json]
       laurel backup restore ID --workspace FILE [--json]

A restore needs the workspace closed; its present state is saved as a backup first. A workspace that is damaged, or of a
newer Laurel, has its backups listed and restored all the same.
Exit code: 0 done, 1 nothing was changed, 2 called wrongly.`;

const iso = (instant: Instant | null): string => (instant === null ? '-' : toIso(instant, 'UTC'));

function line({ id, madeOn, occasion, bytes, bar, counts }: BackupView): string {
  const held =
    counts.badges === null
      ? ''
      : `, ${counts.badges.toLocaleString('en')} ${agreeing(counts.badges, 'badge', 'badges')}, ${counted(counts.requests ?? 0, 'request')}`;
  return `${id}  ${iso(madeOn)}  ${occasion}  ${bytes.toLocaleString('en')} bytes${held}${bar === null ? '' : `  (${bar})`}`;
}

function describe(counts: WorkspaceCounts): string[] {
  return Object.entries(counts).map(
    ([name, value]: [string, number | null]) =>
      `  ${name.padEnd(12)} ${name.endsWith('On') ? iso(value) : value === null ? '-' : value.toLocaleString('en')}`,
  );
}

const DOING = { copy: 'Copying', check: 'Reading through' } as const;

const drawn =
  (terminal: Terminal) =>
  ({ stage, done, total }: BackupProgress): void =>
    terminal.draw(`${DOING[stage]} ${done.toLocaleString('en')} of ${total.toLocaleString('en')} bytes …`);

async function carryOut(
  what: string,
  id: string | undefined,
  given: { workspace: string | undefined; json: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  if (given.workspace === undefined) throw new UsageError('Say which workspace: --workspace FILE.');
  const workspaceFile = realFile(path.resolve(terminal.cwd, given.workspace));
  const order = { workspaceFile, appVersion: version, now: fromMilliseconds(Date.now()) };
  if (what === 'take') {
    presentWorkspace(terminal.cwd, given.workspace);
    const { backup, elsewhere } = await takeBackup(
      { ...order, occasion: 'by-hand' },
      { signal: terminal.signal, progress: drawn(terminal) },
    );
    if (elsewhere !== null) terminal.error(inEnglish(elsewhere));
    const view = backupView(backup);
    if (given.json) terminal.document(JSON.stringify({ schema: 'laurel/backup@1', backup: view }, null, 2));
    else terminal.out(line(view));
    return 0;
  }
  if (what === 'list') {
    const found = findBackups(workspaceFile);
    const backups = found.backups.map(backupView);
    const { away } = found;
    const copies = updateCopies(workspaceFile).map(copyView);
    if (given.json) terminal.document(JSON.stringify({ schema: 'laurel/backups@1', backups, copies, away }, null, 2));
    else {
      if (backups.length === 0 && away.length === 0) terminal.out('There is no backup of this workspace.');
      for (const backup of backups) terminal.out(line(backup));
      if (copies.length > 0)
        terminal.out('Copies of single files from before an update, which stay until you delete them:');
      for (const { id: name, madeOn, bytes } of copies)
        terminal.out(`${name}  ${iso(madeOn)}  ${bytes.toLocaleString('en')} bytes`);
      for (const folder of away) terminal.error(inEnglish(message('backups.away', { folder })));
    }
    return 0;
  }
  if (id === undefined)
    throw new UsageError(`Say which backup: laurel backup ${what} ID. laurel backup list names them.`);
  if (what === 'look') {
    const look = lookIntoBackup(workspaceFile, id);
    if (given.json) terminal.document(JSON.stringify({ schema: 'laurel/backup-look@1', ...look }, null, 2));
    else {
      terminal.out(line(look.backup));
      for (const counted of describe(look.backup.counts)) terminal.out(counted);
      terminal.out(look.whole ? 'Its files were read through and are whole.' : 'Its files are not whole.');
    }
    return look.whole ? 0 : 1;
  }
  if (what !== 'restore') throw new UsageError(`There is no backup ${what}; there are take, list, look and restore.`);
  const { backup, before } = await restoreBackup({ ...order, id, role: 'command' });
  if (given.json) {
    const saved = before === null ? null : backupView(before.backup);
    terminal.document(
      JSON.stringify({ schema: 'laurel/restored@1', restored: backupView(backup), before: saved }, null, 2),
    );
    return 0;
  }
  terminal.out(`The backup of ${iso(backup.manifest.madeOn)} was restored.`);
  if (before !== null) terminal.out(`The state from before is kept as ${before.backup.id}.`);
  return 0;
}

/** `laurel backup`. */
export const backupCommand: Command = {
  options: OPTIONS,
  operands: ['take', 'list', 'look', 'restore'],
  help: HELP,
  run: (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: OPTIONS,
    });
    const [what = 'take', id, ...more] = positionals;
    if (more.length > 0) throw new UsageError('Name one backup.');
    return carryOut(what, id, { workspace: values.workspace, json: values.json }, terminal);
  },
};
