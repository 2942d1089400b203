import { getTableColumns, is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { IN_ORG, IN_WORKSPACE, type Holder } from '../../../db/forget/columns';
import * as org from '../../../db/org/schema';
import * as workspace from '../../../db/workspace/schema';

const TEXTUAL = new Set(['SQLiteText', 'SQLiteBlobBuffer']);

/** Columns of which nobody said whether a customer may stand in them, and such as are not there. */
function unsaid(schema: object, holders: Readonly<Record<string, Holder | 'nothing'>>): string[] {
  return Object.entries(schema).flatMap(([name, table]: [string, unknown]) => {
    if (!is(table, SQLiteTable)) return [];
    const holder = holders[name];
    if (holder === undefined) return [name];
    if (holder === 'nothing') return 'customerId' in getTableColumns(table) ? [`${name}.customerId`] : [];
    const said = new Set([...Object.keys(holder.columns), ...holder.nothing]);
    const wanted = Object.entries(getTableColumns(table)).flatMap(([column, { columnType }]) =>
      TEXTUAL.has(columnType) || column === 'customerId' ? [column] : [],
    );
    const all = new Set(Object.keys(getTableColumns(table)));
    return [...wanted.filter((column) => !said.has(column)), ...[...said].filter((column) => !all.has(column))].map(
      (column) => `${name}.${column}`,
    );
  });
}

test('of every text, every blob and every customer of both files it is said whether a customer may stand in it', () => {
  expect(unsaid(org, IN_ORG)).toEqual([]);
  expect(unsaid(workspace, IN_WORKSPACE)).toEqual([]);
  const { url: _, ...columns } = (IN_WORKSPACE.ledger as Holder).columns;
  const without = { ...IN_WORKSPACE, ledger: { ...(IN_WORKSPACE.ledger as Holder), columns }, claims: undefined };
  expect(unsaid(workspace, without as never)).toEqual(['claims', 'ledger.url']);
});
