import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished, expect, test } from 'vitest';
import { storedBackups } from '../../../db/backups/backups';
import { changeBackupNote, usualFolder } from '../../../db/backups/place';
import { orderRestore } from '../../../db/backups/restore';
import { takeBackup } from '../../../db/backups/take';
import { updateCopies } from '../../../db/backups/update-copies';
import { orgFileOf } from '../../../db/kinds';
import { realFile } from '../../../db/real-file';
import { openBackend, type Backend } from '../../../electron/backend/backend';
import { BackupKeeper } from '../../../electron/backend/store/backups/keeper';
import { DAY, HOUR, instantOf, type Instant } from '../../../shared/domain/instant';
import type { BackupProgress } from '../../../shared/ipc/backups-contract';
import type { Failure } from '../../../shared/ipc/errors';
import { temporaryFolder } from '../../db/temporary-folder';
import { testBackend, type TestBackend } from '../open-backend';
import { shutStoreOf } from './shut-store-of';

const MINUTE = HOUR / 60;
const START = instantOf('2026-05-04T09:30:00Z');
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Why and when each backup of a workspace was made, the latest first. */
const made = (workspaceFile: string): [occasion: string, madeOn: Instant][] =>
  storedBackups(workspaceFile).map(({ manifest: { occasion, madeOn } }) => [occasion, madeOn]);

const create = (backend: TestBackend): Promise<unknown> =>
  backend.call('badges.create', { label: 'New', migration: false });

async function badges(backend: TestBackend, count: number): Promise<string[]> {
  for (let each = 0; each < count; each += 1) await create(backend);
  return [...(await backend.call('badges.ids', {})).ids];
}

/** One who waits for a backup, hears how far it is, and stops it at the first word where asked. */
function waiting(stops = false) {
  const abort = new AbortController();
  const heard: BackupProgress[] = [];
  const progress = (report: BackupProgress): void => {
    heard.push(report);
    if (stops) abort.abort();
  };
  return { signal: abort.signal, progress, heard };
}

/** A keeper of its own beside an open workspace, which looks when the test says so, by the test's clock. */
function keeperOf(workspaceFile: string): { keeper: BackupKeeper; clock: { now: Instant } } {
  const clock = { now: START };
  const keeper = new BackupKeeper({ workspaceFile, appVersion: '1', now: () => clock.now, log, make: takeBackup });
  onTestFinished(() => keeper.close());
  return { keeper, clock };
}

test('at the interval a backup is made where something has changed, not before it, and none where nothing has', async () => {
  const backend = await testBackend();
  const file = realFile(backend.workspacePath);
  const { keeper, clock } = keeperOf(file);
  await keeper.takeIfDue();
  expect(made(file)).toEqual([['interval', START]]);
  await create(backend);
  clock.now = START + HOUR - MINUTE;
  expect(await keeper.takeIfDue()).toBeNull();
  clock.now = START + HOUR;
  await keeper.takeIfDue();
  expect(made(file)[0]).toEqual(['interval', START + HOUR]);
  for (let hours = 2; hours < 6; hours += 1) {
    clock.now = START + hours * HOUR;
    await keeper.takeIfDue();
  }
  expect(made(file).length).toBe(2);
  await create(backend);
  await keeper.takeIfDue();
  expect(made(file)[0]).toEqual(['interval', START + 5 * HOUR]);
});

test('what a person made counts for the interval, and is not made a second time where nothing has changed since', async () => {
  const backend = await testBackend();
  const file = realFile(backend.workspacePath);
  const { keeper, clock } = keeperOf(file);
  await keeper.take('by-hand');
  await create(backend);
  clock.now = START + HOUR / 2;
  expect(await keeper.takeIfDue()).toBeNull();
  await keeper.take('by-hand');
  clock.now = START + 2 * HOUR;
  expect((await keeper.takeIfDue())?.isOld).toBe(true);
  expect(made(file).map(([occasion]) => occasion)).toEqual(['by-hand', 'by-hand']);
});

