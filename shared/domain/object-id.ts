import { SECOND, type Instant } from './instant';

/** What a record id names: one hex digit, so that ids of different kinds can never be equal. */
export const RECORD_KINDS = {
  enrolment: 'a',
  badge: 'b',
  customField: 'c',
  group: 'd',
  award: 'e',
  orgMeta: 'f',
} as const;
export type RecordKind = keyof typeof RECORD_KINDS;

const HEX = (value: number, digits: number): string => value.toString(16).padStart(digits, '0').slice(-digits);

/**
 * A 24-digit hex id as the gateway's are (gateway-api section 0): creation second (8), salt of the org (6), kind (1),
 * key (9). Everything in it is stored anyway, so a million records need no id column.
 */
export function recordId(kind: RecordKind, createdOn: Instant, salt: string, key: number): string {
  const second = ((Math.floor(createdOn / SECOND) % 2 ** 32) + 2 ** 32) % 2 ** 32;
  return HEX(second, 8) + salt + RECORD_KINDS[kind] + HEX(key, 9);
}

/** The key inside an id of this org and kind, or null for any other text. The creation second is for the caller to compare. */
export function keyOfRecordId(kind: RecordKind, id: string, salt: string): number | null {
  if (!/^[0-9a-f]{24}$/.test(id) || id.slice(8, 14) !== salt || id[14] !== RECORD_KINDS[kind]) return null;
  return parseInt(id.slice(15), 16);
}
