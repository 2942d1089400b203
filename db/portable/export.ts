import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { inflateSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { toIso, type Instant } from '../../shared/domain/instant';
import { orgFileOf } from '../kinds';
import { schemaVersion } from '../migrate';
import { holdOneInstant } from '../backups/pair';
import { connectSqlite } from '../sqlite';
import { writeCell, type Cell, type FileCell } from './cells';
import {
  EXPORT_FORMAT,
  EXPORT_MANIFEST,
  PARTS,
  type ExportManifest,
  type Part,
  type PortableProgress,
} from './manifest';
import { columnsOf, countRows, rowsOf, tablesOf } from './table-rows';

/** A file of an export; its content is asked for once, and in the order of the files. */
export interface ExportedFile {
  name: string;
  content: AsyncIterable<Uint8Array>;
}

export interface ExportOrder {
  /** Absolute real path; it may be open. */
  workspaceFile: string;
  appVersion: string;
  now: Instant;
  progress(report: PortableProgress): void;
}

/** What stands in the workspace for work under way: it means nothing elsewhere. */
const LEFT_OUT = new Set(['jobs']);

const PORTION_ROWS = 500;

const README = `This folder is a Laurel workspace as plain files.

badges/      each badge as it is now, the body of a create call
scenarios/   each kept scenario     results/  what came out, and answers beside it
workspace/   drafts, their earlier states, claims, settings, connections (without credentials), the ledger, live jobs
org/         what was issued: requests, enrolments, awards, and the rows that were refused

The CSV files hold texts in quotes and everything else without; instants are microseconds since 1970 (UTC).
Import the whole into an empty workspace: laurel import FOLDER --workspace FILE, or in the settings.
manifest.json holds the digest of every file, so that a changed one is noticed.
`;

/** The files of an export, one after the other, all of one instant of the workspace. Nothing in it is changed. */
export async function* exportedFiles(order: ExportOrder): AsyncGenerator<ExportedFile> {
  const { workspaceFile, appVersion, now } = order;
  const open: Database[] = [];
  const connect = (file: string): Database => {
    const connection = connectSqlite(file, { fileMustExist: true, timeout: 5_000 });
    open.push(connection);
    return connection;
  };
  try {
    const sources = { workspace: connect(workspaceFile), org: connect(orgFileOf(workspaceFile)) };
    holdOneInstant(sources, connect(workspaceFile));
    const total = PARTS.flatMap((part) =>
      tablesToExport(sources[part]).map((table) => countRows(sources[part], table)),
    );
    const meter = { done: 0, total: total.reduce((sum, rows) => sum + rows, 0) };
    const manifest: ExportManifest = {
      format: EXPORT_FORMAT,
      appVersion,
      madeOn: toIso(now, 'UTC'),
      workspace: { schema: schemaVersion(sources.workspace), tables: [] },
      org: { schema: schemaVersion(sources.org), tables: [] },
      files: {},
    };
    const noted = (name: string, content: AsyncIterable<Uint8Array>): ExportedFile => ({
      name,
      content: digested(content, (bytes, sha256) => (manifest.files[name] = { bytes, sha256 })),
    });
    yield noted('README.txt', once(README));
    for (const part of PARTS) {
      for (const table of tablesToExport(sources[part])) {
        yield* exportedTable(sources, part, table, manifest, noted, (rows) => {
          meter.done += rows;
          order.progress({ ...meter });
        });
      }
    }
    yield { name: EXPORT_MANIFEST, content: once(`${JSON.stringify(manifest, null, 2)}\n`) };
  } finally {
    for (const connection of open) {
      if (connection.inTransaction) connection.exec('ROLLBACK');
      connection.close();
    }
  }
}

const tablesToExport = (connection: Database): string[] => tablesOf(connection).filter((table) => !LEFT_OUT.has(table));

async function* exportedTable(
  sources: Readonly<Record<Part, Database>>,
  part: Part,
  name: string,
  manifest: ExportManifest,
  noted: (name: string, content: AsyncIterable<Uint8Array>) => ExportedFile,
  progress: (rows: number) => void,
): AsyncGenerator<ExportedFile> {
  const source = sources[part];
  const columns = columnsOf(source, name);
  const file = `${part}/${name}.csv`;
  const own = part === 'workspace' ? ownFiles(source, name, columns) : null;
  const described = { name, file, rows: 0, columns };
  manifest[part].tables.push(described);
  // Files that rows are moved to come first: the table is read a second time then, and names them.
  if (own !== null) {
    for (const row of rowsOf(source, name)) {
      for (const { name: moved, text } of own(row)) yield noted(moved, once(text));
      await othersTurn();
    }
  }
  async function* texts(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${columns.map(writeCell).join(',')}\n`);
    let lines: string[] = [];
    for (const row of rowsOf(source, name)) {
      const cells: (Cell | FileCell)[] = [...row];
      for (const { at, name: moved, deflated } of own?.(row) ?? []) cells[at] = { file: moved, deflated };
      lines.push(cells.map(writeCell).join(','));
      described.rows += 1;
      if (lines.length < PORTION_ROWS) continue;
      yield Buffer.from(`${lines.join('\n')}\n`);
      progress(lines.length);
      lines = [];
      await othersTurn();
    }
    if (lines.length > 0) yield Buffer.from(`${lines.join('\n')}\n`);
    progress(lines.length);
  }
  yield noted(file, texts());
}

interface OwnFile {
  /** Column of the cell that it stands for. */
  at: number;
  name: string;
  text: string | Uint8Array;
  deflated: boolean;
}

/** Which cells of a table stand in files of their own, for people to read: badges, and kept scenarios and results. */
function ownFiles(source: Database, table: string, columns: readonly string[]): ((row: Cell[]) => OwnFile[]) | null {
  const at = (column: string): number => columns.indexOf(column);
  if (table === 'revisions') {
    const [key, number, body] = [at('badge_key'), at('revision'), at('body')];
    const present = presentBadges(source);
    return (row) => {
      const name = present.get(`${String(row[key])}.${String(row[number])}`);
      return name === undefined ? [] : [{ at: body, name, text: row[body] as string, deflated: false }];
    };
  }
  if (table !== 'simulations') return null;
  const ends = [
    ['scenario', 'scenarios', '.scenario.json'],
    ['result', 'results', '.result.json'],
    ['answers', 'results', '.answers.json'],
  ] as const;
  const [key, name] = [at('key'), at('name')];
  return (row) =>
    ends.flatMap(([column, folder, end]) => {
      const text = inflated(row[at(column)]);
      const file = `${folder}/${String(row[key])}${slugOf(String(row[name]))}${end}`;
      return text === null ? [] : [{ at: at(column), name: file, text, deflated: true }];
    });
}

/** File names of the badges that are not deleted, by key and present revision. */
function presentBadges(source: Database): Map<string, string> {
  const columns = columnsOf(source, 'badges');
  const [key, revision, name, deletedOn] = ['key', 'revision', 'name', 'deleted_on'].map((column) =>
    columns.indexOf(column),
  );
  const names = new Map<string, string>();
  for (const row of rowsOf(source, 'badges')) {
    if (row[deletedOn as number] !== null) continue;
    const number = String(row[key as number]);
    names.set(
      `${number}.${String(row[revision as number])}`,
      `badges/${number}${slugOf(String(row[name as number]))}.badge.json`,
    );
  }
  return names;
}

/** Null for bytes that cannot be inflated: they are exported as they are. */
function inflated(bytes: Cell | undefined): Uint8Array | null {
  try {
    return bytes instanceof Uint8Array ? inflateSync(bytes) : null;
  } catch {
    return null;
  }
}

const MOST_OF_A_NAME = 40;

/** What a file may be called after a name, behind its number; empty where nothing of the name fits. */
function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const slug = plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_OF_A_NAME)
    .replaceAll(/^-+|-+$/g, '');
  return slug === '' ? '' : `-${slug}`;
}

function once(content: string | Uint8Array): AsyncIterable<Uint8Array> {
  return Readable.from([Buffer.from(content)]);
}

async function* digested(
  content: AsyncIterable<Uint8Array>,
  note: (bytes: number, sha256: string) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const portion of content) {
    hash.update(portion);
    bytes += portion.length;
    yield portion;
  }
  note(bytes, hash.digest('hex'));
}
