import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type Laurel } from './app';
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
    ['CSV', 'chart.csv', 'Day,Awarded,Awarded P10'],
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
