import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { readRegular, readRegularText, streamRegular } from '../../electron/disk/regular-file';
import { unfinishedBeside } from '../../electron/disk/unfinished';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { waitForDisk, type Pair } from '../backups/pair';
import { removeAbandonedBeside } from '../backups/restore';
import { DamagedFile, inWords } from '../backups/reasons';
import { ORG, orgFileOf, WORKSPACE } from '../kinds';
import { migrate } from '../migrate';
import type { DatabaseKind } from '../open';
import { closeReader, connectSqlite } from '../sqlite';
import { readRows, UnreadableTable, type Cell, type FileCell } from './cells';
import {
  EXPORT_MANIFEST,
  exportManifest,
  PARTS,
  type ExportedTable,
  type ExportManifest,
  type Part,
  type PortableProgress,
} from './manifest';
import { columnsOf, countRows, rowAdder, tablesOf } from './table-rows';
import { unpackZip } from './unpack';

export interface ImportOrder {
  /** Absolute: an export's folder, or its zip. */
  source: string;
  /** Absolute real path of the workspace that it is for; nothing in it is touched. */
  workspaceFile: string;
  signal?: { readonly aborted: boolean };
  progress(report: PortableProgress): void;
}

const KINDS: Readonly<Record<Part, DatabaseKind>> = { workspace: WORKSPACE, org: ORG };
/** What every workspace has from its first start on. */
const ALWAYS_THERE = new Set(['settings', 'jobs', 'org', 'sqlite_sequence']);
const MANIFEST_BYTES = 256 * 1024 * 1024;
/** What one cell may hold: a text of Node, and SQLite's, is no longer. */
const CELL_BYTES = 2 ** 30;
const PORTION_ROWS = 2_000;

/**
 * Builds the two files that an export describes, in a folder beside the workspace, and reads them through. The folder is
 * the caller's: to be put in the workspace's place, or to be removed.
 *
 * @returns the folder
 * @throws Failure `cancelled`; `invalid-input` where the export is none, or was changed; `database-newer`; `database` in
 *   plain words. Nothing is left then
 */
export async function buildFromExport(order: ImportOrder): Promise<string> {
  const folder = unfinishedBeside(order.workspaceFile);
  const unpacked = `${folder}-files`;
  removeAbandonedBeside(order.workspaceFile);
  try {
    mkdirSync(folder);
    const isFolder = statSync(order.source).isDirectory();
    if (!isFolder) await unpackZip(order.source, unpacked, order.signal);
    const from = isFolder ? order.source : unpacked;
    const manifest = readManifest(from);
    await requireUnchanged(from, manifest, order.signal);
    const workspace = path.join(folder, path.basename(order.workspaceFile));
    const pair: Pair = { workspace, org: orgFileOf(workspace) };
    const meter = {
      done: 0,
      total: PARTS.flatMap((part) => manifest[part].tables).reduce((sum, { rows }) => sum + rows, 0),
    };
    for (const part of PARTS) {
      await fill(pair[part], part, from, manifest, order.signal, (rows) => {
        meter.done += rows;
        order.progress({ ...meter });
      });
    }
    return folder;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (error instanceof UnreadableTable)
      throw new Failure('invalid-input', message('portable.unreadable', { what: error.words }));
    throw inWords(error, (reason) => message('portable.notImported', { reason }));
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}

/** Whether nothing was ever made in a workspace, so that an import destroys nothing. @throws what SQLite throws */
export function isEmptyWorkspace(workspaceFile: string): boolean {
  return [workspaceFile, orgFileOf(workspaceFile)].every((file) => {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return true;
    const connection = connectSqlite(file, { fileMustExist: true, readonly: true, timeout: 5_000 });
    try {
      return tablesOf(connection).every((table) => ALWAYS_THERE.has(table) || countRows(connection, table) === 0);
    } finally {
      closeReader(connection);
    }
  });
}

function readManifest(folder: string): ExportManifest {
  const file = path.join(folder, EXPORT_MANIFEST);
  let parsed: ReturnType<typeof exportManifest.safeParse>;
  try {
    parsed = exportManifest.safeParse(JSON.parse(readRegularText(file, MANIFEST_BYTES)));
  } catch {
    throw new Failure('invalid-input', message('portable.noExport'));
  }
  if (!parsed.success) throw new Failure('invalid-input', message('portable.noExport'));
  const manifest = parsed.data;
  if (PARTS.some((part) => manifest[part].schema > KINDS[part].migrations.length)) {
    throw new Failure('database-newer', message('portable.newer', { version: manifest.appVersion }));
  }
  return manifest;
}

/** @throws Failure `invalid-input` naming the first file that is missing or differs from what was exported */
async function requireUnchanged(
  folder: string,
  manifest: ExportManifest,
  signal: ImportOrder['signal'],
): Promise<void> {
  for (const [name, { sha256 }] of Object.entries(manifest.files)) {
    refuseCancelled(signal);
    const file = placeIn(folder, name);
    const hash = createHash('sha256');
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
      throw new Failure('invalid-input', message('portable.missing', { name }));
    }
    for await (const portion of streamRegular(file)) hash.update(portion as Buffer);
    if (hash.digest('hex') !== sha256) throw new Failure('invalid-input', message('portable.changed', { name }));
  }
}

