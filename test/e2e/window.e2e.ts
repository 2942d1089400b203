import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { electronPath, runtimeArguments } from '../../scripts/runtime-path.mjs';
import { expect, inTestLong, testOfOwnStart as test } from './app';
import { PAGE_MESSAGES } from '../../shared/ipc/channel-names';
import { callBackend, listenToWire } from './page-wire';

const repository = path.resolve(import.meta.dirname, '..', '..');
const run = promisify(execFile);

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('quits cleanly, with the store closed and no process left behind', async ({ laurel }) => {
  await laurel.start();
  const backend = await laurel.backendPid();
  const child = laurel.app.process();
  await laurel.quit();
  expect(child.exitCode).toBe(0);
  // It ends before main does; the system may take a moment more to forget its number.
  await expect.poll(() => isThere(backend)).toBe(false);
  const log = await readFile(path.join(laurel.userData, 'logs', 'backend.log'), 'utf8');
  const lines = log
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string });
  expect(lines.at(-1)?.msg).toBe('closed');
});

test('a second start brings the first window to the front instead', async ({ laurel }) => {
  await laurel.start();
  await laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const { executable } = await electronPath();
  const second = await run(executable, [...runtimeArguments(), repository], {
    env: { ...process.env, LAUREL_USER_DATA: laurel.userData },
    timeout: 30_000,
  });
  expect(second.stdout).toContain('laurel: is open already');
  await expect
    .poll(() => laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((w) => w.isVisible())))
    .toEqual([true]);
});

test(
  'the window comes back where it was left, and onto a display when it was left off one',
  inTestLong,
  async ({ laurel }) => {
    await laurel.start();
    const bounds = { x: 120, y: 60, width: 1100, height: 700 };
    await laurel.app.evaluate(({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place), bounds);
    await laurel.restart();
    const place = () => laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
    expect(await place()).toEqual(bounds);

    await laurel.quit();
    const file = path.join(laurel.userData, 'window.json');
    const state = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await writeFile(file, JSON.stringify({ ...state, bounds: { x: 90_000, y: 0, width: 10, height: 10 } }));
    await laurel.start();
    const area = await laurel.app.evaluate(({ screen }) => screen.getPrimaryDisplay().workArea);
    const now = await place();
    expect(now?.width).toBe(960);
    expect(now?.height).toBe(640);
    expect(now?.x).toBeLessThan(area.x + area.width);

    await laurel.quit();
    await writeFile(file, '{ not json');
    await laurel.start();
    expect((await place())?.width).toBeGreaterThanOrEqual(960);
  },
);

test('it cannot be made smaller than 960 × 640', inTestLong, async ({ laurel }) => {
  await laurel.start();
  const smallest = await laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getMinimumSize());
  expect(smallest).toEqual([960, 640]);
});

test('the theme is kept for the next start, and the menu shows it', inTestLong, async ({ laurel }) => {
  await laurel.start();
  await laurel.menu('view.theme.dark');
  const chosen = () =>
    laurel.app.evaluate(({ Menu, nativeTheme }) => [
      nativeTheme.themeSource,
      Menu.getApplicationMenu()?.getMenuItemById('view.theme.dark')?.checked,
    ]);
  await expect.poll(chosen).toEqual(['dark', true]);
  const restarted = await laurel.restart();
  expect(await chosen()).toEqual(['dark', true]);
  expect(await restarted.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
});

test('LAUREL_SCREENSHOT saves a picture of the ready window and quits with 0', async ({ laurel, userData }) => {
  const picture = path.join(userData, 'window.png');
  const { executable } = await electronPath();
  const { stdout } = await run(executable, [...runtimeArguments(), repository], {
    env: { ...process.env, LAUREL_USER_DATA: laurel.userData, LAUREL_SCREENSHOT: picture },
    timeout: 60_000,
  });
  expect(stdout).toContain('laurel: ready\n');
  expect(stdout).toContain(`laurel: screenshot ${picture}\n`);
  const png = await readFile(picture);
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(960);
});

test('--user-data-dir names the folder of the data', inTestLong, async ({ laurel, userData }) => {
  const folder = path.join(userData, 'elsewhere');
  await laurel.start({ env: { LAUREL_USER_DATA: '' }, args: [`--user-data-dir=${folder}`] });
  expect(await laurel.app.evaluate(({ app }) => app.getPath('userData'))).toBe(folder);
  expect(existsSync(path.join(folder, 'logs', 'backend.log'))).toBe(true);
});

test('a dropped file reaches the backend by its token', async ({ laurel, page, userData }) => {
  await listenToWire(laurel);
  const file = path.join(userData, 'dropped.csv');
  await writeFile(file, 'customerId\n1\n');
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'dropped-by-test';
    document.body.append(input);
  });
  await page.locator('#dropped-by-test').setInputFiles(file);
  const picked = await page.evaluate(() => {
    const dropped = document.querySelector<HTMLInputElement>('#dropped-by-test')?.files?.[0];
    return dropped ? window.laurel.acceptDroppedFile(dropped) : null;
  });
  expect(picked).toMatchObject({ name: 'dropped.csv', bytes: 13 });
  const view = await callBackend(page, 'customers.inspectFile', { token: picked?.token });
  expect(view).toMatchObject({ name: 'dropped.csv', bytes: 13 });
  // Gone between the drop and the question.
  await rm(file);
  expect(
    await page.evaluate(() => {
      const dropped = document.querySelector<HTMLInputElement>('#dropped-by-test')?.files?.[0];
      return dropped ? window.laurel.acceptDroppedFile(dropped) : null;
    }),
  ).toBeNull();
});

