import type { LedgerStore } from '../../../../db/workspace/ledger';
import type { LiveJob } from '../../../../db/workspace/live-jobs';
import type { Instant } from '../../../../shared/domain/instant';
import { readRecords, recordsRequest, saysThereIsNothing, type CustomerRecord } from './customer-records';
import { ledgerRequest, type Attempt, type GatewayRequest, type RemoteOrg } from '../client/gateway-client';
import { MOST_ODD } from './decisions';
import { backoff, pause, type Dice, type RateLimit } from '../client/pace';
import { retryAfterOf } from '../client/patient-read';
import type { RunStop } from './run-stop';
import type { SyncTimes } from '../context';
import { inEnglish } from '../../../../shared/words/english';
import { message } from '../../../../shared/words/message';

/** Times in a row that an org refuses to tell what a customer has before a person has to look. */
const MOST_REFUSED = 3;

export interface CustomerReaderParts {
  ledger: LedgerStore;
  job: LiveJob;
  org: RemoteOrg;
  parallel: number;
  rate: RateLimit;
  dice: Dice;
  times: SyncTimes;
  stop: RunStop;
  now(): Instant;
  attempt(request: GatewayRequest): Promise<Attempt>;
}

export type RecordsOfCustomers = Map<number, readonly CustomerRecord[]>;

/** Reads what customers have of a job's badge, one by one: the API knows no other way. */
export class CustomerReader {
  readonly #parts: CustomerReaderParts;

  constructor(parts: CustomerReaderParts) {
    this.#parts = parts;
  }

  /** @returns null when the run was stopped before all were read */
  async readAll(named: readonly number[]): Promise<RecordsOfCustomers | null> {
    const customers = [...new Set(named)];
    const found: RecordsOfCustomers = new Map();
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
    const { ledger, job, org, now, rate, dice, times, stop } = this.#parts;
    const request = recordsRequest(org, job, customer);
    for (let tries = 1, refused = 0, unreadable = 0; ; tries += 1) {
      await rate.turn(stop.halted);
      if (stop.isGivingUp(tries)) return null;
      const key = ledger.begin(ledgerRequest(org, request, now()), false);
      const { outcome, answer } = await this.#parts.attempt(request);
      ledger.settle(key, answer, false);
      const records = outcome.kind === 'success' ? readRecords(outcome.data, job.action) : null;
      if (records !== null) return records;
      if (saysThereIsNothing(outcome)) return [];
      const isUnreadable = outcome.kind === 'success' || outcome.kind === 'unusable';
      unreadable = isUnreadable ? unreadable + 1 : 0;
      refused = outcome.kind === 'refused' ? refused + 1 : 0;
      if (refused >= MOST_REFUSED || unreadable >= MOST_ODD) {
        const said =
          outcome.kind === 'success'
            ? inEnglish(message('jobs.cannotBeRead'))
            : inEnglish(outcome.sentence).replace(/\.$/, '');
        stop.stop(
          'paused',
          inEnglish(message('jobs.doesNotTell', { org: org.name, customer: String(customer), said })),
        );
        return null;
      }
      if (stop.isGivingUp(tries)) return null;
      await pause(backoff(tries, dice, times.backoff, retryAfterOf(outcome)), stop.halted);
    }
  }
}
