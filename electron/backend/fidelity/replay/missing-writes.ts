import { isObject, type JsonObject } from '../../../../shared/domain/body-reader';
import type { Recording } from '../../../../shared/fidelity/recording';
import { dataOf, textOrNull, type PreparedCall } from './prepared-calls';
import { claimKey, rowsOf } from './starting-state';

/** Endpoints whose answers show badges with their claims. */
const SHOWN_ROWS: Readonly<Record<string, string | null>> = {
  badgeById: null,
  updateBadge: null,
  listBadges: 'metaBasicDetails',
};

/** Whether each claim of a badge is active, by what the recording's own calls did to it; null: nobody knows. */
type Claims = Map<string, boolean | null>;

const claimsIn = (badge: JsonObject): JsonObject[] => {
  const ownership = badge['ownership'];
  return isObject(ownership) ? rowsOf(ownership, 'claims') : [];
};

function noteClaim(
  { route, badges, body, fate }: PreparedCall,
  data: JsonObject | null,
  known: Map<string, Claims>,
): void {
  const claims = known.get(badges[0] ?? '');
  if (claims === undefined || fate === 'held') return;
  if (data !== null) claims.set(claimKey(data), route?.endpoint.name === 'claim');
  // Of a call without its answer nobody knows whether it was carried out.
  else if (fate === 'lost' && isObject(body)) claims.set(claimKey(body), null);
}

/**
 * Badges at which a recording lacks calls that were made, as it tells itself: requests were left out of it because they
 * could not be read (null among the badges: nobody knows at which), or a badge that it makes is shown later with claims
 * that none of its calls made or took back.
 */
export function missingWrites(
  { leftOut }: Pick<Recording, 'leftOut'>,
  calls: readonly PreparedCall[],
): ReadonlySet<string | null> {
  const missing = new Set<string | null>();
  if (leftOut.some(({ kind, count }) => kind === 'no-request' && count > 0)) missing.add(null);
  const known = new Map<string, Claims>();
  for (const call of calls) {
    const name = call.route?.endpoint.name ?? '';
    const data = dataOf(call);
    if (name === 'claim' || name === 'unclaim') noteClaim(call, data, known);
    if (data === null) continue;
    if (name === 'createBadge') {
      const id = textOrNull(data['id']);
      if (id !== null) known.set(id, claimsOf(data));
    }
    const rows = SHOWN_ROWS[name];
    if (rows === undefined) continue;
    const setsClaims = name === 'updateBadge' && isObject(call.body) && call.body['ownership'] !== undefined;
    for (const row of rows === null ? [data] : rowsOf(data, rows)) {
      const id = textOrNull(row['id']) ?? '';
      const claims = known.get(id);
      if (claims === undefined) continue;
      if (setsClaims) known.set(id, claimsOf(row));
      else if ([...claimsOf(row)].some(([key, isActive]) => isOther(claims, key, isActive))) missing.add(id);
    }
  }
  return missing;
}

const claimsOf = (badge: JsonObject): Claims =>
  new Map(claimsIn(badge).map((claim) => [claimKey(claim), claim['isActive'] !== false]));

function isOther(claims: Claims, key: string, isActive: boolean | null): boolean {
  const expected = claims.has(key) ? claims.get(key) : false;
  return expected !== null && expected !== isActive;
}
