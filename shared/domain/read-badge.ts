import {
  BADGE_OWNERS,
  EARN_TYPES,
  IMAGE_TAGS,
  PERIOD_UNITS,
  type BadgeDefinition,
  type BadgeImage,
  type BadgeOwner,
  type BadgeTag,
  type Benefit,
  type Expiry,
  type PeriodUnit,
} from './badge';
import { BodyReader, isObject, type BadgeIssue, type BadgeWarning, type JsonObject } from './body-reader';
import { readConstraints } from './read-constraints';
import { message } from '../words/message';

export const MOST_BENEFITS = 10;
export const MOST_IMAGES = 3;

/** What a create or update body says, and everything wrong with it that can be told from the body alone. */
export interface BadgeReading {
  /** Null as soon as a field that the rules need is missing or unreadable. */
  definition: BadgeDefinition | null;
  issues: BadgeIssue[];
  warnings: BadgeWarning[];
  /** Owner kinds of `ownership.claims`, which are checked on create and otherwise ignored (semantics K1). */
  claimOwnerTypes: BadgeOwner[];
  /** The fields that could be read, whether or not the rest could. */
  parts: Partial<Pick<BadgeDefinition, 'name' | 'startOn' | 'expiresOn' | 'restrictedToOwners' | 'badgeGroupId'>>;
}

function readRelative(reader: BodyReader, holder: JsonObject, path: string): Expiry | null {
  const spelled = holder['relativeExpiryType'] ?? holder['relativeExpirytype'];
  const key =
    holder['relativeExpiryType'] !== undefined && holder['relativeExpiryType'] !== null
      ? 'relativeExpiryType'
      : 'relativeExpirytype';
  let unit: PeriodUnit | null = null;
  if (spelled === undefined || spelled === null) {
    reader.incomplete(`${path}.relativeExpiryType`, 'relativeExpiryType is mandatory', message('refusals.chooseUnit'));
  } else {
    unit = reader.member(spelled, key, `${path}.${key}`, PERIOD_UNITS);
  }
  const before = reader.issues.length;
  const value = reader.integer(holder, 'value', `${path}.value`);
  if (reader.issues.length > before) return null;
  if (value === null || value < 1) {
    reader.incomplete(
      `${path}.value`,
      value === null ? 'value is mandatory' : 'value must be 1 or more',
      message('refusals.enterOneOrMore'),
    );
    return null;
  }
  return unit === null ? null : { kind: 'RELATIVE', unit, value };
}

function readAbsolute(reader: BodyReader, holder: JsonObject, path: string): Expiry | null {
  const type = reader.choice(holder, 'type', `${path}.type`, ['WITH_BADGE_META', 'FIXED_DATE'] as const);
  const typeGiven = holder['type'] !== undefined && holder['type'] !== null;
  if (typeGiven && type === null) return null;
  if (type === 'WITH_BADGE_META') return { kind: 'WITH_BADGE_META' };
  if (!typeGiven) {
    if (holder['expireWithBadgeMeta'] === true) return { kind: 'WITH_BADGE_META' };
    reader.incomplete(`${path}.type`, 'type is mandatory', message('refusals.fixedDateOrWithBadge'));
    return null;
  }
  const before = reader.issues.length;
  const expiresOn = reader.instant(holder, 'expiresOn', `${path}.expiresOn`);
  if (expiresOn === null) {
    if (reader.issues.length === before)
      reader.incomplete(`${path}.expiresOn`, 'expiresOn is mandatory', message('refusals.enterExpiry'));
    return null;
  }
  return { kind: 'FIXED_DATE', expiresOn };
}

