import fc from 'fast-check';
import type { BadgeDefinition, Constraint, Expiry, FixedWindowConstraint } from '../../shared/domain/badge';
import { WEEK_DAYS } from '../../shared/domain/calendar';
import { DAY, HOUR, instantOf, MICROSECOND, type Instant } from '../../shared/domain/instant';

/** Zones with and without clock changes, at midnight (Santiago, Beirut) and by half an hour (Lord Howe). */
const ZONES = [
  'UTC',
  'Asia/Kolkata',
  'Europe/Berlin',
  'America/Santiago',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Apia',
] as const;

export const zone = fc.constantFrom(...ZONES);

const EARLIEST = instantOf('2019-01-01T00:00:00Z');
const LATEST = instantOf('2031-01-01T00:00:00Z');

/** Any microsecond of twelve years, leaning towards round hours, where boundaries lie. */
export const instant: fc.Arbitrary<Instant> = fc.oneof(
  fc.integer({ min: EARLIEST, max: LATEST }),
  fc.integer({ min: EARLIEST / HOUR, max: LATEST / HOUR }).map((hours) => hours * HOUR),
  fc.integer({ min: EARLIEST / DAY, max: LATEST / DAY }).map((days) => days * DAY - MICROSECOND),
);

const unit = fc.constantFrom('DAYS' as const, 'WEEKS' as const, 'MONTHS' as const);
const limit = fc.integer({ min: 0, max: 6 });

const expiry: fc.Arbitrary<Expiry> = fc.oneof(
  fc.record({ kind: fc.constant('FIXED_DATE' as const), expiresOn: instant }),
  fc.constant<Expiry>({ kind: 'WITH_BADGE_META' }),
  fc.record({ kind: fc.constant('RELATIVE' as const), unit, value: fc.integer({ min: 1, max: 14 }) }),
  fc.constant<Expiry>({ kind: 'NEVER' }),
);

export const fixedWindow: fc.Arbitrary<FixedWindowConstraint> = fc
  .oneof(
    fc
      .integer({ min: 1, max: 10 })
      .map((refreshRate) => ({ durationType: 'DAYS' as const, refreshRate, startDayOfTheWeek: null })),
    fc
      .constantFrom(...WEEK_DAYS)
      .map((startDayOfTheWeek) => ({ durationType: 'WEEKS' as const, refreshRate: null, startDayOfTheWeek })),
    fc.constant({ durationType: 'MONTHS' as const, refreshRate: null, startDayOfTheWeek: null }),
  )
  .chain((form) =>
    limit.map((maxEarnLimit) => ({
      kind: 'FIXED_WINDOW' as const,
      ...form,
      maxEarnLimit,
      fromDate: null,
      untilDate: null,
    })),
  );

const fixedValue: fc.Arbitrary<Constraint> = limit.map((maxEarnLimit) => ({
  kind: 'FIXED_VALUE',
  maxEarnLimit: maxEarnLimit * 2,
}));

export const customerConstraint: fc.Arbitrary<Constraint> = fc.oneof(
  fixedValue,
  fixedWindow,
  fc.record({
    kind: fc.constant('CUSTOMER_ROLLING_WINDOW' as const),
    rollForDays: fc.integer({ min: 0, max: 4 }),
    maxEarnForDays: limit,
    rollForWeeks: fc.integer({ min: 0, max: 2 }),
    maxEarnForWeeks: limit,
    rollForMonths: fc.integer({ min: 0, max: 2 }),
    maxEarnForMonths: limit,
  }),
  fc.constant<Constraint>({ kind: 'NO_LIMIT' }),
);

const badgeConstraint: fc.Arbitrary<Constraint> = fc.oneof(
  fixedValue,
  fixedWindow,
  fc.record({
    kind: fc.constant('BADGE_ROLLING_WINDOW' as const),
    rollType: unit,
    rollValue: fc.integer({ min: 1, max: 3 }),
    maxEarnLimit: limit,
  }),
  fc.constant<Constraint>({ kind: 'NO_LIMIT' }),
);

/** Any badge that can be created, whatever its dates; `LIVE`-ness is the caller's choice of clock. */
export const badge: fc.Arbitrary<BadgeDefinition> = fc
  .record({
    startOn: instant,
    life: fc.integer({ min: 1, max: 200 * DAY }),
    earnType: fc.constantFrom('EARN' as const, 'ISSUE_EARN' as const),
    earnedBadgeExpiry: expiry,
    issuedBadgeExpiry: expiry,
    customerConstraints: fc.array(customerConstraint, { maxLength: 3 }),
    badgeConstraints: fc.array(badgeConstraint, { maxLength: 3 }),
  })
  .map(({ startOn, life, issuedBadgeExpiry, ...rest }) => ({
    name: 'Any badge',
    description: null,
    startOn,
    expiresOn: startOn + life,
    issuedBadgeExpiry: rest.earnType === 'ISSUE_EARN' ? issuedBadgeExpiry : null,
    restrictedToOwners: ['Loyalty'],
    active: true,
    images: [],
    tags: [],
    benefits: [],
    badgeGroupId: null,
    badgeRank: null,
    defaultTillId: null,
    customFields: {},
    ...rest,
  }));
