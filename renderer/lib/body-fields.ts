import { numberText } from '../../shared/domain/json';
import { PERIOD_UNITS, type ConstraintLevel, type PeriodUnit } from '../../shared/domain/badge';
import { activeKey, dateField, dateValue } from '../../shared/domain/body-dates';
import { expiryKind, relativeUnitKey, withExpiryKind, type ExpiryKind } from '../../shared/domain/body-expiry';
import { WEEK_DAYS, type WeekDay } from '../../shared/domain/calendar';
import { say } from './say.svelte';
import { isJsonObject, type JsonObject } from './body-path';

export { activeKey, dateField, dateValue };

export function isActive(body: JsonObject): boolean {
  return body[activeKey(body)] !== false;
}

export { expiryKind, relativeUnitKey, withExpiryKind, type ExpiryKind };

export type ConstraintKind = 'FIXED_VALUE' | 'FIXED_WINDOW' | 'ROLLING_WINDOW' | 'NO_LIMIT';
const CONSTRAINT_KINDS: readonly ConstraintKind[] = ['FIXED_VALUE', 'FIXED_WINDOW', 'ROLLING_WINDOW', 'NO_LIMIT'];

/** Kind and level of a constraint by its name; NO_LIMIT takes the level of its list (semantics C4). */
export function constraintShape(
  holder: JsonObject,
  listLevel: ConstraintLevel,
): { kind: ConstraintKind | null; level: ConstraintLevel } {
  const type = holder['constraintType'];
  const match = typeof type === 'string' ? /^(CUSTOMER_)?BADGE_(.+)$/.exec(type) : null;
  const kind = CONSTRAINT_KINDS.find((known) => known === match?.[2]) ?? null;
  if (kind === null || kind === 'NO_LIMIT') return { kind, level: listLevel };
  return { kind, level: match?.[1] === undefined ? 'BADGE' : 'CUSTOMER' };
}

/** A new constraint of a kind, with numbers that are valid and easy to change. */
export function newConstraint(kind: ConstraintKind, level: ConstraintLevel, limit: unknown = null): JsonObject {
  const constraintType = `${level === 'CUSTOMER' ? 'CUSTOMER_' : ''}BADGE_${kind}`;
  const usual = level === 'CUSTOMER' ? 1 : 1000;
  const maxEarnLimit = typeof limit === 'number' ? limit : usual;
  switch (kind) {
    case 'NO_LIMIT':
      return { constraintType };
    case 'FIXED_VALUE':
      return { constraintType, maxEarnLimit };
    case 'FIXED_WINDOW':
      return { constraintType, maxEarnLimit, durationType: 'DAYS', refreshRate: 7 };
    case 'ROLLING_WINDOW':
      return level === 'CUSTOMER'
        ? { constraintType, rollForDays: 7, maxEarnForDays: maxEarnLimit }
        : { constraintType, rollType: 'DAYS', rollValue: 7, maxEarnLimit };
  }
}

const DURATION_SYNONYMS: Readonly<Record<string, PeriodUnit>> = { DAILY: 'DAYS', WEEKLY: 'WEEKS', MONTHLY: 'MONTHS' };

/** The period of a fixed window, its synonyms understood; null: none that is known. */
export function durationOf(holder: JsonObject): PeriodUnit | null {
  const value = holder['durationType'];
  if (typeof value !== 'string') return null;
  return DURATION_SYNONYMS[value] ?? PERIOD_UNITS.find((unit) => unit === value) ?? null;
}

/** The weekday on which a weekly window starts: a name, or the ordinal from Monday (semantics W5). */
export function startDayOf(holder: JsonObject): WeekDay | null {
  const value = holder['startDayOfTheWeek'];
  if (typeof value === 'number') return WEEK_DAYS[value] ?? null;
  return WEEK_DAYS.find((day) => day === value) ?? null;
}

/** A list of objects in a body; what is no list is empty, what is no object is shown as an empty one. */
export function objectsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.map((element: unknown) => (isJsonObject(element) ? element : {})) : [];
}

/** Text for a text field: what is there, or nothing. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** {@link textOf} of a field that stands for text: a number in it is shown with the digits it was written with (semantics Q1). */
export function textAt(holder: JsonObject, key: string): string {
  return numberText(holder, key) ?? textOf(holder[key]);
}

/** A number for a number field; other things are shown as they are, and the rules say what is wrong. */
export function numberOf(value: unknown): number | string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What looks like a list stands in a field for one tag: it is kept as the one that it is, and said. */
export function severalInOne(text: string): { code: null; message: string }[] {
  const parts = text.split(/[,;\n]/).filter((part) => part.trim() !== '').length;
  return parts < 2 ? [] : [{ code: null, message: say('badges.oneTag', { parts }) }];
}

/** A text that begins or ends with a blank looks like another one: it is kept as it is, and said. */
export function blankEnds(value: unknown): { code: null; message: string }[] {
  if (typeof value !== 'string' || value === '' || value === value.trim()) return [];
  const where =
    value.trimStart() === value
      ? 'badges.endsBlank'
      : value.trimEnd() === value
        ? 'badges.beginsBlank'
        : 'badges.bothEndsBlank';
  return [{ code: null, message: say(where) }];
}
