import { cancelledRun } from '../../backend/simulation/worker-pool';

/**
 * Lets pieces of work run one after the other, in the order in which they were asked for: each uses all processors by
 * itself. Who is cancelled while waiting never begins.
 */
export function oneAtATime(): <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return async (signal, work) => {
    const before = last;
    const cancelled = new Promise<never>((_, reject) => {
      if (signal.aborted) reject(cancelledRun());
      signal.addEventListener('abort', () => reject(cancelledRun()), { once: true });
    });
    cancelled.catch(() => undefined);
    const turn = before.then(() => {
      if (signal.aborted) throw cancelledRun();
      return work();
    });
    last = turn.catch(() => undefined);
    return Promise.race([turn, cancelled]);
  };
}
