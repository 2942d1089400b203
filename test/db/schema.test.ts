/** The schema as code reads it is the schema that the migrations make: tables, columns, indexes and references. */
import path from 'node:path';
import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { ORG, WORKSPACE } from '../../db/kinds';
import { openDatabase } from '../../db/open';
import * as org from '../../db/org/schema';
import * as workspace from '../../db/workspace/schema';
import { temporaryFolder } from './temporary-folder';

interface Shape {
  columns: Record<string, { type: string; notNull: boolean; isKey: boolean; hasDefault: boolean }>;
  /** Columns or expressions of each index; `where` stands in the text. */
  indexes: Record<string, { unique: boolean; columns: (string | null)[]; partial: boolean }>;
  references: { from: string[]; table: string; to: string[]; onDelete: string }[];
}

function declared(table: SQLiteTable): [name: string, shape: Shape] {
  const { name, columns, indexes, foreignKeys, primaryKeys } = getTableConfig(table);
  const keys = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
  return [
    name,
    {
      columns: Object.fromEntries(
        columns.map((column) => [
          column.name,
          {
            type: column.getSQLType(),
            notNull: column.notNull,
            isKey: column.primary || keys.has(column.name),
            hasDefault: column.default !== undefined,
          },
        ]),
      ),
      indexes: Object.fromEntries(
        indexes.map(({ config }) => [
          config.name,
          {
            unique: config.unique,
            columns: config.columns.map((column) => ('name' in column ? column.name : null)),
            partial: config.where !== undefined,
          },
        ]),
      ),
      references: foreignKeys
        .map((key) => {
          const { columns: from, foreignColumns, foreignTable } = key.reference();
          return {
            from: from.map((column) => column.name),
            table: getTableConfig(foreignTable).name,
            to: foreignColumns.map((column) => column.name),
            onDelete: (key.onDelete ?? 'no action').toUpperCase(),
          };
        })
        .sort((one, other) => one.from.join().localeCompare(other.from.join())),
    },
  ];
}

test.each([
  ['workspace', WORKSPACE, workspace],
  ['org', ORG, org],
])('the %s', async (name, kind, schema) => {
  const { connection } = await openDatabase(path.join(temporaryFolder(), name), kind);
  try {
    const rows = <T>(pragma: string): T[] => connection.pragma(pragma) as T[];
    const shapeOf = (table: string): Shape => ({
      columns: Object.fromEntries(
        rows<{ name: string; type: string; notnull: number; pk: number; dflt_value: unknown }>(
          `table_info(${table})`,
        ).map((column) => [
          column.name,
          {
            type: column.type.toLowerCase(),
            notNull: column.notnull === 1,
            isKey: column.pk > 0,
            hasDefault: column.dflt_value !== null,
          },
        ]),
      ),
      indexes: Object.fromEntries(
        rows<{ name: string; unique: number; origin: string; partial: number }>(`index_list(${table})`)
          .filter(({ origin }) => origin === 'c')
          .map((index) => [
            index.name,
            {
              unique: index.unique === 1,
              columns: rows<{ name: string | null }>(`index_info(${index.name})`).map((column) => column.name),
              partial: index.partial === 1,
            },
          ]),
      ),
      references: rows<{ from: string; table: string; to: string; on_delete: string }>(`foreign_key_list(${table})`)
        .map(({ from, table: other, to, on_delete: onDelete }) => ({ from: [from], table: other, to: [to], onDelete }))
        .sort((one, other) => one.from.join().localeCompare(other.from.join())),
    });
    const tables = Object.values(schema).filter((value) => is(value, SQLiteTable)) as SQLiteTable[];
    const wanted = Object.fromEntries(tables.map(declared));
    const made = connection
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
      )
      .pluck()
      .all();
    expect(Object.keys(wanted).sort()).toEqual(made.sort());
    for (const table of made) expect({ table, ...shapeOf(table) }).toEqual({ table, ...wanted[table] });
  } finally {
    connection.close();
  }
});
