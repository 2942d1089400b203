import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readRegularText } from '../../electron/disk/regular-file';
import { removeAbandoned, unfinishedBeside } from '../../electron/disk/unfinished';
import { writeWholeNow } from '../../electron/disk/whole-file';
import { toIso, type Instant } from '../../shared/domain/instant';
import { Failure } from '../../shared/ipc/errors';
import { message, type Message } from '../../shared/words/message';
import { orgFileOf } from '../kinds';
import { lockFile } from '../lock';
import type { LockRole } from '../../electron/disk/lock-holder';
import { removeSides } from '../sqlite';
import { barOf, pairOf, storedBackup, type StoredBackup } from './backups';
import { readPair, waitForDisk } from './pair';
import { RECORD_BYTES } from './place';
import { DamagedFile, inWords } from './reasons';
import { takeBackup, type TakenBackup } from './take';

export interface RestoreOrder {
  /** Absolute real path of the workspace. */
  workspaceFile: string;
  /** Of the backup. */
  id: string;
  appVersion: string;
  now: Instant;
  role: LockRole;
}

export interface Restored {
  backup: StoredBackup;
  /** The state from before; null where there was none. */
  before: TakenBackup | null;
}

/**
 * Copies of a backup's files that are on the disk and are about to take the places of the present ones. Once this
 * folder has its name the restore is done, or will be by the next start: a kill cannot leave one file of each.
 */
const stagedFolder = (workspaceFile: string): string => `${workspaceFile}-restoring`;
const orderSchema = z.union([
  z.object({ id: z.string() }),
  z.object({ built: z.string().regex(/^\.laurel-[0-9a-f-]+\.unfinished$/) }),
]);
const ORDER = '-restore-order';
const orderFile = (workspaceFile: string): string => `${workspaceFile}${ORDER}`;

/**
 * Finds a backup that this version can restore, and reads it through.
 *
 * @throws Failure `not-found`; `database-newer`; `database` where it is not whole
 */
function requireRestorable(workspaceFile: string, id: string): StoredBackup {
  const backup = storedBackup(workspaceFile, id);
  const bar = barOf(backup);
  if (bar === 'newer') throw new Failure('database-newer', message('backups.newerBackup'));
  if (bar === 'damaged') throw new Failure('database', message('backups.damagedBackup'));
  try {
    readPair(pairOf(backup));
  } catch (error) {
    if (error instanceof DamagedFile) throw new Failure('database', message('backups.damagedBackup'));
    throw inWords(error, (reason) => message('backups.unreadable', { reason }));
  }
  return backup;
}

/**
 * Puts a backup in the place of a workspace that nobody has open, whatever state that is in. Its present state is saved
 * as a backup before.
 *
 * @throws Failure when the backup cannot be restored, the workspace is open, or there is no space; nothing was changed then
 */
export async function restoreBackup(order: RestoreOrder): Promise<Restored> {
  const { workspaceFile, id, role, appVersion, now } = order;
  const locks = [lockFile(workspaceFile, role)];
  try {
    locks.push(lockFile(orgFileOf(workspaceFile), role));
    finishRestore(workspaceFile);
    const backup = requireRestorable(workspaceFile, id);
    const isThere = [workspaceFile, orgFileOf(workspaceFile)].some((file) => existsSync(file));
    const before = isThere ? await takeBackup({ workspaceFile, occasion: 'restore', appVersion, now, keep: id }) : null;
    try {
      stage(workspaceFile, backup);
    } catch (error) {
      throw inWords(error, (reason) => message('backups.notRestored', { reason }));
    }
    finishRestore(workspaceFile);
    return { backup, before };
  } finally {
    for (const lock of locks) lock.release();
  }
}

