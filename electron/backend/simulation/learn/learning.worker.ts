/** Learns from a file, or counts it, beside everything else: a long one takes a minute. */
import { parentPort, workerData } from 'node:worker_threads';
import { Failure, type FailureWire } from '../../../../shared/ipc/errors';
import { observeFile, type ObserveOrder } from '../scorecard/observe-file';
import { learnFile, type LearnOrder } from './learn-file';

/** What the thread is started with. */
export type LearningTask = {
  /** One Int32: anything but 0 cancels. */
  cancel: SharedArrayBuffer;
} & (
  | { order: Omit<LearnOrder, 'signal' | 'poll' | 'progress'> }
  | { observe: Omit<ObserveOrder, 'signal' | 'poll' | 'progress'> }
);

/** What it tells: how far it is, and at last how its work ended. */
export type LearningNews =
  | { progress: number }
  | { learned: Awaited<ReturnType<typeof learnFile>> }
  | { observed: Awaited<ReturnType<typeof observeFile>> }
  | { cancelled: true }
  | { failure: FailureWire };

const task = workerData as LearningTask;
const { cancel } = task;
const flag = new Int32Array(cancel);
const tell = (news: LearningNews): void => parentPort?.postMessage(news);
const abort = new AbortController();
// The reading keeps this thread, so that no message would come through.
const poll = (): void => {
  if (Atomics.load(flag, 0) !== 0) abort.abort();
};

const host = { signal: abort.signal, poll, progress: (share: number) => tell({ progress: share }) };

try {
  if ('order' in task) tell({ learned: await learnFile({ ...task.order, ...host }) });
  else tell({ observed: await observeFile({ ...task.observe, ...host }) });
} catch (error) {
  if (abort.signal.aborted) tell({ cancelled: true });
  else if (error instanceof Failure) tell({ failure: error.toWire() });
  else throw error;
}
