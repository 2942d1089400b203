import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { app, nativeTheme, type BrowserWindow, type Event } from 'electron';
import type { FirstWords, MenuCommand } from '../../shared/ipc/native';
import { nodeLauncher, utilityProcessLauncher } from './backend-process';
import { firstArgument } from './first-words';
import { KnownWorkspaces, OWN_ID, type KnownWorkspace } from './known-workspaces';
import { setApplicationMenu } from './menu';
import { isWorkspaceFile } from './named-files';
import { answerNativeCalls, type Theme } from './native-calls';
import type { PageAddress } from './page-address';
import { guardPages } from './page-guards';
import { builtPlaces } from './places';
import { RecentFiles } from './recent-files';
import { builtStoreModule, describeRuntime, nodeForBackend, type Runtime } from './runtime';
import { systemKeychain } from './safe-storage';
import { saveScreenshot } from './screenshot';
import { Secrets } from './secrets';
import { exposeToDriver } from './test-driver';
import type { UpdateAnswer } from '../../shared/ipc/updates';
import { message, type Language } from '../../shared/words/message';
import type { Updates } from './updates/updates';
import { updatesOfApp } from './updates/updates-of-app';
import { UnfinishedMove } from './unfinished-move';
import { MainWords } from './words';
import { WorkspaceActions } from './workspace-actions';
import { windowStateFile, WorkspaceWindow, type SharedParts } from './workspace-window';
import { readWindowState, writeWindowState, type WindowState } from './window-state';

/** One running Laurel: the windows of its open workspaces, and what they share. */
export class LaurelApp {
  readonly #page: PageAddress;
  readonly #runtime: Runtime;
  readonly #shared: SharedParts;
  readonly #own: string;
  readonly #known: KnownWorkspaces;
  readonly #recent: RecentFiles;
  readonly #words = new MainWords();
  readonly #actions: WorkspaceActions;
  readonly #updates: Updates;
  /** Where the theme is kept for all windows. */
  readonly #themeFile: string;
  readonly #themeState: WindowState;
  readonly #windows = new Map<string, WorkspaceWindow>();
  /** Nobody has used Laurel on this person's account before. */
  #isFirstStart: boolean;
  #language: Language | null = null;
  /** The window a person worked in last: what the menu and named files go to. */
  #last: WorkspaceWindow | null = null;
  #filesBeforeReady: string[] = [];
  #ready = false;
  #quitting = false;
  #saidReady = false;
  #closed = false;

  /**
   * @param mainFolder of main's bundle
   * @param page where the page lives
   * @param userData folder of this person's data, absolute
   */
  constructor(mainFolder: string, page: PageAddress, userData: string) {
    const places = builtPlaces(mainFolder);
    const module = builtStoreModule(app.getAppPath(), app.isPackaged ? process.resourcesPath : null, process.env);
    this.#runtime = describeRuntime(process.versions, module);
    this.#page = page;
    this.#own = path.join(userData, 'workspace.laurel');
    this.#themeFile = windowStateFile(userData, OWN_ID);
    const workspacesFile = path.join(userData, 'workspaces.json');
    this.#isFirstStart = ![this.#own, this.#themeFile, workspacesFile].some((file) => existsSync(file));
    this.#recent = new RecentFiles(path.join(userData, 'recent.json'), () => this.#setMenu());
    this.#known = new KnownWorkspaces(workspacesFile, this.#own, () => this.#setMenu());
    this.#shared = {
      ...{
        places,
        page,
        userData,
        own: this.#own,
        recent: this.#recent,
        runtime: this.#runtime.words,
        words: this.#words,
      },
      launcher: this.#runtime.hostsBackend
        ? utilityProcessLauncher(places.backendEntry, this.#runtime.storeModule)
        : nodeLauncher(places.backendEntry, nodeForBackend(app.getAppPath(), process.env, process.platform)),
      secrets: new Secrets(userData, systemKeychain),
      firstWords: (workspace) => [firstArgument(this.#firstWords(workspace))],
    };
    this.#themeState = readWindowState(this.#themeFile);
    const unfinishedMove = new UnfinishedMove(path.join(userData, 'moving.json'));
    const becameOfMove = unfinishedMove.settle(this.#known);
    this.#actions = new WorkspaceActions({
      unfinishedMove,
      say: this.#words.say,
      sayMessage: this.#words.sayMessage,
      open: (file) => this.#openWorkspace(file),
      close: (workspace) => this.#end(workspace),
      moved: (workspace, file) => this.#known.moved(workspace.id, file),
    });
    this.#updates = updatesOfApp(userData, {
      fetch: (order, onProgress, signal) => this.#fetchUpdate(order, onProgress, signal),
      tell: (state) => {
        for (const workspace of this.#windows.values()) workspace.tellUpdates(state);
      },
    });
    for (const known of this.#toOpen()) this.#add(known);
    if (becameOfMove !== null) this.#last?.opening.say(becameOfMove);
  }

  /** The workspaces whose windows were open when Laurel last ended; its own where none of them is there. */
  #toOpen(): KnownWorkspace[] {
    const found = this.#known.wereOpen.filter((known) => {
      if (known.path === this.#own || existsSync(known.path)) return true;
      this.#filesBeforeReady.push(known.path);
      return false;
    });
    return found.length > 0 ? found : [this.#known.note(this.#own)];
  }

