import { isObject, type JsonObject } from '../../domain/body-reader';
import { parseError, ruleError, ruleWarning, type RuleError } from '../../domain/codes';
import type { Instant } from '../../domain/instant';
import type { OrgState } from '../../domain/org';
import type { Answer } from '../answer';
import { bodyForm, customerId, firstDate, text } from '../body-form';
import { fieldError, unreadable, UnreadableValue } from '../body-values';
import { REQUEST_ID_HEADER, type RequestFunction } from '../call';
import { dated } from '../instant-view';

interface ImportedAward {
  badgeMetaId: string;
  customerId: number;
  eventDate: Instant;
  expiresOn: Instant;
  looksLikeMilliseconds: boolean;
}

type ItemReading = { ok: true; award: ImportedAward } | { ok: false; errors: RuleError[] };

/** One item of the list; a list of items of which some cannot be read is taken all the same. */
export const IMPORT_ITEM = bodyForm(
  {
    badgeMetaId: text('badgeMetaId'),
    customer: customerId('customerId'),
    event: firstDate('earnEventDateISO', 'earnEventDate'),
    expiry: firstDate('earnExpiresOnISO', 'earnExpiresOn'),
  },
  ['badgeMetaId', 'customer'],
);

function readItem(item: JsonObject): ItemReading {
  const { badgeMetaId, customer, event, expiry } = IMPORT_ITEM.read(item);
  if (badgeMetaId !== null && customer !== null && event !== null && expiry !== null) {
    return {
      ok: true,
      award: {
        badgeMetaId,
        customerId: customer,
        eventDate: event.instant,
        expiresOn: expiry.instant,
        looksLikeMilliseconds: event.looksLikeMilliseconds || expiry.looksLikeMilliseconds,
      },
    };
  }
  const missing = [
    { key: 'badgeMetaId', isMissing: badgeMetaId === null },
    { key: 'customerId', isMissing: customer === null },
    { key: 'earnEventDate', isMissing: event === null },
    { key: 'earnExpiresOn', isMissing: expiry === null },
  ].filter(({ isMissing }) => isMissing);
  return { ok: false, errors: missing.map(({ key }) => fieldError(key, `${key} is mandatory`)) };
}

/** An item that cannot be read fails alone: items are independent of each other (semantics M1). */
function itemOf(element: unknown): ItemReading {
  if (!isObject(element)) return { ok: false, errors: [parseError('an item must be an object')] };
  try {
    return readItem(element);
  } catch (error) {
    if (error instanceof UnreadableValue) return { ok: false, errors: [error.error] };
    throw error;
  }
}

function importOne(org: OrgState, element: unknown, requestId: string): Record<string, unknown> {
  const reading = itemOf(element);
  if (!reading.ok) return { data: null, errors: reading.errors, warnings: null };
  const { badgeMetaId, customerId, eventDate, expiresOn, looksLikeMilliseconds } = reading.award;
  const badge = org.findBadge(badgeMetaId);
  if (!badge) return { data: null, errors: [ruleError(1054)], warnings: null };
  const key = org.importAward(badge, customerId, eventDate, expiresOn, requestId);
  return {
    data: {
      badgeMetaId: badge.id,
      customerId,
      earnedBadgeId: org.awardId({ key, earnedOn: eventDate }),
      ...dated('expiresOn', expiresOn, org.settings.zone),
      requestId,
      issuedId: null,
    },
    errors: null,
    warnings: looksLikeMilliseconds ? [ruleWarning(990101)] : null,
  };
}

/** POST (and PUT) /import/customerBadges: a bare array of envelopes, item by item (gateway-api section 4; semantics M1). */
export const importAwards: RequestFunction = (org, call, context): Answer => {
  const items = call.body;
  if (!Array.isArray(items)) throw unreadable('the body must be a list');
  const given = call.headers[REQUEST_ID_HEADER]?.trim() ?? '';
  const batchId = given === '' ? context.newBatchId() : given;
  return {
    status: 200,
    body: items.map((element: unknown, index) => importOne(org, element, `${batchId}_${index + 1}`)),
  };
};
