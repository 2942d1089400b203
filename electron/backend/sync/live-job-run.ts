import type { LedgerStore } from '../../../db/workspace/ledger';
import type { LiveChunk, LiveJob, LiveJobStore } from '../../../db/workspace/live-jobs';
import { HOUR, SECOND, type Instant } from '../../../shared/domain/instant';
import type { Outcome } from './answers';
import {
  readRecords,
  recordOfRequest,
  recordsRequest,
  saysThereIsNothing,
  type CustomerRecord,
} from './customer-records';
import type { Exchanger } from './exchange';
import {
  attempt,
  ledgerRequest,
  type Attempt,
  type Authorizer,
  type GatewayRequest,
  type RemoteOrg,
} from './gateway-client';
import { GroupCommit } from './group-commit';
import {
  chunkRequest,
  creationSecondOf,
  openCustomersOf,
  readBulkAnswer,
  recordIdOf,
  withAnswers,
  withRefusal,
  type CustomerAnswer,
} from './live-job-request';
import { backoff, pause, type Dice, type RateLimit } from './pace';
import { retryAfterOf } from './patient-read';
import { reachability, type Reachability } from './reachability';
import type { SyncTimes } from './sync-context';

export interface LiveJobParts {
  store: LiveJobStore;
  ledger: LedgerStore;
  job: LiveJob;
  org: RemoteOrg;
  /** Requests at once. */
  parallel: number;
  /** Requests noted in one commit before they leave. */
  ahead: number;
  /** On a practice org customers are read beforehand whenever the org's clock is not known: it may stand still. */
  isPractice: boolean;
  exchanger: Exchanger;
  authorizer: Authorizer;
  rate: RateLimit;
  dice: Dice;
  times: SyncTimes;
  now(): Instant;
  /** Told after every change that people can see. */
  changed(): void;
  /** Whether the org answers, whenever that is no longer what it was. */
  reached(how: Reachability): void;
}

/** How a run is asked to stop, and how it ended. `closed`: Laurel ends, and the job goes on at its next start. */
export type Stop = 'paused' | 'cancelled' | 'closed';
export type LiveJobEnd = Stop | 'done';

/** A chunk to work on, and its request's line in the ledger where that is written already. */
interface Task {
  chunk: LiveChunk;
  ledgerKey: number | null;
}

/** A chunk after an answer, or after none came. */
interface Judgement {
  chunk: LiveChunk;
  /** What the org said when it was asked again, to be believed only of those who have nothing. */
  refusal: CustomerAnswer | null;
  /** The org's clock where the answer shows a later one. */
  orgClock: Instant | null;
}

/** Requests under way get this long to come back before they are given up, and with them what became of them. */
const GRACE = 3_000;
/** Failures in a row from which on the job says that it waits for the org. */
const FAILURES_TO_TELL = 3;
/** Times in a row that credentials are refused before a person has to look: accounts get locked for more. */
const MOST_UNAUTHORIZED = 3;
/** The same for tokens that the org itself gave, for each request at once: these may expire at any moment. */
const MOST_EXPIRED = 10;

/** How far the clock of an org's front and the one its records are made by may lie apart. */
const DATE_MARGIN = HOUR;

/** Times in a row that an org refuses to tell what a customer has before a person has to look. */
const MOST_REFUSED_READS = 3;

/** Code of a request id that was used before (semantics Q2). */
const REPEATED = 809;

/**
 * Carries a live bulk job through: one chunk, one request, under an id that stays the same however often it is sent.
 * What is known of every chunk is committed before its request leaves and when its answer came, so that the job can end
 * at any instant and go on later. How unknown chunks are settled: docs/decisions/0032.
 */
export class LiveJobRun {
  readonly #parts: LiveJobParts;
  readonly #commit: GroupCommit;
  readonly #halt = new AbortController();
  readonly #giveUp = new AbortController();
  #stop: Stop | null = null;
  #pauseNote: string | null = null;
  #orgClock: Instant | null;
  #settling: number[] = [];
  #waiting: number[] = [];
  #ready: Task[] = [];
  #filling: Promise<void> | null = null;
  #active = 0;
  #wake: () => void = () => undefined;
  #woken: Promise<void> = Promise.resolve();
  #failures = 0;
  #reached: Reachability = 'unknown';
  #unauthorized = 0;
  #isTelling = false;

  constructor(parts: LiveJobParts) {
    this.#parts = parts;
    this.#orgClock = parts.job.orgClock;
    this.#commit = new GroupCommit((work) => parts.store.transaction(work));
  }

