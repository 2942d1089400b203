import path from 'node:path';
import { app, nativeTheme, session, type BrowserWindow, type Event } from 'electron';
import { CHANNELS, type MenuMessage, type StateMessage } from '../../shared/ipc/channel-names';
import type { Language } from '../../shared/words/message';
import { serveApp } from './app-protocol';
import { noteBackendDeath } from './backend-deaths';
import { BackendHost } from './backend-host';
import { nodeLauncher, utilityProcessLauncher } from './backend-process';
import { setApplicationMenu } from './menu';
import { answerNativeCalls, type Theme } from './native-calls';
import { OpeningFiles } from './opening-files';
import type { PageAddress } from './page-address';
import { guardPages, guardSession } from './page-guards';
import { builtPlaces, type Places } from './places';
import { RecentFiles } from './recent-files';
import { systemKeychain } from './safe-storage';
import { Secrets } from './secrets';
import { builtStoreModule, describeRuntime, nodeForBackend, type Runtime } from './runtime';
import { saveScreenshot } from './screenshot';
import { openWindow } from './window';
import { systemProxy } from './system-proxy';
import { exposeToDriver } from './test-driver';
import { MainWords } from './words';
import { readWindowState, writeWindowState, type WindowState } from './window-state';

/** One running Laurel: its backend, its one window, and what ties them together. */
export class LaurelApp {
  readonly #places: Places;
  readonly #page: PageAddress;
  readonly #runtime: Runtime;
  readonly #windowStateFile: string;
  readonly #windowState: WindowState;
  readonly #backend: BackendHost;
  readonly #words = new MainWords();
  readonly #recent: RecentFiles;
  readonly #opening: OpeningFiles;
  #window: BrowserWindow | null = null;
  #saidReady = false;
  #closed = false;

