import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { badgeBody } from '../domain/badge-bodies';
import { expect, inTestLong, test } from './app';
import { drop } from './drop';
import { look } from './look';

const rows = (page: Page) => page.getByRole('grid', { name: 'Badges' }).getByRole('row');
const saved = (page: Page) => expect(page.locator('[data-save-state]')).toHaveAttribute('data-save-state', 'saved');

async function make(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+n');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Challenge/ })
    .click();
  // Until the new badge is there, the form is that of the one before.
  const field = page.getByRole('textbox', { name: 'Name (required)' });
  await expect(field).toHaveValue(/^Challenge/);
  await expect(field).toBeFocused();
  await field.fill(name);
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await saved(page);
}

async function remove(page: Page, name: string): Promise<void> {
  await rows(page).filter({ hasText: name }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await rows(page).filter({ hasText: name }).focus();
  await page.keyboard.press('Delete');
  await expect(rows(page).filter({ hasText: name })).toHaveCount(0);
}

test('undo brings a deletion back, after other work too; the trash has the rest, by name and date', async ({
  laurel,
  page,
}) => {
  await expect(page.getByText('A badge says what a customer gets')).toBeVisible();
  for (const name of ['Spring', 'Summer', 'Autumn']) await make(page, name);
  await remove(page, 'Spring');
  await remove(page, 'Summer');

  // The last deletion first, then the one before; then nothing is left to be undone but edits.
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('heading', { name: 'Summer', level: 1 })).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('textbox', { name: 'Name (required)' }).fill('Summer again');
  await saved(page);
  // Pressed quickly, the steps wait for each other: the edit goes back first, then the deletion.
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('heading', { name: 'Spring', level: 1 })).toBeVisible();
  await expect(rows(page).filter({ hasText: 'Summer again' })).toHaveCount(0);
  await expect(rows(page)).toHaveCount(3);

  // Redo deletes it again.
  await page.keyboard.press('Control+Shift+z');
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press('Control+z');
  await expect(rows(page)).toHaveCount(3);

  for (const name of ['Spring', 'Summer', 'Autumn']) await remove(page, name);
  await expect(page.getByRole('status').filter({ hasText: '1 badge deleted.' })).not.toHaveCount(0);
  await page.getByRole('button', { name: 'Deleted badges (3)…' }).click();
  const trash = page.getByRole('dialog', { name: 'Deleted badges' });
  await expect(trash.getByRole('listitem')).toHaveText([/^\s*Autumn/, /^\s*Summer/, /^\s*Spring/]);
  await expect(trash.getByText('30 days left').first()).toBeVisible();
  // Messages do not lie on the dialog's buttons, however small the window.
  await trash.getByRole('button', { name: 'Empty the trash…' }).click({ trial: true });
  await look(laurel, 'badges-trash');
  await trash.getByRole('checkbox', { name: 'Choose Summer' }).click();
  await trash.getByRole('button', { name: 'Bring back 1 badge' }).click();
  await expect(trash.getByRole('listitem')).toHaveCount(2);
  await trash.getByRole('checkbox', { name: 'Choose Spring' }).click();
  await trash.getByRole('button', { name: 'Remove 1 badge for good…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove for good' }).click();
  await expect(trash.getByRole('listitem')).toHaveText([/^\s*Autumn/]);
  await page.keyboard.press('Escape');
  await expect(rows(page)).toHaveCount(1);

  // It outlives the session, and is reached from the menu.
  const again = await laurel.restart();
  await laurel.menu('badge.trash');
  const kept = again.getByRole('dialog', { name: 'Deleted badges' });
  await expect(kept.getByRole('listitem')).toHaveText([/^\s*Autumn/]);
  await kept.getByRole('button', { name: 'Empty the trash…' }).click();
  await again.getByRole('alertdialog').getByRole('button', { name: 'Remove for good' }).click();
  await expect(kept.getByText('Nothing was deleted in the last 30 days.')).toBeVisible();
  await look(laurel, 'badges-trash-empty');
});

test(
  'more badges than one step of the engine holds are deleted, brought back and deleted again as one step',
  inTestLong,
  async ({ page, userData }) => {
    test.slow();
    const list = path.join(userData, 'many.json');
    const many = Array.from({ length: 10_100 }, (_, place) => badgeBody({ name: `Badge ${String(place)}` }));
    await writeFile(list, JSON.stringify(many));
    await expect(page.getByText('A badge says what a customer gets')).toBeVisible();
    await drop(page, list, 'h1');
    await page.getByRole('button', { name: 'Import 10,100 badges' }).click({ timeout: 120_000 });
    await expect(page.getByText('10,100 badges imported.')).toBeVisible({ timeout: 120_000 });
    await rows(page).first().click();
    await page.keyboard.press('Control+a');
    await expect(page.getByText('10,100 badges selected')).toBeVisible({ timeout: 30_000 });
    await page.keyboard.press('Delete');
    await expect(page.getByText('10,100 badges deleted.')).toBeVisible({ timeout: 120_000 });
    await expect(rows(page)).toHaveCount(0);
    for (let turn = 0; turn < 2; turn += 1) {
      await page.keyboard.press('Control+z');
      await expect(page.getByRole('button', { name: /^Deleted badges/ })).toHaveCount(0, { timeout: 120_000 });
      await expect(rows(page)).not.toHaveCount(0);
      await page.keyboard.press('Control+Shift+z');
      await expect(page.getByRole('button', { name: 'Deleted badges (10,100)…' })).toBeVisible({ timeout: 120_000 });
      await expect(rows(page)).toHaveCount(0);
    }
  },
);
