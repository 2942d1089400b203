import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Dialog, Shell } from 'electron';
import { _electron, test as base, expect, type ElectronApplication, type Page, type TestInfo } from '@playwright/test';
import { electronPath, runtimeArguments } from '../../scripts/runtime-path.mjs';
import type { NativeApi } from '../../shared/ipc/native';
import { takeDisplay } from './virtual-displays';

takeDisplay();

const repository = path.resolve(import.meta.dirname, '..', '..');

declare global {
  // Set by main when LAUREL_TEST is 1. Ready is whichever page said so.
  var laurelBackendPid: number | undefined;
  var laurelReady: boolean | undefined;
  var laurelOpen: (() => void) | undefined;
  // What a test may have put another in the place of, as it was at the start.
  var laurelDialogs: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'> | undefined;
  var laurelShell: Pick<Shell, 'openPath' | 'openExternal' | 'showItemInFolder'> | undefined;
}

/**
 * Waits until main says yes. Every start waits so, and the runner's own pause between two looks would grow to a second.
 *
 * @param look evaluated in main, again and again
 */
async function untilMain(app: ElectronApplication, message: string, look: () => boolean): Promise<void> {
  const answer = (): Promise<boolean> =>
    app.evaluate(look).catch((error: unknown) => {
      // Where main collects garbage between question and answer, Playwright loses the answer: it is asked again.
      if (error instanceof Error && error.message.includes('garbage collected')) return false;
      throw error;
    });
  await expect.poll(answer, { message, timeout: 30_000, intervals: [50, 100] }).toBe(true);
}

export interface StartOptions {
  /** Added to the environment of the app. */
  env?: Record<string, string>;
  /** Command line after the app's folder. */
  args?: readonly string[];
  /** Done in main before the window opens. */
  before?: (app: ElectronApplication) => Promise<void>;
  /** Do not wait until the page has drawn its first screen. */
  unready?: boolean;
}

/** Puts what shows dialogs and starts other programs back as it was at the start; the first time, keeps it. */
function putBack(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ dialog, shell }) => {
    const { showOpenDialog, showSaveDialog, showMessageBox, showErrorBox } = dialog;
    globalThis.laurelDialogs ??= { showOpenDialog, showSaveDialog, showMessageBox, showErrorBox };
    const { openPath, openExternal, showItemInFolder } = shell;
    globalThis.laurelShell ??= { openPath, openExternal, showItemInFolder };
    Object.assign(dialog, globalThis.laurelDialogs);
    Object.assign(shell, globalThis.laurelShell);
  });
}

/**
 * The built app in the real runtime, with a person's data in a folder of its own. Any error that the page throws or
 * writes to its console fails the test, unless the test said beforehand that it would provoke it.
 */
export class Laurel {
  /** Main's output so far, line ends included. */
  output = '';
  #app: ElectronApplication | null = null;
  #page: Page | null = null;
  readonly #faults: string[] = [];
  readonly #provoked: RegExp[] = [];
  /** Started with options of a test's own, which the next test must not find. */
  #isOdd = false;

  /** @param userData folder of the person's data */
  constructor(readonly userData: string) {}

