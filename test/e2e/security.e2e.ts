import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, testOfOwnStart, testOfStanding as test, type Laurel } from './app';
import './page-wire';

const CSP_REPORT = /Content Security Policy|violates the following/;

/** A server on this machine that would answer any page; counts who comes. */
async function foreignServer(): Promise<{ address: string; visits: string[]; close(): void }> {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'image/svg+xml' });
    response.end('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, visits, close: () => void server.close() };
}

/** Runs a function in the page from a timer: Playwright's own evaluation is not held by the page's policy. */
function fromTimer(page: Page, script: () => unknown): Promise<unknown> {
  return page.evaluate(
    (source) =>
      new Promise((resolve) => {
        const run = (0, eval)(`(${source})`) as () => unknown;
        setTimeout(() => {
          try {
            resolve(run());
          } catch (error) {
            resolve(`refused: ${(error as Error).name}`);
          }
        });
      }),
    script.toString(),
  );
}

test.describe('the content security policy', () => {
  test.beforeEach(({ laurel }) => laurel.provokes(CSP_REPORT));

  test('refuses code made from text', async ({ page }) => {
    expect(await fromTimer(page, () => (0, eval)('1 + 1') as unknown)).toBe('refused: EvalError');
    expect(await fromTimer(page, () => Reflect.construct(Function, ['return 1']) as unknown)).toBe(
      'refused: EvalError',
    );
    expect(await fromTimer(page, () => 1 + 1)).toBe(2);
  });

  test('refuses scripts, handlers and styles put into the page', async ({ page }) => {
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      document.body.append(script);
      const foreign = document.createElement('script');
      foreign.src = 'data:text/javascript,document.title="taken over"';
      document.body.append(foreign);
      const button = document.createElement('button');
      button.setAttribute('onclick', 'document.title = "taken over"');
      document.body.append(button);
      button.click();
      const style = document.createElement('style');
      style.textContent = 'body { outline: 7px solid red }';
      document.head.append(style);
    });
    await page.waitForTimeout(200);
    expect(await page.title()).toBe('Laurel');
    expect(await page.evaluate(() => getComputedStyle(document.body).outlineWidth)).not.toBe('7px');
  });

  test('lets nothing be sent to or loaded from anywhere', async ({ page, laurel }) => {
    laurel.provokes(/ERR_BLOCKED|Failed to load resource|net::ERR/);
    const server = await foreignServer();
    const outcomes = await page.evaluate(async (address) => {
      const image = new Image();
      const loaded = new Promise((resolve) => {
        image.onload = () => resolve('loaded');
        image.onerror = () => resolve('refused');
      });
      image.src = `${address}/pixel.svg`;
      const frame = document.createElement('iframe');
      frame.src = 'data:text/html,<p>inside</p>';
      const violated = new Promise((resolve) =>
        document.addEventListener('securitypolicyviolation', (event) => {
          if (event.effectiveDirective === 'frame-src') resolve('refused');
        }),
      );
      document.body.append(frame);
      return {
        fetched: await fetch(`${address}/data`).then(
          () => 'sent',
          () => 'refused',
        ),
        image: await loaded,
        frame: await violated,
      };
    }, server.address);
    server.close();
    expect(outcomes).toEqual({ fetched: 'refused', image: 'refused', frame: 'refused' });
    expect(server.visits).toEqual([]);
  });
});

test('the page cannot leave, and opens no window', async ({ laurel, page }) => {
  // Chromium notes on the console that it refused a jump to a file or a data: address.
  laurel.provokes(/Not allowed to (load local resource|navigate top frame)/);
  const server = await foreignServer();
  const windows = () => laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  for (const address of [
    `${server.address}/`,
    'file:///etc/passwd',
    'data:text/html,<p>elsewhere</p>',
    'app://other/index.html',
    'app://ui/other.html',
  ]) {
    await page.evaluate((target) => {
      const link = document.createElement('a');
      link.href = target;
      document.body.append(link);
      link.click();
      link.target = '_blank';
      link.click();
      window.open(target);
      link.remove();
    }, address);
    await page.waitForTimeout(50);
    expect(page.url(), address).toBe('app://ui/index.html');
    expect(await windows(), address).toBe(1);
  }
  expect(await page.evaluate(() => window.open('app://ui/index.html'))).toBeNull();
  server.close();
  expect(server.visits).toEqual([]);
});

