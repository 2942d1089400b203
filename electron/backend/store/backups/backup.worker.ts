/** Makes one backup beside everything else: reading a large copy through takes seconds. */
import { parentPort, workerData } from 'node:worker_threads';
import { takeBackup, type BackupOrder, type TakenBackup } from '../../../../db/backups/take';
import type { BackupProgress } from '../../../../shared/ipc/backups-contract';
import { Failure, type FailureWire } from '../../../../shared/ipc/errors';

/** What this thread tells: how far it is, and at last how its work ended. Any message to it asks it to stop. */
export type BackupNews = { progress: BackupProgress } | { taken: TakenBackup } | { failure: FailureWire };

const tell = (news: BackupNews): void => parentPort?.postMessage(news);
const signal = { aborted: false };
parentPort?.on('message', () => {
  signal.aborted = true;
});
// Waiting for such a message alone keeps no thread.
parentPort?.unref();

try {
  const progress = (report: BackupProgress): void => tell({ progress: report });
  tell({ taken: await takeBackup(workerData as BackupOrder, { signal, progress }) });
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  tell({ failure: error.toWire() });
}
