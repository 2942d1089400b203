/** One pull or push of an org at a time: pulling while pushing could take an edit that is on its way for a change of somebody else. */
export class OrgTurns {
  readonly #last = new Map<number, Promise<unknown>>();
  readonly #closing = new AbortController();

  /** Aborted when Laurel ends. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Does the work when everything asked for before it on the same connection has ended, however it ended. */
  take<T>(connectionKey: number, work: () => Promise<T>): Promise<T> {
    const turn = (this.#last.get(connectionKey) ?? Promise.resolve()).then(work);
    this.#last.set(
      connectionKey,
      turn.catch(() => undefined),
    );
    return turn;
  }

  /** Aborts what is under way and waits for its end. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#last.values());
  }
}