  get app(): ElectronApplication {
    if (!this.#app) throw new Error('Laurel is not running.');
    return this.#app;
  }

  get page(): Page {
    if (!this.#page) throw new Error('Laurel is not running.');
    return this.#page;
  }

  /** Console and page errors that match are wanted by this test. */
  provokes(pattern: RegExp): void {
    this.#provoked.push(pattern);
  }

  /** What went wrong in the page and was not provoked. */
  get faults(): readonly string[] {
    return this.#faults.filter((fault) => !this.#provoked.some((pattern) => pattern.test(fault)));
  }

  /** Launches the app and waits until its first screen stands. */
  async start({ env = {}, args = [], before, unready = false }: StartOptions = {}): Promise<Page> {
    if (this.#app) throw new Error('Laurel runs: a test that starts it by itself is a testOfOwnStart.');
    this.#isOdd = Object.keys(env).length > 0 || args.length > 0 || before !== undefined;
    const { executable } = await electronPath();
    const inherited: Record<string, string> = {};
    for (const [name, value] of Object.entries(process.env)) {
      if (value !== undefined && name !== 'ELECTRON_RUN_AS_NODE' && !name.startsWith('LAUREL_'))
        inherited[name] = value;
    }
    const app = await _electron.launch({
      executablePath: executable,
      args: [...runtimeArguments(), repository, ...args],
      cwd: repository,
      // The app chooses its theme itself; a test that wants one chooses it in the app.
      colorScheme: null,
      env: { ...inherited, LAUREL_TEST: '1', LAUREL_USER_DATA: this.userData, TZ: 'UTC', ...env },
    });
    this.#app = app;
    for (const stream of [app.process().stdout, app.process().stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    await before?.(app);
    // Main holds the window back until somebody watches: untilDriverWatches.
    await untilMain(app, 'main waits for its driver', () => {
      globalThis.laurelOpen?.();
      return globalThis.laurelOpen !== undefined;
    });
    await putBack(app);
    const page = this.#watch(await app.firstWindow());
    if (!unready) await this.untilReady();
    return page;
  }

  #watch(page: Page): Page {
    this.#page = page;
    page.on('console', (message) => {
      if (message.type() === 'error') this.#faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.#faults.push(`thrown: ${error.stack ?? error.message}`));
    page.on('crash', () => this.#faults.push('the page crashed'));
    return page;
  }

  /** Whether it runs as a start without options made it. */
  get isUsual(): boolean {
    return this.#app !== null && !this.#isOdd;
  }

  /**
   * Makes a workspace in a window and an engine of its own, as “New workspace” does, and closes those that were open, as a
   * person does. What is kept for all windows is as a first start finds it then, but for the list of workspaces.
   *
   * @param file of the workspace; nothing is there
   */
  async moveOn(file: string): Promise<Page> {
    const { app, page: before } = this;
    await before.evaluate(() => {
      const { laurel } = globalThis as unknown as { laurel: NativeApi };
      laurel.setTheme('system');
      laurel.setLanguage('en');
    });
    await app.evaluate(({ Menu }) => {
      (Menu.getApplicationMenu()?.getMenuItemById('recent.clear') as { click(): void } | null | undefined)?.click();
    });
    await this.chooseInSaveDialog(file);
    const opened = app.waitForEvent('window');
    await app.evaluate(() => (globalThis.laurelReady = false));
    await before.evaluate(() => void (globalThis as unknown as { laurel: NativeApi }).laurel.newWorkspace());
    const page = this.#watch(await opened);
    await this.untilReady();
    await putBack(app);
    const left = await app.evaluate(async ({ BrowserWindow }) => {
      const [newest, ...others] = BrowserWindow.getAllWindows().sort((one, other) => other.id - one.id);
      await Promise.all(
        others.map(async (window) => {
          const { session } = window.webContents;
          // Kept for the session, whatever is emptied.
          window.webContents.setZoomFactor(1);
          const closed = new Promise<void>((resolve) => window.once('closed', () => resolve()));
          window.close();
          await closed;
          // The next workspace that lies there is told apart from this one by nothing.
          await session.clearStorageData();
        }),
      );
      return newest?.isVisible() ?? false;
    });
    expect(left, 'the new window is shown').toBe(true);
    return page;
  }

  async untilReady(): Promise<void> {
    await untilMain(this.app, 'the page calls ready()', () => globalThis.laurelReady === true);
  }

  /** Loads the page anew, as it stands at the start. */
  async reload(): Promise<Page> {
    await this.page.reload();
    // Main hears of the first page that is ready, and of no other.
    await expect(this.page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
    return this.page;
  }

  /** Begins a new account of what went wrong and what was provoked. */
  startAfresh(): void {
    this.output = '';
    this.#faults.length = 0;
    this.#provoked.length = 0;
  }

  /** Quits as a person does, and waits until the process is gone. */
  async quit(): Promise<void> {
    const app = this.#app;
    if (!app) return;
    this.#app = null;
    this.#page = null;
    const child = app.process();
    const gone = new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve();
      else child.once('exit', () => resolve());
    });
    await app.close();
    await gone;
  }

  /** Ends main as a crash would, in the middle of whatever it does; what else ends is Laurel's own doing. */
  async killMain(): Promise<void> {
    const child = this.app.process();
    this.#app = null;
    this.#page = null;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await gone;
  }

  /** Quits and starts again on the same data. */
  async restart(options: StartOptions = {}): Promise<Page> {
    await this.quit();
    return this.start(options);
  }

  /** Process id of the backend that runs now; waits for one other than `not`. */
  async backendPid(not?: number): Promise<number> {
    let pid: number | undefined;
    await expect
      .poll(async () => (pid = await this.app.evaluate(() => globalThis.laurelBackendPid)) !== undefined && pid !== not)
      .toBe(true);
    return pid as number;
  }

  /** Ends the backend as a crash would. */
  async killBackend(): Promise<number> {
    const pid = await this.backendPid();
    process.kill(pid, 'SIGKILL');
    return pid;
  }

  /** Clicks an item of the native menu by its command. */
  async menu(command: string): Promise<void> {
    await this.app.evaluate(({ Menu }, id) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(id);
      if (!item) throw new Error(`There is no menu item ${id}.`);
      (item as unknown as { click(): void }).click();
    }, command);
  }

  /** The next open dialog answers with these files, and none after it. */
  async chooseInOpenDialog(files: readonly string[]): Promise<void> {
    await this.app.evaluate(
      ({ dialog }, filePaths) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: filePaths.length === 0, filePaths });
      },
      [...files],
    );
  }

  /** The next save dialog answers with this file. */
  async chooseInSaveDialog(file: string): Promise<void> {
    await this.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: filePath === '', filePath });
    }, file);
  }
}

