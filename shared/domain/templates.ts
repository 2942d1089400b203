import type { OwnerType, PeriodUnit } from './badge';
import type { BadgeTrigger } from './badge-trigger';
import { addMonths, dateAt, startOfDate, type WeekDay, type Zone } from './calendar';
import type { PlainKey } from '../words/message';
import { toIso, type Instant } from './instant';

/** A create body under construction: plain JSON, in the gateway's field names. */
export type BadgeBody = Record<string, unknown>;

export interface TemplateContext {
  /** A name no other badge has. */
  name: string;
  /** For whom it is, in the language of the person. */
  description: string;
  now: Instant;
  zone: Zone;
}

/** A good first shape of a badge, for somebody who has never made one. */
export interface BadgeTemplate {
  id: string;
  title: PlainKey;
  /** One sentence: who gets it, how often, how long it lasts. */
  sentence: PlainKey;
  /** What its description says at first. */
  description: PlainKey;
  /** What its campaign counts before it asks for an award; not given: every event asks. */
  trigger?: BadgeTrigger;
  /** A body that breaks no rule: it starts at the next midnight of the zone and lasts a year unless the idea asks otherwise. */
  build(context: TemplateContext): BadgeBody;
}

/** Expiry objects as the create call takes them (semantics section 6). */
export const expiry = {
  never: (): BadgeBody => ({ expiryType: 'NEVER' }),
  withBadge: (): BadgeBody => ({ expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META', expireWithBadgeMeta: true }),
  onDate: (expiresOn: string): BadgeBody => ({ expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn }),
  after: (value: number, unit: PeriodUnit): BadgeBody => ({ expiryType: 'RELATIVE', relativeExpiryType: unit, value }),
};

interface Cycle {
  durationType: PeriodUnit;
  refreshRate?: number;
  startDayOfTheWeek?: WeekDay;
}

/** Limits on one customer, as the create call takes them (semantics section 7). */
export const customerLimit = {
  inAll: (maxEarnLimit: number): BadgeBody => ({ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit }),
  perCycle: (maxEarnLimit: number, cycle: Cycle): BadgeBody => ({
    constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW',
    maxEarnLimit,
    ...cycle,
  }),
  inTheLastDays: (maxEarnForDays: number, rollForDays: number): BadgeBody => ({
    constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW',
    rollForDays,
    maxEarnForDays,
  }),
  none: (): BadgeBody => ({ constraintType: 'CUSTOMER_BADGE_NO_LIMIT' }),
};

/** Limits on the badge over all customers. */
export const badgeLimit = {
  inAll: (maxEarnLimit: number): BadgeBody => ({ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit }),
  perCycle: (maxEarnLimit: number, cycle: Cycle): BadgeBody => ({
    constraintType: 'BADGE_FIXED_WINDOW',
    maxEarnLimit,
    ...cycle,
  }),
  inTheLast: (maxEarnLimit: number, rollValue: number, rollType: PeriodUnit): BadgeBody => ({
    constraintType: 'BADGE_ROLLING_WINDOW',
    rollType,
    rollValue,
    maxEarnLimit,
  }),
  none: (): BadgeBody => ({ constraintType: 'BADGE_NO_LIMIT' }),
};

/** Midnight of the zone that comes next. */
function nextMidnight({ now, zone }: TemplateContext): Instant {
  return startOfDate(dateAt(now, zone) + 1, zone);
}

function frame(context: TemplateContext, months: number): Pick<BadgeBody, 'startOn' | 'expiresOn'> {
  const start = nextMidnight(context);
  return {
    startOn: toIso(start, context.zone),
    expiresOn: toIso(addMonths(start, months, context.zone), context.zone),
  };
}

const owners = (...restrictedToOwners: OwnerType[]): BadgeBody => ({ restrictedToOwners });

/** An award given directly, without an enrolment. */
function direct(context: TemplateContext, months: number, rest: BadgeBody): BadgeBody {
  return {
    name: context.name,
    description: context.description,
    ...frame(context, months),
    earnType: 'EARN',
    active: true,
    ...rest,
  };
}

/** An award that customers are enrolled for first. */
function enrolled(context: TemplateContext, months: number, rest: BadgeBody): BadgeBody {
  return {
    name: context.name,
    description: context.description,
    ...frame(context, months),
    earnType: 'ISSUE_EARN',
    active: true,
    ...rest,
  };
}

export const BADGE_TEMPLATES: readonly BadgeTemplate[] = [
  {
    id: 'welcome',
    title: 'badges.templateWelcome',
    sentence: 'badges.templateWelcomeText',
    description: 'badges.templateWelcomeDescription',
    build: (context) =>
      direct(context, 12, {
        earnedBadgeExpiry: expiry.never(),
        ownership: owners('Loyalty'),
        customerConstraints: [customerLimit.inAll(1)],
        badgeConstraints: [badgeLimit.none()],
      }),
  },
  {
    id: 'monthly-visitor',
    title: 'badges.templateMonthlyVisitor',
    sentence: 'badges.templateMonthlyVisitorText',
    description: 'badges.templateMonthlyVisitorDescription',
    build: (context) =>
      direct(context, 12, {
        earnedBadgeExpiry: expiry.after(1, 'MONTHS'),
        ownership: owners('Loyalty', 'Journeys'),
        customerConstraints: [customerLimit.perCycle(1, { durationType: 'MONTHS' })],
        badgeConstraints: [badgeLimit.none()],
      }),
  },
  {
    id: 'weekly-visitor',
    title: 'badges.templateWeeklyVisitor',
    sentence: 'badges.templateWeeklyVisitorText',
    description: 'badges.templateWeeklyVisitorDescription',
    build: (context) =>
      direct(context, 6, {
        earnedBadgeExpiry: expiry.after(2, 'WEEKS'),
        ownership: owners('Loyalty', 'Milestones'),
        customerConstraints: [customerLimit.perCycle(1, { durationType: 'WEEKS', startDayOfTheWeek: 'MONDAY' })],
        badgeConstraints: [badgeLimit.none()],
      }),
  },
  {
    id: 'weeks-in-a-row',
    title: 'badges.templateWeeksInRow',
    sentence: 'badges.templateWeeksInRowText',
    description: 'badges.templateWeeksInRowDescription',
    trigger: { weeksInRow: 4 },
    build: (context) =>
      direct(context, 6, {
        earnedBadgeExpiry: expiry.after(4, 'WEEKS'),
        ownership: owners('Loyalty', 'Milestones'),
        // From the Sunday that ends a streak to the Monday on which the next one can end are 22 days.
        customerConstraints: [customerLimit.inTheLastDays(1, 21)],
        badgeConstraints: [badgeLimit.none()],
      }),
  },
  {
    id: 'limited-edition',
    title: 'badges.templateLimitedEdition',
    sentence: 'badges.templateLimitedEditionText',
    description: 'badges.templateLimitedEditionDescription',
    build: (context) =>
      direct(context, 3, {
        earnedBadgeExpiry: expiry.withBadge(),
        ownership: owners('Loyalty', 'Loyalty_Promotion'),
        customerConstraints: [customerLimit.inAll(1)],
        badgeConstraints: [
          badgeLimit.inAll(10_000),
          badgeLimit.perCycle(500, { durationType: 'DAYS', refreshRate: 1 }),
        ],
      }),
  },
  {
    id: 'challenge',
    title: 'badges.templateChallenge',
    sentence: 'badges.templateChallengeText',
    description: 'badges.templateChallengeDescription',
    build: (context) =>
      enrolled(context, 6, {
        issuedBadgeExpiry: expiry.after(30, 'DAYS'),
        earnedBadgeExpiry: expiry.after(3, 'MONTHS'),
        ownership: owners('Milestones', 'Audience_Campaigns'),
        customerConstraints: [customerLimit.inAll(1)],
        badgeConstraints: [badgeLimit.none()],
      }),
  },
  {
    id: 'campaign-reward',
    title: 'badges.templateCampaignReward',
    sentence: 'badges.templateCampaignRewardText',
    description: 'badges.templateCampaignRewardDescription',
    build: (context) =>
      enrolled(context, 2, {
        issuedBadgeExpiry: expiry.withBadge(),
        earnedBadgeExpiry: expiry.after(2, 'WEEKS'),
        ownership: owners('Audience_Campaigns', 'Loyalty'),
        customerConstraints: [customerLimit.inTheLastDays(2, 7)],
        badgeConstraints: [badgeLimit.inTheLast(3_000, 1, 'WEEKS')],
      }),
  },
  {
    id: 'referral',
    title: 'badges.templateReferral',
    sentence: 'badges.templateReferralText',
    description: 'badges.templateReferralDescription',
    build: (context) =>
      direct(context, 12, {
        earnedBadgeExpiry: expiry.after(12, 'MONTHS'),
        ownership: owners('Referral_Campaigns'),
        customerConstraints: [customerLimit.inTheLastDays(5, 30)],
        badgeConstraints: [badgeLimit.none()],
      }),
  },
  {
    id: 'goodwill',
    title: 'badges.templateGoodwill',
    sentence: 'badges.templateGoodwillText',
    description: 'badges.templateGoodwillDescription',
    build: (context) =>
      direct(context, 12, {
        earnedBadgeExpiry: expiry.after(90, 'DAYS'),
        ownership: owners('Goodwill_Module'),
        customerConstraints: [customerLimit.none()],
        badgeConstraints: [badgeLimit.none()],
      }),
  },
];

/** The body of a new badge without a template: only what has one right answer; its gaps are what the editor asks for. */
export function emptyBadgeBody(name: string): BadgeBody {
  return {
    name,
    earnType: 'EARN',
    active: true,
    ownership: { restrictedToOwners: [] },
    customerConstraints: [],
    badgeConstraints: [],
  };
}
