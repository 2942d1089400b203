import { BrowserWindow, nativeTheme, screen, type RenderProcessGoneDetails, type Session } from 'electron';
import { RECOVERY_PATH, type PageAddress } from './page-address';
import { placeOnScreen, SMALLEST, writeWindowState, type WindowState } from './window-state';

/** The page's own background in each theme, so that nothing flashes before its first paint. */
const BACKGROUND = { light: '#eff2ee', dark: '#0e1411' } as const;

export interface WindowOptions {
  page: PageAddress;
  preload: string;
  title: string;
  session: Session;
  /** Arguments that the preload script reads. */
  firstWords: string[];
  state: WindowState;
  /** Where the state is kept. */
  stateFile: string;
}

/** Opens the window where it was left, hidden until its first paint, and loads the page into it. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const { page, preload, title, session, firstWords, state, stateFile } = options;
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  const window = new BrowserWindow({
    ...placeOnScreen(
      state.bounds,
      [primary, ...others].map((display) => display.workArea),
    ),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title,
    show: false,
    backgroundColor: backgroundColour(),
    webPreferences: {
      preload,
      session,
      additionalArguments: firstWords,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // Its dictionaries would be fetched from the network.
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    if (state.maximised) window.maximize();
    window.show();
  });
  // The page is called Laurel, whatever workspace it shows.
  window.on('page-title-updated', (event) => event.preventDefault());
  rememberPlace(window, state, stateFile);
  recoverFromCrashes(window, page);
  const paint = (): void => window.setBackgroundColor(backgroundColour());
  nativeTheme.on('updated', paint);
  window.once('closed', () => nativeTheme.off('updated', paint));
  // A load that is overtaken by the next one, or by the window's end, rejects; neither is a fault.
  window.loadURL(page.entry).catch((error: unknown) => console.error('laurel: the page did not load:', error));
  return window;
}

function backgroundColour(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}

const SETTLED_MS = 500;

function rememberPlace(window: BrowserWindow, state: WindowState, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    state.maximised = window.isMaximized();
    state.bounds = window.getNormalBounds();
    writeWindowState(file, state);
  };
  const saveSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(save, SETTLED_MS);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('maximize', saveSoon);
  window.on('unmaximize', saveSoon);
  window.on('close', save);
  window.on('closed', () => clearTimeout(timer));
}

/** A page that crashes is loaded again once; after that a page that cannot crash says so and offers the way back. */
function recoverFromCrashes(window: BrowserWindow, page: PageAddress): void {
  const recovery = new URL(RECOVERY_PATH, page.entry).href;
  let crashes = 0;
  window.webContents.on('render-process-gone', (_event, details: RenderProcessGoneDetails) => {
    if (details.reason === 'clean-exit') return;
    crashes++;
    console.error(`laurel: the page stopped (${details.reason}, code ${details.exitCode})`);
    const next = crashes === 1 ? page.entry : recovery;
    window.loadURL(next).catch((error: unknown) => console.error('laurel: the page did not load:', error));
  });
  window.webContents.on('did-navigate', (_event, url) => {
    // A person asked for the window again.
    if (crashes > 1 && url === page.entry) crashes = 0;
  });
}
