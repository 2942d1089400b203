import type { BadgeOwner, Constraint, ConstraintLevel, Expiry, ImageTag } from './badge';
import { activeKey, dateField, dateValue } from './body-dates';
import { expiryIn, withExpiry } from './body-expiry';
import { isObject, type JsonObject } from './body-reader';
import { changeLimits, limitOf, type LimitAction } from './bulk-limits';
import { changeBenefits, setImage, type BenefitAction, type ListChange, type NewImage } from './bulk-lists';
import { addDays, type Zone } from './calendar';
import { FARTHEST, readInstant, type Instant } from './instant';
import { numberText, readJson, withNumberTexts, writeJson } from './json';
import { message, type Message } from '../words/message';
import type { ProgrammePlace } from './programme-moves';

/** Where find and replace looks. */
export const TEXT_FIELDS = ['name', 'description'] as const;
/** Fields that are given one value in all badges. */
export const PLAIN_FIELDS = [
  ...(['description', 'active', 'earnType', 'badgeGroupId', 'badgeRank', 'defaultTillId'] as const),
] as const;
/** Dates that are given one value in all badges. */
export const DATE_FIELDS = ['startOn', 'expiresOn'] as const;
/** When an award, and an enrolment, ends. */
export const EXPIRY_FIELDS = ['earnedBadgeExpiry', 'issuedBadgeExpiry'] as const;

/** One change as it is made to a badge. A value of null takes the field away. */
export type BadgeChange =
  | {
      kind: 'replace';
      find: string;
      replacement: string;
      fields: (typeof TEXT_FIELDS)[number][];
      matchCase: boolean;
    }
  | { kind: 'field'; field: (typeof PLAIN_FIELDS)[number]; value: string | number | boolean | null }
  | { kind: 'limit'; level: ConstraintLevel; change: LimitAction }
  | { kind: 'dates'; which: 'start' | 'end' | 'all'; days: number }
  | { kind: 'date'; field: (typeof DATE_FIELDS)[number]; at: Instant }
  /** Null takes it away. */
  | { kind: 'expiry'; field: (typeof EXPIRY_FIELDS)[number]; expiry: Expiry | null }
  | { kind: 'owner'; action: 'add' | 'remove'; owner: BadgeOwner }
  | { kind: 'tag'; action: 'add' | 'remove'; name: string; value: string | null }
  | { kind: 'customField'; name: string; value: string | null }
  /** The picture of one state; null takes it away. */
  | { kind: 'image'; tag: ImageTag; image: NewImage | null }
  | { kind: 'benefit'; change: BenefitAction }
  | { kind: 'place'; group: string | null; rank: number | null };

/** One change of many badges: the same one of all, or for each its own place in the programme. */
export type BulkChange = Exclude<BadgeChange, { kind: 'place' }> | { kind: 'places'; places: ProgrammePlace[] };

/** A change as it is made to one of the badges, by id; null: none is made to it. */
export function changeOf(change: BulkChange): (id: string) => BadgeChange | null {
  if (change.kind !== 'places') return () => change;
  const places = new Map(change.places.map((place) => [place.id, place]));
  return (id) => {
    const place = places.get(id);
    return place === undefined ? null : { kind: 'place', group: place.group, rank: place.rank };
  };
}

/** What stands in a place: nothing, a text as it is written, an instant, an expiry, or a limit that the rules can read. */
export type BulkValue =
  | null
  | { kind: 'text'; text: string }
  | { kind: 'date'; instant: Instant }
  | { kind: 'expiry'; expiry: Expiry }
  | { kind: 'limit'; level: ConstraintLevel; limit: Constraint };

/** A place in the body that changes. */
export interface BulkCell {
  path: string;
  before: BulkValue;
  after: BulkValue;
}

/** A body after the change; without cells it said so already. `kept`: why it cannot be changed, and nothing was. */
export type BodyChange = { body: JsonObject; cells: readonly BulkCell[] } | { kept: Message };

const text = (value: string): BulkValue => ({ kind: 'text', text: value });
const written = (value: unknown): BulkValue =>
  value === undefined || value === null ? null : text(typeof value === 'string' ? value : writeJson(value));
const unreadable = (field: string): { kept: Message } => ({ kept: message('bulk.unreadableField', { field }) });
const missing = (value: unknown): boolean => value === undefined || value === null;

/** A copy with another value under a key; `null` takes the key away. */
function withKey(holder: JsonObject, key: string, value: unknown): JsonObject {
  if (value !== null) return { ...holder, [key]: value };
  const { [key]: _, ...rest } = holder;
  return rest;
}

