import { checkAward } from '../../../../../shared/domain/award';
import { badgeStatus, MEMBER_CARE, type BadgeDefinition, type BadgeStatus } from '../../../../../shared/domain/badge';
import { capsInForce, type Cap } from '../../../../../shared/domain/caps';
import { decideClaim } from '../../../../../shared/domain/claims';
import type { RuleError } from '../../../../../shared/domain/codes';
import { checkEnrolment } from '../../../../../shared/domain/enrolment';
import { MICROSECOND, type Instant } from '../../../../../shared/domain/instant';
import type { IssuanceInput } from '../../../../../shared/domain/issuance-input';
import type { PreconditionState, StoredBadge } from '../../../../../shared/domain/org';
import type { OrgSettings } from '../../../../../shared/domain/settings';
import { OWNER_TYPES } from '../../../../../shared/domain/badge';
import type { LiveRowCounts, LookFinding, LookFix } from '../../../../../shared/ipc/look-ahead-contract';
import { message, type Message } from '../../../../../shared/words/message';
import { adviceOf } from '../../client/refusal-advice';
import { instantInWords } from '../../../badges/value-words';
import { ownerInWords } from '../owner-words';
import { FIRST_CHUNKS, FIRST_SIZE } from '../source';

/** Everything that a look goes by. */
export interface LookQuestion {
  /** Of the org, for people. */
  org: string;
  /** The badge as the org has it now; null: it has none. */
  badge: StoredBadge | null;
  /** What the org itself says of its status: its clock counts, not ours. Null: it does not say. */
  status: BadgeStatus | null;
  /** Enrolments and awards ever made, revoked ones included (semantics N1); null where the org does not say. */
  counts: { issued: number | null; earned: number | null };
  /** Awards that count in the cycles of badge-level fixed windows, by the start of the cycle, where the org told them. */
  cycleCounts: ReadonlyMap<Instant, number>;
  action: 'enrol' | 'award';
  /** Null: not chosen yet. */
  owner: { ownerType: string; referenceId: string } | null;
  eventDate: Instant | null;
  rows: LiveRowCounts | null;
  now: Instant;
  settings: OrgSettings;
}

/** Under either, awards made through MemberCare may arrive, without a claim: the documents do not agree which (semantics E4). */
const MAY_CARRY_MEMBER_CARE: readonly string[] = [MEMBER_CARE, 'Goodwill_Module'];
/** Mistakes of one job that are told at once. */
const MOST_REFUSALS = 5;

/**
 * What is to be expected of a live job before its first request, by the rules that the practice org answers with. Refused
 * is only what the org would answer to every row by its own word; what hangs on clocks and on counts that lag or hold
 * revoked awards is asked about (docs/decisions/0115).
 */
export function findingsOf(question: LookQuestion): LookFinding[] {
  const { badge, rows, org, action } = question;
  if (badge === null) {
    return [finding('refuses', 404, message('lookAhead.noBadge', { org }), { advice: adviceOf(404) })];
  }
  const known = { ...question, badge, orgNow: nowOf(badge.definition, question.status, question.now) };
  const found = refusalsOf(known);
  if (rows?.good === 0) found.push(finding('refuses', null, message('lookAhead.nobody')));
  if (action === 'award') found.push(...capFindings(known), ...enrolmentFindings(known));
  else found.push(...ownerNotes(known));
  const order = ['refuses', 'asks', 'some', 'says'];
  return found.sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
}

/** How many requests a job makes, and the seconds they take at least: its first customers are read one by one besides. */
export function paceOf(
  customers: number,
  { chunkSize, perSecond }: { chunkSize: number; perSecond: number },
): { requests: number; secondsAtLeast: number } {
  const first = Math.min(FIRST_SIZE, chunkSize);
  const inFirst = Math.min(customers, FIRST_CHUNKS * first);
  const requests = Math.ceil(inFirst / first) + Math.ceil((customers - inFirst) / chunkSize);
  return { requests, secondsAtLeast: Math.ceil((requests + Math.min(customers, first)) / perSecond) };
}

/** The limits on the badge itself that an award of now would be held to. */
export function badgeCaps(
  question: Pick<LookQuestion, 'status' | 'eventDate' | 'now' | 'settings'>,
  badge: StoredBadge,
): Cap[] {
  const now = nowOf(badge.definition, question.status, question.now);
  return capsInForce(badge.definition, now, question.eventDate ?? now, question.settings);
}

type Known = LookQuestion & { badge: StoredBadge; orgNow: Instant };