  /** Asks the run to stop. It still finishes what is on its way, for a few seconds. */
  stop(how: Stop): void {
    if (this.#stop !== null) return;
    this.#stop = how;
    this.#halt.abort();
    setTimeout(() => this.#giveUp.abort(), GRACE).unref();
    this.#wakeLanes();
  }

  /** @throws what the store throws: the job is then where its last commit left it */
  async run(): Promise<LiveJobEnd> {
    const { store, job } = this.#parts;
    store.transaction(() => {
      // Nobody waits for these answers any more: whether the requests arrived is unknown.
      for (const number of store.chunkNumbers(job.key, 'sent')) {
        const chunk = store.chunk(job.key, number);
        if (chunk) store.moveChunk(job.key, { ...chunk, state: 'unknown' });
      }
    });
    this.#settling = [...store.chunkNumbers(job.key, 'consumed'), ...store.chunkNumbers(job.key, 'unknown')];
    this.#waiting = store.chunkNumbers(job.key, 'waiting');
    this.#rearm();
    await Promise.all(Array.from({ length: this.#parts.parallel }, () => this.#lane()));
    await this.#filling;
    this.#putBack();
    if (this.#stop === 'cancelled') await this.#lookOnce();
    await this.#commit.drained();
    return this.#end();
  }

  #end(): LiveJobEnd {
    const { store, job, now } = this.#parts;
    const end = this.#stop ?? 'done';
    if (end === 'done') store.setState(job.key, 'done', null, now());
    if (end === 'cancelled')
      store.setState(job.key, 'cancelled', 'Cancelled; what was not sent by then was not sent.', now());
    if (end === 'paused') store.setState(job.key, 'paused', this.#pauseNote);
    return end;
  }

  async #lane(): Promise<void> {
    while (this.#stop === null) {
      const task = this.#take();
      if (task) {
        this.#active += 1;
        try {
          await this.#work(task);
        } catch (error) {
          // One lane's failure is the job's: the others finish what is on its way.
          this.stop('closed');
          throw error;
        } finally {
          this.#active -= 1;
          this.#wakeLanes();
        }
      } else if (this.#filling) await this.#filling;
      else if (this.#active === 0) return;
      else await this.#woken;
    }
  }

  #take(): Task | null {
    // Until the org's clock is known, one request at a time: its customers are read before it leaves.
    if (this.#orgClock === null && this.#active > 0) return null;
    const settling = this.#settling.shift();
    if (settling !== undefined) return this.#load(settling);
    if (this.#orgClock === null) {
      const first = this.#waiting.shift();
      return first === undefined ? null : this.#load(first);
    }
    if (this.#ready.length < this.#parts.parallel) this.#filling ??= this.#fill(this.#orgClock);
    return this.#ready.shift() ?? null;
  }

  #load(number: number): Task | null {
    const chunk = this.#parts.store.chunk(this.#parts.job.key, number);
    return chunk ? { chunk, ledgerKey: null } : null;
  }

  /**
   * Notes the next few requests before they leave, in one commit: the wait for the disk is then shared by all of them, and
   * by the answers that came meanwhile.
   */
  #fill(orgClock: Instant): Promise<void> | null {
    const { store, ledger, job, org, now, ahead } = this.#parts;
    const numbers = this.#waiting.splice(0, ahead);
    if (numbers.length === 0) return null;
    const tasks: Task[] = [];
    const filling = this.#commit
      .write(() => {
        for (const number of numbers) {
          const loaded = store.chunk(job.key, number);
          if (!loaded) continue;
          const chunk = { ...loaded, sentAfter: loaded.known === null ? (loaded.sentAfter ?? orgClock) : null };
          store.moveChunk(job.key, { ...chunk, state: 'sent' });
          tasks.push({
            chunk,
            ledgerKey: ledger.begin(ledgerRequest(org, chunkRequest(org, job, chunk), now()), true),
          });
        }
      })
      .then(() => {
        this.#filling = null;
        this.#ready.push(...tasks);
        this.#wakeLanes();
      });
    // Every lane may be busy when it fails; whoever waits for it hears of that.
    filling.catch(() => undefined);
    return filling;
  }

  /** What was noted and did not leave goes back to waiting. */
  #putBack(): void {
    const { store, ledger, job } = this.#parts;
    const { length } = this.#ready;
    if (length === 0) return;
    const answer = { answeredOn: null, status: null, codes: [], headers: [], body: null };
    store.transaction(() => {
      for (const { chunk, ledgerKey } of this.#ready.splice(0)) {
        store.moveChunk(job.key, { ...chunk, state: 'waiting', sentAfter: null });
        if (ledgerKey !== null)
          ledger.settle(
            ledgerKey,
            { outcome: 'failed', sentence: 'Not sent: the job stopped before.', ...answer },
            true,
          );
      }
    });
  }

  #rearm(): void {
    this.#woken = new Promise((resolve) => (this.#wake = resolve));
  }

  #wakeLanes(): void {
    this.#wake();
    this.#rearm();
  }

  async #work(task: Task): Promise<void> {
    let { chunk, ledgerKey } = task;
    let refusal: CustomerAnswer | null = null;
    for (let tries = 0; this.#stop === null && chunk.state !== 'settled';) {
      if (chunk.state === 'consumed') {
        const read = await this.#readOutcomes(chunk, refusal);
        if (read === null) return;
        chunk = read;
        refusal = null;
        tries = 0;
        continue;
      }
      const ready = await this.#prepare(chunk);
      if (ready === null) return;
      const sent = await this.#sendChunk(ready, ledgerKey);
      if (sent === null) {
        if (ledgerKey !== null) this.#ready.push({ chunk, ledgerKey });
        return;
      }
      ledgerKey = null;
      ({ chunk, refusal } = sent);
      if (sent.outcome === null) continue;
      tries += 1;
      if (sent.isTokenGone && tries === 1) continue;
      await pause(
        backoff(tries, this.#parts.dice, this.#parts.times.backoff, retryAfterOf(sent.outcome)),
        this.#halt.signal,
      );
    }
  }

  /**
   * Notes, before the first sending of an attempt, from when on a record can be the request's: by the org's clock, or
   * where that is not known yet by reading what the customers have already.
   *
   * @returns null when the run was stopped meanwhile
   */
  async #prepare(chunk: LiveChunk): Promise<LiveChunk | null> {
    if (chunk.sentAfter !== null || chunk.known !== null) return chunk;
    if (this.#orgClock !== null) return { ...chunk, sentAfter: this.#orgClock };
    const records = await this.#readAll(openCustomersOf(chunk));
    return records === null ? null : { ...chunk, known: [...records.values()].flat().map(({ id }) => id) };
  }

  /**
   * Sends a chunk's request once.
   *
   * @param begun its line in the ledger, when it was noted before
   * @returns null when it did not leave because the run was stopped
   */
  async #sendChunk(
    chunk: LiveChunk,
    begun: number | null,
  ): Promise<{
    chunk: LiveChunk;
    outcome: Outcome | null;
    refusal: CustomerAnswer | null;
    isTokenGone: boolean;
  } | null> {
    const { store, ledger, job, org, now, rate } = this.#parts;
    const isInDoubt = chunk.state === 'unknown';
    const request = chunkRequest(org, job, chunk);
    await rate.turn(this.#halt.signal);
    if (this.#stop !== null) return null;
    let key = begun ?? 0;
    if (begun === null) {
      await this.#commit.write(() => {
        store.moveChunk(job.key, { ...chunk, state: isInDoubt ? 'unknown' : 'sent' });
        key = ledger.begin(ledgerRequest(org, request, now()), true);
      });
    }
    this.#parts.changed();
    const done = await this.#attempt(request);
    const after = this.#judge(chunk, done.outcome, isInDoubt);
    const orgClock = after.orgClock ?? this.#clockByDate(done);
    this.#commit.writeLater(() => {
      ledger.settle(key, done.answer, true);
      store.saveChunk(job.key, after.chunk);
      if (orgClock !== null) store.setOrgClock(job.key, orgClock);
    });
    if (orgClock !== null) {
      this.#orgClock = orgClock;
      this.#wakeLanes();
    }
    this.#parts.changed();
    this.#note(done);
    const isOver = after.chunk.state === 'settled' || after.chunk.state === 'consumed';
    return {
      chunk: after.chunk,
      outcome: isOver ? null : done.outcome,
      refusal: after.refusal,
      isTokenGone: done.outcome.kind === 'unauthorized',
    };
  }

