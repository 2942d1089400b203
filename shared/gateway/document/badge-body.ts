import { z } from 'zod';
import { BADGE_OWNERS, EARN_TYPES, IMAGE_TAGS, PERIOD_UNITS } from '../../domain/badge';
import { WEEK_DAYS } from '../../domain/calendar';
import { MOST_BENEFITS, MOST_IMAGES } from '../../domain/read-badge';
import { DURATION_SYNONYMS } from '../../domain/read-constraints';
import { INSTANT } from '../body-form';
import { named } from './components';
import { WITH_BADGE_PREFIX, WITH_CUSTOMER_PREFIX } from './constraint-names';

/*
 * The badge of a create or update body. What checks it is shared/domain/read-badge.ts, whose findings are for people and
 * stand in stages; a test records which fields that reads, and of which kind, and holds these schemas to it.
 */

const enumOf = <T extends string>(values: readonly T[]) => z.enum(values as readonly [T, ...T[]]);
const text = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const atLeast = (least: 0 | 1) =>
  z.union([z.int().min(least), z.string().regex(least === 0 ? /^\d{1,15}$/ : /^0{0,5}[1-9]\d{0,9}$/)]);
const whole = z.union([z.int(), z.string().regex(/^-?\d{1,15}$/), z.null()]);
const flag = z.boolean().nullable();
const date = z.union([INSTANT, z.null()]);
/** One of two spellings of a field has to be there. */
const eitherOf = (...pairs: [string, string][]) => ({
  allOf: pairs.map((pair) => ({
    anyOf: pair.map((name) => ({ required: [name], properties: { [name]: { not: { type: 'null' } } } })),
  })),
});

const expiry = named(
  'ExpiryBody',
  z.union([
    z.looseObject({ expiryType: z.literal('NEVER') }),
    z.looseObject({ expiryType: z.literal('ABSOLUTE'), type: z.literal('WITH_BADGE_META') }),
    z
      .looseObject({
        expiryType: z.literal('ABSOLUTE'),
        type: z.literal('FIXED_DATE'),
        expiresOn: INSTANT.optional(),
        expiresOnISO: INSTANT.optional(),
      })
      .meta(eitherOf(['expiresOn', 'expiresOnISO'])),
    z
      .looseObject({
        expiryType: z.literal('RELATIVE'),
        relativeExpiryType: enumOf(PERIOD_UNITS).optional(),
        relativeExpirytype: enumOf(PERIOD_UNITS).optional(),
        value: atLeast(1),
      })
      .meta(eitherOf(['relativeExpiryType', 'relativeExpirytype'])),
  ]),
);

const durations = [...PERIOD_UNITS, ...[...DURATION_SYNONYMS.keys()].map(String)];
const [days, others] = [
  durations.filter((unit) => (DURATION_SYNONYMS.get(unit) ?? unit) === 'DAYS'),
  durations.filter((unit) => (DURATION_SYNONYMS.get(unit) ?? unit) !== 'DAYS'),
];
const weekDay = z.union([enumOf(WEEK_DAYS), z.int().min(0).max(6), z.null()]).optional();
const fixedWindow = {
  constraintType: z.enum([WITH_CUSTOMER_PREFIX.FIXED_WINDOW, WITH_BADGE_PREFIX.FIXED_WINDOW]),
  maxEarnLimit: atLeast(0),
  startDayOfTheWeek: weekDay,
};
const roll = z.union([atLeast(0), z.null()]).optional();
const constraint = named(
  'ConstraintBody',
  z.union([
    z.looseObject({ constraintType: z.enum([WITH_CUSTOMER_PREFIX.NO_LIMIT, WITH_BADGE_PREFIX.NO_LIMIT]) }),
    z.looseObject({
      constraintType: z.enum([WITH_CUSTOMER_PREFIX.FIXED_VALUE, WITH_BADGE_PREFIX.FIXED_VALUE]),
      maxEarnLimit: atLeast(0),
    }),
    z.looseObject({ ...fixedWindow, durationType: enumOf(days), refreshRate: atLeast(1) }),
    z.looseObject({ ...fixedWindow, durationType: enumOf(others) }),
    z.looseObject({
      constraintType: z.literal(WITH_BADGE_PREFIX.ROLLING_WINDOW),
      rollType: enumOf(PERIOD_UNITS),
      rollValue: atLeast(1),
      maxEarnLimit: atLeast(0),
    }),
    z.looseObject({
      constraintType: z.literal(WITH_CUSTOMER_PREFIX.ROLLING_WINDOW),
      ...{ rollForDays: roll, maxEarnForDays: roll, rollForWeeks: roll, maxEarnForWeeks: roll },
      ...{ rollForMonths: roll, maxEarnForMonths: roll },
    }),
  ]),
  'A limit in the wrong list moves to the one of its prefix.',
);
const constraints = z.array(constraint).nullable().optional();

