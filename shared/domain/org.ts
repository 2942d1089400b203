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

/** A half-open span of time: from ≤ t < to, without its holes. */
export interface Span {
  from: Instant;
  to: Instant;
  /** Where clocks go back over midnight, a date comes in two pieces with a part of another between them (semantics T4). */
  holes?: readonly Span[];
}

/** Whether an instant lies in a span. */
export function isWithin(span: Span, at: Instant): boolean {
  return at >= span.from && at < span.to && (span.holes?.every((hole) => !isWithin(hole, at)) ?? true);
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
  /** Whether any enrolment of the badge is on record; false lets a run skip its look-ups. */
  hasEnrolments(badge: StoredBadge): boolean;
  hasAwards(badge: StoredBadge): boolean;
  /**
   * Says that the open request asks about these customers next, so that a host may read what they have in one go. Every
   * answer is the same with it and without.
   *
   * @param enough as {@link countedAwardsOf} is going to be asked
   */
  readAhead(badge: StoredBadge, records: 'enrolments' | 'awards', customerIds: readonly number[], enough: number): void;
  /** Non-revoked enrolments of a customer in a badge, oldest record first. */
  enrolmentsOf(badge: StoredBadge, customerId: number): readonly Enrolment[];
  /**
   * Awards of a customer of a badge, oldest record first; revoked ones included only where they still count.
   *
   * @param enough where the customer has fewer than this, a host may leave all of them out
   */
  countedAwardsOf(badge: StoredBadge, customerId: number, enough?: number): readonly Award[];
  /** Number of awards of a badge that count, by the given date; `span` null: over its whole life. */
  countAwards(badge: StoredBadge, by: CountedBy, span: Span | null): number;
  /** Records an enrolment under the open request and returns its key. */
  recordEnrolment(customerId: number): number;
  /** Records an award under the open request and returns its key. */
  recordAward(customerId: number, enrolmentKey: number | null): number;
}

/** What the preconditions of a whole request look at. */
export type PreconditionState = Pick<IssuanceState, 'settings' | 'findBadge' | 'isRequestConsumed'>;

/** A badge group (semantics G1). */
export interface BadgeGroup {
  id: string;
  name: string;
  rank: number;
  isActive: boolean;
  createdOn: Instant;
  createdBy: number;
  lastUpdatedOn: Instant;
  lastUpdatedBy: number;
}

export const CUSTOM_FIELD_TYPES = ['INTEGER', 'BOOLEAN', 'DATE', 'STRING'] as const;
export type CustomFieldType = (typeof CUSTOM_FIELD_TYPES)[number];

/** A custom field of the org (semantics F1). */
export interface CustomField {
  id: string;
  name: string;
  dataType: CustomFieldType;
  isMandatory: boolean;
  defaultValue: string | null;
  isActive: boolean;
  createdOn: Instant;
  createdBy: number;
  lastUpdatedOn: Instant;
  lastUpdatedBy: number;
}

/** Tag definitions of the org (gateway-api section 8), kept as they came. */
export interface OrgMeta {
  id: string;
  tags: readonly Readonly<Record<string, unknown>>[];
  createdOn: Instant;
  createdBy: number;
  lastUpdatedOn: Instant;
  lastUpdatedBy: number;
}

/** An enrolment or award with the request facts that the customer views print. */
export interface Provenance {
  ownerType: string;
  referenceId: string | null;
}

/** How often a badge was issued and earned, revoked ones included, and how many awards are held now (semantics N1). */
export interface BadgeCounts {
  issuedCount: number;
  earnedCount: number;
  activeEarnedCount: number;
}

/**
 * A whole org as the gateway's request functions see it. Implemented in memory (tests, the pure engine) and over SQLite
 * (the local workspace's org, the practice org); both must answer alike.
 */
export interface OrgState extends IssuanceState {
  /** Printed as orgId. */
  readonly orgId: number;
  /** Runs the work of one request; everything it wrote stays, or, when it throws, nothing does. */
  transaction<T>(work: () => T): T;

