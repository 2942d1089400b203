import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import BulkChangeFields from '../../../renderer/features/badges/BulkChangeFields.svelte';
import { BulkEdit } from '../../../renderer/features/badges/bulk.svelte';
import type { Door } from '../../../renderer/lib/backend';
import { locale } from '../../../renderer/lib/locale.svelte';

// Files of tests share the browser's store, where another one may have left its locale.
beforeEach(() => locale.choose(null));

const DOOR = (() => Promise.reject(new Error('Nothing is asked.'))) as unknown as Door;

async function choose(label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('the picture of a state is entered: an address or a handle is needed, taking it away needs neither', async () => {
  const edit = new BulkEdit(['a'], DOOR, { kind: 'image' });
  await render(BulkChangeFields, { edit, door: DOOR });
  expect(edit.change).toBeNull();
  await page.getByRole('textbox', { name: /^Address/ }).fill('https://a.example/e.png');
  const image = { name: '', url: 'https://a.example/e.png', fileSvcHandle: null };
  expect(edit.change).toEqual({ kind: 'image', tag: 'EARNED', image });
  edit.imageAction = 'remove';
  expect(edit.change).toEqual({ kind: 'image', tag: 'EARNED', image: null });
});

test('a benefit is entered: a number of all, one that is added, one that is taken away', async () => {
  const edit = new BulkEdit(['a'], DOOR, { kind: 'benefit' });
  await render(BulkChangeFields, { edit, door: DOOR });
  await page.getByRole('textbox', { name: /^Value/ }).fill('20');
  expect(edit.change).toEqual({ kind: 'benefit', change: { action: 'set', field: 'points', value: 20 } });
  edit.benefitAction = 'add';
  expect(edit.change).toBeNull();
  await page.getByRole('textbox', { name: /^Coupon series id/ }).fill('55');
  const coupon = { benefitType: 'COUPON', numbers: { seriesId: 55 } };
  expect(edit.change).toEqual({ kind: 'benefit', change: { action: 'add', benefit: coupon } });
  await choose('Kind', 'Points');
  expect(edit.change).toBeNull();
  edit.benefitAction = 'remove';
  expect(edit.change).toEqual({
    kind: 'benefit',
    change: { action: 'remove', benefit: { benefitType: 'LOYALTY_POINTS', numbers: {} } },
  });
});
