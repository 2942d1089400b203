import { open } from 'node:fs/promises';
import type { UpdateAnswer, UpdateOrder } from '../../../shared/ipc/updates';
import { message, type Message } from '../../../shared/words/message';
import type { Passages } from '../network/passage';
import { Exchanger, type Exchange, type ExchangeTimes } from '../sync/client/exchange';

/** Bytes of a feed or of a signature; both are short. */
const LARGEST_TEXT = 256 * 1024;
/** Bytes that are asked for at once: a connection that breaks costs no more, and no package is in the memory whole. */
const PIECE = 4 * 1024 * 1024;
/** Ten minutes for a piece: a server that knows no pieces sends everything at once. */
const TOTAL_MS = 600_000;

/** Fetches feeds and packages by the ways that the network settings name. Follows no redirect. */
export class UpdateFetcher {
  readonly #exchanger: Exchanger;

  constructor(passages: Passages, times: Partial<ExchangeTimes> = {}) {
    this.#exchanger = new Exchanger(1, passages, { total: TOTAL_MS, ...times });
  }

  close(): void {
    this.#exchanger.close();
  }

  /** Never rejects. @param onProgress is told the bytes so far */
  async fetch(order: UpdateOrder, onProgress: (bytes: number) => void, signal: AbortSignal): Promise<UpdateAnswer> {
    if (!URL.canParse(order.url)) return failed(message('updates.feedUnusable'));
    const url = new URL(order.url);
    if (order.target !== null) return this.#save(url, order.target, onProgress, signal);
    const exchange = await this.#get(url, {}, LARGEST_TEXT, signal);
    if (exchange.kind !== 'answer') return failed(wayInWords(exchange, url));
    if (exchange.status !== 200) return { kind: 'status', status: exchange.status };
    return { kind: 'body', body: exchange.body.toString('base64') };
  }

  #get(url: URL, headers: Record<string, string>, mostBytes: number, signal: AbortSignal): Promise<Exchange> {
    return this.#exchanger.exchange(
      {
        method: 'GET',
        url,
        headers: { accept: '*/*', 'accept-encoding': 'identity', 'cache-control': 'no-cache', ...headers },
        body: null,
        mostBytes,
      },
      signal,
    );
  }

  async #save(
    url: URL,
    { path, bytes }: NonNullable<UpdateOrder['target']>,
    onProgress: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<UpdateAnswer> {
    let file;
    try {
      file = await open(path, 'w');
    } catch (error) {
      return failed(message('updates.notWritten', { reason: reasonOf(error) }));
    }
    try {
      for (let done = 0; done < bytes;) {
        const last = Math.min(done + PIECE, bytes) - 1;
        const range = `bytes=${String(done)}-${String(last)}`;
        const exchange = await this.#get(url, { range }, bytes, signal);
        if (exchange.kind !== 'answer') return failed(wayInWords(exchange, url));
        const { status, body } = exchange;
        if (status !== 206 && !(status === 200 && done === 0)) return { kind: 'status', status };
        const wanted = status === 200 ? bytes : last - done + 1;
        if (body.length !== wanted) return failed(message('updates.otherSize', { host: url.host }));
        await file.write(body, 0, body.length, done);
        done += body.length;
        onProgress(done);
      }
      await file.sync();
      return { kind: 'saved' };
    } catch (error) {
      return failed(message('updates.notWritten', { reason: reasonOf(error) }));
    } finally {
      await file.close();
    }
  }
}

function failed(said: Message): UpdateAnswer {
  return { kind: 'failed', said };
}

function wayInWords(exchange: Exclude<Exchange, { kind: 'answer' }>, { host }: URL): Message {
  if (exchange.kind === 'not-sent' && exchange.said !== undefined) return exchange.said;
  switch (exchange.fault) {
    case 'cancelled':
      return message('updates.stopped');
    case 'timeout':
      return message('org.timeout', { host, detail: exchange.detail });
    case 'cut':
    case 'reset':
      return message('updates.cut', { host });
    case 'too-large':
      return message('updates.otherSize', { host });
    default:
      return message('updates.unreachable', { host, detail: exchange.detail });
  }
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
