import { z } from 'zod';
import { BADGE_OWNERS, BADGE_STATUSES, EARN_TYPES, IMAGE_TAGS, OWNER_TYPES, PERIOD_UNITS } from '../../domain/badge';
import { WEEK_DAYS } from '../../domain/calendar';
import { CUSTOM_FIELD_TYPES } from '../../domain/org';
import { WITH_CUSTOMER_PREFIX, WITH_BADGE_PREFIX } from './constraint-names';
import { named } from './components';

/*
 * What the practice org answers, key by key: an answer with a key too many or too few is none of these, and a test holds
 * every answer to them. (What the client takes from a live org is looser: client-schemas.ts.)
 */

const id = z.string().regex(/^[0-9a-f]{24}$/);
const text = z.string().nullable();
const count = z.int().min(0);
const whole = z.int().nullable();
const customerId = z.int().min(1);
const enumOf = <T extends string>(values: readonly T[]) => z.enum(values as readonly [T, ...T[]]);
const nothing = z.array(z.unknown()).max(0);

/** A date in seconds with nine decimals, and its ISO twin; dates beyond all calendars have no twin. */
const dates = <K extends string>(...names: K[]): Record<K | `${K}ISO`, z.ZodType> =>
  Object.fromEntries(
    names.flatMap((name) => [
      [name, z.number().nullable()],
      [`${name}ISO`, text],
    ]),
  ) as Record<K | `${K}ISO`, z.ZodType>;

export const errorBody = named(
  'Error',
  z.strictObject({ code: z.int(), message: z.string(), reference: text }),
  'Why something is refused. Codes of 990000 and more are Laurel’s own: no live gateway answers them.',
);
const warning = named('Warning', z.strictObject({ code: z.int(), message: z.string() }));

/** The common envelope of a success. */
export const answered = (data: z.ZodType): z.ZodType =>
  z.strictObject({ data, errors: nothing, warnings: z.array(warning) });
/** The form of claim and unclaim. */
export const answeredWithoutErrors = (data: z.ZodType): z.ZodType =>
  z.strictObject({ data, errors: z.null(), warnings: z.array(warning) });
/** The form of reads by id and of the org meta. */
export const answeredBare = (data: z.ZodType): z.ZodType =>
  z.strictObject({ data, errors: z.null(), warnings: z.null() });

const pagination = named(
  'Pagination',
  z.strictObject({ page: count, size: z.int().min(1), total: count, totalPages: count }),
);

const expiry = named(
  'Expiry',
  z.union([
    z.strictObject({
      expiryType: z.literal('ABSOLUTE'),
      type: z.literal('WITH_BADGE_META'),
      expiresOn: z.null(),
      expireWithBadgeMeta: z.literal(true),
    }),
    z.strictObject({
      expiryType: z.literal('ABSOLUTE'),
      type: z.literal('FIXED_DATE'),
      ...dates('expiresOn'),
      expireWithBadgeMeta: z.literal(false),
    }),
    z.strictObject({
      expiryType: z.literal('RELATIVE'),
      relativeExpirytype: enumOf(PERIOD_UNITS),
      value: z.int().min(1),
    }),
    z.strictObject({ expiryType: z.literal('NEVER') }),
  ]),
);
const claim = z.strictObject({ ownerType: enumOf(BADGE_OWNERS), referenceId: z.string(), isActive: z.literal(true) });
const ownership = named(
  'Ownership',
  z.strictObject({ restrictedToOwners: z.array(enumOf(BADGE_OWNERS)), claims: z.array(claim) }),
);
const images = z.array(
  z.strictObject({ name: text, fileSvcHandle: text, url: text, tag: enumOf(IMAGE_TAGS).nullable() }),
);
const tags = z.array(z.strictObject({ name: text, value: text }));
const benefits = z.array(
  named(
    'Benefit',
    z.union([
      z.strictObject({ benefitType: z.literal('COUPON'), seriesId: whole }),
      z.strictObject({
        benefitType: z.literal('LOYALTY_POINTS'),
        points: whole,
        programId: whole,
        promotionId: whole,
        allocationStrategyId: whole,
        expirationStrategyId: whole,
        defaultTillId: whole,
      }),
    ]),
  ),
);
const customFields = z.record(z.string(), z.string());
const cycleStatus = z.enum(['UPCOMING', 'ACTIVE', 'EXPIRED']);
const cycle = z.strictObject(dates('startDate', 'endDate'));
const rollingLimits = {
  ...{ rollForDays: count, maxEarnForDays: count, rollForWeeks: count, maxEarnForWeeks: count },
  ...{ rollForMonths: count, maxEarnForMonths: count },
};

