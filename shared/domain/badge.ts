import type { CalendarDate, WeekDay } from './calendar';
import type { Instant } from './instant';

/** EARN: awarded directly. ISSUE_EARN: the customer is enrolled first, then awarded (semantics section 0). */
export type EarnType = 'EARN' | 'ISSUE_EARN';
export const EARN_TYPES: readonly EarnType[] = ['EARN', 'ISSUE_EARN'];

/** Module kinds that may claim a badge, in the order of the seed documents. */
export const OWNER_TYPES = [
  'Loyalty',
  'Loyalty_Promotion',
  'Referral_Campaigns',
  'Journeys',
  'Audience_Campaigns',
  'Rewards_Catalog',
  'Goodwill_Module',
  'Milestones',
  'Historical_Import',
] as const;
export type OwnerType = (typeof OWNER_TYPES)[number];

/** Enrolments and awards made through MemberCare need neither owner nor claim (semantics I1, E4); it claims no badge. */
export const MEMBER_CARE = 'Membercare';

/** What may stand in `restrictedToOwners`: the kinds that claim, and MemberCare, which a live org prints there (K6). */
export const BADGE_OWNERS = [...OWNER_TYPES, MEMBER_CARE] as const;
export type BadgeOwner = (typeof BADGE_OWNERS)[number];

/** Status is computed from the clock and never stored (semantics L1). */
export type BadgeStatus = 'UPCOMING' | 'LIVE' | 'EXPIRED';
export const BADGE_STATUSES: readonly BadgeStatus[] = ['UPCOMING', 'LIVE', 'EXPIRED'];

export type PeriodUnit = 'DAYS' | 'WEEKS' | 'MONTHS';
export const PERIOD_UNITS: readonly PeriodUnit[] = ['DAYS', 'WEEKS', 'MONTHS'];

/** How long an enrolment or an award lasts (semantics section 6). */
export type Expiry =
  | { kind: 'FIXED_DATE'; expiresOn: Instant }
  | { kind: 'WITH_BADGE_META' }
  | { kind: 'RELATIVE'; unit: PeriodUnit; value: number }
  | { kind: 'NEVER' };

/** The cycle form of a fixed window: what its referenceId is made of (semantics W10). */
export interface CycleForm {
  durationType: PeriodUnit;
  /** Dates in a DAYS cycle; null for WEEKS and MONTHS, whose cycles are one week and one month. */
  refreshRate: number | null;
  /** Set for WEEKS, null otherwise (semantics W5). */
  startDayOfTheWeek: WeekDay | null;
}

export interface FixedValueConstraint {
  kind: 'FIXED_VALUE';
  maxEarnLimit: number;
}

/** One configuration of a fixed window. An edit of a live badge ends one and starts the next (semantics W6, W7). */
export interface FixedWindowConstraint extends CycleForm {
  kind: 'FIXED_WINDOW';
  maxEarnLimit: number;
  /** First date of the configuration when it followed another one; null: the badge's start. */
  fromDate: CalendarDate | null;
  /** Last date of the configuration when another one follows; null: the constraint end (semantics W9). */
  untilDate: CalendarDate | null;
}

/** A customer's rolling limits, up to three; each is active when its roll value is above zero (semantics C3). */
export interface CustomerRollingConstraint {
  kind: 'CUSTOMER_ROLLING_WINDOW';
  rollForDays: number;
  maxEarnForDays: number;
  rollForWeeks: number;
  maxEarnForWeeks: number;
  rollForMonths: number;
  maxEarnForMonths: number;
}

export interface BadgeRollingConstraint {
  kind: 'BADGE_ROLLING_WINDOW';
  rollType: PeriodUnit;
  rollValue: number;
  maxEarnLimit: number;
}

export interface NoLimitConstraint {
  kind: 'NO_LIMIT';
}

export type ConstraintLevel = 'CUSTOMER' | 'BADGE';
export type Constraint =
  | FixedValueConstraint
  | FixedWindowConstraint
  | CustomerRollingConstraint
  | BadgeRollingConstraint
  | NoLimitConstraint;

/** The gateway's name of a constraint, which carries its level as a prefix. */
export function constraintTypeOf(constraint: Constraint, level: ConstraintLevel): string {
  const prefix = level === 'CUSTOMER' ? 'CUSTOMER_BADGE_' : 'BADGE_';
  switch (constraint.kind) {
    case 'FIXED_VALUE':
      return `${prefix}FIXED_VALUE`;
    case 'FIXED_WINDOW':
      return `${prefix}FIXED_WINDOW`;
    case 'CUSTOMER_ROLLING_WINDOW':
    case 'BADGE_ROLLING_WINDOW':
      return `${prefix}ROLLING_WINDOW`;
    case 'NO_LIMIT':
      return `${prefix}NO_LIMIT`;
  }
}

export type ImageTag = 'UN_EARNED' | 'IN_PROGRESS' | 'EARNED';
export const IMAGE_TAGS: readonly ImageTag[] = ['UN_EARNED', 'IN_PROGRESS', 'EARNED'];
export interface BadgeImage {
  name: string | null;
  fileSvcHandle: string | null;
  url: string | null;
  tag: ImageTag | null;
}

export interface BadgeTag {
  name: string | null;
  value: string | null;
}

export type Benefit =
  | { benefitType: 'COUPON'; seriesId: number | null }
  | {
      benefitType: 'LOYALTY_POINTS';
      points: number | null;
      programId: number | null;
      promotionId: number | null;
      allocationStrategyId: number | null;
      expirationStrategyId: number | null;
      defaultTillId: number | null;
    };

/** A badge as the rules see it: everything a person decides, nothing the server adds. */
export interface BadgeDefinition {
  name: string;
  description: string | null;
  startOn: Instant;
  expiresOn: Instant;
  earnType: EarnType;
  earnedBadgeExpiry: Expiry;
  /** Set for ISSUE_EARN. A direct badge keeps one that it was given, and nothing follows from it (semantics X6). */
  issuedBadgeExpiry: Expiry | null;
  restrictedToOwners: readonly BadgeOwner[];
  customerConstraints: readonly Constraint[];
  badgeConstraints: readonly Constraint[];
  active: boolean;
  images: readonly BadgeImage[];
  tags: readonly BadgeTag[];
  benefits: readonly Benefit[];
  badgeGroupId: string | null;
  badgeRank: number | null;
  defaultTillId: number | null;
  customFields: Readonly<Record<string, string>>;
}

/** UPCOMING before startOn, LIVE from startOn up to but not including expiresOn, EXPIRED from then on (semantics L1). */
export function badgeStatus(badge: Pick<BadgeDefinition, 'startOn' | 'expiresOn'>, now: Instant): BadgeStatus {
  if (now < badge.startOn) return 'UPCOMING';
  return now < badge.expiresOn ? 'LIVE' : 'EXPIRED';
}

/** A module instance that uses a badge (semantics section 3). */
export interface Claim {
  ownerType: OwnerType;
  referenceId: string;
  isActive: boolean;
}