interface Fixtures {
  /** A folder of the test's own, removed after it. */
  userData: string;
  laurel: Laurel;
  /** The page of a workspace that was made just now. */
  page: Page;
}

async function withPersonsFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'laurel-e2e-'));
  // Whoever has a list of workspaces was welcomed before.
  await writeFile(path.join(folder, 'workspaces.json'), JSON.stringify({ recent: [], open: [] }));
  await use(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** What every test ends with. */
async function accountFor(laurel: Laurel, testInfo: TestInfo): Promise<void> {
  if (testInfo.status !== testInfo.expectedStatus) {
    await testInfo.attach('output of main', { body: laurel.output, contentType: 'text/plain' });
  }
  expect(laurel.faults, 'errors of the page').toEqual([]);
}

/** One running Laurel after the other, for tests that each want a workspace nobody has worked in. */
class Standing {
  #laurel: Laurel | null = null;
  #turn = 0;

  /** @param folder what is kept of it lies below */
  constructor(readonly folder: string) {}

  /** One that shows a workspace nobody has worked in. */
  async take(): Promise<Laurel> {
    if (this.#laurel) return this.#laurel;
    this.#turn += 1;
    const userData = path.join(this.folder, String(this.#turn));
    await mkdir(userData);
    await writeFile(path.join(userData, 'workspaces.json'), JSON.stringify({ recent: [], open: [] }));
    const laurel = new Laurel(userData);
    await laurel.start();
    this.#laurel = laurel;
    return laurel;
  }

  /**
   * Makes it ready for the next test: a workspace in one of two places by turns, because a place that is known keeps the
   * compiled code of the page.
   */
  async takeBack(laurel: Laurel): Promise<void> {
    this.#turn += 1;
    const place = path.join(laurel.userData, this.#turn % 2 === 0 ? 'even' : 'odd');
    await rm(place, { recursive: true, force: true, maxRetries: 3 });
    await mkdir(place);
    for (const name of await readdir(laurel.userData)) {
      if (/^window.*\.json$/.test(name)) await rm(path.join(laurel.userData, name));
    }
    await laurel.moveOn(path.join(place, 'workspace.laurel'));
  }

  async end(): Promise<void> {
    const laurel = this.#laurel;
    this.#laurel = null;
    await laurel?.quit();
  }
}

const withStanding = base.extend<Pick<Fixtures, 'userData'>, { standing: Standing }>({
  userData: async ({}, use) => withPersonsFolder(use),
  standing: [
    async ({}, use) =>
      withPersonsFolder(async (folder) => {
        const standing = new Standing(folder);
        await use(standing);
        await standing.end();
      }),
    { scope: 'worker' },
  ],
});

/**
 * For tests that begin with a workspace nobody has worked in: docs/decisions/0199. They share a Laurel, whose start takes
 * longer than most of them do; each gets a window, an engine and a memory of the page of its own. A test may kill, quit
 * and start it again; after one that failed, or left it as no usual start does, the next gets a new start.
 */
export const test = withStanding.extend<Fixtures>({
  laurel: async ({ standing }, use, testInfo) => {
    const laurel = await standing.take();
    laurel.startAfresh();
    await use(laurel);
    if (testInfo.status === testInfo.expectedStatus && laurel.isUsual) await standing.takeBack(laurel);
    else await standing.end();
    await accountFor(laurel, testInfo);
  },
  page: async ({ laurel }, use) => {
    await use(laurel.page);
  },
});

/** For tests of the start itself, of the end, and of what is kept for all windows: `laurel` is not started yet. */
export const testOfOwnStart = withStanding.extend<Fixtures>({
  laurel: async ({ userData }, use, testInfo) => {
    const laurel = new Laurel(userData);
    await use(laurel);
    await laurel.quit();
    await accountFor(laurel, testInfo);
  },
  page: async ({ laurel }, use) => {
    await use(await laurel.start());
  },
});

/** For tests that change nothing a person keeps: the workspace stays, and the page is loaded anew for each. */
export const testOfStanding = withStanding.extend<Fixtures>({
  laurel: async ({ standing }, use, testInfo) => {
    const laurel = await standing.take();
    laurel.startAfresh();
    await use(laurel);
    if (testInfo.status !== testInfo.expectedStatus) await standing.end();
    await accountFor(laurel, testInfo);
  },
  page: async ({ laurel }, use) => {
    await use(await laurel.reload());
  },
});

/** Details of a test that `npm run test:long` runs and `npm test` does not: docs/decisions/0214. */
export const inTestLong = { tag: '@long' };

export { expect } from '@playwright/test';