/** Lays copies of the backup's files beside the workspace, under the names that its own files have. */
function stage(workspaceFile: string, backup: StoredBackup): void {
  const from = pairOf(backup);
  const unfinished = unfinishedBeside(workspaceFile);
  mkdirSync(unfinished);
  try {
    const to = path.join(unfinished, path.basename(workspaceFile));
    for (const [source, target] of [
      [from.workspace, to],
      [from.org, orgFileOf(to)],
    ] as const) {
      copyFileSync(source, target);
      waitForDisk(target);
    }
    renameSync(unfinished, stagedFolder(workspaceFile));
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Carries a restore through that a kill has cut short; does nothing where there was none. The workspace must be locked.
 *
 * @throws Failure `database` where the files cannot be moved; the next start tries again
 */
export function finishRestore(workspaceFile: string): void {
  const staged = stagedFolder(workspaceFile);
  if (!existsSync(staged)) return;
  const places = new Map(
    [workspaceFile, orgFileOf(workspaceFile)].map((place) => [path.basename(place), place] as const),
  );
  try {
    for (const name of readdirSync(staged)) {
      const place = places.get(name);
      if (place === undefined) continue;
      // What SQLite had not yet written into the file before belongs to that file alone.
      removeSides(place);
      renameSync(path.join(staged, name), place);
    }
    rmdirSync(staged);
  } catch (error) {
    throw inWords(error, (reason) => message('backups.restoreUnfinished', { reason }));
  }
}

/**
 * Asks the next start for a restore: the files cannot be replaced while they are open.
 *
 * @throws Failure as requireRestorable does, or `database` where the order cannot be written
 */
export function orderRestore(workspaceFile: string, id: string): void {
  requireRestorable(workspaceFile, id);
  try {
    writeWholeNow(orderFile(workspaceFile), JSON.stringify({ id }));
  } catch (error) {
    throw inWords(error, (reason) => message('backups.notRestored', { reason }));
  }
}

/**
 * Carries out what {@link orderRestore} asked for, and what a kill has cut short. The order is void after one try.
 *
 * @returns for people: what was restored, or why it was not; null where nothing was asked for
 * @throws Failure when the workspace is open elsewhere
 */
export async function carryOutRestore(order: Omit<RestoreOrder, 'id'>): Promise<Message | null> {
  const { workspaceFile } = order;
  const asked = takeOrder(workspaceFile);
  if (asked === null) {
    if (existsSync(stagedFolder(workspaceFile))) {
      const lock = lockFile(workspaceFile, order.role);
      try {
        finishRestore(workspaceFile);
      } finally {
        lock.release();
      }
      return message('backups.restoreFinished');
    }
    return null;
  }
  try {
    if ('built' in asked) {
      const folder = path.join(path.dirname(workspaceFile), asked.built);
      try {
        await placeBuiltPair(order, folder);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
      return message('portable.imported');
    }
    const { backup } = await restoreBackup({ ...order, id: asked.id });
    return message('backups.restored', { madeOn: toIso(backup.manifest.madeOn, 'UTC') });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // A failure of the store itself does not say what was not done.
    return error.words.key.startsWith('store.')
      ? message('backups.notRestoredBecause', { reason: error.words })
      : error.words;
  }
}

/**
 * Puts the files of a folder in the place of a workspace that nobody has open, all of them or none; its present state is
 * saved as a backup before.
 *
 * @param folder beside the workspace, with files of its names that are on the disk; it is gone afterwards
 * @throws Failure when the workspace is open, or cannot be saved; nothing was changed then
 */
export async function placeBuiltPair(order: Omit<RestoreOrder, 'id'>, folder: string): Promise<void> {
  const { workspaceFile, role, appVersion, now } = order;
  const locks = [lockFile(workspaceFile, role)];
  try {
    locks.push(lockFile(orgFileOf(workspaceFile), role));
    finishRestore(workspaceFile);
    if ([workspaceFile, orgFileOf(workspaceFile)].some((file) => existsSync(file))) {
      await takeBackup({ workspaceFile, occasion: 'restore', appVersion, now });
    }
    renameSync(folder, stagedFolder(workspaceFile));
    finishRestore(workspaceFile);
  } catch (error) {
    throw inWords(error, (reason) => message('backups.notRestored', { reason }));
  } finally {
    for (const lock of locks) lock.release();
  }
}

/** Asks the next start for {@link placeBuiltPair}. @throws Failure `database` where the order cannot be written */
export function orderPlacing(workspaceFile: string, folder: string): void {
  try {
    writeWholeNow(orderFile(workspaceFile), JSON.stringify({ built: path.basename(folder) }));
  } catch (error) {
    throw inWords(error, (reason) => message('backups.notRestored', { reason }));
  }
}

/** Removes what imports, restores and writings that a kill has cut short have left beside a workspace. */
export function removeAbandonedBeside(workspaceFile: string): void {
  const folder = path.dirname(workspaceFile);
  removeAbandoned(folder, waitedFor(folder));
}

/** Folders that the next start of a workspace in this folder is to put in its place. */
function waitedFor(folder: string): Set<string> {
  const waited = new Set<string>();
  let names: string[] = [];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(ORDER));
  } catch {
    // Nothing is removed from a folder that cannot be listed.
  }
  for (const name of names) {
    const order = readOrder(path.join(folder, name));
    if (order !== null && 'built' in order) waited.add(order.built);
  }
  return waited;
}

function takeOrder(workspaceFile: string): z.output<typeof orderSchema> | null {
  const file = orderFile(workspaceFile);
  if (!existsSync(file)) return null;
  try {
    const order = readOrder(file);
    return order !== null && 'built' in order ? { built: ownBuilt(workspaceFile, order.built) } : order;
  } finally {
    rmSync(file, { force: true });
  }
}

/** Gives what another process has built a name of this one, so that nobody takes it for abandoned once the order is gone. */
function ownBuilt(workspaceFile: string, built: string): string {
  const own = unfinishedBeside(workspaceFile);
  try {
    renameSync(path.join(path.dirname(workspaceFile), built), own);
  } catch {
    // It is said when it cannot be put in its place.
    return built;
  }
  return path.basename(own);
}

function readOrder(file: string): z.output<typeof orderSchema> | null {
  try {
    const parsed = orderSchema.safeParse(JSON.parse(readRegularText(file, RECORD_BYTES)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
