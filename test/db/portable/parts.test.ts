/** Parts of an export and of its way back: how far it is, what it names, and what is no archive of it. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { deflateSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { strToU8, zipSync } from 'fflate/browser';
import { describe, expect, test } from 'vitest';
import { orgFileOf } from '../../../db/kinds';
import { exportedFiles, type ExportedFile } from '../../../db/portable/export';
import { buildFromExport } from '../../../db/portable/import';
import { unpackZip } from '../../../db/portable/unpack';
import { archiveOf, writeExport } from '../../../db/portable/write-export';
import { realFile } from '../../../db/real-file';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';
import { temporaryFolder } from '../temporary-folder';

const ORDER = { appVersion: '1.2.3', now: 1_000_000 };

function store(): { folder: string; workspaceFile: string } {
  const folder = temporaryFolder();
  const workspaceFile = realFile(path.join(folder, 'w.laurel'));
  copyFileSync('test/fixtures/databases/v0003-workspace.synced.sqlite', workspaceFile);
  copyFileSync('test/fixtures/databases/v0001-org.sqlite', orgFileOf(workspaceFile));
  return { folder, workspaceFile };
}

function rowsIn(file: string): number {
  const connection = new Database(file, { readonly: true });
  const tables = connection
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'jobs' AND name NOT LIKE 'sqlite_stat%'")
    .pluck()
    .all() as string[];
  const rows = tables.map((table) => connection.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() as number);
  connection.close();
  return rows.reduce((sum, count) => sum + count, 0);
}

describe('an export', () => {
  test('tells of each table how far it is, and on its way back the same', async () => {
    const { folder, workspaceFile } = store();
    const total = rowsIn(workspaceFile) + rowsIn(orgFileOf(workspaceFile));
    expect(total).toBeGreaterThan(20);
    const told: { done: number; total: number }[] = [];
    const progress = (report: { done: number; total: number }): void => void told.push(report);
    const out = path.join(folder, 'out');
    await writeExport({ workspaceFile, ...ORDER, progress }, { path: out, form: 'folder' });
    const check = (): void => {
      expect(told.at(-1)).toEqual({ done: total, total });
      expect(new Set(told.map((each) => each.total))).toEqual(new Set([total]));
      expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((one, other) => one - other));
      expect(new Set(told.map(({ done }) => done)).size).toBeGreaterThan(3);
    };
    check();
    const manifest = JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8')) as Record<string, unknown>;
    expect(manifest).toMatchObject({ appVersion: '1.2.3', madeOn: '1970-01-01T00:00:01Z', workspace: { schema: 3 } });
    expect(manifest).toMatchObject({ org: { schema: 1 } });
    told.length = 0;
    const built = await buildFromExport({ source: out, workspaceFile: path.join(folder, 'new.laurel'), progress });
    expect(path.dirname(built)).toBe(folder);
    check();
  });

  test('holds one instant: what is written meanwhile is not in it, and nothing stays locked', async () => {
    const { workspaceFile } = store();
    const before = rowsIn(workspaceFile);
    const files = exportedFiles({ workspaceFile, ...ORDER, progress: () => undefined });
    const first = await files.next();
    expect(first.value).toMatchObject({ name: 'README.txt' });
    const other = new Database(workspaceFile, { timeout: 0 });
    other.exec(`INSERT INTO settings VALUES ('meanwhile', '1')`);
    let settings = '';
    let manifest = '';
    for await (const { name, content } of files) {
      const portions: Uint8Array[] = [];
      for await (const portion of content) portions.push(portion);
      if (name === 'workspace/settings.csv') settings = Buffer.concat(portions).toString();
      if (name === 'manifest.json') manifest = Buffer.concat(portions).toString();
    }
    expect(settings).not.toContain('meanwhile');
    expect(settings).toMatch(/^"name","value"\n/);
    expect(manifest).toContain('"workspace/settings.csv"');
    expect(rowsIn(workspaceFile)).toBe(before + 1);
    other.exec("DELETE FROM settings WHERE name = 'meanwhile'");
    other.close();
  });
});

test('an export that names a file outside its folder is none, and that file is not read', async () => {
  const { folder, workspaceFile } = store();
  const out = path.join(folder, 'out');
  await writeExport({ workspaceFile, ...ORDER, progress: () => undefined }, { path: out, form: 'folder' });
  const place = path.join(out, 'manifest.json');
  const manifest = JSON.parse(readFileSync(place, 'utf8')) as { files: Record<string, unknown> };
  const outside = path.join(folder, 'outside.csv');
  writeFileSync(outside, 'a\n');
  for (const name of ['../outside.csv', outside, '../out', 'badges/../../outside.csv']) {
    const files = { ...manifest.files, [name]: { sha256: '0'.repeat(64), bytes: 2, rows: 1 } };
    writeFileSync(place, JSON.stringify({ ...manifest, files }));
    const source = { source: out, workspaceFile: path.join(folder, 'new.laurel'), progress: () => undefined };
    await expect(buildFromExport(source)).rejects.toMatchObject({ words: { key: 'portable.noExport' } });
  }
});

test('kept simulations stand in files of their key and name, and badges of theirs, without those that are deleted', async () => {
  const { folder, workspaceFile } = store();
  const connection = new Database(workspaceFile);
  const [badge] = connection.prepare('SELECT key, name FROM badges WHERE deleted_on IS NULL LIMIT 1').raw().all() as [
    [number, string],
  ];
  connection.prepare('UPDATE badges SET deleted_on = 1 WHERE key <> ?').run(badge[0]);
  connection.prepare("UPDATE badges SET name = '--- Ünï / 1 ---' WHERE key = ?").run(badge[0]);
  connection.exec('DELETE FROM simulations');
  const bytes = deflateSync('{"a":1}');
  const add = connection.prepare(
    `INSERT INTO simulations (key, name, ran_on, milliseconds, seed, engine, replications, events, sentence, scenario, pseudonyms, result, answers)
     VALUES (?, ?, 1, 2, 3, 'e', 4, 5, '', ?, 0, ?, ?)`,
  );
  add.run(7, 'First One', bytes, bytes, Buffer.from('no deflated bytes'));
  add.run(8, '???', bytes, bytes, bytes);
  connection.close();
  const out = path.join(folder, 'out');
  await writeExport({ workspaceFile, ...ORDER, progress: () => undefined }, { path: out, form: 'folder' });
  const named = ['badges', 'scenarios', 'results'].map((each) => readdirSync(path.join(out, each)).sort());
  expect(named).toEqual([
    [`${String(badge[0])}-uni-1.badge.json`],
    ['7-first-one.scenario.json', '8.scenario.json'],
    ['7-first-one.result.json', '8.answers.json', '8.result.json'],
  ]);
  expect(readFileSync(path.join(out, 'scenarios', '8.scenario.json'), 'utf8')).toBe('{"a":1}');
});

test('a zip holds no file and no number of files beyond what its form can say', async () => {
  const words = { packing: 'stored' as const, tooLarge: message('portable.tooLargeForZip') };
  const whole = async (files: Iterable<ExportedFile>): Promise<number> => {
    let bytes = 0;
    for await (const portion of archiveOf(files, words)) bytes += portion.length;
    return bytes;
  };
  const of = (...portions: Uint8Array[]): AsyncIterable<Uint8Array> => Readable.from(portions);
  // Only its length is asked for before it is refused.
  const huge = { length: 0x1_0000_0000 } as Uint8Array;
  const failure = { code: 'invalid-input', words: { key: 'portable.tooLargeForZip' } };
  await expect(whole([{ name: 'a', content: of(huge) }])).rejects.toMatchObject(failure);
  const many = function* (count: number): Generator<ExportedFile> {
    for (let made = 0; made < count; made += 1) yield { name: String(made), content: of() };
  };
  expect(await whole(many(3))).toBeGreaterThan(100);
  expect(await whole([{ name: 'a', content: of(new Uint8Array(10), new Uint8Array(20)) }])).toBe(
    30 + 30 + 16 + 1 + 47 + 22,
  );
});

describe('an archive', () => {
  const zipped = (files: Record<string, string>): string => {
    const file = path.join(temporaryFolder(), 'a.zip');
    writeFileSync(
      file,
      zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))),
    );
    return file;
  };
  const into = (): string => path.join(temporaryFolder(), 'out');

  test('is unpacked whole, into folders where it names them', async () => {
    const folder = into();
    const large = 'x'.repeat(300_000);
    await unpackZip(
      zipped({ 'manifest.json': '{}', 'org/a.csv': 'a\n', 'org/empty.csv': '', 'b/1.x': large }),
      folder,
      undefined,
    );
    expect(readdirSync(folder, { recursive: true }).map(String).sort()).toEqual(
      ['b', 'b/1.x', 'manifest.json', 'org', 'org/a.csv', 'org/empty.csv'].map((name) => path.normalize(name)),
    );
    expect(readFileSync(path.join(folder, 'org/a.csv'), 'utf8')).toBe('a\n');
    expect(readFileSync(path.join(folder, 'b/1.x'), 'utf8')).toBe(large);
  });

  test.each(['../a', 'a/../../b', '/a', 'a/b/c', 'A/b', '.a', 'a\\b', 'a b'])(
    'that names “%s” is refused, and nothing is written outside',
    async (name) => {
      const folder = into();
      await expect(unpackZip(zipped({ 'first.csv': 'a', [name]: 'b' }), folder, undefined)).rejects.toMatchObject({
        code: 'invalid-input',
      });
      expect(readdirSync(path.dirname(folder))).toEqual(['out']);
    },
  );

  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['is empty', () => Buffer.alloc(0)],
    ['is none', () => Buffer.from('no archive at all')],
    ['is cut in its first file', (bytes) => bytes.subarray(0, 60)],
    ['holds bytes that cannot be inflated', (bytes) => Buffer.from(bytes).fill(0xff, 45, 80)],
  ])('that %s is refused in words', async (_, changed) => {
    const file = zipped({ 'a.csv': 'some text, some more text, '.repeat(40) });
    writeFileSync(file, changed(readFileSync(file)));
    const failed = unpackZip(file, into(), undefined);
    await expect(failed).rejects.toBeInstanceOf(Failure);
    await expect(failed).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('that cannot be read, or whose folder stands already, is an error of the system and not of the archive', async () => {
    await expect(unpackZip(path.join(temporaryFolder(), 'none.zip'), into(), undefined)).rejects.toMatchObject({
      ...{ code: 'ENOENT', syscall: 'stat' },
    });
    const folder = into();
    mkdirSync(folder);
    await expect(unpackZip(zipped({ a: 'a' }), folder, undefined)).rejects.toMatchObject({ code: 'EEXIST' });
  });

  test('is not unpacked after a cancel', async () => {
    const folder = into();
    const cancelled = unpackZip(zipped({ 'a.csv': 'a' }), folder, { aborted: true });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(path.join(folder, 'a.csv'))).toBe(false);
    await unpackZip(zipped({ 'a.csv': 'a' }), into(), { aborted: false });
  });
});
