import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserWindow } from 'electron';
import { writeWhole } from '../disk/whole-file';

const PAINT_LIMIT_MS = 5_000;
const SETTLE_MS = 300;

/** Saves a picture of the window as PNG, once what it shows has been painted. */
export async function saveScreenshot(window: BrowserWindow, file: string): Promise<void> {
  // A window that nobody can see may never paint, and has to be captured nonetheless.
  const painted = window.webContents.executeJavaScript(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true))))',
  );
  await Promise.race([painted, wait(PAINT_LIMIT_MS)]);
  await wait(SETTLE_MS);
  const picture = await window.webContents.capturePage();
  await writeWhole(path.resolve(file), picture.toPNG());
}
