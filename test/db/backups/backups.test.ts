import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { backupView, storedBackups } from '../../../db/backups/backups';
import { lookIntoBackup } from '../../../db/backups/look';
import { chooseBackupFolder, usualFolder } from '../../../db/backups/place';
import { carryOutRestore, finishRestore, orderRestore, restoreBackup } from '../../../db/backups/restore';
import { takeBackup, type TakenBackup } from '../../../db/backups/take';
import { orgFileOf } from '../../../db/kinds';
import { lockFile } from '../../../db/lock';
import { realFile } from '../../../db/real-file';
import { HOUR, instantOf, type Instant } from '../../../shared/domain/instant';
import type { BackupOccasion } from '../../../shared/ipc/backups-contract';
import { Failure } from '../../../shared/ipc/errors';
import { testBackend, type TestBackend } from '../../backend/open-backend';
import { temporaryFolder } from '../temporary-folder';
import { inEnglish } from '../../../shared/words/english';

let clock: Instant = instantOf('2026-05-04T10:00:00Z');
const take = (workspaceFile: string, occasion: BackupOccasion = 'by-hand'): Promise<TakenBackup> =>
  takeBackup({ workspaceFile, occasion, appVersion: '1.0.0-test', now: (clock += HOUR) });
const restore = (workspaceFile: string, id: string): ReturnType<typeof restoreBackup> =>
  restoreBackup({ workspaceFile, id, appVersion: '1.0.0-test', now: (clock += HOUR), role: 'command' });

async function withBadge(backend: TestBackend): Promise<void> {
  await backend.call('badges.create', { label: 'New', migration: false });
}

async function badgesOf(backend: TestBackend): Promise<number> {
  return (await backend.call('workspace.describe', {})).badges;
}

async function wordsOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    return (error as Failure).message;
  }
  throw new Error('It should have failed.');
}

