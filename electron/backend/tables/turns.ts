import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import { message } from '../../../shared/words/message';

const ROWS_A_TURN = 4096;

/** Parts a long walk through a table into turns, so that the process answers others, and hears of a cancel, between them. */
export class Turns {
  readonly #walks: number;
  readonly #signal: CancelSignal | undefined;
  readonly #report: (share: number) => void;
  #ended = 0;

  /** @param walks how often the table is walked through */
  constructor(walks: number, signal: CancelSignal | undefined, report: (share: number) => void) {
    this.#walks = walks;
    this.#signal = signal;
    this.#report = report;
  }

  isDue(row: number): boolean {
    return row % ROWS_A_TURN === 0;
  }

  /** @param share of this walk that is done @throws Failure `cancelled` */
  async take(share: number): Promise<void> {
    this.#report((this.#ended + share) / this.#walks);
    await setImmediate();
    if (this.#signal?.aborted === true) throw new Failure('cancelled', message('tables.cancelled'));
  }

  endWalk(): void {
    this.#ended += 1;
  }
}
