import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { testBackend } from '../backend/open-backend';
import { temporaryFolder } from '../db/temporary-folder';
import { askInProcess, type CommandEnd } from './command-line';

const BACKUP = /^(\S+by-hand-[0-9a-f]{6}) {2}/;

test('laurel backup takes, lists, looks and restores; export and import carry a workspace over, into an empty one only', async () => {
  const folder = temporaryFolder();
  const backend = await testBackend();
  await backend.call('badges.addSamples', {});
  const workspace = backend.workspacePath;
  const ask = (...args: string[]): Promise<CommandEnd> => askInProcess(folder, ...args);
  const id = BACKUP.exec((await ask('backup', '--workspace', workspace)).out)?.[1] ?? '';
  const exported = await ask('export', '--workspace', workspace, '--out', 'all');
  expect(exported).toMatchObject({ code: 0, error: '' });
  expect(readdirSync(path.join(folder, 'all', 'badges')).length).toBe(13);
  expect(await ask('backup', 'restore', id, '--workspace', workspace)).toMatchObject({ code: 1 });
  await backend.close();

  expect((await ask('import', 'all', '--workspace', 'new.laurel')).code).toBe(0);
  const again = await ask('import', 'all', '--workspace', 'new.laurel');
  expect(again).toMatchObject({ code: 1, error: expect.stringContaining('empty workspace') as string });
  expect(await ask('import', 'none', '--workspace', 'new.laurel')).toMatchObject({ code: 1 });
  expect(await ask('export', '--workspace', 'missing.laurel', '--out', 'x')).toMatchObject({ code: 1 });
  expect(await ask('backup', 'dance', id, '--workspace', workspace)).toMatchObject({ code: 2 });

  writeFileSync(workspace, 'damaged '.repeat(100));
  const look = await ask('backup', 'look', id, '--workspace', workspace);
  expect(look).toMatchObject({ code: 0, out: expect.stringMatching(/badges +13/) as string });
  const restored = await ask('backup', 'restore', id, '--workspace', workspace);
  expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('was restored') as string });
  expect((await ask('backup', 'list', '--workspace', workspace)).out.split('\n').length).toBe(3);
  await backend.open();
  expect((await backend.call('workspace.describe', {})).badges).toBe(13);
});
