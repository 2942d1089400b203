import Database from 'better-sqlite3';
import { Failure } from '../shared/ipc/errors';
import { isBeingMoved } from '../electron/disk/being-moved';
import { forgetHolder, holderInWords, lockOf, noteHolder, type LockRole } from '../electron/disk/lock-holder';
import { message } from '../shared/words/message';
import { databaseFailure, fileTitle, opening, requireFolder } from './failures';
import { realFile, requirePlainFile } from './real-file';
import { connectSqlite } from './sqlite';

export interface FileLock {
  release(): void;
}

/** A process that is just ending, after a restart or a kill, still has its lock for a moment. In milliseconds. */
const LAST_MOMENTS = 1_500;

/** A connection that nothing refers to is closed by the garbage collector, and its lock with it. */
const held = new Set<Database.Database>();

/**
 * Takes a workspace or an org file for this process alone. The lock is the operating system's, taken by SQLite on a tiny
 * file beside it: it ends with the process however that ends, so a kill never leaves a file shut. It belongs to the
 * file, not to the name: a link to the file finds the same lock.
 *
 * @param role as what this process has it open, for the words of the next one
 * @param patience milliseconds to wait for it
 * @throws Failure `database` when another process has it, it is being moved, or it is no file that can be opened
 */
export function lockFile(file: string, role: LockRole, patience = LAST_MOMENTS): FileLock {
  const real = realFile(file);
  requireFolder(real);
  requirePlainFile(real);
  const lock = lockOf(real);
  refuseMoving(real);
  let connection: Database.Database | undefined;
  try {
    connection = connectSqlite(lock, { timeout: patience });
    connection.pragma('journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
    // A move says so before it lets the lock go: whoever gets the lock after that finds it said.
    refuseMoving(real);
  } catch (error) {
    connection?.close();
    if (error instanceof Failure) throw error;
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new Failure('database', holderInWords(real) ?? message('store.inUse', { file: fileTitle(real) }));
    }
    throw databaseFailure(error, lock, opening(real));
  }
  const taken = connection;
  held.add(taken);
  noteHolder(lock, role);
  return {
    release: () => {
      if (!held.delete(taken)) return;
      forgetHolder(lock);
      taken.close();
    },
  };
}

function refuseMoving(real: string): void {
  if (isBeingMoved(real)) throw new Failure('database', message('store.beingMoved', { file: fileTitle(real) }));
}
