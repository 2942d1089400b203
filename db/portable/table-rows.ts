import type { Database } from 'better-sqlite3';
import type { Cell } from './cells';

/**
 * Tables of any version of a file, by the names that the file itself gives: what an export holds is put into a file of
 * the version it came from, which this version's schema does not describe.
 */

/** What says which numbers were given, so that none is given twice; SQLite keeps it itself. */
const SEQUENCES = 'sqlite_sequence';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Names of all tables, in the order in which they were made. */
export function tablesOf(connection: Database): string[] {
  const made = connection
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND (name NOT LIKE 'sqlite_%' OR name = ?) ORDER BY rowid`,
    )
    .pluck();
  return made.all(SEQUENCES) as string[];
}

/** @returns no column for a table that is not there */
export function columnsOf(connection: Database, table: string): string[] {
  return connection.prepare('SELECT name FROM pragma_table_info(?) ORDER BY cid').pluck().all(table) as string[];
}

export function countRows(connection: Database, table: string): number {
  return connection
    .prepare(`SELECT count(*) FROM ${quoted(table)}`)
    .pluck()
    .get() as number;
}

/** The rows of a table in the order of their own numbers, one after the other. */
export function rowsOf(connection: Database, table: string): IterableIterator<Cell[]> {
  const all = connection
    .prepare(`SELECT * FROM ${quoted(table)} ORDER BY rowid`)
    .raw()
    .safeIntegers();
  return all.iterate() as IterableIterator<Cell[]>;
}

/** @returns what adds one row, its values in the order of the columns */
export function rowAdder(
  connection: Database,
  table: string,
  columns: readonly string[],
): (row: readonly Cell[]) => void {
  if (table === SEQUENCES) connection.exec(`DELETE FROM ${quoted(table)}`);
  const marks = columns.map(() => '?').join(', ');
  const add = connection.prepare(`INSERT INTO ${quoted(table)} (${columns.map(quoted).join(', ')}) VALUES (${marks})`);
  return (row) => void add.run(...row);
}