/** An instant at which the badge is what the org says it is: of two clocks, the org's decides. */
export function nowOf(definition: BadgeDefinition, status: BadgeStatus | null, now: Instant): Instant {
  if (status === null || badgeStatus(definition, now) === status) return now;
  if (status === 'UPCOMING') return definition.startOn - MICROSECOND;
  return status === 'EXPIRED'
    ? definition.expiresOn
    : Math.max(definition.startOn, Math.min(now, definition.expiresOn - MICROSECOND));
}

function finding(
  kind: LookFinding['kind'],
  code: number | null,
  words: Message,
  rest: Partial<Pick<LookFinding, 'advice' | 'fix' | 'atMost'>> = {},
): LookFinding {
  return { kind, code, words, advice: null, fix: null, atMost: null, ...rest };
}

/** What refuses every request: each mistake is taken away in turn, so that the next one is seen, too. */
function refusalsOf(known: Known): LookFinding[] {
  const found: LookFinding[] = [];
  let asked = known;
  while (found.length < MOST_REFUSALS) {
    const error = refusalOf(asked);
    if (error === null || found.some(({ code }) => code === error.code)) return found;
    found.push(refusalFinding(known, error));
    const mended = without(asked, error.code);
    if (mended === null) return found;
    asked = mended;
  }
  return found;
}

/** The first thing for which the org would refuse any request of the job as a whole. */
function refusalOf({ badge, settings, action, owner, eventDate, orgNow }: Known): RuleError | null {
  const state: PreconditionState = {
    settings,
    findBadge: (id) => (id === badge.id ? badge : undefined),
    isRequestConsumed: () => false,
  };
  const input: IssuanceInput = {
    badgeMetaId: badge.id,
    requestId: 'look',
    // Nobody chosen yet: what any owner would be refused for.
    triggeredBy:
      owner === null
        ? { ownerType: settings.memberCareOwnerType, referenceId: null }
        : { ownerType: owner.ownerType || null, referenceId: owner.referenceId || null },
    eventDate,
  };
  const readiness =
    action === 'enrol' ? checkEnrolment(state, input, orgNow) : checkAward(state, input, 'earnBulk', 'given', orgNow);
  return readiness.ok ? null : (readiness.errors[0] ?? null);
}

/** The same job without what it was refused for; null where nothing more can be said. */
function without(known: Known, code: number): Known | null {
  const { badge } = known;
  const { definition } = badge;
  switch (code) {
    case 815:
    case 1039:
      return {
        ...known,
        badge: { ...badge, definition: { ...definition, active: true } },
        orgNow: nowOf(definition, 'LIVE', known.orgNow),
      };
    case 750:
      return { ...known, orgNow: known.eventDate ?? known.orgNow };
    case 816:
      return { ...known, eventDate: null };
    case 810:
      return { ...known, owner: null };
    default:
      return null;
  }
}

function refusalFinding(known: Known, { code, message: said }: RuleError): LookFinding {
  const { badge, owner, settings, eventDate, orgNow, org } = known;
  const { definition } = badge;
  const [from, to] = [definition.startOn, definition.expiresOn].map((at) => instantInWords(at, settings.zone)) as [
    Message,
    Message,
  ];
  const dates: LookFix = { kind: 'date', from: definition.startOn, to: definition.expiresOn };
  const advice = adviceOf(code);
  switch (code) {
    case 801:
      return finding('refuses', code, message('lookAhead.onlyDirect'), { fix: { kind: 'action', action: 'award' } });
    case 815:
    case 1039: {
      if (!definition.active) return finding('refuses', code, message('lookAhead.inactive', { org }));
      if (badgeStatus(definition, orgNow) === 'UPCOMING')
        return finding('refuses', code, message('lookAhead.upcoming', { from }));
      return finding('refuses', code, message('lookAhead.over', { to }), { fix: dates });
    }
    case 816:
      return finding('refuses', code, message('lookAhead.eventOutside', { from, to }), { fix: dates });
    case 750:
      // Whose clock is right is not known.
      return finding('asks', code, message('lookAhead.eventAhead'), { advice });
    case 810:
      return unclaimed(known, owner ?? { ownerType: '', referenceId: '' });
    default:
      return finding('refuses', code, message('refusals.quoted', { text: said }), {
        advice,
        fix: eventDate === null ? null : dates,
      });
  }
}