const listed = (schema: z.ZodType, most?: number) =>
  (most === undefined ? z.array(schema) : z.array(schema).max(most)).nullable().optional();

const FIELDS = {
  name: z.union([z.string().regex(/\S/), z.number(), z.boolean()]),
  description: text.optional(),
  startOn: date.optional(),
  startOnISO: date.optional(),
  expiresOn: date.optional(),
  expiresOnISO: date.optional(),
  earnType: enumOf(EARN_TYPES),
  earnedBadgeExpiry: expiry,
  issuedBadgeExpiry: expiry.nullable().optional(),
  ownership: z.looseObject({
    restrictedToOwners: z.array(enumOf(BADGE_OWNERS)).min(1),
    claims: listed(z.looseObject({ ownerType: enumOf(BADGE_OWNERS).nullable().optional() })),
  }),
  customerConstraints: constraints,
  badgeConstraints: constraints,
  active: flag.optional(),
  isActive: flag.optional(),
  images: listed(
    z.looseObject({
      ...{ name: text.optional(), fileSvcHandle: text.optional(), url: text.optional() },
      tag: enumOf(IMAGE_TAGS).nullable().optional(),
    }),
    MOST_IMAGES,
  ),
  tags: listed(z.looseObject({ name: text.optional(), value: text.optional() })),
  benefits: listed(
    named(
      'BenefitBody',
      z.union([
        z.looseObject({ benefitType: z.literal('COUPON'), seriesId: whole.optional() }),
        z.looseObject({
          benefitType: z.literal('LOYALTY_POINTS'),
          ...{ points: whole.optional(), programId: whole.optional(), promotionId: whole.optional() },
          ...{ allocationStrategyId: whole.optional(), expirationStrategyId: whole.optional() },
          defaultTillId: whole.optional(),
        }),
      ]),
    ),
    MOST_BENEFITS,
  ),
  badgeGroupId: text.optional(),
  badgeRank: whole.optional(),
  defaultTillId: whole.optional(),
  customFields: z.record(z.string(), text).nullable().optional(),
};
const BEYOND_FIELDS = {
  ...eitherOf(['startOn', 'startOnISO'], ['expiresOn', 'expiresOnISO']),
  if: { properties: { earnType: { const: 'ISSUE_EARN' } } },
  then: { required: ['issuedBadgeExpiry'], properties: { issuedBadgeExpiry: { type: 'object' } } },
};

export const newBadgeBody = named(
  'NewBadge',
  z.looseObject(FIELDS).meta(BEYOND_FIELDS),
  'Fields that a gateway prints and nobody decides may be sent back; they are ignored.',
);
export const changedBadgeBody = named(
  'ChangedBadge',
  z.looseObject({ id: z.union([z.string().min(1), z.number()]), ...FIELDS }).meta(BEYOND_FIELDS),
  'The whole badge: what is left out is taken away.',
);
