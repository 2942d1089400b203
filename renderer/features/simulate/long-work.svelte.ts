import { isCancelled } from '../../lib/failure-wording';

export type WorkState = 'running' | 'cancelling' | 'finished' | 'cancelled' | 'failed';

/** Work of the backend that reports how far it is and can be cancelled. It belongs to no component, so it outlasts its screen. */
export class LongWork<Progress extends { share: number }, Answer> {
  state = $state<WorkState>('running');
  progress = $state.raw<Progress | null>(null);
  answer = $state.raw<Answer | null>(null);
  failure = $state.raw<unknown>(null);

  readonly active = $derived(this.state === 'running' || this.state === 'cancelling');
  /** The last quarter reached, for announcements: a live region that speaks at every step would never be silent. */
  readonly quarter = $derived(Math.floor((this.progress?.share ?? 0) * 4) * 25);

  readonly #abort = new AbortController();
  readonly #work: (options: { signal: AbortSignal; onProgress: (report: Progress) => void }) => Promise<Answer>;

  constructor(work: (options: { signal: AbortSignal; onProgress: (report: Progress) => void }) => Promise<Answer>) {
    this.#work = work;
  }

  /** Works to the end; never rejects: how it ended is in `state`. */
  async run(): Promise<void> {
    try {
      this.answer = await this.#work({
        signal: this.#abort.signal,
        onProgress: (report) => {
          this.progress = report;
        },
      });
      this.state = 'finished';
    } catch (error) {
      const cancelled = isCancelled(error);
      this.failure = cancelled ? null : error;
      this.state = cancelled ? 'cancelled' : 'failed';
    }
  }

  cancel(): void {
    if (this.state !== 'running') return;
    this.state = 'cancelling';
    this.#abort.abort();
  }
}
