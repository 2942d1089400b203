/**
 * `npm run gallery`: every component of the window in every state, served to a browser of this machine while it is worked on.
 * `npm run gallery -- --pictures FOLDER` writes a picture of each page instead, in both languages, light and dark.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createServer } from 'vite';
import { root } from './bootstrap/places.mjs';
import { explain, say } from './bootstrap/report.mjs';
import { chromiumPath } from './bootstrap/system-libraries.mjs';

const looks = ['en', 'de'].flatMap((language) => ['light', 'dark'].map((theme) => ({ language, theme })));

try {
  const { values } = parseArgs({ options: { pictures: { type: 'string' }, port: { type: 'string' } } });
  const server = await createServer({
    configFile: false,
    root: path.join(root, 'test', 'renderer', 'gallery'),
    cacheDir: path.join(root, 'node_modules', '.vite', 'gallery'),
    plugins: [svelte({ configFile: path.join(root, 'svelte.config.js') })],
    logLevel: 'warn',
    server: { host: '127.0.0.1', port: Number(values.port ?? 5180), fs: { allow: [root] } },
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0] ?? '';
  if (values.pictures === undefined) {
    say(`Gallery: ${address}`);
  } else {
    const folder = path.resolve(process.env.INIT_CWD ?? process.cwd(), values.pictures);
    try {
      say(`${await takePictures(address, folder)} pictures in ${folder}`);
    } finally {
      await server.close();
    }
  }
} catch (error) {
  explain(error);
  process.exitCode = 1;
}

/**
 * @param {string} address of the gallery
 * @param {string} folder absolute; it is made
 * @returns {Promise<number>} how many were written
 */
async function takePictures(address, folder) {
  mkdirSync(folder, { recursive: true });
  const executablePath = chromiumPath();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 960, height: 640 }, reducedMotion: 'reduce' });
    let taken = 0;
    for (const { language, theme } of looks) {
      await page.goto(`${address}?${new URLSearchParams({ language, theme }).toString()}`);
      await page.locator('section').first().waitFor();
      for (const name of await page.locator('nav button').allTextContents()) {
        // Told, not clicked: an open dialog lies on it.
        await page.locator(`nav button[data-page="${name}"]`).dispatchEvent('click');
        // What a story opens by itself is there a moment later.
        await page.waitForTimeout(600);
        await page.screenshot({ path: path.join(folder, `${name}-${language}-${theme}.png`), fullPage: true });
        taken += 1;
      }
    }
    return taken;
  } finally {
    await browser.close();
  }
}
