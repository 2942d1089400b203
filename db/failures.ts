import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { troubleAt } from '../electron/disk/place-trouble';
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

const FULL = 'The disk is full. Free some space and try again.';
const READ_ONLY = 'The file or its folder is read-only. Allow writing to it, or choose another place.';
const FORBIDDEN = 'The file or its folder may not be written by you. Allow writing to it, or choose another place.';
const UNREACHABLE = 'The folder does not exist, is read-only, or may not be written by you. Choose another place.';
const BROKEN = 'The disk reported an error. Check that it is still connected and has free space, then try again.';

/** Codes of SQLite by their beginning: the longer ones say more about the same. */
const OF_SQLITE: readonly (readonly [prefix: string, wayOut: string])[] = [
  ['SQLITE_FULL', FULL],
  // What SQLite reports where the log's index cannot be made larger.
  ['SQLITE_IOERR_SHM', FULL],
  ['SQLITE_IOERR', BROKEN],
  ['SQLITE_READONLY_DBMOVED', 'The file was moved or deleted while it was open. Put it back, then start again.'],
  ['SQLITE_READONLY', READ_ONLY],
  ['SQLITE_PERM', FORBIDDEN],
  ['SQLITE_AUTH', FORBIDDEN],
  ['SQLITE_CANTOPEN', UNREACHABLE],
  ['SQLITE_BUSY', 'Another program is writing to the file. Close that program and try again.'],
  ['SQLITE_LOCKED', 'Another part of Laurel is writing to the file. Try again in a moment.'],
  ['SQLITE_PROTOCOL', 'Another program is opening the file at the same time. Try again in a moment.'],
  ['SQLITE_NOMEM', 'There is not enough memory. Close other programs and try again.'],
  ['SQLITE_TOOBIG', 'It is larger than the file can hold in one piece. Make it smaller and try again.'],
];

const OF_SYSTEM: Readonly<Record<string, string>> = {
  ENOSPC: FULL,
  EDQUOT: 'Your share of the disk is used up. Free some space and try again.',
  EFBIG: 'The file may not become larger here. Choose another place, or raise the limit.',
  EROFS: READ_ONLY,
  EACCES: FORBIDDEN,
  // What the system says of a file that is protected, whoever asks.
  EPERM:
    'The file or its folder is protected, and read-only for everybody. Allow writing to it, or choose another place.',
  EIO: BROKEN,
  ENOENT: 'The file or its folder is not there any more. Put it back, or choose another place.',
  ENOTDIR: 'A part of its path is a file, not a folder. Choose another place.',
  EEXIST: 'A part of its path is a file, not a folder. Choose another place.',
  EISDIR: 'It is a folder, not a file. Choose a file.',
  ELOOP: 'It is a link that leads back to itself. Choose the file it was meant for.',
  ENAMETOOLONG: 'Its name is too long. Choose a shorter one.',
  EMFILE: 'Too many files are open. Close other programs and try again.',
  ENFILE: 'Too many files are open. Close other programs and try again.',
  EBUSY: 'Another program is using it. Close that program and try again.',
};

/** SQLite's codes that more than one cause stands behind. */
const VAGUE = ['SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_PERM', 'SQLITE_AUTH'];

/** What the system says now about the places of files. */
function wayOutAt(files: readonly string[]): string | null {
  for (const file of files) {
    const code = troubleAt(file);
    const wayOut = code === undefined ? undefined : OF_SYSTEM[code];
    if (wayOut !== undefined) return wayOut;
  }
  return null;
}

function isDamage(code: string): boolean {
  return code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB');
}

/**
 * What a person can do about an error of the disk or the database, in one or two sentences.
 *
 * @param files that it may be about: where SQLite only knows that something failed, the system is asked about their places
 * @returns null for an error that is about something else
 */
export function wayOutOf(error: unknown, files: readonly string[] = []): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const { code } = error;
  if (!(error instanceof Database.SqliteError)) {
    // Errors of sockets have codes of the system, too, but no call that names a file.
    return 'syscall' in error && !('address' in error) ? (OF_SYSTEM[code] ?? null) : null;
  }
  if (isDamage(code)) return 'The content of the file is damaged. Put back a copy from before.';
  const wayOut = OF_SQLITE.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null;
  return VAGUE.some((prefix) => code.startsWith(prefix)) ? (wayOutAt(files) ?? wayOut) : wayOut;
}

/**
 * Turns what SQLite or the file system throws into a `database` failure in plain words; anything else is given back as
 * it is.
 *
 * @param doing completes "… failed and nothing was changed", for example `Opening drafts.laurel`
 */
export function databaseFailure(error: unknown, file: string, doing: string): unknown {
  if (error instanceof Database.SqliteError && isDamage(error.code)) return damaged(file, 'its content is damaged');
  const wayOut = wayOutOf(error, [file]);
  return wayOut === null ? error : new Failure('database', `${doing} failed and nothing was changed. ${wayOut}`);
}

/**
 * The same for work of which a part may have been saved: it says what is certain, that nothing saved before is lost.
 *
 * @param doing completes "… could not be finished", for example `Keeping this in drafts.laurel`
 */
export function interruptedFailure(error: unknown, doing: string, files: readonly string[] = []): unknown {
  const wayOut = wayOutOf(error, files);
  return wayOut === null
    ? error
    : new Failure('database', `${doing} could not be finished. ${wayOut} What was saved before is safe.`);
}
