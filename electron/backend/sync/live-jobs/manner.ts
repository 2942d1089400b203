import type { LiveChunk, LiveJob, RefusalCount } from '../../../../db/workspace/live-jobs';
import { takesBack } from '../../../../shared/ipc/take-back-contract';
import type { Outcome } from '../client/answers';
import type { GatewayRequest, RemoteOrg } from '../client/gateway-client';
import type { RecordsOfCustomers } from './customer-reader';
import { givenOf, judge, type CustomerAnswers, type Judgement } from './decisions';
import { chunkRequest } from './request';
import { foundOf, hasTerms, importRequest, readImportAnswer, withoutStanding } from './import/request';
import { ABOUT_ONE_AWARD, hasRecords, readRevokeAnswer, revokeRequest, takenOf } from './take-back/request';

/** What differs between live jobs that give, those that take back, and those that import. */
export interface JobManner {
  /**
   * What tells a record of the job from all others: the org's clock, and where that is not to be relied on what customers
   * had before; the id that each row names; or always what they had before, since nothing else does.
   */
  readonly tells: 'clock' | 'ids' | 'reading';
  /** How many quiet moments pass before who has nothing is read again. */
  readonly quiets: number;
  request(org: RemoteOrg, chunk: LiveChunk): GatewayRequest;
  /** What an outcome says of a chunk. `isInDoubt`: an earlier sending of the same request may have been carried out. */
  judge(chunk: LiveChunk, outcome: Outcome, isInDoubt: boolean): Judgement;
  /**
   * The customers whose records show that the chunk's request was carried out.
   *
   * @param isClock whether the ids of this org's records tell when they were made
   */
  given(records: RecordsOfCustomers, chunk: LiveChunk, isClock: boolean): CustomerAnswers;
  /** A chunk whose customers were read before its first request, without what is not to be sent. */
  prepared(chunk: LiveChunk, records: RecordsOfCustomers): LiveChunk;
  /** Whether what a request needs of a chunk is not noted any more. */
  isDamaged(chunk: LiveChunk): boolean;
  /** Whether a refusal is about one row alone, so that nothing follows from it for the others. */
  isAboutOne(reason: RefusalCount): boolean;
}

/** The manner of a job, by what it does. */
export function mannerOf(job: LiveJob): JobManner {
  if (job.action === 'import') return importing(job);
  return takesBack(job.action) ? takingBack(job) : giving(job);
}

function giving(job: LiveJob): JobManner {
  return {
    tells: 'clock',
    quiets: 1,
    request: (org, chunk) => chunkRequest(org, job, chunk),
    judge: (chunk, outcome, isInDoubt) => judge(chunk, outcome, isInDoubt),
    given: (records, chunk, isClock) => givenOf(records, job, chunk, isClock),
    prepared: (chunk) => chunk,
    isDamaged: () => false,
    isAboutOne: () => false,
  };
}

function takingBack(job: LiveJob): JobManner {
  return {
    tells: 'ids',
    quiets: 1,
    request: (org, chunk) => revokeRequest(org, job, chunk),
    judge: (chunk, outcome, isInDoubt) =>
      judge(chunk, outcome, isInDoubt, (data) => readRevokeAnswer(job, chunk, data, isInDoubt)),
    given: takenOf,
    prepared: (chunk) => chunk,
    // Customers alone are never named.
    isDamaged: (chunk) => !hasRecords(chunk),
    isAboutOne: ([code]) => job.action === 'revoke-award' && ABOUT_ONE_AWARD.has(code),
  };
}

function importing(job: LiveJob): JobManner {
  return {
    tells: 'reading',
    // No second arrival is answered with 809: only time tells that the first is over. A minute, since a gateway may go on
    // with a long list after whoever waited for it gave up.
    quiets: 20,
    request: (org, chunk) => importRequest(org, job, chunk),
    judge: (chunk, outcome, isInDoubt) => judge(chunk, outcome, isInDoubt, (data) => readImportAnswer(chunk, data)),
    given: foundOf,
    prepared: withoutStanding,
    isDamaged: (chunk) => !hasTerms(chunk),
    // Of code 0 are the rows that were left out here.
    isAboutOne: ([code]) => code === 0,
  };
}
