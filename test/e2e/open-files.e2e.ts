import { execFile } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { electronPath, runtimeArguments } from '../../scripts/runtime-path.mjs';
import { expect, inTestLong, type Laurel, testOfOwnStart as test } from './app';

const repository = path.resolve(import.meta.dirname, '..', '..');

/** Starts Laurel a second time on the same data, in a folder of its own, as a file manager or a shell does. */
async function startAgain(laurel: Laurel, workingFolder: string, files: readonly string[]): Promise<void> {
  const { executable } = await electronPath();
  const second = await promisify(execFile)(executable, [...runtimeArguments(), repository, ...files], {
    cwd: workingFolder,
    env: { ...process.env, LAUREL_USER_DATA: laurel.userData },
    timeout: 30_000,
  });
  expect(second.stdout).toContain('laurel: is open already');
}

async function writeBadge(folder: string, file: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, file), JSON.stringify({ name, description: 'Opened from a file' }));
  return path.join(folder, file);
}

async function recentLabels(laurel: Laurel): Promise<string[]> {
  return laurel.app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.getMenuItemById('recent')?.submenu?.items ?? [])
      .filter((item) => /^recent\.\d+$/.test(item.id))
      .map((item) => item.label),
  );
}

test('files named on the command line open, a second start hands over its own, and both are recent files', async ({
  laurel,
  userData,
}) => {
  const folder = path.join(userData, 'files');
  const first = await writeBadge(folder, 'first.badge.json', 'First of all');
  await writeFile(path.join(folder, 'notes.txt'), 'no badge');
  const page = await laurel.start({
    args: [first, path.join(folder, 'notes.txt'), path.join(folder, 'none.badge.json')],
  });
  const name = page.getByRole('textbox', { name: 'Name (required)' });
  await expect(name).toHaveValue('First of all');
  await expect(page.getByText('notes.txt was not opened', { exact: false })).toBeVisible();
  await expect(page.getByText('none.badge.json is not in', { exact: false })).toBeVisible();

  await cp(path.join(repository, 'test', 'fixtures', 'scenarios'), folder, { recursive: true });
  await writeBadge(path.join(folder, 'deeper'), 'second.badge.json', 'Second of all');
  await laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await startAgain(laurel, path.join(folder, 'deeper'), ['second.badge.json', '../spring.scenario.json']);
  await expect(page.getByRole('textbox', { name: 'Scenario', exact: true })).toHaveValue('Spring streak');
  const visible = () =>
    laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()));
  await expect.poll(visible).toEqual([true]);
  await laurel.menu('go.badges');
  await expect(name).toHaveValue('Second of all');

  const page2 = await laurel.restart();
  await expect
    .poll(() => recentLabels(laurel))
    .toEqual(['spring.scenario.json', 'second.badge.json', 'first.badge.json']);
  await laurel.menu('recent.0');
  await expect(page2.getByRole('textbox', { name: 'Scenario', exact: true })).toHaveValue('Spring streak');
  await rm(first);
  await laurel.menu('recent.2');
  await expect(page2.getByText('first.badge.json is not there any more', { exact: false })).toBeVisible();
  await expect.poll(() => recentLabels(laurel)).toEqual(['spring.scenario.json', 'second.badge.json']);
  await laurel.menu('recent.clear');
  await expect.poll(() => recentLabels(laurel)).toEqual([]);
});

test(
  'a file waits while a dialog is open, so that what was typed there stays',
  inTestLong,
  async ({ laurel, page, userData }) => {
    const file = await writeBadge(path.join(userData, 'files'), 'late.badge.json', 'Late');
    await laurel.menu('badge.importJson');
    const text = page.getByRole('dialog').getByRole('textbox').first();
    await text.fill('{ "name": "Typed" }');
    await startAgain(laurel, userData, [file]);
    await expect(page.getByText('A file waits to be opened.', { exact: false })).toBeVisible();
    await expect(text).toHaveValue('{ "name": "Typed" }');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('textbox', { name: 'Name (required)' })).toHaveValue('Late');
  },
);
