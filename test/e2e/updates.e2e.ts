import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FeedServer, newKeys, type KeyPair } from '../main/updates/feed-server';
import { expect, inTestLong, type Laurel, testOfOwnStart as test } from './app';
import { openListener } from './listener';
import { look } from './look';

const NEWER = '9.8.7';

/** What a test puts in place of the file that a package brings. */
async function updatesFolder(
  userData: string,
  address: string,
  keys: KeyPair,
): Promise<{ folder: string; env: Record<string, string>; appImage: string }> {
  const folder = path.join(userData, 'updates-of-test');
  const appImage = path.join(folder, 'Laurel.AppImage');
  await mkdir(folder);
  const publicKey = keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  await writeFile(path.join(folder, 'updates.json'), JSON.stringify({ feed: address, publicKey }));
  await writeFile(appImage, '#!/bin/sh\n# the old one\n');
  await chmod(appImage, 0o755);
  const env = { LAUREL_TEST_UPDATES: folder, APPIMAGE: appImage, XDG_CACHE_HOME: path.join(folder, 'cache') };
  return { folder, env, appImage };
}

/** Shows the section in the smallest window, where a look begins. */
async function show(laurel: Laurel): Promise<void> {
  await laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(960, 640));
  await expect.poll(() => laurel.page.evaluate(() => innerWidth)).toBe(960);
  await laurel.page.getByRole('region', { name: 'Updates' }).evaluate((section) => {
    section.closest('.scroll')?.scrollTo(0, 100_000);
  });
}

const feedOfHere = process.arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${process.arch}.yml`;

test('a person is asked once, sees the version that is there, and has it after quitting', async ({
  laurel,
  userData,
}) => {
  test.skip(process.platform !== 'linux', 'an AppImage stands for the package');
  const server = await FeedServer.start();
  const keys = newKeys();
  const file = { name: `Laurel-${NEWER}-linux-x86_64.AppImage`, bytes: Buffer.from('#!/bin/sh\n# the new one\n') };
  server.publish(keys, NEWER, file, feedOfHere);
  const { env, appImage } = await updatesFolder(userData, server.address.href, keys);
  try {
    const page = await laurel.start({ env });
    const question = page.getByRole('status').filter({ hasText: 'Shall Laurel look for new versions' });
    await expect(question).toBeVisible();
    await look(laurel, 'updates-question');
    await question.getByRole('button', { name: 'Yes, once a day' }).click();
    await expect(question).toBeHidden();
    // The answer alone asks nobody: the first look has time.
    expect(server.asked).toEqual([]);

    await laurel.menu('go.settings');
    const section = page.getByRole('region', { name: 'Updates' });
    await expect(section.getByRole('switch', { name: 'Look for updates once a day' })).toBeChecked();
    await expect(section.getByText('Nobody has looked yet.')).toBeVisible();
    await section.getByRole('button', { name: 'Check now' }).click();
    await expect(section.getByText(`Version ${NEWER} is there.`)).toBeVisible();
    expect(server.asked).toEqual([feedOfHere, `${feedOfHere}.sig`]);
    await show(laurel);
    await look(laurel, 'updates-offered');
    await section.getByRole('button', { name: 'Download and install on quit' }).click();
    await expect(section.getByText(`Version ${NEWER} is ready.`)).toBeVisible();
    expect(await readFile(appImage, 'utf8')).toContain('the old one');
    await laurel.quit();
    expect(await readFile(appImage)).toEqual(file.bytes);

    // It is still this version that starts here, which says so.
    const again = await laurel.start({ env });
    await expect(again.getByText('Shall Laurel look for new versions')).toBeHidden();
    await expect(
      again.getByRole('region', { name: 'Updates' }).getByText(`Version ${NEWER} was downloaded, but this is still`),
    ).toBeVisible();

    // Somebody else’s signature.
    server.publish(newKeys(), NEWER, file, feedOfHere);
    const updates = again.getByRole('region', { name: 'Updates' });
    await updates.getByRole('button', { name: 'Check now' }).click();
    await expect(updates.getByText('is not signed by whoever makes Laurel')).toBeVisible();
    await expect(updates.getByRole('button', { name: 'Download and install on quit' })).toBeHidden();
    await show(laurel);
    await look(laurel, 'updates-refused');
  } finally {
    await server.stop();
  }
});

test(
  'where the computer’s setting forbids it nobody is asked, and nothing leaves',
  inTestLong,
  async ({ laurel, userData }) => {
    const listener = await openListener();
    try {
      const { folder, env } = await updatesFolder(userData, `http://${listener.authority}/`, newKeys());
      await writeFile(path.join(folder, 'managed.json'), JSON.stringify({ updates: 'off' }));
      // Somebody had wanted it before it was forbidden.
      await writeFile(
        path.join(userData, 'updates.json'),
        JSON.stringify({ choice: 'on', lastCheck: null, waiting: null }),
      );
      const page = await laurel.start({ env });
      await laurel.menu('go.settings');
      const section = page.getByRole('region', { name: 'Updates' });
      await expect(section.getByText('has turned updates off')).toBeVisible();
      await expect(section.getByRole('button', { name: 'Check now' })).toBeHidden();
      await show(laurel);
      await look(laurel, 'updates-managed');
      await page.evaluate(() => {
        window.laurel.checkForUpdates();
        window.laurel.downloadUpdate();
      });
      // Answered after what was asked before it.
      await page.evaluate(() => window.laurel.updatesState());
      // The same way is open where nothing forbids it.
      expect(listener.arrived).toEqual([]);
      await writeFile(path.join(folder, 'managed.json'), JSON.stringify({ updates: 'allowed' }));
      await page.evaluate(() => window.laurel.checkForUpdates());
      await expect.poll(() => listener.arrived.length).toBeGreaterThan(0);
    } finally {
      listener.close();
    }
  },
);