  /**
   * @param mainFolder of main's bundle
   * @param page where the page lives
   * @param userData folder of this person's data, absolute
   */
  constructor(mainFolder: string, page: PageAddress, userData: string) {
    this.#places = builtPlaces(mainFolder);
    const module = builtStoreModule(app.getAppPath(), app.isPackaged ? process.resourcesPath : null, process.env);
    this.#runtime = describeRuntime(process.versions, module);
    this.#page = page;
    this.#windowStateFile = path.join(userData, 'window.json');
    this.#windowState = readWindowState(this.#windowStateFile);
    this.#recent = new RecentFiles(path.join(userData, 'recent.json'), () => this.#setMenu());
    this.#opening = new OpeningFiles({
      recent: this.#recent,
      grant: (grant) => this.#backend.grantFile(grant),
      tell: () => this.#send(CHANNELS.filesWaiting, {}),
    });
    const entry = this.#places.backendEntry;
    const logFolder = path.join(userData, 'logs');
    const secrets = new Secrets(userData, systemKeychain);
    this.#backend = new BackendHost(
      this.#runtime.hostsBackend
        ? utilityProcessLauncher(entry, this.#runtime.storeModule)
        : nodeLauncher(entry, nodeForBackend(app.getAppPath(), process.env, process.platform)),
      {
        workspacePath: path.join(userData, 'workspace.laurel'),
        logFolder,
        appVersion: app.getVersion(),
        runtime: this.#runtime.words,
      },
      {
        onState: () => this.#tellState(),
        onProcess: (pid) => exposeToDriver('laurelBackendPid', pid),
        onDeath: (code, lastWords) => noteBackendDeath(logFolder, code, lastWords),
        // Before Electron is ready its keychain cannot be asked, and would seem to be missing.
        onSecret: (question) => app.whenReady().then(() => secrets.answer(question)),
        onProxy: (origin) => app.whenReady().then(() => systemProxy(origin)),
      },
    );
  }

  /** A backend under a Node of its own need not wait until Electron is ready. */
  startBackendEarly(): void {
    if (!this.#runtime.hostsBackend) this.#backend.start();
  }

  /** Opens the window. The app has to be ready. */
  open(): void {
    if (this.#runtime.hostsBackend) this.#backend.start();
    nativeTheme.themeSource = this.#windowState.theme;
    serveApp(this.#places.page, this.#page.entry, this.#words);
    guardPages(this.#page);
    guardSession(session.defaultSession, this.#page);
    answerNativeCalls({
      page: this.#page,
      backend: this.#backend,
      opening: this.#opening,
      recent: this.#recent,
      window: () => this.#window,
      onHello: () => this.#welcomePage(),
      onReady: () => this.#pageIsReady(),
      onTheme: (theme) => this.#setTheme(theme),
      onLanguage: (language) => void this.#speak(language),
      say: this.#words.say,
    });
    const window = openWindow({
      page: this.#page,
      preload: this.#places.preload,
      title: 'Laurel',
      state: this.#windowState,
      stateFile: this.#windowStateFile,
    });
    this.#window = window;
    window.once('closed', () => (this.#window = null));
    // The page comes first: nobody can reach for a menu before something is to be seen.
    window.once('ready-to-show', () => {
      this.#setMenu();
      app.setAboutPanelOptions({
        applicationName: 'Laurel',
        applicationVersion: app.getVersion(),
        version: this.#words.sayMessage(this.#runtime.words),
      });
    });
  }

  /** Opens files in the window, which may be yet to come. @param files absolute paths */
  openFiles(files: readonly string[]): void {
    this.#opening.ask(files);
    this.focus();
  }

  /** Brings the window to the front, for whoever starts Laurel a second time. */
  focus(): void {
    if (!this.#window) return;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  /** Keeps the app from ending before the store is closed. */
  holdQuitUntilClosed(event: Event): void {
    if (this.#closed) return;
    event.preventDefault();
    void this.#backend.shutdown().then(() => {
      this.#closed = true;
      // Not within the event that was just prevented: with no process to wait for this is still inside it, and Electron
      // does not hear a second quit then.
      setImmediate(() => app.quit());
    });
  }

  #welcomePage(): void {
    this.#tellState();
    this.#backend.connectPage((port) => {
      const contents = this.#window?.webContents;
      if (contents && !contents.isDestroyed()) contents.postMessage(CHANNELS.port, null, [port]);
      else port.close();
    });
  }

  #tellState(): void {
    this.#send(CHANNELS.state, this.#backend.state satisfies StateMessage);
  }

  #send(channel: string, message: object): void {
    const contents = this.#window?.webContents;
    if (contents && !contents.isDestroyed()) contents.send(channel, message);
  }

  #pageIsReady(): void {
    if (this.#saidReady) return;
    this.#saidReady = true;
    exposeToDriver('laurelReady', true);
    console.log('laurel: ready');
    const file = process.env['LAUREL_SCREENSHOT'];
    if (!file || !this.#window) return;
    saveScreenshot(this.#window, file).then(
      () => {
        console.log(`laurel: screenshot ${file}`);
        app.quit();
      },
      (error: unknown) => {
        console.error(`laurel: no screenshot could be saved at ${file}:`, error);
        app.exit(1);
      },
    );
  }

  #setTheme(theme: Theme): void {
    nativeTheme.themeSource = theme;
    this.#windowState.theme = theme;
    writeWindowState(this.#windowStateFile, this.#windowState);
    this.#setMenu();
  }

  async #speak(language: Language): Promise<void> {
    if (await this.#words.follow(language)) this.#setMenu();
  }

  #setMenu(): void {
    setApplicationMenu({
      platform: process.platform,
      development: !app.isPackaged,
      theme: this.#windowState.theme,
      recent: this.#recent.entries,
      openRecent: ({ path: file, kind }) => this.#opening.ask([file], kind),
      clearRecent: () => this.#recent.clear(),
      say: this.#words.say,
      send: (command) => this.#send(CHANNELS.menuCommand, { command } satisfies MenuMessage),
    });
  }
}
