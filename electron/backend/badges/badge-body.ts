import {
  constraintTypeOf,
  type BadgeDefinition,
  type Constraint,
  type ConstraintLevel,
  type Expiry,
} from '../../../shared/domain/badge';
import { isObject, type JsonObject } from '../../../shared/domain/body-reader';
import { toIsoExact } from '../../../shared/domain/instant';
import type { MeaningField } from '../../../shared/gateway/meaning';

type Json = Record<string, unknown>;

function expiryBody(expiry: Expiry | null): Json | null {
  if (expiry === null) return null;
  switch (expiry.kind) {
    case 'FIXED_DATE':
      return { expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn: toIsoExact(expiry.expiresOn) };
    case 'WITH_BADGE_META':
      return { expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META', expireWithBadgeMeta: true };
    case 'RELATIVE':
      return { expiryType: 'RELATIVE', relativeExpiryType: expiry.unit, value: expiry.value };
    case 'NEVER':
      return { expiryType: 'NEVER' };
  }
}

function constraintBody(constraint: Constraint, level: ConstraintLevel): Json {
  const constraintType = constraintTypeOf(constraint, level);
  switch (constraint.kind) {
    case 'NO_LIMIT':
      return { constraintType };
    case 'FIXED_VALUE':
      return { constraintType, maxEarnLimit: constraint.maxEarnLimit };
    case 'FIXED_WINDOW': {
      const { durationType, refreshRate, startDayOfTheWeek, maxEarnLimit } = constraint;
      return {
        constraintType,
        durationType,
        ...(refreshRate === null ? {} : { refreshRate }),
        ...(startDayOfTheWeek === null ? {} : { startDayOfTheWeek }),
        maxEarnLimit,
      };
    }
    case 'BADGE_ROLLING_WINDOW':
    case 'CUSTOMER_ROLLING_WINDOW': {
      const { kind: _, ...limits } = constraint;
      return { constraintType, ...limits };
    }
  }
}

/** A definition as a create body: reading it gives the same definition, its windows as they are wanted from now on. */
export function badgeBody(badge: BadgeDefinition): Json {
  return {
    name: badge.name,
    description: badge.description,
    startOn: toIsoExact(badge.startOn),
    expiresOn: toIsoExact(badge.expiresOn),
    earnType: badge.earnType,
    earnedBadgeExpiry: expiryBody(badge.earnedBadgeExpiry),
    ...(badge.issuedBadgeExpiry === null ? {} : { issuedBadgeExpiry: expiryBody(badge.issuedBadgeExpiry) }),
    ownership: { restrictedToOwners: badge.restrictedToOwners },
    customerConstraints: badge.customerConstraints.map((constraint) => constraintBody(constraint, 'CUSTOMER')),
    badgeConstraints: badge.badgeConstraints.map((constraint) => constraintBody(constraint, 'BADGE')),
    active: badge.active,
    images: badge.images,
    tags: badge.tags,
    benefits: badge.benefits,
    badgeGroupId: badge.badgeGroupId,
    badgeRank: badge.badgeRank,
    defaultTillId: badge.defaultTillId,
    customFields: badge.customFields,
  };
}

/** Other spellings of a field, which would win over the one that is written or stand beside it in contradiction. */
const SYNONYMS: Readonly<Partial<Record<MeaningField, readonly string[]>>> = {
  startOn: ['startOnISO'],
  expiresOn: ['expiresOnISO'],
  active: ['isActive'],
};

/** A create body with some of its fields as they are in another; everything else in it stays. */
export function withFieldsOf(body: JsonObject, other: Json, fields: readonly MeaningField[]): Json {
  const changed: Json = { ...body };
  for (const field of fields) {
    for (const synonym of SYNONYMS[field] ?? []) Reflect.deleteProperty(changed, synonym);
    if (field === 'restrictedToOwners') {
      const { ownership } = changed;
      const { ownership: taken } = other as { ownership: { restrictedToOwners: unknown } };
      changed['ownership'] = {
        ...(isObject(ownership) ? ownership : {}),
        restrictedToOwners: taken.restrictedToOwners,
      };
    } else if (Object.hasOwn(other, field)) changed[field] = other[field];
    else Reflect.deleteProperty(changed, field);
  }
  return moveStrayConstraints(changed, fields);
}

/** A limit filed in the wrong list counts for the other level, so a list is only what it says once both are tidy. */
function moveStrayConstraints(body: Json, fields: readonly MeaningField[]): Json {
  const strays: readonly (readonly [MeaningField, MeaningField, (type: string) => boolean])[] = [
    ['customerConstraints', 'badgeConstraints', (type) => type.startsWith('CUSTOMER_')],
    ['badgeConstraints', 'customerConstraints', (type) => !type.startsWith('CUSTOMER_')],
  ];
  for (const [taken, other, belongs] of strays) {
    const list = body[other];
    if (!fields.includes(taken) || fields.includes(other) || !Array.isArray(list)) continue;
    body[other] = list.filter((entry: unknown) => {
      const type = isObject(entry) ? entry['constraintType'] : undefined;
      return typeof type !== 'string' || type.endsWith('NO_LIMIT') || !belongs(type);
    });
  }
  return body;
}
