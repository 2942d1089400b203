import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { troubleAt } from '../electron/disk/place-trouble';
import { Failure } from '../shared/ipc/errors';
import { message, type Message, type MessagePart } from '../shared/words/message';

/** What was done to a file when it failed, for {@link databaseFailure}. */
export const opening = (file: string): Message => message('store.opening', { file: fileTitle(file) });

/** What a person calls the file: its name without the folder, which may be long or private. */
export function fileTitle(file: string): string {
  return path.basename(file);
}

/** The file's bytes are not what SQLite wrote: cut short, overwritten, or another kind of file. */
export function damaged(file: string, what: Message): Failure {
  return new Failure('database', message('store.damaged', { file: fileTitle(file), what }));
}

/** @throws Failure `database` when the file's folder is not there, which the driver reports as a mistake in the program */
export function requireFolder(file: string): void {
  if (existsSync(path.dirname(file))) return;
  throw new Failure('database', message('store.noFolder', { file: fileTitle(file) }));
}

const FULL = message('store.full');
const READ_ONLY = message('store.readOnly');
const FORBIDDEN = message('store.forbidden');
const UNREACHABLE = message('store.unreachable');
const BROKEN = message('store.diskError');

/** Codes of SQLite by their beginning: the longer ones say more about the same. */
const OF_SQLITE: readonly (readonly [prefix: string, wayOut: Message])[] = [
  ['SQLITE_FULL', FULL],
  // What SQLite reports where the log's index cannot be made larger.
  ['SQLITE_IOERR_SHM', FULL],
  ['SQLITE_IOERR', BROKEN],
  ['SQLITE_READONLY_DBMOVED', message('store.moved')],
  ['SQLITE_READONLY', READ_ONLY],
  ['SQLITE_PERM', FORBIDDEN],
  ['SQLITE_AUTH', FORBIDDEN],
  ['SQLITE_CANTOPEN', UNREACHABLE],
  ['SQLITE_BUSY', message('store.busy')],
  ['SQLITE_LOCKED', message('store.lockedByUs')],
  ['SQLITE_PROTOCOL', message('store.beingOpened')],
  ['SQLITE_NOMEM', message('store.noMemory')],
  ['SQLITE_TOOBIG', message('store.tooLarge')],
];

const OF_SYSTEM: Readonly<Record<string, Message>> = {
  ENOSPC: FULL,
  EDQUOT: message('store.quota'),
  EFBIG: message('store.noLarger'),
  EROFS: READ_ONLY,
  EACCES: FORBIDDEN,
  // What the system says of a file that is protected, whoever asks.
  EPERM: message('store.protected'),
  EIO: BROKEN,
  ENOENT: message('store.gone'),
  ENOTDIR: message('store.pathIsFile'),
  EEXIST: message('store.pathIsFile'),
  EISDIR: message('store.folder'),
  ELOOP: message('store.circle'),
  ENAMETOOLONG: message('store.nameTooLong'),
  EMFILE: message('store.tooManyOpen'),
  ENFILE: message('store.tooManyOpen'),
  EBUSY: message('store.usedByOther'),
};

/** SQLite's codes that more than one cause stands behind. */
const VAGUE = ['SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_PERM', 'SQLITE_AUTH'];

/** What the system says now about the places of files. */
function wayOutAt(files: readonly string[]): Message | null {
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
export function wayOutOf(error: unknown, files: readonly string[] = []): Message | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const { code } = error;
  if (!(error instanceof Database.SqliteError)) {
    // Errors of sockets have codes of the system, too, but no call that names a file.
    return 'syscall' in error && !('address' in error) ? (OF_SYSTEM[code] ?? null) : null;
  }
  if (isDamage(code)) return message('store.putBack');
  const wayOut = OF_SQLITE.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null;
  return VAGUE.some((prefix) => code.startsWith(prefix)) ? (wayOutAt(files) ?? wayOut) : wayOut;
}

/**
 * Turns what SQLite or the file system throws into a `database` failure in plain words; anything else is given back as
 * it is.
 *
 * @param doing completes "… failed and nothing was changed" and "… was at its end when …", for example `store.opening`
 */
export function databaseFailure(error: unknown, file: string, doing: MessagePart): unknown {
  if (error instanceof Database.SqliteError && isDamage(error.code))
    return damaged(file, message('store.damagedContent'));
  const wayOut = wayOutOf(error, [file]);
  if (wayOut === null) return error;
  return new Failure(
    'database',
    message(isUnconfirmed(error) ? 'store.unconfirmed' : 'store.failed', { doing, wayOut }),
  );
}

/**
 * Whether everything was written and only the disk's word for it is missing, as at the end of a transaction: SQLite takes it
 * back, but where nothing more can be written either, the next start finds it whole in the log of the file.
 */
const isUnconfirmed = (error: unknown): boolean =>
  error instanceof Database.SqliteError && /^SQLITE_IOERR_(?:DIR_)?FSYNC$/.test(error.code);

/**
 * The same for work of which a part may have been saved: it says what is certain, that nothing saved before is lost.
 *
 * @param doing completes "… could not be finished", for example `store.this`
 */
export function interruptedFailure(error: unknown, doing: MessagePart, files: readonly string[] = []): unknown {
  const wayOut = wayOutOf(error, files);
  return wayOut === null ? error : new Failure('database', message('store.interrupted', { doing, wayOut }));
}
