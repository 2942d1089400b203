import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type Laurel } from './app';

const folder = path.resolve(import.meta.dirname, '..', '..', 'test-results', 'screens');

/** The smallest window there is, and a common one. */
const SIZES = [
  [960, 640],
  [1440, 900],
] as const;

async function resize(laurel: Laurel, width: number, height: number): Promise<void> {
  await laurel.app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [
    width,
    height,
  ] as const);
  await expect.poll(() => laurel.page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

/** Changes the words of the open window, as another window of the same person does. */
export async function speak(page: Page, language: 'en' | 'de'): Promise<void> {
  await page.evaluate((tag) => {
    localStorage.setItem('laurel.language', tag);
    dispatchEvent(new StorageEvent('storage', { key: 'laurel.language', newValue: tag }));
  }, language);
  await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`));
}

/** The same screen in the longer language: nothing may stick out of it either. */
async function inGerman({ page }: Laurel, name: string, width: number, theme: string): Promise<void> {
  await speak(page, 'de');
  await page.screenshot({ path: path.join(folder, `${name}-${theme}-${String(width)}-de.png`), caret: 'initial' });
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(beyond, `${name} is too wide in German`).toBe(0);
  await speak(page, 'en');
}

/** Axe takes most of the time of a look: the second theme is asked only for what a theme can change. */
async function expectAccessible(page: Page, name: string, theme: 'light' | 'dark'): Promise<void> {
  // Electron has no way to open the page of its own in which axe would finish.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (theme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`);
  expect(found, `axe on ${name}, ${theme}`).toEqual([]);
}

/**
 * Looks at what the window shows now, in both themes and two sizes: axe must find nothing in either theme, nothing may
 * stick out of the window, and a picture of each goes to `test-results/screens` for people to look at. With
 * `LAUREL_PICTURES=de` in the environment each is taken in German, too.
 */
export async function look(laurel: Laurel, name: string): Promise<void> {
  const { page } = laurel;
  await mkdir(folder, { recursive: true });
  // What hangs on the pointer is no part of the screen.
  await page.mouse.move(1, 1);
  for (const [width, height] of SIZES) {
    await resize(laurel, width, height);
    for (const theme of ['light', 'dark'] as const) {
      await laurel.menu(`view.theme.${theme}`);
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      // Transitions between the themes are over, or the picture and the contrast would be of something in between.
      await page.evaluate(() =>
        Promise.allSettled(
          document
            .getAnimations()
            .filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity)
            .map((animation) => animation.finished),
        ),
      );
      // To hide the caret Playwright would add a style element, which the page's policy refuses.
      await page.screenshot({ path: path.join(folder, `${name}-${theme}-${width}.png`), caret: 'initial' });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name} is too wide`).toBe(
        0,
      );
      if (process.env['LAUREL_PICTURES'] === 'de') await inGerman(laurel, name, width, theme);
      // The smallest window shows everything that the larger does, and squeezes it.
      if (width === SIZES[0][0]) await expectAccessible(page, name, theme);
    }
  }
}
