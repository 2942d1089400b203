import type { LedgerStore } from '../../../../db/workspace/ledger';
import {
  reasonOf,
  type LiveChunk,
  type LiveJob,
  type LiveJobStore,
  type RefusalCount,
} from '../../../../db/workspace/live-jobs';
import type { Instant } from '../../../../shared/domain/instant';
import type { Outcome } from '../client/answers';
import { CustomerReader, type RecordsOfCustomers } from './customer-reader';
import type { Exchanger } from '../client/exchange';
import {
  attempt,
  ledgerRequest,
  type Attempt,
  type Authorizer,
  type GatewayRequest,
  type RemoteOrg,
} from '../client/gateway-client';
import { GroupCommit } from './group-commit';
import { JobStrain } from './strain';
import { ChunkQueue, isNoted, type Task } from './chunk-queue';
import { afterReading, Perseverance, refusedWhole, type CustomerAnswers } from './decisions';
import { Lanes } from './lanes';
import { mannerOf, type JobManner } from './manner';
import { openCustomersOf, withAnswers } from './request';
import { OrgClock } from './org-clock';
import { backoff, pause, type Dice, type RateLimit } from '../client/pace';
import { retryAfterOf } from '../client/patient-read';
import type { Reachability } from '../client/reachability';
import { RunStop, type Stop } from './run-stop';
import { refusalLabel } from './view';
import type { SyncTimes } from '../context';
import { inEnglish } from '../../../../shared/words/english';
import { message, type Message } from '../../../../shared/words/message';

export interface LiveJobParts {
  store: LiveJobStore;
  ledger: LedgerStore;
  job: LiveJob;
  org: RemoteOrg;
  /** Requests at once. */
  parallel: number;
  /** Requests noted in one commit before they leave. */
  ahead: number;
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

export type LiveJobEnd = Stop | 'done';

/** What one sending of a chunk came to. */
interface Sent {
  chunk: LiveChunk;
  outcome: Outcome;
  refusals: CustomerAnswers;
}

/**
 * Carries a live bulk job through: one chunk, one request, under an id that stays the same however often it is sent.
 * What is known of every chunk is committed before its request leaves and when its answer came, so that the job can end
 * at any instant and go on later. What follows from what is decided elsewhere: live-job-decisions, org-clock, job-strain.
 * How unknown chunks are settled: docs/decisions/0032; those of an import, which no request id guards: 0198.
 */
export class LiveJobRun {
  readonly #parts: LiveJobParts;
  readonly #commit: GroupCommit;
  readonly #stop: RunStop;
  readonly #clock: OrgClock;
  readonly #strain: JobStrain;
  readonly #reader: CustomerReader;
  readonly #manner: JobManner;
  readonly #queue: ChunkQueue;
  readonly #lanes: Lanes<Task>;
  #reached: Reachability = 'unknown';
  /** Reasons that refused a whole request before, and with which a person let the job go on. */
  #goneOnWith: ReadonlySet<string> = new Set();

