import { setImmediate } from 'node:timers/promises';

/**
 * Does many small things in portions and lets other calls have their turn between them, so that a page stays quick
 * while thousands of badges are copied or deleted.
 */
export async function inTurns<T, R>(
  items: readonly T[],
  portion: number,
  work: (items: readonly T[]) => readonly R[],
): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += portion) {
    if (from > 0) await setImmediate();
    results.push(...work(items.slice(from, from + portion)));
  }
  return results;
}