const constraint = named(
  'Constraint',
  z.union([
    z.strictObject({ constraintType: z.enum([WITH_CUSTOMER_PREFIX.NO_LIMIT, WITH_BADGE_PREFIX.NO_LIMIT]) }),
    z.strictObject({
      constraintType: z.enum([WITH_CUSTOMER_PREFIX.FIXED_VALUE, WITH_BADGE_PREFIX.FIXED_VALUE]),
      maxEarnLimit: count,
    }),
    z.strictObject({
      constraintType: z.enum([WITH_CUSTOMER_PREFIX.FIXED_WINDOW, WITH_BADGE_PREFIX.FIXED_WINDOW]),
      referenceId: z.uuid(),
      durationType: enumOf(PERIOD_UNITS),
      refreshRate: z.int().min(1).optional(),
      startDayOfTheWeek: enumOf(WEEK_DAYS).optional(),
      maxEarnLimit: count,
      cycleStatus,
      ...dates('startDate', 'endDate'),
      currentCycle: cycle.nullable().optional(),
    }),
    z.strictObject({
      constraintType: z.literal(WITH_BADGE_PREFIX.ROLLING_WINDOW),
      rollType: enumOf(PERIOD_UNITS),
      rollValue: z.int().min(1),
      maxEarnLimit: count,
    }),
    z.strictObject({ constraintType: z.literal(WITH_CUSTOMER_PREFIX.ROLLING_WINDOW), ...rollingLimits }),
  ]),
);
const constraints = { customerConstraints: z.array(constraint), badgeConstraints: z.array(constraint) };

const badgeStatus = enumOf(BADGE_STATUSES);
const stamps = { ...dates('createdOn', 'lastUpdatedOn'), createdBy: z.int(), lastUpdatedBy: z.int() };
const group = { badgeGroupId: text, badgeRank: whole };
const span = dates('startOn', 'expiresOn');

const badge = {
  id,
  badgeNumericId: z.int(),
  orgId: z.int(),
  name: z.string(),
  description: text,
  ...span,
  earnedBadgeExpiry: expiry,
  issuedBadgeExpiry: expiry.nullable(),
  images,
  ownership,
  ...constraints,
  benefits,
  tags,
  ...group,
  defaultTillId: z.int(),
  earnType: enumOf(EARN_TYPES),
  status: badgeStatus,
  ...stamps,
  customFields,
  active: z.boolean(),
};
const counts = { issuedCount: count, earnedCount: count };
export const wholeBadge = named('Badge', z.strictObject(badge));
export const badgeWithCounts = named('BadgeWithCounts', z.strictObject({ ...badge, ...counts }));

const badgeRow = named(
  'BadgeRow',
  z.strictObject({
    id,
    badgeNumericId: z.int(),
    orgId: z.int(),
    name: z.string(),
    ...group,
    badgeGroupName: text,
    description: text,
    ...span,
    status: badgeStatus,
    images,
    earnType: enumOf(EARN_TYPES),
    earnedBadgeExpiry: expiry,
    issuedBadgeExpiry: expiry.nullable(),
    ownership,
    ...counts,
    ...stamps,
    customFields,
    active: z.boolean(),
  }),
);
export const badgeList = z.strictObject({ metaBasicDetails: z.array(badgeRow), pagination });

