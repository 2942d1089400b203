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
import { inEnglish } from '../../../shared/words/english';

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
  const label = inEnglish(outcomeLabel(outcomeName(row.outcome), familyOf(facts)));
  const shown = row.line === null || row.line === '' ? '' : `, and it says “${row.line}”`;
  return plain(`${label}${shown}. ${placeOf(row)}; all other rows were judged without it.`);
}

/** Where a row stands: by the line that an editor shows, or by its place where the source has no lines. */
function placeOf({ lineNumber, ordinal }: RequestRow & { ok: false }): string {
  return lineNumber === null
    ? `It is row ${(ordinal + 1).toLocaleString('en')} of the request, header and blank lines not counted`
    : `It is line ${lineNumber.toLocaleString('en')} of the text, header and blank lines counted`;
}

function plain(sentence: string, evidence: RowExplanation['evidence'] = []): RowExplanation {
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
  const until = `until ${instantInWords(expiresOn ?? facts.expiresOn, zone)}`;
  const when = instantInWords(facts.eventDate, zone);
  const sentence =
    facts.kind === 'issueBulk'
      ? `Enrolled from ${when} ${until}; no earlier enrolment of the customer stood in the way.`
      : `Got the badge for ${when} and holds it ${until}; no limit stood in the way.`;
  const revoked = success.revokedOn === null ? '' : ` It was revoked on ${instantInWords(success.revokedOn, zone)}.`;
  const { eventDate } = facts;
  return plain(sentence + revoked, [
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
  if (!latest)
    return plain(
      `The customer had never been enrolled in this badge, and an award needs an enrolment that covers ${when}.`,
    );
  const period = `from ${instantInWords(latest.eventDate, zone)} to ${instantInWords(latest.expiresOn, zone)}`;
  const what =
    enrolments.length === 1
      ? 'The customer’s only enrolment ran'
      : `The latest of the customer’s ${String(enrolments.length)} enrolments ran`;
  const revoked = latest.revokedOn === null ? '' : ` and was revoked on ${instantInWords(latest.revokedOn, zone)}`;
  return plain(
    `${what} ${period}${revoked}; none covered ${when}, for which the award was asked.`,
    enrolments.slice(0, 20).map((enrolment) => enrolmentEvidence(org, enrolment)),
  );
}

function explainOverlap(found: RowCase, customerId: number, earlierKey: number | null): RowExplanation {
  const { org, rows, facts, row } = found;
  const { zone } = org.settings;
  if (facts.kind !== 'issueBulk') {
    const earlier = earlierKey === null ? undefined : org.records.award(earlierKey);
    if (!earlier) return plain('The customer still holds an earlier award of this badge.');
    return {
      ...plain(
        `The customer holds this badge until ${instantInWords(earlier.expiresOn, zone)} already, and this workspace refuses an award while an earlier one lasts.`,
        [awardEvidence(org, earlier)],
      ),
      ...freesWith(found, earlier.expiresOn),
    };
  }
  const earlier = earlierKey === null ? undefined : org.records.enrolment(earlierKey);
  if (!earlier || earlier.requestKey === facts.key) {
    const first = rows.firstRowOf(facts, customerId);
    const where = first && first.ordinal < row.ordinal ? ` in row ${(first.ordinal + 1).toLocaleString('en')}` : '';
    return plain(
      `The customer is named before${where} in the same request; only the first row counts.`,
      earlier ? [enrolmentEvidence(org, earlier)] : [],
    );
  }
  return {
    ...plain(
      `The customer is enrolled from ${instantInWords(earlier.eventDate, zone)} to ${instantInWords(earlier.expiresOn, zone)}, and a second enrolment may not overlap with that.`,
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
    ? { freesAt: null, freesNote: 'The badge ends before that or with it, so it never frees.' }
    : { freesAt: earlierEnds, freesNote: null };
}

function explainRepeated({ rows, facts, row }: RowCase, customerId: number): RowExplanation {
  const first = rows.firstRowOf(facts, customerId);
  const where = first && first.ordinal < row.ordinal ? ` in row ${(first.ordinal + 1).toLocaleString('en')}` : '';
  return plain(
    `The customer is named before${where} in the same request. Only the first row counts, so that a doubled line never awards twice.`,
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
