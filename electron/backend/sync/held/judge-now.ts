import { checkAward } from '../../../../shared/domain/award';
import { badgeStatus, type BadgeStatus } from '../../../../shared/domain/badge';
import { dateAt } from '../../../../shared/domain/calendar';
import { capsInForce, countsTowards, type Cap } from '../../../../shared/domain/caps';
import type { RuleError } from '../../../../shared/domain/codes';
import { checkEnrolment } from '../../../../shared/domain/enrolment';
import { awardsEnd, capMessage, freesAt, neverMessage } from '../../../../shared/domain/explain';
import { readInstant, SECOND, type Instant } from '../../../../shared/domain/instant';
import type { IssuanceInput } from '../../../../shared/domain/issuance-input';
import type { Award, PreconditionState, StoredBadge } from '../../../../shared/domain/org';
import type { OrgSettings } from '../../../../shared/domain/settings';
import type { LimitUse } from '../../../../shared/gateway/client-schemas';
import type { HeldLimit, HeldRecord, HeldVerdict } from '../../../../shared/ipc/held-contract';
import { message, type Message } from '../../../../shared/words/message';
import { instantInWords } from '../../badges/value-words';
import { adviceOf } from '../client/refusal-advice';
import { nowOf } from '../live-jobs/look-ahead/look';

/** Everything that an org told of a customer and a badge, and by which rules and clock it is judged. */
export interface HeldQuestion {
  /** Of the org, for people. */
  org: string;
  badge: StoredBadge;
  /** What the org itself says of the badge's status; null: it does not say. */
  status: BadgeStatus | null;
  enrolments: readonly HeldRecord[] | null;
  awards: readonly HeldRecord[] | null;
  /** What the org counts of each limit. */
  uses: { CUSTOMER: readonly LimitUse[]; BADGE: readonly LimitUse[] };
  now: Instant;
  settings: OrgSettings;
}

/** What would happen now, and the limits that an award of now is held to. */
export interface HeldJudgement {
  limits: HeldLimit[];
  verdicts: HeldVerdict[];
}

/** Clocks of an org and of this computer that differ by no more are taken for the same. */
const MOST_APART = 300 * SECOND;

type Refusal = Pick<HeldVerdict, 'code' | 'words' | 'advice'>;

/**
 * What the rules say would become of an award, and of an enrolment, of this customer now (semantics E, I, C). An answer
 * hangs only on what the org told: where it left out something that decides, the outcome is unknown, and says why.
 */
export function judgeNow(question: HeldQuestion): HeldJudgement {
  const { badge, settings } = question;
  const { now, isDisputed } = clockOf(question);
  const awards = asAwards(question.awards);
  const enrolments = asPeriods(question.enrolments);
  const limits = capsInForce(badge.definition, now, now, settings).map((cap) =>
    limitOf(question, cap, awards, enrolments ?? []),
  );
  const judged = { ...question, now, isDisputed, limits, periods: enrolments, records: awards };
  const verdicts = [awardVerdict(judged)];
  if (badge.definition.earnType === 'ISSUE_EARN') verdicts.unshift(enrolVerdict(judged));
  return { limits, verdicts };
}

type Judged = HeldQuestion & {
  isDisputed: boolean;
  limits: readonly HeldLimit[];
  /** Enrolments that were not revoked; null: not known whole. */
  periods: readonly Period[] | null;
  /** Awards by all their dates; null: not known whole. */
  records: readonly StandingAward[] | null;
};

interface Period {
  eventDate: Instant;
  expiresOn: Instant;
}

type StandingAward = Award & { id: string };

/**
 * The instant that the org is at, as far as it can be known. Its clock counts, and what it says contradicts ours where
 * records lie ahead of it, or states are not those of now.
 */
