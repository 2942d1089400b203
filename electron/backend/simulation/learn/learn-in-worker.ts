import { Worker } from 'node:worker_threads';
import { Failure } from '../../../../shared/ipc/errors';
import type { CancelSignal } from '../../../../shared/ipc/method';
import { message } from '../../../../shared/words/message';
import { workerUrl } from '../../process/worker-url';
import type { observeFile } from '../scorecard/observe-file';
import type { learnFile } from './learn-file';
import type { LearningNews, LearningTask } from './learning.worker';

/** Milliseconds after which a thread that does not hear is ended. */
const PATIENCE = 3_000;

/**
 * Learns from a file in a thread of its own.
 *
 * @throws Failure as learnFile, and `cancelled`
 */
export function learnInWorker(
  order: Extract<LearningTask, { order: unknown }>['order'],
  signal: CancelSignal,
  progress: (share: number) => void,
): ReturnType<typeof learnFile> {
  return inThread({ order }, signal, progress, (news) => ('learned' in news ? news.learned : undefined));
}

/**
 * Counts a file in a thread of its own.
 *
 * @throws Failure as observeFile, and `cancelled`
 */
export function observeInWorker(
  observe: Extract<LearningTask, { observe: unknown }>['observe'],
  signal: CancelSignal,
  progress: (share: number) => void,
): ReturnType<typeof observeFile> {
  return inThread({ observe }, signal, progress, (news) => ('observed' in news ? news.observed : undefined));
}

type WorkOf<T> = T extends unknown ? Omit<T, 'cancel'> : never;

function inThread<T>(
  work: WorkOf<LearningTask>,
  signal: CancelSignal,
  progress: (share: number) => void,
  answerOf: (news: LearningNews) => T | undefined,
): Promise<T> {
  const cancel = new SharedArrayBuffer(4);
  const task = { ...work, cancel } as LearningTask;
  const cancelled = (): Failure => new Failure('cancelled', message('learning.cancelled'));
  if (signal.aborted) return Promise.reject(cancelled());
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl('learning'), { workerData: task });
    let patience: ReturnType<typeof setTimeout> | undefined;
    const stop = (): void => {
      Atomics.store(new Int32Array(cancel), 0, 1);
      patience = setTimeout(() => {
        reject(cancelled());
        void worker.terminate();
      }, PATIENCE);
    };
    const end = (): void => {
      clearTimeout(patience);
      signal.removeEventListener('abort', stop);
    };
    signal.addEventListener('abort', stop);
    worker.on('message', (news: LearningNews) => {
      if ('progress' in news) {
        progress(news.progress);
        return;
      }
      end();
      const answer = answerOf(news);
      if (answer !== undefined) resolve(answer);
      else if ('failure' in news) reject(Failure.fromWire(news.failure));
      else reject(cancelled());
    });
    worker.on('error', (error) => {
      end();
      reject(new Error('The thread that learns failed', { cause: error }));
    });
  });
}
