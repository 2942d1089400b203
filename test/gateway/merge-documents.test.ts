import { expect, test } from 'vitest';
import { parseJson, writeJson } from '../../shared/domain/json';
import type { JsonObject } from '../../shared/domain/body-reader';
import { mergeDocuments, type DocumentChoices } from '../../shared/gateway/merge-documents';

const merged = (base: object, draft: object, file: object, choices?: DocumentChoices) =>
  mergeDocuments({ base: base as JsonObject, draft: draft as JsonObject, file: file as JsonObject }, choices);
const changes = (found: ReturnType<typeof merged>) => found.differences.map(({ unit, change }) => [unit, change]);

test('what one side alone changed is taken from it, however deep it lies, and in a list by what its entries are called', () => {
  const base = {
    name: 'a',
    seed: 1,
    badges: [
      { key: 'x', cost: 1, odds: { a: 1, b: 1 } },
      { key: 'y', cost: 1 },
    ],
  };
  const draft = {
    ...base,
    seed: 2,
    badges: [{ key: 'x', cost: 1, odds: { a: 2, b: 1 } }, { key: 'mine' }, { key: 'y', cost: 1 }],
  };
  const file = {
    ...base,
    badges: [{ key: 'x', cost: 9, odds: { a: 1, b: 3 } }, { key: 'y', cost: 1 }, { key: 'theirs' }],
  };
  const found = merged(base, draft, file);
  expect(found.merged).toEqual({
    ...{ name: 'a', seed: 2 },
    badges: [{ key: 'x', cost: 9, odds: { a: 2, b: 3 } }, { key: 'mine' }, { key: 'y', cost: 1 }, { key: 'theirs' }],
  });
  expect(changes(found)).toEqual([
    ['seed', 'draft'],
    ['badges/x/cost', 'live'],
    ['badges/x/odds/a', 'draft'],
    ['badges/x/odds/b', 'live'],
    ['badges/mine', 'draft'],
    ['badges/theirs', 'live'],
  ]);
});

test('what both changed is a conflict of that value alone, and chosen it is none any more', () => {
  const base = {
    groups: [
      { id: '1', name: 'A' },
      { id: '2', name: 'B' },
    ],
  };
  const draft = {
    groups: [
      { id: '1', name: 'Mine' },
      { id: '2', name: 'B' },
    ],
  };
  const file = {
    groups: [
      { id: '1', name: 'Theirs' },
      { id: '2', name: 'C' },
    ],
  };
  const open = merged(base, draft, file);
  expect(changes(open)).toEqual([
    ['groups/1/name', 'conflict'],
    ['groups/2/name', 'live'],
  ]);
  expect(open.base).toEqual(base);
  const mine = merged(base, draft, file, new Map([['groups/1/name', 'draft']]));
  expect(changes(merged(mine.base, mine.merged, file))).toEqual([['groups/1/name', 'draft']]);
  const theirs = merged(base, draft, file, new Map([['groups/1/name', 'file']]));
  expect(theirs.merged).toEqual(file);
});

test('an entry that one side removed goes, unless the other side changed it', () => {
  const base = {
    list: [
      { id: '1', n: 1 },
      { id: '2', n: 1 },
    ],
  };
  expect(merged(base, { list: [{ id: '1', n: 1 }] }, base).merged).toEqual({ list: [{ id: '1', n: 1 }] });
  const changed = {
    list: [
      { id: '1', n: 1 },
      { id: '2', n: 2 },
    ],
  };
  expect(changes(merged(base, { list: [{ id: '1', n: 1 }] }, changed))).toEqual([['list/2', 'conflict']]);
});

test('who moved entries has them where they were put; without a past, additions of both are there', () => {
  const [one, two] = [{ id: '1' }, { id: '2' }];
  expect(merged({ list: [one, two] }, { list: [two, one] }, { list: [one, two, { id: '3' }] }).merged).toEqual({
    list: [two, { id: '3' }, one],
  });
  expect(merged({ list: [one, two] }, { list: [one, two] }, { list: [two, one] }).merged).toEqual({ list: [two, one] });
  expect(changes(merged({}, { a: 1, b: 1 }, { a: 2, c: 1 }))).toEqual([
    ['a', 'conflict'],
    ['b', 'draft'],
    ['c', 'live'],
  ]);
});

test('numbers keep their digits, and keys stand as the file has them', () => {
  const read = (text: string) => parseJson(text) as JsonObject;
  const found = mergeDocuments({
    base: read('{"a":1,"b":1.0,"c":[1.50]}'),
    draft: read('{"c":[1.50],"b":2.00,"a":1}'),
    file: read('{"b":1.0,"a":12345678901234567890,"c":[1.50]}'),
  });
  expect(writeJson(found.merged)).toBe('{"b":2.00,"a":12345678901234567890,"c":[1.50]}');
});