export const windowCycles = z.strictObject({
  badgeMetaId: id,
  orgId: z.int(),
  ...dates('startDate', 'endDate'),
  customerId: customerId.optional(),
  fixedWindowCycles: z.array(
    z.strictObject({
      fixedWindowCycleReferenceId: z.uuid(),
      ...dates('startDate', 'endDate'),
      earnCount: count.optional(),
      constraintType: z.enum([WITH_CUSTOMER_PREFIX.FIXED_WINDOW, WITH_BADGE_PREFIX.FIXED_WINDOW]),
    }),
  ),
  pagination,
});

export const activation = z.strictObject({ id, isActive: z.boolean() });
export const claimed = z.strictObject({
  badgeMetaId: id,
  ownerType: enumOf(OWNER_TYPES),
  referenceId: z.string(),
  isActive: z.boolean(),
});

const trigger = z.strictObject({ ownerType: z.string(), referenceId: text });
const enrolmentStatus = z.enum(['ACTIVE', 'UPCOMING', 'EXPIRED', 'REVOKED']);
const awardStatus = z.enum(['LIVE', 'EXPIRED', 'REVOKED']);
const rowsOf = (status: z.ZodType): z.ZodType =>
  z.array(
    z.union([
      z.strictObject({ customerId, issuedId: id, status }),
      z.strictObject({ customerId, issuedId: id.nullable(), error: errorBody, status: status.nullable() }),
    ]),
  );

export const enrolled = z.strictObject({
  badgeMetaId: id,
  triggeredBy: trigger,
  ...dates('expiresOn'),
  issuedBadges: rowsOf(enrolmentStatus),
  requestId: z.string(),
});
export const awarded = z.strictObject({
  badgeMetaId: id,
  customerId,
  earnedBadgeId: id,
  ...dates('expiresOn'),
  requestId: z.string(),
  issuedId: id.nullable(),
});
export const awardedInBulk = z.strictObject({
  badgeMetaId: id,
  triggeredBy: trigger,
  ...dates('expiresOn'),
  issuedBadges: rowsOf(awardStatus),
  totalCount: count,
  earnedCount: count,
  failedCount: count,
  earnedBadgesList: z.array(z.strictObject({ customerId, earnedBadgeId: id })),
  failedEarnBadgeErrorList: z.array(z.strictObject({ customerId, errorCode: z.int(), errorMessage: z.string() })),
  requestId: z.string(),
});
export const awardRevoked = z.strictObject({
  badgeMetaId: id,
  customerId,
  earnedBadgeId: id,
  isActive: z.literal(false),
});
export const enrolmentsRevoked = z.strictObject({
  badgeMetaId: id,
  revokedIssuedBadges: z.array(
    z.strictObject({
      customerId,
      issuedId: text,
      /** One of the two has no code in the documents. */
      error: z.strictObject({ code: z.int().optional(), message: z.string(), reference: z.null() }).nullable(),
    }),
  ),
  requestId: z.null(),
});
export const imported = z.array(
  z.union([
    z.strictObject({ data: awarded, errors: z.null(), warnings: z.array(warning).nullable() }),
    z.strictObject({ data: z.null(), errors: z.array(errorBody).min(1), warnings: z.null() }),
  ]),
);

export const badgesOfCustomer = z.strictObject({
  badges: z.array(
    z.strictObject({
      badgeMetaId: id,
      orgId: z.int(),
      name: z.string(),
      description: text,
      ...span,
      images,
      tags,
      ...group,
      badgeGroupName: text,
      ownership,
      earnType: enumOf(EARN_TYPES),
      benefits,
      ...constraints,
      earnedCount: count.nullable(),
      ...dates('lastEarnedOnDate', 'lastEarnEventDate'),
      customFields,
      active: z.boolean(),
    }),
  ),
  pagination,
});
export const managedBadges = z.strictObject({
  customerBadges: z.array(
    z.strictObject({
      name: z.string(),
      description: text,
      badgeMetaId: id,
      badgeType: enumOf(EARN_TYPES),
      ...group,
      badgeGroupName: text,
      ...dates('createdOn', 'lastUpdatedOn', 'lastEarnedOn', 'startsOn', 'expiresOn'),
      images,
      badgeStatus,
      earnCount: count,
      ownership,
      issueStatus: enrolmentStatus.nullable(),
      active: z.boolean(),
    }),
  ),
  pagination,
});

