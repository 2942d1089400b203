import type { Page } from '@playwright/test';

/**
 * Drops a file of this machine on the page, as a hand would.
 *
 * @param on selector of what it is dropped on
 */
export async function drop(page: Page, file: string, on: string): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'hand';
    document.body.append(input);
  });
  await page.locator('#hand').setInputFiles(file);
  await page.evaluate((target) => {
    const input = document.querySelector<HTMLInputElement>('#hand');
    const held = input?.files?.[0];
    if (!input || !held) throw new Error('There is no file to drop.');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(held);
    const place = document.querySelector(target);
    for (const type of ['dragenter', 'dragover', 'drop']) {
      place?.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    }
    input.remove();
  }, on);
}
