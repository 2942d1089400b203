import { isRecordId, type CustomerOutcome } from '../../../db/workspace/live-chunks';
import type { LiveChunk, LiveJob, RefusalCount } from '../../../db/workspace/live-jobs';
import { SECOND, toIsoExact, type Instant } from '../../../shared/domain/instant';
import { bulkAnswer } from '../../../shared/gateway/client-schemas';
import { gatewayUrl, type GatewayRequest, type RemoteOrg } from './gateway-client';

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
    badgeId: null,
    jobKey: job.key,
  };
}

/** What one customer's row of an answer says. */
export interface CustomerAnswer {
  outcome: Exclude<CustomerOutcome, { kind: 'open' }>;
  /** The org's words for a refusal. */
  message: string;
}

/**
 * The rows of a bulk answer, by customer: vendor samples keep no order, and come in two shapes (gateway-api, points 3 and
 * 16). Row errors inside a 200 are refusals. Null when it cannot be read.
 */
export function readBulkAnswer(data: unknown): ReadonlyMap<number, CustomerAnswer> | null {
  const parsed = bulkAnswer.safeParse(data);
  if (!parsed.success) return null;
  const { issuedBadges, earnedBadgesList, failedEarnBadgeErrorList } = parsed.data;
  const answers = new Map<number, CustomerAnswer>();
  const note = (customer: number, outcome: CustomerAnswer['outcome'], message = ''): void => {
    if (!answers.has(customer)) answers.set(customer, { outcome, message });
  };
  for (const { customerId, issuedId, error } of issuedBadges ?? []) {
    if (error) note(customerId, { kind: 'refused', code: error.code }, error.message);
    else note(customerId, { kind: 'done', issuedId: recordIdOf(issuedId) });
  }
  for (const { customerId, earnedBadgeId } of earnedBadgesList ?? []) {
    note(customerId, { kind: 'done', issuedId: recordIdOf(earnedBadgeId) });
  }
  for (const { customerId, errorCode, errorMessage } of failedEarnBadgeErrorList ?? []) {
    note(customerId, { kind: 'refused', code: errorCode }, errorMessage);
  }
  return answers;
}

export function recordIdOf(id: string | null | undefined): string | null {
  return id !== null && id !== undefined && isRecordId(id) ? id : null;
}

/** The second in which a record was made, by the org's clock: the first eight digits of its id (gateway-api section 0). */
export function creationSecondOf(recordId: string): Instant {
  return parseInt(recordId.slice(0, 8), 16) * SECOND;
}

/** A chunk with what an answer says of its open customers; the others stay as they are. */
export function withAnswers(chunk: LiveChunk, answers: ReadonlyMap<number, CustomerAnswer>): LiveChunk {
  const codes = new Map<number, RefusalCount>(chunk.codes.map((count) => [count[0], count]));
  const outcomes = chunk.outcomes.map((outcome, index): CustomerOutcome => {
    const answer = outcome.kind === 'open' ? answers.get(chunk.customers[index] as number) : undefined;
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
export function withRefusal(chunk: LiveChunk, code: number, message: string): LiveChunk {
  const answer: CustomerAnswer = { outcome: { kind: 'refused', code }, message };
  return withAnswers(chunk, new Map(openCustomersOf(chunk).map((customer) => [customer, answer])));
}
