interface Waiting<T> {
  work: () => T;
  resolve: (result: T) => void;
  reject: (error: unknown) => void;
}

/** Requests in one commit; more would make the first of them wait for the last. */
const MOST_IN_ONE_COMMIT = 64;
/** Milliseconds after which a commit takes up no further request: bulk requests that arrive together would hold up all. */
const LONGEST_TAKING_UP = 5;

/**
 * Writes that arrive together share one commit, which costs more than most of them; each is answered after it. A failure
 * that no rule accounts for takes the whole group back, and then each is done on its own, so that only the one that
 * fails is lost.
 */
export class CommitGroup<T> {
  #waiting: Waiting<T>[] = [];
  readonly #transaction: <R>(work: () => R) => R;
  readonly #clock: () => number;

  /**
   * @param transaction keeps what its work wrote when it returns, and nothing of it when it throws
   * @param clock steady milliseconds
   */
  constructor(transaction: <R>(work: () => R) => R, clock: () => number = () => performance.now()) {
    this.#transaction = transaction;
    this.#clock = clock;
  }

  /** Does the work in the turn of the event loop that is under way; resolves once it is kept. */
  add(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    const group = this.#waiting.slice(0, MOST_IN_ONE_COMMIT);
    const until = this.#clock() + LONGEST_TAKING_UP;
    const results: T[] = [];
    try {
      this.#transaction(() => {
        for (const { work } of group) {
          results.push(work());
          if (this.#clock() >= until) break;
        }
      });
    } catch {
      this.#done(group.length);
      for (const waiting of group) this.#doAlone(waiting);
      return;
    }
    this.#done(results.length);
    results.forEach((result, index) => group[index]?.resolve(result));
  }

  #done(count: number): void {
    this.#waiting.splice(0, count);
    if (this.#waiting.length > 0) setImmediate(() => this.#commit());
  }

  #doAlone({ work, resolve, reject }: Waiting<T>): void {
    let result: T;
    try {
      result = this.#transaction(work);
    } catch (error) {
      reject(error);
      return;
    }
    resolve(result);
  }
}
