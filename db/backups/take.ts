import { createHash, randomBytes } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { unfinishedBeside } from '../../electron/disk/unfinished';
import { writeWholeNow } from '../../electron/disk/whole-file';
import { toIso, type Instant } from '../../shared/domain/instant';
import type { BackupOccasion } from '../../shared/ipc/backups-contract';
import { Failure } from '../../shared/ipc/errors';
import { message, type Message } from '../../shared/words/message';
import { orgFileOf } from '../kinds';
import {
  deleteBackup,
  FORMAT,
  MANIFEST,
  storedBackups,
  UNFINISHED,
  type BackupManifest,
  type StoredBackup,
} from './backups';
import { copyPair, refuseStopped, waitForDisk, type BackupWatch, type CopiedPair, type Pair } from './pair';
import { makeBackupFolder, readBackupNote, usualFolder, wantedFolder } from './place';
import { DamagedFile, inWords, reasonOfError } from './reasons';
import { surplusBackups } from './rotation';

export interface BackupOrder {
  /** Absolute real path of the workspace; its org file stands beside it. Both must be there. */
  workspaceFile: string;
  occasion: BackupOccasion;
  appVersion: string;
  now: Instant;
  /** A backup that the rotation leaves alone. */
  keep?: string;
}

export interface TakenBackup {
  backup: StoredBackup;
  /** The same state was there already, in this earlier backup. */
  isOld: boolean;
  /** For people, where it is not in the folder that was chosen; null: it is. */
  elsewhere: Message | null;
}

const UNWATCHED: BackupWatch = { progress: () => undefined };

const NO_COUNTS: CopiedPair = {
  schema: { workspace: 0, org: 0 },
  counts: {
    badges: null,
    claims: null,
    simulations: null,
    connections: null,
    liveJobs: null,
    requests: null,
    enrolments: null,
    awards: null,
    changedOn: null,
    requestedOn: null,
  },
};

/**
 * Saves both files of a workspace as they are now, in a folder of its own that takes its name only once all in it is
 * written, read through and on the disk; then removes what the rotation keeps no longer. Works on a workspace of any
 * version, open or not. Where the chosen folder cannot be written, the one beside the workspace takes it.
 *
 * @throws Failure `database` in plain words, or `cancelled`; nothing else has happened then
 */
export async function takeBackup(order: BackupOrder, watch: BackupWatch = UNWATCHED): Promise<TakenBackup> {
  const { workspaceFile } = order;
  const [wanted, usual] = [wantedFolder(workspaceFile), usualFolder(workspaceFile)];
  const words = (reason: Message): Message => message('backups.notMade', { reason });
  if (wanted === usual) return tidied(order, await takeInto(usual, order, watch).catch(rethrown(words)), null);
  let refused: Message;
  try {
    return tidied(order, await takeInto(wanted, order, watch), null);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason = reasonOfError(error);
    if (reason === null || error instanceof DamagedFile) throw inWords(error, words);
    refused = message('backups.elsewhere', { reason });
  }
  return tidied(order, await takeInto(usual, order, watch).catch(rethrown(words)), refused);
}

const rethrown =
  (words: (reason: Message) => Message) =>
  (error: unknown): never => {
    throw inWords(error, words);
  };

type Taken = Pick<TakenBackup, 'backup' | 'isOld'>;

async function takeInto(folder: string, order: BackupOrder, watch: BackupWatch): Promise<Taken> {
  const { workspaceFile, occasion } = order;
  if (!existsSync(folder)) makeBackupFolder(folder);
  removeUnfinished(folder);
  const from = { workspace: workspaceFile, org: orgFileOf(workspaceFile) };
  return built(folder, order, async (to) => {
    try {
      return { ...(await copyPair(from, to, watch)), digest: await digestOf(to, watch) };
    } catch (error) {
      // What is to be replaced is kept whatever it is, as the bytes it has.
      if (occasion !== 'restore' || !isDamage(error)) throw error;
      copyBytes(from, to);
      return { ...NO_COUNTS, digest: null };
    }
  });
}