test.each([
  ['four-hours', 4 * HOUR],
  ['day', DAY],
] as const)('the interval that was chosen holds: %s', async (interval, length) => {
  const backend = await testBackend();
  const file = realFile(backend.workspacePath);
  const { keeper, clock } = keeperOf(file);
  changeBackupNote(file, { interval });
  await keeper.takeIfDue();
  await create(backend);
  clock.now = START + length - MINUTE;
  await keeper.takeIfDue();
  expect(made(file).length).toBe(1);
  clock.now = START + length;
  await keeper.takeIfDue();
  expect(made(file).length).toBe(2);
});

test('where only risks are to be saved, no time is the right one', async () => {
  const backend = await testBackend();
  const file = realFile(backend.workspacePath);
  const { keeper, clock } = keeperOf(file);
  changeBackupNote(file, { interval: 'never' });
  clock.now = START + 400 * DAY;
  expect(await keeper.takeIfDue()).toBeNull();
  expect(made(file)).toEqual([]);
});

test('a clock that is set back keeps no backup from being made', async () => {
  const backend = await testBackend();
  const file = realFile(backend.workspacePath);
  const { keeper, clock } = keeperOf(file);
  clock.now = START + 30 * DAY;
  await keeper.takeIfDue();
  clock.now = START;
  await create(backend);
  await keeper.takeIfDue();
  expect(made(file)).toEqual([
    ['interval', START + 30 * DAY],
    ['interval', START],
  ]);
  // From then on the interval counts from the right time.
  await create(backend);
  clock.now = START + HOUR / 2;
  expect(await keeper.takeIfDue()).toBeNull();
  clock.now = START + HOUR;
  await keeper.takeIfDue();
  expect(made(file).length).toBe(3);
});

test('one that could not be made at the interval is said, and tried again ten minutes later', async () => {
  const backend = await testBackend();
  const file = realFile(backend.workspacePath);
  const { keeper, clock } = keeperOf(file);
  const chosen = path.join(temporaryFolder(), 'a file');
  writeFileSync(chosen, '');
  writeFileSync(usualFolder(file), 'a file in its place');
  changeBackupNote(file, { folder: chosen });
  expect(await keeper.takeIfDue()).toBeNull();
  expect(keeper.trouble?.key).toBe('backups.notMadeLately');
  changeBackupNote(file, { folder: temporaryFolder() });
  clock.now = START + 9 * MINUTE;
  expect(await keeper.takeIfDue()).toBeNull();
  clock.now = START + 10 * MINUTE;
  await keeper.takeIfDue();
  expect([made(file), keeper.trouble]).toEqual([[['interval', START + 10 * MINUTE]], null]);
});

test('before ten badges are deleted at once a backup holds them, before nine none is made', async () => {
  const backend = await testBackend();
  const ids = await badges(backend, 19);
  backend.now = START + HOUR;
  await backend.call('badges.delete', { ids: ids.slice(0, 9) });
  expect(made(backend.workspacePath)).toEqual([]);
  await backend.call('badges.delete', { ids: ids.slice(9) });
  expect(made(backend.workspacePath)).toEqual([['deletion', START + HOUR]]);
  expect(storedBackups(backend.workspacePath)[0]?.manifest.counts.badges).toBe(10);
});