/** Semantics section 6 and X1; both spellings of the relative type are accepted. */
function readExpiry(reader: BodyReader, body: JsonObject, key: string, needed: boolean): Expiry | null {
  const before = reader.issues.length;
  const holder = reader.object(body, key, key);
  if (holder === null) {
    if (needed && reader.issues.length === before)
      reader.incomplete(key, `${key} is mandatory`, message('refusals.chooseExpiry'));
    return null;
  }
  const type = reader.choice(holder, 'expiryType', `${key}.expiryType`, ['ABSOLUTE', 'RELATIVE', 'NEVER'] as const);
  if (holder['expiryType'] === undefined || holder['expiryType'] === null) {
    if (needed) reader.incomplete(`${key}.expiryType`, 'expiryType is mandatory', message('refusals.chooseExpiryKind'));
    return null;
  }
  switch (type) {
    case 'ABSOLUTE':
      return readAbsolute(reader, holder, key);
    case 'RELATIVE':
      return readRelative(reader, holder, key);
    case 'NEVER':
      return { kind: 'NEVER' };
    case null:
      return null;
  }
}

function readOwnership(reader: BodyReader, body: JsonObject): { owners: BadgeOwner[]; claimOwnerTypes: BadgeOwner[] } {
  const ownership = reader.object(body, 'ownership', 'ownership') ?? {};
  const owners: BadgeOwner[] = [];
  const given = ownership['restrictedToOwners'];
  if (given !== undefined && given !== null) {
    if (Array.isArray(given)) {
      given.forEach((value: unknown, index) => {
        const owner = reader.member(
          value,
          'restrictedToOwners',
          `ownership.restrictedToOwners[${index}]`,
          BADGE_OWNERS,
        );
        if (owner !== null && !owners.includes(owner)) owners.push(owner);
      });
    } else {
      reader.unreadable('ownership.restrictedToOwners', 'must be a list of owners', message('refusals.chooseOwners'));
    }
  }
  const claimOwnerTypes: BadgeOwner[] = [];
  reader.objects(ownership, 'claims', 'ownership.claims').forEach((claim, index) => {
    const owner = reader.choice(claim, 'ownerType', `ownership.claims[${index}].ownerType`, BADGE_OWNERS);
    if (owner !== null) claimOwnerTypes.push(owner);
  });
  return { owners, claimOwnerTypes };
}

function readImages(reader: BodyReader, body: JsonObject): BadgeImage[] {
  const images = reader.objects(body, 'images', 'images').map((holder, index) => ({
    name: reader.text(holder, 'name', `images[${index}].name`),
    fileSvcHandle: reader.text(holder, 'fileSvcHandle', `images[${index}].fileSvcHandle`),
    url: reader.text(holder, 'url', `images[${index}].url`),
    tag: reader.choice(holder, 'tag', `images[${index}].tag`, IMAGE_TAGS),
  }));
  if (images.length > MOST_IMAGES)
    reader.incomplete('images', `No more than ${MOST_IMAGES} images are allowed`, message('refusals.removeImages'));
  return images;
}

function readTags(reader: BodyReader, body: JsonObject): BadgeTag[] {
  return reader.objects(body, 'tags', 'tags').map((holder, index) => ({
    name: reader.text(holder, 'name', `tags[${index}].name`),
    value: reader.text(holder, 'value', `tags[${index}].value`),
  }));
}

function readBenefits(reader: BodyReader, body: JsonObject): Benefit[] {
  const benefits: Benefit[] = [];
  const holders = reader.objects(body, 'benefits', 'benefits');
  holders.forEach((holder, index) => {
    const path = `benefits[${index}]`;
    const number = (key: string): number | null => reader.integer(holder, key, `${path}.${key}`);
    const benefitType = reader.choice(holder, 'benefitType', `${path}.benefitType`, [
      'COUPON',
      'LOYALTY_POINTS',
    ] as const);
    if (holder['benefitType'] === undefined || holder['benefitType'] === null) {
      reader.incomplete(`${path}.benefitType`, 'benefitType is mandatory', message('refusals.couponOrPoints'));
    }
    if (benefitType === 'COUPON') benefits.push({ benefitType, seriesId: number('seriesId') });
    if (benefitType === 'LOYALTY_POINTS') {
      benefits.push({
        benefitType,
        points: number('points'),
        programId: number('programId'),
        promotionId: number('promotionId'),
        allocationStrategyId: number('allocationStrategyId'),
        expirationStrategyId: number('expirationStrategyId'),
        defaultTillId: number('defaultTillId'),
      });
    }
  });
  if (holders.length > MOST_BENEFITS)
    reader.incomplete(
      'benefits',
      `No more than ${MOST_BENEFITS} benefits are allowed`,
      message('refusals.removeBenefits'),
    );
  return benefits;
}

