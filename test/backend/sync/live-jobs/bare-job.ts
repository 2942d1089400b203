import Database from 'better-sqlite3';
import { WORKSPACE } from '../../../../db/kinds';
import { migrate } from '../../../../db/migrate';
import type { CustomerOutcome } from '../../../../db/workspace/live-chunks';
import { LedgerStore, type LedgerLine } from '../../../../db/workspace/ledger';
import { LiveJobStore, type LiveJob } from '../../../../db/workspace/live-jobs';
import { Exchanger, type ExchangeTimes } from '../../../../electron/backend/sync/client/exchange';
import { DIRECTLY } from '../../network/directly';
import type { Authorizer } from '../../../../electron/backend/sync/client/gateway-client';
import { LiveJobRun, type LiveJobEnd, type LiveJobParts } from '../../../../electron/backend/sync/live-jobs/run';
import type { Reachability } from '../../../../electron/backend/sync/client/reachability';
import type { Stop } from '../../../../electron/backend/sync/live-jobs/run-stop';
import { canBeServedLater } from '../../../../electron/backend/sync/live-jobs/second-chance';
import { RateLimit } from '../../../../electron/backend/sync/client/pace';
import { fromMilliseconds, type Instant } from '../../../../shared/domain/instant';

export interface BareJobOptions {
  url: string;
  customers: readonly number[];
  chunkSize: number;
  parallel?: number;
  dice?: () => number;
  authorizer?: Authorizer;
  rate?: RateLimit;
  /** Requests noted in one commit before they leave. */
  ahead?: number;
  /** The org's clock as an earlier run of the job knew it. */
  clock?: Instant;
  /** Milliseconds after which an answer is given up; short unless given. */
  exchange?: Partial<ExchangeTimes>;
  changed?: () => void;
  reached?: (how: Reachability) => void;
}

const BASIC: Authorizer = {
  authorize: () => Promise.resolve({ ok: true, header: { name: 'authorization', value: 'Basic dGVzdDp0ZXN0ZXI=' } }),
  rejected: () => undefined,
};

/** A live job without a backend around it, in this process: its real store, over real HTTP, with waits too short to see. */
export class BareJob {
  readonly store: LiveJobStore;
  readonly #ledger: LedgerStore;
  readonly #options: BareJobOptions;
  readonly #key: number;
  readonly #chunks: number;
  #run: LiveJobRun | null = null;

  constructor(options: BareJobOptions) {
    const connection = new Database(':memory:');
    migrate(connection, WORKSPACE.migrations, WORKSPACE.applicationId);
    this.#options = options;
    this.store = new LiveJobStore(connection);
    this.#ledger = new LedgerStore(connection);
    const { key } = this.store.add({
      ...{ uid: 'uid', connectionKey: 1, connectionName: 'Odd', badgeName: 'Badge', remoteBadgeId: 'badge' },
      ...{ action: 'award', ownerType: 'Loyalty', referenceId: '626', eventDate: null, source: '', startedOn: 0 },
    });
    this.#key = key;
    let chunks = 0;
    const { customers, chunkSize } = options;
    for (let from = 0; from < customers.length; chunks += 1) {
      const size = chunks === 0 ? Math.min(3, chunkSize) : chunkSize;
      this.store.addChunk(key, chunks, customers.slice(from, from + size));
      from += size;
    }
    this.#chunks = chunks;
    this.store.setTotal(key, customers.length, '');
    this.store.setState(key, 'running', null);
    if (options.clock !== undefined) this.store.setOrgClock(key, options.clock);
  }

  get job(): LiveJob {
    return this.store.get(this.#key);
  }

  /** Runs until it ends; may be called again. */
  async run(): Promise<LiveJobEnd> {
    const { url, parallel = 3, dice = Math.random, authorizer = BASIC, rate, ahead = 2 } = this.#options;
    const { exchange = { connect: 2_000, idle: 150, total: 400 } } = this.#options;
    const { changed = () => undefined, reached = () => undefined } = this.#options;
    const exchanger = new Exchanger(parallel * 2, DIRECTLY, exchange);
    const parts: LiveJobParts = {
      ...{ store: this.store, ledger: this.#ledger, job: this.job, parallel, ahead, exchanger, authorizer, dice },
      ...{ changed, reached },
      org: { connectionKey: 1, name: 'Odd', baseUrl: url },
      rate: rate ?? new RateLimit(100_000),
      times: { exchange: {}, backoff: { first: 1, most: 4 }, quiet: 1 },
      now: () => fromMilliseconds(Date.now()),
    };
    try {
      this.#run = new LiveJobRun(parts);
      return await this.#run.run();
    } finally {
      exchanger.close();
    }
  }

  stop(how: Stop = 'paused'): void {
    this.#run?.stop(how);
  }

  /** Its lines in the list of calls, of one purpose, oldest first. */
  lines(purpose: string): LedgerLine[] {
    return this.#ledger.ofJob(this.#key, 0, 1_000).filter((line) => line.purpose === purpose);
  }

  retryRefused(): number {
    return this.store.reopenRefused(this.#key, canBeServedLater);
  }

  /** What became of each customer. */
  outcomes(): Map<number, CustomerOutcome> {
    const found = new Map<number, CustomerOutcome>();
    for (let number = 0; number < this.#chunks; number += 1) {
      const chunk = this.store.chunk(this.#key, number);
      chunk?.customers.forEach((customer, index) => found.set(customer, chunk.outcomes[index] ?? { kind: 'open' }));
    }
    return found;
  }
}
