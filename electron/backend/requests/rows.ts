import { OK, outcomeLabel, outcomeName, outcomeNumber } from '../../../db/org/outcomes';
import type { OrgStore } from '../../../db/org/org-store';
import type { RequestFacts } from '../../../db/org/request-history';
import type { RequestRow, RowFilter } from '../../../db/org/request-rows';
import { awardStatus } from '../../../shared/domain/award';
import { enrolmentStatus } from '../../../shared/domain/enrolment';
import type { IssueRow } from '../../../shared/ipc/issuance-contract';
import { familyOf } from './summary';

/** What the page asks for, in the numbers of the store. Unknown outcomes select nothing. */
export function rowFilterOf(filter: { outcomes: readonly string[]; customer: string }): RowFilter {
  const outcomes = filter.outcomes
    .map((name) => (name === OK ? OK : outcomeNumber(name)))
    .filter((outcome) => outcome !== undefined);
  return { outcomes: filter.outcomes.length === 0 ? null : outcomes, customer: filter.customer.trim() };
}

/** A row as the page shows it: as the request answered it, and REVOKED where that came later. */
export function rowView(org: OrgStore, facts: RequestFacts, row: RequestRow): IssueRow {
  const family = familyOf(facts);
  if (row.ok) {
    return {
      ordinal: row.ordinal,
      line: null,
      customer: String(row.customerId),
      ...recordView(org, facts, { ...facts, key: row.key, recordedOn: recordedOn(facts), revokedOn: row.revokedOn }),
      outcome: OK,
      label: outcomeLabel(OK, family),
    };
  }
  const outcome = outcomeName(row.outcome);
  return {
    ordinal: row.ordinal,
    line: row.lineNumber,
    customer: row.customerId === null ? (row.line ?? '') : String(row.customerId),
    ...earlierView(org, facts, row.earlierKey),
    outcome,
    label: outcomeLabel(outcome, family),
  };
}

/** When a request's records were made, as their ids say it. */
function recordedOn(facts: Pick<RequestFacts, 'kind' | 'eventDate' | 'processedOn'>): number {
  return facts.kind === 'import' ? facts.eventDate : facts.processedOn;
}

type RecordView = Pick<IssueRow, 'issuedId' | 'status' | 'expiresOn'>;

function recordView(
  org: OrgStore,
  facts: RequestFacts,
  record: { key: number; recordedOn: number; eventDate: number; expiresOn: number; revokedOn: number | null },
): RecordView {
  const { key, expiresOn } = record;
  return facts.kind === 'issueBulk'
    ? {
        issuedId: org.enrolmentId({ key, issuedOn: record.recordedOn }),
        status: enrolmentStatus(record, facts.processedOn),
        expiresOn,
      }
    : {
        issuedId: org.awardId({ key, earnedOn: record.recordedOn }),
        status: awardStatus(record, facts.processedOn),
        expiresOn,
      };
}

/** A row refused with 1040 shows the earlier record (semantics I6, E10). */
function earlierView(org: OrgStore, facts: RequestFacts, earlierKey: number | null): RecordView {
  const none: RecordView = { issuedId: null, status: null, expiresOn: null };
  if (earlierKey === null) return none;
  if (facts.kind === 'issueBulk') {
    const earlier = org.records.enrolment(earlierKey);
    return earlier ? recordView(org, facts, { ...earlier, recordedOn: earlier.issuedOn }) : none;
  }
  const earlier = org.records.award(earlierKey);
  return earlier ? recordView(org, facts, { ...earlier, recordedOn: earlier.earnedOn }) : none;
}
