import { app, type Session, type WebContents } from 'electron';
import { keepDictionariesOff, keepPeersOff } from './network-silence';
import type { PageAddress } from './page-address';

/** What a page may ask of the machine without anybody being asked: to put text on the clipboard, for Copy buttons. */
const PERMITTED = new Set(['clipboard-sanitized-write']);

/** No page of Laurel, whatever it shows, leaves its address, opens a window or embeds another page. */
export function guardPages(page: PageAddress): void {
  app.on('web-contents-created', (_event, contents) => {
    guardNavigation(contents, page);
    keepPeersOff(contents);
  });
}

function guardNavigation(contents: WebContents, page: PageAddress): void {
  contents.on('will-navigate', (details) => {
    // The recovery page's link, and a reload by the development server.
    if (!(details.isMainFrame && details.url === page.entry)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/**
 * Denies every permission but the few named above, every device, every download, and every request that would leave this
 * machine. Files are written only where a native dialog said.
 */
export function guardSession(session: Session, page: PageAddress): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(PERMITTED.has(permission) && originOf(details.requestingUrl) === page.origin);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => PERMITTED.has(permission) && originOf(origin) === page.origin,
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  keepDictionariesOff(session);
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] },
    (details, answer) => {
      answer({ cancel: originOf(details.url.replace(/^ws/, 'http')) !== page.origin });
    },
  );
}

/** As Chromium writes it: Node knows no origin for schemes of our own. */
function originOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return `${url.protocol}//${url.host}`;
}
