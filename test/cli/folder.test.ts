import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../db/temporary-folder';
import { badgeBody } from '../domain/badge-bodies';
import { askInProcess } from './command-line';

it('looks, brings a folder and a workspace to each other, and names what needs a person', async () => {
  const cwd = temporaryFolder();
  const file = path.join(cwd, 'programme', 'a.badge.json');
  const write = (fields: Record<string, unknown>): void =>
    writeFileSync(file, JSON.stringify(badgeBody({ name: 'A', ...fields })));
  const folder = async (action: string, ...more: string[]) => {
    const { code, out, error } = await askInProcess(
      cwd,
      'folder',
      action,
      'programme',
      '--workspace',
      'w.laurel',
      ...more,
    );
    return { code, out, error };
  };
  mkdirSync(path.dirname(file));
  writeFileSync(path.join(cwd, 'b.badge.json'), JSON.stringify(badgeBody({ name: 'B' })));
  await askInProcess(cwd, 'badges', 'import', 'b.badge.json', '--workspace', 'w.laurel');
  write({});
  const look = await folder('status', '--json');
  expect([look.code, JSON.parse(look.out)]).toMatchObject([1, { changed: false, made: 1, written: 1, asked: 0 }]);
  const before = readFileSync(file, 'utf8');
  const done = await folder('sync', '--json');
  expect([done.code, JSON.parse(done.out)]).toMatchObject([0, { changed: true, made: 1, written: 1, questions: [] }]);
  // The file that came says the same as before, to the byte.
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect((await folder('status')).out).toBe('programme is in step: 2 badges.\n');
  rmSync(file);
  const gone = await folder('sync');
  expect([gone.code, gone.error]).toEqual([1, 'a.badge.json: Its file was removed. The badge is here as it was.\n']);
  write({ description: 'back' });
  expect((await folder('sync')).out).toContain('1 changed in the workspace');
  mkdirSync(path.join(cwd, 'other'));
  const other = await askInProcess(cwd, 'folder', 'sync', 'other', '--workspace', 'w.laurel');
  expect([other.code, existsSync(path.join(cwd, 'other', 'a.badge.json'))]).toEqual([1, false]);
  expect(other.error).toContain('works with another folder');
  const nowhere = await askInProcess(cwd, 'folder', 'status', 'nowhere', '--workspace', 'w.laurel');
  expect([nowhere.code, nowhere.error]).toMatchObject([1, expect.stringContaining('nowhere cannot be used')]);
  expect((await askInProcess(cwd, 'folder', 'mend', 'programme', '--workspace', 'w.laurel')).code).toBe(2);
});
