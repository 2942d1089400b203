import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openBackend } from '../../../electron/backend/backend';
import { guarded } from '../../../electron/backend/store/guard';
import { orgFileOf } from '../../../db/kinds';
import type { Handlers } from '../../../shared/ipc/contract';
import { claimedBadge, issue } from '../issuance/issuance-calls';
import { testBackend, type TestBackend } from '../open-backend';
import { inEnglish } from '../../../shared/words/english';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A backend with one answered request, closed. */
async function used(): Promise<{ backend: TestBackend; orgFile: string }> {
  const backend = await testBackend();
  await issue(backend, { badgeId: await claimedBadge(backend), action: 'award', to: '1\n2' });
  await backend.close();
  return { backend, orgFile: orgFileOf(backend.workspacePath) };
}

const requestsOf = async (backend: TestBackend): Promise<number> =>
  (await backend.call('workspace.describe', {})).requests;

test('under a link the same history is found, and none is made beside the link', async () => {
  const { backend } = await used();
  const link = path.join(path.dirname(backend.workspacePath), 'link.laurel');
  symlinkSync(backend.workspacePath, link);
  const opened = await openBackend({ workspacePath: link, appVersion: '', runtime: '', log: silent });
  expect((await opened.handlers['workspace.describe']({})).requests).toBe(1);
  await opened.close();
  expect(existsSync(orgFileOf(link))).toBe(false);
});

test.each([
  ['missing', (orgFile: string) => rmSync(orgFile)],
  ['empty', (orgFile: string) => writeFileSync(orgFile, '')],
])(
  'an org file that is %s is told, never replaced; a new history is begun only where a person asks for one',
  async (what, lose) => {
    const { backend, orgFile } = await used();
    copyFileSync(orgFile, `${orgFile}.aside`);
    lose(orgFile);
    await expect(backend.open()).rejects.toMatchObject({
      code: 'database',
      message: expect.stringMatching(`is ${what}\\. Nothing was changed.*new history`) as string,
    });
    expect(existsSync(orgFile) ? readFileSync(orgFile, 'utf8') : '').toBe('');
    writeFileSync(orgFile, ' New history\n');
    await backend.open();
    expect(await requestsOf(backend)).toBe(0);
    expect(backend.backend.notices.map(inEnglish)).toEqual([expect.stringContaining('as you asked')]);
    await backend.restart();
    expect(backend.backend.notices).toEqual([]);
    await backend.close();
    copyFileSync(`${orgFile}.aside`, orgFile);
    await backend.open();
    expect(backend.backend.notices.map(inEnglish)).toEqual([expect.stringContaining('another history than the one')]);
    expect(await requestsOf(backend)).toBe(1);
  },
);

test('a workspace of an earlier version, without a mark of its org file, misses that file, too', async () => {
  const { backend, orgFile } = await used();
  const connection = new Database(backend.workspacePath);
  connection.exec("DELETE FROM settings WHERE name = 'orgFile'");
  connection.close();
  renameSync(orgFile, `${orgFile}.aside`);
  await expect(backend.open()).rejects.toMatchObject({ message: expect.stringContaining('is missing') as string });
  renameSync(`${orgFile}.aside`, orgFile);
  await backend.open();
  expect([await requestsOf(backend), backend.backend.notices]).toEqual([1, []]);
});

test('a missing workspace beside its history is told, never replaced by an empty one', async () => {
  const { backend, orgFile } = await used();
  const file = backend.workspacePath;
  renameSync(file, `${file}.aside`);
  await expect(backend.open()).rejects.toMatchObject({
    message: expect.stringMatching(/test.laurel is missing, but the history .* is there/) as string,
  });
  expect(existsSync(file)).toBe(false);
  renameSync(orgFile, `${orgFile}.elsewhere`);
  await backend.open();
  expect(await requestsOf(backend)).toBe(0);
});

test('where a file of the store is taken away while it is open, no call answers as if something were kept', async () => {
  const backend = await testBackend();
  const badgeId = await claimedBadge(backend);
  for (const file of [backend.workspacePath, orgFileOf(backend.workspacePath)]) {
    renameSync(file, `${file}.aside`);
    const taken = { code: 'database', message: expect.stringContaining('was deleted, moved or replaced') as string };
    await expect((async () => issue(backend, { badgeId, action: 'award', to: '1' }))()).rejects.toMatchObject(taken);
    await expect(backend.call('badges.create', { body: '{}' })).rejects.toMatchObject(taken);
    renameSync(`${file}.aside`, file);
  }
  expect(await issue(backend, { badgeId, action: 'award', to: '1' })).toMatchObject({ succeeded: 1 });
});

test('a request that was answered is answered so, although the workspace cannot be written any more', async () => {
  const backend = await testBackend();
  const badgeId = await claimedBadge(backend);
  const other = new Database(backend.workspacePath);
  other.exec("CREATE TRIGGER full BEFORE DELETE ON jobs BEGIN SELECT RAISE(FAIL, 'the disk is full'); END");
  expect(await issue(backend, { badgeId, action: 'award', to: '1\n2', requestId: 'kept' })).toMatchObject({
    state: 'answered',
    succeeded: 2,
  });
  other.exec('DROP TRIGGER full');
  other.close();
  // The note of the work is struck out at the latest when Laurel ends: nothing is left to be told.
  await backend.restart();
  expect(backend.backend.notices).toEqual([]);
});

test('an error of the disk in the middle of a call is told in words, whether it comes at once or later', async () => {
  const full = new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
  const handlers = guarded(
    {
      'settings.get': () => {
        throw full;
      },
      'workspace.echo': () => Promise.reject(full),
      'badges.get': () => Promise.reject(new TypeError('ours')),
    } as unknown as Handlers,
    () => undefined,
    [],
  );
  const words = { code: 'database', message: expect.stringMatching(/disk is full.*saved before is safe/) as string };
  expect(() => handlers['settings.get']({})).toThrow(expect.objectContaining(words) as Error);
  await expect(handlers['workspace.echo']({ value: 1 })).rejects.toMatchObject(words);
  await expect(handlers['badges.get']({ id: '0'.repeat(24) })).rejects.toThrow('ours');
});
