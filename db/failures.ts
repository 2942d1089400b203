import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { Failure } from '../shared/ipc/errors';

/** What a person calls the file: its name without the folder, which may be long or private. */
export function fileTitle(file: string): string {
  return path.basename(file);
}

/** The file's bytes are not what SQLite wrote: cut short, overwritten, or another kind of file. */
export function damaged(file: string, what: string): Failure {
  return new Failure(
    'database',
    `The file ${fileTitle(file)} cannot be opened: ${what}. Nothing in it was changed. Put back a copy from before (Laurel saves one beside the file, ` +
      `ending in .backup, before every update), or start with a new workspace.`,
  );
}

/** @throws Failure `database` when the file's folder is not there, which the driver reports as a mistake in the program */
export function requireFolder(file: string): void {
  if (existsSync(path.dirname(file))) return;
  throw new Failure('database', `The folder of ${fileTitle(file)} does not exist. Choose another place.`);
}

const WAYS_OUT: readonly (readonly [prefix: string, what: string])[] = [
  ['SQLITE_FULL', 'The disk is full. Free some space and try again.'],
  ['SQLITE_IOERR', 'The disk reported an error. Check that it is still connected and has free space, then try again.'],
  ['SQLITE_READONLY', 'The file or its folder is read-only. Allow writing to it, or choose another place.'],
  ['SQLITE_PERM', 'The file or its folder may not be written by you. Allow writing to it, or choose another place.'],
  ['SQLITE_CANTOPEN', 'The folder does not exist or may not be written by you. Choose another place.'],
  ['SQLITE_BUSY', 'Another program is writing to the file. Close that program and try again.'],
];

/**
 * Turns what SQLite throws into a `database` failure in plain words; anything else is given back as it is.
 *
 * @param doing completes "… failed", for example `Opening drafts.laurel`
 */
export function databaseFailure(error: unknown, file: string, doing: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  if (error.code.startsWith('SQLITE_CORRUPT') || error.code.startsWith('SQLITE_NOTADB')) {
    return damaged(file, 'its content is damaged');
  }
  const wayOut = WAYS_OUT.find(([prefix]) => error.code.startsWith(prefix));
  if (!wayOut) return error;
  return new Failure('database', `${doing} failed and nothing was changed. ${wayOut[1]}`);
}
