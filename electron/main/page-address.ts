/** Where the page lives, in a build and under the development server. */
import { isThisMachine } from '../../shared/ipc/this-machine';

export const PAGE_SCHEME = 'app';
export const PAGE_HOST = 'ui';
export const RECOVERY_PATH = '/recovery.html';

export interface PageAddress {
  /** What the window loads. */
  entry: string;
  /** As Chromium states it for the page's frame. */
  origin: string;
}

/**
 * @param developmentServer address of the development server; null in a build
 * @throws when the development server's address is not one of this machine
 */
export function pageAddress(developmentServer: string | null): PageAddress {
  if (developmentServer === null) {
    return { entry: `${PAGE_SCHEME}://${PAGE_HOST}/index.html`, origin: `${PAGE_SCHEME}://${PAGE_HOST}` };
  }
  const url = new URL(developmentServer);
  if (url.protocol !== 'http:' || !isThisMachine(url.hostname)) {
    throw new Error(`The development server has to run on this machine, not at ${developmentServer}.`);
  }
  return { entry: url.href, origin: url.origin };
}

/** What is known about a frame that sends a message or wants to go somewhere. */
export interface SenderFrame {
  origin: string;
  isMainFrame: boolean;
  isOurWindow: boolean;
}

/** Only the page itself may use the preload script's calls: its window, its main frame, its origin. */
export function isTrustedSender(sender: SenderFrame | null, page: PageAddress): boolean {
  return sender !== null && sender.isOurWindow && sender.isMainFrame && sender.origin === page.origin;
}
