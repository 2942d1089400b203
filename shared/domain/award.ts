import { badgeStatus } from './badge';
import { capsInForce, countTowards, type Cap } from './caps';
import { hasActiveClaim } from './claims';
import { ruleError, type RuleError } from './codes';
import { awardExpiry } from './expiry';
import { HOUR, type Instant } from './instant';
import { missingInputs, type IssuanceInput } from './issuance-input';
import type { Award, IssuanceRequest, IssuanceState, PreconditionState, SeenCustomers, StoredBadge } from './org';

/** An explicit event date may lie this far ahead of the clock (semantics E9). */
const FARTHEST_AHEAD = 24 * HOUR;

export type AwardStatus = 'LIVE' | 'EXPIRED' | 'REVOKED';

/** LIVE until its expiry, then EXPIRED (gateway-api section 4). */
export function awardStatus(award: Pick<Award, 'expiresOn' | 'revokedOn'>, now: Instant): AwardStatus {
  if (award.revokedOn !== null) return 'REVOKED';
  return award.expiresOn <= now ? 'EXPIRED' : 'LIVE';
}

/** A limit that an award would have passed: how many counted, against how many allowed. */
export interface CapBreach {
  cap: Cap;
  count: number;
}

export type AwardDecision =
  | { ok: true; enrolmentKey: number | null }
  /** 811, the limit codes with the breached cap, 1040 with the earlier award (E10), or 990003 (D1). */
  | { ok: false; code: number; breach: CapBreach | null; existing: Award | null };

export type AwardOutcome = (AwardDecision & { ok: false }) | { ok: true; key: number; enrolmentKey: number | null };

const NO_AWARDS: readonly Award[] = [];

/** One earn or earnBulk request that passed its preconditions; customers are judged and recorded in order (B1). */
export class AwardRun {
  private readonly checksOverlap: boolean;
  /** Whether a decision depends on what its customer has. */
  private readonly looksAtAwards: boolean;
  /** A customer with fewer awards than this cannot have reached a limit, whichever of them count. */
  private readonly enough: number;
  private readonly customerCaps: readonly Cap[];
  private readonly badgeCaps: readonly Cap[];
  /** Awards that count towards each badge-level cap, this run's own included: every one lies in all spans in force. */
  private readonly badgeCounts: number[];

  constructor(
    private readonly state: IssuanceState,
    readonly request: IssuanceRequest,
    private readonly seen: SeenCustomers,
  ) {
    const { badge, processedOn, eventDate, kind } = request;
    const caps = capsInForce(badge.definition, processedOn, eventDate, state.settings);
    const hasPriors = state.hasAwards(badge);
    this.customerCaps = caps.filter((cap) => cap.level === 'CUSTOMER');
    this.badgeCaps = caps.filter((cap) => cap.level === 'BADGE');
    this.badgeCounts = this.badgeCaps.map((cap) => (hasPriors ? state.countAwards(badge, cap.by, cap.span) : 0));
    this.checksOverlap = kind === 'earnBulk' && state.settings.refuseOverlappingAwards;
    this.enough = this.checksOverlap ? 1 : Math.min(...this.customerCaps.map(({ limit }) => limit));
    this.looksAtAwards = hasPriors && (this.checksOverlap || this.customerCaps.length > 0);
  }

  get status(): AwardStatus {
    return awardStatus({ expiresOn: this.request.expiresOn, revokedOn: null }, this.request.processedOn);
  }

  /** Consumes the request id; call it before the first record, and only for a request that will be answered 2xx (Q2). */
  begin(): void {
    this.state.openRequest(this.request);
  }

  /** Says whom the next decisions are about, once the run has begun; it changes none of them. */
  expect(customerIds: readonly number[]): void {
    const { badge } = this.request;
    if (badge.definition.earnType === 'ISSUE_EARN') this.state.readAhead(badge, 'enrolments', customerIds, 1);
    if (this.looksAtAwards) this.state.readAhead(badge, 'awards', customerIds, this.enough);
  }

