import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesOf, lengthyFiles, longOnly, longTests, slowFiles } from '../../scripts/test/slow-tests.mjs';

const root = path.resolve(import.meta.dirname, '../..');

test('each path that the fast tests leave out names a test that is there', () => {
  const tests = (glob: string): string[] => globSync(glob, { cwd: root }).filter((file) => file.endsWith('.test.ts'));
  const globs = [...slowFiles, ...lengthyFiles];
  expect(globs.filter((glob) => tests(glob).length === 0)).toEqual([]);
  // Braces count as one path only where every name in them is a file.
  const named = globs.flatMap((glob) => {
    const [, before, names, after] = /^(.*)\{(.*)\}(.*)$/.exec(glob) ?? [];
    return names === undefined ? [] : names.split(',').map((name) => `${before!}${name}${after!}`);
  });
  expect(named.filter((file) => tests(file).length === 0)).toEqual([]);
});

test('each unit test shares a process, has its own, or is in the long command alone', () => {
  const all = ['test/**/*.test.ts'];
  const files = (part?: string): string[] => {
    const { include, exclude } = filesOf(all, part);
    return globSync(include, { cwd: root, exclude }).sort();
  };
  const [shared, own] = [files('shared'), files('own')];
  expect([shared.length, own.length]).toEqual([expect.toSatisfy((n) => n > 200), expect.toSatisfy((n) => n > 30)]);
  expect([...shared, ...own, ...longOnly].sort()).toEqual(files());
  const fast = files('fast');
  expect(fast.length).toBeGreaterThan(50);
  expect(shared).toEqual(expect.arrayContaining(fast));
  expect(() => filesOf(all, 'slwo')).toThrow('slwo');
});

test('each test that has a long form is in the list of those that are run at length', () => {
  const files = globSync('test/**/*.test.ts', { cwd: root }).map((file) => file.split(path.sep).join('/'));
  const long = files.filter((file) => /from '[./]+\/setup\/length'/.test(readFileSync(path.join(root, file), 'utf8')));
  expect(long.sort()).toEqual([...longTests].sort());
});
