import { setImmediate } from 'node:timers/promises';

/** Rows that are read at a time. */
export const PORTION = 5_000;

/**
 * Reads rows in portions, each taken within one transaction, and lets other calls have their turn between them.
 *
 * @param isStopped asked between portions; true ends the reading early
 * @returns whether all of them were read
 */
export async function takeInPortions<T>(
  rows: Iterable<T>,
  transaction: (work: () => void) => void,
  take: (row: T) => void,
  isStopped: () => boolean,
  progress: () => void,
): Promise<boolean> {
  const iterator = rows[Symbol.iterator]();
  try {
    for (;;) {
      // Read before the transaction begins: a slow disk must not keep other writers waiting.
      const portion: T[] = [];
      while (portion.length < PORTION) {
        const next = iterator.next();
        if (next.done === true) break;
        portion.push(next.value);
      }
      transaction(() => portion.forEach(take));
      progress();
      if (portion.length < PORTION) return true;
      await setImmediate();
      if (isStopped()) return false;
    }
  } finally {
    iterator.return?.(undefined);
  }
}
