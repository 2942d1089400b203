import Database from 'better-sqlite3';
import { Failure } from '../shared/ipc/errors';
import { message, type Message, type MessageKey } from '../shared/words/message';
import { databaseFailure, fileTitle, opening, requireFolder } from './failures';
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
      throw new Failure('database', takenWords(fileTitle(real), lock));
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

const IN_USE_BY = {
  window: 'store.inUseByWindow',
  command: 'store.inUseByCommand',
  practice: 'store.inUseByPractice',
} as const satisfies Record<LockRole, MessageKey>;

/** Says who has the file only where that is known: a number that belongs to another process now blames nobody. */
function takenWords(file: string, lock: string): Message {
  const found = readHolder(lock);
  if (found === null || found.state === 'gone') return message('store.inUse', { file });
  const { holder, state } = found;
  const process = String(holder.process.pid);
  if (state === 'elsewhere') return message('store.inUseElsewhere', { file, computer: holder.host });
  if (state === 'orphan') return message('store.inUseByOrphan', { file, process });
  return message(IN_USE_BY[holder.role], { file, process });
}
