import type { BadgeDefinition, Constraint, FixedWindowConstraint } from '../domain/badge';
import { isObject, type JsonObject } from '../domain/body-reader';
import { readInstant } from '../domain/instant';
import { readBadge } from '../domain/read-badge';
import { message, type Message, type MessageKey } from '../words/message';

/** What a comparison calls each field of a badge, in the order in which it lists them. */
const FIELD_NAMES = {
  name: 'comparison.fieldName',
  description: 'comparison.fieldDescription',
  startOn: 'comparison.fieldStartOn',
  expiresOn: 'comparison.fieldExpiresOn',
  earnType: 'comparison.fieldEarnType',
  earnedBadgeExpiry: 'comparison.fieldEarnedBadgeExpiry',
  issuedBadgeExpiry: 'comparison.fieldIssuedBadgeExpiry',
  restrictedToOwners: 'comparison.fieldRestrictedToOwners',
  customerConstraints: 'comparison.fieldCustomerConstraints',
  badgeConstraints: 'comparison.fieldBadgeConstraints',
  active: 'comparison.fieldActive',
  images: 'comparison.fieldImages',
  tags: 'comparison.fieldTags',
  benefits: 'comparison.fieldBenefits',
  badgeGroupId: 'comparison.fieldBadgeGroupId',
  badgeRank: 'comparison.fieldBadgeRank',
  defaultTillId: 'comparison.fieldDefaultTillId',
  customFields: 'comparison.fieldCustomFields',
} as const satisfies Readonly<Record<keyof BadgeDefinition, MessageKey>>;

export type MeaningField = keyof typeof FIELD_NAMES;

/** Fields of a badge that a person decides, which is all of them, in the order in which a comparison lists them. */
export const MEANING_FIELDS = Object.keys(FIELD_NAMES) as readonly MeaningField[];

/**
 * What a badge means, field by field, each as canonical JSON text: two badges mean the same exactly where the texts are
 * equal. Key order, epoch against ISO, default against absent, spelling variants and the order of lists whose order means
 * nothing have disappeared.
 */
export type BadgeMeaning = Readonly<Record<MeaningField, string>>;

/** What a field is called. */
export function fieldMessage(field: MeaningField): Message {
  return message(FIELD_NAMES[field]);
}

/** JSON text of a value that is the same however the keys of its objects were ordered. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isObject(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

const unordered = (list: readonly unknown[]): string => `[${list.map(canonical).sort().join(',')}]`;

/** Where a fixed window stands in its schedule is the gateway's to decide (semantics W6), not part of what is wanted. */
function wanted(constraint: Constraint): Constraint {
  return constraint.kind === 'FIXED_WINDOW'
    ? ({ ...constraint, fromDate: null, untilDate: null } satisfies FixedWindowConstraint)
    : constraint;
}

const constraints = (list: readonly Constraint[]): string =>
  // No constraint at all means the same as NO_LIMIT (semantics C4).
  unordered(list.filter((constraint) => constraint.kind !== 'NO_LIMIT').map(wanted));

/** The meaning of a readable badge. */
export function meaningOf(badge: BadgeDefinition): BadgeMeaning {
  return {
    name: canonical(badge.name),
    description: canonical(badge.description === '' ? null : badge.description),
    startOn: canonical(badge.startOn),
    expiresOn: canonical(badge.expiresOn),
    earnType: canonical(badge.earnType),
    earnedBadgeExpiry: canonical(badge.earnedBadgeExpiry),
    issuedBadgeExpiry: canonical(badge.issuedBadgeExpiry),
    restrictedToOwners: unordered(badge.restrictedToOwners),
    customerConstraints: constraints(badge.customerConstraints),
    badgeConstraints: constraints(badge.badgeConstraints),
    active: canonical(badge.active),
    images: unordered(badge.images),
    tags: unordered(badge.tags),
    benefits: unordered(badge.benefits),
    badgeGroupId: canonical(badge.badgeGroupId),
    badgeRank: canonical(badge.badgeRank),
    defaultTillId: canonical(badge.defaultTillId),
    customFields: canonical(badge.customFields),
  };
}

const endOf = (window: JsonObject): number => {
  const reading = readInstant(window['endDate']);
  return reading.ok ? reading.instant : Number.POSITIVE_INFINITY;
};

/**
 * A badge as a gateway prints it, without the fixed windows that another one follows: after an edit the old form stays in the
 * answer, cut short, beside the one that was asked for (semantics W6, W7).
 */
function withoutPastWindows(body: JsonObject): JsonObject {
  const current = (list: unknown): unknown => {
    if (!Array.isArray(list)) return list;
    const isWindow = (entry: unknown): entry is JsonObject =>
      isObject(entry) &&
      typeof entry['constraintType'] === 'string' &&
      entry['constraintType'].endsWith('FIXED_WINDOW');
    const latest = list.filter(isWindow).reduce((last, entry) => Math.max(last, endOf(entry)), -Infinity);
    return list.filter((entry: unknown) => !isWindow(entry) || endOf(entry) === latest);
  };
  return {
    ...body,
    customerConstraints: current(body['customerConstraints']),
    badgeConstraints: current(body['badgeConstraints']),
  };
}

/** The definition behind a badge that a gateway answered, or null when it cannot be read. */
export function readLiveBadge(body: unknown): BadgeDefinition | null {
  return isObject(body) ? readBadge(withoutPastWindows(body)).definition : null;
}
