/** Milliseconds after which a write that can wait is written. */
const LATER = 250;

/**
 * Gathers writes of one turn of the event loop into one transaction: the wait for the disk is then shared by the answers
 * that came and the requests that are about to leave.
 */
export class GroupCommit {
  readonly #transaction: (work: () => void) => void;
  #queue: (() => void)[] = [];
  #flushed: Promise<void> | null = null;
  #failure: Error | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(transaction: (work: () => void) => void) {
    this.#transaction = transaction;
  }

  /** Writes soon; what is awaited later was written then. @returns when this and everything queued before it is committed */
  write(work: () => void): Promise<void> {
    this.#queue.push(work);
    this.#flushed ??= this.#flushSoon();
    return this.#flushed;
  }

  /** Writes with whatever is written next, or a moment later: what is lost of it at a crash can be found out again. */
  writeLater(work: () => void): void {
    this.#queue.push(work);
    this.#timer ??= setTimeout(() => void this.write(() => undefined), LATER);
  }

  /** Settles when nothing is left to write. @throws what a write threw: none after it has been written either */
  async drained(): Promise<void> {
    await this.write(() => undefined).catch(() => undefined);
    if (this.#failure !== null) throw this.#failure;
  }

  #flushSoon(): Promise<void> {
    const flushed = new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        const works = this.#queue;
        this.#queue = [];
        this.#flushed = null;
        clearTimeout(this.#timer ?? undefined);
        this.#timer = null;
        try {
          if (this.#failure !== null) throw this.#failure;
          this.#transaction(() => {
            for (const work of works) work();
          });
          resolve();
        } catch (error) {
          this.#failure ??= error instanceof Error ? error : new Error(String(error));
          reject(this.#failure);
        }
      });
    });
    // Not everybody waits for what is written; whoever does sees the failure.
    flushed.catch(() => undefined);
    return flushed;
  }
}
