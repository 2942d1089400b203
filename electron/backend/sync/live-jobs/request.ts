import { isRecordId, type CustomerOutcome } from '../../../../db/workspace/live-chunks';
import type { LiveChunk, LiveJob, RefusalCount } from '../../../../db/workspace/live-jobs';
import { toIsoExact } from '../../../../shared/domain/instant';
import { bulkAnswer, refusedRow } from '../../../../shared/gateway/client-schemas';
import { readAwardedRow, readIssuedRow } from './answer-rows';
import { gatewayUrl, type GatewayRequest, type RemoteOrg } from '../client/gateway-client';

/**
 * The request id of a chunk's present attempt: the same over every resend and every restart, so that the org answers a
 * second arrival with 809 instead of doing it again (semantics Q1, Q2), and another for every attempt.
 */
export function requestIdOf(job: Pick<LiveJob, 'uid'>, chunk: Pick<LiveChunk, 'number' | 'attempt'>): string {
  return `laurel-${job.uid}-${String(chunk.number + 1)}-${String(chunk.attempt + 1)}`;
}

/** The customers of a chunk that have no outcome yet, which its next request names. */
export function openCustomersOf(chunk: Pick<LiveChunk, 'customers' | 'outcomes'>): number[] {
  return chunk.customers.filter((_, index) => chunk.outcomes[index]?.kind === 'open');
}

/**
 * What answers call the open rows of a chunk by: their customer, who stands in it once, or in an import, where somebody
 * may stand in it with several awards, their place.
 */
export function openKeysOf(chunk: Pick<LiveChunk, 'customers' | 'outcomes' | 'terms'>): number[] {
  const keys = chunk.customers.map((_, index) => keyAt(chunk, index));
  return keys.filter((_, index) => chunk.outcomes[index]?.kind === 'open');
}

const keyAt = ({ customers, terms }: Pick<LiveChunk, 'customers' | 'terms'>, index: number): number =>
  terms === null ? (customers[index] as number) : index;

/** The request of a chunk (gateway-api sections 3 and 4). Its bytes depend on nothing but the job and the chunk. */
export function chunkRequest(org: RemoteOrg, job: LiveJob, chunk: LiveChunk): GatewayRequest {
  const isEnrolment = job.action === 'enrol';
  const customers = openCustomersOf(chunk);
  const eventDate = job.eventDate === null ? null : toIsoExact(job.eventDate);
  const body = {
    badgeMetaId: job.remoteBadgeId,
    ...(isEnrolment ? { customers } : { customerIds: customers }),
    requestId: requestIdOf(job, chunk),
    ...(eventDate === null ? {} : isEnrolment ? { issueEventDateISO: eventDate } : { earnEventDateISO: eventDate }),
    triggeredBy: { ownerType: job.ownerType, ...(job.referenceId === '' ? {} : { referenceId: job.referenceId }) },
  };
  return {
    purpose: isEnrolment ? 'enrol' : 'award',
    method: 'POST',
    url: gatewayUrl(org, isEnrolment ? ['badgeMeta', 'customer', 'issueBulk'] : ['customer', 'earnBulk']),
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    body: JSON.stringify(body),
    isWrite: true,
    badgeId: job.remoteBadgeId,
    jobKey: job.key,
  };
}

/** What one customer's row of an answer says. */
export interface CustomerAnswer {
  outcome: Exclude<CustomerOutcome, { kind: 'open' }>;
  /** The org's words for a refusal. */
  message: string;
}

/** What a bulk answer says. */
export interface BulkAnswers {
  /** What is sure of customers. */
  answers: ReadonlyMap<number, CustomerAnswer>;
  /** Refusals of customers of whom the same answer says that they were given something: to be looked up. */
  doubtful: ReadonlyMap<number, CustomerAnswer>;
  /** Ids of the records that were made. */
  ids: readonly string[];
}

/** Codes that fit the four bytes they are kept in; others stand in the org's words. */
const MOST_CODE = 2 ** 32 - 1;

/** A refusal as it is kept: a code that is none goes into the message. */
export function refusalOf(code: number, message: string): CustomerAnswer {
  if (Number.isInteger(code) && code >= 0 && code <= MOST_CODE) return { outcome: { kind: 'refused', code }, message };
  const said = message.startsWith(String(code)) ? message : `${String(code)} · ${message}`;
  return { outcome: { kind: 'refused', code: 0 }, message: said };
}

/**
 * The rows of a bulk answer, by customer: vendor samples keep no order, and come in two shapes (gateway-api, points 3 and
 * 16). Row errors inside a 200 are refusals. A row without an id and without an error says nothing, nor does one that
 * cannot be read; such customers are not among the answers. Null when it is no bulk answer at all.
 */
export function readBulkAnswer(data: unknown): BulkAnswers | null {
  const parsed = bulkAnswer.safeParse(data);
  if (!parsed.success) return null;
  const { issuedBadges, earnedBadgesList, failedEarnBadgeErrorList } = parsed.data;
  const given = new Map<number, string>();
  const refused = new Map<number, CustomerAnswer>();
  const note = (customer: number, id: string | null, error: { code: number; message: string } | null): void => {
    if (id !== null && !given.has(customer)) given.set(customer, id);
    if (error !== null && !refused.has(customer)) refused.set(customer, refusalOf(error.code, error.message));
  };
  for (const row of issuedBadges) {
    const read = readIssuedRow(row);
    if (read !== null) note(read.customerId, read.id, read.error);
  }
  for (const row of earnedBadgesList) {
    const read = readAwardedRow(row);
    if (read !== null) note(read.customerId, read.id, null);
  }
  for (const row of failedEarnBadgeErrorList) {
    const read = refusedRow.safeParse(row);
    if (read.success) note(read.data.customerId, null, { code: read.data.errorCode, message: read.data.errorMessage });
  }
  const answers = new Map<number, CustomerAnswer>();
  const doubtful = new Map<number, CustomerAnswer>();
  for (const [customer, id] of given) {
    if (!refused.has(customer))
      answers.set(customer, { outcome: { kind: 'done', issuedId: recordIdOf(id) }, message: '' });
  }
  for (const [customer, refusal] of refused) (given.has(customer) ? doubtful : answers).set(customer, refusal);
  return { answers, doubtful, ids: [...given.values()] };
}

export function recordIdOf(id: string): string | null {
  return isRecordId(id) ? id : null;
}

/** A chunk with what an answer says of its open rows, by their keys; the others stay as they are. */
export function withAnswers(chunk: LiveChunk, answers: ReadonlyMap<number, CustomerAnswer>): LiveChunk {
  const codes = new Map<number, RefusalCount>(chunk.codes.map((count) => [count[0], count]));
  const outcomes = chunk.outcomes.map((outcome, index): CustomerOutcome => {
    const answer = outcome.kind === 'open' ? answers.get(keyAt(chunk, index)) : undefined;
    if (!answer) return outcome;
    if (answer.outcome.kind === 'refused') {
      const { code } = answer.outcome;
      codes.set(code, [code, (codes.get(code)?.[1] ?? 0) + 1, answer.message]);
    }
    return answer.outcome;
  });
  return { ...chunk, outcomes, codes: [...codes.values()] };
}

/** A chunk whose open customers were all refused for one reason. */
export function withRefusal(chunk: LiveChunk, refusal: CustomerAnswer): LiveChunk {
  return withAnswers(chunk, new Map(openKeysOf(chunk).map((key) => [key, refusal])));
}
