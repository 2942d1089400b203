import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { OrgSettings } from '../../../shared/domain/settings';
import { Failure } from '../../../shared/ipc/errors';
import { badgeBands } from '../../../shared/simulation/bands';
import { prepareScenario } from '../../../shared/simulation/prepared-scenario';
import { resultOf, type SimulationResult } from '../../../shared/simulation/result';
import { workerUrl } from '../worker-url';
import type { BadRow, ReplayFile } from './replay-file';
import type { Detail, ReplicationAnswer } from './replication-work';
import type { SimulationMessage, SimulationRequest, SimulationTask } from './simulation.worker';

/** A scenario that is ready to run anywhere: no paths inside but that of the events, which is absolute. */
export interface SimulationJob {
  /** The scenario as JSON, its badges as create bodies. */
  body: unknown;
  /** Settings of the org; the zone is the scenario's own. */
  settings?: Partial<OrgSettings>;
  /** Absolute path of the events to replay; null for synthetic customers. */
  csv: string | null;
  /** The same file, if an earlier run has read it. */
  replay?: ReplayFile;
  /** Asks for the answers that look at customers one by one. */
  detail?: boolean;
}

export interface SimulationProgress {
  phase: 'reading' | 'simulating';
  /** From 0 to 1. */
  share: number;
  /** Events (or rows, while reading) so far, and how many a second. */
  done: number;
  perSecond: number;
  secondsLeft: number | null;
}

export interface SimulationOptions {
  /** Aborting ends the workers at once, wherever they are; nothing of the run is left. */
  signal?: { readonly aborted: boolean; addEventListener(type: 'abort', listener: () => void): void; removeEventListener(type: 'abort', listener: () => void): void };
  progress?(report: SimulationProgress): void;
  /** Worker threads; the number of processors unless told. The result does not depend on it. */
  workers?: number;
}

export interface SimulationOutcome {
  result: SimulationResult;
  /** The first bad rows of a replayed file; how many there are in all is in the result. */
  badRows: readonly BadRow[];
  detail: Detail | null;
  /** What was read of the replayed file, to spare the next run the reading. */
  replay: ReplayFile | null;
}

const CANCELLED = 'The simulation was cancelled. Nothing of it was kept.';

/** Hands work to a few worker threads and gathers their answers in order. */
class Pool {
  private readonly workers: Worker[] = [];
  private readonly shares = new Map<Worker, { events: number; share: number }>();
  private stop: (failure: Failure) => void = () => undefined;
  private readonly stopped: Promise<never>;
  private eventsBefore = 0;

  constructor(
    private readonly task: SimulationTask,
    private readonly report: (events: number, finished: number) => void,
  ) {
    this.stopped = new Promise((_, reject) => (this.stop = reject));
    // Whoever waits for an answer sees the rejection; there may be nobody waiting yet.
    this.stopped.catch(() => undefined);
  }

  private start(): Worker {
    const worker = new Worker(workerUrl('simulation'), { workerData: this.task });
    worker.on('error', (error) => this.stop(new Failure('internal', `A simulation worker failed: ${error.stack ?? error.message}`)));
    this.workers.push(worker);
    return worker;
  }

  private ask(worker: Worker, request: SimulationRequest, onProgress: (events: number, share: number) => void): Promise<SimulationMessage> {
    const answer = new Promise<SimulationMessage>((resolve, reject) => {
      const listen = (message: SimulationMessage): void => {
        if (message.kind === 'progress') {
          onProgress(message.events, message.share);
          return;
        }
        worker.off('message', listen);
        if (message.kind === 'crashed') reject(new Failure('internal', `The simulation failed: ${message.detail}`));
        else if (message.kind === 'unreadable') reject(new Failure('invalid-input', `The events cannot be replayed: ${message.detail} Nothing was simulated.`));
        else resolve(message);
      };
      worker.on('message', listen);
      worker.postMessage(request);
    });
    return Promise.race([answer, this.stopped]);
  }