test('a deletion in several calls has one backup, of all that there was before it', async () => {
  const backend = await testBackend();
  const ids = await badges(backend, 30);
  const watch = waiting();
  const { backup } = await backend.backend.handlers['backups.beforeDeletion']({ things: 30 }, watch);
  expect(watch.heard.at(-1)).toMatchObject({ stage: 'check' });
  for (const at of [0, 10, 20]) await backend.call('badges.delete', { ids: ids.slice(at, at + 10), backup: backup! });
  expect(storedBackups(backend.workspacePath).map(({ id, manifest }) => [id, manifest.counts.badges])).toEqual([
    [backup, 30],
  ]);
  await badges(backend, 10);
  // One that was made for another deletion, or by nobody, counts for none.
  await backend.call('badges.delete', { ids: [...(await backend.call('badges.ids', {})).ids], backup: 'none' });
  expect(made(backend.workspacePath).length).toBe(2);
  expect(await backend.backend.handlers['backups.beforeDeletion']({ things: 9 }, waiting())).toEqual({ backup: null });
});

test('a backup tells how far it is, and one that is stopped leaves nothing behind and no trouble', async () => {
  const backend = await testBackend();
  const { 'backups.take': takeNow, 'backups.beforeDeletion': before } = backend.backend.handlers;
  await expect(takeNow({}, waiting(true))).rejects.toMatchObject({ code: 'cancelled' });
  await expect(before({ things: 10 }, waiting(true))).rejects.toThrow('Cancelled. Nothing was deleted.');
  expect(readdirSync(usualFolder(backend.workspacePath))).toEqual([]);
  expect((await backend.call('backups.list', {})).trouble).toBeNull();
  const chosen = temporaryFolder();
  changeBackupNote(realFile(backend.workspacePath), { folder: chosen });
  await expect(takeNow({}, waiting(true))).rejects.toMatchObject({ code: 'cancelled' });
  expect(readdirSync(usualFolder(backend.workspacePath))).toEqual([]);
  const { heard, ...watch } = waiting();
  await takeNow({}, watch);
  expect(new Set(heard.map(({ stage }) => stage))).toEqual(new Set(['copy', 'check']));
  expect(heard.every(({ done, total }) => total > 0 && done <= total)).toBe(true);
});

test('where the backup before a large deletion cannot be made, nothing is deleted', async () => {
  const backend = await testBackend();
  const ids = await badges(backend, 10);
  writeFileSync(usualFolder(backend.workspacePath), 'a file in its place');
  await expect(backend.call('badges.delete', { ids })).rejects.toThrow('Nothing was deleted');
  expect((await backend.call('workspace.describe', {})).badges).toBe(10);
});

async function openAs(workspacePath: string, appVersion: string, now: Instant): Promise<Backend> {
  const backend = await openBackend({ workspacePath, appVersion, runtime: '', log, now: () => now });
  onTestFinished(() => backend.close());
  return backend;
}

test('before another version of Laurel opens a workspace for the first time, and not before the second', async () => {
  const file = realFile(path.join(temporaryFolder(), 'w.laurel'));
  const starts = ['1.0.0', '1.0.0', '1.1.0', '1.1.0', '1.0.0'];
  for (const [days, version] of starts.entries()) {
    await (await openAs(file, version, START + days * DAY)).close();
  }
  expect(made(file)).toEqual([
    ['update', START + 4 * DAY],
    ['update', START + 2 * DAY],
  ]);
});

test('an older Laurel names the newer one that opened a workspace, changes nothing, and still lists its backups', async () => {
  const file = realFile(path.join(temporaryFolder(), 'w.laurel'));
  await (await openAs(file, '1.0.0', START)).close();
  await (await openAs(file, '2.0.0', START + DAY)).close();
  const newer = new Database(file);
  newer.pragma('user_version = 99');
  newer.close();
  const before = readFileSync(file);
  const refused = await openAs(file, '1.0.0', START + 2 * DAY).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'database-newer' });
  expect((refused as Error).message).toMatch(/newer Laurel.*The last Laurel to open it was version 2\.0\.0\./);
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(made(file)).toEqual([['update', START + DAY]]);
  const shut = shutStoreOf(file, refused as Failure);
  const listed = await shut['backups.list']({});
  expect(listed.backups.map(({ occasion, appVersion }) => [occasion, appVersion])).toEqual([['update', '2.0.0']]);
});

