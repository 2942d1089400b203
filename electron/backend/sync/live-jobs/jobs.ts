import { Worker } from 'node:worker_threads';
import { wayOutOf } from '../../../../db/failures';
import type { StoredConnection } from '../../../../db/workspace/connections';
import { waits, type JobWait, type LiveJob, type LiveJobState } from '../../../../db/workspace/live-jobs';
import { toIso } from '../../../../shared/domain/instant';
import type { JobBegin } from '../../../../shared/ipc/job-queue-contract';
import { Failure } from '../../../../shared/ipc/errors';
import type { LiveJobView } from '../../../../shared/ipc/sync-contract';
import { workerUrl } from '../../process/worker-url';
import type { JobsOfConnections } from '../connections/handlers';
import type { Authorization } from '../client/gateway-client';
import { releaseSource } from '../../customers/resolve-source';
import { LiveForms, type LiveForm } from './look-ahead/drafts';
import { dueOf, inTurn, lookIn } from './queue';
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

/**
 * Asks an org about a job that waited, before it begins by itself.
 *
 * @returns why every row of it would be refused; null: nothing is known that would
 */
export type LookBefore = (connection: StoredConnection, job: LiveJob) => Promise<Message | null>;

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
/** Milliseconds between two looks at the clock while a job waits for its time: so sleep and a clock that is set are noticed. */
const LOOK_EVERY = 10_000;
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
  readonly forms: LiveForms;
  readonly #lookEvery: number;
  readonly #before: LookBefore;
  /** Their turn has come, and the org is asked before they begin. */
  readonly #beginning = new Set<number>();
  /** Something is being done with them: they do not begin by themselves meanwhile. */
  readonly #held = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isClosing = false;

  /**
   * @param before asked before a job that waited begins by itself
   * @param lookEvery milliseconds, at most, between two looks at the clock while a job waits for its time
   */
  constructor(
    context: SyncContext,
    sessions: OrgSessions,
    before: LookBefore = () => Promise.resolve(null),
    lookEvery = LOOK_EVERY,
  ) {
    this.#before = before;
    this.#lookEvery = lookEvery;
    this.forms = new LiveForms(context);
    this.#context = context;
    this.#sessions = sessions;
  }

  /** Goes on with what was under way when Laurel ended. What waits goes on waiting; whose time went by meanwhile is asked about. */
  resumeAll(): void {
    const { liveJobs, connections } = this.#context.workspace;
    for (const job of liveJobs.list()) {
      if (job.state === 'reading') this.#drop(job.key, CUT_SHORT);
      if (job.state !== 'running' && job.state !== 'waiting-for-org' && job.state !== 'queued') continue;
      const connection = connections.find(job.connectionKey);
      if (!connection) this.#ask(job.key, message('jobs.itsConnectionDeleted'));
      else if (job.state !== 'queued') this.#startBySelf(job.key, connection);
    }
    this.#look('jobs.missedShut');
  }

  /**
   * Reads the customers of a job, and begins with it, or has it wait.
   *
   * @param form how one that waits was filled in, kept with it
   * @throws Failure `conflict` when a job that is not over does the same to the same badge and this one would begin beside
   *   it, `invalid-input` when its time is over
   */
  start(
    connection: StoredConnection,
    order: LiveJobOrder,
    source: LiveJobSource | TakeBackOrder | ImportOrder,
    begin: JobBegin = { kind: 'now' },
    form: LiveForm | null = null,
  ): LiveJobView {
    const { workspace, now, randomBytes } = this.#context;
    if (begin.kind === 'now') this.#requireNoRival(connection.key, order);
    const wait = this.#waitOf(connection.key, begin);
    const job = workspace.transaction(() => {
      const added = workspace.liveJobs.add({
        ...order,
        ...wait,
        uid: Buffer.from(randomBytes(6)).toString('hex'),
        connectionKey: connection.key,
        connectionName: connection.name,
        startedOn: now(),
      });
      if (begin.kind !== 'now' && form) this.forms.of(order.action).keepForm(added.key, form);
      return added;
    });
    return this.#startOrPause(job.key, connection, source).view;
  }

  view(key: number): LiveJobView {
    const { liveJobs } = this.#context.workspace;
    const running = this.#running.get(key);
    if (running) return running.view;
    const job = liveJobs.get(key);
    return { ...liveJobView(liveJobs, job, null), ...this.#placeOf(job), ...this.#unwritten.get(key) };
  }

  list(): LiveJobView[] {
    return this.#context.workspace.liveJobs.list().map(({ key }) => this.view(key));
  }

  async pause(key: number): Promise<LiveJobView> {
    await this.#holding(key, async () => {
      await this.#stop(key, 'paused');
      const job = this.#context.workspace.liveJobs.get(key);
      if (job.state === 'queued') this.#leaveQueue(job, 'paused', null);
    });
    return this.view(key);
  }

  async resume(connection: StoredConnection, key: number): Promise<LiveJobView> {
    const { liveJobs } = this.#context.workspace;
    await this.#holding(key, () => {
      const job = liveJobs.get(key);
      if (job.state !== 'paused' && this.#unwritten.get(key)?.state !== 'paused')
        throw notIn(job.state, message('jobs.onlyPausedResumes'));
      this.#requireNoRival(connection.key, job);
      if (this.#isUntouched(job)) this.#begin(job);
      else liveJobs.setState(key, 'running', null);
      this.#unwritten.delete(key);
      this.#startOrPause(key, connection);
    });
    return this.view(key);
  }

  /** Sends nothing more. What left before is still looked up where nobody knows what became of it. */
  async cancel(key: number, connection: StoredConnection | undefined): Promise<LiveJobView> {
    const { liveJobs } = this.#context.workspace;
    await this.#holding(key, async () => {
      const job = liveJobs.get(key);
      if (job.state === 'done' || job.state === 'cancelled') return;
      const isNew = job.state === 'queued' && this.#isUntouched(job);
      if (!this.#running.has(key) && connection && !isNew) {
        // A kill while its customers are looked up must not leave one that begins by itself.
        if (job.state === 'queued') this.#leaveQueue(job, 'paused', null);
        this.#startOrPause(key, connection, null, 'cancelled');
      }
      if (this.#running.has(key)) await this.#stop(key, 'cancelled');
      else this.#leaveQueue(job, 'cancelled', message(isNew ? 'jobs.cancelledUnread' : 'jobs.cancelled'));
      // The thread had read its customers just before it was told.
      const now = liveJobs.get(key);
      if (now.state === 'queued') this.#leaveQueue(now, 'cancelled', message('jobs.cancelledUnread'));
      this.forms.dropForm(key);
    });
    return this.view(key);
  }

  /**
   * Puts a job that waits or is paused to wait, for its turn or for another time.
   *
   * @throws Failure `conflict` in any other state, `invalid-input` when the time is over
   */
  async wait(
    connection: StoredConnection,
    key: number,
    begin: Exclude<JobBegin, { kind: 'now' }>,
  ): Promise<LiveJobView> {
    const { liveJobs } = this.#context.workspace;
    await this.#holding(key, () => {
      const { state } = liveJobs.get(key);
      if (state !== 'paused' && state !== 'queued') throw notIn(state, message('jobs.onlyPausedWaits'));
      const wait = this.#waitOf(connection.key, begin);
      liveJobs.transaction(() => {
        liveJobs.setWait(key, wait);
        liveJobs.setState(key, 'queued', null);
      });
      this.#unwritten.delete(key);
    });
    this.#tellQueue(connection.key);
    return this.view(key);
  }

  /**
   * Begins with a job that waits, beside whatever runs; where its customers are still being read, once they are.
   *
   * @throws Failure `conflict` when it does not wait, or when one that is not over does the same to the same badge
   */
  async beginNow(connection: StoredConnection, key: number): Promise<LiveJobView> {
    const { liveJobs } = this.#context.workspace;
    await this.#holding(key, async () => {
      const requireBeginnable = (): void => {
        const job = liveJobs.get(key);
        if (!waits(job) || (job.state !== 'queued' && job.state !== 'reading'))
          throw notIn(job.state, message('jobs.onlyWaitingBegins'));
        this.#requireNoRival(connection.key, job);
      };
      requireBeginnable();
      // The thread that reads may just have put it to wait.
      const isReading = liveJobs.transaction(() => {
        if (liveJobs.get(key).state !== 'reading') return false;
        liveJobs.setWait(key, NO_WAIT);
        this.forms.dropForm(key);
        return true;
      });
      if (isReading) return;
      await this.#running.get(key)?.ended;
      // Meanwhile another one may have begun, or this one been cancelled.
      requireBeginnable();
      this.#begin(liveJobs.get(key));
      this.#startOrPause(key, connection);
    });
    this.#tellQueue(connection.key);
    return this.view(key);
  }

  /** @throws Failure `conflict` when it does not wait for its turn */
  reorder(key: number, place: number): LiveJobView {
    const { liveJobs } = this.#context.workspace;
    const job = liveJobs.get(key);
    const order = inTurn(this.#ofConnection(job.connectionKey));
    if (!order.some((each) => each.key === key)) throw notIn(job.state, message('jobs.onlyWaitingMoves'));
    const others = order.filter((each) => each.key !== key);
    others.splice(place - 1, 0, job);
    liveJobs.transaction(() => {
      for (const [index, each] of others.entries())
        liveJobs.setWait(each.key, { queuePlace: index + 1, startsOn: null });
    });
    this.#look();
    this.#tellQueue(job.connectionKey);
    return this.view(key);
  }

  /** @throws Failure `conflict` when something of it was sent, when it does not wait, or when its form is not kept */
  async takeOut(key: number): Promise<LiveJobView> {
    const { liveJobs } = this.#context.workspace;
    await this.#holding(key, () => {
      const job = liveJobs.get(key);
      if (!this.#placeOf(job).canTakeOut) throw notIn(job.state, message('jobs.onlyUnsentTakenOut'));
      this.#context.workspace.transaction(() => {
        this.forms.of(job.action).takeForm(key, job.connectionKey);
        liveJobs.dropCustomers(key);
        liveJobs.setState(key, 'cancelled', inEnglish(message('jobs.takenOut')), this.#context.now());
      });
      this.#tell(this.view(key));
      this.#tellQueue(job.connectionKey);
    });
    return this.view(key);
  }

  async retryRefused(connection: StoredConnection, key: number): Promise<LiveJobView> {
    const { liveJobs } = this.#context.workspace;
    await this.#holding(key, () => {
      const job = liveJobs.get(key);
      if (job.state !== 'done' && job.state !== 'paused') throw notIn(job.state, message('jobs.onlyEndedRetries'));
      const rival = this.#rivalOf(job.connectionKey, job);
      if (rival) throw notIn(job.state, message('jobs.otherNotOver', { name: job.badgeName }));
      if (liveJobs.reopenRefused(key, chancesIn(job.action)) === 0)
        throw new Failure('conflict', message('jobs.noneToRetry', { org: job.connectionName }));
      liveJobs.setState(key, 'running', null);
      this.#startOrPause(key, connection);
    });
    return this.view(key);
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
    this.forms.forget(connectionKey);
  }

  async pauseAll(connectionKey: number, note: string): Promise<void> {
    const { liveJobs } = this.#context.workspace;
    for (const { key } of this.#ofConnection(connectionKey)) {
      // Asked now: while another one is paused, one that was still being read is put to wait.
      if (!this.#running.has(key) && liveJobs.get(key).state !== 'queued') continue;
      await this.pause(key);
      if (liveJobs.get(key).state === 'paused') liveJobs.setState(key, 'paused', note);
    }
  }

  /** Ends all runs where they are; they go on at the next start. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await Promise.all([...this.#running.keys()].map((key) => this.#stop(key, 'closed')));
  }

  #requireNoRival(connectionKey: number, job: Pick<LiveJob, 'remoteBadgeId' | 'action'> & { key?: number }): void {
    const rival = this.#rivalOf(connectionKey, job);
    if (rival) throw new Failure('conflict', rival);
  }

  /** Why a job cannot begin now; null: nothing is in its way. A paused job is no rival of itself. */
  #rivalOf(connectionKey: number, job: Pick<LiveJob, 'remoteBadgeId' | 'action'> & { key?: number }): Message | null {
    const { key, remoteBadgeId, action } = job;
    const rival = this.#ofConnection(connectionKey).find(
      (other) =>
        other.key !== key &&
        other.remoteBadgeId === remoteBadgeId &&
        other.action === action &&
        this.#isInTheWay(other),
    );
    return rival ? message(RIVALS[job.action], { badge: rival.badgeName }) : null;
  }

  /**
   * Whether a job keeps another one from doing the same to the same badge: it is under way, or something of it was sent,
   * whose answers would be taken for those of the other (docs/decisions/0032).
   */
  #isInTheWay(job: LiveJob): boolean {
    switch (job.state) {
      case 'running':
      case 'waiting-for-org':
        return true;
      case 'reading':
        return !waits(job);
      case 'paused':
      case 'queued':
        return !this.#isUntouched(job);
      case 'done':
      case 'cancelled':
        return false;
    }
  }

  /** @throws Failure `invalid-input` when the time is over */
  #waitOf(connectionKey: number, begin: JobBegin): JobWait {
    if (begin.kind === 'now') return NO_WAIT;
    if (begin.kind === 'at') {
      if (begin.on <= this.#context.now()) throw new Failure('invalid-input', message('jobs.timeIsOver'));
      return { queuePlace: null, startsOn: begin.on };
    }
    const last = inTurn(this.#ofConnection(connectionKey)).at(-1)?.queuePlace ?? 0;
    return { queuePlace: last + 1, startsOn: null };
  }

  #placeOf(job: LiveJob): Partial<Pick<LiveJobView, 'place' | 'canTakeOut'>> {
    if (job.state !== 'queued') return {};
    const index = inTurn(this.#ofConnection(job.connectionKey)).findIndex(({ key }) => key === job.key);
    return {
      place: index < 0 ? null : index + 1,
      canTakeOut: this.#isUntouched(job) && this.forms.of(job.action).hasForm(job.key),
    };
  }

  /** Nothing of it was ever sent. */
  #isUntouched({ key }: LiveJob): boolean {
    const { liveJobs } = this.#context.workspace;
    const { sent, unknown, done, refused } = liveJobs.counts(key);
    return sent + unknown + done === 0 && refused === liveJobs.rejectCount(key) && !liveJobs.mayHaveSent(key);
  }

  #begin({ key }: LiveJob): void {
    this.#context.workspace.liveJobs.begin(key, this.#context.now());
    this.forms.dropForm(key);
  }

  /** A job that waits, waits no more, and does not begin either. */
  #leaveQueue({ key, connectionKey }: LiveJob, state: 'paused' | 'cancelled', why: Message | string | null): void {
    const { workspace, now } = this.#context;
    const note = why === null || typeof why === 'string' ? why : inEnglish(why);
    workspace.transaction(() => {
      workspace.liveJobs.setWait(key, NO_WAIT);
      workspace.liveJobs.setState(key, state, note, state === 'cancelled' ? now() : null);
      if (state === 'cancelled') this.forms.dropForm(key);
    });
    this.#tell(this.view(key));
    this.#tellQueue(connectionKey);
  }

  #ask(key: number, why: Message): void {
    this.#leaveQueue(this.#context.workspace.liveJobs.get(key), 'paused', why);
  }

  /**
   * Begins with the jobs whose turn or time has come, and looks again in time for the next.
   *
   * @param missed what is said of a job whose time has gone by
   */
  #look(missed: 'jobs.missedShut' | 'jobs.missedAsleep' = 'jobs.missedAsleep'): void {
    if (this.#isClosing) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    try {
      for (const connectionKey of new Set(this.#waiting().map((job) => job.connectionKey))) {
        try {
          this.#lookAt(connectionKey, missed);
        } catch (error) {
          this.#context.log.error({ err: error, connection: connectionKey }, 'jobs that wait could not be looked at');
        }
      }
      const soon = lookIn(this.#context.workspace.liveJobs.list(), this.#context.now(), this.#lookEvery);
      if (soon !== null) this.#timer = setTimeout(() => this.#look(), soon);
    } catch (error) {
      // A full disk, above all: nobody is there to tell, and the next look comes.
      this.#context.log.error({ err: error }, 'jobs that wait could not be looked at');
      this.#timer = setTimeout(() => this.#look(), this.#lookEvery);
    }
  }

  #lookAt(connectionKey: number, missed: 'jobs.missedShut' | 'jobs.missedAsleep'): void {
    const { workspace, now } = this.#context;
    const { connections } = workspace;
    const connection = connections.find(connectionKey);
    // Where the thread that read its customers is still at its end, a look follows that end.
    const isFree = ({ key }: LiveJob): boolean =>
      !this.#running.has(key) && !this.#held.has(key) && !this.#beginning.has(key);
    const jobs = this.#ofConnection(connectionKey);
    if (!connection) {
      for (const job of jobs)
        if (job.state === 'queued' && isFree(job)) this.#ask(job.key, message('jobs.itsConnectionDeleted'));
      return;
    }
    const due = dueOf(jobs, now());
    const time = ({ startsOn }: LiveJob): string => toIso(startsOn ?? 0, connection.timeZone);
    for (const job of due.missed.filter(isFree)) this.#ask(job.key, message(missed, { time: time(job) }));
    for (const job of due.start.filter(isFree)) {
      const rival = this.#rivalOf(connectionKey, job);
      if (rival !== null) this.#ask(job.key, rival);
      else void this.#beginBySelf(job, connection);
    }
  }

  /**
   * Begins with a job whose turn or time has come, unless the org would refuse every row of it by now. An org that cannot
   * be asked is no reason to wait: the job begins, and goes on once it answers.
   */
  async #beginBySelf(job: LiveJob, connection: StoredConnection): Promise<void> {
    const { key, connectionKey } = job;
    this.#beginning.add(key);
    let refused: Message | null = null;
    try {
      refused = await this.#before(connection, job);
    } catch (error) {
      this.#context.log.warn({ err: error, job: key }, 'the org could not be asked before a job began');
    }
    this.#beginning.delete(key);
    try {
      // What was done with it meanwhile holds, and what is being done with it is looked at when that ends.
      const now = this.#context.workspace.liveJobs.find(key);
      const isSame = now?.state === 'queued' && now.queuePlace === job.queuePlace && now.startsOn === job.startsOn;
      if (this.#isClosing || this.#held.has(key)) return;
      const stop = isSame ? (refused ?? this.#rivalOf(connectionKey, job)) : null;
      if (!isSame) this.#look();
      else if (stop !== null) this.#ask(key, stop);
      else {
        this.#begin(job);
        this.#startBySelf(key, connection);
        this.#tellQueue(connectionKey);
      }
    } catch (error) {
      this.#context.log.error({ err: error, job: key }, 'a job whose turn came could not begin');
    }
  }

  /**
   * Does something with a job while it begins with nothing by itself, once the thread that read its customers, or that
   * paused it, is gone: the file says both before requests under way have ended.
   */
  async #holding(key: number, work: () => void | Promise<void>): Promise<void> {
    this.#held.add(key);
    try {
      const { liveJobs } = this.#context.workspace;
      const { state } = liveJobs.get(key);
      if (state === 'queued' || state === 'paused' || state === 'done') await this.#running.get(key)?.ended;
      await work();
    } finally {
      this.#held.delete(key);
      this.#look();
    }
  }

  #waiting(): LiveJob[] {
    return this.#context.workspace.liveJobs.list().filter(({ state }) => state === 'queued');
  }

  /** Tells the places of an org's jobs, which another one left or took. */
  #tellQueue(connectionKey: number): void {
    for (const { key, state } of this.#ofConnection(connectionKey)) if (state === 'queued') this.#tell(this.view(key));
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

  /** @throws what kept a thread from being started; the job is paused then, or ended where its customers are not read */
  #startOrPause(
    key: number,
    connection: StoredConnection,
    source: LiveJobTask['source'] = null,
    stop: Stop | null = null,
  ): RunningJob {
    try {
      return this.#start(this.#context.workspace.liveJobs.get(key), connection, source, stop);
    } catch (error) {
      this.#pausedBy(key, null);
      this.#tell(this.view(key));
      throw error;
    }
  }

  /** As {@link #startOrPause}, where nobody is there to tell. */
  #startBySelf(key: number, connection: StoredConnection): void {
    try {
      this.#startOrPause(key, connection);
    } catch (error) {
      this.#context.log.error({ err: error, job: key }, 'a live job could not be started by itself');
    }
  }

  #start(
    job: LiveJob,
    connection: StoredConnection,
    source: LiveJobTask['source'],
    stop: Stop | null = null,
  ): RunningJob {
    const { workspace, times, workspaceFile, log } = this.#context;
    const task: LiveJobTask = {
      ...{ workspaceFile, jobKey: job.key, times, source, stop },
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
        if (this.#running.get(job.key)?.worker === worker) this.#running.delete(job.key);
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
        this.#look();
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
        this.forms.dropForm(key);
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

const NO_WAIT: JobWait = { queuePlace: null, startsOn: null };

const RIVALS = {
  enrol: 'jobs.rivalEnrols',
  award: 'jobs.rivalAwards',
  'revoke-enrolment': 'jobs.rivalTakesBack',
  'revoke-award': 'jobs.rivalTakesBack',
  import: 'jobs.rivalImports',
} as const satisfies Record<LiveAction, MessageKey>;

const STATES = {
  reading: 'jobs.isRunning',
  queued: 'jobs.isQueued',
  running: 'jobs.isRunning',
  paused: 'jobs.isPaused',
  'waiting-for-org': 'jobs.isWaiting',
  done: 'jobs.isDone',
  cancelled: 'jobs.isCancelled',
} as const satisfies Record<LiveJobState, MessageKey>;

function notIn(state: LiveJobState, rule: Message): Failure {
  return new Failure('conflict', message('jobs.notIn', { rule, state: message(STATES[state]) }));
}
