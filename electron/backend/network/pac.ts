import { QuickJS } from 'quickjs-wasi';
import { createPacResolver } from 'pac-resolver';
import { message } from '../../../shared/words/message';
import type { Fault, Way } from './passage';
import { waysOfAnswer } from './pac-answer';

/** Milliseconds that a script may think about one address. */
const PATIENCE = 1_000;
/** Bytes that a script may use. */
const MOST_MEMORY = 64 * 1024 * 1024;
/** Characters of a script; the largest in use have some hundred thousand. */
export const LARGEST_SCRIPT = 4_000_000;

/** A proxy auto-configuration script. It runs in an engine of its own, which has no files, no network and no clock to wait by. */
export class PacScript {
  readonly #find: (url: string, host: string) => Promise<string>;
  readonly #rearm: () => void;

  private constructor(find: (url: string, host: string) => Promise<string>, rearm: () => void) {
    this.#find = find;
    this.#rearm = rearm;
  }

  /** @throws Error when it is no script, or names no FindProxyForURL */
  static async of(text: string): Promise<PacScript> {
    let until = performance.now() + PATIENCE;
    const machine = await QuickJS.create({
      memoryLimit: MOST_MEMORY,
      interruptHandler: () => performance.now() > until,
    });
    // What a script would print is nobody's.
    const find = createPacResolver(machine, text, { sandbox: { alert: () => undefined } });
    return new PacScript(find, () => (until = performance.now() + PATIENCE));
  }

  /** The ways it names for an address, of which it is told no path and no query: they are nobody's business. */
  async waysTo(url: URL): Promise<readonly Way[] | Fault> {
    this.#rearm();
    let giveUp: NodeJS.Timeout | undefined;
    try {
      const answer: unknown = await Promise.race([
        this.#find(`${url.protocol}//${url.host}/`, url.hostname),
        new Promise((_resolve, reject) => {
          giveUp = setTimeout(() => reject(new Error('no answer in time')), PATIENCE * 2);
        }),
      ]);
      return waysOfAnswer(typeof answer === 'string' ? answer : '');
    } catch (error) {
      const detail = (error instanceof Error ? error.message : String(error)).slice(0, 200);
      return { hop: 'settings', said: message('network.pacFailed', { detail }) };
    } finally {
      clearTimeout(giveUp);
    }
  }
}
