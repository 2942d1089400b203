import Database from 'better-sqlite3';
import { Failure } from '../shared/ipc/errors';
import { databaseFailure, fileTitle, requireFolder } from './failures';

export interface WorkspaceLock {
  release(): void;
}

/** A connection that nothing refers to is closed by the garbage collector, and its lock with it. */
const held = new Set<Database.Database>();

/**
 * Takes a workspace for this process alone. The lock is the operating system's, taken by SQLite on a tiny file beside
 * the workspace: it ends with the process however that ends, so a kill never leaves a workspace shut.
 *
 * @throws Failure `database` when another process has it
 */
export function lockWorkspace(file: string): WorkspaceLock {
  requireFolder(file);
  const lockFile = `${file}-lock`;
  let connection: Database.Database | undefined;
  try {
    // A process that is just ending, after a restart or a kill, still has it for a moment.
    connection = new Database(lockFile, { timeout: 1_500 });
    connection.pragma('journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
    const taken = connection;
    held.add(taken);
    return {
      release: () => {
        held.delete(taken);
        taken.close();
      },
    };
  } catch (error) {
    connection?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new Failure(
        'database',
        `${fileTitle(file)} is already open in another Laurel window or command. Go on there, or close it and try again. Nothing was changed.`,
      );
    }
    throw databaseFailure(error, lockFile, `Opening ${fileTitle(file)}`);
  }
}