  /** Judges one customer (semantics D1, E6, E10, C5) without recording anything. */
  decide(customerId: number): AwardDecision {
    const { badge, eventDate } = this.request;
    if (!this.seen.add(customerId)) return refusal(990003);
    let enrolmentKey: number | null = null;
    if (badge.definition.earnType === 'ISSUE_EARN') {
      const covering = this.state
        .enrolmentsOf(badge, customerId)
        .find((enrolment) => enrolment.eventDate <= eventDate && eventDate < enrolment.expiresOn);
      if (!covering) return refusal(811);
      enrolmentKey = covering.key;
    }
    const awards = this.looksAtAwards ? this.state.countedAwardsOf(badge, customerId, this.enough) : NO_AWARDS;
    if (this.checksOverlap) {
      const existing = awards.find((award) => award.revokedOn === null && award.expiresOn > eventDate);
      if (existing) return { ok: false, code: 1040, breach: null, existing };
    }
    for (const cap of this.customerCaps) {
      const count = countTowards(awards, cap);
      if (count >= cap.limit)
        return { ok: false, code: this.state.settings.customerLimitCode, breach: { cap, count }, existing: null };
    }
    for (const [index, cap] of this.badgeCaps.entries()) {
      const count = this.badgeCounts[index] ?? 0;
      if (count >= cap.limit)
        return { ok: false, code: this.state.settings.badgeLimitCode, breach: { cap, count }, existing: null };
    }
    return { ok: true, enrolmentKey };
  }

  /** Records the award that `decide` allowed. */
  record(customerId: number, enrolmentKey: number | null): number {
    for (let index = 0; index < this.badgeCounts.length; index += 1)
      this.badgeCounts[index] = (this.badgeCounts[index] ?? 0) + 1;
    return this.state.recordAward(customerId, enrolmentKey);
  }

  /** Judges one customer and, where nothing forbids it, records the award. */
  award(customerId: number): AwardOutcome {
    const decision = this.decide(customerId);
    if (!decision.ok) return decision;
    return { ok: true, key: this.record(customerId, decision.enrolmentKey), enrolmentKey: decision.enrolmentKey };
  }
}

function refusal(code: number): AwardDecision & { ok: false } {
  return { ok: false, code, breach: null, existing: null };
}

export type AwardReadiness =
  | { ok: true; badge: StoredBadge; eventDate: Instant; expiresOn: Instant }
  | { ok: false; errors: RuleError[] };

/** The preconditions of earn and earnBulk in the order of semantics E: E1, 809, 404, 815, 750, 810, then 815/816 (E5). */
export function checkAward(
  state: PreconditionState,
  input: IssuanceInput,
  kind: 'earn' | 'earnBulk',
  customers: 'given' | 'missing',
  now: Instant,
): AwardReadiness {
  const refuse = (...errors: RuleError[]): AwardReadiness => ({ ok: false, errors });
  const missing = missingInputs(input, customers);
  if (missing.length > 0) return refuse(...missing);
  if (state.isRequestConsumed(input.requestId ?? '', kind, input.badgeMetaId ?? '')) return refuse(ruleError(809));
  const badge = input.badgeMetaId === null ? undefined : state.findBadge(input.badgeMetaId);
  if (!badge) return refuse(ruleError(404));
  const { definition } = badge;
  const status = badgeStatus(definition, now);
  if (!definition.active || status === 'UPCOMING') return refuse(ruleError(815));
  if (input.eventDate !== null && input.eventDate > now + FARTHEST_AHEAD) return refuse(ruleError(750));
  const ownerType = input.triggeredBy?.ownerType ?? '';
  const isMemberCare = ownerType === state.settings.memberCareOwnerType;
  if (!isMemberCare && !hasActiveClaim(badge, ownerType, input.triggeredBy?.referenceId ?? null))
    return refuse(ruleError(810));
  if (definition.earnType === 'EARN') {
    if (input.eventDate === null && status === 'EXPIRED') return refuse(ruleError(815));
    if (input.eventDate !== null && (input.eventDate < definition.startOn || input.eventDate >= definition.expiresOn)) {
      return refuse(ruleError(816));
    }
  }
  return {
    ok: true,
    badge,
    eventDate: input.eventDate ?? now,
    expiresOn: awardExpiry(definition, now, state.settings.zone),
  };
}

export type AwardOpening = { ok: true; run: AwardRun } | { ok: false; errors: RuleError[] };

/** Opens an earn or earnBulk request. The caller begins the run once it knows that the request will be answered 2xx. */
export function openAward(
  state: IssuanceState,
  input: IssuanceInput,
  kind: 'earn' | 'earnBulk',
  customers: 'given' | 'missing',
  now: Instant,
  seen: SeenCustomers,
): AwardOpening {
  const readiness = checkAward(state, input, kind, customers, now);
  if (!readiness.ok) return readiness;
  const request: IssuanceRequest = {
    kind,
    badge: readiness.badge,
    requestId: input.requestId ?? '',
    ownerType: input.triggeredBy?.ownerType ?? '',
    referenceId: input.triggeredBy?.referenceId ?? null,
    eventDate: readiness.eventDate,
    expiresOn: readiness.expiresOn,
    processedOn: now,
  };
  return { ok: true, run: new AwardRun(state, request, seen) };
}
