import { rename, rm } from 'node:fs/promises';
import type Database from 'better-sqlite3';
import { Failure } from '../shared/ipc/errors';
import { message } from '../shared/words/message';
import { fileTitle, wayOutOf } from './failures';
import { schemaVersion } from './migrate';
import { connectSqlite, removeSides } from './sqlite';

/** Where the copy of a file stands that is saved before the file leaves schema version `version`. */
export function backupPath(file: string, version: number): string {
  return `${file}.v${String(version).padStart(4, '0')}.backup`;
}

/**
 * Saves a whole copy of an open database beside it, through SQLite's backup API: a copied file of a database in WAL
 * mode can lack whole tables. The copy appears under its name only when it is complete; an older copy of the same
 * version is replaced.
 *
 * @returns the path of the copy
 * @throws Failure `database` when the copy cannot be written; nothing else has happened then
 */
export async function backUp(connection: Database.Database): Promise<string> {
  const version = schemaVersion(connection);
  const target = backupPath(connection.name, version);
  const unfinished = `${target}.unfinished`;
  try {
    await rm(unfinished, { force: true });
    await connection.backup(unfinished);
    const copy = connectSqlite(unfinished, { fileMustExist: true });
    try {
      // A copy in WAL mode could not be opened from a read-only place, such as an archive.
      copy.pragma('journal_mode = DELETE');
      if (schemaVersion(copy) !== version) throw new Error('the copy differs from the file');
    } finally {
      copy.close();
    }
    removeSides(unfinished);
    await rename(unfinished, target);
    return target;
  } catch (error) {
    await rm(unfinished, { force: true });
    const wayOut = wayOutOf(error, [target]) ?? message('store.freeSpaceBeside');
    throw new Failure('database', message('store.notCopied', { file: fileTitle(connection.name), wayOut }));
  }
}
