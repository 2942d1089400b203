import { Worker } from 'node:worker_threads';
import { Failure } from '../../../shared/ipc/errors';
import type { IssueProgress } from '../../../shared/ipc/issuance-contract';
import type { CancelSignal } from '../../../shared/ipc/method';
import type { Log } from '../context';
import { unreadable } from '../customers/resolve-source';
import type { TalliedRows } from '../customers/tally';
import type { IssuanceOrder } from './order';
import { RUN_STATE } from './run-state';
import type { IssuanceMessage, IssuanceTask } from './issuance.worker';
import { workerUrl } from '../process/worker-url';
import { message } from '../../../shared/words/message';

/** A worker makes small objects that live for one customer: a small nursery keeps memory low without costing speed. */
const SHORT_LIVED = { maxYoungGenerationSizeMb: 8 };

/** What came of an order. */
export interface CarriedOut {
  requestKey: number;
  /** What the rows of a file were like; null where the customers came from elsewhere. */
  rows: TalliedRows | null;
}

const NOTHING_WAS_ISSUED = message('issue.cancelledBefore');

/**
 * Carries out an order in a worker thread with its own connection to the org file, so that people's calls never wait
 * for it.
 *
 * @returns the key of the request in history, and what the rows of a file were like
 * @throws Failure `cancelled`, `not-found` (the file), `database`, `internal`; nothing was written then
 */
export async function runIssuance(
  orgFile: string,
  order: IssuanceOrder,
  signal: CancelSignal,
  progress: (report: IssueProgress) => void,
  log: Log,
): Promise<CarriedOut> {
  if (signal.aborted) throw new Failure('cancelled', NOTHING_WAS_ISSUED);
  const state = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const task: IssuanceTask = { orgFile, order, state };
  const worker = new Worker(workerUrl('issuance'), { workerData: task, resourceLimits: SHORT_LIVED });
  const cancelledBefore = Promise.withResolvers<LastMessage>();
  const onAbort = (): void => {
    // One that has not begun has touched nothing, and never will: nobody has to wait until it has started.
    if (Atomics.exchange(new Int32Array(state), 0, RUN_STATE.cancelled) !== RUN_STATE.waiting) return;
    cancelledBefore.resolve({ kind: 'cancelled' });
    void worker.terminate();
  };
  signal.addEventListener('abort', onAbort);
  try {
    const last = await Promise.race([lastMessage(worker, progress), cancelledBefore.promise]);
    switch (last.kind) {
      case 'done':
        return last;
      case 'cancelled':
        throw new Failure('cancelled', NOTHING_WAS_ISSUED);
      case 'unreadable':
        log.warn({ detail: last.detail }, 'a customer file could not be read');
        throw unreadable(order.source.kind === 'file' ? order.source.name : message('tables.theText'));
      case 'failed':
        throw Failure.fromWire(last.failure);
      case 'crashed':
        log.error({ detail: last.detail }, 'an issuance request failed');
        throw new Failure('internal', message('issue.stoppedByMistake'));
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

type LastMessage = Exclude<IssuanceMessage, { kind: 'progress' }>;

function lastMessage(worker: Worker, progress: (report: IssueProgress) => void): Promise<LastMessage> {
  return new Promise((resolve) => {
    let last: LastMessage = { kind: 'crashed', detail: 'The worker ended without an answer.' };
    worker.on('message', (message: IssuanceMessage) => {
      if (message.kind === 'progress') progress(message.report);
      else last = message;
    });
    worker.on('error', (error) => {
      last = { kind: 'crashed', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    });
    // Only once the worker is gone is its connection closed and the file free for the next request.
    worker.on('exit', () => resolve(last));
  });
}
