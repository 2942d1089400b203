import { Failure } from '../../../shared/ipc/errors';
import type { IssueInput, IssueProgress, RequestSummary } from '../../../shared/ipc/issuance-contract';
import type { Door } from '../../lib/backend';

export type JobState = 'running' | 'cancelling' | 'finished' | 'cancelled' | 'failed';

/** One run of `issuance.run`. It belongs to no component, so it goes on when its screen is left. */
export class IssueJob {
  state = $state<JobState>('running');
  progress = $state.raw<IssueProgress | null>(null);
  summary = $state.raw<RequestSummary | null>(null);
  failure = $state.raw<unknown>(null);

  readonly active = $derived(this.state === 'running' || this.state === 'cancelling');
  /** 0 to 1; null while the total is unknown. Held below 1 until the records are saved: totals of files are estimates. */
  readonly share = $derived(this.#share());
  /** The last quarter reached, for announcements: a live region that speaks at every step would never be silent. */
  readonly quarter = $derived(this.share === null ? 0 : Math.floor(this.share * 4) * 25);

  readonly #abort = new AbortController();

  readonly input: IssueInput;
  readonly badgeName: string;
  /** How many customers were expected, and whether that was exact. */
  readonly expected: { count: number; exact: boolean };
  readonly #door: Door;

  constructor(door: Door, input: IssueInput, badgeName: string, expected: { count: number; exact: boolean }) {
    this.#door = door;
    this.input = input;
    this.badgeName = badgeName;
    this.expected = expected;
  }

  #share(): number | null {
    const progress = this.progress;
    if (progress === null) return null;
    const total = progress.total ?? this.expected.count;
    if (total <= 0) return null;
    return Math.min(progress.phase === 'saving' ? 1 : 0.99, progress.done / total);
  }

  /** Runs to the end; never rejects: how it ended is in `state`. */
  async run(): Promise<void> {
    try {
      this.summary = await this.#door('issuance.run', this.input, {
        signal: this.#abort.signal,
        onProgress: (progress: IssueProgress) => {
          this.progress = progress;
        },
      });
      this.state = 'finished';
    } catch (error) {
      const cancelled = error instanceof Failure && error.code === 'cancelled';
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
