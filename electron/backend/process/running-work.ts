/** Work that must have ended before what it uses is closed. */
export class RunningWork {
  readonly #running = new Set<Promise<unknown>>();
  #isClosing = false;

  /** Whether the work should stop where it is and leave nothing unfinished behind. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** @returns what the work comes to, also where it fails */
  async track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }

  /** Asks the work to stop and waits for its end, however it ends. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.allSettled(this.#running);
  }
}
