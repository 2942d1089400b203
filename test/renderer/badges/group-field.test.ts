import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import GroupField from '../../../renderer/features/badges/GroupField.svelte';
import type { Door } from '../../../renderer/lib/backend';
import { locale } from '../../../renderer/lib/locale.svelte';

// Files of tests share the browser's store, where another one may have left its locale.
beforeEach(() => locale.choose(null));

const groups = [
  { id: '69ca', name: 'Seasonal', badges: 2 },
  { id: '7b1d', name: null, badges: 1 },
];
const door = (() => Promise.resolve({ groups })) as unknown as Door;
const field = () => page.getByRole('combobox', { name: 'Group' });

async function show(value: string, with_: Door = door) {
  const onchange = vi.fn();
  await render(GroupField, { value, onchange, door: with_ });
  return onchange;
}

test('a group is chosen by its name, beside its id and how many badges it has', async () => {
  const onchange = await show('');
  await expect.element(field()).toHaveValue('No group');
  await field().click();
  await expect.element(page.getByRole('option', { name: /Seasonal.*69ca · 2 badges/ })).toBeVisible();
  await expect.element(page.getByRole('option', { name: /7b1d.*1 badge/ })).toBeVisible();
  await page.getByRole('option', { name: /Seasonal/ }).click();
  expect(onchange).toHaveBeenCalledExactlyOnceWith('69ca');
});

test.each([
  ['a name, whole', 'seasonal', '69ca'],
  ['an id that is known', '7b1d', '7b1d'],
  ['an id that only the org knows', ' 6a00ff ', '6a00ff'],
])('what is typed is taken when it is left: %s', async (_, typed, id) => {
  const onchange = await show('');
  await expect.element(field()).toHaveValue('No group');
  await field().fill(typed);
  await userEvent.tab();
  expect(onchange).toHaveBeenCalledExactlyOnceWith(id);
});

test('a badge is taken out of its group, and nothing is changed by looking', async () => {
  const onchange = await show('69ca');
  await expect.element(field()).toHaveValue('Seasonal');
  await field().click();
  await userEvent.keyboard('{Escape}');
  await userEvent.tab();
  expect(onchange).not.toHaveBeenCalled();
  await field().click();
  await page.getByRole('option', { name: 'No group' }).click();
  expect(onchange).toHaveBeenCalledExactlyOnceWith('');
});

test('without the list the id stands there and can be typed', async () => {
  const onchange = await show('69ca', (() => Promise.reject(new Error('lost'))) as unknown as Door);
  await expect.element(field()).toHaveValue('69ca');
  await field().fill('7b1d');
  await userEvent.tab();
  expect(onchange).toHaveBeenCalledExactlyOnceWith('7b1d');
});
