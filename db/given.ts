import { sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

/**
 * A value that each call of a prepared query gives, in the form in which a column stores it.
 *
 * @param name under which the call gives it; a call that does not is refused
 */
export function given(column: SQLiteColumn, name: string): SQL {
  return sql`${sql.param(sql.placeholder(name), column)}`;
}

/** Values for several columns of a table, each given under its name in the schema: for what is inserted and set. */
export function givenColumns<T extends SQLiteTable, N extends keyof T['_']['columns'] & string>(
  table: T,
  ...names: readonly N[]
): Record<N, SQL> {
  const columns = table as unknown as Record<N, SQLiteColumn>;
  return Object.fromEntries(names.map((name) => [name, given(columns[name], name)])) as Record<N, SQL>;
}

/** A list that each call gives as JSON, to be selected from. */
export interface GivenList {
  from: SQL;
  element: SQL;
  /** From 0. */
  place: SQL;
}

/** @param name under which the call gives it, and under which the query knows it */
export function givenList(name: string): GivenList {
  const list = sql.identifier(name);
  return {
    from: sql`json_each(${sql.placeholder(name)}) AS ${list}`,
    element: sql`${list}.${sql.identifier('value')}`,
    place: sql`${list}.${sql.identifier('key')}`,
  };
}