  constructor(parts: LiveJobParts) {
    const { store, job, parallel, org } = parts;
    this.#parts = parts;
    this.#manner = mannerOf(job);
    this.#commit = new GroupCommit((work) => store.transaction(work));
    this.#stop = new RunStop(() => this.#lanes.wake());
    const isByClock = this.#manner.tells === 'clock';
    this.#clock = new OrgClock(job.orgClock, isByClock ? firstIdOf(store.chunk(job.key, 0)) : null);
    this.#strain = new JobStrain(parallel);
    this.#reader = new CustomerReader({ ...parts, stop: this.#stop, attempt: (request) => this.#attempt(request) });
    this.#queue = new ChunkQueue({
      ...parts,
      commit: this.#commit,
      requestOf: (chunk) => this.#manner.request(org, chunk),
      isDamaged: (chunk) => this.#isDamaged(chunk),
      filled: () => this.#lanes.wake(),
    });
    this.#lanes = new Lanes({
      isOver: () => this.#stop.how !== null,
      take: (others) => this.#take(others),
      pending: () => this.#queue.filling,
      work: (task) => this.#work(task),
      // One lane's failure is the job's: the others finish what is on its way.
      failed: () => this.stop('closed'),
    });
  }

  /** Asks the run to stop. It still finishes what is on its way, for a few seconds. */
  stop(how: Stop): void {
    this.#stop.stop(how);
  }

  /** @throws what the store throws: the job is then where its last commit left it */
  async run(): Promise<LiveJobEnd> {
    const { store, job, parallel } = this.#parts;
    this.#goneOnWith = new Set(store.wholeRefusals(job.key).map(reasonOf));
    this.#queue.begin();
    await this.#lanes.run(parallel);
    await this.#queue.filling;
    this.#queue.putBack(inEnglish(message('jobs.notSentStopped')));
    if (this.#stop.how === 'cancelled') await this.#lookOnce();
    await this.#commit.drained();
    return this.#end();
  }

  #end(): LiveJobEnd {
    const { store, job, now } = this.#parts;
    const end = this.#stop.how ?? 'done';
    if (end === 'done') store.setState(job.key, 'done', null, now());
    if (end === 'cancelled') store.setState(job.key, 'cancelled', inEnglish(message('jobs.cancelled')), now());
    if (end === 'paused') store.setState(job.key, 'paused', this.#stop.note);
    return end;
  }

  #take(others: number): Task | null {
    const sentAfter = this.#manner.tells === 'ids' ? 0 : this.#clock.sentAfter;
    if (this.#clock.isOver) this.#queue.putBack(inEnglish(message('jobs.notSentReading')));
    // While customers are read before their request leaves, one request at a time: reading uses all that may be used.
    if (sentAfter === null && others > 0) return null;
    return (
      this.#queue.takeDoubtful() ?? (sentAfter === null ? this.#queue.takeBare() : this.#queue.takeNoted(sentAfter))
    );
  }

  async #work(task: Task): Promise<void> {
    const { dice, times } = this.#parts;
    const perseverance = new Perseverance();
    let { chunk, ledgerKey } = task;
    let refusals: CustomerAnswers = new Map();
    let isRefused = false;
    for (let tries = 0; this.#stop.how === null && chunk.state !== 'settled';) {
      if (chunk.state === 'consumed' || (chunk.state === 'unknown' && this.#manner.tells === 'reading')) {
        const read: LiveChunk | null = await this.#readOutcomes(chunk, refusals, isRefused);
        if (read === null) return;
        const doubt = perseverance.looked(openCustomersOf(chunk).length, openCustomersOf(read).length);
        chunk = read;
        refusals = new Map();
        tries = perseverance.fruitless;
        if (chunk.state === 'settled') return;
        if (doubt !== null) return this.#pauseBecause(doubt);
        if (tries > 0) await pause(backoff(tries, dice, times.backoff), this.#stop.halted);
        continue;
      }
      const ready = await this.#prepare(chunk);
      if (ready === null || ready.state === 'settled') return;
      const sent = await this.#send(ready, ledgerKey);
      if (sent === null) {
        if (ledgerKey !== null) this.#queue.giveBack({ ...task, chunk, ledgerKey });
        return;
      }
      ledgerKey = null;
      const { outcome } = sent;
      isRefused = outcome.kind === 'refused';
      ({ chunk, refusals } = sent);
      if (chunk.state === 'settled' || chunk.state === 'consumed') continue;
      if (chunk.state === 'unknown' && this.#manner.tells === 'reading') continue;
      const doubt = perseverance.sent(outcome);
      if (doubt !== null) return this.#pauseBecause(doubt);
      tries += 1;
      // A token that ran out is renewed at once.
      if (outcome.kind === 'unauthorized' && tries === 1) continue;
      await pause(backoff(tries, dice, times.backoff, retryAfterOf(outcome)), this.#stop.halted);
    }
  }

  #pauseBecause(doubt: Message): void {
    this.#stop.stop('paused', inEnglish(message('jobs.doubt', { org: this.#parts.org.name, doubt })));
  }

  /**
   * Notes, before the first sending of an attempt, which records cannot be the request's: by the org's clock, or where
   * that is not to be relied on by reading what the customers have already. What they have may leave nothing to be sent:
   * the chunk is settled then.
   *
   * @returns null when the run was stopped meanwhile
   */
  async #prepare(chunk: LiveChunk): Promise<LiveChunk | null> {
    if (this.#isDamaged(chunk)) return null;
    if (isNoted(chunk)) return chunk;
    const { sentAfter } = this.#clock;
    if (sentAfter !== null) return { ...chunk, sentAfter };
    const records = await this.#reader.readAll(openCustomersOf(chunk));
    if (records === null) return null;
    const known = { ...chunk, known: [...records.values()].flat().map(({ id }) => id) };
    const ready = this.#manner.prepared(known, records);
    if (ready === known) return known;
    const { store, job, changed } = this.#parts;
    await this.#commit.write(() => store.saveChunk(job.key, ready));
    changed();
    return ready;
  }

  /**
   * Sends a chunk's request once.
   *
   * @param begun its line in the ledger, when it was noted before
   * @returns null when it did not leave because the run was stopped
   */
  async #send(chunk: LiveChunk, begun: number | null): Promise<Sent | null> {
    const { store, ledger, job, org, now, rate, changed } = this.#parts;
    const isInDoubt = chunk.state === 'unknown';
    const request = this.#manner.request(org, chunk);
    await rate.turn(this.#stop.halted);
    if (this.#stop.how !== null) return null;
    let key = begun ?? 0;
    if (begun === null) {
      await this.#commit.write(() => {
        store.moveChunk(job.key, { ...chunk, state: isInDoubt ? 'unknown' : 'sent' });
        key = ledger.begin(ledgerRequest(org, request, now()), true);
      });
    }
    changed();
    const done = await this.#attempt(request);
    const { outcome } = done;
    const after = this.#manner.judge(chunk, outcome, isInDoubt);
    // A sending that was in doubt may have been carried out long before its answer came.
    if (!isInDoubt) this.#clock.note({ ids: after.ids, serverSeconds: done.serverSeconds });
    const asks = this.#questionOf(after.chunk, outcome.kind === 'refused');
    this.#commit.writeLater(() => {
      ledger.settle(key, done.answer, true);
      store.saveChunk(job.key, after.chunk);
      this.#noteQuestion(asks);
      if (this.#clock.sentAfter !== null) store.setOrgClock(job.key, this.#clock.sentAfter);
    });
    changed();
    if (asks !== null) this.#stop.stop('paused', asks);
    if (this.#clock.wantsConfirmation) await this.#confirmClock(after.chunk);
    this.#lanes.wake();
    return { chunk: after.chunk, outcome, refusals: after.refusals };
  }

  /** Compares what a record that was just made says of itself with what its id says. */
  async #confirmClock(chunk: LiveChunk): Promise<void> {
    const index = chunk.outcomes.findIndex(({ kind }) => kind === 'done');
    const outcome = chunk.outcomes[index];
    const customer = chunk.customers[index];
    if (outcome?.kind !== 'done' || outcome.issuedId === null || customer === undefined) return;
    const id = outcome.issuedId.toLowerCase();
    const records = await this.#reader.readAll([customer]);
    if (records === null) return;
    const record = records.get(customer)?.find((each) => each.id.toLowerCase() === id);
    this.#clock.confirm(id, record?.madeOn ?? null);
  }

  /**
   * Settles a chunk whose request the org has processed, by reading its customers. Those who have nothing are read once
   * more after a quiet moment; then nothing of the request can still be on its way. Where no id of a request tells that it
   * was processed, they are read until nothing more appears.
   *
   * @returns null when the run was stopped meanwhile
   */
  async #readOutcomes(chunk: LiveChunk, refusals: CustomerAnswers, isRefused: boolean): Promise<LiveChunk | null> {
    const { store, job, times, changed } = this.#parts;
    const first = await this.#reader.readAll(openCustomersOf(chunk));
    if (first === null) return null;
    if (this.#isDamaged(chunk)) return null;
    let next = withAnswers(chunk, this.#givenOf(first, chunk));
    let last = first;
    for (let before = -1; openCustomersOf(next).length > 0 && openCustomersOf(next).length !== before;) {
      before = openCustomersOf(next).length;
      await pause(times.quiet * this.#manner.quiets, this.#stop.halted);
      const again = await this.#reader.readAll(openCustomersOf(next));
      if (again === null) return null;
      next = withAnswers(next, this.#givenOf(again, next));
      last = again;
      if (this.#manner.tells !== 'reading') break;
    }
    const settled = afterReading(next, last, refusals);
    const asks = this.#questionOf(settled, isRefused);
    await this.#commit.write(() => {
      store.saveChunk(job.key, settled);
      this.#noteQuestion(asks);
    });
    changed();
    if (asks !== null) this.#stop.stop('paused', asks);
    return settled;
  }

  /**
   * What a person is asked when all of a request is refused for one reason that was not met before: the same would most
   * likely become of all that follow. Rows that are refused one by one are asked about while others are still to be sent.
   *
   * @returns null where there is nothing to ask
   */
  #questionOf(chunk: LiveChunk, isRequestRefused: boolean): string | null {
    const reason = refusedWhole(chunk);
    if (reason === null || this.#goneOnWith.has(reasonOf(reason)) || this.#manner.isAboutOne(reason)) return null;
    return isRequestRefused || this.#queue.left > 0 ? this.#inWords(reason) : null;
  }

  #inWords([code, , said]: RefusalCount): string {
    const { job, org } = this.#parts;
    return inEnglish(message('jobs.refusedWhole', { org: org.name, reason: refusalLabel(code, said, job.action) }));
  }

  /** With the refusal itself: whatever ends Laurel in between, the question is not passed over. */
  #noteQuestion(asks: string | null): void {
    const { store, job } = this.#parts;
    if (asks !== null && this.#stop.how !== 'cancelled') store.setState(job.key, 'paused', asks);
  }

  /** Pauses where what a request needs is not noted any more. */
  #isDamaged(chunk: LiveChunk): boolean {
    if (!this.#manner.isDamaged(chunk)) return false;
    this.#stop.stop(
      'paused',
      inEnglish(message(this.#parts.job.action === 'import' ? 'jobs.awardsDamaged' : 'jobs.recordsDamaged')),
    );
    return true;
  }

  #givenOf(records: RecordsOfCustomers, chunk: LiveChunk): CustomerAnswers {
    return this.#manner.given(records, chunk, !this.#clock.isBroken);
  }

  /** A cancelled job sends nothing any more, but what left before is looked up where the org lets it. */
  async #lookOnce(): Promise<void> {
    const { store, job } = this.#parts;
    await this.#commit.drained();
    const numbers = [...store.chunkNumbers(job.key, 'consumed'), ...store.chunkNumbers(job.key, 'unknown')];
    for (const number of numbers) {
      const chunk = store.chunk(job.key, number);
      const records = chunk && (await this.#reader.readAll(openCustomersOf(chunk)));
      if (!chunk || !records) continue;
      const looked = withAnswers(chunk, this.#givenOf(records, chunk));
      store.saveChunk(job.key, { ...looked, state: openCustomersOf(looked).length === 0 ? 'settled' : 'waiting' });
    }
  }

  async #attempt(request: GatewayRequest): Promise<Attempt> {
    const { exchanger, authorizer, now } = this.#parts;
    const done = await attempt(exchanger, authorizer, request, now, this.#stop.givenUp);
    this.#follow(this.#strain.note(done));
    return done;
  }

  /** Does for the whole job what an answer asks for. */
  #follow({ reached, pause: why, waits, recovered, closedFor }: ReturnType<JobStrain['note']>): void {
    const { store, job, rate, changed } = this.#parts;
    rate.closeFor(closedFor);
    if (reached !== null && reached !== this.#reached) {
      this.#reached = reached;
      this.#parts.reached(reached);
    }
    if (why !== null) this.#stop.stop('paused', why);
    if (this.#stop.how !== null || !(recovered || waits !== null)) return;
    if (waits === null) store.setState(job.key, 'running', null);
    else store.setState(job.key, 'waiting-for-org', waits);
    changed();
  }
}

/** The id of the first record that a chunk's customers got. */
function firstIdOf(chunk: LiveChunk | undefined): string | null {
  const given = chunk?.outcomes.find((outcome) => outcome.kind === 'done' && outcome.issuedId !== null);
  return given?.kind === 'done' ? given.issuedId : null;
}
