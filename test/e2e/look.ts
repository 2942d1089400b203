import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { LENGTH } from '../../scripts/test/slow-tests.mjs';
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

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

const THEMES = ['light', 'dark'] as const;

/** The themes in which axe looks at a screen: both at length, else one, by turns of the screens' names. */
function themesOf(name: string): readonly ('light' | 'dark')[] {
  if (process.env[LENGTH] === 'long' || process.env['LAUREL_PICTURES'] !== undefined) return THEMES;
  // Half of the names are of even length.
  return [name.length % 2 === 0 ? 'light' : 'dark'];
}

/**
 * A second theme is asked only for what a theme can change. Axe is put into a page once and answers with what it found,
 * because handing over the script and everything that is in order takes longer than the looking.
 */
async function expectAccessible(page: Page, name: string, theme: string, isFirst: boolean): Promise<void> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe.source);
  const { found, passed } = await page.evaluate(
    async (rules) => {
      if (!window.axe) throw new Error('Axe is not in the page.');
      const { violations, passes } = await window.axe.run(document, {
        resultTypes: ['violations'],
        ...(rules ? { runOnly: rules } : {}),
      });
      return {
        found: violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`),
        passed: passes.length,
      };
    },
    isFirst ? null : ['color-contrast'],
  );
  expect(found, `axe on ${name}, ${theme}`).toEqual([]);
  expect(passed, `what axe looked at on ${name}, ${theme}`).toBeGreaterThan(0);
}

/** Both themes in one size, with a picture of each for people to look at. */
async function takePictures(laurel: Laurel, name: string, width: number, language: string): Promise<void> {
  const { page } = laurel;
  for (const theme of THEMES) {
    await showTheme(laurel, theme);
    // To hide the caret Playwright would add a style element, which the page's policy refuses.
    await page.screenshot({ path: path.join(folder, `${name}-${theme}-${width}.png`), caret: 'initial' });
    if (language === 'de') await inGerman(laurel, name, width, theme);
  }
}

async function showTheme(laurel: Laurel, theme: 'light' | 'dark'): Promise<void> {
  const { page } = laurel;
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
}

/**
 * Looks at what the window shows now, in two sizes: axe must find nothing, in one theme in `npm test` and in both in
 * `npm run test:long`, and nothing may stick out of the window. With `LAUREL_PICTURES=en` in the environment a picture of each goes to `test-results/screens`
 * for people to look at; with `LAUREL_PICTURES=de` each is taken in German, too, which may not stick out either.
 */
export async function look(laurel: Laurel, name: string): Promise<void> {
  const { page } = laurel;
  const pictures = process.env['LAUREL_PICTURES'];
  await mkdir(folder, { recursive: true });
  // What hangs on the pointer is no part of the screen.
  await page.mouse.move(1, 1);
  for (const [width, height] of SIZES) {
    await resize(laurel, width, height);
    // What floats follows the window's edge a frame later.
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name} is too wide`)
      .toBe(0);
    if (pictures !== undefined) await takePictures(laurel, name, width, pictures);
    // The smallest window shows everything that the larger does, and squeezes it.
    if (width !== SIZES[0][0]) continue;
    for (const [index, theme] of themesOf(name).entries()) {
      await showTheme(laurel, theme);
      await expectAccessible(page, name, theme, index === 0);
    }
  }
}
