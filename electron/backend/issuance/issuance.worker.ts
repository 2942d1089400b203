import { parentPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { ORG } from '../../../db/kinds';
import { connectDatabase } from '../../../db/open';
import { databaseFailure } from '../../../db/failures';
import { OrgStore } from '../../../db/org/org-store';
import { Failure, type FailureWire } from '../../../shared/ipc/errors';
import type { IssueProgress } from '../../../shared/ipc/issuance-contract';
import type { TalliedRows } from '../customers/tally';
import type { IssuanceOrder } from './order';
import { Cancelled } from './pace';
import { RUN_STATE } from './run-state';
import { carryOut, prepareForBulk, SourceUnreadable } from './work';
import { message } from '../../../shared/words/message';

/** What the worker is started with. */
export interface IssuanceTask {
  orgFile: string;
  order: IssuanceOrder;
  /** One Int32, of RUN_STATE. */
  state: SharedArrayBuffer;
}

/** What the worker tells; exactly one message other than progress, and it is the last. */
export type IssuanceMessage =
  | { kind: 'progress'; report: IssueProgress }
  | { kind: 'done'; requestKey: number; rows: TalliedRows | null }
  | { kind: 'cancelled' }
  | { kind: 'unreadable'; detail: string }
  | { kind: 'failed'; failure: FailureWire }
  | { kind: 'crashed'; detail: string };

const { orgFile, order, state } = workerData as IssuanceTask;
const flag = new Int32Array(state);
const tell = (message: IssuanceMessage): void => parentPort?.postMessage(message);

function run(): IssuanceMessage {
  // Who cancelled before has been answered: nothing may be written any more.
  if (Atomics.compareExchange(flag, 0, RUN_STATE.waiting, RUN_STATE.working) !== RUN_STATE.waiting)
    return { kind: 'cancelled' };
  let connection: Database | undefined;
  try {
    connection = connectDatabase(orgFile, ORG);
    prepareForBulk(connection);
    let rows: TalliedRows | null = null;
    const requestKey = carryOut(new OrgStore(connection, order.settings), order, {
      isCancelled: () => Atomics.load(flag, 0) === RUN_STATE.cancelled,
      progress: (report) => tell({ kind: 'progress', report }),
      tallied: (all) => {
        rows = all;
      },
      clock: () => performance.now(),
    });
    return { kind: 'done', requestKey, rows };
  } catch (thrown) {
    if (thrown instanceof Cancelled) return { kind: 'cancelled' };
    if (thrown instanceof SourceUnreadable) return { kind: 'unreadable', detail: String(thrown.cause) };
    const error = databaseFailure(thrown, orgFile, message('store.issuing'));
    if (error instanceof Failure) return { kind: 'failed', failure: error.toWire() };
    return { kind: 'crashed', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    connection?.close();
  }
}

tell(run());