  /** What an outcome says of a chunk. */
  #judge(chunk: LiveChunk, outcome: Outcome, isInDoubt: boolean): Judgement {
    const after = (next: LiveChunk, refusal: CustomerAnswer | null = null): Judgement => ({
      chunk: next,
      refusal,
      orgClock: null,
    });
    switch (outcome.kind) {
      case 'success': {
        const answers = readBulkAnswer(outcome.data);
        if (answers === null) return after({ ...chunk, state: 'unknown' });
        const answered = withAnswers(chunk, answers);
        const isWhole = openCustomersOf(answered).length === 0;
        return {
          // A customer that the answer passed over must be looked up: the request was processed.
          chunk: { ...answered, state: isWhole ? 'settled' : 'consumed' },
          refusal: null,
          orgClock: this.#later(answers),
        };
      }
      case 'refused': {
        const [error] = outcome.errors;
        if (!error) return after({ ...chunk, state: 'unknown' });
        if (outcome.errors.some(({ code }) => code === REPEATED)) return after({ ...chunk, state: 'consumed' });
        const refusal: CustomerAnswer = { outcome: { kind: 'refused', code: error.code }, message: outcome.sentence };
        // An earlier sending may have been carried out before the org changed its mind: look before believing it.
        if (isInDoubt) return after({ ...chunk, state: 'consumed' }, refusal);
        return after({ ...withRefusal(chunk, error.code, outcome.sentence), state: 'settled' });
      }
      case 'ambiguous':
      case 'unusable':
        return after({ ...chunk, state: 'unknown' });
      case 'unauthorized':
      case 'throttled':
      case 'not-sent':
        return after({ ...chunk, state: isInDoubt ? 'unknown' : 'waiting' });
    }
  }

  /** The org's clock as the ids of fresh records show it, if that is later than what was known. */
  #later(answers: ReadonlyMap<number, CustomerAnswer>): Instant | null {
    let latest = this.#orgClock ?? Number.NEGATIVE_INFINITY;
    for (const { outcome } of answers.values()) {
      if (outcome.kind !== 'done' || outcome.issuedId === null) continue;
      latest = Math.max(latest, creationSecondOf(outcome.issuedId));
      // All records of one request are made in one instant.
      break;
    }
    return latest > (this.#orgClock ?? Number.NEGATIVE_INFINITY) ? latest : null;
  }

  /**
   * Where everybody is refused no record shows the org's clock; its Date header then tells roughly what time it is there.
   * A practice org's own clock may be another one, and reading its customers costs next to nothing.
   */
  #clockByDate({ outcome, serverSeconds }: Attempt): Instant | null {
    if (this.#parts.isPractice || this.#orgClock !== null || outcome.kind !== 'success' || serverSeconds === null)
      return null;
    return Math.floor(serverSeconds) * SECOND - DATE_MARGIN;
  }

  /**
   * Settles a chunk whose request the org has processed, by reading its customers. Those who have nothing are read once
   * more after a quiet moment; then nothing of the request can still be on its way, and they go into a fresh request, or
   * take the refusal that the org gave when it was asked again.
   *
   * @returns null when the run was stopped meanwhile
   */
  async #readOutcomes(chunk: LiveChunk, refusal: CustomerAnswer | null): Promise<LiveChunk | null> {
    const { store, job, times } = this.#parts;
    const first = await this.#readAll(openCustomersOf(chunk));
    if (first === null) return null;
    let next = withAnswers(chunk, this.#given(first, chunk));
    let last = first;
    if (openCustomersOf(next).length > 0) {
      await pause(times.quiet, this.#halt.signal);
      const second = await this.#readAll(openCustomersOf(next));
      if (second === null) return null;
      next = withAnswers(next, this.#given(second, chunk));
      last = second;
    }
    const missing = openCustomersOf(next);
    if (missing.length === 0) next = { ...next, state: 'settled' };
    else if (refusal?.outcome.kind === 'refused') {
      next = { ...withRefusal(next, refusal.outcome.code, refusal.message), state: 'settled' };
    } else {
      const known =
        this.#orgClock === null ? missing.flatMap((customer) => last.get(customer) ?? []).map(({ id }) => id) : null;
      next = { ...next, state: 'waiting', attempt: next.attempt + 1, sentAfter: null, known };
    }
    const settled = next;
    await this.#commit.write(() => store.saveChunk(job.key, settled));
    this.#parts.changed();
    return settled;
  }

  #given(records: ReadonlyMap<number, readonly CustomerRecord[]>, chunk: LiveChunk): Map<number, CustomerAnswer> {
    const answers = new Map<number, CustomerAnswer>();
    for (const [customer, all] of records) {
      const record = recordOfRequest(all, this.#parts.job, chunk);
      if (record) answers.set(customer, { outcome: { kind: 'done', issuedId: recordIdOf(record.id) }, message: '' });
    }
    return answers;
  }

  /** What some customers have of the badge. @returns null when the run was stopped before all were read */
  async #readAll(customers: readonly number[]): Promise<Map<number, readonly CustomerRecord[]> | null> {
    const found = new Map<number, readonly CustomerRecord[]>();
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < customers.length) {
        const customer = customers[next] as number;
        next += 1;
        const records = await this.#readOne(customer);
        if (records === null) return;
        found.set(customer, records);
      }
    };
    await Promise.all(Array.from({ length: this.#parts.parallel }, lane));
    return found.size === customers.length ? found : null;
  }

  async #readOne(customer: number): Promise<readonly CustomerRecord[] | null> {
    const { ledger, job, org, now, rate, dice, times } = this.#parts;
    const request = recordsRequest(org, job, customer);
    for (let tries = 1; ; tries += 1) {
      await rate.turn(this.#halt.signal);
      if (this.#isGivingUp(tries)) return null;
      const key = ledger.begin(ledgerRequest(org, request, now()), false);
      const done = await this.#attempt(request);
      const { outcome } = done;
      ledger.settle(key, done.answer, false);
      this.#note(done);
      const records = outcome.kind === 'success' ? readRecords(outcome.data, job.action) : null;
      if (records !== null) return records;
      if (saysThereIsNothing(outcome)) return [];
      if (outcome.kind === 'refused' && tries >= MOST_REFUSED_READS) {
        this.#pauseNote = `${org.name} does not tell what customer ${String(customer)} has: ${outcome.sentence}. Nothing more is sent, because nobody could tell whether it is given twice. Continue the job when the org tells again.`;
        this.stop('paused');
        return null;
      }
      if (this.#isGivingUp(tries)) return null;
      await pause(backoff(tries, dice, times.backoff, retryAfterOf(outcome)), this.#halt.signal);
    }
  }

  /** After a cancellation unknown customers are still looked up, a few times each. */
  #isGivingUp(tries: number): boolean {
    if (this.#stop === null) return false;
    return this.#stop !== 'cancelled' || this.#giveUp.signal.aborted || tries > 3;
  }

  /** A cancelled job sends nothing any more, but what left before is looked up where the org lets it. */
  async #lookOnce(): Promise<void> {
    const { store, job } = this.#parts;
    await this.#commit.drained();
    const numbers = [...store.chunkNumbers(job.key, 'consumed'), ...store.chunkNumbers(job.key, 'unknown')];
    for (const number of numbers) {
      const chunk = store.chunk(job.key, number);
      const records = chunk && (await this.#readAll(openCustomersOf(chunk)));
      if (!chunk || !records) continue;
      const looked = withAnswers(chunk, this.#given(records, chunk));
      store.saveChunk(job.key, { ...looked, state: openCustomersOf(looked).length === 0 ? 'settled' : 'waiting' });
    }
  }

  async #attempt(request: GatewayRequest): Promise<Attempt> {
    const { exchanger, authorizer, now } = this.#parts;
    return attempt(exchanger, authorizer, request, now, this.#giveUp.signal);
  }

  #reach(how: Reachability): void {
    if (how === this.#reached) return;
    this.#reached = how;
    this.#parts.reached(how);
  }

  /** Keeps account of how the org answers, and says so when it does not. */
  #note({ outcome, hadToken }: Pick<Attempt, 'outcome' | 'hadToken'>): void {
    const { store, job, rate, changed } = this.#parts;
    if (outcome.kind === 'success' || outcome.kind === 'refused') {
      this.#failures = 0;
      this.#unauthorized = 0;
      this.#reach('online');
      if (this.#isTelling && this.#stop === null) {
        this.#isTelling = false;
        store.setState(job.key, 'running', null);
        changed();
      }
      return;
    }
    if (outcome.kind === 'throttled') rate.closeFor(outcome.retryAfter ?? 0);
    this.#failures += 1;
    if (outcome.kind === 'unauthorized') {
      this.#unauthorized += 1;
      const most = hadToken ? MOST_EXPIRED * this.#parts.parallel : MOST_UNAUTHORIZED;
      if (outcome.status !== 401 || this.#unauthorized >= most) {
        this.#reach('unauthorized');
        this.#pauseNote = outcome.sentence;
        this.stop('paused');
        return;
      }
    }
    if (this.#failures < FAILURES_TO_TELL || this.#stop !== null) return;
    this.#isTelling = true;
    this.#reach(reachability(outcome));
    store.setState(job.key, 'waiting-for-org', `${outcome.sentence} The job goes on by itself when the org answers.`);
    changed();
  }
}
