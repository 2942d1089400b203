import { badgeStatus } from './badge';
import { ruleError, type RuleError } from './codes';
import { enrolmentExpiry } from './expiry';
import type { Instant } from './instant';
import { missingInputs, type IssuanceInput } from './issuance-input';
import type { Enrolment, IssuanceRequest, IssuanceState, PreconditionState, SeenCustomers, StoredBadge } from './org';

export type EnrolmentStatus = 'ACTIVE' | 'UPCOMING' | 'EXPIRED' | 'REVOKED';

/** ACTIVE while eventDate ≤ now < expiry, EXPIRED from the expiry on, UPCOMING before the event date (semantics I7). */
export function enrolmentStatus(
  enrolment: Pick<Enrolment, 'eventDate' | 'expiresOn' | 'revokedOn'>,
  now: Instant,
): EnrolmentStatus {
  if (enrolment.revokedOn !== null) return 'REVOKED';
  if (enrolment.expiresOn <= now) return 'EXPIRED';
  return enrolment.eventDate > now ? 'UPCOMING' : 'ACTIVE';
}

export type EnrolmentOutcome =
  | { ok: true; key: number }
  /** The enrolment that already covers part of the period (semantics I5, I6); null only for an earlier line of this request that failed. */
  | { ok: false; code: 1040; existing: Enrolment | null };

/** One issueBulk request that passed its preconditions: judges and records one customer after the other, in order (B1). */
export class EnrolmentRun {
  private readonly hasPriors: boolean;

  constructor(
    private readonly state: IssuanceState,
    readonly request: IssuanceRequest,
    private readonly seen: SeenCustomers,
  ) {
    this.hasPriors = state.hasEnrolments(request.badge);
    state.openRequest(request);
  }

  get status(): EnrolmentStatus {
    return enrolmentStatus({ ...this.request, revokedOn: null }, this.request.processedOn);
  }

  /** Says whom the next decisions are about; it changes none of them. */
  expect(customerIds: readonly number[]): void {
    if (this.hasPriors) this.state.readAhead(this.request.badge, 'enrolments', customerIds, 1);
  }

  /** The oldest enrolment that this one would overlap (semantics I5, I6). */
  private overlapping(priors: readonly Enrolment[]): Enrolment | undefined {
    const { eventDate, expiresOn } = this.request;
    return priors.find((existing) => eventDate < existing.expiresOn && existing.eventDate < expiresOn);
  }

  /** Semantics I5, D1: a period that overlaps a non-revoked one, or a customer named twice, is refused with 1040. */
  enrol(customerId: number): EnrolmentOutcome {
    const { badge } = this.request;
    if (!this.seen.add(customerId)) {
      const priors = this.state.enrolmentsOf(badge, customerId);
      return { ok: false, code: 1040, existing: this.overlapping(priors) ?? priors.at(-1) ?? null };
    }
    if (this.hasPriors) {
      const existing = this.overlapping(this.state.enrolmentsOf(badge, customerId));
      if (existing) return { ok: false, code: 1040, existing };
    }
    return { ok: true, key: this.state.recordEnrolment(customerId) };
  }
}

export type EnrolmentOpening = { ok: true; run: EnrolmentRun } | { ok: false; errors: RuleError[] };

export type EnrolmentReadiness =
  | { ok: true; badge: StoredBadge; eventDate: Instant; expiresOn: Instant }
  | { ok: false; errors: RuleError[] };

/** The preconditions of issueBulk without opening it: 804, 803/716, 809, 404, 801, 1039, 816 (semantics I1–I4). */
export function checkEnrolment(state: PreconditionState, input: IssuanceInput, now: Instant): EnrolmentReadiness {
  const missing = missingInputs(input, 'optional');
  if (missing.length > 0) return { ok: false, errors: missing };
  if (state.isRequestConsumed(input.requestId ?? '', 'issueBulk', input.badgeMetaId ?? ''))
    return { ok: false, errors: [ruleError(809)] };
  const badge = input.badgeMetaId === null ? undefined : state.findBadge(input.badgeMetaId);
  if (!badge) return { ok: false, errors: [ruleError(404)] };
  if (badge.definition.earnType === 'EARN') return { ok: false, errors: [ruleError(801)] };
  const status = badgeStatus(badge.definition, now);
  if (!badge.definition.active || status === 'UPCOMING' || (status === 'EXPIRED' && input.eventDate === null)) {
    return { ok: false, errors: [ruleError(1039)] };
  }
  const eventDate = input.eventDate ?? now;
  if (eventDate < badge.definition.startOn || eventDate >= badge.definition.expiresOn)
    return { ok: false, errors: [ruleError(816)] };
  return {
    ok: true,
    badge,
    eventDate,
    expiresOn: enrolmentExpiry(badge.definition, eventDate, now, state.settings.zone),
  };
}

/** Opens an issueBulk request: its preconditions are the same for all customers and refuse it whole (semantics I, B1). */
export function openEnrolment(
  state: IssuanceState,
  input: IssuanceInput,
  now: Instant,
  seen: SeenCustomers,
): EnrolmentOpening {
  const readiness = checkEnrolment(state, input, now);
  if (!readiness.ok) return readiness;
  const request: IssuanceRequest = {
    kind: 'issueBulk',
    badge: readiness.badge,
    requestId: input.requestId ?? '',
    ownerType: input.triggeredBy?.ownerType ?? '',
    referenceId: input.triggeredBy?.referenceId ?? null,
    eventDate: readiness.eventDate,
    expiresOn: readiness.expiresOn,
    processedOn: now,
  };
  return { ok: true, run: new EnrolmentRun(state, request, seen) };
}
