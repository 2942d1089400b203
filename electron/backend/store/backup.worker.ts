/** Makes one backup beside everything else: reading a large copy through takes seconds. */
import { parentPort, workerData } from 'node:worker_threads';
import { takeBackup, type BackupOrder, type TakenBackup } from '../../../db/backups/take';
import { Failure, type FailureWire } from '../../../shared/ipc/errors';

/** How the work of this thread ended. */
export type BackupEnd = { taken: TakenBackup } | { failure: FailureWire };

try {
  const taken = await takeBackup(workerData as BackupOrder);
  parentPort?.postMessage({ taken } satisfies BackupEnd);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  parentPort?.postMessage({ failure: error.toWire() } satisfies BackupEnd);
}