/** A name of an export never leads out of its folder. */
function placeIn(folder: string, name: string): string {
  const file = path.resolve(folder, name);
  if (!file.startsWith(`${path.resolve(folder)}${path.sep}`))
    throw new Failure('invalid-input', message('portable.noExport'));
  return file;
}

async function fill(
  file: string,
  part: Part,
  folder: string,
  manifest: ExportManifest,
  signal: ImportOrder['signal'],
  progress: (rows: number) => void,
): Promise<void> {
  const { migrations, applicationId } = KINDS[part];
  const { schema, tables } = manifest[part];
  const connection = connectSqlite(file);
  try {
    migrate(connection, migrations.slice(0, schema), applicationId);
    connection.pragma('foreign_keys = OFF');
    connection.exec('BEGIN IMMEDIATE');
    for (const table of tables) await addRows(connection, table, folder, manifest, signal, progress);
    connection.exec('COMMIT');
    const dangling = connection.pragma('foreign_key_check') as unknown[];
    if (dangling.length > 0 || connection.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new DamagedFile(file);
  } finally {
    connection.close();
  }
  waitForDisk(file);
}

async function addRows(
  connection: Database,
  table: ExportedTable,
  folder: string,
  manifest: ExportManifest,
  signal: ImportOrder['signal'],
  progress: (rows: number) => void,
): Promise<void> {
  const known = columnsOf(connection, table.name);
  if (known.join() !== table.columns.join() || manifest.files[table.file] === undefined) {
    throw new Failure('invalid-input', message('portable.noExport'));
  }
  const add = rowAdder(connection, table.name, table.columns);
  const texts = streamRegular(placeIn(folder, table.file), { encoding: 'utf8' }) as AsyncIterable<string>;
  let isHead = true;
  let portion = 0;
  for await (const row of readRows(texts)) {
    if (isHead) {
      isHead = false;
      continue;
    }
    if (row.length !== table.columns.length)
      throw new UnreadableTable(message('damaged.rowLength', { name: table.file }));
    add(row.map((cell) => valueOf(cell, folder, manifest)));
    portion += 1;
    if (portion < PORTION_ROWS) continue;
    progress(portion);
    portion = 0;
    refuseCancelled(signal);
    await othersTurn();
  }
  progress(portion);
}

function valueOf(cell: Cell | FileCell, folder: string, manifest: ExportManifest): Cell {
  if (cell === null || typeof cell !== 'object' || cell instanceof Uint8Array) return cell;
  if (manifest.files[cell.file] === undefined)
    throw new Failure('invalid-input', message('portable.missing', { name: cell.file }));
  const bytes = readRegular(placeIn(folder, cell.file), CELL_BYTES);
  return cell.deflated ? deflateSync(bytes) : bytes.toString('utf8');
}

function refuseCancelled(signal: ImportOrder['signal']): void {
  if (signal?.aborted) throw new Failure('cancelled', message('portable.importCancelled'));
}
