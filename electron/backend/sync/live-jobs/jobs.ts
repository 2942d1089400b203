import { Worker } from 'node:worker_threads';
import { wayOutOf } from '../../../../db/failures';
import type { StoredConnection } from '../../../../db/workspace/connections';
import type { LiveJob, LiveJobState } from '../../../../db/workspace/live-jobs';
import { Failure } from '../../../../shared/ipc/errors';
import type { LiveJobView } from '../../../../shared/ipc/sync-contract';
import { workerUrl } from '../../process/worker-url';
import type { JobsOfConnections } from '../connections/handlers';
import type { Authorization } from '../client/gateway-client';
import { releaseSource } from '../../customers/resolve-source';
import { JobDrafts } from './look-ahead/drafts';
import { chancesIn } from './second-chance';
import type { LiveJobSource } from './source';
import type { ImportOrder } from './import/rows';
import type { TakeBackOrder } from './take-back/rows';
import type { LiveAction } from '../../../../shared/ipc/take-back-contract';
import { releaseTakeBack } from './take-back/source';
import { liveJobView } from './view';
import type { FromLiveJob, LiveJobTask, ToLiveJob } from './live-job.worker';
import { remoteOrgOf, type OrgSession, type OrgSessions } from '../client/org-sessions';
import type { Stop } from './run-stop';
import type { SyncContext } from '../context';
import { inEnglish } from '../../../../shared/words/english';
import { message, type MessageKey, type Message } from '../../../../shared/words/message';

/** What a person decided about a job before its customers are read. */
export type LiveJobOrder = Pick<
  LiveJob,
  'badgeName' | 'remoteBadgeId' | 'action' | 'ownerType' | 'referenceId' | 'eventDate' | 'source'
>;

interface RunningJob {
  worker: Worker;
  connectionKey: number;
  view: LiveJobView;
  ended: Promise<void>;
}

const NO_CONNECTION: Authorization = {
  ok: false,
  outcome: { kind: 'unauthorized', status: 0, sentence: message('jobs.connectionDeleted') },
};
const CUT_SHORT = inEnglish(message('jobs.cutShort'));
const CANCELLED_UNREAD = inEnglish(message('jobs.cancelledUnread'));
const CUSTOMERS_UNREADABLE = inEnglish(message('jobs.customersUnreadable'));
const FAULT = inEnglish(message('jobs.fault'));

/** How a job stopped, in words. */
function stopped(wayOut: Message | null): string {
  return wayOut === null ? FAULT : inEnglish(message('jobs.notWrittenDown', { wayOut }));
}

/** How a job ended whose customers were not all read, in words. */
function unread(wayOut: Message | null): string {
  return inEnglish(message('jobs.notAllNoted', { why: wayOut ?? message('jobs.ownFault') }));
}

/** Runs live jobs, each in a thread of its own, and starts those again that a quit or a crash interrupted. */
export class LiveJobs implements JobsOfConnections {
  readonly #context: SyncContext;
  readonly #sessions: OrgSessions;
  readonly #running = new Map<number, RunningJob>();
  readonly #watchers = new Set<(view: LiveJobView) => void>();
  /** Jobs whose end could not be written down: a full disk must neither end Laurel nor leave them shown as running. */
  readonly #unwritten = new Map<number, Pick<LiveJobView, 'state' | 'note'>>();
  readonly drafts: JobDrafts;
  #isClosing = false;

  constructor(context: SyncContext, sessions: OrgSessions) {
    this.drafts = new JobDrafts(context);
    this.#context = context;
    this.#sessions = sessions;
  }

  /** Goes on with what was under way when Laurel ended. */
  resumeAll(): void {
    const { liveJobs, connections } = this.#context.workspace;
    for (const job of liveJobs.list()) {
      if (job.state === 'reading') this.#drop(job.key, CUT_SHORT);
      if (job.state !== 'running' && job.state !== 'waiting-for-org') continue;
      const connection = connections.find(job.connectionKey);
      if (connection) this.#start(job, connection, null);
      else liveJobs.setState(job.key, 'paused', inEnglish(message('jobs.itsConnectionDeleted')));
    }
  }

  /** @throws Failure `conflict` when a job that is not over does the same to the same badge */
  start(
    connection: StoredConnection,
    order: LiveJobOrder,
    source: LiveJobSource | TakeBackOrder | ImportOrder,
  ): LiveJobView {
    const { workspace, now, randomBytes } = this.#context;
    const rival = workspace.liveJobs.findRival(connection.key, order.remoteBadgeId, order.action);
    if (rival) {
      throw new Failure('conflict', message(RIVALS[order.action], { badge: rival.badgeName }));
    }
    const job = workspace.liveJobs.add({
      ...order,
      uid: Buffer.from(randomBytes(6)).toString('hex'),
      connectionKey: connection.key,
      connectionName: connection.name,
      startedOn: now(),
    });
    return this.#start(job, connection, source).view;
  }

