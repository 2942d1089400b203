import { readInstant, type Instant } from '../../../../shared/domain/instant';
import { customerBadges, customerRecords } from '../../../../shared/gateway/client-schemas';
import type { HeldBadge, HeldRecord } from '../../../../shared/ipc/held-contract';
import { statusOf } from '../live-jobs/badge-looks';

/** What a customer holds of one badge, as an org tells it; null: it does not tell all of it. */
export interface HeldRecords {
  enrolments: HeldRecord[] | null;
  awards: HeldRecord[] | null;
}

const STATES = ['ACTIVE', 'LIVE', 'UPCOMING', 'EXPIRED', 'REVOKED'] as const;

function stateOf(printed: string | null | undefined, revokedOn: Instant | null): HeldRecord['status'] {
  // Either says it: the documents show both of a revoked record.
  return revokedOn !== null ? 'REVOKED' : (STATES.find((known) => known === printed) ?? null);
}

/** Reads a customer's view of a badge (gateway-api section 5); latest first. */
export function heldRecordsIn(data: unknown): HeldRecords {
  const parsed = customerRecords.safeParse(data);
  if (!parsed.success) return { enrolments: null, awards: null };
  const { issualDetails, earnDetails } = parsed.data;
  const issuals = issualDetails?.issuals ?? [];
  const earns = earnDetails?.earns ?? [];
  const enrolments = issuals.map((issual): HeldRecord => {
    const revokedOn = instantIn(issual.revokedOn);
    return {
      ...{ id: issual.issueId, status: stateOf(issual.issuedStatus, revokedOn), revokedOn },
      ...{ recordedOn: instantIn(issual.issuedOn), eventDate: instantIn(issual.issueEventDate) },
      expiresOn: instantIn(issual.issueExpiresOn),
      ...{ ownerType: issual.ownerType ?? null, referenceId: issual.ownerReferenceId ?? null },
    };
  });
  const awards = earns.map((earn): HeldRecord => {
    const revokedOn = instantIn(earn.revokedOn);
    return {
      ...{ id: earn.earnId, status: stateOf(earn.earnStatus, revokedOn), revokedOn },
      ...{ recordedOn: instantIn(earn.earnedOn), eventDate: instantIn(earn.earnEventDate) },
      expiresOn: instantIn(earn.earnExpiresOn),
      ...{ ownerType: earn.ownerType ?? null, referenceId: earn.ownerReferenceId ?? null },
    };
  });
  return {
    enrolments: isWhole(issualDetails, issualDetails?.issuedCount, issuals) ? enrolments.sort(latestFirst) : null,
    awards: isWhole(earnDetails, earnDetails?.earnCount, earns) ? awards.sort(latestFirst) : null,
  };
}

/** What a customer has not may only be said of a whole list: it is left out, or counts more than it shows, otherwise. */
function isWhole(
  details: object | null | undefined,
  count: number | null | undefined,
  rows: readonly unknown[],
): boolean {
  return details !== undefined && (count ?? 0) <= rows.length;
}

const latestFirst = (one: HeldRecord, other: HeldRecord): number =>
  (other.recordedOn ?? -Infinity) - (one.recordedOn ?? -Infinity) || 0;

/** A page of the badges that an org lists for a customer; null where it cannot be read. */
export function heldBadgesIn(data: unknown): { badges: HeldBadge[]; pages: number } | null {
  const parsed = customerBadges.safeParse(data);
  if (!parsed.success) return null;
  const badges = parsed.data.customerBadges.map((row): HeldBadge => {
    const enrolment = stateOf(row.issueStatus, null);
    return {
      ...{ remoteBadgeId: row.badgeMetaId, name: row.name, status: statusOf(row.badgeStatus) },
      earnType: row.badgeType === 'EARN' || row.badgeType === 'ISSUE_EARN' ? row.badgeType : null,
      ...{ awards: row.earnCount ?? null, lastEarnedOn: instantIn(row.lastEarnedOn) },
      enrolment: enrolment === 'LIVE' ? null : enrolment,
    };
  });
  return { badges, pages: parsed.data.pagination.totalPages };
}

function instantIn(value: unknown): Instant | null {
  const reading = readInstant(value);
  return reading.ok ? reading.instant : null;
}
