import { Worker } from 'node:worker_threads';
import { Failure, type FailureWire } from '../../../shared/ipc/errors';
import type { OrgSettings } from '../../../shared/domain/settings';
import type { Instant } from '../../../shared/domain/instant';
import { workerUrl } from '../process/worker-url';
import { newCredentials, type Credentials } from './credentials';
import type { PracticeNews, QuestionAnswer, QuestionInput, QuestionName } from './questions';
import type { FaultPlan } from '../../../shared/gateway/fault-plan';
import { message } from '../../../shared/words/message';

/** How a practice org is started. */
export interface PracticeOrgStart {
  /** Absolute path of the org's own file; null keeps the org in memory until it stops. */
  file: string | null;
  /** 0 for any free port. */
  port: number;
  settings: Partial<OrgSettings>;
  faults: FaultPlan | null;
  /** Where the clock stands; null or absent: it runs with the machine's. */
  clock?: Instant | null;
  /** Null lets every program on this machine in; absent: a new pair is made. */
  credentials?: Credentials | null;
  /** Folder of pictures that are served, absolute; absent: none are. */
  pictures?: string | null;
}

/** A practice org that answers. */
export interface RunningPracticeOrg {
  url: string;
  credentials: Credentials | null;
  /** How things stood when it began to listen. */
  news: PracticeNews;
  /** Finishes the calls under way, then ends. */
  stop(): Promise<void>;
  /** Calls the listener at most ten times a second with what has come in meanwhile; returns the way to end that. */
  onNews(listener: (news: PracticeNews) => void): () => void;
  /** @throws Failure `not-found` for what the org does not have, or when it has ended */
  ask<Q extends QuestionName>(name: Q, input: QuestionInput<Q>): Promise<QuestionAnswer<Q>>;
  /** Resolves when the org has ended, with what ended it, or null when it was stopped. */
  readonly ended: Promise<Failure | null>;
}

/** What the worker is started with. */
export interface GatewayTask {
  file: string | null;
  port: number;
  settings: Partial<OrgSettings>;
  faults: FaultPlan | null;
  clock: Instant | null;
  credentials: Credentials | null;
  pictures: string | null;
}

/** What the host tells its worker. */
export type HostMessage =
  | { kind: 'stop' }
  | { [Q in QuestionName]: { kind: 'question'; id: number; name: Q; input: QuestionInput<Q> } }[QuestionName];

/** What the worker tells its host. */
export type GatewayMessage =
  | { kind: 'listening'; port: number; news: PracticeNews }
  | { kind: 'news'; news: PracticeNews }
  | { kind: 'answer'; id: number; answer: QuestionAnswer<QuestionName> }
  | { kind: 'refused'; id: number; failure: FailureWire }
  | { kind: 'failed'; failure: FailureWire };

const ENDED = message('practice.endedUnexpectedly');

interface Waiting {
  resolve(answer: QuestionAnswer<QuestionName>): void;
  reject(failure: Failure): void;
}

/**
 * Starts a practice org in a thread of its own, so that a load of calls never makes the window wait.
 *
 * @throws Failure `conflict` when the port is taken, `database` or `database-newer` when the file cannot be used
 */
export async function startPracticeOrg(start: PracticeOrgStart): Promise<RunningPracticeOrg> {
  const credentials = start.credentials === undefined ? newCredentials() : start.credentials;
  const { file, port, settings, faults, clock = null, pictures = null } = start;
  const task: GatewayTask = { file, port, settings, faults, clock, credentials, pictures };
  const worker = new Worker(workerUrl('practice'), { workerData: task });
  const listeners = new Set<(news: PracticeNews) => void>();
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isStopping = false;
  let hasEnded = false;
  let failure: Failure | null = null;

  const listening = new Promise<{ port: number; news: PracticeNews }>((resolve, reject) => {
    worker.on('message', (told: GatewayMessage) => {
      switch (told.kind) {
        case 'listening':
          resolve(told);
          break;
        case 'news':
          for (const listener of listeners) listener(told.news);
          break;
        case 'answer':
          waiting.get(told.id)?.resolve(told.answer);
          waiting.delete(told.id);
          break;
        case 'refused':
          waiting.get(told.id)?.reject(Failure.fromWire(told.failure));
          waiting.delete(told.id);
          break;
        case 'failed':
          failure = Failure.fromWire(told.failure);
          reject(failure);
          break;
      }
    });
    worker.once('error', (error) => {
      const reason = error instanceof Error ? error.message : String(error);
      failure ??= new Failure('internal', message('practice.endedBecause', { reason }));
      reject(failure);
    });
    worker.once('exit', () => reject(failure ?? new Failure('internal', ENDED)));
  });
  const ended = new Promise<Failure | null>((resolve) => {
    worker.once('exit', () => {
      hasEnded = true;
      for (const { reject } of waiting.values()) reject(notRunning());
      waiting.clear();
      resolve(isStopping ? null : (failure ?? new Failure('internal', ENDED)));
    });
  });

  const { port: boundPort, news } = await listening;
  return {
    url: `http://127.0.0.1:${boundPort}`,
    credentials,
    news,
    ended,
    stop: async () => {
      isStopping = true;
      post(worker, { kind: 'stop' });
      await ended;
    },
    onNews: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ask: <Q extends QuestionName>(name: Q, input: QuestionInput<Q>): Promise<QuestionAnswer<Q>> => {
      if (hasEnded) return Promise.reject(notRunning());
      const id = ++lastId;
      return new Promise<QuestionAnswer<Q>>((resolve, reject) => {
        waiting.set(id, { resolve: (answer) => resolve(answer as QuestionAnswer<Q>), reject });
        post(worker, { kind: 'question', id, name, input } as HostMessage);
      });
    },
  };
}

/** @returns the failure of whatever is asked of a practice org that does not run */
export function notRunning(): Failure {
  return new Failure('not-found', message('practice.startToSee'));
}

function post(worker: Worker, message: HostMessage): void {
  worker.postMessage(message);
}
