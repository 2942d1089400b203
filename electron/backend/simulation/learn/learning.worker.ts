/** Learns from a file beside everything else: a long one takes a minute. */
import { parentPort, workerData } from 'node:worker_threads';
import { Failure, type FailureWire } from '../../../../shared/ipc/errors';
import { learnFile, type Learned, type LearnOrder } from './learn-file';

/** What the thread is started with. */
export interface LearningTask {
  order: Omit<LearnOrder, 'signal' | 'poll' | 'progress'>;
  /** One Int32: anything but 0 cancels. */
  cancel: SharedArrayBuffer;
}

/** What it tells: how far it is, and at last how its work ended. */
export type LearningNews =
  | { progress: number }
  | { learned: Awaited<ReturnType<typeof learnFile>> }
  | { cancelled: true }
  | { failure: FailureWire };

const { order, cancel } = workerData as LearningTask;
const flag = new Int32Array(cancel);
const tell = (news: LearningNews): void => parentPort?.postMessage(news);
const abort = new AbortController();
// The reading keeps this thread, so that no message would come through.
const poll = (): void => {
  if (Atomics.load(flag, 0) !== 0) abort.abort();
};

try {
  const learned: Learned | Pick<Learned['inspection'], 'questions'> = await learnFile({
    ...{ ...order, signal: abort.signal, poll },
    progress: (share) => tell({ progress: share }),
  });
  tell({ learned });
} catch (error) {
  if (abort.signal.aborted) tell({ cancelled: true });
  else if (error instanceof Failure) tell({ failure: error.toWire() });
  else throw error;
}
