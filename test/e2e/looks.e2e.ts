import { expect, test } from './app';
import { look } from './look';

test('badges are shown as grid and as table, by keyboard; columns are chosen, and a view keeps all of it over a restart', async ({
  laurel,
  page,
}) => {
  await page.getByRole('button', { name: 'Add the sample programme' }).first().click();
  await expect(page.getByRole('status').filter({ hasText: '13 badges' })).toHaveCount(1);
  const grid = page.getByRole('grid', { name: 'Badges' });
  const show = async (name: 'List' | 'Grid' | 'Table'): Promise<void> => {
    await page.getByRole('button', { name: 'Show as' }).click();
    await page.getByRole('menuitemradio', { name }).click();
  };

  await show('Grid');
  await expect(grid.getByRole('gridcell').first()).toBeVisible();
  await expect(grid.getByRole('gridcell')).toHaveCount(13);
  await look(laurel, 'badges-grid-open');
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await look(laurel, 'badges-grid');
  // Arrows go from card to card and open nothing; Space chooses, Enter opens.
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const at = Number(await grid.locator('.active').getAttribute('data-place'));
  const across = Number(await grid.getAttribute('aria-colcount'));
  expect(at).toBe(1 + across);
  await page.keyboard.press('Space');
  await expect(page.getByText('1 badge selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Back to the list' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Back to the list' })).toBeHidden();

  await show('Table');
  await expect(page.getByRole('columnheader', { name: 'Each customer' })).toBeVisible();
  await page.getByRole('button', { name: 'Columns' }).click();
  const columns = page.getByRole('dialog', { name: 'Columns' });
  await columns.getByRole('checkbox', { name: 'Rank' }).check();
  await columns.getByRole('checkbox', { name: 'Type' }).uncheck();
  await columns.getByRole('button', { name: 'Move Rank left' }).focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Enter');
  await look(laurel, 'badges-columns');
  await page.keyboard.press('Escape');
  const heads = page.getByRole('columnheader');
  const order = await heads.allTextContents();
  expect(order.map((text) => text.trim())).not.toContain('Type');
  await heads.filter({ hasText: 'Each customer' }).getByRole('button').click();
  await expect(heads.filter({ hasText: 'Each customer' })).toHaveAttribute('aria-sort', 'ascending');
  await look(laurel, 'badges-table');

  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Keep this view…' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('By customer limit');
  await page.keyboard.press('Enter');
  const chip = page.getByRole('button', { name: 'By customer limit', exact: true });
  await expect(chip).toHaveAttribute('aria-pressed', 'true');
  await show('List');
  await expect(page.getByRole('button', { name: 'By customer limit, changed since it was chosen' })).toBeVisible();
  await page.reload();
  await expect(grid.getByRole('row').first()).toBeVisible();
  await expect(page.getByRole('columnheader')).toHaveCount(0);

  // From another screen, by the palette.
  await page.getByRole('button', { name: 'Simulate' }).first().click();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('customer limit');
  await expect(page.getByRole('option', { name: 'By customer limit' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(chip).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => heads.allTextContents()).toEqual(order);
});