  async read(csv: string): Promise<ReplayFile> {
    const message = await this.ask(this.workers[0] ?? this.start(), { kind: 'read', csv }, (rows, share) => this.report(rows, share));
    if (message.kind !== 'file') throw new Error(`A worker answered ${message.kind} where a file was due`);
    return message.file;
  }

  /** Replications 0 … count − 1, each on whichever worker is free. */
  async replicate(count: number, threads: number, request: (replication: number) => SimulationRequest): Promise<ReplicationAnswer[]> {
    const answers: ReplicationAnswer[] = [];
    let next = 0;
    let finished = 0;
    const tally = (): void => {
      const running = [...this.shares.values()];
      this.report(
        this.eventsBefore + running.reduce((sum, { events }) => sum + events, 0),
        (finished + running.reduce((sum, { share }) => sum + share, 0)) / count,
      );
    };
    const work = async (worker: Worker): Promise<void> => {
      while (next < count) {
        const replication = next++;
        const message = await this.ask(worker, request(replication), (events, share) => {
          this.shares.set(worker, { events, share });
          tally();
        });
        if (message.kind !== 'answer') throw new Error(`A worker answered ${message.kind} where a replication was due`);
        answers[replication] = message.answer;
        this.eventsBefore += message.answer.events;
        this.shares.delete(worker);
        finished += 1;
        tally();
      }
    };
    while (this.workers.length < Math.min(threads, count)) this.start();
    await Promise.all(this.workers.map(work));
    return answers;
  }

  cancel(): void {
    this.stop(new Failure('cancelled', CANCELLED));
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

/**
 * Runs a scenario in worker threads: replications in parallel, results the same on any number of them.
 *
 * @throws Failure `invalid-input` for an unsound scenario or an unreadable events file, `cancelled` when the signal was
 *   raised
 */
export async function runSimulation(job: SimulationJob, options: SimulationOptions = {}): Promise<SimulationOutcome> {
  const preparation = prepareScenario(job.body, job.settings);
  if (!preparation.ok) {
    const lines = preparation.findings.map(({ path, message }) => `${path}: ${message}`);
    throw new Failure('invalid-input', `The scenario has mistakes, nothing was simulated.\n${lines.join('\n')}`);
  }
  const { scenario } = preparation.prepared;
  if (options.signal?.aborted) throw new Failure('cancelled', CANCELLED);

  let phase: SimulationProgress['phase'] = 'simulating';
  let started = performance.now();
  const pool = new Pool({ body: job.body, settings: job.settings ?? {} }, (done, share) => {
    const seconds = (performance.now() - started) / 1000;
    options.progress?.({
      phase,
      share: Math.min(1, share),
      done,
      perSecond: seconds > 0 ? done / seconds : 0,
      secondsLeft: share > 0.01 ? (seconds / share) * (1 - Math.min(1, share)) : null,
    });
  });
  const cancel = (): void => pool.cancel();
  options.signal?.addEventListener('abort', cancel);
  try {
    let replay = job.replay ?? null;
    if (replay === null && job.csv !== null) {
      phase = 'reading';
      replay = await pool.read(job.csv);
      phase = 'simulating';
      started = performance.now();
    }
    const columns = replay?.columns ?? null;
    const answers = await pool.replicate(scenario.replications, options.workers ?? availableParallelism(), (replication) => ({
      kind: 'replicate',
      replication,
      columns,
      detail: job.detail === true && replication === 0,
    }));
    const first = answers[0]!;
    const keys = scenario.badges.map((badge) => badge.key);
    const bands =
      scenario.replications === 1
        ? null
        : Object.fromEntries(keys.map((key) => [key, badgeBands(answers.map((answer) => answer.badges[key]!))]));
    const events = { total: first.events, skipped: replay?.skipped ?? 0, badRows: replay?.badRows ?? 0 };
    return { result: resultOf(scenario, events, first.badges, bands), badRows: replay?.firstBadRows ?? [], detail: first.detail, replay };
  } finally {
    options.signal?.removeEventListener('abort', cancel);
    await pool.close();
  }
}
