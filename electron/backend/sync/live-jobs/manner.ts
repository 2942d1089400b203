import type { LiveChunk, LiveJob, RefusalCount } from '../../../../db/workspace/live-jobs';
import { takesBack } from '../../../../shared/ipc/take-back-contract';
import type { Outcome } from '../client/answers';
import type { GatewayRequest, RemoteOrg } from '../client/gateway-client';
import type { RecordsOfCustomers } from './customer-reader';
import { givenOf, judge, type CustomerAnswers, type Judgement } from './decisions';
import { chunkRequest } from './request';
import { ABOUT_ONE_AWARD, hasRecords, readRevokeAnswer, revokeRequest, takenOf } from './take-back/request';

/** What differs between live jobs that give and those that take back. */
export interface JobManner {
  /** Each row names the record that is meant, so that no clock is needed to tell it from others. */
  readonly namesRecords: boolean;
  request(org: RemoteOrg, chunk: LiveChunk): GatewayRequest;
  /** What an outcome says of a chunk. `isInDoubt`: an earlier sending of the same request may have been carried out. */
  judge(chunk: LiveChunk, outcome: Outcome, isInDoubt: boolean): Judgement;
  /**
   * The customers whose records show that the chunk's request was carried out.
   *
   * @param isClock whether the ids of this org's records tell when they were made
   */
  given(records: RecordsOfCustomers, chunk: LiveChunk, isClock: boolean): CustomerAnswers;
  /** Whether what a request needs of a chunk is not noted any more. */
  isDamaged(chunk: LiveChunk): boolean;
  /** Whether a refusal is about one row alone, so that nothing follows from it for the others. */
  isAboutOne(reason: RefusalCount): boolean;
}

/** The manner of a job, by what it does. */
export function mannerOf(job: LiveJob): JobManner {
  return takesBack(job.action) ? takingBack(job) : giving(job);
}

function giving(job: LiveJob): JobManner {
  return {
    namesRecords: false,
    request: (org, chunk) => chunkRequest(org, job, chunk),
    judge: (chunk, outcome, isInDoubt) => judge(chunk, outcome, isInDoubt),
    given: (records, chunk, isClock) => givenOf(records, job, chunk, isClock),
    isDamaged: () => false,
    isAboutOne: () => false,
  };
}

function takingBack(job: LiveJob): JobManner {
  return {
    namesRecords: true,
    request: (org, chunk) => revokeRequest(org, job, chunk),
    judge: (chunk, outcome, isInDoubt) =>
      judge(chunk, outcome, isInDoubt, (data) => readRevokeAnswer(job, chunk, data, isInDoubt)),
    given: takenOf,
    // Customers alone are never named.
    isDamaged: (chunk) => !hasRecords(chunk),
    isAboutOne: ([code]) => job.action === 'revoke-award' && ABOUT_ONE_AWARD.has(code),
  };
}
