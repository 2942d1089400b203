import type { LiveChunk, LiveJob } from '../../../../db/workspace/live-jobs';
import { readInstant, SECOND, type Instant } from '../../../../shared/domain/instant';
import { customerRecords } from '../../../../shared/gateway/client-schemas';
import { recordsOf } from '../../../../shared/ipc/take-back-contract';
import type { Outcome } from '../client/answers';
import { gatewayUrl, type GatewayRequest, type RemoteOrg } from '../client/gateway-client';

/** An enrolment or award as a customer's view shows it. */
export interface CustomerRecord {
  id: string;
  /** Processing time; null where the org does not say. */
  madeOn: Instant | null;
  eventDate: Instant | null;
  /** Null where the org does not say; of an enrolment it is not read. */
  expiresOn: Instant | null;
  ownerType: string | null;
  referenceId: string | null;
  isRevoked: boolean;
}

/** The call that shows what one customer has of a job's badge (gateway-api section 5). */
export function recordsRequest(org: RemoteOrg, job: LiveJob, customer: number): GatewayRequest {
  return {
    purpose: 'settle',
    method: 'GET',
    url: gatewayUrl(org, ['management', String(customer), 'badge', job.remoteBadgeId]),
    headers: [],
    body: null,
    isWrite: false,
    badgeId: job.remoteBadgeId,
    jobKey: job.key,
  };
}

/**
 * Every record of the job's kind in such an answer, revoked ones included; null when it cannot be read, leaves them out
 * or counts more than it shows: what a customer has not may only be said of a whole answer.
 */
export function readRecords(data: unknown, action: LiveJob['action']): CustomerRecord[] | null {
  const parsed = customerRecords.safeParse(data);
  if (!parsed.success) return null;
  const { issualDetails, earnDetails } = parsed.data;
  if (recordsOf(action) === 'enrol') {
    const issuals = issualDetails?.issuals ?? [];
    if (issualDetails === undefined || (issualDetails?.issuedCount ?? 0) > issuals.length) return null;
    return issuals.map((issual) => ({
      id: issual.issueId,
      madeOn: instantOf(issual.issuedOn),
      eventDate: instantOf(issual.issueEventDate),
      expiresOn: null,
      ownerType: issual.ownerType ?? null,
      referenceId: issual.ownerReferenceId ?? null,
      isRevoked: isRevoked(issual.issuedStatus, issual.revokedOn),
    }));
  }
  const earns = earnDetails?.earns ?? [];
  if (earnDetails === undefined || (earnDetails?.earnCount ?? 0) > earns.length) return null;
  return earns.map((earn) => ({
    id: earn.earnId,
    madeOn: instantOf(earn.earnedOn),
    eventDate: instantOf(earn.earnEventDate),
    expiresOn: instantOf(earn.earnExpiresOn),
    ownerType: earn.ownerType ?? null,
    referenceId: earn.ownerReferenceId ?? null,
    isRevoked: isRevoked(earn.earnStatus, earn.revokedOn),
  }));
}

/** Either says it: the documents show both of a revoked enrolment (gateway-api section 5). */
function isRevoked(status: string | null | undefined, revokedOn: unknown): boolean {
  return status === 'REVOKED' || instantOf(revokedOn) !== null;
}

/** Codes of a badge and of a customer that the org does not know (error-codes). */
const UNKNOWN = [404, 1026];

/** Whether a refusal to show a customer's records means that there are none: the org knows no such customer or badge. */
export function saysThereIsNothing(outcome: Outcome): boolean {
  return (
    outcome.kind === 'refused' && (outcome.status === 404 || outcome.errors.some(({ code }) => UNKNOWN.includes(code)))
  );
}

function instantOf(value: unknown): Instant | null {
  const reading = readInstant(value);
  return reading.ok ? reading.instant : null;
}

/**
 * The record that the chunk's request gave a customer, of all that the customer has (docs/decisions/0032): made for the
 * same owner and event date, and made by this request rather than before it. What was there before is known by id where
 * the customers were read, and by the org's own clock where that is to be relied on, since a request is processed after
 * every other one whose answer came before it left.
 */
export function recordOfRequest(
  records: readonly CustomerRecord[],
  job: Pick<LiveJob, 'ownerType' | 'referenceId' | 'eventDate'>,
  chunk: Pick<LiveChunk, 'known' | 'sentAfter'>,
): CustomerRecord | null {
  const fitting = records.filter((record) => {
    if (record.ownerType !== null && record.ownerType !== job.ownerType) return false;
    if (record.referenceId !== null && job.referenceId !== '' && record.referenceId !== job.referenceId) return false;
    if (job.eventDate !== null && record.eventDate !== null && Math.abs(record.eventDate - job.eventDate) >= SECOND)
      return false;
    if (chunk.known?.includes(record.id)) return false;
    if (chunk.sentAfter === null || record.madeOn === null) return true;
    return record.madeOn >= chunk.sentAfter;
  });
  return fitting.reduce<CustomerRecord | null>(
    (latest, record) => (latest === null || (record.madeOn ?? 0) >= (latest.madeOn ?? 0) ? record : latest),
    null,
  );
}