test('the menu speaks to the page', inTestLong, async ({ laurel, page }) => {
  await page.evaluate(() => {
    const heard: string[] = [];
    window.laurel.onMenuCommand((command) => {
      heard.push(command);
      document.body.dataset['heard'] = heard.join(' ');
    });
  });
  await laurel.menu('go.settings');
  await laurel.menu('go.badges');
  await expect(page.locator('body')).toHaveAttribute('data-heard', 'go.settings go.badges');
});

test('the menu speaks the language of the window, and follows it', inTestLong, async ({ laurel }) => {
  const page = await laurel.start();
  const labels = (): Promise<string[]> =>
    laurel.app.evaluate(({ Menu }) =>
      (Menu.getApplicationMenu()?.items ?? []).flatMap((item) => [
        item.label,
        ...(item.submenu?.items ?? []).flatMap(({ type, label }) => (type === 'separator' ? [] : [label])),
      ]),
    );
  await expect.poll(labels).toEqual(expect.arrayContaining(['&File', 'New Badge', 'Cut', 'Actual Size', 'Minimize']));
  await page.evaluate(() => localStorage.setItem('laurel.language', 'de'));
  await page.reload();
  await expect
    .poll(labels)
    .toEqual(expect.arrayContaining(['&Datei', 'Neues Badge', 'Ausschneiden', 'Originalgröße', 'Minimieren']));
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  expect((await labels()).filter((label) => /^(Cut|Copy|Paste|Close|Quit|Zoom In)$/.test(label))).toEqual([]);
});

test('the frame of the window stands before the engine answers, as the badges were shown last', async ({ laurel }) => {
  const page = await laurel.start();
  const frame = page.getByRole('navigation', { name: 'Screens' });
  const answer = (): Promise<boolean> => page.evaluate(() => dispatchEvent(new Event('test:answer')));
  await page.addInitScript((port) => {
    const holdPort = (event: MessageEvent): void => {
      if (event.data !== port) return;
      event.stopImmediatePropagation();
      removeEventListener('message', holdPort, true);
      addEventListener('test:answer', () => {
        const { data, ports, origin } = event;
        dispatchEvent(new MessageEvent('message', { data, ports: [...ports], origin, source: window }));
      });
    };
    addEventListener('message', holdPort, true);
  }, PAGE_MESSAGES.port);

  // Without badges nobody knows what the screen will be: the window waits.
  await page.reload();
  await expect(page.locator('#app > .room')).toBeAttached();
  await expect(frame).toBeHidden();
  await answer();
  await expect(page.getByRole('heading', { name: 'No badges yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Add the sample programme' }).click();
  await expect(page.getByRole('row').first()).toBeVisible();

  await page.reload();
  await expect(frame).toBeVisible();
  const search = page.getByRole('searchbox', { name: 'Search badges' });
  await expect(search).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: /./ })).toHaveCount(0);
  await expect(page.getByText('Choose a badge')).toBeHidden();
  // What is typed meanwhile waits as well.
  await search.fill('pumpkin');
  await answer();
  await expect(page.getByRole('row').first()).toContainText(/pumpkin/i);
  await expect(search).toHaveValue('pumpkin');
});
