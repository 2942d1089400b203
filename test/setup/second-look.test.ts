import { expect, test } from 'vitest';
import { filesToSeeAgain, MOST_FILES } from '../../scripts/test/second-look.mjs';

const failure = (file: string, loaded = true) => ({ test: `${file} › holds`, why: 'too late', file, loaded });
const failed = (count: number) => ({ passed: 5, failed: count, skipped: 0 });

test('each file of failed tests is seen again, once', () => {
  const failures = [failure('a.test.ts'), failure('a.test.ts'), failure('b.test.ts')];
  expect(filesToSeeAgain(failures, failed(3))).toEqual(['a.test.ts', 'b.test.ts']);
});

test('many failed files have a cause of their own', () => {
  const files = (count: number) => Array.from({ length: count }, (_, index) => failure(`${index}.test.ts`));
  expect(filesToSeeAgain(files(MOST_FILES), failed(MOST_FILES))).toHaveLength(MOST_FILES);
  expect(filesToSeeAgain(files(MOST_FILES + 1), failed(MOST_FILES + 1))).toEqual([]);
});

test('a file that could not be loaded, and a runner that failed beside its tests, stand as they are', () => {
  expect(filesToSeeAgain([failure('a.test.ts'), failure('b.test.ts', false)], failed(2))).toEqual([]);
  expect(filesToSeeAgain([failure('a.test.ts')], failed(2))).toEqual([]);
  expect(filesToSeeAgain([], failed(0))).toEqual([]);
});
