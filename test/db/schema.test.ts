/**
 * The schema that code reads, the migrations that files get and the snapshots that the next migration is made from say
 * the same: table by table, column by column, index by index, in both directions.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { generateSQLiteDrizzleJson, generateSQLiteMigration, type DrizzleSQLiteSnapshotJSON } from 'drizzle-kit/api';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { describe, expect, test } from 'vitest';
import { ORG, WORKSPACE } from '../../db/kinds';
import { migrate } from '../../db/migrate';
import type { DatabaseKind } from '../../db/open';
import * as org from '../../db/org/schema';
import * as workspace from '../../db/workspace/schema';
import { shapeOf } from './database-shape';

type Schema = Record<string, unknown>;

function migrated(kind: DatabaseKind): ReturnType<typeof shapeOf> {
  const connection = new Database(':memory:');
  migrate(connection, kind.migrations, kind.applicationId);
  return shapeOf(connection);
}

/** A database made from the schema alone, as drizzle-kit would make it. */
async function declared(schema: Schema): Promise<ReturnType<typeof shapeOf>> {
  const connection = new Database(':memory:');
  const nothing = await generateSQLiteDrizzleJson({});
  for (const statement of await generateSQLiteMigration(nothing, await generateSQLiteDrizzleJson(schema))) {
    connection.exec(statement);
  }
  return shapeOf(connection);
}

describe.each<[string, DatabaseKind, Schema]>([
  ['workspace', WORKSPACE, workspace],
  ['org', ORG, org],
])('the %s', (name, kind, schema) => {
  const folder = path.resolve(import.meta.dirname, '../../db/migrations', name);
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  const snapshot = (tag: string): { id: string; prevId: string } =>
    JSON.parse(readFileSync(path.join(folder, 'meta', `${tag.slice(0, 4)}_snapshot.json`), 'utf8')) as never;

  test('migrations make what the schema declares, and nothing else', async () => {
    const [made, wanted] = [migrated(kind), await declared(schema)];
    expect(Object.keys(made.tables).sort()).toEqual(Object.keys(wanted.tables).sort());
    for (const [table, shape] of Object.entries(made.tables)) {
      expect({ [table]: shape }).toEqual({ [table]: wanted.tables[table] });
    }
    expect(made.others).toEqual([]);
    expect(Object.keys(made.tables).length).toBeGreaterThan(5);
  });

  test('each migration is in the journal and has a snapshot that follows the one before', () => {
    const journal = JSON.parse(readFileSync(path.join(folder, 'meta', '_journal.json'), 'utf8')) as {
      entries: { idx: number; tag: string }[];
    };
    const tags = files.map((file) => path.basename(file, '.sql')).sort();
    expect(journal.entries.map(({ tag }) => tag)).toEqual(tags);
    expect(journal.entries.map(({ idx, tag }) => tag.startsWith(String(idx).padStart(4, '0')))).not.toContain(false);
    const snapshots = tags.map(snapshot);
    expect(snapshots.slice(1).map(({ prevId }) => prevId)).toEqual(snapshots.slice(0, -1).map(({ id }) => id));
  });

  test('the newest snapshot is the schema: nothing waits for a migration', async () => {
    const newest = files
      .map((file) => path.basename(file, '.sql'))
      .sort()
      .at(-1);
    const before = snapshot(newest ?? '') as DrizzleSQLiteSnapshotJSON;
    const pending = await generateSQLiteMigration(before, await generateSQLiteDrizzleJson(schema));
    expect(pending, `run: npm run db:generate -- ${name} VERB_NOUN`).toEqual([]);
  });
});

describe('what differs is seen', () => {
  const plain = (): Schema => ({ a: sqliteTable('a', { key: integer('key').primaryKey(), name: text('name') }) });

  test.each<[string, string]>([
    ['a table more', 'CREATE TABLE b (key integer)'],
    ['a column more', 'ALTER TABLE a ADD other text'],
    ['an index more', 'CREATE INDEX a_name ON a (name)'],
    ['a view', 'CREATE VIEW v AS SELECT 1'],
    ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END'],
    ['another type', 'DROP TABLE a; CREATE TABLE a (key integer PRIMARY KEY NOT NULL, name blob)'],
    [
      'a value that must be there',
      'DROP TABLE a; CREATE TABLE a (key integer PRIMARY KEY NOT NULL, name text NOT NULL)',
    ],
    ['a default', "DROP TABLE a; CREATE TABLE a (key integer PRIMARY KEY NOT NULL, name text DEFAULT 'x')"],
    [
      'keys never used twice',
      'DROP TABLE a; CREATE TABLE a (key integer PRIMARY KEY AUTOINCREMENT NOT NULL, name text)',
    ],
    ['a reference', 'DROP TABLE a; CREATE TABLE a (key integer PRIMARY KEY NOT NULL REFERENCES a (key), name text)'],
    ['a constraint', 'DROP TABLE a; CREATE TABLE a (key integer PRIMARY KEY NOT NULL, name text UNIQUE)'],
  ])('%s', async (_, change) => {
    const connection = new Database(':memory:');
    connection.exec('CREATE TABLE a (key integer PRIMARY KEY NOT NULL, name text)');
    const wanted = await declared(plain());
    expect(shapeOf(connection)).toEqual(wanted);
    connection.exec(change);
    expect(shapeOf(connection)).not.toEqual(wanted);
  });

  test.each<[string, string, string]>([
    ['the order of an index', 'CREATE INDEX i ON a (name)', 'CREATE INDEX i ON a (name DESC)'],
    ['what an index forbids', 'CREATE INDEX i ON a (name)', 'CREATE UNIQUE INDEX i ON a (name)'],
    [
      'what a partial index holds',
      'CREATE INDEX i ON a (name) WHERE key > 1',
      'CREATE INDEX i ON a (name) WHERE key > 2',
    ],
  ])('%s', (_, one, other) => {
    const shapes = [one, other].map((sql) => {
      const connection = new Database(':memory:');
      connection.exec(`CREATE TABLE a (key integer PRIMARY KEY NOT NULL, name text); ${sql}`);
      return shapeOf(connection);
    });
    expect(shapes[0]).not.toEqual(shapes[1]);
  });
});
