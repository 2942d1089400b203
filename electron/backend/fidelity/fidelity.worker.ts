/** Reads a recording, or replays one, beside everything else: both can take seconds. */
import { parentPort, workerData } from 'node:worker_threads';
import { readJobs } from '../../../db/workspace/read-jobs';
import type { FidelityReport } from '../../../shared/fidelity/fidelity-report';
import type { Recording } from '../../../shared/fidelity/recording';
import { Failure, type FailureWire } from '../../../shared/ipc/errors';
import type { ReplayProgress } from '../../../shared/ipc/fidelity-contract';
import { message } from '../../../shared/words/message';
import { readRegularText } from '../../disk/regular-file';
import { causeOf } from '../../disk/system-reasons';
import { readLedger } from './record/ledger';
import { makeRecording } from './record/make-recording';
import { LARGEST_SOURCE, recordingOf } from './record/read-source';
import { replay } from './replay/replay';

export type FidelityTask =
  | { kind: 'file'; path: string; name: string }
  | { kind: 'ledger'; workspaceFile: string; connectionKey: number }
  | { kind: 'replay'; recording: Recording };

/** What this thread tells: how far it is, and at last how its work ended. Any message to it asks it to stop. */
export type FidelityNews =
  | { progress: ReplayProgress }
  | { recording: Recording }
  | { report: FidelityReport }
  | { failure: FailureWire };

const task = workerData as FidelityTask;
const tell = (news: FidelityNews): void => parentPort?.postMessage(news);
const stopping = new AbortController();
parentPort?.on('message', () => stopping.abort());
// Waiting for such a message alone keeps no thread.
parentPort?.unref();

function textOf({ path, name }: FidelityTask & { kind: 'file' }): string {
  try {
    return readRegularText(path, LARGEST_SOURCE);
  } catch (error) {
    throw new Failure('not-found', message('fidelity.unreadable', { name, reason: causeOf(error) }));
  }
}

function ofLedger({ workspaceFile, connectionKey }: FidelityTask & { kind: 'ledger' }): Recording {
  const reading = readJobs(workspaceFile);
  try {
    return makeRecording(readLedger(reading.ledger, connectionKey));
  } finally {
    reading.close();
  }
}

try {
  if (task.kind === 'file') tell({ recording: recordingOf(textOf(task), task.name) });
  else if (task.kind === 'ledger') tell({ recording: ofLedger(task) });
  else {
    const { recording } = task;
    const total = recording.calls.length;
    const report = await replay(recording, {
      ...{ settings: {}, signal: stopping.signal },
      progress: (doing, done) => tell({ progress: { doing, done, total: doing === 'playing' ? total : null } }),
    });
    tell({ report });
  }
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  tell({ failure: error.toWire() });
}
