import { expect, inTestLong, test } from './app';
import { look } from './look';

test('the name that audit packs give is set in Settings and kept', inTestLong, async ({ laurel, page }) => {
  await laurel.menu('go.settings');
  const field = page.getByLabel('Your name');
  await field.fill('Ada Example');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Jobs and pushes that are started from now on name Ada Example.')).toBeVisible();
  await field.scrollIntoViewIfNeeded();
  await look(laurel, 'audit-name');
  await laurel.menu('go.badges');
  await laurel.menu('go.settings');
  await expect(page.getByLabel('Your name')).toHaveValue('Ada Example');
});
