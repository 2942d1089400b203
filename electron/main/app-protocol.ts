import { readFile } from 'node:fs/promises';
import { protocol, type Protocol, type ProtocolResponse } from 'electron';
import { CONTENT_SECURITY_POLICY } from './content-security-policy';
import { PAGE_HOST, PAGE_SCHEME, RECOVERY_PATH } from './page-address';
import { pageFile } from './page-files';
import { recoveryPage } from './recovery-page';
import type { MainWords } from './words';

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** Has to run before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/**
 * Serves the built page from its folder to one session, and nothing from outside it.
 *
 * Electron advises `protocol.handle` instead, which makes each answer a `Response`: the first of these loads all of
 * undici into main, a tenth of what a start costs (`decisions/0173`).
 */
export function serveApp(
  to: Protocol,
  folder: string,
  entry: string,
  words: Pick<MainWords, 'language' | 'say'>,
): void {
  // oxlint-disable-next-line typescript/no-deprecated -- see above
  to.registerBufferProtocol(PAGE_SCHEME, ({ method, url }, answer) => {
    if (method !== 'GET' && method !== 'HEAD') answer(refusal(405));
    else if (url === `${PAGE_SCHEME}://${PAGE_HOST}${RECOVERY_PATH}`) {
      answer(page(Buffer.from(recoveryPage(entry, words)), 'text/html; charset=utf-8'));
    } else {
      const file = pageFile(folder, url);
      if (!file) answer(refusal(404));
      else
        readFile(file.path).then(
          (content) => answer(page(content, file.type)),
          () => answer(refusal(404)),
        );
    }
  });
}

function page(data: Buffer, type: string): ProtocolResponse {
  return { data, headers: { ...HEADERS, 'Content-Type': type } };
}

function refusal(statusCode: number): ProtocolResponse {
  return { statusCode, data: Buffer.alloc(0), headers: HEADERS };
}
