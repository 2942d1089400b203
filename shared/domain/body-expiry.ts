import { PERIOD_UNITS, type Expiry } from './badge';
import { dateField, dateValue } from './body-dates';
import type { JsonObject } from './body-reader';
import type { Zone } from './calendar';

export type ExpiryKind = Expiry['kind'];

/** Which kind of expiry an expiry object means; null: none that is known (semantics section 6). */
export function expiryKind(holder: JsonObject): ExpiryKind | null {
  switch (holder['expiryType']) {
    case 'NEVER':
      return 'NEVER';
    case 'RELATIVE':
      return 'RELATIVE';
    case 'ABSOLUTE':
      if (holder['type'] === 'WITH_BADGE_META') return 'WITH_BADGE_META';
      if (holder['type'] === 'FIXED_DATE') return 'FIXED_DATE';
      return holder['expireWithBadgeMeta'] === true ? 'WITH_BADGE_META' : null;
    default:
      return null;
  }
}

const EXPIRY_KEYS = [
  'expiryType',
  'type',
  'expiresOn',
  'expiresOnISO',
  'expireWithBadgeMeta',
  'relativeExpiryType',
  'relativeExpirytype',
  'value',
];

/** An expiry object of another kind; keys that no rule knows are kept. */
export function withExpiryKind(holder: JsonObject, kind: ExpiryKind): JsonObject {
  const rest = Object.fromEntries(Object.entries(holder).filter(([key]) => !EXPIRY_KEYS.includes(key)));
  switch (kind) {
    case 'NEVER':
      return { expiryType: 'NEVER', ...rest };
    case 'WITH_BADGE_META':
      return { expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META', expireWithBadgeMeta: true, ...rest };
    case 'FIXED_DATE':
      return { expiryType: 'ABSOLUTE', type: 'FIXED_DATE', ...rest };
    case 'RELATIVE':
      return { expiryType: 'RELATIVE', relativeExpiryType: 'DAYS', value: 30, ...rest };
  }
}

/** The spelling of the relative unit that a body uses; both are accepted (semantics section 6). */
export function relativeUnitKey(holder: JsonObject): 'relativeExpiryType' | 'relativeExpirytype' {
  const first = holder['relativeExpiryType'];
  return (first === undefined || first === null) && holder['relativeExpirytype'] !== undefined
    ? 'relativeExpirytype'
    : 'relativeExpiryType';
}

/** What an expiry object says; null: it cannot be read. */
export function expiryIn(holder: JsonObject): Expiry | null {
  const kind = expiryKind(holder);
  switch (kind) {
    case null:
      return null;
    case 'RELATIVE': {
      const unit = PERIOD_UNITS.find((known) => known === holder[relativeUnitKey(holder)]);
      const { value } = holder;
      return unit === undefined || typeof value !== 'number' ? null : { kind, unit, value };
    }
    case 'FIXED_DATE': {
      const { instant } = dateField(holder, 'expiresOn');
      return instant === null ? null : { kind, expiresOn: instant };
    }
    default:
      return { kind };
  }
}

/** An expiry object that says something else; its spellings stay where its kind does, and keys that no rule knows always do. */
export function withExpiry(holder: JsonObject, expiry: Expiry, zone: Zone): JsonObject {
  const next = expiryKind(holder) === expiry.kind ? holder : withExpiryKind(holder, expiry.kind);
  switch (expiry.kind) {
    case 'RELATIVE':
      return { ...next, [relativeUnitKey(next)]: expiry.unit, value: expiry.value };
    case 'FIXED_DATE': {
      const { key } = dateField(next, 'expiresOn');
      return { ...next, [key]: dateValue(expiry.expiresOn, next[key], zone) };
    }
    default:
      return next;
  }
}
