import type { JsonObject } from '../domain/body-reader';
import { numberText, tellNumberTexts, type NumberText } from '../domain/json';
import { readBadge } from '../domain/read-badge';
import { valueText } from './badge-file';
import type { FieldChange } from './compare';
import { meaningOf, MEANING_FIELDS, type BadgeMeaning, type MeaningField } from './meaning';

/** Keys that say one thing together: a change of one of them is a change of it. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  startOn: ['startOn', 'startOnISO'],
  expiresOn: ['expiresOn', 'expiresOnISO'],
  active: ['active', 'isActive'],
  ownership: ['ownership'],
};
const unitOfKey = new Map(Object.entries(TOGETHER).flatMap(([unit, keys]) => keys.map((key) => [key, unit] as const)));

/** What a unit of a body is called as a field of the badge; null for a key that no badge has. */
export function fieldOfUnit(unit: string): MeaningField | null {
  if (unit === 'ownership') return 'restrictedToOwners';
  return MEANING_FIELDS.find((field) => field === unit) ?? null;
}

const keysOf = (unit: string): readonly string[] => TOGETHER[unit] ?? [unit];

/** How one unit of two bodies stands against what both last agreed on; `same-on-both` where only the spelling differs. */
export interface UnitDifference {
  unit: string;
  change: FieldChange;
  /** JSON objects with the keys of the unit; `base` null where nothing is known of a common past. */
  base: string | null;
  draft: string;
  file: string;
}

/**
 * The units in which two bodies differ, in the order of the fields of a badge and then of the keys.
 *
 * @param base what both last agreed on; null where nothing is known of a common past
 * @param open units of which nothing is known of one, where there is a base
 */
export function unitDifferences(
  base: JsonObject | null,
  draft: JsonObject,
  file: JsonObject,
  open: ReadonlySet<string> = new Set(),
): UnitDifference[] {
  const units = new Set<string>();
  for (const body of [draft, file]) for (const key of Object.keys(body)) units.add(unitOfKey.get(key) ?? key);
  let meanings: { draft: BadgeMeaning; file: BadgeMeaning } | null | undefined;
  const meanSame = (unit: string): boolean => {
    const field = fieldOfUnit(unit);
    if (meanings === undefined) {
      const [mine, theirs] = [readBadge(draft).definition, readBadge(file).definition];
      meanings = mine === null || theirs === null ? null : { draft: meaningOf(mine), file: meaningOf(theirs) };
    }
    return field !== null && meanings !== null && meanings.draft[field] === meanings.file[field];
  };
  const found: UnitDifference[] = [];
  for (const unit of units) {
    const keys = keysOf(unit);
    const [mine, theirs] = [valueText(draft, keys), valueText(file, keys)];
    if (mine === theirs) continue;
    const before = base === null || open.has(unit) ? null : valueText(base, keys);
    const moved = { unit, base: before, draft: mine, file: theirs };
    if (before === theirs) found.push({ ...moved, change: 'draft' });
    else if (before === mine) found.push({ ...moved, change: 'live' });
    else found.push({ ...moved, change: meanSame(unit) ? 'same-on-both' : 'conflict' });
  }
  const place = (unit: string): number => {
    const field = fieldOfUnit(unit);
    return field === null ? MEANING_FIELDS.length : MEANING_FIELDS.indexOf(field);
  };
  return found.sort((one, other) => place(one.unit) - place(other.unit) || (one.unit < other.unit ? -1 : 1));
}

/** A body with some units as another one has them; everything else in it stays. */
export function withUnitsOf(body: JsonObject, other: JsonObject, units: readonly string[]): JsonObject {
  const taken = new Set(units.flatMap(keysOf));
  const sources = new Map<string, JsonObject>();
  for (const key of Object.keys(body)) if (!taken.has(key)) sources.set(key, body);
  for (const key of taken) if (Object.hasOwn(other, key)) sources.set(key, other);
  const merged: JsonObject = Object.fromEntries([...sources].map(([key, from]) => [key, from[key]]));
  // Numbers keep the digits they were written with, whichever body they come from.
  const texts = [...sources].flatMap(([key, from]): NumberText[] => {
    const text = numberText(from, key);
    return text === null ? [] : [[[key], text]];
  });
  return tellNumberTexts(merged, texts);
}
