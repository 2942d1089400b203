import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { changedFiles } from '../../scripts/test/changed-files.mjs';
import { temporaryFolder } from '../db/temporary-folder';

function repository(): {
  folder: string;
  git: (...args: string[]) => void;
  write: (name: string, text: string) => void;
} {
  const folder = temporaryFolder();
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', '-c', 'commit.gpgsign=false'];
  const git = (...args: string[]): void =>
    void execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' });
  const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
  git('init', '-b', 'main');
  for (const name of ['kept.ts', 'changed.ts', 'committed.ts', 'gone.ts', '.gitignore'])
    write(name, name === '.gitignore' ? 'out.ts\n' : name);
  git('add', '.');
  git('commit', '-m', 'first');
  return { folder, git, write };
}

test('what a branch changed, whether committed or not, and what is new; not what is gone, ignored or as on main', async () => {
  const { folder, git, write } = repository();
  git('checkout', '-b', 'work');
  write('committed.ts', 'other');
  git('commit', '-am', 'second');
  write('changed.ts', 'other');
  write('nëw file.ts', 'new');
  write('out.ts', 'ignored');
  rmSync(path.join(folder, 'gone.ts'));
  expect(await changedFiles(folder)).toEqual(['changed.ts', 'committed.ts', 'nëw file.ts']);
});

test('on main it is what is not committed yet, and without git nobody can tell', async () => {
  const { folder, write } = repository();
  expect(await changedFiles(folder)).toEqual([]);
  write('changed.ts', 'other');
  expect(await changedFiles(folder)).toEqual(['changed.ts']);
  expect(await changedFiles(temporaryFolder())).toBeUndefined();
});
