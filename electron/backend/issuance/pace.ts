import type { IssueProgress } from '../../../shared/ipc/issuance-contract';
import type { TalliedRows } from '../customers/tally';

/** What the work asks of and tells its host while it runs. */
export interface IssuanceHost {
  isCancelled(): boolean;
  progress(report: IssueProgress): void;
  /** Hears in the end what the rows of a file were like. */
  tallied?(rows: TalliedRows): void;
  /** Milliseconds of any steady clock. */
  clock(): number;
}

/** Thrown inside the transaction when a person cancels, so that it takes everything back. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Milliseconds between reports. */
const REPORT_EVERY = 100;
/** Milliseconds over which the rate is told. */
const RATE_OVER = 1_000;

/** Reports progress some ten times a second, and stops the work when it is cancelled. */
export class Pace {
  readonly #host: IssuanceHost;
  readonly #total: (done: number) => number | null;
  readonly #marks: { at: number; done: number }[] = [];
  #done = 0;
  #reportedAt: number;

  /** @param total customers of the request, as far as they can be told after so many; null where they cannot */
  constructor(host: IssuanceHost, total: (done: number) => number | null) {
    this.#host = host;
    this.#total = total;
    this.#reportedAt = host.clock();
    this.#marks.push({ at: this.#reportedAt, done: 0 });
    host.progress({ phase: 'reading', done: 0, total: total(0), perSecond: null, secondsLeft: null });
  }

  /** So many more customers are judged. @throws Cancelled */
  tick(count: number): void {
    this.#done += count;
    if (this.#host.isCancelled()) throw new Cancelled();
    const now = this.#host.clock();
    if (now - this.#reportedAt < REPORT_EVERY) return;
    this.#reportedAt = now;
    while (this.#marks.length > 1 && now - (this.#marks[1]?.at ?? now) >= RATE_OVER) this.#marks.shift();
    const since = this.#marks[0] ?? { at: now, done: this.#done };
    this.#marks.push({ at: now, done: this.#done });
    const perSecond = ((this.#done - since.done) * 1000) / Math.max(1, now - since.at);
    const total = this.#total(this.#done);
    const secondsLeft = total === null || perSecond === 0 ? null : Math.max(0, total - this.#done) / perSecond;
    this.#host.progress({ phase: 'issuing', done: this.#done, total, perSecond, secondsLeft });
  }

  /** Tells that everything is judged and is being written for good. @throws Cancelled */
  saving(): void {
    if (this.#host.isCancelled()) throw new Cancelled();
    this.#host.progress({ phase: 'saving', done: this.#done, total: this.#done, perSecond: null, secondsLeft: null });
  }
}
