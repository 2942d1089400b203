import { expect, test } from 'vitest';
import { repositoryFiles, textOf } from './repository-files';

/** Paths of files in the code of a text, from the root; names in capitals stand for what a reader puts there. */
function filesNamedIn(text: string): string[] {
  const named = text.matchAll(/`([a-z.][\w.-]*\/[\w./-]+\.(?:ts|mjs|svelte|md|txt|yml))`/g);
  return [...named].map(([, file]) => file!).filter((file) => !/[A-Z]{3}|\/Name/.test(file));
}

test('the files that a contributor is sent to are there', () => {
  const files = new Set(repositoryFiles());
  const named = ['README.md', 'CONTRIBUTING.md'].flatMap((document) => filesNamedIn(textOf(document)));
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((file) => !files.has(file))).toEqual([]);
});

test('a path is told from a word, a command and a placeholder', () => {
  const text = '`a/b.ts` and `b.ts`, `npm run x`, `shared/NAME.ts`, `renderer/NamePane.svelte`, `.github/test.yml`';
  expect(filesNamedIn(text)).toEqual(['a/b.ts', '.github/test.yml']);
});
