import { beforeEach, expect, test } from 'vitest';
import { ListSelection } from '../../renderer/lib/list-selection.svelte';

const all = Array.from({ length: 20 }, (_, index) => `id${index}`);
let selection: ListSelection;
beforeEach(() => {
  selection = new ListSelection(() => Promise.resolve(all));
});
const chosen = (): string[] => [...selection.ids].sort((a, b) => all.indexOf(a) - all.indexOf(b));

test('Ctrl click adds and takes away', () => {
  selection.toggle('id3');
  selection.toggle('id5');
  selection.toggle('id3');
  expect(chosen()).toEqual(['id5']);
});

test('Shift selects the stretch from where one stood, in both directions', async () => {
  selection.anchor('id5');
  await selection.extendTo('id8');
  expect(chosen()).toEqual(['id5', 'id6', 'id7', 'id8']);
  await selection.extendTo('id3');
  expect(chosen()).toEqual(['id3', 'id4', 'id5']);
});

test('Shift without a start selects the one row', async () => {
  await selection.extendTo('id4');
  expect(chosen()).toEqual(['id4']);
});

test('a start that is gone from the list does not select from the top', async () => {
  selection.anchor('gone');
  await selection.extendTo('id4');
  expect(chosen()).toEqual(['id4']);
});

test('a stretch of a list that is too long is asked for from end to end, and goes on from where it began', async () => {
  const asked: [number, number][] = [];
  const long = new ListSelection<number>(
    () => Promise.reject(new Error('too many')),
    (from, to) => {
      asked.push([from, to]);
      return Promise.resolve([from, to]);
    },
  );
  long.toggle(9);
  await long.extendTo(4);
  await long.extendTo(12);
  expect([asked, [...long.ids]]).toEqual([
    [
      [9, 4],
      [9, 12],
    ],
    [9, 12],
  ]);
});
