/** Runs one proxy auto-configuration script. A thread of its own: a script that never comes to an end is ended with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { createPacResolver } from 'pac-resolver';
import { QuickJS } from 'quickjs-wasi';

export interface PacQuestion {
  id: number;
  url: string;
  host: string;
}

export type PacSaid =
  | { kind: 'ready' }
  /** It is no script, or names no FindProxyForURL. */
  | { kind: 'unusable'; detail: string }
  | { kind: 'answer'; id: number; answer: string }
  | { kind: 'failed'; id: number; detail: string };

/** Bytes that a script may use. */
const MOST_MEMORY = 64 * 1024 * 1024;

const say = (said: PacSaid): void => parentPort?.postMessage(said);
const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200);

try {
  const machine = await QuickJS.create({ memoryLimit: MOST_MEMORY });
  // What a script would print is nobody's.
  const find = createPacResolver(machine, workerData as string, { sandbox: { alert: () => undefined } });
  parentPort?.on('message', ({ id, url, host }: PacQuestion) => {
    find(url, host).then(
      (answer: unknown) => say({ kind: 'answer', id, answer: typeof answer === 'string' ? answer : '' }),
      (error: unknown) => say({ kind: 'failed', id, detail: detailOf(error) }),
    );
  });
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'unusable', detail: detailOf(error) });
}
