import { withNumberTexts, writeJson } from '../domain/json';
import { isObject, type JsonObject } from '../domain/body-reader';

/** Keys in the order in which a file has them; others follow, by their letters. */
const ORDER = [
  ...['name', 'description', 'startOn', 'startOnISO', 'expiresOn', 'expiresOnISO', 'earnType'],
  ...['earnedBadgeExpiry', 'issuedBadgeExpiry', 'ownership', 'customerConstraints', 'badgeConstraints'],
  ...['active', 'isActive', 'images', 'tags', 'benefits', 'badgeGroupId', 'badgeRank', 'defaultTillId', 'customFields'],
  ...['constraintType', 'expiryType', 'relativeExpiryType', 'benefitType', 'type', 'tag', 'value', 'url'],
];
const placeOf = new Map(ORDER.map((key, index) => [key, index]));

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return withNumberTexts(value.map(ordered), value);
  if (!isObject(value)) return value;
  const place = (key: string): number => placeOf.get(key) ?? ORDER.length;
  const keys = Object.keys(value).sort((one, other) => place(one) - place(other) || (one < other ? -1 : 1));
  const copy: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const key of keys) copy[key] = ordered(value[key]);
  return withNumberTexts(copy, value);
}

/**
 * A create body as its file in a folder holds it: keys in one order, two spaces, one line break at the end, numbers with
 * the digits they were written with. The same body gives the same text, however its keys were ordered before.
 */
export function badgeFileText(body: JsonObject): string {
  return `${writeJson(ordered(body), 2)}\n`;
}

/** One value as {@link badgeFileText} writes it, in one line. */
export function valueText(holder: JsonObject, keys: readonly string[]): string {
  const given = keys.filter((key) => Object.hasOwn(holder, key));
  const picked = Object.fromEntries(given.map((key) => [key, holder[key]]));
  return writeJson(ordered(withNumberTexts(picked, holder)));
}
