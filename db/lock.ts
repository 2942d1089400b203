import Database from 'better-sqlite3';
import { Failure } from '../shared/ipc/errors';
import { databaseFailure, fileTitle, requireFolder } from './failures';
import { forgetHolder, noteHolder, readHolder, type LockRole } from './lock-holder';
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
 * @throws Failure `database` when another process has it, or it is no file that can be opened
 */
export function lockFile(file: string, role: LockRole, patience = LAST_MOMENTS): FileLock {
  const real = realFile(file);
  requireFolder(real);
  requirePlainFile(real);
  const lock = `${real}-lock`;
  let connection: Database.Database | undefined;
  try {
    connection = connectSqlite(lock, { timeout: patience });
    connection.pragma('journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new Failure('database', `${takenWords(fileTitle(real), lock)} Nothing was changed.`);
    }
    throw databaseFailure(error, lock, `Opening ${fileTitle(real)}`);
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

/** Says who has the file only where that is known: a number that belongs to another process now blames nobody. */
function takenWords(title: string, lock: string): string {
  const found = readHolder(lock);
  if (found === null || found.state === 'gone') {
    return `${title} is in use by another program, which does not say what it is. Close other windows and commands of Laurel, and try again.`;
  }
  const { holder, state } = found;
  const pid = String(holder.process.pid);
  if (state === 'elsewhere') {
    return `${title} is open in Laurel on the computer ${holder.host}. Close it there and try again.`;
  }
  if (state === 'orphan') {
    return (
      `${title} is still held by a background process of Laurel whose window has ended (process ${pid}). ` +
      `It ends when what it was doing is done or taken back: try again in a moment, or end process ${pid}.`
    );
  }
  const where: Readonly<Record<LockRole, string>> = {
    window: 'another Laurel window',
    command: 'another Laurel command',
    practice: 'another practice org',
  };
  return `${title} is already open in ${where[holder.role]} (process ${pid}). Go on there, or close it and try again.`;
}
