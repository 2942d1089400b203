/** How far a long action on many badges has come. */
export interface WorkProgress {
  /** What is being done, for example `Duplicating`. */
  title: string;
  done: number;
  total: number;
  /** Of them per second, since the start; null while there is nothing to go by. */
  perSecond: number | null;
}

/** Small enough for a cancellation to be felt at once, large enough not to cost much. */
const PORTION = 500;

/**
 * Carries out an action on many badges in portions, so that it can be watched and cancelled. What is done when it is
 * cancelled, or when a portion fails, stays done; the rest is untouched.
 */
export class PortionedWork {
  /** Null while nothing is going on. */
  progress = $state.raw<WorkProgress | null>(null);
  #cancelled = false;
  readonly #clock: () => number;

  /** @param clock seconds of a clock that only goes forward */
  constructor(clock: () => number = () => performance.now() / 1000) {
    this.#clock = clock;
  }

  cancel(): void {
    this.#cancelled = true;
  }

  /** Answers how many of the ids were given to `act`; fewer than all after a cancellation. */
  async run(title: string, ids: readonly string[], act: (portion: string[]) => Promise<void>): Promise<number> {
    this.#cancelled = false;
    const start = this.#clock();
    let done = 0;
    try {
      while (done < ids.length && !this.#cancelled) {
        const seconds = this.#clock() - start;
        this.progress = { title, done, total: ids.length, perSecond: seconds > 0.5 ? done / seconds : null };
        const portion = ids.slice(done, done + PORTION);
        await act(portion);
        done += portion.length;
      }
      return done;
    } finally {
      this.progress = null;
    }
  }
}