const usedConstraint = named(
  'UsedConstraint',
  z.strictObject({
    constraintLevel: z.enum(['CUSTOMER', 'BADGE']),
    constraintType: z.enum(['NONE', 'OVERALL', 'FIXED_WINDOW', 'ROLLING_WINDOW']),
    rollType: enumOf(PERIOD_UNITS).nullable(),
    refreshRate: whole,
    durationType: enumOf(PERIOD_UNITS).nullable(),
    cycleStatus: cycleStatus.nullable(),
    startDayOfTheWeek: enumOf(WEEK_DAYS).nullable(),
    rollValue: whole,
    maxEarnLimit: whole,
    earnConstraintBlockStatistics: z.strictObject({
      currentEarnCount: whole,
      currentEarnCountDays: whole,
      currentEarnCountWeeks: whole,
      currentEarnCountMonths: whole,
    }),
    fixedWindowCycle: cycle.nullable(),
    fixedWindowReferenceId: z.uuid().nullable(),
    rollingWindowLimits: z.strictObject(rollingLimits).nullable(),
  }),
);
const recordOwner = { ownerType: z.string(), ownerReferenceId: text };
const issual = z.strictObject({
  ...dates('issuedOn', 'issueExpiresOn', 'revokedOn', 'issueEventDate'),
  issuedStatus: enrolmentStatus,
  issueId: id,
  ...recordOwner,
});
const earn = z.strictObject({
  ...dates('earnedOn', 'earnExpiresOn', 'revokedOn', 'earnEventDate'),
  earnStatus: awardStatus,
  earnId: id,
  issueId: id.nullable(),
  ...recordOwner,
});
export const badgeOfCustomer = z.strictObject({
  id,
  name: z.string(),
  description: text,
  ...dates('startsOn', 'expiresOn'),
  action: z.enum(['ACTIVATED', 'DE_ACTIVATED']),
  badgeType: enumOf(EARN_TYPES),
  badgeStatus,
  owner: z.array(enumOf(BADGE_OWNERS)),
  claimedBy: z.array(enumOf(OWNER_TYPES)),
  images,
  earnExpiry: expiry,
  issueExpiry: expiry.nullable(),
  tags,
  badgeRank: whole,
  customerConstraints: z.array(usedConstraint).optional(),
  badgeConstraints: z.array(usedConstraint).optional(),
  issualDetails: z.strictObject({ issuedCount: count, issuals: z.array(issual) }).optional(),
  earnDetails: z.strictObject({ earnCount: count, earns: z.array(earn) }).optional(),
  issuedStatus: enrolmentStatus.nullable(),
  activeEarnedCount: count,
  customFields,
});

export const badgeGroup = named(
  'BadgeGroup',
  z.strictObject({ id, orgId: z.int(), name: z.string(), rank: z.int(), ...stamps, isActive: z.boolean() }),
);
export const groupList = z.strictObject({ badgeGroups: z.array(badgeGroup), pagination });
export const customField = named(
  'CustomField',
  z.strictObject({
    id,
    orgId: z.int(),
    name: z.string(),
    isMandatory: z.boolean(),
    defaultValue: text,
    isActive: z.boolean(),
    dataType: enumOf(CUSTOM_FIELD_TYPES),
    ...stamps,
  }),
);
export const customFieldList = z.strictObject({ customFieldROList: z.array(customField), pagination });
export const orgMeta = named(
  'OrgMeta',
  z.strictObject({ id, orgId: z.int(), tags: z.array(z.looseObject({})), ...stamps }),
);
