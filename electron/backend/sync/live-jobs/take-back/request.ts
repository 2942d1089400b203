import type { LiveChunk, LiveJob } from '../../../../../db/workspace/live-jobs';
import { revokedAward, revokedEnrolments, revokedRow } from '../../../../../shared/gateway/client-schemas';
import { gatewayUrl, type GatewayRequest, type RemoteOrg } from '../../client/gateway-client';
import type { CustomerRecord } from '../customer-records';
import { openCustomersOf, recordIdOf, refusalOf, type BulkAnswers, type CustomerAnswer } from '../request';

/** Enrolments that one revokeIssue may name (semantics R1); revokeEarn names one award. */
export const MOST_REVOKED = { 'revoke-enrolment': 20, 'revoke-award': 1 } as const;

/** Refusals of revokeEarn that are about the one award it names, not about the job: not held any more, no such customer. */
export const ABOUT_ONE_AWARD: ReadonlySet<number> = new Set([814, 1026]);

/** The record that a take-back revokes of a customer, who stands in a chunk once; undefined where what was noted is damaged. */
function recordOf({ customers, records }: LiveChunk, customer: number): string | undefined {
  return records?.[customers.indexOf(customer)];
}

/** Whether it is noted of every customer of a take-back which record is meant. */
export function hasRecords({ customers, records }: LiveChunk): boolean {
  return records?.length === customers.length && records.every((id) => typeof id === 'string' && id !== '');
}

/**
 * The request of a take-back's chunk (gateway-api sections 3 and 4). It names records, never customers alone: whoever
 * was enrolled or awarded by others meanwhile keeps it, and a second arrival finds nothing to revoke
 * (docs/decisions/0196).
 */
export function revokeRequest(org: RemoteOrg, job: LiveJob, chunk: LiveChunk): GatewayRequest {
  const isEnrolment = job.action === 'revoke-enrolment';
  const named = openCustomersOf(chunk).map((customer) => ({ customer, record: recordOf(chunk, customer) ?? '' }));
  const body = {
    badgeMetaId: job.remoteBadgeId,
    ...(isEnrolment
      ? { revokeIssuals: named.map(({ customer, record }) => ({ customerId: customer, issueId: record })) }
      : { customerId: named[0]?.customer, earnedBadgeId: named[0]?.record }),
  };
  return {
    purpose: job.action,
    method: 'POST',
    url: gatewayUrl(org, isEnrolment ? ['badgeMeta', 'customer', 'revokeIssue'] : ['customer', 'revokeEarn']),
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    body: JSON.stringify(body),
    isWrite: true,
    badgeId: job.remoteBadgeId,
    jobKey: job.key,
  };
}

/**
 * What an answer to {@link revokeRequest} says. A customer is done only where the answer names just the record that was
 * to be revoked. A row's refusal after an earlier sending that may have arrived is doubtful: the first one may have
 * revoked what the second no longer finds.
 *
 * @returns null when it is no answer to a revoke at all
 */
export function readRevokeAnswer(
  job: Pick<LiveJob, 'action'>,
  chunk: LiveChunk,
  data: unknown,
  isInDoubt: boolean,
): BulkAnswers | null {
  const sure = new Map<number, CustomerAnswer>();
  const doubtful = new Map<number, CustomerAnswer>();
  const isMeant = (customer: number, id: string | null): boolean =>
    id !== null && id.toLowerCase() === recordOf(chunk, customer)?.toLowerCase();
  if (job.action === 'revoke-award') {
    const read = revokedAward.safeParse(data);
    const [customer] = openCustomersOf(chunk);
    if (!read.success || customer === undefined) return null;
    const { earnedBadgeId, isActive } = read.data;
    if (isActive === false && isMeant(customer, earnedBadgeId)) sure.set(customer, done(earnedBadgeId));
    return { answers: sure, doubtful, ids: [] };
  }
  const read = revokedEnrolments.safeParse(data);
  if (!read.success) return null;
  const contradicted = new Set<number>();
  for (const each of read.data.revokedIssuedBadges) {
    const row = revokedRow.safeParse(each);
    if (!row.success) continue;
    const { customerId, issuedId, error } = row.data;
    if (issuedId !== null && !isMeant(customerId, issuedId)) continue;
    if (sure.has(customerId) || doubtful.has(customerId)) contradicted.add(customerId);
    else if (error !== null) (isInDoubt ? doubtful : sure).set(customerId, refusalOf(error.code, error.message));
    else if (issuedId !== null) sure.set(customerId, done(issuedId));
  }
  for (const customer of contradicted) {
    sure.delete(customer);
    doubtful.delete(customer);
  }
  return { answers: sure, doubtful, ids: [] };
}

const done = (id: string | null): CustomerAnswer => ({
  outcome: { kind: 'done', issuedId: id === null ? null : recordIdOf(id) },
  message: '',
});

/** The customers of a take-back's chunk whose record is shown as revoked, whoever did it. */
export function takenOf(
  records: ReadonlyMap<number, readonly CustomerRecord[]>,
  chunk: LiveChunk,
): ReadonlyMap<number, CustomerAnswer> {
  const answers = new Map<number, CustomerAnswer>();
  for (const [customer, all] of records) {
    const meant = recordOf(chunk, customer)?.toLowerCase();
    const record = all.find(({ id }) => id.toLowerCase() === meant);
    if (record?.isRevoked === true) answers.set(customer, done(record.id));
  }
  return answers;
}