  view(key: number): LiveJobView {
    const { liveJobs } = this.#context.workspace;
    const running = this.#running.get(key);
    return running?.view ?? { ...liveJobView(liveJobs, liveJobs.get(key), null), ...this.#unwritten.get(key) };
  }

  list(): LiveJobView[] {
    return this.#context.workspace.liveJobs.list().map(({ key }) => this.view(key));
  }

  async pause(key: number): Promise<LiveJobView> {
    await this.#stop(key, 'paused');
    return this.view(key);
  }

  resume(connection: StoredConnection, key: number): LiveJobView {
    const { liveJobs } = this.#context.workspace;
    const job = liveJobs.get(key);
    if (job.state !== 'paused' && this.#unwritten.get(key)?.state !== 'paused')
      throw notIn(job.state, message('jobs.onlyPausedResumes'));
    liveJobs.setState(key, 'running', null);
    this.#unwritten.delete(key);
    return this.#start(liveJobs.get(key), connection, null).view;
  }

  /** Sends nothing more. What left before is still looked up where nobody knows what became of it. */
  async cancel(key: number, connection: StoredConnection | undefined): Promise<LiveJobView> {
    const { liveJobs } = this.#context.workspace;
    const job = liveJobs.get(key);
    if (job.state === 'done' || job.state === 'cancelled') return this.view(key);
    if (!this.#running.has(key) && connection) this.#start(job, connection, null);
    if (this.#running.has(key)) await this.#stop(key, 'cancelled');
    else liveJobs.setState(key, 'cancelled', inEnglish(message('jobs.cancelled')), this.#context.now());
    return this.view(key);
  }

  retryRefused(connection: StoredConnection, key: number): LiveJobView {
    const { liveJobs } = this.#context.workspace;
    const job = liveJobs.get(key);
    if (job.state !== 'done' && job.state !== 'paused') throw notIn(job.state, message('jobs.onlyEndedRetries'));
    const rival = liveJobs.findRival(job.connectionKey, job.remoteBadgeId, job.action);
    if (rival && rival.key !== key) throw notIn(job.state, message('jobs.otherNotOver', { name: job.badgeName }));
    if (liveJobs.reopenRefused(key, chancesIn(job.action)) === 0)
      throw new Failure('conflict', message('jobs.noneToRetry', { org: job.connectionName }));
    liveJobs.setState(key, 'running', null);
    return this.#start(liveJobs.get(key), connection, null).view;
  }

  /** @returns the way to end it */
  watch(listener: (view: LiveJobView) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  hasUnfinished(connectionKey: number): boolean {
    return this.#ofConnection(connectionKey).some(({ state }) => state !== 'done' && state !== 'cancelled');
  }

  forgetDraft(connectionKey: number): void {
    this.drafts.keep(connectionKey, null);
  }

  async pauseAll(connectionKey: number, note: string): Promise<void> {
    for (const { key } of this.#ofConnection(connectionKey)) {
      if (!this.#running.has(key)) continue;
      await this.#stop(key, 'paused');
      const { liveJobs } = this.#context.workspace;
      if (liveJobs.get(key).state === 'paused') liveJobs.setState(key, 'paused', note);
    }
  }

  /** Ends all runs where they are; they go on at the next start. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all([...this.#running.keys()].map((key) => this.#stop(key, 'closed')));
  }

  #ofConnection(connectionKey: number): LiveJob[] {
    return this.#context.workspace.liveJobs.list().filter((job) => job.connectionKey === connectionKey);
  }

  async #stop(key: number, how: Stop): Promise<void> {
    const running = this.#running.get(key);
    if (!running) return;
    running.worker.postMessage({ kind: 'stop', how } satisfies ToLiveJob);
    await running.ended;
  }

  #start(job: LiveJob, connection: StoredConnection, source: LiveJobTask['source']): RunningJob {
    const { workspace, times, workspaceFile, log } = this.#context;
    const task: LiveJobTask = {
      ...{ workspaceFile, jobKey: job.key, times, source },
      org: remoteOrgOf(connection),
      ...{ chunkSize: connection.chunkSize, parallel: connection.parallel, perSecond: connection.perSecond },
      rate: this.#sessions.of(connection).rate.shared,
    };
    const worker = new Worker(workerUrl('live-job'), { workerData: task });
    let isSaid = false;
    worker.on('message', (message: FromLiveJob) => {
      isSaid ||= message.kind === 'ended' || message.kind === 'unreadable' || message.kind === 'crashed';
      this.#hear(job.key, worker, message);
    });
    worker.on('error', (error: unknown) => {
      log.error({ err: error, job: job.key }, 'a live job failed');
    });
    const ended = new Promise<void>((resolve) => {
      // Only once the worker is gone is its connection to the workspace closed.
      worker.once('exit', () => {
        this.#running.delete(job.key);
        if (source?.kind === 'customers') releaseSource(source.source);
        else if (source?.kind === 'take-back') releaseTakeBack(source.rows);
        else if (source?.kind === 'import') releaseSource({ ...source.rows, kind: 'file' });
        if (!isSaid && !this.#isClosing) this.#pausedBy(job.key, null);
        try {
          this.#tell(this.view(job.key));
        } catch (error) {
          log.error({ err: error, job: job.key }, 'the end of a live job could not be told');
        }
        resolve();
      });
    });
    const view = liveJobView(workspace.liveJobs, job, null);
    const running: RunningJob = { worker, connectionKey: connection.key, view, ended };
    this.#running.set(job.key, running);
    this.#tell(running.view);
    return running;
  }

  #hear(key: number, worker: Worker, message: FromLiveJob): void {
    const { log } = this.#context;
    switch (message.kind) {
      case 'authorize':
        void this.#authorize(key, worker, message.count);
        break;
      case 'passage':
        void this.#tellPassage(worker, message);
        break;
      case 'rejected':
        this.#sessionOf(key)?.authorizer.rejected(message.header);
        break;
      case 'reached': {
        const session = this.#sessionOf(key);
        if (session) session.state = message.how;
        break;
      }
      case 'view': {
        const running = this.#running.get(key);
        if (running) running.view = message.view;
        this.#tell(message.view);
        break;
      }
      case 'ended':
        if (message.end === 'unread') this.#drop(key, this.#isClosing ? CUT_SHORT : CANCELLED_UNREAD);
        break;
      case 'unreadable':
        log.warn({ job: key, detail: message.detail }, 'the customers of a live job could not be read');
        this.#drop(key, message.words ?? CUSTOMERS_UNREADABLE);
        break;
      case 'crashed':
        log.error({ job: key, detail: message.detail }, 'a live job stopped');
        this.#pausedBy(key, message.wayOut);
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
    const connectionKey = this.#running.get(key)?.connectionKey ?? 0;
    const session = this.#sessions.known(connectionKey);
    if (session) return session;
    const connection = this.#context.workspace.connections.find(connectionKey);
    return connection ? this.#sessions.of(connection) : null;
  }

  #drop(key: number, note: string): void {
    const { workspace, now } = this.#context;
    this.#write(key, { state: 'cancelled', note }, () =>
      workspace.transaction(() => {
        workspace.liveJobs.dropCustomers(key);
        workspace.liveJobs.setState(key, 'cancelled', note, now());
      }),
    );
  }

  #pausedBy(key: number, wayOut: Message | null): void {
    const { liveJobs } = this.#context.workspace;
    // Resumed, it would be done with as many customers as were read by then, if any.
    if (liveJobs.find(key)?.state === 'reading') {
      this.#drop(key, unread(wayOut));
      return;
    }
    const note = stopped(wayOut);
    this.#write(key, { state: 'paused', note }, () => liveJobs.setState(key, 'paused', note));
  }

  /** Writes down how a job ended; where that fails, it is known until Laurel ends, and found out anew at the next start. */
  #write(key: number, end: { state: 'paused' | 'cancelled'; note: string }, work: () => void): void {
    try {
      work();
      this.#unwritten.delete(key);
    } catch (error) {
      this.#context.log.error({ err: error, job: key }, 'the end of a live job could not be written down');
      const wayOut = wayOutOf(error, [this.#context.workspaceFile]);
      this.#unwritten.set(key, {
        ...end,
        note: end.state === 'paused' && wayOut !== null ? stopped(wayOut) : end.note,
      });
    }
  }

  #tell(view: LiveJobView): void {
    for (const watcher of [...this.#watchers]) watcher(view);
  }
}

const RIVALS = {
  enrol: 'jobs.rivalEnrols',
  award: 'jobs.rivalAwards',
  'revoke-enrolment': 'jobs.rivalTakesBack',
  'revoke-award': 'jobs.rivalTakesBack',
  import: 'jobs.rivalImports',
} as const satisfies Record<LiveAction, MessageKey>;

const STATES = {
  reading: 'jobs.isRunning',
  running: 'jobs.isRunning',
  paused: 'jobs.isPaused',
  'waiting-for-org': 'jobs.isWaiting',
  done: 'jobs.isDone',
  cancelled: 'jobs.isCancelled',
} as const satisfies Record<LiveJobState, MessageKey>;

function notIn(state: LiveJobState, rule: Message): Failure {
  return new Failure('conflict', message('jobs.notIn', { rule, state: message(STATES[state]) }));
}
