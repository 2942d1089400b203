import type { CancelSignal } from './method';

/**
 * Where a job's cancellation comes from. An AbortController in all but name: the code shared by page and backend is
 * compiled without the types of either.
 */
export class CancelSource {
  #aborted = false;
  readonly #listeners = new Set<() => void>();
  readonly signal: CancelSignal;

  constructor() {
    const isAborted = (): boolean => this.#aborted;
    const listeners = this.#listeners;
    this.signal = {
      get aborted() {
        return isAborted();
      },
      addEventListener: (_type, listener) => void listeners.add(listener),
      removeEventListener: (_type, listener) => void listeners.delete(listener),
    };
  }

  /** Tells each listener once; asking again does nothing. */
  cancel(): void {
    if (this.#aborted) return;
    this.#aborted = true;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }
}
