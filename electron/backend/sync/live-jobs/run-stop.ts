/** How a run is asked to stop, and how it ended. `closed`: Laurel ends, and the job goes on at its next start. */
export type Stop = 'paused' | 'cancelled' | 'closed';

/** Requests under way get this long to come back before they are given up, and with them what became of them. */
const GRACE = 3_000;
/** Times that one customer is still asked for after a cancellation. */
const LOOKS_AFTER_CANCEL = 3;

/** Whether, how and why a run stops. The first reason holds. */
export class RunStop {
  readonly #halt = new AbortController();
  readonly #giveUp = new AbortController();
  readonly #onstop: () => void;
  #how: Stop | null = null;
  #note: string | null = null;

  constructor(onstop: () => void) {
    this.#onstop = onstop;
  }

  get how(): Stop | null {
    return this.#how;
  }

  /** Why it paused by itself. */
  get note(): string | null {
    return this.#note;
  }

  /** Aborted when no new request may leave. */
  get halted(): AbortSignal {
    return this.#halt.signal;
  }

  /** Aborted when requests under way are given up, too. */
  get givenUp(): AbortSignal {
    return this.#giveUp.signal;
  }

  stop(how: Stop, note: string | null = null): void {
    if (this.#how !== null) return;
    this.#how = how;
    this.#note = note;
    this.#halt.abort();
    setTimeout(() => this.#giveUp.abort(), GRACE).unref();
    this.#onstop();
  }

  /** After a cancellation unknown customers are still looked up, a few times each. */
  isGivingUp(tries: number): boolean {
    if (this.#how === null) return false;
    return this.#how !== 'cancelled' || this.#giveUp.signal.aborted || tries > LOOKS_AFTER_CANCEL;
  }
}
