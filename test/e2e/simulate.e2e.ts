import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inTestLong, type Laurel, test } from './app';
import { look } from './look';

async function openSimulate(laurel: Laurel): Promise<void> {
  await laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
  await laurel.menu('go.simulate');
}

test('a first run takes one click, opens with a sentence, then pictures, then tables, and is kept', async ({
  laurel,
  page,
  userData,
}) => {
  await openSimulate(laurel);
  await expect(page.getByRole('heading', { name: 'What would happen?' })).toBeVisible();
  await look(laurel, 'simulate-start');
  await page.getByRole('button', { name: 'Run “A thousand cups of the season”' }).click();
  const result = page.getByRole('article', { name: 'Result Pumpkin season' });
  await expect(result).toBeVisible({ timeout: 60_000 });
  await expect(result.getByText(/The cap of 1,000 is gone by .* turned away\./)).toBeVisible();
  await expect(result.getByRole('slider', { name: 'How the cap is used up, by day' })).toBeVisible();
  await look(laurel, 'simulate-overview');

  // The chart by keyboard: the readout moves with the arrows, a marked stretch is zoomed into and left again.
  const chart = result.getByRole('slider', { name: 'Awards and refusals by day, by day' });
  await chart.focus();
  await page.keyboard.press('Home');
  const first = await chart.getAttribute('aria-valuetext');
  await page.keyboard.press('Shift+PageDown');
  expect(await chart.getAttribute('aria-valuetext')).not.toBe(first);
  await page.keyboard.press('Enter');
  await expect(
    result.getByRole('button', { name: 'Show the whole period of “Awards and refusals by day”' }),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(
    result.getByRole('button', { name: 'Show the whole period of “Awards and refusals by day”' }),
  ).toBeHidden();

  // A table behind each chart, and the chart as files.
  await result.getByRole('button', { name: 'Show “Who is served” as a table' }).click();
  await expect(result.getByRole('region', { name: 'Table of Who is served' }).getByRole('row')).toHaveCount(3);
  for (const [item, file, start] of [
    ['SVG', 'chart.svg', '<?xml'],
    ['PNG', 'chart.png', '\u0089PNG'],
    // With the mark of UTF-8, by which Excel knows it.
    ['CSV', 'chart.csv', '\u00ef\u00bb\u00bfDay,Awarded,Awarded P10'],
  ] as const) {
    const target = path.join(userData, file);
    await laurel.chooseInSaveDialog(target);
    await result.getByRole('button', { name: 'Export “Awards and refusals by day”' }).click();
    await page.getByRole('menuitem', { name: new RegExp(`^${item}`) }).click();
    await expect(page.getByText(`Written to ${file}`)).toBeVisible();
    const written = await readFile(target, 'latin1');
    expect(written.startsWith(start), file).toBe(true);
    if (item === 'SVG') expect(written).not.toContain('oklch');
  }

  // Kept: it is there after a restart, and opens again with the same numbers.
  const sentence = await result
    .getByText(/The cap of 1,000/)
    .first()
    .textContent();
  const again = await laurel.restart();
  await laurel.menu('go.simulate');
  await again.getByRole('radio', { name: 'Kept results (1)' }).click();
  await again
    .getByRole('list', { name: 'Kept results' })
    .getByRole('button', { name: /^Pumpkin season/ })
    .click();
  await expect(again.getByRole('article', { name: 'Result Pumpkin season' }).getByText(sentence ?? '')).toBeVisible();
});

test(
  'every further question is answered beside its chart: why, crowded out, cost, goal, what matters, and side by side',
  inTestLong,
  async ({ laurel, page, userData }) => {
    await openSimulate(laurel);
    await page.getByRole('button', { name: 'Run “A thousand cups of the season”' }).click();
    const result = page.getByRole('article', { name: 'Result Pumpkin season' });
    await expect(result).toBeVisible({ timeout: 60_000 });
    const tab = (name: string): Promise<void> => result.getByRole('tab', { name }).click();

    await tab('Why not');
    await result.getByLabel('Customer', { exact: true }).fill('3');
    await page.keyboard.press('Enter');
    await expect(result.getByText(/^Customer 3 tries/)).toBeVisible({ timeout: 30_000 });
    await expect(result.getByText('The limit of the badge is reached · 990002').first()).toBeVisible();
    await look(laurel, 'simulate-why');

    await tab('Crowded out');
    await expect(result.getByText(/customers leave empty-handed\./)).toBeVisible();
    await look(laurel, 'simulate-crowded');

    await tab('Cost');
    await result.getByLabel('Budget for the period').fill('1200');
    await expect(result.getByText(/The budget of 1,200 EUR is kept with a chance of 0%/)).toBeVisible();
    await look(laurel, 'simulate-cost');

    await tab('Goal');
    await result.getByLabel('Of those who try, %').fill('80');
    await result.getByRole('button', { name: 'Seek' }).click();
    await expect(result.getByText(/is what it takes to serve 80% of those who try/)).toBeVisible({ timeout: 90_000 });
    await look(laurel, 'simulate-goal');
    await result.getByRole('button', { name: /^Use .* in the scenario$/ }).click();

    await tab('What matters');
    await result.getByRole('button', { name: 'Find what matters' }).click();
    await expect(result.getByText(/What matters most for “awards” is: Badge, in all: limit/)).toBeVisible({
      timeout: 90_000,
    });
    await look(laurel, 'simulate-what-matters');

    await tab('Compare');
    await result.getByLabel('were').fill('1500');
    await result.getByRole('button', { name: 'Run and compare' }).click();
    await expect(result.getByText(/customers are better off/)).toBeVisible({ timeout: 60_000 });
    await look(laurel, 'simulate-compare');
    await expect(page.getByRole('radio', { name: 'Kept results (2)' })).toBeVisible();

    await tab('Numbers');
    await expect(result.getByRole('table', { name: 'Every number of the badge' })).toBeVisible();
    const target = path.join(userData, 'pumpkin.scenario.json');
    await laurel.chooseInSaveDialog(target);
    await result.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Scenario file/ }).click();
    await expect(page.getByText('Written to pumpkin.scenario.json')).toBeVisible();
    expect(JSON.parse(await readFile(target, 'utf8'))).toMatchObject({
      schema: 'laurel/scenario@1',
      name: 'Pumpkin season',
    });
  },
);

