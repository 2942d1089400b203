import { parentPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { ORG } from '../../../db/kinds';
import { connectDatabase } from '../../../db/open';
import { databaseFailure } from '../../../db/failures';
import { OrgStore } from '../../../db/org/org-store';
import { Failure, type FailureWire } from '../../../shared/ipc/errors';
import type { IssueProgress } from '../../../shared/ipc/issuance-contract';
import type { IssuanceOrder } from './order';
import { Cancelled } from './pace';
import { carryOut, prepareForBulk, SourceUnreadable } from './work';
import { message } from '../../../shared/words/message';

/** What the worker is started with. */
export interface IssuanceTask {
  orgFile: string;
  order: IssuanceOrder;
  /** One Int32: anything but 0 cancels. */
  cancel: SharedArrayBuffer;
}

/** What the worker tells; exactly one message other than progress, and it is the last. */
export type IssuanceMessage =
  | { kind: 'progress'; report: IssueProgress }
  | { kind: 'done'; requestKey: number }
  | { kind: 'cancelled' }
  | { kind: 'unreadable'; detail: string }
  | { kind: 'failed'; failure: FailureWire }
  | { kind: 'crashed'; detail: string };

const { orgFile, order, cancel } = workerData as IssuanceTask;
const flag = new Int32Array(cancel);
const tell = (message: IssuanceMessage): void => parentPort?.postMessage(message);

function run(): IssuanceMessage {
  let connection: Database | undefined;
  try {
    connection = connectDatabase(orgFile, ORG);
    prepareForBulk(connection);
    const requestKey = carryOut(new OrgStore(connection, order.settings), order, {
      isCancelled: () => Atomics.load(flag, 0) !== 0,
      progress: (report) => tell({ kind: 'progress', report }),
      clock: () => performance.now(),
    });
    return { kind: 'done', requestKey };
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