test('the page has no Node, and of the preload script only its calls', async ({ page }) => {
  expect(
    await page.evaluate(() => {
      const names = ['require', 'process', 'module', 'Buffer', '__dirname', 'ipcRenderer', 'electron'];
      return names.filter((name) => name in globalThis);
    }),
  ).toEqual([]);
  const calls = await page.evaluate(() => Object.keys(window.laurel).sort());
  expect(calls).toEqual([
    'acceptDroppedFile',
    'checkForUpdates',
    'chooseUpdates',
    'downloadUpdate',
    'first',
    'moveWorkspace',
    'newWorkspace',
    'noteBadgeFile',
    'onBackendState',
    'onFilesWaiting',
    'onMenuCommand',
    'onUpdates',
    'openExternal',
    'openWorkspace',
    'openWritten',
    'pickArtFile',
    'pickCustomerFile',
    'pickExportFile',
    'pickFolder',
    'pickLogoFile',
    'pickNetworkFile',
    'pickPlanFile',
    'pickRecordingFile',
    'pickSaveTarget',
    'pickScenarioFile',
    'pickStateFile',
    'pickTableFolder',
    'platform',
    'ready',
    'restartBackend',
    'setLanguage',
    'setTheme',
    'showInFolder',
    'stopUpdate',
    'takeNamedFiles',
    'updatesState',
  ]);
});

test('app:// serves the built page and nothing outside it', async ({ laurel, page }) => {
  laurel.provokes(/Failed to load resource/);
  const status = (address: string, method = 'GET') =>
    page.evaluate(
      ([target, verb]) =>
        fetch(target, { method: verb }).then(
          (response) => response.status,
          () => 0,
        ),
      [address, method] as const,
    );
  expect(await status('app://ui/index.html')).toBe(200);
  expect(await status('app://ui/index.html', 'POST')).toBe(405);
  for (const address of [
    'app://ui/../main/index.js',
    'app://ui/%2e%2e/main/index.js',
    'app://ui/..%2fmain%2findex.js',
    'app://ui/assets/..%2f..%2fmain%2findex.js',
    'app://ui/..%5cmain%5cindex.js',
    'app://ui/%2e%2e%2f%2e%2e%2fpackage.json',
    'app://ui//etc/passwd',
    'app://ui/index.html%00.js',
    'app://ui/%zz.html',
  ]) {
    expect(await status(address), address).toBe(404);
  }
});

test('every permission but putting text on the clipboard is denied', async ({ page }) => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'clipboard-write'];
    const found: Record<string, string> = {};
    for (const name of names) {
      found[name] = (await navigator.permissions.query({ name: name as PermissionName })).state;
    }
    return found;
  });
  expect(Object.entries(states).filter(([, state]) => state !== 'denied')).toEqual([['clipboard-write', 'granted']]);
  expect(
    await page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'given',
        (error: unknown) => (error as Error).name,
      ),
    ),
  ).not.toBe('given');
});

// Whether a download begins at all hangs on what the process has done before.
testOfOwnStart('no device is given, no screen is shown, and nothing is downloaded', async ({ laurel, page }) => {
  laurel.provokes(/Failed to load resource|Permissions policy|permission/i);
  await laurel.app.evaluate(({ session }) => {
    const downloads: string[] = [];
    Object.assign(globalThis, { downloads });
    session.defaultSession.on('will-download', (event, item) => {
      downloads.push(event.defaultPrevented ? 'stopped' : `begun: ${item.getURL()}`);
    });
  });
  // What a driver evaluates counts as a person's gesture, without which a page may not even ask.
  const outcomes = await page.evaluate(async () => {
    type Asking = Record<string, { requestDevice?(options: unknown): Promise<unknown> } | undefined>;
    const devices = navigator as unknown as Asking & { serial: { requestPort(): Promise<unknown> } };
    const asked: Record<string, () => unknown> = {
      bluetooth: () =>
        devices['bluetooth']?.requestDevice?.({ acceptAllDevices: true }) ?? Promise.reject(new Error('absent')),
      usb: () => devices['usb']?.requestDevice?.({ filters: [] }),
      hid: () =>
        devices['hid']
          ?.requestDevice?.({ filters: [] })
          .then((found) => (found as unknown[]).length || Promise.reject(new Error('none'))),
      serial: () => devices.serial.requestPort(),
      midi: () => navigator.requestMIDIAccess({ sysex: true }),
      screen: () => navigator.mediaDevices.getDisplayMedia({ video: true }),
      camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
      place: () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      clipboard: () => navigator.clipboard.readText(),
      idle: () =>
        (Reflect.get(globalThis, 'IdleDetector') as { requestPermission(): Promise<string> })
          .requestPermission()
          .then((state) => state === 'granted' || Promise.reject(new Error(state))),
      fonts: () =>
        (Reflect.get(globalThis, 'queryLocalFonts') as () => Promise<unknown[]>)().then(
          (fonts) => fonts.length || Promise.reject(new Error('none')),
        ),
      notification: () =>
        Notification.requestPermission().then((state) => state === 'granted' || Promise.reject(new Error(state))),
    };
    const found: Record<string, string> = {};
    for (const [name, ask] of Object.entries(asked)) {
      try {
        await ask();
        found[name] = 'given';
      } catch {
        found[name] = 'refused';
      }
    }
    for (const address of [
      URL.createObjectURL(new Blob(['x'])),
      'data:application/octet-stream,x',
      'app://ui/index.html',
    ]) {
      const link = document.createElement('a');
      link.href = address;
      link.download = 'taken.txt';
      document.body.append(link);
      link.click();
    }
    return found;
  });
  expect(Object.entries(outcomes).filter(([, outcome]) => outcome !== 'refused')).toEqual([]);
  const downloads = () => laurel.app.evaluate(() => (globalThis as unknown as { downloads: string[] }).downloads);
  await expect.poll(async () => (await downloads()).length).toBeGreaterThan(0);
  expect((await downloads()).filter((download) => download !== 'stopped')).toEqual([]);
});

