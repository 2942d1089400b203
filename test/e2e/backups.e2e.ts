import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { BackupList } from '../../shared/ipc/backups-contract';
import { damageTable } from '../fixtures/damage';
import { expect, inTestLong, testOfOwnStart as test } from './app';
import { look } from './look';
import { callBackend, listenToWire } from './page-wire';

interface Described {
  badges: number;
}

const describe = async (page: Page): Promise<Described> =>
  (await callBackend(page, 'workspace.describe', {})) as Described;
const list = (page: Page) => page.getByRole('list', { name: /^(Backups|Sicherungen)$/ }).getByRole('listitem');

async function putBackTheOnlyOne(page: Page): Promise<void> {
  await list(page)
    .getByRole('button', { name: /^Look into/ })
    .click();
  await page.getByRole('button', { name: 'Restore …' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText(/^The backup of .* was restored/)).toBeVisible({ timeout: 30_000 });
}

test('a backup is made, looked into and put back; the state from before is in the list', async ({ laurel }) => {
  test.setTimeout(180_000);
  const page = await laurel.start();
  await listenToWire(laurel);
  await callBackend(page, 'badges.addSamples', {});
  const { badges } = await describe(page);
  await laurel.menu('go.settings');
  await expect(page.getByText('There is no backup yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(list(page)).toHaveCount(1);
  await expect(list(page).first()).toContainText('Made by you');

  const folder = path.join(laurel.userData, 'other place');
  await mkdir(folder);
  await laurel.chooseInOpenDialog([folder]);
  await page.getByRole('button', { name: 'Choose a folder …' }).click();
  await expect(page.getByText(/^Saved: backups are put into .*other place/)).toBeVisible();

  await callBackend(page, 'badges.create', { label: 'New', migration: false });
  await list(page).first().scrollIntoViewIfNeeded();
  await look(laurel, 'backups-list');
  await list(page)
    .getByRole('button', { name: /^Look into the backup of/ })
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('row', { name: 'Badges' })).toContainText(String(badges + 1));
  await expect(dialog.getByText('are whole')).toBeVisible();
  await look(laurel, 'backups-look');
  await dialog.getByRole('button', { name: 'Restore …' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click();

  await expect(page.getByText(/^The backup of .* was restored/)).toBeVisible({ timeout: 30_000 });
  expect((await describe(page)).badges).toBe(badges);
  await laurel.menu('go.settings');
  await expect(list(page)).toHaveCount(2);
  await expect(list(page).first()).toContainText('Before a restore');
  await expect(list(page).first()).toContainText(`${String(badges + 1)} badges`);
  expect((await readdir(folder)).length).toBe(1);

  await page.getByText('Deutsch', { exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Sicherungen' })).toBeVisible();
  await list(page).first().scrollIntoViewIfNeeded();
  await look(laurel, 'backups-list-german');
});

test(
  'a workspace that cannot be opened is put back from its backups, and what was there is kept',
  inTestLong,
  async ({ laurel }) => {
    test.setTimeout(180_000);
    let page = await laurel.start();
    await listenToWire(laurel);
    await callBackend(page, 'badges.addSamples', {});
    const { badges } = await describe(page);
    await callBackend(page, 'backups.take', {});
    await laurel.quit();
    await writeFile(path.join(laurel.userData, 'workspace.laurel'), 'This is not a workspace. '.repeat(400));
    laurel.provokes(/backend|workspace/i);
    page = await laurel.start({ unready: true });
    await listenToWire(laurel);
    await expect(page.getByRole('heading', { name: 'The workspace cannot be opened' })).toBeVisible();
    await expect(list(page)).toHaveCount(1);
    await look(laurel, 'backups-recovery');
    const saved = path.join(laurel.userData, 'diagnostics.json');
    await page.getByRole('button', { name: 'Save diagnostics …' }).click();
    const diagnostics = page.getByRole('dialog');
    await expect(diagnostics.getByText('store.foreign')).toBeVisible();
    const shown = await diagnostics.getByRole('group').textContent();
    await laurel.chooseInSaveDialog(saved);
    await diagnostics.getByRole('button', { name: 'Save …' }).click();
    await expect(page.getByText('Diagnostics saved in diagnostics.json.')).toBeVisible();
    expect(await readFile(saved, 'utf8')).toBe(shown);
    await putBackTheOnlyOne(page);
    expect((await describe(page)).badges).toBe(badges);
    const { backups } = (await callBackend(page, 'backups.list', {})) as BackupList;
    expect(backups.map(({ occasion, bar }) => [occasion, bar])).toEqual([
      ['restore', 'damaged'],
      ['by-hand', null],
    ]);
  },
);

test('damage that is found after the first rows leads to the backups as well', inTestLong, async ({ laurel }) => {
  test.setTimeout(180_000);
  let page = await laurel.start();
  await listenToWire(laurel);
  await callBackend(page, 'badges.addSamples', {});
  const { badges } = await describe(page);
  await callBackend(page, 'backups.take', {});
  await laurel.quit();
  damageTable(path.join(laurel.userData, 'workspace.laurel'), 'simulations');
  laurel.provokes(/backend|workspace/i);
  page = await laurel.start({ unready: true });
  await listenToWire(laurel);
  await expect(page.getByRole('heading', { name: 'The workspace cannot be opened' })).toBeVisible();
  await look(laurel, 'backups-found-later');
  await putBackTheOnlyOne(page);
  expect((await describe(page)).badges).toBe(badges);
});

test(
  'everything is exported and comes back in an empty workspace; diagnostics are shown before they are saved',
  inTestLong,
  async ({ laurel }) => {
    test.setTimeout(180_000);
    const page = await laurel.start();
    await listenToWire(laurel);
    await callBackend(page, 'badges.addSamples', {});
    const { badges } = await describe(page);
    const archive = path.join(laurel.userData, 'everything.zip');
    await laurel.menu('go.settings');
    await laurel.chooseInSaveDialog(archive);
    await page.getByRole('button', { name: 'Export everything …' }).click();
    await expect(page.getByText(/^Exported: \d+ files in everything\.zip/)).toBeVisible({ timeout: 30_000 });
    await laurel.chooseInOpenDialog([archive]);
    await page.getByRole('button', { name: 'Import …' }).click();
    await expect(page.getByText(/Nothing was imported\. Import into an empty workspace/)).toBeVisible();

    const folder = path.join(laurel.userData, 'plain');
    await mkdir(folder);
    await laurel.chooseInOpenDialog([folder]);
    await page.getByRole('button', { name: 'Export into a folder …' }).click();
    await expect(page.getByText(/^Exported: \d+ files in plain\/laurel-export-/)).toBeVisible({ timeout: 30_000 });
    const [exported = ''] = await readdir(folder);
    await look(laurel, 'portable');

    await page.getByRole('button', { name: 'Show diagnostics' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('laurel/diagnostics@1')).toBeVisible();
    await look(laurel, 'diagnostics');
    const saved = path.join(laurel.userData, 'diagnostics.json');
    const shown = await dialog.getByRole('group').textContent();
    await laurel.chooseInSaveDialog(saved);
    await dialog.getByRole('button', { name: 'Save …' }).click();
    await expect(page.getByText('Diagnostics saved in diagnostics.json.')).toBeVisible();
    expect(await readFile(saved, 'utf8')).toBe(shown);

    await laurel.quit();
    for (const end of ['', '-org']) await rm(path.join(laurel.userData, `workspace.laurel${end}`));
    const empty = await laurel.start();
    await listenToWire(laurel);
    await laurel.menu('go.settings');
    await laurel.chooseInOpenDialog([path.join(folder, exported)]);
    await empty.getByRole('button', { name: 'Import from a folder …' }).click();
    await expect(empty.getByText(/^The export was imported/)).toBeVisible({ timeout: 30_000 });
    expect((await describe(empty)).badges).toBe(badges);
  },
);
