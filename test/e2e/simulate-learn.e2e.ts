import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { wordsOf } from '../report/read-report';
import { expect, test } from './app';
import { drop } from './drop';
import { look } from './look';
import { asTable, drawnTransactions } from '../simulation/learning/drawn-transactions';

test('from a dropped file to what was learned, a forecast, a report with it, and a limit back into the badge', async ({
  laurel,
  page,
  userData,
}) => {
  await page.getByRole('button', { name: /^Add the sample programme/ }).click();
  const name = 'Anniversary Espresso';
  await page.getByRole('grid', { name: 'Badges' }).getByRole('row').filter({ hasText: name }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Simulate', exact: true }).last().click();
  await expect(page.getByRole('textbox', { name: 'Scenario', exact: true })).toHaveValue(name);

  const file = path.join(userData, 'sales-2025.csv');
  const weekdays = [1, 1, 1, 1, 1, 2, 1];
  const hours = [0, 0, 0, 0, 0, 0, 1, 3, 5, 4, 3, 4, 9, 5, 3, 3, 4, 6, 5, 2, 1, 0, 0, 0];
  const rows = drawnTransactions(7, '2025-01-06T00:00:00Z', '2025-07-07T00:00:00Z', [
    { name: 'regulars', size: 900, activity: { perWeek: 1.2, dispersion: 0.5, weekdays, hours, amount: { mean: 40 } } },
    { name: 'newcomers', size: 500, activity: { perWeek: 0.3, dispersion: 1, amount: { mean: 25 } } },
  ]);
  await writeFile(file, asTable(rows));
  await drop(page, file, '.area');
  await expect(page.getByText(/rows|Rows/).first()).toBeVisible();
  const learn = page.getByRole('button', { name: 'Learn', exact: true });
  await expect(learn).toBeEnabled();
  await look(laurel, 'simulate-learn-asked');
  await learn.click();

  const learned = page.getByRole('article', { name: /What was learned from sales-2025.csv/ });
  await expect(learned).toBeVisible({ timeout: 60_000 });
  await expect(learned.getByText(/^Good: for the last 36 days, held back, the forecast/)).toBeVisible();
  await expect(learned.getByText(/Repeating what was 42 days earlier says/)).toBeVisible();
  await expect(learned.getByRole('row', { name: /regulars/ })).toContainText('902');
  await expect(
    learned.getByText(/^“regulars”: most from 12:00 to 13:00, [\d.]+ times an average hour\.$/),
  ).toBeVisible();
  await expect(learned.getByText('“newcomers”: no hours of the day that chance could not explain.')).toBeVisible();
  await look(laurel, 'simulate-learned');
  await learned.getByRole('heading', { name: 'Hours of the day', exact: true }).scrollIntoViewIfNeeded();
  await look(laurel, 'simulate-learned-hours');
  const numbers = learned.getByRole('button', { name: /^Weekdays, hours and months in numbers/ });
  await numbers.click();
  await numbers.scrollIntoViewIfNeeded();
  await expect(learned.getByRole('row', { name: /^Saturday 1\.\d+ \([\d.]+ to [\d.]+\) / })).toBeVisible();
  await numbers.evaluate((button) => button.scrollIntoView({ block: 'center' }));
  await look(laurel, 'simulate-learned-numbers');
  await learned.getByRole('button', { name: 'Use this' }).click();

  // The scenario keeps the badge and its period, and has the customers in place of the file.
  await expect(page.getByText(/The scenario has the customers of sales-2025.csv now/).first()).toBeVisible();
  await expect(page.getByText(/Learned from sales-2025.csv/)).toBeVisible();
  const regulars = page.getByRole('region', { name: 'Segment regulars' });
  await expect(regulars).toBeVisible();
  await regulars.getByRole('button', { name: /^Habits/ }).click();
  await expect(regulars.getByRole('button', { name: /^Hours of the day most from 12:00 to 13:00/ })).toBeVisible();
  await regulars.getByRole('button', { name: /^Habits/ }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('article', { name: `Result ${name}` })).toBeVisible({ timeout: 60_000 });
  await look(laurel, 'simulate-learned-run');

  // The report says from which file the customers were learned, and how well.
  await page
    .getByRole('article', { name: `Result ${name}` })
    .getByRole('button', { name: 'Report…' })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Report' });
  const report = path.join(userData, 'espresso.html');
  await laurel.chooseInSaveDialog(report);
  await look(laurel, 'simulate-learned-report');
  await dialog.getByRole('button', { name: 'Write the report…' }).click();
  await expect(page.getByText('The report lies in espresso.html.')).toBeVisible({ timeout: 30_000 });
  expect(wordsOf(await readFile(report, 'utf8'))).toContain('sales-2025.csv');

  // What the answer asked for is turned in the scenario, tried, and taken into the badge.
  await page.getByRole('button', { name: 'Turn or add limits' }).click();
  await page.getByRole('button', { name: /^Add a limit, .*all customers/ }).click();
  await page.getByRole('menuitem', { name: /^In all/ }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(
    page
      .getByRole('article', { name: `Result ${name}` })
      .getByText(/The cap of 1,000/)
      .first(),
  ).toBeVisible({
    timeout: 60_000,
  });
  await look(laurel, 'simulate-learned-limit');
  await page.getByRole('button', { name: 'Use in the badge' }).click();
  await expect(page.getByText(/taken into the draft of the library/).first()).toBeVisible();
  await page.getByRole('button', { name: `Open “${name}” in Badges` }).click();
  await expect(page.getByRole('spinbutton', { name: 'At most' }).or(page.getByLabel('At most')).last()).toHaveValue(
    /1,?000/,
  );
  await look(laurel, 'simulate-learned-badge');

  // Badges and kept results are a name away, wherever one is.
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Find a command, a badge, a scenario or a result' })).toBeFocused();
  await page.keyboard.type('espresso');
  await expect(page.getByRole('option').filter({ hasText: name })).toHaveCount(3);
  await look(laurel, 'palette-finds');
  await page.getByRole('option').filter({ hasText: name }).last().click();
  await expect(page.getByRole('article', { name: `Result ${name}` })).toBeVisible();
});
