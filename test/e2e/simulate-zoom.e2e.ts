import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inTestLong, type Laurel, testOfOwnStart as test } from './app';

const screens = path.resolve(import.meta.dirname, '..', '..', 'test-results', 'screens');

async function zoom(laurel: Laurel, factor: number): Promise<void> {
  await laurel.app.evaluate(({ BrowserWindow }, chosen) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setContentSize(1440, 900);
    window?.webContents.setZoomFactor(chosen);
  }, factor);
  await expect.poll(() => laurel.page.evaluate(() => innerWidth)).toBe(1440 / factor);
}

async function picture(laurel: Laurel, name: string): Promise<void> {
  await mkdir(screens, { recursive: true });
  for (const theme of ['light', 'dark'] as const) {
    await laurel.menu(`view.theme.${theme}`);
    await expect(laurel.page.locator('html')).toHaveAttribute('data-theme', theme);
    // Playwright's own picture of a zoomed page shows a part of it only.
    const png = await laurel.app.evaluate(async ({ BrowserWindow }) => {
      const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
      return image?.toPNG().toString('base64') ?? '';
    });
    await writeFile(path.join(screens, `${name}-${theme}.png`), Buffer.from(png, 'base64'));
  }
}

test(
  'at 200 % zoom the scenario and its result have one pane in turn, and every button shows what it does',
  inTestLong,
  async ({ laurel, page }) => {
    await laurel.menu('go.simulate');
    await zoom(laurel, 2);
    const pane = page.getByRole('radiogroup', { name: 'Pane', exact: true });
    await expect(pane).toBeVisible();
    await page.getByRole('button', { name: 'Describe your own' }).click();
    const name = page.getByRole('textbox', { name: 'Scenario', exact: true });
    await expect(name).toHaveValue('New scenario');
    // One click into the field is enough to choose from the library.
    await page.getByRole('combobox', { name: 'Add a badge' }).click();
    await expect(page.getByRole('listbox')).toBeVisible();
    await picture(laurel, 'simulate-zoom-scenario');
    await page.keyboard.press('Escape');
    await pane.getByRole('radio', { name: 'Start' }).click();
    await expect(name).toBeHidden();
    await picture(laurel, 'simulate-zoom-start');
    await zoom(laurel, 1);
    await expect(name).toBeVisible();
    await expect(pane).toBeHidden();
  },
);
