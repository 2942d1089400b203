import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { BackupList } from '../../shared/ipc/backups-contract';
import { expect, test } from './app';
import { look } from './look';
import { callBackend, listenToWire } from './page-wire';

interface Described {
  badges: number;
}

const describe = async (page: Page): Promise<Described> =>
  (await callBackend(page, 'workspace.describe', {})) as Described;
const list = (page: Page) => page.getByRole('list', { name: /^(Backups|Sicherungen)$/ }).getByRole('listitem');

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

test('a workspace that cannot be opened is put back from its backups, and what was there is kept', async ({
  laurel,
}) => {
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
  await list(page)
    .getByRole('button', { name: /^Look into/ })
    .click();
  await page.getByRole('button', { name: 'Restore …' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText(/^The backup of .* was restored/)).toBeVisible({ timeout: 30_000 });
  expect((await describe(page)).badges).toBe(badges);
  const { backups } = (await callBackend(page, 'backups.list', {})) as BackupList;
  expect(backups.map(({ occasion, bar }) => [occasion, bar])).toEqual([
    ['restore', 'damaged'],
    ['by-hand', null],
  ]);
});