  /** A backend under a Node of its own need not wait until Electron is ready. */
  startBackendEarly(): void {
    if (!this.#runtime.hostsBackend) for (const workspace of this.#windows.values()) workspace.backend.start();
  }

  /** Opens the windows. The app has to be ready. */
  open(): void {
    this.#ready = true;
    nativeTheme.themeSource = this.#themeState.theme;
    guardPages(this.#page);
    answerNativeCalls({
      page: this.#page,
      recent: this.#recent,
      of: (contents) => [...this.#windows.values()].find(({ window }) => window?.webContents === contents) ?? null,
      actions: this.#actions,
      updates: this.#updates,
      onReady: (workspace) => this.#pageIsReady(workspace),
      onTheme: (theme) => this.#setTheme(theme),
      onLanguage: (language) => void this.#speak(language),
      say: this.#words.say,
    });
    for (const workspace of this.#windows.values()) this.#show(workspace, this.#runtime.hostsBackend);
    const waiting = this.#filesBeforeReady;
    this.#filesBeforeReady = [];
    if (waiting.length > 0) this.openFiles(waiting);
  }

  /** Opens files: workspaces in windows of their own, the rest in the window used last. @param files absolute paths */
  openFiles(files: readonly string[]): void {
    if (!this.#ready) {
      this.#filesBeforeReady.push(...files);
      return;
    }
    const present = files.filter((file) => isWorkspaceFile(file) && existsSync(file));
    // What is missing is told like any other file that cannot be opened.
    this.#last?.opening.ask(files.filter((file) => !present.includes(file)));
    for (const file of files.filter((each) => !present.includes(each))) this.#known.drop(file);
    this.focus();
    for (const file of present) this.#openWorkspace(file);
  }

  /** Brings the window used last to the front, for whoever starts Laurel a second time. */
  focus(): void {
    this.#last?.focus();
  }

  /** With the last window Laurel ends, unless its workspace is only on its way to another place. */
  allWindowsClosed(): void {
    if (!this.#actions.isMoving) app.quit();
  }

  /** Remembers whose windows are open before they close one after the other. */
  noteQuit(): void {
    if (this.#quitting) return;
    this.#quitting = true;
    this.#known.noteOpen([...this.#windows.keys()]);
  }

  /** Keeps the app from ending before all stores are closed. */
  holdQuitUntilClosed(event: Event): void {
    if (this.#closed) return;
    event.preventDefault();
    void Promise.all([...this.#windows.values()].map((workspace) => workspace.end())).then(() => {
      this.#closed = true;
      // Not within the event that was just prevented: with no process to wait for this is still inside it, and Electron
      // does not hear a second quit then.
      setImmediate(() => app.quit());
    });
  }

  #openAt(file: string): WorkspaceWindow | null {
    const real = realPath(file);
    return [...this.#windows.values()].find((workspace) => realPath(workspace.file) === real) ?? null;
  }

  /** Opens a workspace in a window of its own, or brings the one it has to the front. */
  #openWorkspace(file: string): void {
    const open = this.#openAt(file);
    if (open) {
      open.focus();
      return;
    }
    this.#show(this.#add(this.#known.note(realPath(file)), this.#last?.file), true);
    this.#known.noteOpen([...this.#windows.keys()]);
  }

  #add(known: KnownWorkspace, like: string | null = null): WorkspaceWindow {
    const isFirstStart = this.#asksFirst(known.id);
    const workspace = new WorkspaceWindow(this.#shared, known, { isFirstStart, like });
    this.#windows.set(known.id, workspace);
    this.#last = workspace;
    return workspace;
  }

  #show(workspace: WorkspaceWindow, startBackend: boolean): void {
    if (startBackend) workspace.backend.start();
    const window = workspace.open(() => this.#windowClosed(workspace));
    window.on('focus', () => (this.#last = workspace));
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

  /** With the last window Laurel ends; another one is closed alone, and its store with it. */
  #windowClosed(workspace: WorkspaceWindow): void {
    if (this.#quitting || this.#actions.isMoving || this.#windows.size === 1) return;
    void this.#end(workspace).then(() => this.#known.noteOpen([...this.#windows.keys()]));
  }

  async #end(workspace: WorkspaceWindow): Promise<void> {
    await workspace.end();
    this.#windows.delete(workspace.id);
    if (this.#last === workspace) this.#last = [...this.#windows.values()].at(-1) ?? null;
  }

  /** Whether a person who was never asked is asked in the window of this workspace. */
  #asksFirst(id: string): boolean {
    return this.#isFirstStart && id === OWN_ID;
  }

  #firstWords({ id, name }: WorkspaceWindow): FirstWords {
    return {
      ...{ workspace: name, language: this.#language, theme: this.#themeState.theme },
      isFirstStart: this.#asksFirst(id),
    };
  }

  #pageIsReady({ window }: WorkspaceWindow): void {
    // A page that is loaded again, and the windows after it, are of somebody who was asked.
    this.#isFirstStart = false;
    exposeToDriver('laurelReady', true);
    if (this.#saidReady) return;
    this.#saidReady = true;
    this.#updates.begin();
    console.log('laurel: ready');
    if (window) takeAskedPicture(window);
  }

  /** By the network settings of the workspace used last, or of another that is open. */
  #fetchUpdate(...asked: Parameters<WorkspaceWindow['backend']['fetchUpdate']>): Promise<UpdateAnswer> {
    const open = [...(this.#last ? [this.#last] : []), ...this.#windows.values()];
    const workspace = open.find(({ backend }) => backend.state.state === 'ready');
    if (workspace) return workspace.backend.fetchUpdate(...asked);
    return Promise.resolve({ kind: 'failed', said: message('updates.noEngine') });
  }

  #setTheme(theme: Theme): void {
    for (const { state } of this.#windows.values()) state.theme = theme;
    // A page tells it at each start, mostly as main told it the page; writing it down again would make that start wait.
    if (theme === this.#themeState.theme) return;
    nativeTheme.themeSource = theme;
    this.#themeState.theme = theme;
    const own = this.#windows.get(OWN_ID);
    writeWindowState(this.#themeFile, own?.state ?? this.#themeState);
    this.#setMenu();
  }

  async #speak(language: Language): Promise<void> {
    this.#language = language;
    if (await this.#words.follow(language)) this.#setMenu();
  }

  #setMenu(): void {
    if (!this.#ready) return;
    setApplicationMenu({
      platform: process.platform,
      development: !app.isPackaged,
      theme: this.#themeState.theme,
      recent: this.#recent.entries,
      openRecent: ({ path: file, kind }) => this.#last?.opening.ask([file], kind),
      clearRecent: () => this.#recent.clear(),
      workspaces: this.#known.recent,
      openWorkspace: ({ path: file }) => this.openFiles([file]),
      clearWorkspaces: () => this.#known.clear([...this.#windows.keys()]),
      say: this.#words.say,
      send: (command) => this.#send(command),
    });
  }

  /** A theme is that of all windows; every other command is for the window a person looks at. */
  #send(command: MenuCommand): void {
    if (command.startsWith('view.theme.')) for (const workspace of this.#windows.values()) workspace.send(command);
    else this.#last?.send(command);
  }
}

function takeAskedPicture(window: BrowserWindow): void {
  const file = process.env['LAUREL_SCREENSHOT'];
  if (!file) return;
  saveScreenshot(window, file).then(
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

/** A link and what it leads to are one workspace; what is not there yet has its own path. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}
