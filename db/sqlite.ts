import { rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { STORE_MODULE } from '../shared/ipc/backend-environment';

/**
 * Opens a connection, with the native module that this runtime takes: the one that ships, or the one that its host names in
 * the environment because it cannot load that.
 *
 * @throws what better-sqlite3 throws
 */
export function connectSqlite(file: string, options: Database.Options = {}): Database.Database {
  const nativeBinding = process.env[STORE_MODULE];
  return new Database(file, nativeBinding === undefined ? options : { ...options, nativeBinding });
}

/**
 * Removes what SQLite keeps beside a database file that nobody has open, and forgets to remove where that fails once.
 *
 * @throws what the system throws
 */
export function removeSides(file: string): void {
  for (const end of ['-wal', '-shm', '-journal']) rmSync(`${file}${end}`, { force: true });
}

/**
 * Closes a connection that only read. SQLite puts a log and its index beside a file in WAL mode for whoever reads it, and a
 * connection that may not write leaves them: they go as SQLite itself takes them away, so that nobody who has the file
 * open loses them.
 */
export function closeReader(connection: Database.Database): void {
  const file = connection.name;
  connection.close();
  // A log that holds something is of a program that was killed: opening the file for writing would change it.
  if (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size !== 0) return;
  let last: Database.Database | undefined;
  try {
    last = connectSqlite(file, { fileMustExist: true, timeout: 0 });
    last.pragma('user_version');
  } catch {
    // What stays beside it harms nobody.
  }
  last?.close();
}
