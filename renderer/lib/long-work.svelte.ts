import { isCancelled } from './failure-wording';

export type WorkState = 'running' | 'cancelling' | 'finished' | 'cancelled' | 'failed';

/** What work is given: it ends when the signal says so, and tells how far it is. */
export interface WorkOptions<Report> {
  signal: AbortSignal;
  onProgress: (report: Report) => void;
}

/** How far work is: as a share of 1, or as what is done of a total, null while that is not known. */
export type WorkReport = { share: number } | { done: number; total: number | null };

/** The share that a report tells, 0 to 1; null while the total is not known. */
export function shareOfReport(report: WorkReport): number | null {
  if ('share' in report) return report.share;
  return report.total === null || report.total <= 0 ? null : Math.min(1, report.done / report.total);
}

/** Work that reports how far it is and can be cancelled. It belongs to no component, so it outlasts its screen. */
export class LongWork<Report extends WorkReport, Answer> {
  readonly #abort = new AbortController();
  readonly #work: (options: WorkOptions<Report>) => Promise<Answer>;
  readonly #shareOf: (report: Report) => number | null;

  state = $state<WorkState>('running');
  progress = $state.raw<Report | null>(null);
  answer = $state.raw<Answer | null>(null);
  failure = $state.raw<unknown>(null);

  readonly active = $derived(this.state === 'running' || this.state === 'cancelling');
  /** 0 to 1; null while nobody knows how much there is to do. */
  readonly share = $derived(this.#share());
  /** The last quarter reached, for announcements: a live region that speaks at every step would never be silent. */
  readonly quarter = $derived(Math.floor((this.share ?? 0) * 4) * 25);

  /** @param shareOf how much of the whole a report is, where its own numbers do not say */
  constructor(
    work: (options: WorkOptions<Report>) => Promise<Answer>,
    shareOf: (report: Report) => number | null = shareOfReport,
  ) {
    this.#work = work;
    this.#shareOf = shareOf;
  }

  #share(): number | null {
    return this.progress === null ? null : this.#shareOf(this.progress);
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
