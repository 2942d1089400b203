import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { badgeBody } from '../domain/badge-bodies';
import { expect, test } from './app';
import { drop } from './drop';
import { look } from './look';

test('badges leave in every format and come back by drop, by picker and by paste; what differs is asked', async ({
  laurel,
  page,
  userData,
}) => {
  const list = path.join(userData, 'given.json');
  const given = (rank: number) => [
    ...Array.from({ length: 12 }, (_, place) => badgeBody({ name: `Visit ${String(place + 1)}`, badgeRank: rank })),
    badgeBody({ name: 'Untouched', images: [{ name: 'a', url: 'https://example.org/a.png', tag: 'EARNED' }] }),
    'no badge',
  ];
  await writeFile(list, JSON.stringify(given(1)));
  await expect(page.getByText('A badge says what a customer gets')).toBeVisible();
  await drop(page, list, 'h1');
  const incoming = page.getByRole('dialog', { name: 'Import badges' });
  await expect(incoming.getByText('13 new badges')).toBeVisible();
  await expect(incoming.getByText(/given\.json, badge 14: This is no object/)).toBeVisible();
  await incoming.getByRole('button', { name: 'Import 13 badges' }).click();
  await expect(incoming).toBeHidden();
  await expect(page.getByText('13 badges imported.')).toBeVisible();

  // By the picker: twelve say something else now.
  await writeFile(list, JSON.stringify(given(2).slice(0, 13)));
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('import badges');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles([list]);
  await expect(incoming.getByText('12 are here and differ')).toBeVisible();
  await expect(incoming.getByText('1 is here already and says the same')).toBeVisible();
  await expect(incoming.getByText('Visit 1: Rank')).toBeVisible();
  await look(laurel, 'import-differs');
  await incoming.getByRole('radio', { name: 'Change them' }).click();
  await incoming.getByRole('button', { name: 'Import 12 badges' }).click();
  await expect(incoming).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('status').filter({ hasText: 'as before' })).toHaveCount(1);

  const outgoing = page.getByRole('dialog', { name: 'Export 13 badges' });
  const open = async (format: RegExp): Promise<void> => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('export badges');
    await page.getByRole('option', { name: 'Export badges…' }).click();
    await outgoing.getByRole('radio', { name: format }).click();
  };
  for (const [format, file] of [
    [/^One JSON list/, 'badges.json'],
    [/^Excel/, 'badges.xlsx'],
    [/^Bulk template/, 'badges.csv'],
  ] as const) {
    await open(format);
    if (file === 'badges.json') await look(laurel, 'export-formats');
    await laurel.chooseInSaveDialog(path.join(userData, file));
    await outgoing.getByRole('button', { name: 'Choose where…' }).click();
    await expect(outgoing.getByText(`13 badges are in ${file}.`)).toBeVisible();
    if (file === 'badges.csv') {
      await expect(outgoing.getByText(/Images are not in it\. \(1 badge: Untouched\)/)).toBeVisible();
      await look(laurel, 'export-losses');
    }
    await outgoing.getByRole('button', { name: 'Close' }).last().click();
  }
  const folder = path.join(userData, 'out');
  await mkdir(folder);
  await open(/^A file each/);
  await laurel.chooseInOpenDialog([folder]);
  await outgoing.getByRole('button', { name: 'Choose where…' }).click();
  await expect(outgoing.getByText('13 badges are in out.')).toBeVisible();
  await outgoing.getByRole('button', { name: 'Close' }).last().click();
  expect((await readdir(folder)).filter((name) => name.endsWith('.badge.json'))).toHaveLength(13);
  expect((await readdir(userData)).filter((name) => name.startsWith('badges.')).sort()).toEqual([
    'badges.csv',
    'badges.csv.notes.txt',
    'badges.json',
    'badges.xlsx',
  ]);
  expect(JSON.parse(await readFile(path.join(userData, 'badges.json'), 'utf8'))).toHaveLength(13);

  // A workbook is the same badges, and a pasted answer of a gateway another one.
  await drop(page, path.join(userData, 'badges.xlsx'), 'h1');
  await expect(incoming.getByText('13 are here already and say the same')).toBeVisible();
  await incoming.getByRole('button', { name: 'Close' }).last().click();
  // While a dialog is there, keys are its own.
  await expect(incoming).toBeHidden();
  await page.keyboard.press('Control+n');
  await page.getByRole('button', { name: 'Paste JSON' }).click();
  const answer = { data: { ...badgeBody({ name: 'From an org' }), id: '65f0', orgId: 1 }, errors: [], warnings: null };
  await page.getByRole('textbox', { name: /JSON/ }).fill(JSON.stringify(answer));
  await page.getByRole('button', { name: 'Create from JSON' }).click();
  await expect(incoming.getByText(/printed by a gateway/)).toBeVisible();
  await incoming.getByRole('button', { name: 'Import 1 badge' }).click();
  await expect(page.getByRole('heading', { name: 'From an org', level: 1 })).toBeVisible();

  // A sheet of the open badge, as a page and printed.
  for (const [format, ending] of [
    [/^Web page/, 'html'],
    [/^PDF/, 'pdf'],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('hand-over');
    await page.getByRole('option', { name: 'Hand-over sheet…' }).click();
    const sheet = page.getByRole('dialog', { name: 'Hand-over sheet of 1 badge' });
    await sheet.getByRole('radio', { name: format }).click();
    if (ending === 'html') await look(laurel, 'sheet-dialog');
    const file = path.join(userData, `sheet.${ending}`);
    await laurel.chooseInSaveDialog(file);
    await sheet.getByRole('button', { name: 'Choose where…' }).click();
    await expect(page.getByText(`The sheet lies in sheet.${ending}.`)).toBeVisible();
    await expect(sheet).toBeHidden();
    expect((await readFile(file)).subarray(0, 5).toString()).toBe(ending === 'pdf' ? '%PDF-' : '<!doc');
  }
});
