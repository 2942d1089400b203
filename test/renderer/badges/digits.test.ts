import { expect, test } from 'vitest';
import { BadgeEditor } from '../../../renderer/features/badges/editor.svelte';
import { goodBody, StoredBadge } from './stored-badge';

const DIGITS = '12345678901234567890';

/** The text of a whole badge in which big numbers stand where texts belong. */
const pasted = (): string =>
  goodBody({
    customFields: { account: 'DIGITS' },
    tags: [{ name: 'ref', value: 'DIGITS' }],
    referenceId: 'DIGITS',
  }).replaceAll('"DIGITS"', DIGITS);

function editing(): { editor: BadgeEditor; store: StoredBadge } {
  const store = new StoredBadge(goodBody());
  return { editor: new BadgeEditor(store.detail(), store.ports()), store };
}

test('pasted JSON keeps the digits of its numbers, in the pane and in what is stored', async () => {
  const { editor, store } = editing();
  editor.type(pasted());
  expect(editor.fault).toBeNull();
  await editor.flush();
  expect(editor.text.split(DIGITS)).toHaveLength(4);
  expect(store.detail().body.split(DIGITS)).toHaveLength(4);
});

test('a change in the form leaves the digits of all other numbers as they were', async () => {
  const { editor, store } = editing();
  editor.type(pasted());
  editor.set(['name'], 'Another name', 'badges.name');
  editor.set(['customFields', 'other'], '5', 'badges.customFields');
  editor.set(['tags'], [...(editor.at(['tags']) as unknown[]), { name: 'x', value: 'y' }], 'badges.labelTagAdded');
  await editor.flush();
  expect(editor.text).toContain('Another name');
  expect(editor.text.split(DIGITS)).toHaveLength(4);
  expect(store.detail().body.split(DIGITS)).toHaveLength(4);
  expect(editor.text).not.toContain('12345678901234567000');
});
