import type { OwnerType, PeriodUnit } from './badge';
import { addMonths, dateAt, startOfDate, type WeekDay, type Zone } from './calendar';
import { toIso, type Instant } from './instant';

/** A create body under construction: plain JSON, in the gateway's field names. */
export type BadgeBody = Record<string, unknown>;

export interface TemplateContext {
  /** A name no other badge has. */
  name: string;
  now: Instant;
  zone: Zone;
}

/** A good first shape of a badge, for somebody who has never made one. */
export interface BadgeTemplate {
  id: string;
  title: string;
  /** One sentence: who gets it, how often, how long it lasts. */
  sentence: string;
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
function direct(context: TemplateContext, description: string, months: number, rest: BadgeBody): BadgeBody {
  return { name: context.name, description, ...frame(context, months), earnType: 'EARN', active: true, ...rest };
}

/** An award that customers are enrolled for first. */
function enrolled(context: TemplateContext, description: string, months: number, rest: BadgeBody): BadgeBody {
  return { name: context.name, description, ...frame(context, months), earnType: 'ISSUE_EARN', active: true, ...rest };
}

export const BADGE_TEMPLATES: readonly BadgeTemplate[] = [
  {
    id: 'welcome',
    title: 'Welcome',
    sentence: 'Every new member gets it once and keeps it.',
    build: (context) =>
      direct(context, 'For everybody who joins the programme', 12, {
        earnedBadgeExpiry: expiry.never(),
        ownership: owners('Loyalty'),
        customerConstraints: [customerLimit.inAll(1)],
        badgeConstraints: [badgeLimit.none()],
      }),
  },
  {
    id: 'monthly-visitor',
    title: 'Monthly visitor',
    sentence: 'Once a calendar month for each customer; it lasts a month.',
    build: (context) =>
      direct(context, 'For a visit in the calendar month', 12, {
        earnedBadgeExpiry: expiry.after(1, 'MONTHS'),
        ownership: owners('Loyalty', 'Journeys'),
        customerConstraints: [customerLimit.perCycle(1, { durationType: 'MONTHS' })],
        badgeConstraints: [badgeLimit.none()],
      }),
  },
  {
    id: 'weekly-streak',
    title: 'Weekly streak',
    sentence: 'Once a week from Monday to Sunday; it lasts two weeks, so a streak is never interrupted.',
    build: (context) =>
      direct(context, 'For buying every week', 6, {
        earnedBadgeExpiry: expiry.after(2, 'WEEKS'),
        ownership: owners('Loyalty', 'Milestones'),
        customerConstraints: [customerLimit.perCycle(1, { durationType: 'WEEKS', startDayOfTheWeek: 'MONDAY' })],
        badgeConstraints: [badgeLimit.none()],
      }),
  },
  {
    id: 'limited-edition',
    title: 'Limited edition',
    sentence: 'The first 10,000 customers get it, at most 500 a day; it ends with the badge.',
    build: (context) =>
      direct(context, 'For the first ten thousand', 3, {
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
    title: 'Challenge',
    sentence: 'Customers are enrolled first and have 30 days to reach the goal; the badge then lasts three months.',
    build: (context) =>
      enrolled(context, 'Reach the goal within 30 days', 6, {
        issuedBadgeExpiry: expiry.after(30, 'DAYS'),
        earnedBadgeExpiry: expiry.after(3, 'MONTHS'),
        ownership: owners('Milestones', 'Audience_Campaigns'),
        customerConstraints: [customerLimit.inAll(1)],
        badgeConstraints: [badgeLimit.none()],
      }),
  },
  {
    id: 'campaign-reward',
    title: 'Campaign reward',
    sentence: 'Customers are enrolled by a campaign until it ends; at most two awards in any seven days.',
    build: (context) =>
      enrolled(context, 'For customers of one campaign', 2, {
        issuedBadgeExpiry: expiry.withBadge(),
        earnedBadgeExpiry: expiry.after(2, 'WEEKS'),
        ownership: owners('Audience_Campaigns', 'Loyalty'),
        customerConstraints: [customerLimit.inTheLastDays(2, 7)],
        badgeConstraints: [badgeLimit.inTheLast(3_000, 1, 'WEEKS')],
      }),
  },
  {
    id: 'referral',
    title: 'Referral',
    sentence: 'For each friend brought along, at most five in any 30 days; it lasts a year.',
    build: (context) =>
      direct(context, 'For bringing a friend', 12, {
        earnedBadgeExpiry: expiry.after(12, 'MONTHS'),
        ownership: owners('Referral_Campaigns'),
        customerConstraints: [customerLimit.inTheLastDays(5, 30)],
        badgeConstraints: [badgeLimit.none()],
      }),
  },
  {
    id: 'goodwill',
    title: 'Goodwill',
    sentence: 'Given by customer care, as often as needed; it lasts 90 days.',
    build: (context) =>
      direct(context, 'A thank-you from customer care', 12, {
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
