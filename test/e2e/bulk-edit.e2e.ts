import { expect, test } from './app';
import { look } from './look';

test('many badges are changed at once after a look at what would happen, and one undo takes it back', async ({
  laurel,
  page,
}) => {
  await expect(page.getByText('A badge says what a customer gets')).toBeVisible();
  await page.getByRole('button', { name: 'Add the sample programme' }).first().click();
  const grid = page.getByRole('grid', { name: 'Badges' });
  await expect(page.getByRole('status').filter({ hasText: '13 badges' })).toHaveCount(1);
  const total = await grid.getByRole('row').count();
  expect(total).toBeGreaterThan(3);

  // By keyboard alone: all of them, then the change.
  await grid.getByRole('row').first().click();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('13 badges selected')).toBeVisible();
  await page.keyboard.press('Control+Shift+e');
  const dialog = page.getByRole('dialog', { name: 'Change 13 badges' });
  const apply = dialog.getByRole('button', { name: /^Change/ }).last();
  await dialog.getByRole('textbox', { name: 'Find', exact: true }).fill('visit');
  await dialog.getByRole('textbox', { name: 'Replace with' }).fill('stay');
  await expect(dialog.getByRole('status')).toContainText('will be changed');
  await expect(
    dialog
      .getByRole('grid')
      .getByText(/→.*stay/)
      .first(),
  ).toBeVisible();
  await look(laurel, 'bulk-replace');

  // When all of them end, and how long their awards last.
  const change = dialog.getByRole('combobox', { name: 'Change' });
  await change.click();
  await page.getByRole('option', { name: 'Set an expiry' }).click();
  await dialog.getByRole('textbox', { name: 'How long' }).fill('6');
  await expect(
    dialog
      .getByRole('grid')
      .getByText(/→ After 6 months/)
      .first(),
  ).toBeVisible();
  await look(laurel, 'bulk-expiry');
  await change.click();
  await page.getByRole('option', { name: 'Set start or end' }).click();
  await dialog.getByRole('textbox', { name: 'To', exact: true }).fill('31 Dec 2099');
  await page.keyboard.press('Tab');
  await expect(
    dialog
      .getByRole('grid')
      .getByText(/→ Dec 31, 2099/)
      .first(),
  ).toBeVisible();

  await change.click();
  await page.getByRole('option', { name: 'Shift dates' }).click();
  await dialog.getByRole('textbox', { name: 'By', exact: true }).fill('-4000');
  await expect(dialog.getByRole('grid').getByText(/722/).first()).toBeVisible();
  await look(laurel, 'bulk-dates');
  await dialog.getByRole('textbox', { name: 'By', exact: true }).fill('7');
  await expect(apply).toHaveText(/Change \d+ badges$/);
  await expect(apply).toBeEnabled();
  const before = await grid.getByRole('row').allTextContents();
  await apply.click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => grid.getByRole('row').allTextContents()).not.toEqual(before);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('status').filter({ hasText: 'as before' })).toHaveCount(1);
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByRole('status').filter({ hasText: 'changed again' })).toHaveCount(1);

  // Copies of them go and come back as one step, too.
  await grid.getByRole('row').first().click();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('13 badges selected')).toBeVisible();
  await page.keyboard.press('Control+d');
  await expect(page.getByText('13 copies made.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('status').filter({ hasText: '13 badges are in the trash.' })).toHaveCount(1);
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByRole('status').filter({ hasText: '13 badges back in the list.' })).toHaveCount(1);
});
