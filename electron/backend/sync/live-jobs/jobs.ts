import { wayOutOf } from '../../../../db/failures';
import type { StoredConnection } from '../../../../db/workspace/connections';
import { waits, type LiveJob } from '../../../../db/workspace/live-jobs';
import { Failure } from '../../../../shared/ipc/errors';
import type { JobBegin } from '../../../../shared/ipc/job-queue-contract';
import type { LiveJobView } from '../../../../shared/ipc/sync-contract';
import { inEnglish } from '../../../../shared/words/english';
import { message, type Message } from '../../../../shared/words/message';
import type { OrgSessions } from '../client/org-sessions';
import type { JobsOfConnections } from '../connections/handlers';
import type { SyncContext } from '../context';
import type { ImportOrder } from './import/rows';
import { JobRecords, notIn, NO_WAIT } from './job-records';
import type { LiveJobTask } from './live-job.worker';
import { LiveForms, type LiveForm } from './look-ahead/drafts';
import { inTurn } from './queue';
import type { Stop } from './run-stop';
import { chancesIn } from './second-chance';
import type { LiveJobSource } from './source';
import type { TakeBackOrder } from './take-back/rows';
import { JobThreads } from './threads';
import { JobTurns, type LookBefore } from './turns';
import { liveJobView } from './view';

/** What a person decided about a job before its customers are read. */
export type LiveJobOrder = Pick<
  LiveJob,
  'badgeName' | 'remoteBadgeId' | 'action' | 'ownerType' | 'referenceId' | 'eventDate' | 'source'
>;