  addBadge(definition: BadgeDefinition, now: Instant, id?: string): StoredBadge;
  /** Replaces the definition and returns the badge as it is now. */
  updateBadge(badge: StoredBadge, definition: BadgeDefinition, now: Instant): StoredBadge;
  setClaims(badge: StoredBadge, claims: readonly Claim[]): StoredBadge;
  /** The badge with exactly this name (semantics L6). */
  badgeNamed(name: string): StoredBadge | undefined;
  /** All badges in the order they were created. */
  badges(): Iterable<StoredBadge>;
  countsOf(badge: StoredBadge, now: Instant): BadgeCounts;

  /** Every enrolment of a customer in a badge, revoked ones included, oldest record first. */
  enrolmentHistory(badge: StoredBadge, customerId: number): readonly (Enrolment & Provenance)[];
  /** Every award of a customer of a badge, revoked and expired ones included, oldest record first. */
  awardHistory(badge: StoredBadge, customerId: number): readonly (Award & Provenance)[];
  /** Keys of the badges in which the customer has any enrolment or award. */
  badgeKeysOf(customerId: number): readonly number[];
  /** 24-hex ids of records: computed, never stored twice. */
  enrolmentId(enrolment: Pick<Enrolment, 'key' | 'issuedOn'>): string;
  awardId(award: Pick<Award, 'key' | 'earnedOn'>): string;
  findEnrolment(id: string): (Enrolment & { badgeKey: number }) | undefined;
  findAward(id: string): (Award & { badgeKey: number }) | undefined;
  revokeEnrolment(key: number, now: Instant): void;
  revokeAward(key: number, now: Instant): void;
  /** Writes an imported award with its own dates (semantics M1) and returns its key. */
  importAward(
    badge: StoredBadge,
    customerId: number,
    eventDate: Instant,
    expiresOn: Instant,
    requestId: string,
  ): number;

  groups(): readonly BadgeGroup[];
  findGroup(id: string): BadgeGroup | undefined;
  addGroup(group: Omit<BadgeGroup, 'id'>, id?: string): BadgeGroup;
  updateGroup(group: BadgeGroup): void;
  customFields(): readonly CustomField[];
  findCustomField(id: string): CustomField | undefined;
  addCustomField(field: Omit<CustomField, 'id'>): CustomField;
  updateCustomField(field: CustomField): void;
  orgMeta(): OrgMeta | undefined;
  setOrgMeta(meta: Omit<OrgMeta, 'id'>): OrgMeta;
  /** Whether a customer roster is loaded and strict mode refuses ids outside it (semantics S1). */
  isKnownCustomer(customerId: number): boolean;
  /** The id behind an email, mobile, externalId or cardNumber of the roster, or undefined (semantics S1). */
  resolveCustomer(kind: CustomerIdentifierKind, value: string): number | undefined;
}

export const CUSTOMER_IDENTIFIER_KINDS = ['email', 'mobile', 'externalId', 'cardNumber'] as const;
export type CustomerIdentifierKind = (typeof CUSTOMER_IDENTIFIER_KINDS)[number];

/** Customers that a bulk request looks at together: enough that a statement for all is cheap, few enough to be at hand. */
const LOOKED_AT_TOGETHER = 1_000;

/** The customers of a bulk request, some at a time, in their order. */
export function* inParts(customerIds: readonly number[]): Generator<readonly number[]> {
  if (customerIds.length <= LOOKED_AT_TOGETHER) {
    yield customerIds;
    return;
  }
  for (let from = 0; from < customerIds.length; from += LOOKED_AT_TOGETHER)
    yield customerIds.slice(from, from + LOOKED_AT_TOGETHER);
}

/** Remembers which customers one bulk request has met (semantics D1). */
export interface SeenCustomers {
  /** True the first time a customer is given, false from then on. */
  add(customerId: number): boolean;
}
