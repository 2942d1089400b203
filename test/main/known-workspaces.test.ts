import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { KnownWorkspaces } from '../../electron/main/known-workspaces';
import { temporaryFolder } from '../db/temporary-folder';

function known(folder = temporaryFolder()): { file: string; own: string; read(): KnownWorkspaces } {
  const [file, own] = [path.join(folder, 'workspaces.json'), path.join(folder, 'workspace.laurel')];
  return { file, own, read: () => new KnownWorkspaces(file, own, () => undefined) };
}

test('the workspace in Laurel’s own folder is known from the start, and others come in front with ids of their own', () => {
  const { own, read } = known();
  const first = read();
  expect(first.recent).toEqual([{ path: own, id: 'own' }]);
  const members = first.note('/data/members.laurel');
  expect(members.id).toMatch(/^[0-9a-f]{16}$/);
  expect(first.note('/data/members.laurel')).toEqual(members);
  expect(read().recent).toEqual([members, { path: own, id: 'own' }]);
});

test('an id stays with a workspace that is moved, and another that is made in its place gets its own', () => {
  const { own, read } = known();
  const first = read();
  first.note(own);
  first.moved('own', '/data/badges.laurel');
  expect(read().recent).toEqual([{ path: '/data/badges.laurel', id: 'own' }]);
  expect(first.note(own).id).not.toBe('own');
});

test('whose windows were open is remembered by their ids, also after a move, and beyond the ten of the menu', () => {
  const { read } = known();
  const first = read();
  const members = first.note('/data/members.laurel');
  first.noteOpen([members.id, 'own']);
  first.moved(members.id, '/data/moved.laurel');
  for (let number = 0; number < 12; number += 1) first.note(`/data/${String(number)}.laurel`);
  expect(read().wereOpen.map(({ path: file }) => path.basename(file))).toEqual(['moved.laurel', 'workspace.laurel']);
  expect(read().recent.length).toBe(12);
});

test('what is forgotten is gone, but for those that are open', () => {
  const { own, read } = known();
  const first = read();
  const members = first.note('/data/members.laurel');
  first.clear([members.id]);
  expect(first.recent).toEqual([members]);
  first.drop('/data/members.laurel');
  expect(first.recent).toEqual([]);
  expect(first.note(own).id).toMatch(/^[0-9a-f]{16}$/);
});

test('a file that is damaged, or names no paths, is as good as none', () => {
  const { file, own, read } = known();
  for (const text of ['{', '[]', '{"recent":[{"path":"members.laurel","id":"own"}]}', '{"recent":7,"open":"x"}']) {
    writeFileSync(file, text);
    expect(read().recent).toEqual([{ path: own, id: 'own' }]);
    expect(read().wereOpen).toEqual([]);
  }
  expect(readFileSync(file, 'utf8')).toBe('{"recent":7,"open":"x"}');
});
