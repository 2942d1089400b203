import path from 'node:path';
import { app, session, type BrowserWindow, type Session } from 'electron';
import { CHANNELS, type MenuMessage, type StateMessage } from '../../shared/ipc/channel-names';
import type { MenuCommand } from '../../shared/ipc/native';
import type { UpdatesState } from '../../shared/ipc/updates';
import type { Message } from '../../shared/words/message';
import { serveApp } from './app-protocol';
import { noteBackendDeath } from './backend-deaths';
import { BackendHost } from './backend-host';
import type { BackendLauncher } from './backend-process';
import { OWN_ID, type KnownWorkspace } from './known-workspaces';
import { OpeningFiles } from './opening-files';
import type { PageAddress } from './page-address';
import { guardSession } from './page-guards';
import type { Places } from './places';
import type { RecentFiles } from './recent-files';
import type { Secrets } from './secrets';
import { printedPage } from './print-page';
import { systemProxy } from './system-proxy';
import { exposeToDriver } from './test-driver';
import { openWindow } from './window';
import type { MainWords } from './words';
import { readWindowState, type WindowState } from './window-state';

/** What all windows of one running Laurel share. */
export interface SharedParts {
  places: Places;
  page: PageAddress;
  userData: string;
  /** Where the workspace of whoever never named another lies, absolute. */
  own: string;
  launcher: BackendLauncher;
  /** The runtime in words, for the About box. */
  runtime: Message;
  words: MainWords;
  secrets: Secrets;
  recent: RecentFiles;
  /** What a page begins with where it remembers nothing of its own, as the preload script reads it. */
  firstWords(workspace: WorkspaceWindow): string[];
}

/** Workspaces other than Laurel's own keep what belongs to their windows under their ids. */
export function windowStateFile(userData: string, id: string): string {
  return path.join(userData, id === OWN_ID ? 'window.json' : `window-${id}.json`);
}

function logFolderOf(userData: string, id: string): string {
  return path.join(userData, id === OWN_ID ? 'logs' : `logs-${id}`);
}

const prepared = new WeakSet<Session>();

/** One open workspace: its backend, its window, and what ties them together. */
export class WorkspaceWindow {
  readonly id: string;
  /** The workspace's file, absolute. */
  readonly file: string;
  readonly backend: BackendHost;
  readonly opening: OpeningFiles;
  readonly state: WindowState;
  readonly #shared: SharedParts;
  #window: BrowserWindow | null = null;
  #ended: Promise<void> | null = null;

  /**
   * @param isFirstStart a person is asked for what is told otherwise
   * @param like the workspace in front of which a new one is made
   */
  constructor(
    shared: SharedParts,
    { id, path: file }: KnownWorkspace,
    { isFirstStart = false, like = null }: { isFirstStart?: boolean; like?: string | null } = {},
  ) {
    this.id = id;
    this.file = file;
    this.#shared = shared;
    this.state = readWindowState(windowStateFile(shared.userData, id));
    const logFolder = logFolderOf(shared.userData, id);
    this.backend = new BackendHost(
      shared.launcher,
      {
        ...{ workspacePath: file, logFolder, appVersion: app.getVersion(), runtime: shared.runtime },
        ...{ zoneFrom: like, tellsZone: !isFirstStart },
      },
      {
        onState: () => this.#tellState(),
        onProcess: (pid) => exposeToDriver('laurelBackendPid', pid),
        onDeath: (code, lastWords) => noteBackendDeath(logFolder, code, lastWords),
        // Before Electron is ready its keychain cannot be asked, and would seem to be missing.
        onSecret: (question) => app.whenReady().then(() => shared.secrets.answer(question)),
        onPrint: (page) => app.whenReady().then(() => printedPage(page)),
        onProxy: (origin) => app.whenReady().then(() => systemProxy(origin)),
      },
    );
    this.opening = new OpeningFiles({
      recent: shared.recent,
      grant: (grant) => this.backend.grantFile(grant),
      tell: () => this.#send(CHANNELS.filesWaiting, {}),
    });
  }

  /** The workspace's name for people; empty for the one in Laurel's own folder. */
  get name(): string {
    return this.file === this.#shared.own ? '' : path.basename(this.file).replace(/\.laurel$/i, '');
  }

  get window(): BrowserWindow | null {
    return this.#window;
  }

  /** Opens the window. The app has to be ready. @param closed is told when it is gone */
  open(closed: () => void): BrowserWindow {
    const { page, places, userData } = this.#shared;
    const own = this.#session();
    const window = openWindow({
      page,
      preload: places.preload,
      title: this.name === '' ? 'Laurel' : `${this.name} – Laurel`,
      session: own,
      firstWords: this.#shared.firstWords(this),
      state: this.state,
      stateFile: windowStateFile(userData, this.id),
    });
    this.#window = window;
    window.once('closed', () => {
      this.#window = null;
      closed();
    });
    return window;
  }

  /** A session of its own keeps what a page remembers of one workspace, a scenario not saved yet, out of all others. */
  #session(): Session {
    const { page, places, words } = this.#shared;
    const own = this.id === OWN_ID ? session.defaultSession : session.fromPartition(`persist:workspace-${this.id}`);
    // A workspace that was closed and is opened again finds the session it had.
    if (prepared.has(own)) return own;
    prepared.add(own);
    serveApp(own.protocol, places.page, page.entry, words);
    guardSession(own, page);
    return own;
  }

  /** A page has begun to load. */
  welcomePage(): void {
    this.#tellState();
    this.backend.connectPage((port) => {
      const contents = this.#window?.webContents;
      if (contents && !contents.isDestroyed()) contents.postMessage(CHANNELS.port, null, [port]);
      else port.close();
    });
  }

  /** Tells the page a command of the menu. */
  send(command: MenuCommand): void {
    this.#send(CHANNELS.menuCommand, { command } satisfies MenuMessage);
  }

  /** Tells the page what is known of updates. */
  tellUpdates(state: UpdatesState): void {
    this.#send(CHANNELS.updates, state);
  }

  focus(): void {
    if (!this.#window) return;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  /** Closes the window, whose page is heard on its way out, and then the store. Settles when the backend is gone. */
  end(): Promise<void> {
    this.#ended ??= this.#closeWindow().then(() => this.backend.shutdown());
    return this.#ended;
  }

  #closeWindow(): Promise<void> {
    const window = this.#window;
    if (!window) return Promise.resolve();
    return new Promise((resolve) => {
      window.once('closed', () => resolve());
      window.close();
    });
  }

  #tellState(): void {
    this.#send(CHANNELS.state, this.backend.state satisfies StateMessage);
  }

  #send(channel: string, message: object): void {
    const contents = this.#window?.webContents;
    if (contents && !contents.isDestroyed()) contents.send(channel, message);
  }
}
