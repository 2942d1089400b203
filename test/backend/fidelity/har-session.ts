import { serve, basic, CREDENTIALS, type ServeOptions } from '../practice/serve';
import { BASE } from './recorded-session';

interface HarHeader {
  name: string;
  value: string;
}

export interface HarEntry {
  startedDateTime: string;
  time: number;
  request: Record<string, unknown> & { url: string; headers: HarHeader[] };
  response: Record<string, unknown> & { status: number };
}

export const harOf = (entries: readonly unknown[]): object => ({
  log: { version: '1.2', creator: { name: 'test proxy', version: '1' }, entries },
});

/** Calls over HTTP to a real practice server, kept as a proxy keeps them. */
export class HarSession {
  readonly entries: HarEntry[] = [];
  readonly #url: string;
  readonly stop: () => Promise<void>;

  private constructor(url: string, stop: () => Promise<void>) {
    this.#url = url;
    this.stop = stop;
  }

  static async open(options: ServeOptions): Promise<HarSession> {
    const served = await serve(options);
    return new HarSession(served.url, () => served.stop());
  }

  async call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const url = `${this.#url}${path.startsWith('/') ? path : `${BASE}/${path}`}`;
    const headers = { authorization: basic(CREDENTIALS), 'content-type': 'application/json' };
    const text = body === undefined ? undefined : JSON.stringify(body);
    const started = Date.now();
    const begun = performance.now();
    const response = await fetch(url, { method, headers, ...(text !== undefined && { body: text }) });
    const answer = await response.text();
    this.entries.push({
      startedDateTime: new Date(started).toISOString(),
      time: performance.now() - begun,
      request: {
        ...{ method, url, httpVersion: 'HTTP/1.1', cookies: [], queryString: [], headersSize: -1 },
        headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
        bodySize: text?.length ?? 0,
        ...(text !== undefined && { postData: { mimeType: 'application/json', text } }),
      },
      response: {
        ...{ status: response.status, statusText: '', httpVersion: 'HTTP/1.1', cookies: [], redirectURL: '' },
        headers: [...response.headers].map(([name, value]) => ({ name, value })),
        content: {
          size: answer.length,
          mimeType: 'application/json',
          text: Buffer.from(answer).toString('base64'),
          encoding: 'base64',
        },
        ...{ headersSize: -1, bodySize: answer.length },
      },
    });
    return JSON.parse(answer) as Record<string, unknown>;
  }

  get har(): object {
    return harOf(this.entries);
  }
}
