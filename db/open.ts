import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { Failure } from '../shared/ipc/errors';
import { message, type PlainKey } from '../shared/words/message';
import { backUp } from './backup';
import { damaged, databaseFailure, fileTitle, opening, requireFolder } from './failures';
import { migrate, refuseNewer, schemaVersion, type Migration } from './migrate';
import { realFile, requirePlainFile } from './real-file';
import { closeReader, connectSqlite } from './sqlite';

/** What distinguishes one kind of file from another. */
export interface DatabaseKind {
  /** Completes "is not a …". */
  foreign: PlainKey;
  /** Written into the file's header, so that a foreign file is never taken for one of ours. */
  applicationId: number;
  migrations: readonly Migration[];
  /** FULL where people's own work is written; NORMAL for what can be computed again. */
  synchronous: 'FULL' | 'NORMAL';
}

export interface OpenedDatabase {
  connection: Database.Database;
  wasCreated: boolean;
  /** The version the file had before this start; equal to `version` when nothing was pending. */
  versionBefore: number;
  version: number;
  /** The copy of it alone that was saved before the update; null when none was needed. */
  backup: string | null;
  /**
   * Reads the file through, where that was left for later; does nothing where it has been read or need not be.
   *
   * @throws Failure `database` when it is damaged; its bytes are left as they are
   */
  readThrough: () => void;
}

export interface Opening {
  /** When a file that was closed in order and has no steps pending is checked whole; now unless given. */
  whole?: 'now' | 'later';
  /** Whether a whole backup holds the file as it is now: then no copy of it alone is made before its steps. */
  isSaved?: boolean;
}

/** Files up to this size are read through at every start; that takes about a tenth of a second. */
const READ_THROUGH_BYTES = 64 * 1024 * 1024;

/**
 * Opens a database, or makes it: recognise → check → copy if steps are pending and it was not saved → migrate. Nothing is
 * written before the file is recognised as one of this kind and version.
 *
 * A file of up to 64 MB is checked whole (`quick_check`); a larger one is when steps are pending or when it was not
 * closed in order last time, and otherwise only its head and its length.
 *
 * @param name absolute path of the file, or of a link to it; its folder must exist
 * @throws Failure `database-newer` for a file of a newer Laurel, `database` for one that is foreign, damaged or cannot
 *   be written; its bytes are left as they were
 */
export async function openDatabase(
  name: string,
  kind: DatabaseKind,
  { whole = 'now', isSaved = false }: Opening = {},
): Promise<OpenedDatabase> {
  const file = realFile(name);
  requireFolder(file);
  const wasCreated = (requirePlainFile(file)?.size ?? 0) === 0;
  if (!wasCreated) refuseForeignHead(file, kind);
  const leftOpen = existsSync(`${file}-wal`);
  let connection: Database.Database | undefined;
  try {
    connection = connectSqlite(file, { timeout: 5_000 });
    const versionBefore = schemaVersion(connection);
    recognise(connection, kind);
    refuseNewer(connection, kind.migrations);
    const pending = versionBefore < kind.migrations.length;
    let readThrough = (): void => undefined;
    if (!wasCreated) {
      // What was not closed in order may have its last pages in the log still.
      if (!leftOpen) checkLength(connection);
      if (pending || leftOpen) checkContent(connection);
      else if (statSync(file).size <= READ_THROUGH_BYTES) readThrough = reader(connection, file);
    }
    if (whole === 'now') readThrough();
    configure(connection, kind);
    requireWritable(connection);
    const backup = pending && versionBefore > 0 && !isSaved ? await backUp(connection) : null;
    const { to } = migrate(connection, kind.migrations, kind.applicationId);
    return { connection, wasCreated: versionBefore === 0, versionBefore, version: to, backup, readThrough };
  } catch (error) {
    connection?.close();
    throw databaseFailure(error, file, opening(file));
  }
}

/**
 * One more connection to a file that {@link openDatabase} has brought up to date, for a worker thread.
 *
 * @throws Failure `database` when the file is not there or not at the newest version
 */
export function connectDatabase(file: string, kind: DatabaseKind, readonly = false): Database.Database {
  let connection: Database.Database | undefined;
  try {
    connection = connectSqlite(file, { fileMustExist: true, readonly, timeout: 5_000 });
    refuseNewer(connection, kind.migrations);
    if (schemaVersion(connection) !== kind.migrations.length)
      throw new Failure('database', message('store.pending', { file: fileTitle(file) }));
    configure(connection, kind);
    return connection;
  } catch (error) {
    if (connection !== undefined) closeReader(connection);
    throw databaseFailure(error, file, opening(file));
  }
}

function configure(connection: Database.Database, kind: DatabaseKind): void {
  if (!connection.readonly) connection.pragma('journal_mode = WAL');
  connection.pragma(`synchronous = ${kind.synchronous}`);
  connection.pragma('foreign_keys = ON');
  connection.pragma('temp_store = MEMORY');
}

/** SQLite opens a file that it may not write for reading, and says so only when a person's work is to be saved. */
function requireWritable(connection: Database.Database): void {
  connection.exec('BEGIN IMMEDIATE');
  try {
    connection.pragma(`user_version = ${String(schemaVersion(connection))}`);
  } finally {
    if (connection.inTransaction) connection.exec('ROLLBACK');
  }
}

/**
 * Refuses a file that is surely another one by its first bytes, before anything is put beside it.
 *
 * @param name as openDatabase takes it
 * @throws Failure `database`
 */
export function refuseForeign(name: string, kind: DatabaseKind): void {
  const file = realFile(name);
  requireFolder(file);
  if ((requirePlainFile(file)?.size ?? 0) > 0) refuseForeignHead(file, kind);
}

/** SQLite itself reports a foreign file only at the first read, and in words that help nobody. */
function refuseForeignHead(file: string, kind: DatabaseKind): void {
  const head = Buffer.alloc(16);
  let read: number;
  try {
    const handle = openSync(file, 'r');
    try {
      read = readSync(handle, head, 0, 16, 0);
    } finally {
      closeSync(handle);
    }
  } catch {
    throw new Failure('database', message('store.unreadable', { file: fileTitle(file) }));
  }
  if (read < 16 || head.toString('latin1') !== 'SQLite format 3\0') {
    throw new Failure('database', message('store.foreign', { file: fileTitle(file), kind: message(kind.foreign) }));
  }
}

function recognise(connection: Database.Database, kind: DatabaseKind): void {
  const id = connection.pragma('application_id', { simple: true });
  if (id === kind.applicationId) return;
  // A start that was killed before its first commit leaves a file without tables.
  const tables = connection.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (id === 0 && tables === 0) return;
  throw new Failure(
    'database',
    message('store.otherProgram', { file: fileTitle(connection.name), kind: message(kind.foreign) }),
  );
}

/** SQLite takes a last page that is cut short for one that ends in zeros. */
function checkLength(connection: Database.Database): void {
  const pages = connection.pragma('page_count', { simple: true }) as number;
  const pageSize = connection.pragma('page_size', { simple: true }) as number;
  if (statSync(connection.name).size < pages * pageSize) throw damaged(connection.name, message('store.endMissing'));
}

function reader(connection: Database.Database, file: string): () => void {
  let isRead = false;
  return () => {
    if (isRead) return;
    try {
      checkContent(connection);
      isRead = true;
    } catch (error) {
      throw databaseFailure(error, file, opening(file));
    }
  };
}

function checkContent(connection: Database.Database): void {
  const found = connection.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') {
    throw damaged(connection.name, message('store.damagedContentAs', { found: String(found).replaceAll(/\s+/g, ' ') }));
  }
}