function clockOf({ badge, status, enrolments, awards, now }: HeldQuestion): { now: Instant; isDisputed: boolean } {
  const records = [...(enrolments ?? []), ...(awards ?? [])];
  const latest = records.reduce((last, { recordedOn }) => Math.max(last, recordedOn ?? -Infinity), -Infinity);
  const orgNow = nowOf(badge.definition, status, now);
  const isAhead = latest > now + MOST_APART;
  const isLate = records.some(
    ({ status: state, expiresOn }) =>
      expiresOn !== null &&
      ((state === 'EXPIRED' && expiresOn > now + MOST_APART) ||
        ((state === 'LIVE' || state === 'ACTIVE') && expiresOn <= now - MOST_APART)),
  );
  const isOther = status !== null && badgeStatus(badge.definition, now) !== status;
  // A record of a moment ago may bear a time that this computer has not reached yet.
  return { now: isAhead ? orgNow : Math.max(orgNow, latest), isDisputed: isAhead || isLate || isOther };
}

/** Every award as the rules count it; null where one lacks a date that they need. */
function asAwards(records: readonly HeldRecord[] | null): StandingAward[] | null {
  if (records === null) return null;
  const awards: StandingAward[] = [];
  for (const { id, status, recordedOn, eventDate, expiresOn, revokedOn } of records) {
    if (recordedOn === null || eventDate === null) return null;
    const ends = expiresOn ?? (status === 'EXPIRED' ? -Infinity : Infinity);
    const gone = status === 'REVOKED' ? (revokedOn ?? recordedOn) : null;
    awards.push({
      ...{ id, key: awards.length, customerId: 0, enrolmentKey: null },
      ...{ earnedOn: recordedOn, eventDate, expiresOn: ends, revokedOn: gone },
    });
  }
  return awards;
}

/** The periods of the enrolments that stand; null where one lacks a date. */
function asPeriods(records: readonly HeldRecord[] | null): Period[] | null {
  if (records === null) return null;
  const periods: Period[] = [];
  for (const { status, eventDate, expiresOn } of records) {
    if (status === 'REVOKED') continue;
    if (eventDate === null || expiresOn === null) return null;
    periods.push({ eventDate, expiresOn });
  }
  return periods;
}

function limitOf(
  question: HeldQuestion,
  cap: Cap,
  awards: readonly StandingAward[] | null,
  periods: readonly Period[],
): HeldLimit {
  const { settings, badge } = question;
  const { level, constraintType, limit, span } = cap;
  const ofCustomer = level === 'CUSTOMER' && awards !== null;
  const counting = ofCustomer
    ? awards.filter(
        (award) => (settings.revokeFreesCaps ? award.revokedOn === null : true) && countsTowards(award, cap),
      )
    : null;
  const counted = counting?.length ?? null;
  const told = toldOf(question, cap);
  const state = stateOf(limit, counted, told);
  const end = awardsEnd(badge.definition, periods);
  const known = { freesAt: null, freesNote: null };
  const base = {
    ...{ level, constraintType, words: capMessage(cap), limit, counted, told, state },
    ...{ from: span?.from ?? null, to: span?.to ?? null, usedUpBy: (counting ?? []).map(({ id }) => id) },
  };
  if (state !== 'full') return { ...base, ...known };
  // Of a rolling window it has to be known which awards leave it; nobody tells those of other customers.
  if (cap.roll !== null && counting === null && limit > 0)
    return { ...base, ...known, freesNote: message('held.freesUntold', { org: question.org }) };
  const dates = (counting ?? []).map((award) => (cap.by === 'eventDate' ? award.eventDate : award.earnedOn));
  const freeing = freesAt(cap, dates, end, settings);
  return 'at' in freeing
    ? { ...base, freesAt: freeing.at, freesNote: null }
    : { ...base, freesAt: null, freesNote: neverMessage(freeing.never) };
}

/** Where the org's own count and its own list do not agree on whether there is room, nobody can tell which it goes by. */
function stateOf(limit: number, counted: number | null, told: number | null): HeldLimit['state'] {
  if (limit <= 0) return 'full';
  const says = [counted, told].filter((count) => count !== null).map((count) => count >= limit);
  if (says.length === 0 || new Set(says).size > 1) return 'unknown';
  return says[0] === true ? 'full' : 'open';
}

