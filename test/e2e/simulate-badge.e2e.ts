import type { Page } from '@playwright/test';
import { expect, test } from './app';
import { look } from './look';

/** Counts what a person does from now on: presses of the pointer, and keys. */
async function countActions(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = window as unknown as { actions: number };
    counted.actions = 0;
    for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => (counted.actions += 1), true);
  });
  return () => page.evaluate(() => (window as unknown as { actions: number }).actions);
}

/** In the result: the form has words of its own about nobody. */
const answer = (page: Page) =>
  page
    .getByRole('article', { name: /^Result / })
    .getByText(/customers? (?:get|gets|got|were|are)|runs? out|nobody/i)
    .first();

test('from the library to a right first answer in four actions at most', async ({ page }) => {
  await page.getByRole('button', { name: /^Add the sample programme/ }).click();
  const row = page.getByRole('grid', { name: 'Badges' }).getByRole('row').filter({ hasText: 'Anniversary Espresso' });
  await expect(row).toBeVisible();
  const actions = await countActions(page);
  await row.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Simulate this badge' }).click();
  await expect(page.getByRole('textbox', { name: 'Scenario', exact: true })).toHaveValue('Anniversary Espresso');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(answer(page)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/Nobody can get/)).toBeHidden();
  expect(await actions()).toBeLessThanOrEqual(4);
});

test('a badge is simulated by itself, its limits are turned in the scenario, and come back into the badge', async ({
  laurel,
  page,
}) => {
  await page.getByRole('button', { name: /^Add the sample programme/ }).click();
  const rows = page.getByRole('grid', { name: 'Badges' }).getByRole('row');
  const name = 'Anniversary Espresso';
  await rows.filter({ hasText: name }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Simulate', exact: true }).last().click();
  await expect(page.getByRole('textbox', { name: 'Scenario', exact: true })).toHaveValue(name);
  await expect(page.getByText(/is in the scenario by itself.*customers as an example/).first()).toBeVisible();
  await look(laurel, 'simulate-this-badge');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('heading', { name: /Simulating/ })).toBeHidden({ timeout: 60_000 });
  await expect(answer(page)).toBeVisible();

  // A limit that is not there is added right here, and the scenario says that it is not as in the library.
  await page.getByRole('button', { name: 'Turn or add limits' }).click();
  await page.getByRole('button', { name: /^Add a limit, .*all customers/ }).click();
  await page.getByRole('menuitem', { name: /^In all/ }).click();
  await expect(page.getByText(/^Turned here: 1 field not as in the library/)).toBeVisible();
  await page.getByRole('button', { name: 'Show difference' }).click();
  await expect(page.getByRole('list', { name: /Differences of/ })).toContainText('1,000 in all');
  await look(laurel, 'simulate-turned-limit');
  await page.getByRole('button', { name: 'Use in the badge' }).click();
  await expect(page.getByText(/taken into the draft of the library/).first()).toBeVisible();
  await expect(page.getByText(/^Turned here/)).toBeHidden();

  // The badge has it, as one step that is undone there; the scenario then says that the library went on.
  await page.getByRole('button', { name: `Open “${name}” in Badges` }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await expect(page.getByRole('spinbutton', { name: 'At most' }).or(page.getByLabel('At most')).last()).toHaveValue(
    /1,?000/,
  );
  await laurel.menu('edit.undo');
  await laurel.menu('go.simulate');
  await expect(page.getByText(/The library’s badge was changed since it was copied/)).toBeVisible();
  await look(laurel, 'simulate-library-moved');
  await page.getByRole('button', { name: 'Update from library' }).click();
  await expect(page.getByText(/is here as in the library/).first()).toBeVisible();
  await expect(page.getByText(/The library’s badge was changed/)).toBeHidden();

  // What stood there before can be had back, and its customers go on to the next badge.
  const customers = page.getByRole('textbox', { name: 'Customers', exact: true });
  await customers.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('123');
  await laurel.menu('go.badges');
  await page.getByRole('button', { name: 'Simulate', exact: true }).last().click();
  await expect(page.getByText(/is in the scenario by itself.*customers of the scenario before/).first()).toBeVisible();
  await expect(customers).toHaveValue('123');
});
