import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { moveStore } from '../../electron/disk/move-store';
import { Failure } from '../../shared/ipc/errors';
import { temporaryFolder } from '../db/temporary-folder';

const FILES = {
  'w.laurel': 'badges',
  'w.laurel-org': 'awards',
  'w.laurel-backup-note': 'note',
  'w.laurel-lock': '',
  'w.laurel.v0012.backup': 'before an update',
  'w.laurel-backups/one/workspace.laurel': 'backup',
};

const NEVER_PLACED = { begins: () => undefined, placed: () => expect.unreachable() };

function filled(): { from: string; to: string; folder: string; target: string } {
  const [folder, target] = [temporaryFolder(), temporaryFolder()];
  for (const [name, text] of Object.entries({ ...FILES, 'w2.laurel': 'another', 'notes.txt': 'mine' })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return { folder, target, from: path.join(folder, 'w.laurel'), to: path.join(target, 'members.laurel') };
}

const namesIn = (folder: string): string[] => readdirSync(folder).sort();

test('a workspace moves under another name with all that belongs to it, and nothing else does', async () => {
  const { from, to, folder, target } = filled();
  let whole: string[] = [];
  const left = await moveStore(from, to, {
    begins: (plan) => {
      expect(namesIn(target)).toEqual([]);
      expect(plan.rests.sort()).toEqual(['-backup-note', '-backups', '-org', '.v0012.backup']);
    },
    placed: () => {
      whole = [...namesIn(target), ...namesIn(folder)];
    },
  });
  expect(left).toEqual([]);
  expect(whole).toContain('members.laurel');
  // Until the new place was told, the old one was whole.
  expect(whole).toContain('w.laurel-org');
  expect(namesIn(folder)).toEqual(['notes.txt', 'w2.laurel']);
  expect(namesIn(target)).toEqual([
    'members.laurel',
    'members.laurel-backup-note',
    'members.laurel-backups',
    'members.laurel-org',
    'members.laurel.v0012.backup',
  ]);
  expect(readFileSync(to, 'utf8')).toBe('badges');
  expect(readFileSync(path.join(target, 'members.laurel-backups/one/workspace.laurel'), 'utf8')).toBe('backup');
});

test('where something of that name stands, nothing is changed at either place', async () => {
  for (const taken of ['members.laurel', 'members.laurel-org']) {
    const { from, to, folder, target } = filled();
    writeFileSync(path.join(target, taken), 'somebody else’s');
    const before = namesIn(folder);
    const moving = moveStore(from, to, NEVER_PLACED);
    await expect(moving).rejects.toThrow('Nothing was changed');
    expect(namesIn(folder)).toEqual(before);
    expect(namesIn(target)).toEqual([taken]);
    expect(readFileSync(path.join(target, taken), 'utf8')).toBe('somebody else’s');
  }
});

test('a place that cannot be written is said with its reason, and all is where it was', async () => {
  const { from, folder, target } = filled();
  writeFileSync(path.join(target, 'file'), '');
  const before = namesIn(folder);
  const moving = moveStore(from, path.join(target, 'file', 'w.laurel'), NEVER_PLACED);
  await expect(moving).rejects.toThrow(Failure);
  await expect(moving).rejects.toThrow('w.laurel was not moved');
  expect(namesIn(folder)).toEqual(before);
});