/** How many awards the org counts under a limit; null where it does not say, or says several numbers. */
function toldOf({ uses, settings }: HeldQuestion, cap: Cap): number | null {
  const counts = new Set<number | null>();
  for (const use of uses[cap.level]) {
    const used = use.earnConstraintBlockStatistics;
    if (!used) continue;
    if (cap.roll === null && use.maxEarnLimit !== cap.limit) continue;
    if (cap.span === null && use.constraintType === 'OVERALL') counts.add(used.currentEarnCount ?? null);
    else if (cap.span !== null && cap.roll === null && use.constraintType === 'FIXED_WINDOW') {
      const start = readInstant(use.fixedWindowCycle?.startDate);
      const { zone } = settings;
      if (start.ok && dateAt(start.instant, zone) === dateAt(cap.span.from, zone))
        counts.add(used.currentEarnCount ?? null);
    } else if (cap.roll !== null && use.constraintType === 'ROLLING_WINDOW') {
      const count = rollingCount(use, cap.level, cap.roll, cap.limit);
      if (count !== undefined) counts.add(count);
    }
  }
  const [count] = counts;
  return counts.size === 1 ? (count ?? null) : null;
}

const OF_UNIT = { DAYS: 'Days', WEEKS: 'Weeks', MONTHS: 'Months' } as const;

/** @returns undefined where the entry is another window's */
function rollingCount(
  use: LimitUse,
  level: Cap['level'],
  { unit, value }: NonNullable<Cap['roll']>,
  limit: number,
): number | null | undefined {
  const used = use.earnConstraintBlockStatistics;
  if (level === 'BADGE') {
    const isThis = use.rollType === unit && use.rollValue === value && use.maxEarnLimit === limit;
    return isThis ? (used?.currentEarnCount ?? null) : undefined;
  }
  const name = OF_UNIT[unit];
  const { rollingWindowLimits: limits } = use;
  const isThis = limits?.[`rollFor${name}`] === value && limits[`maxEarnFor${name}`] === limit;
  return isThis ? (used?.[`currentEarnCount${name}`] ?? null) : undefined;
}

const FIRST = { isRequestConsumed: () => false };

/** The first thing for which the org would refuse anybody, by the rules of a whole request. */
function refusalOfAnybody(judged: Judged, action: HeldVerdict['action']): RuleError | null {
  const { badge, settings, now } = judged;
  const state: PreconditionState = { ...FIRST, settings, findBadge: (id) => (id === badge.id ? badge : undefined) };
  const claim = badge.claims.find(({ isActive }) => isActive);
  const owner = claim ?? { ownerType: badge.definition.restrictedToOwners[0] ?? '', referenceId: '-' };
  const input: IssuanceInput = {
    badgeMetaId: badge.id,
    requestId: 'look',
    triggeredBy: { ownerType: owner.ownerType, referenceId: owner.referenceId },
    eventDate: null,
  };
  const readiness =
    action === 'enrol' ? checkEnrolment(state, input, now) : checkAward(state, input, 'earnBulk', 'given', now);
  return readiness.ok ? null : (readiness.errors[0] ?? null);
}

const no = (action: HeldVerdict['action'], { code, words, advice }: Refusal): HeldVerdict => ({
  ...{ action, outcome: 'no', code, words, advice },
});
const unknown = (action: HeldVerdict['action'], words: Message): HeldVerdict => ({
  ...{ action, outcome: 'unknown', code: null, words, advice: null },
});

/** What the org's own word decides, whatever the clocks say: status, switch, kind and claims of the badge. */
const OF_BADGE: readonly number[] = [404, 801, 810, 815, 1039];

function enrolVerdict(judged: Judged): HeldVerdict {
  const { org, periods, now, settings, badge, isDisputed } = judged;
  const refused = refusalOfAnybody(judged, 'enrol');
  if (refused !== null) return ofBadge(judged, 'enrol', refused);
  if (isDisputed) return unknown('enrol', message('held.clocksDiffer', { org }));
  if (periods === null) return unknown('enrol', message('held.enrolmentsUntold', { org }));
  const state: PreconditionState = { ...FIRST, settings, findBadge: () => badge };
  const readiness = checkEnrolment(
    state,
    {
      ...{ badgeMetaId: badge.id, requestId: 'look', eventDate: null },
      triggeredBy: { ownerType: badge.definition.restrictedToOwners[0] ?? '', referenceId: '-' },
    },
    now,
  );
  const ends = readiness.ok ? readiness.expiresOn : Infinity;
  const existing = periods.find(({ eventDate, expiresOn }) => now < expiresOn && eventDate < ends);
  if (existing) {
    const [from, to] = [existing.eventDate, existing.expiresOn].map((at) => instantInWords(at, settings.zone));
    const words = message('held.enrolledAlready', { from: from ?? '', to: to ?? '' });
    return no('enrol', { code: 1040, words, advice: null });
  }
  return { action: 'enrol', outcome: 'yes', code: null, words: message('held.wouldEnrol', { org }), advice: null };
}

