import { expect, inTestLong, test } from './app';
import { look } from './look';

test('runs go on until a percentile is known, and the answer says how surely', inTestLong, async ({ laurel, page }) => {
  await page.getByRole('button', { name: /^Add the sample programme/ }).click();
  const name = 'Anniversary Espresso';
  await page.getByRole('grid', { name: 'Badges' }).getByRole('row').filter({ hasText: name }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Simulate', exact: true }).last().click();
  const customers = page.getByRole('textbox', { name: 'Customers', exact: true });
  await customers.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('300');
  await page.getByRole('button', { name: /^Runs and seed/ }).click();
  await page.getByRole('radio', { name: 'Until it is known' }).click();
  await page.getByRole('textbox', { name: 'To within, %' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('30');
  await look(laurel, 'simulate-until-known');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const result = page.getByRole('article', { name: `Result ${name}` });
  await expect(result.getByText(/^P90 of awards lies between .* with a certainty of 95%: known as well/)).toBeVisible({
    timeout: 60_000,
  });
  await look(laurel, 'simulate-known');
});
