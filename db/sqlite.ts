import { rmSync } from 'node:fs';
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