function awardVerdict(judged: Judged): HeldVerdict {
  const { org, badge, periods, records, settings, limits, now, isDisputed } = judged;
  const refused = refusalOfAnybody(judged, 'award');
  if (refused !== null) return ofBadge(judged, 'award', refused);
  if (isDisputed) return unknown('award', message('held.clocksDiffer', { org }));
  const doubts: Message[] = [];
  if (badge.definition.earnType === 'ISSUE_EARN') {
    if (periods === null) doubts.push(message('held.enrolmentsUntold', { org }));
    else if (!periods.some(({ eventDate, expiresOn }) => eventDate <= now && now < expiresOn)) {
      const words = message(periods.length === 0 ? 'held.notEnrolled' : 'held.notEnrolledNow');
      return no('award', { code: 811, words, advice: adviceOf(811) });
    }
  }
  if (settings.refuseOverlappingAwards) {
    if (records === null) doubts.push(message('held.awardsUntold', { org }));
    const existing = records?.find(({ revokedOn, expiresOn }) => revokedOn === null && expiresOn > now);
    if (existing && doubts.length === 0) {
      const until = instantInWords(existing.expiresOn, settings.zone);
      return no('award', { code: 1040, words: message('held.heldAlready', { until }), advice: null });
    }
  }
  const full = limits.find(({ state }) => state === 'full');
  if (full) {
    // Something that nobody can tell of stands before it: which of the two refuses is open, that one does is not.
    const isFirst = doubts.length === 0 && limits.slice(0, limits.indexOf(full)).every(({ state }) => state === 'open');
    const ofLevel = full.level === 'CUSTOMER' ? settings.customerLimitCode : settings.badgeLimitCode;
    const key = full.level === 'CUSTOMER' ? 'held.customerFull' : 'held.badgeFull';
    const words = message(key, { limit: full.words, count: full.counted ?? full.told ?? full.limit });
    return no('award', { code: isFirst ? ofLevel : null, words, advice: null });
  }
  const untold = limits.find(({ state }) => state === 'unknown');
  if (untold) {
    const apart = untold.counted !== null && untold.told !== null;
    const facts = { org, limit: untold.words, counted: untold.counted ?? 0, told: untold.told ?? 0 };
    doubts.push(message(apart ? 'held.countsDiffer' : 'held.limitUntold', facts));
  }
  const [doubt] = doubts;
  if (doubt) return unknown('award', doubt);
  return { action: 'award', outcome: 'yes', code: null, words: message('held.wouldAward', { org }), advice: null };
}

/** What stands in everybody's way. */
function ofBadge(judged: Judged, action: HeldVerdict['action'], { code }: RuleError): HeldVerdict {
  const { badge, org, now, isDisputed, status, settings } = judged;
  const { definition } = badge;
  if (isDisputed && status === null && !OF_BADGE.includes(code))
    return unknown(action, message('held.clocksDiffer', { org }));
  const advice = adviceOf(code);
  if (code === 815 || code === 1039) {
    const [from, to] = [definition.startOn, definition.expiresOn].map((at) => instantInWords(at, settings.zone));
    if (!definition.active) return no(action, { code, words: message('lookAhead.inactive', { org }), advice });
    return badgeStatus(definition, now) === 'UPCOMING'
      ? no(action, { code, words: message('lookAhead.upcoming', { from: from ?? '' }), advice })
      : no(action, { code, words: message('held.badgeOver', { to: to ?? '' }), advice });
  }
  if (code === 810) return no(action, { code, words: message('held.nobodyClaimed', { org }), advice });
  return no(action, { code, words: message('held.refusedAnybody', { org }), advice });
}
