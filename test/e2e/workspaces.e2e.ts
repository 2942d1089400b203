import { existsSync } from 'node:fs';
import { copyFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, inTestLong, type Laurel, testOfOwnStart as test } from './app';
import { look } from './look';

/** The window that opens while something is done. */
async function nextWindow(laurel: Laurel, work: () => Promise<void>): Promise<Page> {
  const [page] = await Promise.all([laurel.app.waitForEvent('window'), work()]);
  return page;
}

async function addBadge(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^(?:Make the first badge|New badge)/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Challenge/ })
    .click();
  await page.getByRole('textbox', { name: 'Name (required)' }).fill(name);
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await expect(page.getByText('Saved', { exact: true }).first()).toBeVisible();
}

/** Calls something of a window's page that closes the window: an answer could not be waited for. */
const callLast = (laurel: Laurel, title: string, call: string): Promise<void> =>
  laurel.app.evaluate(
    ({ BrowserWindow }, told) => {
      const window = BrowserWindow.getAllWindows().find((each) => each.getTitle() === told.title);
      if (!window) throw new Error(`There is no window ${told.title}.`);
      window.webContents.executeJavaScript(told.call).catch(() => undefined);
    },
    { title, call },
  );

const titles = (laurel: Laurel): Promise<string[]> =>
  laurel.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .map((window) => window.getTitle())
      .sort(),
  );