test('a run goes on when its screen is left, and cancelling keeps nothing', inTestLong, async ({ laurel, page }) => {
  await openSimulate(laurel);
  await page.getByRole('button', { name: 'Describe your own' }).click();
  await page.getByRole('button', { name: 'Add the sample programme' }).click();
  await expect(page.getByText('Your library has no badge yet.')).toBeHidden();
  await page.getByRole('combobox', { name: 'Add a badge' }).fill('Monday');
  await page.getByRole('option', { name: /Monday Brew/ }).click();
  // The field shows plain digits while it has the focus; filling it before it has would find others to replace.
  await page.getByRole('textbox', { name: 'Customers' }).click();
  await page.getByRole('textbox', { name: 'Customers' }).fill('2000000');
  await page.getByRole('button', { name: 'Runs and seed' }).click();
  await page.getByLabel('Runs on other draws').fill('20');
  await look(laurel, 'simulate-scenario');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Running simulation' })).toBeVisible();
  await expect(page.getByText(/a second$/)).toBeVisible();
  await laurel.menu('go.badges');
  const job = page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('button', { name: /Simulating New scenario/ });
  await expect(job).toBeVisible();
  await job.click();
  await page.getByRole('region', { name: 'Running simulation' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Cancelled' })).toBeVisible();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(page.getByRole('radio', { name: 'Kept results', exact: true })).toBeVisible();
});

test(
  'transactions of a file are replayed through a badge, and bad rows are told by line',
  inTestLong,
  async ({ laurel, page, userData }) => {
    await openSimulate(laurel);
    await page.getByRole('button', { name: 'Describe your own' }).click();
    await page.getByRole('button', { name: 'Add the sample programme' }).click();
    await expect(page.getByText('Your library has no badge yet.')).toBeHidden();
    await page.getByRole('combobox', { name: 'Add a badge' }).fill('Pumpkin');
    await page.getByRole('option', { name: /Pumpkin Pioneer/ }).click();
    const today = new Date().toISOString().slice(0, 10);
    const file = path.join(userData, 'visits.csv');
    await writeFile(
      file,
      `customerId,eventDate,amount\n1001,${today}T12:00:00Z,4\nnobody,${today}T12:00:00Z,4\n1001,${today}T13:00:00Z,4\n`,
    );
    await laurel.chooseInOpenDialog([file]);
    await page.getByRole('radio', { name: 'Replay a file' }).click();
    await expect(
      page.getByRole('region', { name: 'Customers' }).getByText('visits.csv', { exact: true }),
    ).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Date and time' })).toContainText('eventDate');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const result = page.getByRole('article', { name: 'Result New scenario' });
    await expect(result.getByText('The only customer who tries for “Pumpkin Pioneer” gets it.')).toBeVisible({
      timeout: 30_000,
    });
    await result.getByRole('tab', { name: 'Numbers' }).click();
    await expect(result.getByText(/^Line 3:/)).toBeVisible();
    await look(laurel, 'simulate-replay');
  },
);
