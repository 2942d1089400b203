import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { orgFileOf } from '../../db/kinds';
import { badgeText } from '../domain/badge-bodies';
import { claimedBadge, issue } from '../backend/issuance/issuance-calls';
import { TestBackend } from '../backend/open-backend';
import { temporaryFolder } from '../db/temporary-folder';
import { bundleCommandLine } from '../setup/command-line-once';
import { laurelWithin } from './command-line';

beforeAll(bundleCommandLine);

const CUSTOMERS = 20_000;
/** Room for what the opening of a store writes, and far too little for the request. */
const ROOM = 128 * 1024;

test('a disk that is full in the middle of a request is said in words, nothing of it stays, and it can be made again', async () => {
  const folder = temporaryFolder();
  const backend = new TestBackend(folder);
  onTestFinished(() => backend.close());
  await backend.open();
  const badgeId = await claimedBadge(backend);
  await issue(backend, { badgeId, action: 'award', to: '1 2 3', requestId: 'before' });
  await backend.close();
  writeFileSync(path.join(folder, 'five.badge.json'), badgeText());
  writeFileSync(
    path.join(folder, 'many.csv'),
    Array.from({ length: CUSTOMERS }, (_, at) => `${String(at + 10)}\n`).join(''),
  );
  const largest = Math.max(...readdirSync(folder).map((name) => statSync(path.join(folder, name)).size));
  const call = [
    ...['issue', '--workspace', path.basename(backend.workspacePath), '--badge', 'five.badge.json'],
    ...['--customers', 'many.csv', '--action', 'award', '--owner', 'Loyalty:626', '--at', '2026-05-05T00:00:00Z'],
    ...['--request-id', 'full'],
  ];
  const { code, out, error } = await laurelWithin(largest + ROOM, folder, ...call);
  expect([code, out]).toEqual([1, '']);
  expect(error).toMatch(/Issuing failed and nothing was changed\. The disk (?:is full|reported an error)/);
  expect(error).not.toMatch(/\n\s+at /);

  await backend.open();
  // It ended in order and told its cause then: the next start has nothing to add.
  expect(backend.backend.notices).toEqual([]);
  const { rows } = await backend.call('requests.list', { offset: 0, limit: 10 });
  expect(rows.map(({ requestId, succeeded }) => [requestId, succeeded])).toEqual([['before', 3]]);
  expect(await issue(backend, { badgeId, action: 'award', to: '20', requestId: 'full' })).toMatchObject({
    state: 'answered',
    succeeded: 1,
  });
  await backend.close();
  const org = new Database(orgFileOf(backend.workspacePath));
  expect(org.pragma('integrity_check', { simple: true })).toBe('ok');
  org.close();
});