test(
  'the first start asks for language, zone and place, each of which can be skipped, and never again',
  inTestLong,
  async ({ laurel, userData }) => {
    await rm(path.join(userData, 'workspaces.json'));
    const page = await laurel.start();
    const dialog = page.getByRole('dialog', { name: 'Welcome to Laurel' });
    await expect(dialog.getByText('Which language?')).toBeVisible();
    await look(laurel, 'first-start');
    // No file waits, so nobody is told to close the dialog for one.
    await expect(page.getByText('A file waits', { exact: false })).toHaveCount(0);
    await dialog.getByRole('radio', { name: 'Deutsch' }).click();
    const german = page.getByRole('dialog', { name: 'Willkommen bei Laurel' });
    await german.getByRole('radio', { name: 'English' }).click();
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByRole('combobox', { name: 'Time zone' }).fill('Apia');
    await page.getByRole('option', { name: /Pacific\/Apia/ }).click();
    await look(laurel, 'first-start-zone');
    await dialog.getByRole('button', { name: 'Next' }).click();
    await look(laurel, 'first-start-place');
    await dialog.getByRole('button', { name: 'Begin' }).click();
    await expect(dialog).toBeHidden();
    await laurel.menu('go.settings');
    await expect(page.getByRole('combobox', { name: 'Time zone' })).toHaveValue('Pacific/Apia');

    const again = await laurel.restart();
    await expect(again.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await expect(again.getByRole('dialog')).toHaveCount(0);
  },
);

test('a new workspace counts days as the one in front of it, and the first one as this computer', async ({
  laurel,
  userData,
}) => {
  await rm(path.join(userData, 'workspaces.json'));
  const page = await laurel.start({ env: { TZ: 'Asia/Tokyo' } });
  const dialog = page.getByRole('dialog', { name: 'Welcome to Laurel' });
  await dialog.getByRole('button', { name: 'Skip' }).click();
  await expect(dialog.getByText('This computer is in Asia/Tokyo. Where this step is skipped')).toBeVisible();
  await dialog.getByRole('button', { name: 'Skip' }).click();
  await dialog.getByRole('button', { name: 'Begin' }).click();
  await laurel.menu('go.settings');
  const zone = page.getByRole('combobox', { name: 'Time zone' });
  await expect(zone).toHaveValue('Asia/Tokyo');
  await expect(page.getByText('This workspace counts days')).toHaveCount(0);
  await zone.fill('Apia');
  await page.getByRole('option', { name: /Pacific\/Apia/ }).click();
  await expect(page.getByText(/^Saved: time zone/)).toBeVisible();
  await laurel.chooseInSaveDialog(path.join(userData, 'members'));
  const second = await nextWindow(laurel, () => laurel.menu('workspace.new'));
  await expect(
    second.getByText('This workspace counts days in Pacific/Apia, the time zone of the workspace that was in front.'),
  ).toBeVisible();
});

test('two workspaces in two windows keep to themselves, open again as they were left, and one can be moved', async ({
  laurel,
  page,
  userData,
}) => {
  await addBadge(page, 'Of the first');
  const file = path.join(userData, 'members.laurel');
  await laurel.chooseInSaveDialog(path.join(userData, 'members'));
  const second = await nextWindow(laurel, () => laurel.menu('workspace.new'));
  await addBadge(second, 'Of the second');
  await expect(second.getByTitle('Workspace members')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name (required)' })).toHaveValue('Of the first');
  await expect(page.getByText('Of the second')).toHaveCount(0);
  expect(existsSync(file)).toBe(true);
  await expect.poll(() => titles(laurel)).toEqual(['Laurel', 'members – Laurel']);

  // Opening one that is open brings its window to the front.
  await laurel.menu('workspaces.0');
  await expect.poll(() => titles(laurel)).toEqual(['Laurel', 'members – Laurel']);

  await laurel.restart();
  await expect.poll(() => titles(laurel)).toEqual(['Laurel', 'members – Laurel']);
  const windows = laurel.app.windows();
  const shown = await Promise.all(
    windows.map((each) => each.getByRole('textbox', { name: 'Name (required)' }).inputValue()),
  );
  expect([...shown].sort()).toEqual(['Of the first', 'Of the second']);

  const members = windows[shown.indexOf('Of the second')] ?? page;
  const target = path.join(userData, 'elsewhere.laurel');
  await members.bringToFront();
  await laurel.chooseInSaveDialog(target);
  const moved = await nextWindow(laurel, () => callLast(laurel, 'members – Laurel', 'window.laurel.moveWorkspace()'));
  await expect(moved.getByRole('textbox', { name: 'Name (required)' })).toHaveValue('Of the second');
  await expect(moved.getByTitle('Workspace elsewhere')).toBeVisible();
  expect((await readdir(userData)).filter((name) => name.startsWith('members'))).toEqual([]);
  await expect.poll(() => titles(laurel)).toEqual(['Laurel', 'elsewhere – Laurel']);
});

test(
  'closing one of two windows ends its engine only; a workspace that is gone is said, and Laurel starts without it',
  inTestLong,
  async ({ laurel, page, userData }) => {
    const file = path.join(userData, 'spring.laurel');
    await laurel.chooseInSaveDialog(file);
    const second = await nextWindow(laurel, () => laurel.menu('workspace.new'));
    await addBadge(second, 'Spring');
    await callLast(laurel, 'spring – Laurel', 'window.close()');
    await expect.poll(() => titles(laurel)).toEqual(['Laurel']);
    await addBadge(page, 'Still here');

    await laurel.chooseInOpenDialog([file]);
    const again = await nextWindow(laurel, () => laurel.menu('workspace.open'));
    await expect(again.getByRole('textbox', { name: 'Name (required)' })).toHaveValue('Spring');
    await laurel.quit();
    for (const name of (await readdir(userData)).filter((each) => each.startsWith('spring.laurel'))) {
      await rename(path.join(userData, name), path.join(userData, name.replace('spring', 'autumn')));
    }

    const alone = await laurel.start();
    await expect(alone.getByText('spring.laurel is not in', { exact: false })).toBeVisible();
    await expect.poll(() => titles(laurel)).toEqual(['Laurel']);
    expect(existsSync(file)).toBe(false);

    // By the system, as a file that belongs to Laurel.
    await laurel.restart({ args: [path.join(userData, 'autumn.laurel')] });
    await expect.poll(() => titles(laurel)).toEqual(['Laurel', 'autumn – Laurel']);
  },
);

test(
  'a workspace that is moved onto another is refused, and both stay',
  inTestLong,
  async ({ laurel, page, userData }) => {
    await addBadge(page, 'Mine');
    const taken = path.join(userData, 'taken.laurel');
    await copyFile(path.join(userData, 'workspaces.json'), taken);
    await laurel.app.evaluate(({ dialog }) => {
      const told = ((globalThis as { told?: string[] }).told = []) as string[];
      dialog.showMessageBox = ((...given: unknown[]) => {
        told.push((given.at(-1) as { message: string }).message);
        return Promise.resolve({ response: 0, checkboxChecked: false });
      }) as typeof dialog.showMessageBox;
    });
    await laurel.chooseInSaveDialog(taken);
    await laurel.menu('workspace.move');
    await expect
      .poll(() => laurel.app.evaluate(() => (globalThis as { told?: string[] }).told))
      .toEqual([expect.stringContaining('taken.laurel in that folder already')]);
    await expect(page.getByRole('textbox', { name: 'Name (required)' })).toHaveValue('Mine');
  },
);

test(
  'a move that was killed is told at the next start, and what it left is gone',
  inTestLong,
  async ({ laurel, page, userData }) => {
    await addBadge(page, 'Mine');
    await laurel.quit();
    const [from, to] = [path.join(userData, 'workspace.laurel'), path.join(userData, 'elsewhere.laurel')];
    const unfinished = '.laurel-0a0b0c0d-1-0a0b0c0d0e0f.unfinished';
    await writeFile(`${to}-org`, 'half of');
    await writeFile(path.join(userData, unfinished), 'half of');
    const note = { id: 'own', from, to, rests: ['-org'], unfinished };
    await writeFile(path.join(userData, 'moving.json'), JSON.stringify(note));
    const again = await laurel.start();
    await expect(again.getByText('workspace.laurel was not moved to', { exact: false })).toBeVisible();
    await look(laurel, 'move-undone');
    await expect(again.getByRole('textbox', { name: 'Name (required)' })).toHaveValue('Mine');
    const left = (await readdir(userData)).filter((name) => /^elsewhere|unfinished$|^moving/.test(name));
    expect(left).toEqual([]);
    const third = await laurel.restart();
    await expect(third.getByRole('textbox', { name: 'Name (required)' })).toHaveValue('Mine');
    await expect(third.getByText('was not moved to', { exact: false })).toHaveCount(0);
  },
);
