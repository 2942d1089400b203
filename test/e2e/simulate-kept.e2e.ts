import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inTestLong, type Laurel, test } from './app';
import { look } from './look';

async function runPumpkin(laurel: Laurel): Promise<void> {
  const { page } = laurel;
  await page.getByRole('button', { name: 'Run “A thousand cups of the season”' }).click();
  await expect(page.getByRole('article', { name: 'Result Pumpkin season' })).toBeVisible({ timeout: 60_000 });
}

test(
  'kept results are renamed, found, held against each other, opened again, exported and deleted',
  inTestLong,
  async ({ laurel, page, userData }) => {
    await laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
    await laurel.menu('go.simulate');
    await runPumpkin(laurel);
    const sentence = await page
      .getByText(/The cap of 1,000/)
      .first()
      .textContent();
    await page.getByRole('button', { name: 'Back to the start' }).click();
    await runPumpkin(laurel);
    await page.getByRole('radio', { name: 'Kept results (2)' }).click();
    const list = page.getByRole('list', { name: 'Kept results' });

    // Renamed: the open result and the list say so.
    await list.getByRole('button', { name: 'Rename “Pumpkin season”' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('As planned');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await expect(page.getByRole('article', { name: 'Result As planned' })).toBeVisible();

    // A against A shows nothing at all.
    const result = page.getByRole('article', { name: 'Result As planned' });
    await result.getByRole('tab', { name: 'Compare' }).click();
    await result.getByRole('combobox', { name: 'Or hold it against a kept result' }).fill('pumpkin');
    await page.getByRole('option', { name: /^Pumpkin season/ }).click();
    await expect(result.getByText('The versions give the same numbers, down to the last customer.')).toBeVisible({
      timeout: 60_000,
    });
    await expect(result.getByRole('figure')).toHaveCount(0);
    await look(laurel, 'simulate-compare-same');
    await result.getByRole('button', { name: 'Take B out of the comparison' }).click();
    await expect(result.getByRole('region', { name: 'Versions side by side' })).toBeHidden();

    // Another one shows both answers in the same charts.
    await result.getByRole('textbox', { name: 'were' }).fill('1500');
    await result.getByRole('button', { name: 'Run and compare' }).click();
    await expect(result.getByText(/customers are better off/)).toBeVisible({ timeout: 60_000 });
    const total = result.getByRole('slider', { name: 'How the cap is used up, by day' });
    await total.focus();
    await page.keyboard.press('End');
    expect(await total.getAttribute('aria-valuetext')).toMatch(/A · As planned 1,000 · B · .* 1,500$/);
    const chart = result.getByRole('figure', { name: 'Awards by week' });
    await chart.getByRole('button', { name: 'A · As planned' }).click();
    await expect(chart.getByRole('button', { name: 'A · As planned' })).toHaveAttribute('aria-pressed', 'false');
    await chart.getByRole('button', { name: 'Show “Awards by week” as a table' }).click();
    await expect(chart.getByRole('columnheader')).toHaveCount(3);
    await expect(result.getByRole('region', { name: 'Winners and losers' }).getByRole('row')).toHaveCount(2);

    // Found by words of its name, opened again, with the same answer.
    await expect(page.getByRole('radio', { name: 'Kept results (3)' })).toBeVisible();
    await page.getByRole('searchbox', { name: 'Search the kept results' }).fill('limit 1,500');
    await expect(list.getByRole('listitem')).toHaveCount(1);
    await look(laurel, 'simulate-kept');
    await page.getByRole('searchbox', { name: 'Search the kept results' }).fill('');
    await list
      .getByRole('button', { name: /^Pumpkin season Nov|^Pumpkin season [A-Z][a-z]{2} / })
      .first()
      .click();
    const again = page.getByRole('article', { name: 'Result Pumpkin season', exact: true });
    await expect(again.getByText(sentence ?? '')).toBeVisible();

    const target = path.join(userData, 'days.csv');
    await laurel.chooseInSaveDialog(target);
    await again.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Days, CSV/ }).click();
    await expect(page.getByText('Written to days.csv')).toBeVisible();
    expect((await readFile(target, 'utf8')).split('\r\n')[0]).toBe('\ufeffday,attempts,awarded,rejected');

    // Deleted: gone from the list and from the window, the others stay.
    await list.getByRole('button', { name: 'Delete “Pumpkin season”', exact: true }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByRole('radio', { name: 'Kept results (2)' })).toBeVisible();
    await expect(again).toBeHidden();
    await expect(list.getByRole('listitem')).toHaveCount(2);
  },
);
