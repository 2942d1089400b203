import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { orgFileOf, WORKSPACE } from '../../../db/kinds';
import { openBackend } from '../../../electron/backend/backend';
import { GrantedFiles } from '../../../electron/backend/files/granted-files';
import { claimedBadge, issue } from '../issuance/issuance-calls';
import { testBackend } from '../open-backend';
import { inEnglish } from '../../../shared/words/english';

test('the workspace describes itself', async () => {
  const backend = await testBackend();
  await backend.call('badges.create', {});
  expect(await backend.call('workspace.describe', {})).toEqual({
    appVersion: '0.0.0-test',
    runtime: 'Node of the tests',
    workspaceName: 'test',
    schemaVersion: WORKSPACE.migrations.length,
    badges: 1,
    requests: 0,
    notices: [],
  });
  expect(await backend.call('workspace.echo', { value: { a: [1, null] } })).toEqual({ value: { a: [1, null] } });
});

test('settings change one by one, an unknown zone is refused, and all of it survives a restart', async () => {
  const backend = await testBackend();
  const defaults = { timeZone: 'UTC', refuseOverlappingAwards: false, allowPastStart: false };
  expect(await backend.call('settings.get', {})).toEqual(defaults);
  await backend.call('settings.update', { timeZone: 'Europe/Berlin' });
  await backend.call('settings.update', { refuseOverlappingAwards: true });
  await expect(
    backend.call('settings.update', { timeZone: 'Europe/Atlantis', allowPastStart: true }),
  ).rejects.toMatchObject({ code: 'invalid-input' });
  await backend.restart();
  expect(await backend.call('settings.get', {})).toEqual({
    ...defaults,
    timeZone: 'Europe/Berlin',
    refuseOverlappingAwards: true,
  });
});

test('a job that a kill cut short is told at the next start, once', async () => {
  const backend = await testBackend();
  await backend.close();
  const connection = new Database(backend.workspacePath);
  connection
    .prepare('INSERT INTO jobs (title, request_id, started_on) VALUES (?, ?, 1)')
    .run('Award of Summer visitor', 'lost-request');
  connection.close();
  await backend.open();
  // A start that ended before anybody asked told nobody.
  await backend.restart();
  const { notices } = await backend.call('workspace.describe', {});
  expect(notices.map(inEnglish)).toEqual([
    'Award of Summer visitor was cut short: Laurel ended, or could not write any more, before it was done. Nothing of it was kept; start it again when you are ready.',
  ]);
  await backend.restart();
  expect(backend.backend.notices).toEqual([]);
});

test('an update is told until somebody was told, whichever start it was done in', async () => {
  const backend = await testBackend();
  await backend.close();
  const databases = path.resolve('test/fixtures/databases');
  copyFileSync(path.join(databases, 'v0003-workspace.sqlite'), backend.workspacePath);
  copyFileSync(path.join(databases, 'v0002-org.sqlite'), orgFileOf(backend.workspacePath));
  await backend.open();
  await backend.restart();
  const updates = (): string[] =>
    backend.backend.notices.map(inEnglish).filter((notice) => notice.includes('brought up to date'));
  expect(updates()).toEqual([
    'The workspace was brought up to date for this version. What it was before is in the list of backups, in Settings.',
  ]);
  await backend.call('workspace.describe', {});
  await backend.restart();
  expect(updates()).toEqual([]);
});

test('a job that failed and could not be struck out then is told with its cause at the next start', async () => {
  const backend = await testBackend();
  const badgeId = await claimedBadge(backend);
  const connection = new Database(backend.workspacePath);
  connection.exec("CREATE TRIGGER stuck BEFORE DELETE ON jobs BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
  // A request that fails while it is written, in words of its own.
  const org = new Database(orgFileOf(backend.workspacePath));
  org.exec("CREATE TRIGGER full BEFORE INSERT ON awards BEGIN SELECT RAISE(ABORT, 'no room'); END");
  await expect(issue(backend, { badgeId, action: 'award', to: '1' })).rejects.toThrow(/Issuing stopped/);
  await backend.close();
  connection.exec('DROP TRIGGER stuck');
  connection.close();
  org.exec('DROP TRIGGER full');
  org.close();
  await backend.open();
  expect(backend.backend.notices.map(inEnglish)).toEqual([
    expect.stringMatching(/^Award of .* was not done: Issuing stopped .* Nothing of it was kept; start it again/),
  ]);
  await backend.call('workspace.describe', {});
  await backend.restart();
  expect(backend.backend.notices).toEqual([]);
});

test('a job that could be struck out only at the end of this start is not told again', async () => {
  const backend = await testBackend();
  const badgeId = await claimedBadge(backend);
  const connection = new Database(backend.workspacePath);
  connection.exec("CREATE TRIGGER stuck BEFORE DELETE ON jobs BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
  await issue(backend, { badgeId, action: 'award', to: '1' });
  connection.exec('DROP TRIGGER stuck');
  connection.close();
  await backend.restart();
  expect(backend.backend.notices).toEqual([]);
});

test('when the org file cannot be opened, nothing stays open and the workspace can be opened again', async () => {
  const backend = await testBackend();
  await backend.close();
  const orgFile = `${backend.workspacePath}-org`;
  const whole = readFileSync(orgFile);
  writeFileSync(orgFile, 'not a database at all');
  await expect(backend.open()).rejects.toMatchObject({ code: 'database' });
  writeFileSync(orgFile, whole);
  await backend.open();
  expect((await backend.call('workspace.describe', {})).badges).toBe(0);
});

test('a second backend on the same workspace is refused while the first is open', async () => {
  const backend = await testBackend();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const second = openBackend({ workspacePath: backend.workspacePath, appVersion: '', runtime: '', log });
  await expect(second).rejects.toMatchObject({
    code: 'database',
    message: expect.stringContaining('already open') as string,
  });
});

test('files are reached by their token only, for what they were chosen for, and the oldest are forgotten', () => {
  const files = new GrantedFiles();
  const file = { path: '/tmp/customers.csv', name: 'customers.csv', bytes: 10, mode: 'read' as const };
  files.grant('a', file);
  expect(files.find('a', 'read')).toEqual(file);
  expect(() => files.find('a', 'write')).toThrow('Choose it again');
  expect(() => files.find('b', 'read')).toThrow('Choose it again');
  for (let index = 0; index < 500; index += 1) files.grant(`other ${String(index)}`, file);
  expect(() => files.find('a', 'read')).toThrow('Choose it again');
});
