import { expect, inTestLong, test } from './app';
import { look } from './look';

test(
  'a closure, a season and hours stand in the form, and nothing happens on the closed days',
  inTestLong,
  async ({ laurel, page }) => {
    await page.getByRole('button', { name: /^Add the sample programme/ }).click();
    const name = 'Anniversary Espresso';
    await page.getByRole('grid', { name: 'Badges' }).getByRole('row').filter({ hasText: name }).click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await page.getByRole('button', { name: 'Simulate', exact: true }).last().click();
    await page.getByRole('button', { name: /^Habits/ }).click();
    await page.getByRole('textbox', { name: /^December, times as often/ }).fill('1.7');
    await page.getByRole('textbox', { name: /^December, times as often/ }).scrollIntoViewIfNeeded();
    await look(laurel, 'simulate-season');
    await page.getByRole('button', { name: /^Hours of the day/ }).click();
    const busy = [
      0, 0, 0, 0, 0, 0, 0.4, 2.2, 3.1, 1.4, 1.2, 1.6, 2.8, 1.9, 1.3, 1.325, 1.6, 2.1, 1.7, 0.8, 0.123456, 0, 0, 0,
    ];
    for (const [hour, weight] of busy.entries())
      await page
        .getByRole('textbox', { name: new RegExp(`^Weight of ${String(hour).padStart(2, '0')}:00 to`) })
        .fill(String(weight));
    await page.getByRole('button', { name: 'All hours alike' }).scrollIntoViewIfNeeded();
    await look(laurel, 'simulate-hours');
    await page.getByRole('button', { name: /^Calendar/ }).click();
    await page.getByRole('button', { name: 'Add campaign' }).click();
    await page.getByRole('button', { name: 'Add closure' }).click();
    const first = page.getByRole('textbox', { name: 'First day' });
    await first.nth(0).fill('2020-01-01');
    const last = page.getByRole('textbox', { name: 'Last day' });
    await last.nth(0).fill('2020-01-02');
    await expect(page.getByText('These days are outside of the period and change nothing.').first()).toBeVisible();
    await page.getByRole('button', { name: 'Add closure' }).scrollIntoViewIfNeeded();
    await look(laurel, 'simulate-calendar');
    // Closed throughout: nobody tries for the badge on any day.
    await first.nth(1).fill('2000-01-01');
    await last.nth(1).fill('2099-12-31');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const result = page.getByRole('article', { name: `Result ${name}` });
    await expect(result).toBeVisible({ timeout: 60_000 });
    await expect(result.getByText(/nobody/i).first()).toBeVisible();
  },
);