describe('a backup', () => {
  test('is a whole copy of both files, made while they are open, that can be opened for reading', async () => {
    const backend = await testBackend();
    await withBadge(backend);
    const { backup } = await take(backend.workspacePath);
    const [stored] = storedBackups(backend.workspacePath);
    expect(stored).toEqual(backup);
    expect(readdirSync(backup.folder).sort()).toEqual(['backup.json', 'test.laurel', 'test.laurel-org']);
    expect(backupView(backup)).toMatchObject({ occasion: 'by-hand', bar: null, counts: { badges: 1, requests: 0 } });
    await withBadge(backend);
    expect(lookIntoBackup(backend.workspacePath, backup.id)).toMatchObject({
      whole: true,
      backup: { counts: { badges: 1 } },
      present: { badges: 2 },
    });
    // Looking leaves nothing behind.
    expect(readdirSync(backup.folder).length).toBe(3);
  });

  test('is of one instant: what is written to both files while it is made is in both copies or in neither', async () => {
    const backend = await testBackend();
    const workspace = new Database(backend.workspacePath);
    const org = new Database(orgFileOf(backend.workspacePath));
    for (const connection of [workspace, org]) {
      connection.exec('CREATE TABLE pace (n INTEGER); INSERT INTO pace VALUES (0)');
      connection.pragma('busy_timeout = 2000');
    }
    let goes = true;
    let written = 0;
    const writer = (async () => {
      while (goes) {
        written += 1;
        workspace.prepare('UPDATE pace SET n = ?').run(written);
        org.prepare('UPDATE pace SET n = ?').run(written);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (let made = 0; made < 5; made += 1) {
      const { backup } = await take(backend.workspacePath);
      const [one, other] = ['test.laurel', 'test.laurel-org'].map((name) => {
        const copy = new Database(path.join(backup.folder, name), { readonly: true });
        const value = copy.prepare('SELECT n FROM pace').pluck().get();
        copy.close();
        return value;
      });
      expect(one).toBe(other);
    }
    goes = false;
    await writer;
    expect(written).toBeGreaterThan(5);
    workspace.close();
    org.close();
  });

  test('that is half written, cut or without its words is never listed as good', async () => {
    const backend = await testBackend();
    const { backup } = await take(backend.workspacePath);
    const folder = usualFolder(backend.workspacePath);
    mkdirSync(path.join(folder, '.laurel-0123.unfinished'));
    writeFileSync(path.join(folder, '.laurel-0123.unfinished', 'test.laurel'), 'half');
    mkdirSync(path.join(folder, 'without-words'));
    expect(storedBackups(backend.workspacePath).map(({ id }) => id)).toEqual([backup.id]);
    truncateSync(path.join(backup.folder, 'test.laurel-org'), 4096);
    expect(backupView(backup).bar).toBe('damaged');
    expect(await wordsOf(() => restore(backend.workspacePath, backup.id))).toContain('already open');
    await backend.close();
    expect(await wordsOf(() => restore(backend.workspacePath, backup.id))).toContain('not whole');
    // The next one takes away what a kill left.
    await take(backend.workspacePath);
    expect(existsSync(path.join(folder, '.laurel-0123.unfinished'))).toBe(false);
  });

  test('whose bytes were changed is found by the look into it', async () => {
    const backend = await testBackend();
    const { backup } = await take(backend.workspacePath);
    const file = path.join(backup.folder, 'test.laurel');
    const bytes = readFileSync(file);
    bytes.fill(0x55, 4096, 12_288);
    writeFileSync(file, bytes);
    expect(lookIntoBackup(backend.workspacePath, backup.id)).toMatchObject({
      whole: false,
      backup: { bar: 'damaged' },
    });
  });

  test('at intervals is made only where something has changed since', async () => {
    const backend = await testBackend();
    const first = await take(backend.workspacePath, 'interval');
    const second = await take(backend.workspacePath, 'interval');
    expect([second.isOld, second.backup.id]).toEqual([true, first.backup.id]);
    await withBadge(backend);
    expect((await take(backend.workspacePath, 'interval')).isOld).toBe(false);
    expect(storedBackups(backend.workspacePath).length).toBe(2);
  });

  test('of large files says how far the copy is, from nothing to all of both', async () => {
    const backend = await testBackend();
    const org = new Database(orgFileOf(backend.workspacePath));
    org.exec('CREATE TABLE filler (bytes BLOB); INSERT INTO filler VALUES (zeroblob(30000000))');
    org.close();
    const told: { stage: string; done: number; total: number }[] = [];
    const watch = { progress: (report: (typeof told)[number]) => void told.push(report) };
    await takeBackup(
      { workspaceFile: backend.workspacePath, occasion: 'by-hand', appVersion: '1', now: (clock += HOUR) },
      watch as never,
    );
    const copied = told.filter(({ stage }) => stage === 'copy');
    const shares = copied.map(({ done, total }) => done / total);
    expect(shares).toEqual(shares.toSorted((one, other) => one - other));
    expect(shares.some((share) => share > 0.2 && share < 0.8)).toBe(true);
    for (const { done, total } of copied) expect(done).toBeLessThanOrEqual(total);
    expect(copied[0]!.total).toBeGreaterThan(30_000_000);
  });

  test('of a damaged workspace is refused wherever it was to go', async () => {
    const backend = await testBackend();
    const chosen = temporaryFolder();
    const file = backend.workspacePath;
    chooseBackupFolder(file, chosen);
    await backend.close();
    writeFileSync(orgFileOf(file), 'This is no org. '.repeat(400));
    const before = storedBackups(file).length;
    expect(await wordsOf(() => take(file))).toMatch(/^No backup could be made/);
    expect(storedBackups(file).length).toBe(before);
  });

  test('goes into the folder that was chosen, beside the workspace where that is gone, and both are listed', async () => {
    const backend = await testBackend();
    const chosen = temporaryFolder();
    const file = backend.workspacePath;
    chooseBackupFolder(file, chosen);
    const { backup, elsewhere } = await take(file);
    expect([path.dirname(path.dirname(backup.folder)), elsewhere]).toEqual([chosen, null]);
    rmSync(chosen, { recursive: true });
    const next = await take(file);
    expect(path.dirname(next.backup.folder)).toBe(usualFolder(file));
    expect(next.elsewhere?.key).toBe('backups.elsewhere');
    expect(await wordsOf(() => chooseBackupFolder(file, chosen))).toContain('is no folder');
  });

  test('where no folder can be written says why, and leaves nothing', async () => {
    const backend = await testBackend();
    writeFileSync(usualFolder(backend.workspacePath), 'a file in its place');
    expect(await wordsOf(() => take(backend.workspacePath))).toMatch(/^No backup could be made: .*Nothing was changed/);
  });
});

describe('a restore', () => {
  test('puts the old state back, and the state from before is in the list', async () => {
    const backend = await testBackend();
    await withBadge(backend);
    const { backup } = await take(backend.workspacePath);
    await withBadge(backend);
    await backend.close();
    const { before } = await restore(backend.workspacePath, backup.id);
    await backend.open();
    expect(await badgesOf(backend)).toBe(1);
    expect(backupView(before!.backup)).toMatchObject({ occasion: 'restore', counts: { badges: 2 } });
    await backend.close();
    await restore(backend.workspacePath, before!.backup.id);
    await backend.open();
    expect(await badgesOf(backend)).toBe(2);
  });

  test('of a damaged workspace keeps its bytes', async () => {
    const backend = await testBackend();
    await withBadge(backend);
    const { backup } = await take(backend.workspacePath);
    await backend.close();
    const garbage = 'This is not a workspace. '.repeat(400);
    writeFileSync(backend.workspacePath, garbage);
    const { before } = await restore(backend.workspacePath, backup.id);
    expect(readFileSync(path.join(before!.backup.folder, 'test.laurel'), 'utf8')).toBe(garbage);
    expect(backupView(before!.backup).bar).toBe('damaged');
    await backend.open();
    expect(await badgesOf(backend)).toBe(1);
  });

  test('of a workspace of a newer Laurel, and of one that is gone', async () => {
    const backend = await testBackend();
    await withBadge(backend);
    const { backup } = await take(backend.workspacePath);
    await backend.close();
    const newer = new Database(backend.workspacePath);
    newer.pragma('user_version = 99');
    newer.close();
    expect(await wordsOf(() => backend.open())).toContain('newer Laurel');
    const { before } = await restore(backend.workspacePath, backup.id);
    expect(backupView(before!.backup)).toMatchObject({ bar: 'newer', schema: { workspace: 99 } });
    expect(await wordsOf(() => restore(backend.workspacePath, before!.backup.id))).toContain('A newer Laurel made');
    for (const file of [backend.workspacePath, orgFileOf(backend.workspacePath)]) rmSync(file);
    expect((await restore(backend.workspacePath, backup.id)).before).toBeNull();
    await backend.open();
    expect(await badgesOf(backend)).toBe(1);
  });

  test('does not give the restored file the log of the one before', async () => {
    const backend = await testBackend();
    const { backup } = await take(backend.workspacePath);
    await withBadge(backend);
    await backend.close();
    // As a kill leaves it: what was written last is in the log still.
    const open = new Database(backend.workspacePath);
    open.pragma('wal_autocheckpoint = 0');
    open.exec(`INSERT INTO settings VALUES ('note', '"in the log"')`);
    const log = readFileSync(`${backend.workspacePath}-wal`);
    open.close();
    const staged = `${realFile(backend.workspacePath)}-restoring`;
    mkdirSync(staged);
    writeFileSync(path.join(staged, 'test.laurel'), readFileSync(path.join(backup.folder, 'test.laurel')));
    writeFileSync(`${backend.workspacePath}-wal`, log);
    finishRestore(realFile(backend.workspacePath));
    const restored = new Database(backend.workspacePath);
    expect(restored.prepare("SELECT count(*) FROM settings WHERE name = 'note'").pluck().get()).toBe(0);
    restored.close();
  });

  test('that was ordered is carried out by the next start, once, and says so', async () => {
    const backend = await testBackend();
    await withBadge(backend);
    const { backup } = await take(backend.workspacePath);
    await withBadge(backend);
    orderRestore(backend.workspacePath, backup.id);
    await backend.restart();
    expect(await badgesOf(backend)).toBe(1);
    expect(inEnglish(backend.backend.notices[0]!)).toContain('was restored');
    await withBadge(backend);
    await backend.restart();
    expect([await badgesOf(backend), backend.backend.notices]).toEqual([2, []]);
  });

  test('an order that cannot be carried out leaves the workspace as it was, in words', async () => {
    const backend = await testBackend();
    const { backup } = await take(backend.workspacePath);
    await withBadge(backend);
    orderRestore(backend.workspacePath, backup.id);
    rmSync(backup.folder, { recursive: true });
    await backend.restart();
    expect(await badgesOf(backend)).toBe(1);
    expect(inEnglish(backend.backend.notices[0]!)).toContain('not there any more');
  });

  test('a restore that was cut between the two files is finished by the next start', async () => {
    const backend = await testBackend();
    await withBadge(backend);
    const { backup } = await take(backend.workspacePath);
    await withBadge(backend);
    await backend.close();
    const staged = `${realFile(backend.workspacePath)}-restoring`;
    mkdirSync(staged);
    // The org file has moved already; the workspace has not.
    writeFileSync(path.join(staged, 'test.laurel'), readFileSync(path.join(backup.folder, 'test.laurel')));
    await backend.open();
    expect(await badgesOf(backend)).toBe(1);
    expect(inEnglish(backend.backend.notices[0]!)).toContain('has been finished');
    expect(existsSync(staged)).toBe(false);
    finishRestore(backend.workspacePath);
  });

  test('is refused while the workspace is open elsewhere', async () => {
    const backend = await testBackend();
    const { backup } = await take(backend.workspacePath);
    await backend.close();
    const lock = lockFile(backend.workspacePath, 'practice');
    orderRestore(backend.workspacePath, backup.id);
    const again = { workspaceFile: backend.workspacePath, appVersion: '1', now: clock, role: 'command' } as const;
    expect((await carryOutRestore(again))?.key).toBe('backups.notRestoredBecause');
    lock.release();
    expect(await carryOutRestore(again)).toBeNull();
  });
});
