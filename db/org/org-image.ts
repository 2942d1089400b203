import type { Database } from 'better-sqlite3';
import { getTableColumns } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { Failure } from '../../shared/ipc/errors';
import { message, type Message } from '../../shared/words/message';
import { ORG } from '../kinds';
import { migrate, schemaVersion } from '../migrate';
import { columnsOf, countRows, rowAdder, rowsOf, tablesOf } from '../portable/table-rows';
import { connectSqlite } from '../sqlite';
import { emptyOrg } from './empty-org';
import * as schema from './schema';

/** A value of an image: whole numbers beyond what a double holds exactly are bigints. */
export type ImageCell = null | number | bigint | string;

/** Rows of one table, their cells in the order of the columns. */
export interface ImageTable {
  name: string;
  columns: readonly string[];
  rows: readonly (readonly ImageCell[])[];
}

/** Everything an org holds, and the version of its schema: keys and salt too, so that every id is the same again. */
export interface OrgImage {
  version: number;
  tables: readonly ImageTable[];
}

/** Rows that an image may have: what a file of text and the memory of a process take without strain. */
const MOST_IMAGE_ROWS = 2_000_000;

/** What is wrong with an image, in words that complete “… is no state that can be used: …”. */
export class UnusableImage extends Error {
  override readonly name = 'UnusableImage';

  constructor(readonly words: Message) {
    super(words.key);
  }
}

const TABLES = (Object.values(schema) as SQLiteTable[]).map((table) => ({
  table,
  name: getTableConfig(table).name,
  kinds: new Map(Object.values(getTableColumns(table)).map((column) => [column.name, column.dataType])),
}));

/**
 * Reads everything an org holds.
 *
 * @throws Failure `invalid-input` when that is more than {@link MOST_IMAGE_ROWS}
 */
export function takeImage(connection: Database): OrgImage {
  const names = tablesOf(connection);
  const rows = names.reduce((sum, name) => sum + countRows(connection, name), 0);
  if (rows > MOST_IMAGE_ROWS) {
    throw new Failure('invalid-input', message('practiceStates.tooLarge', { rows, most: MOST_IMAGE_ROWS }));
  }
  const tables = names.map((name) => ({
    name,
    columns: columnsOf(connection, name),
    rows: [...rowsOf(connection, name)].map((row) => row.map(plainCell)),
  }));
  return { version: schemaVersion(connection), tables };
}

function plainCell(cell: unknown): ImageCell {
  if (typeof cell !== 'bigint') return cell as ImageCell;
  const number = Number(cell);
  return Number.isSafeInteger(number) ? number : cell;
}

/**
 * Builds an org in memory from an image of this version or an earlier one, and looks it through: every value is of its
 * column's kind, and every row refers to one that is there.
 *
 * @returns a connection that the caller closes
 * @throws UnusableImage
 * @throws Failure `database-newer` for the image of a newer Laurel
 */
export function orgOfImage(image: OrgImage): Database {
  if (image.version > ORG.migrations.length) {
    throw new Failure('database-newer', message('practiceStates.newerOrg'));
  }
  const connection = connectSqlite(':memory:');
  try {
    migrate(connection, ORG.migrations.slice(0, image.version), ORG.applicationId);
    connection.pragma('foreign_keys = OFF');
    connection.exec('BEGIN');
    const known = new Set(tablesOf(connection));
    for (const table of image.tables) {
      if (!known.delete(table.name) || columnsOf(connection, table.name).join() !== table.columns.join()) {
        throw new UnusableImage(message('practiceStates.otherColumns', { table: table.name }));
      }
      addRows(connection, table);
    }
    const [missing] = known;
    if (missing !== undefined) throw new UnusableImage(message('practiceStates.noTable', { table: missing }));
    connection.exec('COMMIT');
    migrate(connection, ORG.migrations, ORG.applicationId);
    refuseOddValues(connection);
    connection.pragma('foreign_keys = ON');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function addRows(connection: Database, { name, columns, rows }: ImageTable): void {
  const add = rowAdder(connection, name, columns);
  rows.forEach((row, index) => {
    const odd = (): UnusableImage =>
      new UnusableImage(message('practiceStates.oddRow', { table: name, row: index + 1 }));
    if (row.length !== columns.length) throw odd();
    try {
      add(row);
    } catch {
      // What SQLite refuses: a value that is missing, or one that stands there twice.
      throw odd();
    }
  });
}

/** Columns that name the key of another table's row. */
const REFERENCES: Readonly<Record<string, string>> = {
  badge_key: 'badges',
  definition_key: 'definitions',
  request_key: 'requests',
  enrolment_key: 'enrolments',
};

function refuseOddValues(connection: Database): void {
  const keys = new Map(
    [...new Set(Object.values(REFERENCES))].map((name) => [
      name,
      new Set([...rowsOf(connection, name)].map(([key]) => key)),
    ]),
  );
  for (const { name, kinds } of TABLES) {
    const columns = columnsOf(connection, name);
    let row = 0;
    for (const cells of rowsOf(connection, name)) {
      row += 1;
      columns.forEach((column, index) => {
        const cell = cells[index] ?? null;
        if (cell === null) return;
        const referred = keys.get(REFERENCES[column] ?? '');
        if (typeof cell !== (kinds.get(column) === 'string' ? 'string' : 'bigint') || referred?.has(cell) === false) {
          throw new UnusableImage(message('practiceStates.oddValue', { table: name, row, column }));
        }
      });
    }
    if (name === 'org' && row !== 1) throw new UnusableImage(message('practiceStates.oddRow', { table: name, row: 1 }));
  }
}

/** Takes everything out of an org and puts in what another one holds. Call it inside a transaction. */
export function becomeOrg(connection: Database, other: Database): void {
  connection.pragma('defer_foreign_keys = ON');
  emptyOrg(connection);
  const database = drizzle(connection);
  database.delete(schema.customerIdentifiers).run();
  database.delete(schema.org).run();
  for (const { name } of TABLES) {
    const add = rowAdder(connection, name, columnsOf(connection, name));
    for (const row of rowsOf(other, name)) add(row);
  }
}
