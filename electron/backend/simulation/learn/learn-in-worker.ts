import { Worker } from 'node:worker_threads';
import { Failure } from '../../../../shared/ipc/errors';
import type { CancelSignal } from '../../../../shared/ipc/method';
import { message } from '../../../../shared/words/message';
import { workerUrl } from '../../process/worker-url';
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
  order: LearningTask['order'],
  signal: CancelSignal,
  progress: (share: number) => void,
): ReturnType<typeof learnFile> {
  const cancel = new SharedArrayBuffer(4);
  const task: LearningTask = { order, cancel };
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
      if ('learned' in news) resolve(news.learned);
      else if ('failure' in news) reject(Failure.fromWire(news.failure));
      else reject(cancelled());
    });
    worker.on('error', (error) => {
      end();
      reject(new Error('The thread that learns failed', { cause: error }));
    });
  });
}
