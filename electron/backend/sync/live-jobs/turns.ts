import type { StoredConnection } from '../../../../db/workspace/connections';
import type { LiveJob } from '../../../../db/workspace/live-jobs';
import { toIso } from '../../../../shared/domain/instant';
import { message, type Message } from '../../../../shared/words/message';
import type { SyncContext } from '../context';
import type { JobRecords } from './job-records';
import { dueOf, lookIn } from './queue';

/**
 * Asks an org about a job that waited, before it begins by itself.
 *
 * @returns why every row of it would be refused; null: nothing is known that would
 */
export type LookBefore = (connection: StoredConnection, job: LiveJob) => Promise<Message | null>;

/** What is done with a job whose turn or time has come. */
export interface TurnActions {
  /** Whether its thread is still at the end of what it did before. */
  hasThread(key: number): boolean;
  /** It does not begin: a person is asked. */
  ask(key: number, why: Message): void;
  /** It begins. */
  begin(job: LiveJob, connection: StoredConnection): void;
}

/** Begins by itself with the live jobs that wait for their turn or for a time. */
export class JobTurns {
  readonly #context: Pick<SyncContext, 'workspace' | 'now' | 'log'>;
  readonly #records: JobRecords;
  readonly #actions: TurnActions;
  readonly #before: LookBefore;
  readonly #lookEvery: number;
  /** Their turn has come, and the org is asked before they begin. */
  readonly #beginning = new Set<number>();
  /** Something is being done with them: they do not begin by themselves meanwhile. */
  readonly #held = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isClosed = false;

  /** @param lookEvery milliseconds, at most, between two looks at the clock while a job waits for its time */
  constructor(
    context: Pick<SyncContext, 'workspace' | 'now' | 'log'>,
    records: JobRecords,
    actions: TurnActions,
    before: LookBefore,
    lookEvery: number,
  ) {
    this.#context = context;
    this.#records = records;
    this.#actions = actions;
    this.#before = before;
    this.#lookEvery = lookEvery;
  }

  /**
   * Begins with the jobs whose turn or time has come, and looks again in time for the next.
   *
   * @param missed what is said of a job whose time has gone by
   */
  look(missed: 'jobs.missedShut' | 'jobs.missedAsleep' = 'jobs.missedAsleep'): void {
    if (this.#isClosed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    try {
      for (const connectionKey of new Set(this.#records.waiting().map((job) => job.connectionKey))) {
        try {
          this.#lookAt(connectionKey, missed);
        } catch (error) {
          this.#context.log.error({ err: error, connection: connectionKey }, 'jobs that wait could not be looked at');
        }
      }
      const soon = lookIn(this.#context.workspace.liveJobs.list(), this.#context.now(), this.#lookEvery);
      if (soon !== null) this.#timer = setTimeout(() => this.look(), soon);
    } catch (error) {
      // A full disk, above all: nobody is there to tell, and the next look comes.
      this.#context.log.error({ err: error }, 'jobs that wait could not be looked at');
      this.#timer = setTimeout(() => this.look(), this.#lookEvery);
    }
  }

  /** Does something with a job while it begins with nothing by itself, and looks when that is done. */
  async holding(key: number, work: () => Promise<void>): Promise<void> {
    this.#held.add(key);
    try {
      await work();
    } finally {
      this.#held.delete(key);
      this.look();
    }
  }

  /** Begins with nothing any more. */
  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #lookAt(connectionKey: number, missed: 'jobs.missedShut' | 'jobs.missedAsleep'): void {
    const { workspace, now } = this.#context;
    const connection = workspace.connections.find(connectionKey);
    // Where the thread that read its customers is still at its end, a look follows that end.
    const isFree = ({ key }: LiveJob): boolean =>
      !this.#actions.hasThread(key) && !this.#held.has(key) && !this.#beginning.has(key);
    const jobs = this.#records.ofConnection(connectionKey);
    if (!connection) {
      for (const job of jobs)
        if (job.state === 'queued' && isFree(job)) this.#actions.ask(job.key, message('jobs.itsConnectionDeleted'));
      return;
    }
    const due = dueOf(jobs, now());
    const time = ({ startsOn }: LiveJob): string => toIso(startsOn ?? 0, connection.timeZone);
    for (const job of due.missed.filter(isFree)) this.#actions.ask(job.key, message(missed, { time: time(job) }));
    for (const job of due.start.filter(isFree)) {
      const rival = this.#records.rivalOf(connectionKey, job);
      if (rival !== null) this.#actions.ask(job.key, rival);
      else void this.#begin(job, connection);
    }
  }

  /**
   * Begins with a job whose turn or time has come, unless the org would refuse every row of it by now. An org that cannot
   * be asked is no reason to wait: the job begins, and goes on once it answers.
   */
  async #begin(job: LiveJob, connection: StoredConnection): Promise<void> {
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
      if (this.#isClosed || this.#held.has(key)) return;
      const stop = isSame ? (refused ?? this.#records.rivalOf(connectionKey, job)) : null;
      if (!isSame) this.look();
      else if (stop !== null) this.#actions.ask(key, stop);
      else this.#actions.begin(job, connection);
    } catch (error) {
      this.#context.log.error({ err: error, job: key }, 'a job whose turn came could not begin');
    }
  }
}
