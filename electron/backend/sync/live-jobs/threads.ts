import { Worker } from 'node:worker_threads';
import type { StoredConnection } from '../../../../db/workspace/connections';
import type { LiveJob } from '../../../../db/workspace/live-jobs';
import type { LiveJobView } from '../../../../shared/ipc/sync-contract';
import { inEnglish } from '../../../../shared/words/english';
import { message, type Message } from '../../../../shared/words/message';
import { releaseSource } from '../../customers/resolve-source';
import { workerUrl } from '../../process/worker-url';
import type { Authorization } from '../client/gateway-client';
import { remoteOrgOf, type OrgSession, type OrgSessions } from '../client/org-sessions';
import type { SyncContext } from '../context';
import type { FromLiveJob, LiveJobTask, ToLiveJob } from './live-job.worker';
import type { Stop } from './run-stop';
import { releaseTakeBack } from './take-back/source';
import { liveJobView } from './view';

/** What the threads of live jobs tell of a job, by its key. */
export interface ThreadReports {
  /** How far it is. */
  view(view: LiveJobView): void;
  /** It ended before its customers were read to the end; `words` say why, null: it was told to. */
  unread(key: number, words: string | null): void;
  /** It stopped by a fault; `wayOut` says what helps, null: nothing is known to. */
  crashed(key: number, wayOut: Message | null): void;
  /** Its thread is gone, and with it the thread's connection to the workspace. */
  gone(key: number): void;
}

interface JobThread {
  worker: Worker;
  connectionKey: number;
  view: LiveJobView;
  ended: Promise<void>;
}

const NO_CONNECTION: Authorization = {
  ok: false,
  outcome: { kind: 'unauthorized', status: 0, sentence: message('jobs.connectionDeleted') },
};

const CUSTOMERS_UNREADABLE = inEnglish(message('jobs.customersUnreadable'));

/** The threads that live jobs run in: starts, hears, answers and stops them; what becomes of the jobs others decide. */
export class JobThreads {
  readonly #context: SyncContext;
  readonly #sessions: OrgSessions;
  readonly #reports: ThreadReports;
  readonly #threads = new Map<number, JobThread>();
  #isClosing = false;

  constructor(context: SyncContext, sessions: OrgSessions, reports: ThreadReports) {
    this.#context = context;
    this.#sessions = sessions;
    this.#reports = reports;
  }

  has(key: number): boolean {
    return this.#threads.has(key);
  }

  /** How far a job is that has a thread; undefined where it has none. */
  viewOf(key: number): LiveJobView | undefined {
    return this.#threads.get(key)?.view;
  }

  /** Resolves once a job has no thread. */
  async ended(key: number): Promise<void> {
    await this.#threads.get(key)?.ended;
  }

  /**
   * Starts the thread of a job. What `source` holds is let go when the thread is gone.
   *
   * @param stop how it ends as soon as it has looked up what left before
   * @throws whatever keeps a thread from being started
   */
  start(job: LiveJob, connection: StoredConnection, source: LiveJobTask['source'], stop: Stop | null): void {
    const { workspace, times, workspaceFile, log } = this.#context;
    const task: LiveJobTask = {
      ...{ workspaceFile, jobKey: job.key, times, source, stop },
      org: remoteOrgOf(connection),
      ...{ chunkSize: connection.chunkSize, parallel: connection.parallel, perSecond: connection.perSecond },
      rate: this.#sessions.of(connection).rate.shared,
    };
    const worker = new Worker(workerUrl('live-job'), { workerData: task });
    let isSaid = false;
    worker.on('message', (said: FromLiveJob) => {
      isSaid ||= said.kind === 'ended' || said.kind === 'unreadable' || said.kind === 'crashed';
      this.#hear(job.key, worker, said);
    });
    worker.on('error', (error: unknown) => {
      log.error({ err: error, job: job.key }, 'a live job failed');
    });
    const ended = new Promise<void>((resolve) => {
      // Only once the worker is gone is its connection to the workspace closed.
      worker.once('exit', () => {
        if (this.#threads.get(job.key)?.worker === worker) this.#threads.delete(job.key);
        letGo(source);
        if (!isSaid && !this.#isClosing) this.#reports.crashed(job.key, null);
        resolve();
        this.#reports.gone(job.key);
      });
    });
    const view = liveJobView(workspace.liveJobs, job, null);
    this.#threads.set(job.key, { worker, connectionKey: connection.key, view, ended });
    this.#reports.view(view);
  }

  /** Resolves once the thread of a job, where it has one, has ended as it was told. */
  async stop(key: number, how: Stop): Promise<void> {
    const thread = this.#threads.get(key);
    if (!thread) return;
    thread.worker.postMessage({ kind: 'stop', how } satisfies ToLiveJob);
    await thread.ended;
  }

  /** Ends all where they are. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all([...this.#threads.keys()].map((key) => this.stop(key, 'closed')));
  }

  #hear(key: number, worker: Worker, said: FromLiveJob): void {
    const { log } = this.#context;
    switch (said.kind) {
      case 'authorize':
        void this.#authorize(key, worker, said.count);
        break;
      case 'passage':
        void this.#tellPassage(worker, said);
        break;
      case 'rejected':
        this.#sessionOf(key)?.authorizer.rejected(said.header);
        break;
      case 'reached': {
        const session = this.#sessionOf(key);
        if (session) session.state = said.how;
        break;
      }
      case 'view': {
        const thread = this.#threads.get(key);
        if (thread) thread.view = said.view;
        this.#reports.view(said.view);
        break;
      }
      case 'ended':
        if (said.end === 'unread') this.#reports.unread(key, null);
        break;
      case 'unreadable':
        log.warn({ job: key, detail: said.detail }, 'the customers of a live job could not be read');
        this.#reports.unread(key, said.words ?? CUSTOMERS_UNREADABLE);
        break;
      case 'crashed':
        log.error({ job: key, detail: said.detail }, 'a live job stopped');
        this.#reports.crashed(key, said.wayOut);
        break;
    }
  }

  async #authorize(key: number, worker: Worker, count: number): Promise<void> {
    const authorization = (await this.#sessionOf(key)?.authorizer.authorize()) ?? NO_CONNECTION;
    const authorizations = Array.from({ length: count }, () => authorization);
    worker.postMessage({ kind: 'authorizations', authorizations } satisfies ToLiveJob);
  }

  async #tellPassage(worker: Worker, { id, url, version }: Extract<FromLiveJob, { kind: 'passage' }>): Promise<void> {
    const found = await this.#context.network.passageTo(new URL(url));
    const isKnown = 'trust' in found && found.trust.version === version;
    const passage = isKnown ? { ways: found.ways, version } : found;
    worker.postMessage({ kind: 'passage', id, passage } satisfies ToLiveJob);
  }

  #sessionOf(key: number): OrgSession | null {
    const connectionKey = this.#threads.get(key)?.connectionKey ?? 0;
    const session = this.#sessions.known(connectionKey);
    if (session) return session;
    const connection = this.#context.workspace.connections.find(connectionKey);
    return connection ? this.#sessions.of(connection) : null;
  }
}

function letGo(source: LiveJobTask['source']): void {
  if (source?.kind === 'customers') releaseSource(source.source);
  else if (source?.kind === 'take-back') releaseTakeBack(source.rows);
  else if (source?.kind === 'import') releaseSource({ ...source.rows, kind: 'file' });
}
