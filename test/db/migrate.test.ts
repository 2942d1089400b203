import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { backupPath } from '../../db/backup';
import { migrate, readMigrations, type Migration } from '../../db/migrate';
import { openDatabase, type DatabaseKind } from '../../db/open';
import { bundleChild } from './child-program';
import { APPLICATION_ID, STEPS } from './migration-steps';
import { temporaryFolder } from './temporary-folder';

const BOOKS = 5_000;

const kindOf = (migrations: readonly Migration[]): DatabaseKind => ({
  foreign: 'store.noWorkspace',
  applicationId: APPLICATION_ID,
  migrations,
  synchronous: 'NORMAL',
});

/** A library of version 1 whose shelves and books the update must not lose. */
async function libraryOfVersionOne(): Promise<string> {
  const file = path.join(temporaryFolder(), 'library');
  const { connection } = await openDatabase(file, kindOf(STEPS.slice(0, 1)));
  connection.exec("INSERT INTO shelves VALUES (1, 'low'), (2, 'high')");
  connection
    .prepare(
      'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO books SELECT i, 1 + i % 2, ? FROM n',
    )
    .run(BOOKS, 'a title that takes some room '.repeat(8));
  connection.close();
  return file;
}

function content(file: string): { version: unknown; shelves: unknown[]; books: unknown; integrity: unknown } {
  const connection = new Database(file);
  try {
    return {
      version: connection.pragma('user_version', { simple: true }),
      shelves: connection.prepare('SELECT key, label FROM shelves ORDER BY key').all(),
      books: connection.prepare('SELECT count(*) FROM books').pluck().get(),
      integrity: connection.pragma('integrity_check', { simple: true }),
    };
  } finally {
    connection.close();
  }
}

const SHELVES = [
  { key: 1, label: 'low' },
  { key: 2, label: 'high' },
];

test('an update that rebuilds a table keeps every row that refers to it, and leaves a whole copy from before', async () => {
  const file = await libraryOfVersionOne();
  const opened = await openDatabase(file, kindOf(STEPS));
  const foreignKeys = opened.connection.pragma('foreign_keys', { simple: true });
  opened.connection.close();
  expect(opened).toMatchObject({ wasCreated: false, versionBefore: 1, version: 2, backup: backupPath(file, 1) });
  expect(foreignKeys).toBe(1);
  expect(content(file)).toEqual({ version: 2, shelves: SHELVES, books: BOOKS, integrity: 'ok' });
  expect(content(backupPath(file, 1))).toEqual({ version: 1, shelves: SHELVES, books: BOOKS, integrity: 'ok' });
});

test('an update that finds no room half-way leaves the file as it was, and is made once there is room', async () => {
  const file = await libraryOfVersionOne();
  const sql = 'UPDATE shelves SET label = upper(label); CREATE TABLE copies AS SELECT * FROM books';
  const steps = [...STEPS.slice(0, 1), { version: 2, name: 'copy_books', sql }];
  const connection = new Database(file);
  const pages = connection.pragma('page_count', { simple: true }) as number;
  connection.pragma(`max_page_count = ${String(pages + 5)}`);
  expect(() => migrate(connection, steps, APPLICATION_ID)).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }));
  expect([connection.inTransaction, connection.pragma('foreign_keys', { simple: true })]).toEqual([false, 1]);
  expect(content(file)).toEqual({ version: 1, shelves: SHELVES, books: BOOKS, integrity: 'ok' });
  connection.pragma('max_page_count = 1000000');
  expect(migrate(connection, steps, APPLICATION_ID)).toEqual({ from: 1, to: 2 });
  connection.close();
  expect(content(file)).toEqual({
    version: 2,
    shelves: SHELVES.map(({ key, label }) => ({ key, label: label.toUpperCase() })),
    books: BOOKS,
    integrity: 'ok',
  });
});

test('nothing pending: no copy is made and nothing is migrated', async () => {
  const file = await libraryOfVersionOne();
  const opened = await openDatabase(file, kindOf(STEPS.slice(0, 1)));
  opened.connection.close();
  expect(opened).toMatchObject({ wasCreated: false, versionBefore: 1, version: 1, backup: null });
  expect(existsSync(backupPath(file, 1))).toBe(false);
});

test.each<[string, string, string | RegExp]>([
  ['breaks a foreign key', 'DELETE FROM shelves WHERE key = 2', /rows of books would have lost/],
  ['fails half-way', "DELETE FROM books; INSERT INTO nowhere VALUES ('x')", 'no such table: nowhere'],
])('a step that %s takes everything back', async (_, sql, message) => {
  const file = await libraryOfVersionOne();
  const steps = [...STEPS, { version: 3, name: 'break_things', sql }];
  await expect(openDatabase(file, kindOf(steps))).rejects.toThrow(message);
  expect(content(file)).toEqual({ version: 1, shelves: SHELVES, books: BOOKS, integrity: 'ok' });
});

test('a kill in the middle of an update leaves the old file, and the next start updates it', async () => {
  const file = await libraryOfVersionOne();
  const run = await bundleChild('killed-migration');
  const { signal, output } = await run(file).ended;
  expect({ signal, output }).toEqual({ signal: 'SIGKILL', output: '' });
  expect(readFileSync(`${file}-wal`).length).toBeGreaterThan(100_000);
  const opened = await openDatabase(file, kindOf(STEPS));
  opened.connection.close();
  expect(opened).toMatchObject({ versionBefore: 1, version: 2 });
  expect(content(file)).toEqual({ version: 2, shelves: SHELVES, books: BOOKS, integrity: 'ok' });
});

test('migrations are ordered by number, whatever the order of the files', () => {
  const steps = readMigrations({ './b/0002_add_tags.sql': 'two', './b/0001_create_badges.sql': 'one' });
  expect(steps.map(({ sql }) => sql)).toEqual(['one', 'two']);
});

test.each([
  [{ '0001_create_badges.sql': '', '0003_add_tags.sql': '' }],
  [{ '0002_add_tags.sql': '' }],
  [{ '0001_create_badges.sql': '', '0001_add_tags.sql': '' }],
  [{ 'create_badges.sql': '' }],
  [{ '0001_create.sql': '' }],
])('a migration folder with a gap or a nameless file is refused: %o', (files) => {
  expect(() => readMigrations(files)).toThrow(/[Mm]igration/);
});
