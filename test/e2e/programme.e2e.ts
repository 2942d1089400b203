import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app';
import { look } from './look';

const rows = (page: Page): Locator => page.getByRole('grid', { name: 'Programme of badges' }).getByRole('row');
const rowOf = (page: Page, name: string): Locator => rows(page).filter({ hasText: name });
const names = (page: Page): Promise<string[]> =>
  rows(page).evaluateAll((all) => all.map((row) => row.querySelector('.group, .name')?.textContent ?? ''));
const rankOf = async (page: Page, name: string): Promise<string> =>
  (await rowOf(page, name).locator('.rank').innerText()).trim();

async function middleOf(target: Locator): Promise<{ x: number; y: number; width: number }> {
  const box = await target.boundingBox();
  if (box === null) throw new Error('It is not seen.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width };
}

test('a programme is read, moved by mouse and keyboard, grouped and simulated', async ({ laurel, page }) => {
  await page.getByRole('button', { name: /^Add the sample programme/ }).click();
  await expect(page.getByRole('status').filter({ hasText: '13 badges' })).toHaveCount(1);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('show as programme');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '1 rank tie' })).toBeVisible();
  await expect(rowOf(page, 'Pumpkin Pioneer')).toContainText(/Claimed: .*Loyalty/);
  // Nothing is open beside it, and all of it is seen.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(['Badges']);
  await laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
  await expect(rows(page)).toHaveCount(14);

  // A group is made, and two badges are dragged into it.
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Seasons');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(rowOf(page, 'Seasons')).toContainText('No badge');
  // A step like any other.
  await page.getByRole('grid', { name: 'Programme of badges' }).focus();
  await page.keyboard.press('Control+z');
  await expect(rows(page)).toHaveCount(14);
  await page.keyboard.press('Control+Shift+z');
  await expect(rowOf(page, 'Seasons')).toContainText('No badge');
  const dragInto = async (badge: string, target: string): Promise<void> => {
    const from = await middleOf(rowOf(page, badge).locator('.name'));
    const to = await middleOf(rowOf(page, target));
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x, from.y - 12, { steps: 3 });
    await page.mouse.move(from.x, to.y, { steps: 5 });
  };
  await dragInto('Pumpkin Pioneer', 'Seasons');
  await expect(page.locator('.ghostWords')).toHaveText('The only one in Seasons');
  await page.mouse.up();
  await expect.poll(() => names(page)).toEqual(expect.arrayContaining(['Seasons', 'Pumpkin Pioneer', 'No group']));
  await expect.poll(async () => (await names(page)).indexOf('Pumpkin Pioneer')).toBe(1);
  await dragInto('Winter Warmer', 'Seasons');
  await page.mouse.up();
  await expect
    .poll(async () => (await names(page)).slice(0, 4))
    .toEqual([...['Seasons', 'Winter Warmer', 'Pumpkin Pioneer', 'No group']]);
  await expect(page.getByRole('button', { name: /^1 overlap$/ })).toBeVisible();

  // By keyboard: it goes behind the other one, as one step.
  await page.getByRole('grid', { name: 'Programme of badges' }).focus();
  await page.keyboard.press('Home');
  const before = [await rankOf(page, 'Winter Warmer'), await rankOf(page, 'Pumpkin Pioneer')];
  await page.keyboard.down('Alt');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.ghostWords')).toHaveText(/^After .*Pumpkin Pioneer.* in Seasons$/);
  await look(laurel, 'programme-rank');
  await page.keyboard.up('Alt');
  await expect.poll(async () => (await names(page)).slice(1, 3)).toEqual(['Pumpkin Pioneer', 'Winter Warmer']);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await names(page)).slice(1, 3)).toEqual(['Winter Warmer', 'Pumpkin Pioneer']);
  expect([await rankOf(page, 'Winter Warmer'), await rankOf(page, 'Pumpkin Pioneer')]).toEqual(before);

  // A bar is dragged to the right: the new dates are there before it is let go; Escape leaves it.
  const bar = rowOf(page, 'Winter Warmer').locator('.bar').first();
  const title = await bar.getAttribute('title');
  const at = await middleOf(bar);
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x + at.width, at.y, { steps: 6 });
  await expect(page.locator('.ghostWords')).toHaveText(/days later$/);
  await page.keyboard.press('Escape');
  await expect(page.locator('.ghostWords')).toHaveCount(0);
  await page.mouse.up();
  expect(await bar.getAttribute('title')).toBe(title);
  const again = await middleOf(bar);
  await page.mouse.move(again.x, again.y);
  await page.mouse.down();
  await page.mouse.move(again.x + again.width, again.y, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => bar.getAttribute('title')).not.toBe(title);
  await page.keyboard.press('Control+z');
  await expect.poll(() => bar.getAttribute('title')).toBe(title);

  // What would break a rule is shown with its code, and not done.
  await page.getByRole('grid', { name: 'Programme of badges' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.down('Alt');
  for (let press = 0; press < 6; press += 1) await page.keyboard.press('Shift+ArrowLeft');
  await expect(page.locator('.ghostWords')).toHaveText(/42 days earlier$/);
  await look(laurel, 'programme-dates');
  await page.keyboard.up('Alt');
  const dialog = page.getByRole('dialog', { name: 'Change 1 badge' });
  await expect(dialog.getByText(/722/).first()).toBeVisible();
  await look(laurel, 'programme-would-break');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(await bar.getAttribute('title')).toBe(title);

  // Beside an open badge the names stand above the bars.
  await rowOf(page, 'Winter Warmer').dblclick();
  await expect(page.getByRole('heading', { name: 'Winter Warmer', level: 1 })).toBeVisible();
  await look(laurel, 'programme-beside');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'More for Seasons' }).click();
  await page.getByRole('menuitem', { name: 'Simulate these badges' }).click();
  await expect(page.getByRole('textbox', { name: 'Scenario', exact: true })).toHaveValue('Seasons');
  await expect(page.getByText(/Seasons.*2 badges are in the scenario together/).first()).toBeVisible();
  await look(laurel, 'programme-simulated');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('heading', { name: /Simulating/ })).toBeHidden({ timeout: 60_000 });
  const result = page.getByRole('article', { name: 'Result Seasons' });
  await expect(result.getByText(/customers? (?:get|gets|got|were|are)|runs? out|nobody/i).first()).toBeVisible();
});
