import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ORG, WORKSPACE } from '../../db/kinds';
import { connectDatabase, openDatabase } from '../../db/open';
import { lockFile } from '../../db/lock';
import { openWorkspace } from '../../db/workspace/workspace';
import { Failure } from '../../shared/ipc/errors';
import { damageTable } from '../fixtures/damage';
import { bundleChild } from './child-program';
import { temporaryFolder } from './temporary-folder';

async function newWorkspace(): Promise<string> {
  const file = path.join(temporaryFolder(), 'spring.laurel');
  const { connection } = await openDatabase(file, WORKSPACE);
  connection.prepare('INSERT INTO settings VALUES (?, ?)').run('zone', JSON.stringify('Europe/Berlin'));
  connection.close();
  return file;
}

async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<Failure> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('It should have failed.');
}

/** Opening must fail in plain words and leave every byte as it was. */
async function expectRefused(file: string, code: Failure['code'], message: RegExp): Promise<void> {
  const before = readFileSync(file);
  const failure = await failureOf(openDatabase(file, WORKSPACE));
  expect(failure.code).toBe(code);
  expect(failure.message).toMatch(message);
  expect(failure.message).not.toMatch(/SQLITE|Error:/);
  expect(readFileSync(file).equals(before)).toBe(true);
}

test('a new file is made with WAL, foreign keys and full synchronisation, and found again', async () => {
  const file = path.join(temporaryFolder(), 'new.laurel');
  const opened = await openDatabase(file, WORKSPACE);
  const pragma = (name: string): unknown => opened.connection.pragma(name, { simple: true });
  expect(opened).toMatchObject({
    wasCreated: true,
    versionBefore: 0,
    version: WORKSPACE.migrations.length,
    backup: null,
  });
  expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys'), pragma('application_id')]).toEqual([
    'wal',
    2,
    1,
    0x4c574b53,
  ]);
  opened.connection.close();
  const again = await openDatabase(file, WORKSPACE);
  again.connection.close();
  expect(again.wasCreated).toBe(false);
});

test('a file that is read through later opens at once, and its damage is said then', async () => {
  const file = await newWorkspace();
  damageTable(file, 'simulations');
  await expectRefused(file, 'database', /damaged/);
  const before = readFileSync(file);
  const opened = await openDatabase(file, WORKSPACE, { whole: 'later' });
  const failure = await failureOf(() => opened.readThrough());
  opened.connection.close();
  expect(failure.code).toBe('database');
  expect(failure.message).toMatch(/damaged/);
  expect(readFileSync(file).equals(before)).toBe(true);

  const whole = await openDatabase(await newWorkspace(), WORKSPACE, { whole: 'later' });
  expect(() => whole.readThrough()).not.toThrow();
  whole.connection.close();
});

test('a file that was not closed in order is read through at once, however it is opened', async () => {
  const file = await newWorkspace();
  damageTable(file, 'simulations');
  writeFileSync(`${file}-wal`, '');
  const failure = await failureOf(openDatabase(file, WORKSPACE, { whole: 'later' }));
  expect(failure.message).toMatch(/damaged/);
});

test('an empty file, as a start that was killed at once leaves it, becomes a new workspace', async () => {
  const file = path.join(temporaryFolder(), 'empty.laurel');
  writeFileSync(file, '');
  const opened = await openDatabase(file, WORKSPACE);
  opened.connection.close();
  expect(opened.wasCreated).toBe(true);
});

test('a file of a newer Laurel is refused and told what to do', async () => {
  const file = await newWorkspace();
  const connection = new Database(file);
  connection.pragma('user_version = 999');
  connection.close();
  await expectRefused(file, 'database-newer', /newer Laurel .*999.* Update Laurel/);
});

test('text, random bytes and a short file are not taken for a workspace', async () => {
  const folder = temporaryFolder();
  const contents = {
    'letter.txt': Buffer.from('Dear customer, '.repeat(500)),
    'noise.bin': Buffer.alloc(9_000, 'q7'),
    'short.laurel': Buffer.from('SQLite'),
  };
  for (const [name, bytes] of Object.entries(contents)) {
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    await expectRefused(file, 'database', /is not a Laurel workspace/);
  }
});

test("another program's database is left alone", async () => {
  const file = path.join(temporaryFolder(), 'cookies.sqlite');
  const connection = new Database(file);
  connection.exec('CREATE TABLE cookies (name TEXT)');
  connection.close();
  await expectRefused(file, 'database', /is a database, but not a Laurel/);
});

test('an org file is not taken for a workspace', async () => {
  const file = path.join(temporaryFolder(), 'spring.laurel-org');
  const { connection } = await openDatabase(file, ORG);
  connection.close();
  await expectRefused(file, 'database', /not a Laurel workspace/);
});

test('a workspace cut short at any length is refused, never opened in part', async () => {
  const file = await newWorkspace();
  const whole = readFileSync(file);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.integer({ min: 1, max: whole.length - 1 }),
        fc.integer({ min: 1, max: whole.length / 4096 - 1 }).map((pages) => pages * 4096),
      ),
      async (length) => {
        writeFileSync(file, whole);
        truncateSync(file, length);
        await expectRefused(file, 'database', /cannot be opened|is not a Laurel workspace/);
      },
    ),
    { numRuns: 60 },
  );
});

test('overwritten pages are found at the start, not in the middle of work', async () => {
  const file = await newWorkspace();
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4096, 5 * 4096);
  writeFileSync(file, bytes);
  await expectRefused(file, 'database', /damaged.*laurel backup restore/);
});

test('a folder that is not there is told in plain words', async () => {
  const failure = await failureOf(openDatabase(path.join(temporaryFolder(), 'gone', 'x.laurel'), WORKSPACE));
  expect([failure.code, failure.message]).toEqual(['database', expect.stringContaining('Choose another place')]);
});

test('a folder in the place of the file is told in plain words', async () => {
  expect((await failureOf(openDatabase(temporaryFolder(), WORKSPACE))).message).toContain('cannot be read');
});

test('a worker connects to a file that is up to date, and to no other', async () => {
  const file = await newWorkspace();
  const connection = connectDatabase(file, WORKSPACE);
  expect(connection.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(1);
  connection.pragma('user_version = 0');
  connection.close();
  expect((await failureOf(() => connectDatabase(file, WORKSPACE))).code).toBe('database');
  expect((await failureOf(() => connectDatabase(`${file}x`, WORKSPACE))).code).toBe('database');
});

test('a workspace that is open elsewhere is refused; a kill of that process frees it', async () => {
  const file = await newWorkspace();
  const holder = (await bundleChild('lock-holder'))(file);
  await holder.said('locked');
  const size = statSync(file).size;
  const failure = await failureOf(openWorkspace(file));
  expect([failure.code, failure.message]).toEqual([
    'database',
    expect.stringContaining('already open in another Laurel command'),
  ]);
  expect(statSync(file).size).toBe(size);
  holder.kill();
  await holder.ended;
  const workspace = await openWorkspace(file);
  expect((await failureOf(() => lockFile(file, 'window'))).code).toBe('database');
  workspace.close();
  lockFile(file, 'window').release();
});
