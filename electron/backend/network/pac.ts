import { Worker } from 'node:worker_threads';
import { message } from '../../../shared/words/message';
import { workerUrl } from '../process/worker-url';
import { waysOfAnswer } from './pac-answer';
import type { PacQuestion, PacSaid } from './pac.worker';
import type { Fault, Way } from './passage';

/** Milliseconds that a script may think about one address, and to begin at all. */
const PATIENCE = 3_000;
/** Bytes of a script; the largest in use have some hundred thousand. */
export const LARGEST_SCRIPT = 4_000_000;

/**
 * A proxy auto-configuration script. It runs in an engine of its own, which has no files and no network, in a thread of
 * its own, which is ended when it gives no answer in time.
 */
export class PacScript {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (said: string | Error) => void>();
  #lastId = 0;
  #ended: Error | null = null;

  private constructor(text: string, begun: (said: Error | null) => void) {
    this.#worker = new Worker(workerUrl('pac'), { workerData: text });
    // A command that is done does not wait for it.
    this.#worker.unref();
    this.#worker.on('message', (said: PacSaid) => {
      if (said.kind === 'ready') begun(null);
      else if (said.kind === 'unusable') begun(new Error(said.detail));
      else this.#settle(said.id, said.kind === 'answer' ? said.answer : new Error(said.detail));
    });
    const gone = (error: Error): void => {
      this.#ended ??= error;
      begun(error);
      for (const id of [...this.#waiting.keys()]) this.#settle(id, error);
    };
    this.#worker.on('error', (error: unknown) => gone(error instanceof Error ? error : new Error(String(error))));
    this.#worker.once('exit', () => gone(new Error('it ended')));
  }

  /** @throws Error when it is no script, or names no FindProxyForURL */
  static async of(text: string): Promise<PacScript> {
    let late: NodeJS.Timeout | undefined;
    let script: PacScript | undefined;
    try {
      const failed = await new Promise<Error | null>((resolve) => {
        script = new PacScript(text, resolve);
        late = setTimeout(() => resolve(new Error('it does not come to an end')), PATIENCE);
      });
      if (failed !== null || script === undefined) throw failed ?? new Error('it did not begin');
      return script;
    } catch (error) {
      script?.close();
      throw error;
    } finally {
      clearTimeout(late);
    }
  }

  /** Whether its thread is there still. */
  get isOver(): boolean {
    return this.#ended !== null;
  }

  close(): void {
    this.#ended ??= new Error('it was closed');
    void this.#worker.terminate();
  }

  /** The ways it names for an address, of which it is told no path and no query: they are nobody's business. */
  async waysTo(url: URL): Promise<readonly Way[] | Fault> {
    const said = await this.#ask(`${url.protocol}//${url.host}/`, url.hostname);
    if (typeof said === 'string') return waysOfAnswer(said);
    return { hop: 'settings', said: message('network.pacFailed', { detail: said.message }) };
  }

  #ask(url: string, host: string): Promise<string | Error> {
    if (this.#ended !== null) return Promise.resolve(this.#ended);
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        this.#ended = new Error('it does not come to an end');
        this.#settle(id, this.#ended);
        this.close();
      }, PATIENCE);
      this.#waiting.set(id, (said) => {
        clearTimeout(late);
        resolve(said);
      });
      this.#worker.postMessage({ id, url, host } satisfies PacQuestion);
    });
  }

  #settle(id: number, said: string | Error): void {
    this.#waiting.get(id)?.(said);
    this.#waiting.delete(id);
  }
}
