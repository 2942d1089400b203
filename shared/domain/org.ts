import type { BadgeDefinition, Claim } from './badge';
import type { Instant } from './instant';
import type { OrgSettings } from './settings';

/** A badge as an org holds it. `key` is the store's own short name for it; `id` is what callers use. */
export interface StoredBadge {
  key: number;
  /** 24 hex digits. */
  id: string;
  /** Per-org counter, printed as badgeNumericId. */
  numericId: number;
  definition: BadgeDefinition;
  /** In the order they were made; an unclaimed one stays with isActive false (semantics K4). */
  claims: readonly Claim[];
  createdOn: Instant;
  createdBy: number;
  lastUpdatedOn: Instant;
  lastUpdatedBy: number;
}

/** One customer's enrolment in an ISSUE_EARN badge; it occupies [eventDate, expiresOn) (semantics I5). */
export interface Enrolment {
  key: number;
  customerId: number;
  /** Processing time. */
  issuedOn: Instant;
  eventDate: Instant;
  expiresOn: Instant;
  revokedOn: Instant | null;
}

/** One award: the customer holds the badge until expiresOn. */
export interface Award {
  key: number;
  customerId: number;
  /** Processing time; for an imported award its event date (semantics M1). */
  earnedOn: Instant;
  eventDate: Instant;
  expiresOn: Instant;
  enrolmentKey: number | null;
  revokedOn: Instant | null;
}

/** A half-open span of time: from ≤ t < to. */
export interface Span {
  from: Instant;
  to: Instant;
}

/** Which date of an award a cap counts by. */
export type CountedBy = 'eventDate' | 'earnedOn';

export type IssuanceKind = 'issueBulk' | 'earn' | 'earnBulk' | 'import';

/** Everything an issuance request says about itself once its inputs are complete. */
export interface IssuanceRequest {
  kind: IssuanceKind;
  badge: StoredBadge;
  requestId: string;
  ownerType: string;
  referenceId: string | null;
  eventDate: Instant;
  expiresOn: Instant;
  processedOn: Instant;
}

/**
 * What the issuance rules may ask of, and write to, an org. Synchronous, so that a decision and its record cannot be
 * separated. A host wraps one request in one transaction: either all records of a request stay, or none.
 */
export interface IssuanceState {
  readonly settings: Readonly<OrgSettings>;
  findBadge(id: string): StoredBadge | undefined;
  /** Whether an answered request used this id within the scope the settings name (semantics Q1, Q2). */
  isRequestConsumed(requestId: string, kind: IssuanceKind, badgeId: string): boolean;
  /** Consumes the request id and opens the record that the rows below belong to. */
  openRequest(request: IssuanceRequest): void;
  /** Non-revoked enrolments of a customer in a badge, oldest record first. */
  enrolmentsOf(badge: StoredBadge, customerId: number): readonly Enrolment[];
  /** Awards of a customer of a badge, oldest record first; revoked ones included only where they still count. */
  countedAwardsOf(badge: StoredBadge, customerId: number): readonly Award[];
  /** Number of awards of a badge that count, by the given date; `span` null: over its whole life. */
  countAwards(badge: StoredBadge, by: CountedBy, span: Span | null): number;
  /** Records an enrolment under the open request and returns its key. */
  recordEnrolment(customerId: number): number;
  /** Records an award under the open request and returns its key. */
  recordAward(customerId: number, enrolmentKey: number | null): number;
}

/** Remembers which customers one bulk request has met (semantics D1). */
export interface SeenCustomers {
  /** True the first time a customer is given, false from then on. */
  add(customerId: number): boolean;
}
