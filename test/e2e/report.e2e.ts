import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { figuresOf, piecesOf, wordsOf } from '../report/read-report';
import { expect, test } from './app';
import { look } from './look';

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><rect width="80" height="20"/></svg>';

const count = (words: string): Map<string, number> =>
  words.split(/\s+/).reduce((counts, word) => counts.set(word, (counts.get(word) ?? 0) + 1), new Map<string, number>());

/** Every word and number that a report says as a page stands in its PDF, at least as often. */
async function expectSameWords(pdf: Buffer, written: string): Promise<void> {
  // On paper nobody can follow the links from the pictures to their tables.
  const page = written.replaceAll(/<p class="look">[\s\S]*?<\/p>/g, '');
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
  const printed = count(text);
  const missing = [...count(wordsOf(page))].filter(([word, times]) => (printed.get(word) ?? 0) < times);
  expect(missing).toEqual([]);
  const whole = text.replaceAll(/\s+/g, '');
  expect(piecesOf(page).filter((piece) => !whole.includes(piece.replaceAll(/\s+/g, '')))).toEqual([]);
}

test('an answer becomes a report with its very figures, which looks as the last one did, and a chart goes to the clipboard', async ({
  laurel,
  page,
  userData,
}) => {
  await laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
  await laurel.menu('go.simulate');
  await page.getByRole('button', { name: 'Run “A thousand cups of the season”' }).click();
  const result = page.getByRole('article', { name: 'Result Pumpkin season' });
  await expect(result).toBeVisible({ timeout: 60_000 });
  const sentence =
    (await result
      .getByText(/The cap of 1,000/)
      .first()
      .textContent()) ?? '';
  const kept = path.join(userData, 'result.json');
  await laurel.chooseInSaveDialog(kept);
  await result.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Result/ }).click();
  await expect(page.getByText('Written to result.json')).toBeVisible();

  // A logo that acts is refused in words, one that only draws is taken.
  await result.getByRole('button', { name: 'Report…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Report' });
  await expect(dialog.getByRole('textbox', { name: 'Title' })).toHaveValue('Pumpkin season');
  const [acting, logo] = [path.join(userData, 'acting.svg'), path.join(userData, 'acme.svg')];
  await writeFile(acting, LOGO.replace('<rect', '<script/><rect'));
  await writeFile(logo, LOGO);
  await laurel.chooseInOpenDialog([acting]);
  await dialog.getByRole('button', { name: 'Choose a picture…' }).click();
  await expect(dialog.getByText(/acting\.svg/)).toBeVisible();
  await expect(dialog.getByText('No logo')).toBeVisible();
  await laurel.chooseInOpenDialog([logo]);
  await dialog.getByRole('button', { name: 'Choose a picture…' }).click();
  await expect(dialog.getByText('acme.svg')).toBeVisible();

  // A colour that is none is said, and nothing is written from it.
  const colour = dialog.getByRole('textbox', { name: 'Brand colour' });
  await colour.fill('red');
  await expect(dialog.getByText('The brand colour is written as #1a7f50, not red.').first()).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Write the report…' })).toBeDisabled();
  await colour.fill('#7a1f5c');
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Cups & costs');
  await look(laurel, 'simulate-report');

  const html = path.join(userData, 'cups.html');
  await laurel.chooseInSaveDialog(html);
  await dialog.getByRole('button', { name: 'Write the report…' }).click();
  await expect(page.getByText('The report lies in cups.html.')).toBeVisible({ timeout: 30_000 });
  await expect(dialog).toBeHidden();
  const written = await readFile(html, 'utf8');
  expect(wordsOf(written)).toContain('Cups & costs');
  expect(wordsOf(written)).toContain(sentence.trim());
  expect(wordsOf(written)).toContain('laurel simulate pumpkin-season.scenario.json --json --seed');
  expect(written).toContain('--brand:#7a1f5c');
  expect(written).toContain('data:image/svg+xml');
  const numbers = JSON.parse(await readFile(kept, 'utf8')) as Record<string, unknown>;
  const figures = figuresOf(written).filter((figure) => figure.path !== null);
  expect(figures.length).toBeGreaterThan(20);
  for (const { value, path: place } of figures) {
    const found = place?.reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], numbers);
    expect(found, JSON.stringify(place)).toBe(value);
  }

  // Open gives the system this file and no other.
  await laurel.app.evaluate(({ shell }) => {
    shell.openPath = (file) => {
      (globalThis as { opened?: string }).opened = file;
      return Promise.resolve('');
    };
  });
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect.poll(() => laurel.app.evaluate(() => (globalThis as { opened?: string }).opened)).toBe(html);

  // The next one looks alike, after a restart too, and can be printed.
  const again = await laurel.restart();
  await laurel.menu('go.simulate');
  await again.getByRole('radio', { name: 'Kept results (1)' }).click();
  await again
    .getByRole('list', { name: 'Kept results' })
    .getByRole('button', { name: /^Pumpkin season/ })
    .click();
  const reopened = again.getByRole('article', { name: 'Result Pumpkin season' });
  await reopened.getByRole('button', { name: 'Report…' }).click();
  const second = again.getByRole('dialog', { name: 'Report' });
  await expect(second.getByRole('textbox', { name: 'Brand colour' })).toHaveValue('#7a1f5c');
  await expect(second.getByText('acme.svg')).toBeVisible();
  const asPage = path.join(userData, 'season.html');
  await laurel.chooseInSaveDialog(asPage);
  await second.getByRole('button', { name: 'Write the report…' }).click();
  await expect(again.getByText('The report lies in season.html.')).toBeVisible({ timeout: 30_000 });
  await reopened.getByRole('button', { name: 'Report…' }).click();
  await second.getByRole('radio', { name: /^PDF/ }).click();
  const pdf = path.join(userData, 'cups.pdf');
  await laurel.chooseInSaveDialog(pdf);
  await second.getByRole('button', { name: 'Write the report…' }).click();
  await expect(again.getByText('The report lies in cups.pdf.')).toBeVisible({ timeout: 60_000 });
  await expectSameWords(await readFile(pdf), await readFile(asPage, 'utf8'));

  // A chart as a picture, in the colour of the report.
  await reopened.getByRole('button', { name: 'Copy “Awards and refusals by day” as a picture' }).click();
  await expect(reopened.getByText('The picture is on the clipboard.')).toBeVisible();
  const copied = await laurel.app.evaluate(async ({ clipboard, nativeImage }) => {
    // The stand-in is older than the types, and reads a picture in one call.
    const older = clipboard as unknown as { readImage?: () => Electron.NativeImage };
    const png = async (): Promise<Buffer> => {
      const [item] = await clipboard.read();
      const picture = await item?.getType('image/png');
      return Buffer.from(new Uint8Array((await picture?.arrayBuffer()) ?? new ArrayBuffer(0)));
    };
    const image = older.readImage ? older.readImage() : nativeImage.createFromBuffer(await png());
    const { width, height } = image.getSize();
    const bitmap = image.toBitmap();
    let brand = 0;
    for (let at = 0; at < bitmap.length; at += 4)
      if (bitmap[at] === 0x5c && bitmap[at + 1] === 0x1f && bitmap[at + 2] === 0x7a) brand += 1;
    return { width, height, brand };
  });
  expect(copied.width).toBe(1504);
  expect(copied.height).toBeGreaterThan(400);
  expect(copied.brand).toBeGreaterThan(100);
});