function replaced(body: JsonObject, change: Extract<BadgeChange, { kind: 'replace' }>): BodyChange {
  const pattern = new RegExp(change.find.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), change.matchCase ? 'gu' : 'giu');
  const cells: BulkCell[] = [];
  let next = body;
  for (const field of change.fields) {
    const value = numberText(body, field) ?? body[field];
    if (missing(value)) continue;
    if (typeof value !== 'string') return unreadable(field);
    const after = value.replaceAll(pattern, () => change.replacement);
    if (after === value) continue;
    cells.push({ path: field, before: text(value), after: text(after) });
    next = { ...next, [field]: after };
  }
  return { body: next, cells };
}

function fieldSet(body: JsonObject, { field, value }: Extract<BadgeChange, { kind: 'field' }>): BodyChange {
  const key = field === 'active' ? activeKey(body) : field;
  const before = body[key];
  // A badge that does not say whether it is active is (semantics L3).
  const is = field === 'active' && missing(before) ? true : (before ?? null);
  if (is === value || (typeof is === 'number' && numberText(body, key) === value)) return { body, cells: [] };
  return { body: withKey(body, key, value), cells: [{ path: key, before: written(before), after: written(value) }] };
}

/** Group and rank, as the programme reads them: what says the same already stays as it is written. */
function placed(body: JsonObject, { group, rank }: Extract<BadgeChange, { kind: 'place' }>): BodyChange {
  const cells: BulkCell[] = [];
  let next = body;
  const said = (key: string): unknown => numberText(body, key) ?? body[key];
  const id = said('badgeGroupId');
  const number = said('badgeRank');
  // What is no id is no group, and stays where none is wanted.
  const saidGroup = typeof id === 'string' && id !== '' ? id : null;
  const digits = typeof number === 'string' ? Number(number.trim() || NaN) : NaN;
  const saidRank = Number.isSafeInteger(digits) ? digits : null;
  if (saidGroup !== group) {
    cells.push({ path: 'badgeGroupId', before: written(body['badgeGroupId']), after: written(group) });
    next = withKey(next, 'badgeGroupId', group);
  }
  if (saidRank !== rank) {
    cells.push({ path: 'badgeRank', before: written(body['badgeRank']), after: written(rank) });
    next = withKey(next, 'badgeRank', rank);
  }
  return { body: next, cells };
}

/** Moves one date, under both of its keys where both are there. */
function shifted(
  holder: JsonObject,
  at: string,
  key: string,
  days: number,
  zone: Zone,
): { holder: JsonObject; cell: BulkCell | null } | { kept: Message } {
  const path = at === '' ? key : `${at}.${key}`;
  const used = dateField(holder, key);
  let next = holder;
  for (const twin of [key, `${key}ISO`]) {
    const value = holder[twin];
    if (missing(value)) continue;
    const reading = readInstant(value);
    if (!reading.ok) return unreadable(path);
    const moved = addDays(reading.instant, days, zone);
    if (Math.abs(moved) >= FARTHEST) return { kept: message('lists.farDate') };
    next = { ...next, [twin]: dateValue(moved, value, zone) };
  }
  const now = dateField(next, key);
  if (used.instant === null || now.instant === null) return { holder, cell: null };
  const cell: BulkCell = {
    path: at === '' ? now.key : `${at}.${now.key}`,
    before: { kind: 'date', instant: used.instant },
    after: { kind: 'date', instant: now.instant },
  };
  return { holder: next, cell };
}

function datesShifted(
  body: JsonObject,
  { which, days }: Extract<BadgeChange, { kind: 'dates' }>,
  zone: Zone,
): BodyChange {
  const cells: BulkCell[] = [];
  let next = body;
  const keys = which === 'start' ? ['startOn'] : which === 'end' ? ['expiresOn'] : ['startOn', 'expiresOn'];
  if (days === 0) return { body, cells };
  for (const key of keys) {
    const step = shifted(next, '', key, days, zone);
    if ('kept' in step) return step;
    if (step.cell === null) return { kept: message('bulk.noDate', { field: key }) };
    next = step.holder;
    cells.push(step.cell);
  }
  if (which !== 'all') return { body: next, cells };
  for (const at of ['issuedBadgeExpiry', 'earnedBadgeExpiry']) {
    const holder = next[at];
    // Only a fixed date moves; what is counted from the award moves by itself.
    if (!isObject(holder) || (missing(holder['expiresOn']) && missing(holder['expiresOnISO']))) continue;
    const step = shifted(holder, at, 'expiresOn', days, zone);
    if ('kept' in step) return step;
    if (step.cell === null) continue;
    next = { ...next, [at]: step.holder };
    cells.push(step.cell);
  }
  return { body: next, cells };
}

