import { LongWork } from '../../lib/long-work.svelte';

/** How far a long action on many badges has come. */
export interface PortionReport {
  done: number;
  total: number;
  /** Of them per second, since the start; null while there is nothing to go by. */
  perSecond: number | null;
}

/** Small enough for a cancellation to be felt at once, large enough not to cost much. */
const PORTION = 500;

/**
 * An action on many badges, carried out in portions, so that it can be watched and cancelled. What is done when it is
 * cancelled, or when a portion fails, stays done; the rest is untouched. Its answer is how many it was done to: fewer than all
 * after a cancellation.
 */
export class PortionedWork extends LongWork<PortionReport, number> {
  /** What is being done, for example `Duplicating`. */
  readonly title: string;
  readonly total: number;

  /**
   * @param next acts on the next portion, given how many are done, and says how many those were
   * @param clock seconds of a clock that only goes forward
   */
  constructor(
    title: string,
    total: number,
    next: (done: number) => Promise<number>,
    clock: () => number = () => performance.now() / 1000,
  ) {
    super(async ({ signal, onProgress }) => {
      const start = clock();
      let done = 0;
      while (done < total && !signal.aborted) {
        const seconds = clock() - start;
        onProgress({ done, total, perSecond: seconds > 0.5 ? done / seconds : null });
        done += await next(done);
      }
      return done;
    });
    this.title = title;
    this.total = total;
  }
}

/** Portions of these ids, one after the other, for {@link PortionedWork}. */
export const portionsOf =
  (ids: readonly string[], act: (portion: string[]) => Promise<void>) =>
  async (done: number): Promise<number> => {
    const portion = ids.slice(done, done + PORTION);
    await act(portion);
    return portion.length;
  };
