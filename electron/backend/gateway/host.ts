import { Worker } from 'node:worker_threads';
import { Failure, type FailureWire } from '../../../shared/ipc/errors';
import type { OrgSettings } from '../../../shared/domain/settings';
import { workerUrl } from '../worker-url';
import type { ActivityListener, GatewayActivity } from './activity';
import { newCredentials, type Credentials } from './credentials';
import type { FaultPlan } from './faults';

/** How a practice org is started. */
export interface PracticeOrgStart {
  /** Absolute path of the org's own file; null keeps the org in memory until it stops. */
  file: string | null;
  /** 0 for any free port. */
  port: number;
  settings: Partial<OrgSettings>;
  faults: FaultPlan | null;
  /** Null lets every program on this machine in; absent: a new pair is made. */
  credentials?: Credentials | null;
}

/** A practice org that answers. */
export interface RunningPracticeOrg {
  url: string;
  credentials: Credentials | null;
  /** Finishes the calls under way, then ends. */
  stop(): Promise<void>;
  /** Calls the listener for each request from now on, in order; returns the way to end that. */
  onActivity(listener: ActivityListener): () => void;
  /** Resolves when the org has ended, with what ended it, or null when it was stopped. */
  readonly ended: Promise<Failure | null>;
}

/** What the worker is started with. */
export interface GatewayTask {
  file: string | null;
  port: number;
  settings: Partial<OrgSettings>;
  faults: FaultPlan | null;
  credentials: Credentials | null;
}

/** What the worker tells its host. */
export type GatewayMessage =
  | { kind: 'listening'; port: number }
  | { kind: 'activity'; activities: readonly GatewayActivity[] }
  | { kind: 'failed'; failure: FailureWire };

const ENDED = 'The practice org ended unexpectedly. What it answered is kept; start it again.';

/**
 * Starts a practice org in a thread of its own, so that a load of calls never makes the window wait.
 *
 * @throws Failure `conflict` when the port is taken, `database` or `database-newer` when the file cannot be used
 */
export async function startPracticeOrg(start: PracticeOrgStart): Promise<RunningPracticeOrg> {
  const credentials = start.credentials === undefined ? newCredentials() : start.credentials;
  const { file, port, settings, faults } = start;
  const task: GatewayTask = { file, port, settings, faults, credentials };
  const worker = new Worker(workerUrl('gateway'), { workerData: task });
  const listeners = new Set<ActivityListener>();
  let isStopping = false;
  let failure: Failure | null = null;

  const listening = new Promise<number>((resolve, reject) => {
    worker.on('message', (message: GatewayMessage) => {
      switch (message.kind) {
        case 'listening':
          resolve(message.port);
          break;
        case 'activity':
          for (const activity of message.activities) for (const listener of listeners) listener(activity);
          break;
        case 'failed':
          failure = Failure.fromWire(message.failure);
          reject(failure);
          break;
      }
    });
    worker.once('error', (error) => {
      failure ??= new Failure('internal', `${ENDED} (${error instanceof Error ? error.message : String(error)})`);
      reject(failure);
    });
    worker.once('exit', () => reject(failure ?? new Failure('internal', ENDED)));
  });
  const ended = new Promise<Failure | null>((resolve) => {
    worker.once('exit', () => resolve(isStopping ? null : (failure ?? new Failure('internal', ENDED))));
  });

  const boundPort = await listening;
  return {
    url: `http://127.0.0.1:${boundPort}`,
    credentials,
    ended,
    stop: async () => {
      isStopping = true;
      worker.postMessage('stop');
      await ended;
    },
    onActivity: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