/** One date for all: under both of its keys where both are there. */
function dateSet(body: JsonObject, { field, at }: Extract<BadgeChange, { kind: 'date' }>, zone: Zone): BodyChange {
  const used = dateField(body, field);
  if (used.instant === at) return { body, cells: [] };
  let next = body;
  const twins = [field, `${field}ISO`].filter((twin) => !missing(body[twin]));
  for (const twin of twins.length === 0 ? [field] : twins)
    next = { ...next, [twin]: dateValue(at, readInstant(body[twin]).ok ? body[twin] : undefined, zone) };
  // Seconds hold no part of one: what is told is what is written.
  const now = dateField(next, field).instant;
  if (now === used.instant) return { body, cells: [] };
  const before: BulkValue = used.instant === null ? written(body[used.key]) : { kind: 'date', instant: used.instant };
  return { body: next, cells: [{ path: used.key, before, after: { kind: 'date', instant: now ?? at } }] };
}

function expirySet(body: JsonObject, change: Extract<BadgeChange, { kind: 'expiry' }>, zone: Zone): BodyChange {
  const { field, expiry } = change;
  const holder = body[field];
  if (expiry === null)
    return missing(holder)
      ? { body, cells: [] }
      : { body: withKey(body, field, null), cells: [{ path: field, before: expiryValue(holder), after: null }] };
  // Nothing follows from the end of an enrolment where nobody enrols (semantics X6).
  if (field === 'issuedBadgeExpiry' && body['earnType'] === 'EARN') return { kept: message('bulk.noEnrolment') };
  if (!missing(holder) && !isObject(holder)) return unreadable(field);
  const said = isObject(holder) ? expiryIn(holder) : null;
  if (said !== null && sameExpiry(said, expiry)) return { body, cells: [] };
  const next = withExpiry(isObject(holder) ? holder : {}, expiry, zone);
  const now = expiryIn(next) ?? expiry;
  if (said !== null && sameExpiry(said, now)) return { body, cells: [] };
  return {
    body: { ...body, [field]: next },
    cells: [{ path: field, before: expiryValue(holder), after: { kind: 'expiry', expiry: now } }],
  };
}

function expiryValue(holder: unknown): BulkValue {
  const expiry = isObject(holder) ? expiryIn(holder) : null;
  return expiry === null ? written(holder) : { kind: 'expiry', expiry };
}

function sameExpiry(one: Expiry, other: Expiry): boolean {
  if (one.kind === 'FIXED_DATE') return other.kind === 'FIXED_DATE' && one.expiresOn === other.expiresOn;
  if (one.kind === 'RELATIVE') return other.kind === 'RELATIVE' && one.unit === other.unit && one.value === other.value;
  return one.kind === other.kind;
}

function ownerChanged(body: JsonObject, { action, owner }: Extract<BadgeChange, { kind: 'owner' }>): BodyChange {
  const path = 'ownership.restrictedToOwners';
  const ownership = body['ownership'] ?? {};
  if (!isObject(ownership)) return unreadable('ownership');
  const owners = ownership['restrictedToOwners'] ?? [];
  if (!Array.isArray(owners)) return unreadable(path);
  const held = (owners as unknown[]).includes(owner);
  if (held === (action === 'add')) return { body, cells: [] };
  const next = action === 'add' ? [...(owners as unknown[]), owner] : owners.filter((kept) => kept !== owner);
  return {
    body: { ...body, ownership: { ...ownership, restrictedToOwners: next } },
    cells: [{ path, before: text(owners.map(String).join(', ')), after: text(next.map(String).join(', ')) }],
  };
}

/** What a tag says under a key, as the rules read it; what is no text is told as it is written. */
function tagPart(tag: JsonObject, key: 'name' | 'value'): string {
  const value = numberText(tag, key) ?? tag[key];
  return typeof value === 'string' ? value : missing(value) ? '' : writeJson(value);
}

const tagText = (tag: JsonObject): string =>
  [tagPart(tag, 'name'), tagPart(tag, 'value')].filter((part, index) => index === 0 || part !== '').join('=');

