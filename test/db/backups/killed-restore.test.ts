import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { backupView, storedBackup, storedBackups } from '../../../db/backups/backups';
import { takeBackup } from '../../../db/backups/take';
import { realFile } from '../../../db/real-file';
import { instantOf } from '../../../shared/domain/instant';
import { claimedBadge, issue } from '../../backend/issuance/issuance-calls';
import { testBackend } from '../../backend/open-backend';
import { atLength } from '../../setup/length';
import { bundleChild } from '../child-program';

/** Milliseconds after its beginning; the first restores take some 100 ms each. */
const KILLS = Array.from({ length: atLength(4, 40) }, (_, kill) => kill * atLength(62, 9));
const take = (workspaceFile: string) =>
  takeBackup({ workspaceFile, occasion: 'by-hand', appVersion: '1', now: instantOf('2026-05-05T10:00:00Z') });

test('a restore that is killed at any instant leaves the one pair of files or the other, and both backups', async () => {
  const start = await bundleChild('restores');
  const backend = await testBackend();
  const file = realFile(backend.workspacePath);
  const badgeId = await claimedBadge(backend);
  const one = await take(file);
  await issue(backend, { badgeId, action: 'award', to: '1001' });
  await claimedBadge(backend, { name: 'Second' });
  const other = await take(file);
  await backend.close();
  const seen = new Set<string>();
  for (const instant of KILLS) {
    const child = start(file, one.backup.id, other.backup.id);
    await child.said('begins');
    await wait(instant);
    child.kill();
    await child.ended;
    await backend.open();
    const { badges, requests } = await backend.call('workspace.describe', {});
    seen.add(`${String(badges)}.${String(requests)}`);
    await backend.close();
    for (const { id } of [one.backup, other.backup]) expect(backupView(storedBackup(file, id)).bar).toBeNull();
    // Nothing half written is ever in the list.
    expect(
      storedBackups(file)
        .map((backup) => backupView(backup).bar)
        .filter((bar) => bar !== null),
    ).toEqual([]);
  }
  expect([...seen].filter((state) => state !== '1.0' && state !== '2.1')).toEqual([]);
});
