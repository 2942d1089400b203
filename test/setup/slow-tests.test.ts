import { globSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { slowFiles } from '../../scripts/test/slow-tests.mjs';

const root = path.resolve(import.meta.dirname, '../..');

test('each path that the fast tests leave out names a test that is there', () => {
  const tests = (glob: string): string[] => globSync(glob, { cwd: root }).filter((file) => file.endsWith('.test.ts'));
  expect(slowFiles.filter((glob) => tests(glob).length === 0)).toEqual([]);
  // Braces count as one path only where every name in them is a file.
  const named = slowFiles.flatMap((glob) => {
    const [, before, names, after] = /^(.*)\{(.*)\}(.*)$/.exec(glob) ?? [];
    return names === undefined ? [] : names.split(',').map((name) => `${before!}${name}${after!}`);
  });
  expect(named.filter((file) => tests(file).length === 0)).toEqual([]);
});
