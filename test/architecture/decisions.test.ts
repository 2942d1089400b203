import { expect, test } from 'vitest';
import { indexMistakesOf } from './decisions';
import { repositoryFiles, textOf } from './repository-files';

const FOLDER = 'docs/decisions/';

test('every decision is in the index, under its own title and number', () => {
  const files = repositoryFiles().filter((file) => file.startsWith(FOLDER) && !file.endsWith('/README.md'));
  const pages = new Map(files.map((file) => [file.slice(FOLDER.length), textOf(file).split('\n', 1)[0]!]));
  expect(pages.size).toBeGreaterThan(0);
  expect(indexMistakesOf(textOf(`${FOLDER}README.md`), pages)).toEqual([]);
});

test('a page that is missing, renamed, renumbered, out of order or gone is told', () => {
  const pages = new Map([
    ['0001-one.md', '# 1. One'],
    ['0002-two.md', '# 0002 · Two'],
  ]);
  const one = '- [0001](0001-one.md) One\n';
  const two = '- [0002](0002-two.md) Two\n';
  expect(indexMistakesOf(one + two, pages)).toEqual([]);
  expect(indexMistakesOf(two + one, pages)).toEqual(['the index is not in the order of its numbers']);
  expect(indexMistakesOf(one, pages)).toEqual(['the index lacks the line “- [0002](0002-two.md) Two”']);
  expect(indexMistakesOf(`${one}- [0002](0002-two.md) Too\n`, pages)).toEqual([
    '0002-two.md is called “Two”, in the index “Too”',
  ]);
  expect(indexMistakesOf(`${one}- [0003](0002-two.md) Two\n`, pages)[0]).toMatch(/another number/);
  expect(indexMistakesOf(`${one}${two}- [0003](0003-three.md) Three\n`, pages)[0]).toMatch(/not there/);
  expect(indexMistakesOf(`${one}${two}`, new Map([...pages, ['0002-too.md', '# 2. Too']]))).toContain(
    'two pages have the number 0002',
  );
});