async function built(
  folder: string,
  order: BackupOrder,
  fill: (to: Pair) => Promise<CopiedPair & { digest: string | null }>,
): Promise<Taken> {
  const { workspaceFile, occasion, appVersion, now } = order;
  const id = `${toIso(now, 'UTC').slice(0, 19).replaceAll(/[-:]/g, '')}Z-${occasion}-${randomBytes(3).toString('hex')}`;
  const unfinished = unfinishedBeside(path.join(folder, id));
  mkdirSync(unfinished);
  try {
    const workspaceName = path.basename(workspaceFile);
    const workspace = path.join(unfinished, workspaceName);
    const { schema, counts, digest } = await fill({ workspace, org: orgFileOf(workspace) });
    const same = occasion === 'interval' ? withDigest(workspaceFile, digest) : undefined;
    if (same) {
      rmSync(unfinished, { recursive: true, force: true });
      return { backup: same, isOld: true };
    }
    const sizes = Object.fromEntries(
      readdirSync(unfinished).map((name) => [name, statSync(path.join(unfinished, name)).size]),
    );
    const manifest: BackupManifest = {
      format: FORMAT,
      ...{ madeOn: now, occasion, appVersion, workspaceName, sizes, digest, schema, counts },
    };
    writeWholeNow(path.join(unfinished, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    renameSync(unfinished, path.join(folder, id));
    return { backup: { id, folder: path.join(folder, id), manifest }, isOld: false };
  } catch (error) {
    try {
      rmSync(unfinished, { recursive: true, force: true });
    } catch {
      // What hindered the writing may hinder the removal too, and is the better reason to tell.
    }
    throw error;
  }
}

/** The newest backup, where it holds just this. An older one of the same content does not tell that nothing changed. */
function withDigest(workspaceFile: string, digest: string | null): StoredBackup | undefined {
  const [newest] = storedBackups(workspaceFile);
  return digest !== null && newest?.manifest.digest === digest ? newest : undefined;
}

async function digestOf({ workspace, org }: Pair, watch: BackupWatch): Promise<string> {
  const hash = createHash('sha256');
  const total = statSync(workspace).size + statSync(org).size;
  let done = 0;
  for (const file of [workspace, org]) {
    for await (const portion of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
      refuseStopped(watch);
      hash.update(portion as Buffer);
      done += (portion as Buffer).length;
      watch.progress({ stage: 'check', done, total });
    }
  }
  return hash.digest('hex');
}

function isDamage(error: unknown): boolean {
  if (error instanceof DamagedFile) return true;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(CORRUPT|NOTADB|CANTOPEN|ERROR)/.test(code);
}

/** Copies the files as they are, with what SQLite has not yet written into them. */
function copyBytes(from: Pair, to: Pair): void {
  for (const [source, target] of [
    [from.workspace, to.workspace],
    [from.org, to.org],
  ] as const) {
    for (const end of ['', '-wal']) {
      rmSync(`${target}${end}`, { force: true });
      if (!existsSync(`${source}${end}`)) continue;
      copyFileSync(`${source}${end}`, `${target}${end}`);
      waitForDisk(`${target}${end}`);
    }
    for (const end of ['-journal', '-shm']) rmSync(`${target}${end}`, { force: true });
  }
}

/** What a kill or a full disk has left. Nobody else writes here: the workspace is locked. */
function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(UNFINISHED)) rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

function tidied(order: BackupOrder, taken: Taken, elsewhere: Message | null): TakenBackup {
  const all = storedBackups(order.workspaceFile);
  const dated = all.map(({ id, manifest: { madeOn, occasion } }) => ({ id, madeOn, occasion }));
  const spared = [taken.backup.id, order.keep];
  // While an update is tried again and again, each try makes one: the first alone is from before all of them.
  if (readBackupNote(order.workspaceFile).updatedFrom !== null)
    spared.push(...dated.flatMap(({ id, occasion }) => (occasion === 'update' ? [id] : [])));
  for (const id of surplusBackups(dated, order.now)) {
    const surplus = all.find((backup) => backup.id === id);
    if (!surplus || spared.includes(id)) continue;
    try {
      deleteBackup(surplus);
    } catch (error) {
      // A backup too many harms nobody; the next rotation tries again.
      if (error instanceof Failure) throw error;
    }
  }
  return { ...taken, elsewhere };
}

/** Whether both files of a workspace are there, so that they can be saved. */
export function hasBothFiles(workspaceFile: string): boolean {
  return [workspaceFile, orgFileOf(workspaceFile)].every(
    (file) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0,
  );
}
