import { isObject } from '../../../../shared/domain/body-reader';
import { awardedRow, issuedRow, type RemoteError } from '../../../../shared/gateway/client-schemas';

/** A row of a bulk answer that names a record; `id` null where it names none. */
export interface AnswerRow {
  customerId: number;
  id: string | null;
  error: RemoteError | null;
}

/** Characters of an id that {@link issuedRow} and {@link awardedRow} take. */
const LONGEST_ID = 1_000;

/** Reads a row of `issuedBadges`; null when it cannot be read. */
export function readIssuedRow(row: unknown): AnswerRow | null {
  const plain = plainRow(row, 'issuedId');
  if (plain !== null) return plain;
  const { success, data } = issuedRow.safeParse(row);
  return success ? { customerId: data.customerId, id: data.issuedId, error: data.error } : null;
}

/** Reads a row of `earnedBadgesList`; null when it cannot be read. */
export function readAwardedRow(row: unknown): AnswerRow | null {
  const plain = plainRow(row, 'earnedBadgeId');
  if (plain !== null) return plain;
  const { success, data } = awardedRow.safeParse(row);
  return success ? { customerId: data.customerId, id: data.earnedBadgeId, error: null } : null;
}

/**
 * A row as orgs print nearly all of them: a number, an id and no error. A live job reads a million of these, which takes a
 * schema longer than all else that is done for them; whatever is odd about a row is left to the schema.
 */
function plainRow(row: unknown, idKey: 'issuedId' | 'earnedBadgeId'): AnswerRow | null {
  if (!isObject(row)) return null;
  const { customerId, [idKey]: id, error } = row;
  if (typeof customerId !== 'number' || !Number.isSafeInteger(customerId)) return null;
  if (typeof id !== 'string' || id === '' || id.length > LONGEST_ID) return null;
  return error === undefined || error === null ? { customerId, id, error: null } : null;
}
