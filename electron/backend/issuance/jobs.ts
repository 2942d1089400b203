import type { IssueProgress } from '../../../shared/ipc/issuance-contract';
import type { CancelSignal } from '../../../shared/ipc/method';
import { inEnglish } from '../../../shared/words/english';
import type { Message } from '../../../shared/words/message';
import type { BackendContext } from '../context';
import { runIssuance, type CarriedOut } from './job';
import type { IssuanceOrder } from './order';

/**
 * Carries out issuance orders one after the other, because each is one transaction of the org file, and notes the one
 * under way in the workspace, so that the next start can say what a kill took back.
 */
export class IssuanceJobs {
  readonly #context: BackendContext;
  readonly #closing = new AbortController();
  /** Jobs that have ended and could not be struck out, with why they failed; null: they did not. */
  readonly #left = new Map<number, string | null>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(context: BackendContext) {
    this.#context = context;
  }

  /**
   * @param title for people, should the job be cut short: `store.jobAward`
   * @returns the key of the request in history, and what the rows of a file were like
   * @throws Failure as runIssuance does
   */
  run(
    order: IssuanceOrder,
    title: Message,
    signal: CancelSignal,
    progress: (report: IssueProgress) => void,
  ): Promise<CarriedOut> {
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    const turn = this.#queue.then(async () => {
      const { workspace, orgFile, log, now } = this.#context;
      if (signal.aborted || this.#closing.signal.aborted) abort();
      signal.addEventListener('abort', abort);
      this.#closing.signal.addEventListener('abort', abort);
      const job = workspace.jobs.begin(inEnglish(title), now(), order.requestId);
      let cause: string | null = null;
      try {
        return await runIssuance(orgFile, order, stop.signal, progress, log);
      } catch (error) {
        cause = error instanceof Error ? error.message : String(error);
        throw error;
      } finally {
        this.#strikeOut(job, cause);
        signal.removeEventListener('abort', abort);
        this.#closing.signal.removeEventListener('abort', abort);
      }
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /**
   * A full disk here must not hide the request's own answer. What cannot be struck out is tried again later, and gets at
   * least its cause noted; the next start finds the row and says how the job ended.
   */
  #strikeOut(job: number, cause: string | null): void {
    this.#left.set(job, cause);
    this.#strikeOutLeft();
  }

  #strikeOutLeft(): void {
    const { workspace, log } = this.#context;
    for (const [key, why] of this.#left) {
      try {
        workspace.jobs.end(key);
        this.#left.delete(key);
      } catch (error) {
        log.warn({ err: error }, 'a job that has ended could not be struck out');
        if (why !== null) this.#noteCause(key, why);
      }
    }
  }

  #noteCause(job: number, cause: string): void {
    const { workspace, log } = this.#context;
    try {
      workspace.jobs.fail(job, cause);
    } catch (error) {
      log.warn({ err: error }, 'why a job failed could not be noted');
    }
  }

  /** Takes back what is under way and waits until that is done; what was waiting for its turn is cancelled. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#queue;
    this.#strikeOutLeft();
  }
}
