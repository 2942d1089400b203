import { capOfNumber } from '../../../db/org/caps-on-rows';
import type { OrgStore } from '../../../db/org/org-store';
import { outcomeLabel, outcomeName } from '../../../db/org/outcomes';
import type { AwardRecord, EnrolmentRecord } from '../../../db/org/record-store';
import type { RequestFacts } from '../../../db/org/request-history';
import type { RequestRow, RequestRows } from '../../../db/org/request-rows';
import { capsInForce } from '../../../shared/domain/caps';
import type { Instant } from '../../../shared/domain/instant';
import type { RowExplanation } from '../../../shared/ipc/issuance-contract';
import { explainCap } from './cap-explanation';
import { rowView } from './rows';
import { familyOf } from './summary';
import { instantInWords } from './words';
import { message, type Message } from '../../../shared/words/message';

export interface RowCase {
  org: OrgStore;
  rows: RequestRows;
  facts: RequestFacts;
  row: RequestRow;
}

/** Why one row of a request came out as it did, in a sentence and with what the sentence rests on. */
export function explainRow(found: RowCase): RowExplanation {
  const { org, facts, row } = found;
  if (row.ok) return explainSuccess(found, row);
  if (row.cap !== null && row.customerId !== null) {
    const definition = org.badgeStore.definition(facts.definitionKey);
    const cap = capOfNumber(capsInForce(definition, facts.processedOn, facts.eventDate, org.settings), row.cap);
    if (cap) {
      const { customerId, ordinal } = row;
      return explainCap({ ...found, definition, cap, count: row.capCount ?? cap.limit, customerId, ordinal });
    }
  }
  if (row.customerId !== null) {
    if (row.outcome === 811) return explainNotEnrolled(found, row.customerId);
    if (row.outcome === 1040) return explainOverlap(found, row.customerId, row.earlierKey);
    if (row.outcome === 990003) return explainRepeated(found, row.customerId);
  }
  const label = outcomeLabel(outcomeName(row.outcome), familyOf(facts));
  const place = placeOf(row);
  return plain(
    row.line === null || row.line === ''
      ? message('explanations.faulty', { label, place })
      : message('explanations.faultySays', { label, line: row.line, place }),
  );
}

/** Where a row stands: by the line that an editor shows, or by its place where the source has no lines. */
function placeOf({ lineNumber, ordinal }: RequestRow & { ok: false }): Message {
  return lineNumber === null
    ? message('explanations.rowOfRequest', { row: ordinal + 1 })
    : message('explanations.lineOfText', { line: lineNumber });
}

function plain(sentence: Message, evidence: RowExplanation['evidence'] = []): RowExplanation {
  return {
    sentence,
    constraintType: null,
    level: null,
    windowFrom: null,
    windowTo: null,
    count: null,
    limit: null,
    freesAt: null,
    freesNote: null,
    evidence,
  };
}

function explainSuccess({ org, facts, row }: RowCase, success: RequestRow & { ok: true }): RowExplanation {
  const { zone } = org.settings;
  const { issuedId, expiresOn } = rowView(org, facts, row);
  const span = {
    from: instantInWords(facts.eventDate, zone),
    until: instantInWords(expiresOn ?? facts.expiresOn, zone),
  };
  const got =
    facts.kind === 'issueBulk' ? message('explanations.enrolled', span) : message('explanations.awarded', span);
  const { revokedOn } = success;
  const sentence =
    revokedOn === null ? got : message('explanations.gotAndRevoked', { got, on: instantInWords(revokedOn, zone) });
  const { eventDate } = facts;
  return plain(sentence, [
    { id: issuedId ?? '', eventDate, recordedOn: facts.processedOn, expiresOn: expiresOn ?? facts.expiresOn },
  ]);
}

function explainNotEnrolled({ org, facts }: RowCase, customerId: number): RowExplanation {
  const { zone } = org.settings;
  const when = instantInWords(facts.eventDate, zone);
  const enrolments = org.records
    .enrolmentsOf(facts.badgeKey, customerId)
    .filter((enrolment) => enrolment.requestKey < facts.key)
    .reverse();
  const [latest] = enrolments;
  if (!latest) return plain(message('explanations.neverEnrolled', { when }));
  const period = {
    count: enrolments.length,
    from: instantInWords(latest.eventDate, zone),
    to: instantInWords(latest.expiresOn, zone),
    when,
  };
  return plain(
    latest.revokedOn === null
      ? message('explanations.noneCovered', period)
      : message('explanations.noneCoveredRevoked', { ...period, on: instantInWords(latest.revokedOn, zone) }),
    enrolments.slice(0, 20).map((enrolment) => enrolmentEvidence(org, enrolment)),
  );
}

function explainOverlap(found: RowCase, customerId: number, earlierKey: number | null): RowExplanation {
  const { org, rows, facts, row } = found;
  const { zone } = org.settings;
  if (facts.kind !== 'issueBulk') {
    const earlier = earlierKey === null ? undefined : org.records.award(earlierKey);
    if (!earlier) return plain(message('explanations.holdsEarlier'));
    return {
      ...plain(message('explanations.holdsUntil', { until: instantInWords(earlier.expiresOn, zone) }), [
        awardEvidence(org, earlier),
      ]),
      ...freesWith(found, earlier.expiresOn),
    };
  }
  const earlier = earlierKey === null ? undefined : org.records.enrolment(earlierKey);
  if (!earlier || earlier.requestKey === facts.key) {
    const first = rows.firstRowOf(facts, customerId);
    return plain(
      first && first.ordinal < row.ordinal
        ? message('explanations.namedInRow', { row: first.ordinal + 1 })
        : message('explanations.namedBefore'),
      earlier ? [enrolmentEvidence(org, earlier)] : [],
    );
  }
  return {
    ...plain(
      message('explanations.overlaps', {
        from: instantInWords(earlier.eventDate, zone),
        to: instantInWords(earlier.expiresOn, zone),
      }),
      [enrolmentEvidence(org, earlier)],
    ),
    ...freesWith(found, earlier.expiresOn),
  };
}

/** When an earlier record stops standing in the way: never, where the badge has ended by then (semantics I3, I4, E5). */
function freesWith({ org, facts }: RowCase, earlierEnds: Instant): Pick<RowExplanation, 'freesAt' | 'freesNote'> {
  const { earnType, expiresOn } = org.badgeStore.definition(facts.definitionKey);
  const needsLiveBadge = facts.kind === 'issueBulk' || earnType === 'EARN';
  return needsLiveBadge && earlierEnds >= expiresOn
    ? { freesAt: null, freesNote: message('explanations.neverFrees') }
    : { freesAt: earlierEnds, freesNote: null };
}

function explainRepeated({ rows, facts, row }: RowCase, customerId: number): RowExplanation {
  const first = rows.firstRowOf(facts, customerId);
  return plain(
    first && first.ordinal < row.ordinal
      ? message('explanations.repeatedInRow', { row: first.ordinal + 1 })
      : message('explanations.repeated'),
  );
}

function enrolmentEvidence(org: OrgStore, enrolment: EnrolmentRecord): RowExplanation['evidence'][number] {
  const { eventDate, issuedOn, expiresOn } = enrolment;
  return { id: org.enrolmentId(enrolment), eventDate, recordedOn: issuedOn, expiresOn };
}

function awardEvidence(org: OrgStore, award: AwardRecord): RowExplanation['evidence'][number] {
  const { eventDate, earnedOn, expiresOn } = award;
  return { id: org.awardId(award), eventDate, recordedOn: earnedOn, expiresOn };
}
