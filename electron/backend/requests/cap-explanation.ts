import type { OrgStore } from '../../../db/org/org-store';
import type { AwardRecord } from '../../../db/org/record-store';
import type { RequestFacts } from '../../../db/org/request-history';
import type { RequestRows } from '../../../db/org/request-rows';
import type { BadgeDefinition } from '../../../shared/domain/badge';
import { countsTowards, type Cap } from '../../../shared/domain/caps';
import {
  awardsEnd,
  capMessage,
  freesAt,
  neverMessage,
  type AwardsEnd,
  type Freeing,
} from '../../../shared/domain/explain';
import type { Instant } from '../../../shared/domain/instant';
import type { Span } from '../../../shared/domain/org';
import type { RowExplanation } from '../../../shared/ipc/issuance-contract';
import { instantInWords } from './words';
import { message, type Message, type MessageKey } from '../../../shared/words/message';

/** Awards shown as evidence at most. */
const MOST_EVIDENCE = 20;

export interface CapCase {
  org: OrgStore;
  rows: RequestRows;
  facts: RequestFacts;
  definition: BadgeDefinition;
  cap: Cap;
  /** Awards that counted when the row was judged. */
  count: number;
  customerId: number;
  ordinal: number;
}

/** Why a cap refused a row, as things stood when the row was judged (semantics C, W). */
export function explainCap(found: CapCase): RowExplanation {
  const { cap, count, org, definition } = found;
  const { zone } = org.settings;
  const evidence = cap.level === 'CUSTOMER' ? customerAwards(found) : latestAwards(found);
  const freeing = freeingOf(found, evidence);
  const note = 'never' in freeing ? neverMessage(freeing.never) : null;
  const next = note ?? message('explanations.frees', { at: instantInWords('at' in freeing ? freeing.at : 0, zone) });
  return {
    sentence: message('explanations.hadAndNext', { had: hadInWords(found), next }),
    constraintType: cap.constraintType,
    level: cap.level,
    windowFrom: cap.span?.from ?? definition.startOn,
    windowTo: cap.span?.to ?? null,
    count,
    limit: cap.limit,
    freesAt: 'at' in freeing ? freeing.at : null,
    freesNote: note,
    evidence: evidence.slice(0, MOST_EVIDENCE).map((award) => ({
      id: org.awardId(award),
      eventDate: award.eventDate,
      recordedOn: award.earnedOn,
      expiresOn: award.expiresOn,
    })),
  };
}

const HAD = {
  CUSTOMER: {
    all: 'explanations.customerHad',
    cycle: 'explanations.customerHadInCycle',
    window: 'explanations.customerHadInWindow',
  },
  BADGE: {
    all: 'explanations.badgeHad',
    cycle: 'explanations.badgeHadInCycle',
    window: 'explanations.badgeHadInWindow',
  },
} as const satisfies Record<Cap['level'], Record<string, MessageKey>>;

/** What counted, and what is allowed. */
function hadInWords({ cap, count, org, facts }: CapCase): Message {
  const { zone } = org.settings;
  const limit = capMessage(cap);
  const had = {
    count,
    at: instantInWords(facts.processedOn, zone),
    allowed:
      cap.limit === 1 ? message('explanations.isAllowed', { limit }) : message('explanations.areAllowed', { limit }),
    type: cap.constraintType,
  };
  if (cap.span === null) return message(HAD[cap.level].all, had);
  const window = { from: instantInWords(cap.span.from, zone), to: instantInWords(cap.span.to, zone) };
  return message(HAD[cap.level][cap.roll === null ? 'cycle' : 'window'], { ...had, ...window });
}

/** The first key that awards of the row's own request got after the row was judged. */
function madeBefore({ facts, rows, ordinal }: CapCase): number {
  return facts.firstKey + (facts.state === 'answered' ? rows.succeededBefore(facts, ordinal) : 0);
}

/** Whether an award was on record, and not revoked, when the row was judged. */
function stoodThen(found: CapCase): (award: AwardRecord) => boolean {
  const { org, facts } = found;
  const made = madeBefore(found);
  const revokedCount = !org.settings.revokeFreesCaps;
  return (award) =>
    (award.requestKey < facts.key || (award.requestKey === facts.key && award.key < made)) &&
    (revokedCount || award.revokedOn === null || award.revokedOn > facts.processedOn);
}

/** The customer's awards that counted, latest first. */
function customerAwards(found: CapCase): readonly AwardRecord[] {
  const { org, facts, cap, customerId } = found;
  return org.records
    .awardsOf(facts.badgeKey, customerId)
    .filter(stoodThen(found))
    .filter((award) => countsTowards(award, cap))
    .reverse();
}

/** The badge's latest awards that counted, as many as are shown: all of them may be a million. */
function latestAwards(found: CapCase): readonly AwardRecord[] {
  const { org, facts, cap } = found;
  const stood = stoodThen(found);
  const evidence: AwardRecord[] = [];
  for (const award of org.records.awardsBackwards(facts.badgeKey, facts.key, madeBefore(found))) {
    if (stood(award) && countsTowards(award, cap)) evidence.push(award);
    if (evidence.length === MOST_EVIDENCE) break;
  }
  return evidence;
}

/**
 * From when on the customer could not be awarded any more, as things stood when the row was judged. A request that named
 * its event date can be made again after the badge's end (semantics E5, E6), and rolling windows count by the clock.
 */
function endOf({ org, facts, definition, cap, customerId }: CapCase): AwardsEnd | null {
  if (facts.eventDateSent && cap.roll !== null) return null;
  const standing = org.records
    .enrolmentsOf(facts.badgeKey, customerId)
    .filter(
      ({ requestKey, revokedOn }) => requestKey < facts.key && (revokedOn === null || revokedOn > facts.processedOn),
    );
  return awardsEnd(definition, standing);
}

/**
 * When a place frees. For a rolling window of the badge only the award that must leave it decides that; it is found by
 * counting and handed on alone, because a million may count.
 */
function freeingOf(found: CapCase, evidence: readonly AwardRecord[]): Freeing {
  const { cap, org } = found;
  const end = endOf(found);
  if (cap.level === 'BADGE' && cap.roll !== null && cap.span !== null && cap.limit > 0) {
    const leaves = nthNewest(found, cap.span, cap.limit);
    return freesAt({ ...cap, limit: 1 }, leaves === null ? [] : [leaves], end, org.settings);
  }
  const dates = evidence.map((award) => (cap.by === 'eventDate' ? award.eventDate : award.earnedOn));
  return freesAt(cap, dates, end, org.settings);
}

/** When the n-th newest of the badge's counting awards was earned. */
function nthNewest({ org, facts, count }: CapCase, span: Span, n: number): Instant | null {
  const earlier = org.records.awardInstants(facts.badgeKey, facts.key, span, !org.settings.revokeFreesCaps);
  const counted = earlier.reduce((sum, entry) => sum + entry.count, 0);
  // The request's own awards are the newest; how many of them stood is what the earlier ones leave of the count.
  let newest = count - counted;
  if (newest >= n) return facts.processedOn;
  for (const entry of earlier) {
    newest += entry.count;
    if (newest >= n) return entry.earnedOn;
  }
  return null;
}
