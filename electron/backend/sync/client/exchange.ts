import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { HeaderLine } from '../../../../db/workspace/ledger';
import { message, type Message, type MessagePart } from '../../../../shared/words/message';
import { Lines, type Line } from '../../network/lines';
import type { Passage, Passages, Trust, Way } from '../../network/passage';
import { isAboutClient, isAboutTls, tlsInWords } from '../../network/tls-words';
import { faultOfProxy, refusal, WayFault } from '../../network/way-fault';

/** How long an exchange may take, in milliseconds. */
export interface ExchangeTimes {
  /** Until a connection stands. */
  connect: number;
  /** Without a byte arriving. */
  idle: number;
  /** From beginning to end: what drips in slowly ends here. */
  total: number;
}

const EXCHANGE_TIMES: Readonly<ExchangeTimes> = { connect: 10_000, idle: 30_000, total: 120_000 };

export interface ExchangeRequest {
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  /** Bytes of an answer that are read at most. */
  mostBytes: number;
}

/** Why an exchange did not end with a whole answer. */
export type ExchangeFault =
  | 'name-not-found'
  | 'refused'
  | 'unreachable'
  | 'certificate'
  | 'proxy'
  | 'network'
  | 'timeout'
  | 'reset'
  | 'cut'
  | 'too-large'
  | 'unreadable'
  | 'unsendable'
  | 'cancelled';

/**
 * How one exchange ended. The difference that everything else rests on: `not-sent` is sure – no byte of the request
 * reached the org; `ambiguous` is not – the org may have done what it was asked, or not, or may still do it.
 */
export type Exchange =
  | { kind: 'answer'; status: number; headers: readonly HeaderLine[]; body: Buffer }
  | { kind: 'not-sent'; fault: ExchangeFault; detail: MessagePart; said?: Message }
  | { kind: 'ambiguous'; fault: ExchangeFault; detail: MessagePart; status: number | null };

const FAULT_OF_CODE: Readonly<Record<string, ExchangeFault>> = {
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  ETIMEDOUT: 'timeout',
};

/** Sends requests over connections that are kept open. Follows no redirect: credentials go to one origin only. */
export class Exchanger {
  readonly #times: ExchangeTimes;
  readonly #passages: Passages;
  readonly #lines: Lines;

  /**
   * @param connections open at once to one org
   * @param passages say how an org is reached
   */
  constructor(connections: number, passages: Passages, times: Partial<ExchangeTimes> = {}) {
    this.#times = { ...EXCHANGE_TIMES, ...times };
    this.#passages = passages;
    this.#lines = new Lines(connections);
  }

  close(): void {
    this.#lines.close();
  }

  /** Never rejects. Where several proxies are named, the next is tried only after one that surely was told nothing. */
  async exchange(given: ExchangeRequest, signal?: AbortSignal): Promise<Exchange> {
    const passage = await this.#passage(given.url, signal);
    if (passage === null) return { kind: 'not-sent', fault: 'cancelled', detail: 'cancelled' };
    if ('hop' in passage) return { kind: 'not-sent', fault: 'network', detail: passage.hop, said: passage.said };
    const { ways, trust } = passage;
    for (const [index, way] of ways.entries()) {
      const { exchange, isProxyGone } = await this.#over(way, trust, given, signal);
      if (!isProxyGone || index === ways.length - 1) return exchange;
    }
    return { kind: 'not-sent', fault: 'network', detail: 'no-way', said: message('network.noWay') };
  }