/** Awards need a claim in just this name (semantics E4): it can be made where the owner is allowed, and else another is chosen. */
function unclaimed({ badge }: Known, owner: { ownerType: string; referenceId: string }): LookFinding {
  const claimed = badge.claims
    .filter(({ isActive }) => isActive)
    .map(({ ownerType, referenceId }) => ({ ownerType, referenceId }));
  const allowed = badge.definition.restrictedToOwners;
  const others: LookFix = { kind: 'owners', claimed, allowed };
  const kind = MAY_CARRY_MEMBER_CARE.includes(owner.ownerType) ? 'asks' : 'refuses';
  const name = ownerInWords(owner);
  const type = OWNER_TYPES.find((known) => known === owner.ownerType);
  const isAllowed = type !== undefined && allowed.includes(type);
  if (!isAllowed) return finding(kind, 810, message('lookAhead.ownerNotAllowed', { owner: name }), { fix: others });
  if (owner.referenceId === '')
    return finding(kind, 810, message('lookAhead.noReference', { owner: name }), { fix: others });
  const canClaim = decideClaim(badge, type, owner.referenceId).ok;
  return finding(kind, 810, message('lookAhead.unclaimed', { owner: name }), {
    fix: canClaim ? { kind: 'claim', ...owner } : null,
  });
}

/** Enrolling asks neither who may claim nor who has claimed (semantics I1), but the awards that follow do. */
function ownerNotes({ badge, owner, settings }: Known): LookFinding[] {
  const allowed: readonly string[] = badge.definition.restrictedToOwners;
  if (owner === null || owner.ownerType === settings.memberCareOwnerType || allowed.includes(owner.ownerType))
    return [];
  return [
    finding('says', null, message('lookAhead.enrolsAnyway', { owner: ownerInWords(owner) }), {
      fix: { kind: 'owners', claimed: [], allowed },
    }),
  ];
}

function capFindings(known: Known): LookFinding[] {
  const { badge, settings } = known;
  const found: LookFinding[] = [];
  for (const cap of badgeCaps(known, badge)) {
    const code = cap.level === 'CUSTOMER' ? settings.customerLimitCode : settings.badgeLimitCode;
    if (cap.limit <= 0) found.push(finding('refuses', code, message('lookAhead.limitZero')));
    else if (cap.level === 'BADGE') found.push(...badgeCapFinding(known, cap, code));
  }
  return found;
}

/** What one limit of the badge leaves, by what the org counts. */
function badgeCapFinding(
  { rows, counts, cycleCounts, settings, eventDate, org }: Known,
  cap: Cap,
  code: number,
): LookFinding[] {
  const { limit, span, by } = cap;
  const sent = rows?.good ?? null;
  const inCycle = span !== null && by === 'eventDate' ? cycleCounts.get(span.from) : undefined;
  const used = span === null ? (counts.earned ?? undefined) : inCycle;
  if (used === undefined) {
    // All awards ever made are no fewer than those of a window.
    if (sent === null || (counts.earned !== null && counts.earned + sent <= limit)) return [];
    if (sent > limit)
      return [finding('some', code, message('lookAhead.windowTooSmall', { limit, sent }), { atMost: limit })];
    return [finding('says', code, message('lookAhead.windowUncounted', { limit, org }), { atMost: limit })];
  }
  const left = Math.max(0, limit - used);
  if (left === 0) {
    // A revoked award makes room again and is counted all the same; a window moves on.
    const isCertain = span === null ? !settings.revokeFreesCaps : eventDate !== null;
    const words = message(span === null ? 'lookAhead.full' : 'lookAhead.cycleFull', { limit, used, org });
    return [finding(isCertain ? 'refuses' : 'asks', code, words, { atMost: 0 })];
  }
  if (sent === null || sent <= left) return [];
  const words = message(span === null ? 'lookAhead.tooMany' : 'lookAhead.tooManyForCycle', {
    limit,
    used,
    left,
    sent,
    org,
  });
  return [finding('some', code, words, { atMost: left })];
}

/** Whom the org has not enrolled it refuses, one by one (semantics E6). Its counts lag: none at all is asked about. */
function enrolmentFindings({ badge, rows, counts, org }: Known): LookFinding[] {
  const { issued } = counts;
  if (badge.definition.earnType !== 'ISSUE_EARN' || issued === null) return [];
  const fix: LookFix = { kind: 'action', action: 'enrol' };
  const advice = adviceOf(811);
  if (issued === 0)
    return [finding('asks', 811, message('lookAhead.nobodyEnrolled', { org }), { advice, fix, atMost: 0 })];
  const sent = rows?.good ?? null;
  if (sent === null || sent <= issued) return [];
  return [
    finding('some', 811, message('lookAhead.fewEnrolled', { issued, sent, org }), { advice, fix, atMost: issued }),
  ];
}
