import { expect, test } from './app';
import { look } from './look';

test('a badge is simulated by itself: its life and its owner, with the customers that were there, in two clicks', async ({
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
  await expect(page.getByText(/is in the scenario by itself/).first()).toBeVisible();
  await look(laurel, 'simulate-this-badge');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('heading', { name: /Simulating/ })).toBeHidden({ timeout: 60_000 });
  await expect(page.getByText(/customers? (?:get|gets|got|were|are)|runs? out|nobody/i).first()).toBeVisible();

  // What stood there before can be had back, and its customers go on to the next badge.
  const customers = page.getByRole('textbox', { name: 'Customers', exact: true });
  await customers.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('123');
  await laurel.menu('go.badges');
  await page.getByRole('button', { name: 'Simulate', exact: true }).last().click();
  await expect(page.getByText(/is in the scenario by itself/).first()).toBeVisible();
  await expect(customers).toHaveValue('123');
});
