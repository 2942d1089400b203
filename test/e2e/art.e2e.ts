import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type Laurel } from './app';
import { look } from './look';
import { accessOf, callPractice, openPractice } from './practice-access';

/** A new badge in a window that is wide enough for a designer. */
async function newBadge({ app, page }: Laurel): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
  await page.keyboard.press('Control+n');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Challenge/ })
    .click();
  await page.getByRole('textbox', { name: 'Name (required)' }).fill('Summer crest');
}

const saved = (page: Page) => expect(page.locator('[data-save-state]')).toHaveAttribute('data-save-state', 'saved');

test('a badge gets its art: a design, three states, pictures for an org, and their addresses back', async ({
  laurel,
  page,
  userData,
}) => {
  await newBadge(laurel);
  await saved(page);

  await page.getByRole('button', { name: 'Design…' }).click();
  const designer = page.getByRole('region', { name: 'Art', exact: true });
  await expect(designer.getByRole('group', { name: 'Designs' }).getByRole('img')).toHaveCount(0);
  await expect(designer.locator('.designs img')).toHaveCount(12);
  await look(laurel, 'art-designs');
  await designer.getByRole('button', { name: 'Begin with Crest' }).click();
  const large = designer.getByRole('img', { name: 'Summer crest, Earned, 256 pixels' }).first();
  await expect(large).toBeVisible();
  const earned = await large.getAttribute('src');
  await look(laurel, 'art-designer');

  // One brand colour changes every colour that is made of it; a style makes the two other states.
  await designer.getByRole('textbox', { name: 'First colour: code' }).fill('#7a1f5c');
  await expect(large).not.toHaveAttribute('src', earned ?? '');
  await designer.getByRole('radio', { name: 'Ring' }).click();
  await designer.getByRole('radio', { name: 'In progress' }).click();
  await expect(designer.getByText('60% done').first()).toBeVisible();
  await designer.getByRole('button', { name: /^Letters: Summer crest/ }).click();
  await designer.getByRole('textbox', { name: 'Text', exact: true }).fill('Été 🎉');
  await expect(designer.getByText(/No font of Laurel has 🎉/)).toBeVisible();
  await designer.getByRole('textbox', { name: 'Text', exact: true }).fill('مرحبا');
  await expect(designer.getByText(/No font of Laurel has/)).toHaveCount(0);
  await saved(page);
  await look(laurel, 'art-designer-changed');

  // Every step is one of the badge's own undo, also after a restart.
  await page.keyboard.press('Escape');
  const folder = path.join(userData, 'pictures');
  await mkdir(folder);
  await laurel.chooseInOpenDialog([folder]);
  await designer.getByRole('button', { name: 'Export pictures…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export pictures' });
  await dialog.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(page.getByText('6 pictures of one badge are in pictures.')).toBeVisible();
  const names = (await readdir(folder)).toSorted();
  expect(names.map((name) => name.replace(/^summer-crest-[0-9a-f]{8}\./, ''))).toEqual(
    ['EARNED', 'IN_PROGRESS', 'UN_EARNED'].flatMap((state) => [`${state}.png`, `${state}.svg`]),
  );
  const png = await readFile(path.join(folder, names[0] ?? ''));
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([512, 512]);

  // The list shows it, and so does the form.
  await expect(page.getByRole('grid', { name: 'Badges' }).locator('img').first()).toBeVisible();
  await designer.getByRole('button', { name: 'Back to the form' }).click();
  await expect(page.locator('figure img')).toHaveCount(3);
  await look(laurel, 'art-form');

  const addresses = path.join(userData, 'addresses.csv');
  const lines = names
    .filter((name) => name.endsWith('.png'))
    .map((name) => `${name},https://cdn.example.org/${name},h-${name}`);
  await writeFile(
    addresses,
    ['file,address,handle', ...lines, 'nobody.EARNED.png,https://cdn.example.org/x'].join('\n'),
  );
  await laurel.chooseInOpenDialog([addresses]);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('take addresses');
  await page.keyboard.press('Enter');
  const back = page.getByRole('dialog', { name: 'Take addresses back' });
  await back.getByRole('button', { name: 'Read a file…' }).click();
  await expect(back.getByText('3 images can be taken over.')).toBeVisible();
  await expect(back.getByText('Line 5: No badge is called “nobody”, and no picture of Laurel.')).toBeVisible();
  await look(laurel, 'art-addresses');
  await back.getByRole('button', { name: 'Take 3 images over' }).click();
  await expect(page.getByText('3 images of one badge have their addresses.')).toBeVisible();
  await page.keyboard.press('Control+j');
  await expect(page.locator('.cm-content')).toContainText('https://cdn.example.org/summer-crest-');
  await page.keyboard.press('Control+j');

  const again = await laurel.restart();
  await expect(again.locator('figure img')).toHaveCount(3);
  for (let step = 0; step < 12; step += 1) await again.keyboard.press('Control+z');
  await expect(again.getByText(/^No art yet\./)).toBeVisible();
});

test('pictures go on the practice org, their addresses into the badge, and the push brings them there', async ({
  laurel,
  page,
}) => {
  await newBadge(laurel);
  await page.getByRole('button', { name: 'Design…' }).click();
  const designer = page.getByRole('region', { name: 'Art', exact: true });
  await designer.getByRole('button', { name: 'Begin with Crest' }).click();
  await saved(page);
  await designer.getByRole('button', { name: 'Export pictures…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export pictures' });
  await look(laurel, 'art-export');
  await dialog.getByRole('button', { name: 'Put on the practice org' }).click();
  await expect(dialog.getByText(/^3 pictures answer at http:\/\/127\.0\.0\.1:\d+\.$/)).toBeVisible();
  await look(laurel, 'art-on-practice');
  await dialog.getByRole('button', { name: 'Use these addresses' }).click();
  await expect(page.getByText('3 images of one badge have their addresses.')).toBeVisible();

  const access = await accessOf(await openPractice(laurel));
  await page.getByRole('button', { name: 'Connect Laurel to this' }).click();
  await page.getByRole('button', { name: 'Pull from Practice org' }).click();
  await page
    .getByRole('grid', { name: 'Badges here and in Practice org' })
    .getByRole('row')
    .filter({ hasText: 'Summer crest' })
    .click();
  const comparison = page.getByRole('region', { name: 'Comparison of the draft with Practice org' });
  await expect(comparison.locator('img')).toHaveJSProperty('complete', true);
  await look(laurel, 'art-compared');
  await comparison.getByRole('button', { name: 'Review the push…' }).click();
  await page.getByRole('button', { name: 'Send 1 request to Practice org' }).click();
  await expect(page.getByText('1 of 1 done in Practice org.')).toBeVisible();
  const { data } = (await callPractice(access, 'GET', '/badgeMeta')) as {
    data: { metaBasicDetails: { id: string }[] };
  };
  const { data: badge } = (await callPractice(access, 'GET', `/badgeMeta/${data.metaBasicDetails[0]?.id ?? ''}`)) as {
    data: { images: { url: string; tag: string }[] };
  };
  expect(badge.images.map(({ tag }) => tag).toSorted()).toEqual(['EARNED', 'IN_PROGRESS', 'UN_EARNED']);
  for (const { url } of badge.images) {
    const picture = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([512, 512]);
  }
});
