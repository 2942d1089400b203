import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { BrowserWindow, session } from 'electron';

import type { PrintAnswer } from '../../shared/ipc/print-messages';

/** How long a print may take. */
const LIMIT = 120_000;

const SCHEME = 'laurel-print';

/** Below each page: the document's name, and which page of how many it is. */
const FOOT =
  '<div style="width:100%;padding:0 15mm;display:flex;justify-content:space-between;font:8px system-ui,sans-serif;color:#4a5157"><span class="title"></span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>';

/**
 * Prints a page that brings everything along as PDF, in a window that nobody sees, without scripts, and in a session that
 * serves this page and nothing else.
 *
 * @param stop closes the window: whatever hangs in it ends
 * @throws Error in Chromium's words
 */
export async function printPage(html: string, stop?: AbortSignal): Promise<Buffer> {
  const own = session.fromPartition(`print-${randomUUID()}`);
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !details.url.startsWith(`${SCHEME}:`) && !details.url.startsWith('data:') }),
  );
  own.protocol.handle(
    SCHEME,
    () => new Response(html, { headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' } }),
  );
  const window = new BrowserWindow({
    ...{ show: false, width: 900, height: 1200 },
    webPreferences: { session: own, sandbox: true, contextIsolation: true, javascript: false },
  });
  stop?.addEventListener('abort', () => {
    if (!window.isDestroyed()) window.destroy();
  });
  try {
    await window.loadURL(`${SCHEME}://report/`);
    return await window.webContents.printToPDF({
      ...{ printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true, generateDocumentOutline: true },
      ...{ displayHeaderFooter: true, headerTemplate: '<span></span>', footerTemplate: FOOT },
    });
  } finally {
    if (!window.isDestroyed()) window.destroy();
  }
}

/** The same as an answer to the backend, also where it fails or hangs. */
export async function printedPage(html: string): Promise<PrintAnswer> {
  const done = new AbortController();
  try {
    const pdf = await Promise.race([printPage(html, done.signal), setTimeout(LIMIT, null, { signal: done.signal })]);
    return pdf === null ? { kind: 'late' } : { kind: 'printed', pdf: new Uint8Array(pdf) };
  } catch (error) {
    return { kind: 'failed', reason: (error instanceof Error ? error.message : String(error)).slice(0, 300) };
  } finally {
    done.abort();
  }
}
