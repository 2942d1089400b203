import { isObject, type JsonObject } from './body-reader';

/** The fields of an object by name: null for a plain value, or what is inside; `*` stands for each entry of a list. */
export interface Fields {
  [name: string]: Fields | null;
}

/** A field that nothing reads, and the known one that was most likely meant. */
export interface UnknownField {
  path: string;
  name: string;
  meant: string | null;
}

/** Both spellings of a date. */
const dates = (...names: string[]): Fields =>
  Object.fromEntries(names.flatMap((name) => [name, `${name}ISO`].map((key) => [key, null] as const)));
const plain = (...names: string[]): Fields => Object.fromEntries(names.map((name) => [name, null]));

const EXPIRY: Fields = {
  ...plain('expiryType', 'type', 'expireWithBadgeMeta', 'relativeExpiryType', 'relativeExpirytype', 'value'),
  ...dates('expiresOn'),
};
const CONSTRAINT: Fields = {
  ...plain('constraintType', 'maxEarnLimit', 'durationType', 'refreshRate', 'startDayOfTheWeek'),
  ...plain('rollType', 'rollValue', 'rollForDays', 'rollForWeeks', 'rollForMonths'),
  ...plain('maxEarnForDays', 'maxEarnForWeeks', 'maxEarnForMonths'),
  // What a gateway prints beside a fixed window.
  ...plain('referenceId', 'cycleStatus'),
  ...dates('startDate', 'endDate'),
  currentCycle: dates('startDate', 'endDate'),
};

/** Every field of a create or update body, and those that a gateway prints in it: it ignores them when sent back (L7). */
const BADGE_FIELDS: Fields = {
  ...plain('name', 'description', 'earnType', 'active', 'isActive', 'badgeGroupId', 'badgeRank', 'defaultTillId'),
  ...dates('startOn', 'expiresOn'),
  earnedBadgeExpiry: EXPIRY,
  issuedBadgeExpiry: EXPIRY,
  ownership: { restrictedToOwners: null, claims: { '*': plain('ownerType', 'referenceId', 'isActive') } },
  customerConstraints: { '*': CONSTRAINT },
  badgeConstraints: { '*': CONSTRAINT },
  images: { '*': plain('name', 'fileSvcHandle', 'url', 'tag') },
  tags: { '*': plain('name', 'value') },
  benefits: {
    '*': {
      ...plain('benefitType', 'seriesId', 'points', 'programId', 'promotionId', 'allocationStrategyId'),
      ...plain('expirationStrategyId', 'defaultTillId'),
    },
  },
  // Custom fields are called what people call them.
  customFields: null,
  ...plain('id', 'badgeNumericId', 'orgId', 'status', 'issuedCount', 'earnedCount', 'badgeGroupName'),
  ...plain('createdBy', 'lastUpdatedBy'),
  ...dates('createdOn', 'lastUpdatedOn'),
};

/** How many letters must change to make one word another, as far as `most` (Levenshtein). */
function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const changed = (row[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? most + 1;
}

/** The known field that differs from a name in its case or by a slip or two; null: none. */
function meantField(name: string, known: readonly string[]): string | null {
  const most = name.length > 6 ? 2 : 1;
  const near = known
    .map((field) => ({ field, slips: distance(field.toLowerCase(), name.slice(0, 60).toLowerCase(), most) }))
    .filter(({ slips }) => slips <= most)
    .sort((one, other) => one.slips - other.slips);
  return near[0]?.field ?? null;
}

/** Enough for a person to see what is wrong; a body may hold a hundred thousand. */
const MOST_TOLD = 100;

function collect(value: unknown, fields: Fields, path: string, found: UnknownField[]): void {
  if (found.length >= MOST_TOLD) return;
  const { '*': inside } = fields;
  if (inside) {
    if (!Array.isArray(value)) return;
    for (let index = 0; index < value.length && found.length < MOST_TOLD; index += 1)
      collect(value[index], inside, `${path}[${index}]`, found);
    return;
  }
  if (!isObject(value)) return;
  for (const [name, entry] of Object.entries(value)) {
    const at = path === '' ? name : `${path}.${name}`;
    const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (known === undefined) found.push({ path: at, name, meant: meantField(name, Object.keys(fields)) });
    else if (known !== null) collect(entry, known, at, found);
    if (found.length >= MOST_TOLD) return;
  }
}

/** The fields of a badge body that nothing reads, at any level, in their order; at most a hundred. */
export function unknownBadgeFields(body: JsonObject): UnknownField[] {
  const found: UnknownField[] = [];
  collect(body, BADGE_FIELDS, '', found);
  return found;
}
