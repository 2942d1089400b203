import { describe, expect, test } from 'vitest';
import { handWrittenSql } from './hand-written-sql';
import { repositoryFiles, textOf } from './repository-files';

test('queries of the store are built from the schema', () => {
  const files = repositoryFiles().filter((file) => /^(db|electron)\/.*\.ts$/.test(file));
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap((file) => handWrittenSql(file, textOf(file)))).toEqual([]);
});

describe('a planted violation is found', () => {
  test.each([
    ['db/org/badge-store.ts', "connection.prepare('SELECT key FROM badges WHERE id = ?');"],
    ['db/org/badge-store.ts', 'const s = `SELECT 1`; this.#connection.prepare<[], number>(s).pluck();'],
    ['db/new-store.ts', 'connection.prepare(`DELETE FROM ${table}`).run();'],
    ['electron/backend/issuance/work.ts', "connection.prepare('SELECT 1');"],
    ['db/workspace/drafts.ts', "connection.exec('DELETE FROM badges');"],
    ['electron/backend/store/open.ts', 'connection.exec(`UPDATE org SET settings = ${text}`);'],
    ['db/workspace/drafts.ts', "database.all(sql.raw('SELECT * FROM badges'));"],
    ['db/workspace/drafts.ts', 'const fits = sql`${badges.key} = 1 AND deleted_on IS NULL`;'],
    ['db/workspace/drafts.ts', 'const all = sql<number>`SELECT count(*) FROM revisions`;'],
  ])('%s: %s', (file, text) => {
    expect(handWrittenSql(file, text)).toHaveLength(1);
  });
});

describe('what is built, or is about the file itself, is left alone', () => {
  test.each([
    ['db/open.ts', "connection.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();"],
    ['db/driver-statements.ts', 'connection.prepare<Values, Row>(text);'],
    ['db/org/org-store.ts', "connection.exec('BEGIN IMMEDIATE'); connection.exec('ROLLBACK');"],
    ['db/org/badge-store.ts', 'database.select().from(badges).prepare();'],
    ['db/org/badge-store.ts', "const kind = sql`CASE ${requests.kind} WHEN 'badges' THEN 1 END`;"],
    ['electron/backend/process/lines.ts', "const match = /a b/.exec('a b'.trim()); job.prepare(file);"],
    ['test/db/open.test.ts', "connection.prepare('SELECT name FROM badges');"],
  ])('%s: %s', (file, text) => {
    expect(handWrittenSql(file, text)).toEqual([]);
  });
});