function readCustomFields(reader: BodyReader, body: JsonObject): Record<string, string> {
  const holder = reader.object(body, 'customFields', 'customFields') ?? {};
  const fields: Record<string, string> = {};
  for (const key of Object.keys(holder)) {
    const value = reader.text(holder, key, `customFields.${key}`);
    // defineProperty: a field named __proto__ is data like any other.
    if (value !== null)
      Object.defineProperty(fields, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return fields;
}

/** Reads a create or update body and lists everything that is wrong with it on its own (semantics T1, T3, L5, L7, C, X). */
export function readBadge(body: unknown): BadgeReading {
  const reader = new BodyReader();
  if (!isObject(body)) {
    reader.unreadable('', 'must be an object', message('refusals.pasteOne'));
    return { definition: null, issues: reader.issues, warnings: reader.warnings, claimOwnerTypes: [], parts: {} };
  }
  const name = reader.text(body, 'name', 'name');
  const description = reader.text(body, 'description', 'description');
  const instant = (key: string): number | null => {
    const before = reader.issues.length;
    const value = reader.instant(body, key, key);
    if (value === null && reader.issues.length === before) reader.crash(key, message('refusals.enterDate'));
    return value;
  };
  const startOn = instant('startOn');
  const expiresOn = instant('expiresOn');
  const earnType = reader.choice(body, 'earnType', 'earnType', EARN_TYPES);
  const earnedBadgeExpiry = readExpiry(reader, body, 'earnedBadgeExpiry', true);
  const issuedBadgeExpiry = readExpiry(reader, body, 'issuedBadgeExpiry', earnType === 'ISSUE_EARN');
  const { owners, claimOwnerTypes } = readOwnership(reader, body);
  const { customerConstraints, badgeConstraints } = readConstraints(reader, body);
  const images = readImages(reader, body);
  const tags = readTags(reader, body);
  const benefits = readBenefits(reader, body);
  const badgeGroupId = reader.text(body, 'badgeGroupId', 'badgeGroupId');
  const badgeRank = reader.integer(body, 'badgeRank', 'badgeRank');
  const defaultTillId = reader.integer(body, 'defaultTillId', 'defaultTillId');
  const customFields = readCustomFields(reader, body);
  const active = reader.flag(body, 'active', 'active') ?? reader.flag(body, 'isActive', 'isActive') ?? true;

  const nameIsText = body['name'] === undefined || body['name'] === null || name !== null;
  if (nameIsText && (name === null || name.trim() === ''))
    reader.incomplete('name', 'name is mandatory', message('refusals.giveName'));
  if (body['earnType'] === undefined || body['earnType'] === null) {
    reader.incomplete('earnType', 'earnType is mandatory', message('refusals.chooseEarnType'));
  }

  const parts: BadgeReading['parts'] = { restrictedToOwners: owners, badgeGroupId };
  if (name !== null && name.trim() !== '') parts.name = name;
  if (startOn !== null) parts.startOn = startOn;
  if (expiresOn !== null) parts.expiresOn = expiresOn;

  const complete =
    reader.issues.length === 0 &&
    name !== null &&
    startOn !== null &&
    expiresOn !== null &&
    earnType !== null &&
    earnedBadgeExpiry !== null;
  const definition: BadgeDefinition | null = complete
    ? {
        name,
        description,
        startOn,
        expiresOn,
        earnType,
        earnedBadgeExpiry,
        issuedBadgeExpiry,
        restrictedToOwners: owners,
        customerConstraints,
        badgeConstraints,
        active,
        images,
        tags,
        benefits,
        badgeGroupId,
        badgeRank,
        defaultTillId,
        customFields,
      }
    : null;
  return { definition, issues: reader.issues, warnings: reader.warnings, claimOwnerTypes, parts };
}
