import { statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { orgFileOf } from '../../../db/kinds';
import { workerEntries } from '../../../scripts/build/entries.mjs';
import { bundleChild } from '../../db/child-program';
import { claimedBadge, issue } from './issuance-calls';
import { testBackend } from '../open-backend';
import { inEnglish } from '../../../shared/words/english';

it('a request that a kill cut short is gone wholly, the next start says so, and the file is whole', async () => {
  const backend = await testBackend();
  const badgeId = await claimedBadge(backend);
  await issue(backend, { badgeId, action: 'award', to: '1 2 3', requestId: 'before' });
  await backend.close();
  const source = path.join(import.meta.dirname, 'children', 'long-request.ts');
  const start = await bundleChild('long-request', source, workerEntries());
  const program = start(backend.workspacePath, badgeId);
  await program.said('under way');
  program.kill();
  expect((await program.ended).signal).toBe('SIGKILL');
  // Some of the request had reached the disk.
  expect(statSync(`${orgFileOf(backend.workspacePath)}-wal`).size).toBeGreaterThan(1_000_000);
  await backend.open();
  expect(backend.backend.notices.map(inEnglish)).toEqual([
    'Award of Five visits, request killed was cut short: Laurel ended, or could not write any more, before it was done. Nothing of it was kept; start it again when you are ready.',
  ]);
  const { total, rows } = await backend.call('requests.list', {});
  expect([total, rows[0]?.requestId, rows[0]?.succeeded]).toEqual([1, 'before', 3]);
  await backend.close();
  const connection = new Database(orgFileOf(backend.workspacePath));
  expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(connection.prepare('SELECT count(*) FROM awards').pluck().get()).toBe(3);
  connection.close();
  await backend.open();
  expect(await issue(backend, { badgeId, action: 'award', to: '4', requestId: 'killed' })).toMatchObject({
    succeeded: 1,
  });
});