  /** Null when the signal came first: a script, or main, may take its time. */
  #passage(url: URL, signal: AbortSignal | undefined): Promise<Passage | null> {
    const asked = this.#passages.passageTo(url);
    if (!signal) return asked;
    if (signal.aborted) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      const end = (): void => resolve(null);
      signal.addEventListener('abort', end);
      asked.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
    });
  }

  #over(
    way: Way,
    trust: Trust,
    given: ExchangeRequest,
    signal: AbortSignal | undefined,
  ): Promise<{ exchange: Exchange; isProxyGone: boolean }> {
    return new Promise((settle) => {
      const state = { mayHaveArrived: false, status: null as number | null, isOver: false, isProxyGone: false };
      const resolve = (exchange: Exchange): void => settle({ exchange, isProxyGone: state.isProxyGone });
      const life = new AbortController();
      const body = given.body === null ? null : Buffer.from(given.body, 'utf8');
      let line: Line;
      try {
        line = this.#lines.line(given.url, way, trust, life.signal);
      } catch (error) {
        const detail = shortOf(error);
        resolve({
          kind: 'not-sent',
          fault: 'network',
          detail,
          said: message('network.certificatesUnusable', { detail }),
        });
        return;
      }
      const { isSecure, isTunnel, proxy } = line;
      const options: https.RequestOptions = {
        method: given.method,
        ...line.options,
        headers: {
          ...given.headers,
          ...line.headers,
          ...(body === null ? {} : { 'content-length': String(body.length) }),
        },
        timeout: 0,
      };
      let request: http.ClientRequest;
      try {
        const isOnItsWay = proxy !== null && !isTunnel;
        const start = isSecure ? https.request : http.request;
        request = isOnItsWay ? start(options) : start(given.url, options);
      } catch (error) {
        // A header that no request can carry, for example: nothing has left.
        resolve({ kind: 'not-sent', fault: 'unsendable', detail: shortOf(error) });
        return;
      }
      const timers = new Timers(this.#times, (detail) => end('timeout', detail));

      const finish = (exchange: Exchange): void => {
        if (state.isOver) return;
        state.isOver = true;
        timers.clear();
        signal?.removeEventListener('abort', onAbort);
        if (exchange.kind !== 'answer') {
          life.abort();
          request.destroy();
        }
        resolve(exchange);
      };
      const end = (fault: ExchangeFault, detail: MessagePart): void => {
        const isSure = !state.mayHaveArrived;
        finish(
          isSure ? { kind: 'not-sent', fault, detail } : { kind: 'ambiguous', fault, detail, status: state.status },
        );
      };
      const onAbort = (): void => end('cancelled', 'cancelled');

      request.on('socket', (socket: Socket) => {
        const connected = (): void => {
          state.mayHaveArrived = true;
          timers.connected();
        };
        if (isTunnel || request.reusedSocket || !socket.connecting) connected();
        else socket.once(isSecure ? 'secureConnect' : 'connect', connected);
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        const code = error.code ?? '';
        const detail = code === '' ? error.message : code;
        if (state.mayHaveArrived) {
          if (state.status === null && !request.reusedSocket && isAboutClient(error)) {
            // With TLS 1.3 this side may speak before the other has looked at its certificate, and where that is refused
            // nothing that was said is read.
            finish({ kind: 'not-sent', fault: 'certificate', detail, said: tlsInWords(error, given.url.host) });
            return;
          }
          end(code.startsWith('HPE_') ? 'unreadable' : 'reset', detail);
          return;
        }
        const fault = error instanceof WayFault || proxy === null ? error : faultOfProxy(error, proxy);
        if (fault instanceof WayFault) {
          state.isProxyGone = fault.isOfProxy;
          const kind = fault.hop === 'tls' ? 'certificate' : 'proxy';
          finish({ kind: 'not-sent', fault: kind, detail: fault.detail, said: fault.said });
        } else if (isAboutTls(error)) {
          finish({ kind: 'not-sent', fault: 'certificate', detail, said: tlsInWords(error, given.url.host) });
        } else end(FAULT_OF_CODE[code] ?? 'reset', detail);
      });
      request.on('response', (response) => {
        state.status = response.statusCode ?? 0;
        if (proxy !== null && !isTunnel && state.status === 407) {
          // The proxy's own word: it passed nothing on.
          const { detail, said } = refusal(proxy, given.url.host, response);
          finish({ kind: 'not-sent', fault: 'proxy', detail, said });
          return;
        }
        collect(response, given.mostBytes, timers, end, (bytes) =>
          finish({
            kind: 'answer',
            status: response.statusCode ?? 0,
            headers: linesOf(response.rawHeaders),
            body: bytes,
          }),
        );
      });
      if (signal?.aborted) {
        end('cancelled', 'cancelled');
        return;
      }
      signal?.addEventListener('abort', onAbort);
      request.end(body ?? undefined);
    });
  }
}

function shortOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error));
}

function collect(
  response: http.IncomingMessage,
  mostBytes: number,
  timers: Timers,
  end: (fault: ExchangeFault, detail: MessagePart) => void,
  whole: (body: Buffer) => void,
): void {
  const encoding = response.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    // None was asked for, and a small packed answer may unpack to any size.
    end('unreadable', `content-encoding ${encoding.slice(0, 40)}`);
    return;
  }
  if (Number(response.headers['content-length'] ?? 0) > mostBytes) {
    end('too-large', String(mostBytes));
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    timers.received();
    length += chunk.length;
    if (length > mostBytes) end('too-large', String(mostBytes));
    else chunks.push(chunk);
  });
  response.on('error', (error: NodeJS.ErrnoException) => end('cut', error.code ?? error.message));
  response.on('close', () => {
    if (!response.complete) end('cut', 'closed-early');
  });
  response.on('end', () => {
    if (response.complete) whole(Buffer.concat(chunks));
  });
}

function linesOf(rawHeaders: readonly string[]): HeaderLine[] {
  const lines: HeaderLine[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    lines.push({ name: rawHeaders[index] as string, value: rawHeaders[index + 1] as string });
  }
  return lines;
}

/** The three limits of one exchange. */
class Timers {
  readonly #times: ExchangeTimes;
  readonly #expire: (detail: Message) => void;
  readonly #total: NodeJS.Timeout;
  #step: NodeJS.Timeout;
  #lastByte = 0;

  constructor(times: ExchangeTimes, expire: (detail: Message) => void) {
    this.#times = times;
    this.#expire = expire;
    this.#total = setTimeout(() => expire(message('org.noWholeAnswer', inSeconds(times.total))), times.total);
    this.#step = setTimeout(() => expire(message('org.noConnection', inSeconds(times.connect))), times.connect);
  }

  connected(): void {
    clearTimeout(this.#step);
    this.#lastByte = performance.now();
    this.#step = setTimeout(() => this.#lookForSilence(), this.#times.idle);
  }

  received(): void {
    this.#lastByte = performance.now();
  }

  clear(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#step);
  }

  #lookForSilence(): void {
    // A timer set anew for every packet would cost more than looking now and then.
    const silent = performance.now() - this.#lastByte;
    if (silent >= this.#times.idle) this.#expire(message('org.nothingArrived', inSeconds(this.#times.idle)));
    else this.#step = setTimeout(() => this.#lookForSilence(), this.#times.idle - silent);
  }
}

function inSeconds(milliseconds: number): { seconds: string } {
  return { seconds: String(Math.round(milliseconds / 100) / 10) };
}