function tagChanged(body: JsonObject, change: Extract<BadgeChange, { kind: 'tag' }>): BodyChange {
  const tags: unknown = body['tags'] ?? [];
  if (!Array.isArray(tags) || !tags.every(isObject)) return unreadable('tags');
  const wanted: JsonObject = { name: change.name, ...(change.value === null ? {} : { value: change.value }) };
  const wantedText = tagText(wanted);
  const isMeant = (tag: JsonObject): boolean =>
    change.value === null && change.action === 'remove'
      ? tagPart(tag, 'name') === change.name
      : tagText(tag) === wantedText;
  const next = change.action === 'remove' ? tags.filter((tag) => !isMeant(tag)) : [...tags, wanted];
  if (change.action === 'add' ? tags.some(isMeant) : next.length === tags.length) return { body, cells: [] };
  const inWords = (list: readonly JsonObject[]): BulkValue =>
    list.length === 0 ? null : text(list.map(tagText).join(', '));
  return {
    body: { ...body, tags: change.action === 'add' ? withNumberTexts(next, tags) : next },
    cells: [{ path: 'tags', before: inWords(tags), after: inWords(next) }],
  };
}

function customFieldSet(body: JsonObject, { name, value }: Extract<BadgeChange, { kind: 'customField' }>): BodyChange {
  const fields = body['customFields'] ?? {};
  if (!isObject(fields)) return unreadable('customFields');
  const before = Object.hasOwn(fields, name) ? (numberText(fields, name) ?? fields[name]) : null;
  if ((before ?? null) === value) return { body, cells: [] };
  // A field may be called `__proto__`: it is defined, not assigned.
  const rest = Object.entries(fields).filter(([key]) => key !== name);
  const entries =
    value === null
      ? rest
      : Object.hasOwn(fields, name)
        ? Object.entries(fields).map(([key, held]): [string, unknown] => [key, key === name ? value : held])
        : [...rest, [name, value] as [string, unknown]];
  return {
    body: { ...body, customFields: withNumberTexts(Object.fromEntries(entries), fields) },
    cells: [{ path: `customFields.${name}`, before: written(before), after: written(value) }],
  };
}

function listChanged(changed: ListChange): BodyChange {
  if ('kept' in changed) return changed;
  const value = (said: string | null): BulkValue => (said === null ? null : text(said));
  const cells = changed.steps.map(({ path, before, after }) => ({ path, before: value(before), after: value(after) }));
  return { body: changed.body, cells };
}

const limitValue = (constraint: JsonObject | null): BulkValue => {
  if (constraint === null) return null;
  const read = limitOf(constraint);
  return read === null ? written(constraint) : { kind: 'limit', level: read.level, limit: read.constraint };
};

/**
 * Makes a change to one body. Everything the change does not name stays as it is, and as it is written.
 *
 * @param zone the workspace's: a day that is shifted keeps its time of day there
 */
export function changeBody(body: JsonObject, change: BadgeChange, zone: Zone): BodyChange {
  switch (change.kind) {
    case 'replace':
      return replaced(body, change);
    case 'field':
      return fieldSet(body, change);
    case 'place':
      return placed(body, change);
    case 'dates':
      return datesShifted(body, change, zone);
    case 'date':
      return dateSet(body, change, zone);
    case 'expiry':
      return expirySet(body, change, zone);
    case 'owner':
      return ownerChanged(body, change);
    case 'tag':
      return tagChanged(body, change);
    case 'customField':
      return customFieldSet(body, change);
    case 'image':
      return listChanged(setImage(body, change.tag, change.image));
    case 'benefit':
      return listChanged(changeBenefits(body, change.change));
    case 'limit': {
      const changed = changeLimits(body, change.level, change.change);
      if ('kept' in changed) return changed;
      const { steps } = changed;
      return {
        body: changed.body,
        cells: steps.map(({ path, before, after }) => ({ path, before: limitValue(before), after: limitValue(after) })),
      };
    }
  }
}

/** As {@link changeBody}, of the text of a draft, which may be anything. Text that does not change is not written anew. */
export function changeText(
  draft: string,
  change: BadgeChange,
  zone: Zone,
): { text: string; cells: readonly BulkCell[] } | { kept: Message } {
  const reading = readJson(draft);
  if (!reading.ok || !isObject(reading.value)) return { kept: message('bulk.noBadge') };
  const changed = changeBody(reading.value, change, zone);
  if ('kept' in changed) return changed;
  const { body, cells } = changed;
  return { text: cells.length === 0 ? draft : writeJson(body, 2), cells };
}
