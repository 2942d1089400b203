import { readFile } from 'node:fs/promises';
import { protocol, type Protocol } from 'electron';
import { CONTENT_SECURITY_POLICY } from './content-security-policy';
import { PAGE_HOST, PAGE_SCHEME, RECOVERY_PATH } from './page-address';
import { pageFile } from './page-files';
import { recoveryPage } from './recovery-page';
import type { MainWords } from './words';

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** Has to run before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built page from its folder to one session, and nothing from outside it. */
export function serveApp(
  to: Protocol,
  folder: string,
  entry: string,
  words: Pick<MainWords, 'language' | 'say'>,
): void {
  to.handle(PAGE_SCHEME, async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
    if (request.url === `${PAGE_SCHEME}://${PAGE_HOST}${RECOVERY_PATH}`) {
      return new Response(recoveryPage(entry, words), {
        headers: { ...HEADERS, 'Content-Type': 'text/html; charset=utf-8' },
      });
    }
    const file = pageFile(folder, request.url);
    if (!file) return refusal(404);
    try {
      return new Response(await readFile(file.path), { headers: { ...HEADERS, 'Content-Type': file.type } });
    } catch {
      return refusal(404);
    }
  });
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: HEADERS });
}
