import type { Database } from 'better-sqlite3';

/** What a database's tables are, by name: as SQLite itself tells it. */
export interface TableShape {
  /** Of the table itself: whether keys are used twice, STRICT and WITHOUT ROWID. */
  table: { autoincrement: boolean; strict: number; withoutRowid: number };
  columns: Record<string, unknown>;
  indexes: Record<string, unknown>;
  references: unknown[];
}

interface ColumnFacts {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
  hidden: number;
}

interface IndexFacts {
  name: string;
  unique: number;
  origin: string;
  partial: number;
}

/** Every table, column, index and reference of an open database, and every view and trigger. */
export function shapeOf(connection: Database): { tables: Record<string, TableShape>; others: unknown[] } {
  const facts = <T>(pragma: string): T[] => connection.pragma(pragma) as T[];
  const textOf = (name: string): string =>
    connection.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(name) ?? '';
  const tables = facts<{ schema: string; name: string; type: string; wr: number; strict: number }>('table_list').filter(
    ({ schema, name, type }) => schema === 'main' && type === 'table' && !name.startsWith('sqlite_'),
  );
  return {
    tables: Object.fromEntries(
      tables.map(({ name: table, wr, strict }) => [
        table,
        {
          table: { autoincrement: /\bautoincrement\b/i.test(textOf(table)), strict, withoutRowid: wr },
          // By name: a column that was added later stands last in the file, wherever the schema names it.
          columns: Object.fromEntries(
            facts<ColumnFacts>(`table_xinfo(${table})`).map(({ name, type, notnull, dflt_value, pk, hidden }) => [
              name,
              { type: type.toLowerCase(), notnull, default: dflt_value, placeInKey: pk, hidden },
            ]),
          ),
          indexes: Object.fromEntries(
            facts<IndexFacts>(`index_list(${table})`).map(({ name, unique, origin, partial }) => [
              name,
              {
                unique,
                origin,
                partial,
                where: whereOf(textOf(name)),
                columns: facts(`index_xinfo(${name})`).map(ofIndex),
              },
            ]),
          ),
          references: facts<{ id: number; seq: number }>(`foreign_key_list(${table})`)
            .map(({ id: _id, ...reference }) => reference)
            .sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other))),
        },
      ]),
    ),
    others: connection.prepare("SELECT type, name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger')").all(),
  };
}

/** A column of an index by name, order and collation; the number of a column depends on when it was added. */
function ofIndex(column: unknown): unknown {
  const { name, desc, coll, key } = column as { name: string | null; desc: number; coll: string; key: number };
  return { name, desc, coll, key };
}

/** The condition of a partial index, without the quotes and the table's name that one way of writing it has. */
function whereOf(text: string): string {
  return (/\bWHERE\b(.*)$/is.exec(text)?.[1] ?? '').replaceAll(/["`]/g, '').replaceAll(/\s+/g, ' ').trim();
}
