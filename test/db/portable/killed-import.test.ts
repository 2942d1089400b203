import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { orderPlacing } from '../../../db/backups/restore';
import { buildFromExport } from '../../../db/portable/import';
import { writeExport } from '../../../db/portable/write-export';
import { realFile } from '../../../db/real-file';
import { instantOf } from '../../../shared/domain/instant';
import { testBackend, TestBackend } from '../../backend/open-backend';
import { bundleChild, type ChildProgram } from '../child-program';
import { temporaryFolder } from '../temporary-folder';

const unfinishedIn = (folder: string): string[] => readdirSync(folder).filter((name) => name.includes('.unfinished'));
const progress = (): void => undefined;

async function exported(folder: string): Promise<string> {
  const from = await testBackend();
  await from.call('badges.addSamples', {});
  const all = path.join(folder, 'all.zip');
  const order = {
    workspaceFile: from.workspacePath,
    appVersion: '1',
    now: instantOf('2026-05-05T10:00:00Z'),
    progress,
  };
  await writeExport(order, { path: all, form: 'zip' });
  return all;
}

/** Kills it while it builds: until something of it is left. */
async function killMidway(start: () => ChildProgram, folder: string): Promise<void> {
  for (;;) {
    const child = start();
    await child.said('begins');
    await wait(Math.random() * 100);
    child.kill();
    await child.ended;
    if (unfinishedIn(folder).length > 0) return;
  }
}

test('what a killed import has left goes with the next start, and with the next import', async () => {
  const start = await bundleChild('imports');
  const all = await exported(temporaryFolder());
  const folder = temporaryFolder();
  const target = realFile(path.join(folder, 'test.laurel'));
  await killMidway(() => start(all, target), folder);
  const backend = new TestBackend(folder);
  await backend.open();
  expect(unfinishedIn(folder)).toEqual([]);
  await backend.close();

  await killMidway(() => start(all, target), folder);
  const built = await buildFromExport({ source: all, workspaceFile: target, progress });
  expect(unfinishedIn(folder)).toEqual([path.basename(built)]);
  // It waits for the next start of its workspace, and no other's start beside it takes it away.
  orderPlacing(target, built);
  await backend.open();
  expect((await backend.call('workspace.describe', {})).badges).toBe(13);
  expect(unfinishedIn(folder)).toEqual([]);
  await backend.close();
});

test('what was built and waits for its start is kept, although the process that built it is no more', async () => {
  const start = await bundleChild('builds');
  const all = await exported(temporaryFolder());
  const folder = temporaryFolder();
  const target = realFile(path.join(folder, 'test.laurel'));
  await start(all, target).ended;
  const waiting = unfinishedIn(folder);
  expect(waiting.length).toBe(1);
  const other = await buildFromExport({ source: all, workspaceFile: path.join(folder, 'other.laurel'), progress });
  expect(unfinishedIn(folder).sort()).toEqual([...waiting, path.basename(other)].sort());
  const backend = new TestBackend(folder);
  await backend.open();
  expect((await backend.call('workspace.describe', {})).badges).toBe(13);
  await backend.close();
});