/** Milliseconds between two looks at the clock while a job waits for its time: so sleep and a clock that is set are noticed. */
const LOOK_EVERY = 10_000;
const CUT_SHORT = inEnglish(message('jobs.cutShort'));
const CANCELLED_UNREAD = inEnglish(message('jobs.cancelledUnread'));
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
  readonly #records: JobRecords;
  readonly #threads: JobThreads;
  readonly #turns: JobTurns;
  readonly #watchers = new Set<(view: LiveJobView) => void>();
  /** Jobs whose end could not be written down: a full disk must neither end Laurel nor leave them shown as running. */
  readonly #unwritten = new Map<number, Pick<LiveJobView, 'state' | 'note'>>();
  readonly forms: LiveForms;
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
    this.#context = context;
    this.forms = new LiveForms(context);
    this.#records = new JobRecords(context, this.forms);
    this.#threads = new JobThreads(context, sessions, {
      view: (view) => this.#tell(view),
      unread: (key, words) => this.#drop(key, words ?? (this.#isClosing ? CUT_SHORT : CANCELLED_UNREAD)),
      crashed: (key, wayOut) => this.#pausedBy(key, wayOut),
      gone: (key) => this.#threadGone(key),
    });
    const actions = {
      hasThread: (key: number) => this.#threads.has(key),
      ask: (key: number, why: Message) => this.#ask(key, why),
      begin: (job: LiveJob, connection: StoredConnection) => {
        this.#records.begin(job);
        this.#startBySelf(job.key, connection);
        this.#tellQueue(connection.key);
      },
    };
    this.#turns = new JobTurns(context, this.#records, actions, before, lookEvery);
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
    this.#turns.look('jobs.missedShut');
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
    if (begin.kind === 'now') this.#records.requireNoRival(connection.key, order);
    const wait = this.#records.waitOf(connection.key, begin);
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
    this.#startOrPause(job.key, connection, source);
    return this.view(job.key);
  }

  view(key: number): LiveJobView {
    const { liveJobs } = this.#context.workspace;
    const running = this.#threads.viewOf(key);
    if (running) return running;
    const job = liveJobs.get(key);
    return { ...liveJobView(liveJobs, job, null), ...this.#records.placeOf(job), ...this.#unwritten.get(key) };
  }

  list(): LiveJobView[] {
    return this.#context.workspace.liveJobs.list().map(({ key }) => this.view(key));
  }

  async pause(key: number): Promise<LiveJobView> {
    await this.#holding(key, async () => {
      await this.#threads.stop(key, 'paused');
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
      this.#records.requireNoRival(connection.key, job);
      if (this.#records.isUntouched(job)) this.#records.begin(job);
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
      const isNew = job.state === 'queued' && this.#records.isUntouched(job);
      if (!this.#threads.has(key) && connection && !isNew) {
        // A kill while its customers are looked up must not leave one that begins by itself.
        if (job.state === 'queued') this.#leaveQueue(job, 'paused', null);
        this.#startOrPause(key, connection, null, 'cancelled');
      }
      if (this.#threads.has(key)) await this.#threads.stop(key, 'cancelled');
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
      const wait = this.#records.waitOf(connection.key, begin);
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
        this.#records.requireNoRival(connection.key, job);
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
      await this.#threads.ended(key);
      // Meanwhile another one may have begun, or this one been cancelled.
      requireBeginnable();
      this.#records.begin(liveJobs.get(key));
      this.#startOrPause(key, connection);
    });
    this.#tellQueue(connection.key);
    return this.view(key);
  }

  /** @throws Failure `conflict` when it does not wait for its turn */
  reorder(key: number, place: number): LiveJobView {
    const { liveJobs } = this.#context.workspace;
    const job = liveJobs.get(key);
    const order = inTurn(this.#records.ofConnection(job.connectionKey));
    if (!order.some((each) => each.key === key)) throw notIn(job.state, message('jobs.onlyWaitingMoves'));
    const others = order.filter((each) => each.key !== key);
    others.splice(place - 1, 0, job);
    liveJobs.transaction(() => {
      for (const [index, each] of others.entries())
        liveJobs.setWait(each.key, { queuePlace: index + 1, startsOn: null });
    });
    this.#turns.look();
    this.#tellQueue(job.connectionKey);
    return this.view(key);
  }

  /** @throws Failure `conflict` when something of it was sent, when it does not wait, or when its form is not kept */
  async takeOut(key: number): Promise<LiveJobView> {
    const { liveJobs } = this.#context.workspace;
    await this.#holding(key, () => {
      const job = liveJobs.get(key);
      if (!this.#records.placeOf(job).canTakeOut) throw notIn(job.state, message('jobs.onlyUnsentTakenOut'));
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
      const rival = this.#records.rivalOf(job.connectionKey, job);
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
    return this.#records.ofConnection(connectionKey).some(({ state }) => state !== 'done' && state !== 'cancelled');
  }

  forgetDraft(connectionKey: number): void {
    this.forms.forget(connectionKey);
  }

  async pauseAll(connectionKey: number, note: string): Promise<void> {
    const { liveJobs } = this.#context.workspace;
    for (const { key } of this.#records.ofConnection(connectionKey)) {
      // Asked now: while another one is paused, one that was still being read is put to wait.
      if (!this.#threads.has(key) && liveJobs.get(key).state !== 'queued') continue;
      await this.pause(key);
      if (liveJobs.get(key).state === 'paused') liveJobs.setState(key, 'paused', note);
    }
  }

  /** Ends all runs where they are; they go on at the next start. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#turns.close();
    await this.#threads.close();
  }

  /** A job that waits, waits no more, and does not begin either. */
  #leaveQueue(job: LiveJob, state: 'paused' | 'cancelled', why: Message | null): void {
    this.#records.leaveQueue(job, state, why);
    this.#tell(this.view(job.key));
    this.#tellQueue(job.connectionKey);
  }

  #ask(key: number, why: Message): void {
    this.#leaveQueue(this.#context.workspace.liveJobs.get(key), 'paused', why);
  }

  /**
   * Does something with a job while it begins with nothing by itself, once the thread that read its customers, or that
   * paused it, is gone: the file says both before requests under way have ended.
   */
  async #holding(key: number, work: () => void | Promise<void>): Promise<void> {
    await this.#turns.holding(key, async () => {
      const { state } = this.#context.workspace.liveJobs.get(key);
      if (state === 'queued' || state === 'paused' || state === 'done') await this.#threads.ended(key);
      await work();
    });
  }

  /** Tells the places of an org's jobs, which another one left or took. */
  #tellQueue(connectionKey: number): void {
    for (const { key, state } of this.#records.ofConnection(connectionKey))
      if (state === 'queued') this.#tell(this.view(key));
  }

  /** @throws what kept a thread from being started; the job is paused then, or ended where its customers are not read */
  #startOrPause(
    key: number,
    connection: StoredConnection,
    source: LiveJobTask['source'] = null,
    stop: Stop | null = null,
  ): void {
    try {
      this.#threads.start(this.#context.workspace.liveJobs.get(key), connection, source, stop);
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

  #threadGone(key: number): void {
    try {
      this.#tell(this.view(key));
    } catch (error) {
      this.#context.log.error({ err: error, job: key }, 'the end of a live job could not be told');
    }
    this.#turns.look();
  }

  #drop(key: number, note: string): void {
    this.#write(key, { state: 'cancelled', note }, () => this.#records.drop(key, note));
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
