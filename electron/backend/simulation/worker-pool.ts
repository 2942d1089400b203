import { Worker } from 'node:worker_threads';
import { Failure } from '../../../shared/ipc/errors';
import { workerUrl } from '../worker-url';
import type { SimulationMessage, SimulationRequest, SimulationTask } from './simulation.worker';

/** The failure of a run whose signal was raised. */
export function cancelledRun(): Failure {
  return new Failure('cancelled', 'The simulation was cancelled. Nothing of it was kept.');
}

type Answer<K extends SimulationMessage['kind']> = Extract<SimulationMessage, { kind: K }>;

/** Where a worker is with what it was asked to do. */
export interface WorkerProgress {
  events: number;
  share: number;
}

/** Hands work to a few worker threads; all end together, at once. */
export class WorkerPool {
  private readonly workers: Worker[] = [];
  private stop: (failure: Failure) => void = () => undefined;
  private readonly stopped: Promise<never>;

  constructor(private readonly task: SimulationTask) {
    this.stopped = new Promise((_, reject) => (this.stop = reject));
    // Whoever waits for an answer sees the rejection; there may be nobody waiting yet.
    this.stopped.catch(() => undefined);
  }

  private start(): Worker {
    const worker = new Worker(workerUrl('simulation'), { workerData: this.task });
    worker.on('error', (error: Error) =>
      this.stop(new Failure('internal', `A simulation worker failed: ${error.stack ?? error.message}`)),
    );
    this.workers.push(worker);
    return worker;
  }

  private worker(index: number): Worker {
    return this.workers[index] ?? this.start();
  }

  /**
   * Asks one worker and waits for its answer.
   *
   * @param index of the worker, from 0; it is started when it is the next one
   * @throws Failure when the worker fails, cannot read its file, or the pool is cancelled
   */
  async ask<K extends SimulationMessage['kind']>(
    index: number,
    request: SimulationRequest,
    kind: K,
    onProgress: (progress: WorkerProgress) => void,
  ): Promise<Answer<K>> {
    const worker = this.worker(index);
    const answer = new Promise<Answer<K>>((resolve, reject) => {
      const listen = (message: SimulationMessage): void => {
        if (message.kind === 'progress') {
          onProgress(message);
          return;
        }
        worker.off('message', listen);
        if (message.kind === 'crashed') reject(new Failure('internal', `The simulation failed: ${message.detail}`));
        else if (message.kind === 'unreadable')
          reject(
            new Failure('invalid-input', `The events cannot be replayed. ${message.detail} Nothing was simulated.`),
          );
        else if (message.kind === kind) resolve(message as Answer<K>);
        else reject(new Failure('internal', `A simulation worker answered ${message.kind} where ${kind} was due`));
      };
      worker.on('message', listen);
      worker.postMessage(request);
    });
    return Promise.race([answer, this.stopped]);
  }

  /** Whoever waits gets the failure; `close` ends the threads, wherever they are. */
  cancel(): void {
    this.stop(cancelledRun());
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}
