import { Worker } from 'node:worker_threads';
import { Failure } from '../../../shared/ipc/errors';
import { workerUrl } from '../process/worker-url';
import type { SimulationMessage, SimulationOrder, SimulationRequest, SimulationTask } from './simulation.worker';
import { message as words } from '../../../shared/words/message';

/** The failure of a run whose signal was raised. */
export function cancelledRun(): Failure {
  return new Failure('cancelled', words('scenarios.runCancelled'));
}

/** The failure of a run for which there is not enough memory. */
function tooLarge(): Failure {
  return new Failure('invalid-input', words('scenarios.tooLarge'));
}

type Answer<K extends SimulationMessage['kind']> = Extract<SimulationMessage, { kind: K }>;

/** Where a worker is with what it was asked to do. */
export interface WorkerProgress {
  events: number;
  share: number;
}

/**
 * Hands work to a few worker threads; all end together, at once. The threads outlive a run, so that a question that runs
 * a scenario a hundred times starts them once.
 */
export class WorkerPool {
  private readonly workers: Worker[] = [];
  /** The scenario each worker has prepared. */
  private readonly prepared = new WeakMap<Worker, SimulationTask>();
  private stop: (failure: Error) => void = () => undefined;
  private readonly stopped: Promise<never>;

  /** @param yields leaves the processors to whoever draws a window, where they are short */
  constructor(private readonly yields: boolean) {
    this.stopped = new Promise((_, reject) => (this.stop = reject));
    // Whoever waits for an answer sees the rejection; there may be nobody waiting yet.
    this.stopped.catch(() => undefined);
  }

  private start(): Worker {
    const worker = new Worker(workerUrl('simulation'), { workerData: { yields: this.yields } });
    worker.on('error', (error: Error) =>
      this.stop(
        'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? tooLarge()
          : new Error('A simulation worker failed', { cause: error }),
      ),
    );
    this.workers.push(worker);
    return worker;
  }

  private worker(index: number): Worker {
    return this.workers[index] ?? this.start();
  }

  /** Starts workers for what is about to come, side by side: there are at least so many then. */
  prepare(count: number): void {
    while (this.workers.length < count) this.start();
  }

  /**
   * Asks one worker and waits for its answer.
   *
   * @param index of the worker, from 0; it is started when it is the next one
   * @param task the scenario the request is about; a worker prepares it once, for as long as it is the same object
   * @throws Failure when the worker cannot read its file, lacks memory, or the pool is cancelled; Error, with the stack,
   *   when it crashes
   */
  async ask<K extends SimulationMessage['kind']>(
    index: number,
    task: SimulationTask,
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
        // No Failure: whoever serves the person logs it in full, and says it in words.
        if (message.kind === 'crashed') reject(new Error(`A simulation worker failed: ${message.detail}`));
        else if (message.kind === 'too-large') reject(tooLarge());
        else if (message.kind === 'unreadable')
          reject(new Failure('invalid-input', words('scenarios.eventsUnreadable', { detail: message.detail })));
        else if (message.kind === kind) resolve(message as Answer<K>);
        else reject(new Error(`A simulation worker answered ${message.kind} where ${kind} was due`));
      };
      worker.on('message', listen);
      const order: SimulationOrder = { task: this.prepared.get(worker) === task ? null : task, request };
      this.prepared.set(worker, task);
      worker.postMessage(order, 'drawn' in request && request.drawn !== undefined ? [request.drawn.port] : []);
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

/** Does work on a pool that ends with it. @param yields as of the pool */
export async function withWorkers<T>(yields: boolean, work: (pool: WorkerPool) => Promise<T>): Promise<T> {
  const pool = new WorkerPool(yields);
  try {
    return await work(pool);
  } finally {
    await pool.close();
  }
}
