import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startingDesign } from '../../shared/art/designs';
import { writeArt } from '../../shared/art/art-text';
import { badgeBody } from '../domain/badge-bodies';
import { expect, test } from './app';
import { look } from './look';

test('a folder in git and the window follow each other; what both changed is asked about; a folder that goes takes nothing', async ({
  laurel,
  page,
  userData,
}) => {
  test.slow();
  const folder = path.join(userData, 'programme');
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    });
  const file = (name: string): string => path.join(folder, `${name}.badge.json`);
  const write = async (name: string, fields: Record<string, unknown>): Promise<void> =>
    writeFile(file(name), `${JSON.stringify({ ...badgeBody(), ...fields }, null, 2)}\n`);
  const read = async (name: string): Promise<Record<string, unknown>> =>
    JSON.parse(await readFile(file(name), 'utf8')) as Record<string, unknown>;
  await mkdir(folder);
  await write('welcome', { name: 'Welcome', description: 'The first visit' });
  await write('streak', { name: 'Streak', description: 'Three weeks' });
  git('init', '--quiet', '-b', 'main');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'two badges');

  await page.keyboard.press('Control+,');
  const section = page.getByRole('region', { name: 'Workspace folder' });
  await laurel.chooseInOpenDialog([folder]);
  await section.getByRole('button', { name: 'Work with a folder …' }).click();
  const asked = page.getByRole('alertdialog');
  await expect(asked.getByText('2 badges come from it, none is written into it')).toBeVisible();
  await asked.getByRole('button', { name: 'Work with it' }).click();
  await expect(section.getByText('In step: 2 badges.')).toBeVisible();
  expect(git('status', '--porcelain')).toBe('');
  await look(laurel, 'folder-in-step');

  // Edited by another program, it shows while its badge is open; edited here, it is in the file.
  await page.keyboard.press('Control+1');
  await page.getByRole('row', { name: /Welcome/ }).click();
  const description = page.getByRole('textbox', { name: 'Description' });
  await expect(description).toHaveValue('The first visit');
  await write('welcome', { name: 'Welcome', description: 'The very first visit' });
  await expect(description).toHaveValue('The very first visit');
  await description.fill('Hello');
  await expect.poll(async () => (await read('welcome'))['description']).toBe('Hello');
  git('commit', '--quiet', '-am', 'from here');

  // A branch in which one badge is gone, another is new, and one is changed where it is changed here, too.
  git('checkout', '--quiet', '-b', 'other', 'HEAD~1');
  await expect(description).toHaveValue('The first visit');
  await write('new', { name: 'Newcomer' });
  await rm(file('streak'));
  await expect(page.getByRole('row', { name: /Newcomer/ })).toBeVisible();
  await rename(folder, `${folder}-away`);
  await page.keyboard.press('Control+,');
  await expect(section.getByText('The folder is not there just now.')).toBeVisible();
  await page.keyboard.press('Control+1');
  await description.fill('Mine');
  await expect(page.getByText('Saved', { exact: false }).first()).toBeVisible();
  await writeFile(
    path.join(`${folder}-away`, 'welcome.badge.json'),
    `${JSON.stringify({ ...badgeBody(), name: 'Welcome', description: 'Theirs', badgeRank: 4 }, null, 2)}\n`,
  );
  await writeFile(path.join(`${folder}-away`, 'broken.badge.json'), '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n');
  await rename(`${folder}-away`, folder);
  await page.keyboard.press('Control+,');
  await expect(section.getByText('3 need you.')).toBeVisible();
  expect((await readdir(folder)).filter((name) => name.endsWith('.badge.json'))).toHaveLength(3);
  await section.getByRole('button', { name: 'Compare' }).click();
  await expect(section.getByRole('list', { name: 'Differences of Welcome' })).toContainText('Theirs');
  await look(laurel, 'folder-questions');
  await section.getByRole('button', { name: 'Keep the draft’s' }).click();
  await expect(section.getByText('2 need you.')).toBeVisible();
  expect(await read('welcome')).toMatchObject({ description: 'Mine', badgeRank: 4 });
  await section.getByRole('button', { name: 'Move to the trash' }).click();
  await expect(section.getByText('1 needs you.')).toBeVisible();
  await writeFile(file('broken'), `${JSON.stringify(badgeBody({ name: 'Mended' }), null, 2)}\n`);
  await expect(section.getByText('In step: 3 badges.')).toBeVisible();

  // Two designs of one badge are told apart by how they look.
  const design = (primary: string): string => {
    const art = startingDesign('gem', 'Welcome');
    return writeArt({ ...art, palette: { ...art.palette, primary } });
  };
  const art = path.join(folder, 'welcome.badge-art.json');
  await writeFile(art, design('#a33a2c'));
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('row', { name: /Welcome/ }).locator('img')).toBeVisible();
  await rename(folder, `${folder}-away`);
  await page.getByRole('row', { name: /Welcome/ }).click();
  await page.getByRole('button', { name: 'Design…' }).click();
  await page
    .getByRole('region', { name: 'Art', exact: true })
    .getByRole('textbox', { name: 'First colour: code' })
    .fill('#2c5aa3');
  await page.keyboard.press('Tab');
  await expect(page.getByText('Saved', { exact: false }).first()).toBeVisible();
  await writeFile(path.join(`${folder}-away`, 'welcome.badge-art.json'), design('#1a7f50'));
  await rename(`${folder}-away`, folder);
  await page.keyboard.press('Control+,');
  await section.getByRole('button', { name: 'Compare' }).click();
  await expect(section.getByRole('list', { name: 'Differences of Welcome' }).locator('img')).toHaveCount(3);
  await look(laurel, 'folder-designs');
  await section.getByRole('button', { name: 'Take the file’s' }).click();
  await expect(section.getByText('In step: 3 badges.')).toBeVisible();

  // The branch with the badge in the trash: it comes back with it.
  git('add', '-A');
  git('commit', '--quiet', '-m', 'other');
  git('checkout', '--quiet', 'main');
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('row', { name: /Streak/ })).toBeVisible();
  await expect(description).toHaveValue('Hello');
});
