import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../db/temporary-folder';
import { testBackend, type TestBackend } from '../open-backend';

const context = { signal: new AbortController().signal, progress: () => undefined };

/** Lets a backend use a folder that a person chose. */
function chosen(backend: TestBackend, folder: string): string {
  backend.backend.grantFile(folder, { path: folder, name: path.basename(folder), bytes: 0, mode: 'folder' });
  return folder;
}

test('an export goes into a new folder inside the chosen one, touches nothing there, and is imported from it', async () => {
  const backend = await testBackend();
  await backend.call('badges.addSamples', {});
  const folder = path.join(temporaryFolder(), 'mine');
  mkdirSync(path.join(folder, 'laurel-export-2026-05-04'), { recursive: true });
  writeFileSync(path.join(folder, 'notes.txt'), 'mine');
  const target = chosen(backend, folder);
  const { name, files } = await backend.backend.handlers['portable.export']({ target, form: 'folder' }, context);
  expect(name).toBe('mine/laurel-export-2026-05-04-2');
  expect(readdirSync(folder).sort()).toEqual(['laurel-export-2026-05-04', 'laurel-export-2026-05-04-2', 'notes.txt']);
  expect(files).toBeGreaterThan(13);

  const other = await testBackend();
  const source = chosen(other, path.join(folder, 'laurel-export-2026-05-04-2'));
  await other.backend.handlers['portable.import']({ source, form: 'folder' }, context);
  await other.restart();
  expect((await other.call('workspace.describe', {})).badges).toBe(13);
});

test('a folder is no zip and a zip no folder, and one that holds no export is refused in words', async () => {
  const backend = await testBackend();
  const source = chosen(backend, temporaryFolder());
  const { 'portable.import': read } = backend.backend.handlers;
  await expect(read({ source, form: 'zip' }, context)).rejects.toMatchObject({ code: 'not-found' });
  await expect(read({ source, form: 'folder' }, context)).rejects.toThrow('no export of Laurel');
});