test('a browser opens only for a person who has just acted', async ({ laurel, page }) => {
  await laurel.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (address) => Promise.resolve(void opened.push(address));
  });
  const outcome = await page.evaluate(() => {
    // Uses up the gesture that the driver brings.
    window.open('about:blank');
    return window.laurel.openExternal('https://example.org/?everything');
  });
  expect(outcome).toBe(false);
  expect(await laurel.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual([]);
});

/** What a page of another origin, or in another window of the same session, gets from the same preload script. */
async function askFromForeignWindow(laurel: Laurel, address: string): Promise<unknown> {
  const preload = path.resolve(import.meta.dirname, '..', '..', 'out', 'preload', 'index.cjs');
  return laurel.app.evaluate(
    async ({ BrowserWindow }, [file, target]) => {
      // The one session that is sure to serve the page: Laurel's own, where another workspace is open, serves nothing.
      const [own] = BrowserWindow.getAllWindows();
      if (!own) throw new Error('There is no window.');
      const window = new BrowserWindow({
        show: false,
        webPreferences: { session: own.webContents.session, preload: file, sandbox: true, contextIsolation: true },
      });
      try {
        await window.loadURL(target);
        return (await window.webContents.executeJavaScript(
          `laurel.pickSaveTarget('x.csv').then((target) => 'answered ' + JSON.stringify(target), (error) => error.message)`,
        )) as unknown;
      } finally {
        window.destroy();
      }
    },
    [preload, address] as const,
  );
}

test('calls from any frame but the page’s own are refused', async ({ laurel, page }) => {
  await laurel.chooseInSaveDialog('/tmp/never-written.csv');
  expect(await page.evaluate(() => window.laurel.pickSaveTarget('x.csv'))).toMatchObject({
    name: 'never-written.csv',
  });
  for (const address of ['data:text/html,<p>foreign</p>', 'about:blank', 'app://ui/recovery.html']) {
    expect(await askFromForeignWindow(laurel, address), address).toContain('Refused');
  }
});

test('only web addresses leave, and no call takes a path', async ({ laurel, page }) => {
  await laurel.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (address) => Promise.resolve(void opened.push(address));
  });
  const outcomes = await page.evaluate(async () => {
    const { laurel } = window;
    const addresses = [
      'https://example.org/a b',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://host/share',
      'https://name:word@example.org/',
      'not an address',
    ];
    return Promise.all(addresses.map((address) => laurel.openExternal(address)));
  });
  expect(outcomes).toEqual([true, false, false, false, false, false]);
  expect(await laurel.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual([
    'https://example.org/a%20b',
  ]);
  expect(
    await page.evaluate(async () => {
      const { laurel } = window;
      const made = new File(['1'], '/etc/passwd');
      const given = [made, { path: '/etc/passwd' }, { name: '/etc/passwd' }];
      return Promise.all(given.map((file) => laurel.acceptDroppedFile(file)));
    }),
  ).toEqual([null, null, null]);
});
