import type { LedgerStore } from '../../../../db/workspace/ledger';
import type { LiveChunk, LiveJob, LiveJobStore } from '../../../../db/workspace/live-jobs';
import type { Instant } from '../../../../shared/domain/instant';
import { ledgerRequest, type GatewayRequest, type RemoteOrg } from '../client/gateway-client';
import type { GroupCommit } from './group-commit';

/** A chunk to work on, and its request's line in the ledger where that is written already. */
export interface Task {
  chunk: LiveChunk;
  ledgerKey: number | null;
  /** The chunk as it was before its request was noted. */
  before: LiveChunk;
}

export interface QueueParts {
  store: LiveJobStore;
  ledger: LedgerStore;
  job: LiveJob;
  org: RemoteOrg;
  /** Requests noted in one commit before they leave. */
  ahead: number;
  /** Requests at once. */
  parallel: number;
  commit: GroupCommit;
  now(): Instant;
  requestOf(chunk: LiveChunk): GatewayRequest;
  /** Whether nothing can be sent of a chunk. */
  isDamaged(chunk: LiveChunk): boolean;
  /** Told when there is more to take. */
  filled(): void;
}

/** The answer that a request never got, because it did not leave. */
const NO_ANSWER = { answeredOn: null, status: null, codes: [], headers: [], body: null };

/** The chunks of a live job that are still to be worked on, in order: what is in doubt first. */
export class ChunkQueue {
  readonly #parts: QueueParts;
  readonly #settling: number[] = [];
  readonly #waiting: number[] = [];
  readonly #ready: Task[] = [];
  #filling: Promise<void> | null = null;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** Takes up a job where its last commit left it. */
  begin(): void {
    const { store, job } = this.#parts;
    store.transaction(() => {
      // Nobody waits for these answers any more: whether the requests arrived is unknown.
      for (const number of store.chunkNumbers(job.key, 'sent')) {
        const chunk = store.chunk(job.key, number);
        if (chunk) store.moveChunk(job.key, { ...chunk, state: 'unknown' });
      }
    });
    this.#settling.push(...store.chunkNumbers(job.key, 'consumed'), ...store.chunkNumbers(job.key, 'unknown'));
    this.#waiting.push(...store.chunkNumbers(job.key, 'waiting'));
  }

  /** Chunks that nobody works on yet. */
  get left(): number {
    return this.#waiting.length + this.#ready.length + this.#settling.length;
  }

  /** The commit under way that brings more to take. @throws what the store throws */
  get filling(): Promise<void> | null {
    return this.#filling;
  }

  /** A chunk whose request may have been carried out. */
  takeDoubtful(): Task | null {
    return this.#load(this.#settling.shift());
  }

  /** The next chunk, of whose request nothing is noted yet. */
  takeBare(): Task | null {
    return this.#load(this.#waiting.shift());
  }

  /**
   * The next chunk whose request is noted; where few are left, more are noted.
   *
   * @param sentAfter instant by the org's clock after which their records are made
   */
  takeNoted(sentAfter: Instant): Task | null {
    if (this.#ready.length < this.#parts.parallel) this.#filling ??= this.#fill(sentAfter);
    return this.#ready.shift() ?? null;
  }

  /** Gives back what did not leave. */
  giveBack(task: Task): void {
    this.#ready.push(task);
  }

  /** What was noted and did not leave waits again. @param sentence for people, why its request did not leave */
  putBack(sentence: string): void {
    const { store, ledger, job } = this.#parts;
    const tasks = this.#ready.splice(0);
    if (tasks.length === 0) return;
    store.transaction(() => {
      for (const { before, ledgerKey } of tasks) {
        store.moveChunk(job.key, { ...before, state: 'waiting' });
        if (ledgerKey !== null) ledger.settle(ledgerKey, { outcome: 'failed', sentence, ...NO_ANSWER }, true);
      }
    });
    this.#waiting.unshift(...tasks.map(({ before }) => before.number));
  }

  #load(number: number | undefined): Task | null {
    if (number === undefined) return null;
    const chunk = this.#parts.store.chunk(this.#parts.job.key, number);
    return chunk ? { chunk, ledgerKey: null, before: chunk } : null;
  }

  /**
   * Notes the next few requests before they leave, in one commit: the wait for the disk is then shared by all of them, and
   * by the answers that came meanwhile.
   */
  #fill(sentAfter: Instant): Promise<void> | null {
    const { store, ledger, job, org, now, ahead, commit, requestOf, isDamaged, filled } = this.#parts;
    const numbers = this.#waiting.splice(0, ahead);
    if (numbers.length === 0) return null;
    const tasks: Task[] = [];
    const filling = commit
      .write(() => {
        for (const number of numbers) {
          const before = store.chunk(job.key, number);
          if (!before || isDamaged(before)) continue;
          const chunk = isNoted(before) ? before : { ...before, sentAfter };
          store.moveChunk(job.key, { ...chunk, state: 'sent' });
          const ledgerKey = ledger.begin(ledgerRequest(org, requestOf(chunk), now()), true);
          tasks.push({ chunk, ledgerKey, before });
        }
      })
      .then(() => {
        this.#filling = null;
        this.#ready.push(...tasks);
        filled();
      });
    // Every lane may be busy when it fails; whoever waits for it hears of that.
    filling.catch(() => undefined);
    return filling;
  }
}

/** Whether it stands with the chunk already what tells its records: what its customers had before, or their ids. */
export function isNoted({ sentAfter, known, records }: LiveChunk): boolean {
  return sentAfter !== null || known !== null || records !== null;
}
