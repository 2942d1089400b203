import { beforeEach, expect, test } from 'vitest';
import { ListSelection } from '../../../renderer/features/badges/list-selection.svelte';

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
