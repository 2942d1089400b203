import type { AwardTerms } from '../../../../../db/workspace/live-chunks';
import type { LiveChunk, LiveJob } from '../../../../../db/workspace/live-jobs';
import { SECOND, toIsoExact, type Instant } from '../../../../../shared/domain/instant';
import { importedRow, importedRows } from '../../../../../shared/gateway/client-schemas';
import { inEnglish } from '../../../../../shared/words/english';
import { message } from '../../../../../shared/words/message';
import { gatewayUrl, type GatewayRequest, type RemoteOrg } from '../../client/gateway-client';
import type { CustomerRecord } from '../customer-records';
import {
  openCustomersOf,
  openKeysOf,
  recordIdOf,
  refusalOf,
  requestIdOf,
  withAnswers,
  type BulkAnswers,
  type CustomerAnswer,
} from '../request';

/** Why a row is not sent, as it is kept: the customer holds the same award already. */
const STANDS = inEnglish(message('refusals.lineStands'));

/** Whether it is noted of every row of an import's chunk which award it writes. */
export function hasTerms({ customers, terms, state, known }: LiveChunk): boolean {
  // What was sent is told from what stood before by what was noted of that: without it, both look alike.
  return terms?.length === customers.length && (state === 'waiting' || known !== null);
}

/**
 * The request of an import's chunk (gateway-api section 4): its open rows, in order. The org does not hold a second arrival
 * against it; the id in its header makes each item's `requestId` (semantics M1), by which the org's own records can be
 * traced to it.
 */
export function importRequest(org: RemoteOrg, job: LiveJob, chunk: LiveChunk): GatewayRequest {
  const items = openKeysOf(chunk).map((place) => {
    const { eventDate, expiresOn } = termsAt(chunk, place);
    return {
      badgeMetaId: job.remoteBadgeId,
      customerId: chunk.customers[place],
      earnEventDate: toIsoExact(eventDate),
      earnExpiresOn: toIsoExact(expiresOn),
    };
  });
  return {
    purpose: 'import',
    method: 'POST',
    url: gatewayUrl(org, ['import', 'customerBadges']),
    headers: [
      { name: 'Content-Type', value: 'application/json' },
      { name: 'X-CAP-REQUEST-ID', value: requestIdOf(job, chunk) },
    ],
    body: JSON.stringify(items),
    isWrite: true,
    badgeId: job.remoteBadgeId,
    jobKey: job.key,
    isListAnswer: true,
  };
}

const termsAt = ({ terms }: LiveChunk, place: number): AwardTerms => {
  const found = terms?.[place];
  if (found === undefined) throw new Error(`No award is noted of row ${String(place)} of a chunk.`);
  return found;
};

/**
 * What an answer to {@link importRequest} says of its rows, by their place in the chunk. A row that succeeded must name its
 * customer and a record that was not there before and that no other row names; a list of another length says nothing of
 * any row.
 *
 * @returns null when it is no answer to an import at all
 */
export function readImportAnswer(chunk: LiveChunk, data: unknown): BulkAnswers | null {
  const read = importedRows.safeParse(data);
  if (!read.success) return null;
  const sure = new Map<number, CustomerAnswer>();
  const doubtful = new Map<number, CustomerAnswer>();
  const places = openKeysOf(chunk);
  const nothing: BulkAnswers = { answers: new Map(), doubtful: new Map(), ids: [] };
  if (read.data.length !== places.length) return nothing;
  const named = new Set(chunk.known?.map((id) => id.toLowerCase()));
  for (const [item, place] of places.entries()) {
    const row = importedRow.safeParse(read.data[item]);
    if (!row.success) continue;
    const { data: given, errors: error } = row.data;
    if (error !== null) (given ? doubtful : sure).set(place, refusalOf(error.code, error.message));
    else if (given && given.customerId === chunk.customers[place] && given.earnedBadgeId !== null) {
      const id = given.earnedBadgeId.toLowerCase();
      if (named.has(id)) continue;
      named.add(id);
      sure.set(place, done(given.earnedBadgeId));
    }
  }
  return { answers: sure, doubtful, ids: [] };
}

const done = (id: string): CustomerAnswer => ({ outcome: { kind: 'done', issuedId: recordIdOf(id) }, message: '' });

/** The org cuts its instants to seconds. */
const isSame = (one: Instant, other: Instant): boolean => Math.abs(one - other) < SECOND;

/** Where the org does not say a date, it speaks neither for nor against a record. */
function fits({ eventDate, expiresOn }: CustomerRecord, terms: AwardTerms): boolean {
  const isOfEvent = eventDate === null || isSame(eventDate, terms.eventDate);
  return isOfEvent && (expiresOn === null || isSame(expiresOn, terms.expiresOn));
}

/**
 * The rows of an import's chunk, by their place, whose award stands at the org now and did not before: a record of the
 * same customer, date and expiry that was not among those that were read before the request left, each for one row
 * (docs/decisions/0198).
 */
export function foundOf(
  records: ReadonlyMap<number, readonly CustomerRecord[]>,
  chunk: LiveChunk,
): ReadonlyMap<number, CustomerAnswer> {
  const answers = new Map<number, CustomerAnswer>();
  const taken = new Set(chunk.known?.map((id) => id.toLowerCase()));
  for (const outcome of chunk.outcomes)
    if (outcome.kind === 'done' && outcome.issuedId !== null) taken.add(outcome.issuedId);
  const take = (place: number): CustomerRecord | undefined => {
    const terms = termsAt(chunk, place);
    const all = records.get(chunk.customers[place] as number) ?? [];
    const record = all.find((each) => !taken.has(each.id.toLowerCase()) && fits(each, terms));
    if (record) taken.add(record.id.toLowerCase());
    return record;
  };
  // A row whose record the org did not name has one of them all the same.
  chunk.outcomes.forEach((outcome, place) => {
    if (outcome.kind === 'done' && outcome.issuedId === null) take(place);
  });
  for (const place of openKeysOf(chunk)) {
    const record = take(place);
    if (record) answers.set(place, done(record.id));
  }
  return answers;
}

/**
 * A chunk of an import whose customers were read before its first request: rows whose award stands already are left out,
 * but where a person wants it written again. Each record stands for one row; a revoked one does not stand.
 *
 * @returns the same chunk where nothing is left out
 */
export function withoutStanding(chunk: LiveChunk, records: ReadonlyMap<number, readonly CustomerRecord[]>): LiveChunk {
  const left = new Map<number, CustomerAnswer>();
  const taken = new Set<string>();
  for (const place of openKeysOf(chunk)) {
    const { again, eventDate, expiresOn } = termsAt(chunk, place);
    if (again) continue;
    const all = records.get(chunk.customers[place] as number) ?? [];
    const standing = all.find(
      (each) =>
        !each.isRevoked &&
        !taken.has(each.id) &&
        each.eventDate !== null &&
        each.expiresOn !== null &&
        isSame(each.eventDate, eventDate) &&
        isSame(each.expiresOn, expiresOn),
    );
    if (!standing) continue;
    taken.add(standing.id);
    left.set(place, refusalOf(0, STANDS));
  }
  if (left.size === 0) return chunk;
  const next = withAnswers(chunk, left);
  return { ...next, state: openCustomersOf(next).length === 0 ? 'settled' : next.state };
}