test('before its files are brought up to date, a backup holds both in the form they had', async () => {
  const file = realFile(path.join(temporaryFolder(), 'w.laurel'));
  const databases = path.resolve('test/fixtures/databases');
  copyFileSync(path.join(databases, 'v0003-workspace.sqlite'), file);
  copyFileSync(path.join(databases, 'v0002-org.sqlite'), orgFileOf(file));
  await (await openAs(file, '1.0.0', START)).close();
  expect(made(file)).toEqual([['update', START]]);
  expect(storedBackups(file)[0]?.manifest.schema).toEqual({ workspace: 3, org: 2 });
  await (await openAs(file, '1.0.0', START + DAY)).close();
  expect(made(file).length).toBe(1);
});

test('while an update is tried again and again, what was saved before the first try stays', async () => {
  const backend = await testBackend();
  const { workspacePath } = backend;
  const order = { workspaceFile: workspacePath, occasion: 'update', appVersion: '1.0.0' } as const;
  changeBackupNote(workspacePath, { updatedFrom: { workspace: 1, org: 1 } });
  const { backup: first } = await takeBackup({ ...order, now: START });
  for (let tries = 1; tries <= 12; tries += 1) await takeBackup({ ...order, now: START + tries });
  expect(storedBackups(workspacePath).map(({ id }) => id)).toContain(first.id);
  expect(storedBackups(workspacePath)).toHaveLength(13);
  changeBackupNote(workspacePath, { updatedFrom: null });
  await takeBackup({ ...order, now: START + 13 });
  expect(storedBackups(workspacePath)).toHaveLength(10);
});

test('where one file of the two is damaged, and no whole backup can be made, the sound one is copied before its steps', async () => {
  const file = realFile(path.join(temporaryFolder(), 'w.laurel'));
  copyFileSync(path.resolve('test/fixtures/databases/v0003-workspace.sqlite'), file);
  writeFileSync(
    orgFileOf(file),
    readFileSync(path.resolve('test/fixtures/databases/v0002-org.sqlite')).subarray(0, 6_000),
  );
  await expect(openAs(file, '1.0.0', START)).rejects.toThrow('cannot be opened');
  expect([storedBackups(file), updateCopies(file).map(({ of }) => of)]).toEqual([[], ['workspace']]);
});

test('before a restore, and before an import takes the place of a workspace', async () => {
  const backend = await testBackend();
  const { workspacePath } = backend;
  const { id } = await backend.backend.handlers['backups.take']({}, waiting());
  await create(backend);
  orderRestore(workspacePath, id);
  backend.now = START + HOUR;
  await backend.restart();
  expect(made(workspacePath)).toEqual([
    ['restore', START + HOUR],
    ['by-hand', START],
  ]);
  expect(storedBackups(workspacePath)[0]?.manifest.counts.badges).toBe(1);
});

test('the rotation removes from the disk what it keeps no longer, and nothing else', async () => {
  const backend = await testBackend();
  const file = realFile(backend.workspacePath);
  const { keeper, clock } = keeperOf(file);
  await keeper.take('by-hand');
  // Three days of two backups, then eleven hours of a day three weeks later.
  const instants = [0, 1, 2].flatMap((day) => [1, 2].map((hour) => START + day * DAY + hour * HOUR));
  instants.push(...Array.from({ length: 11 }, (_, hour) => START + 21 * DAY + hour * HOUR));
  for (const instant of instants) {
    clock.now = instant;
    await create(backend);
    await keeper.takeIfDue();
  }
  const kept = made(file);
  expect(kept.map(([, madeOn]) => madeOn)).toEqual([
    ...instants.slice(-10).reverse(),
    // Of the week three weeks ago the newest, and what a person made.
    START + 2 * DAY + 2 * HOUR,
    START,
  ]);
  expect(readdirSync(usualFolder(file)).length).toBe(kept.length);
});
