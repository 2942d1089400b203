import type { OwnerType } from '../../../../shared/domain/badge';
import { addMonths, dateAt, startOfDate, type Zone } from '../../../../shared/domain/calendar';
import { toIso, type Instant } from '../../../../shared/domain/instant';
import { badgeLimit, customerLimit, expiry, type BadgeBody } from '../../../../shared/domain/templates';

/** One badge of the sample programme. */
export interface Sample {
  body: BadgeBody;
  /** It starts in the past and is created as a historical badge (semantics L4). */
  migration: boolean;
  claims: readonly { ownerType: OwnerType; referenceId: string }[];
}

/**
 * The sample programme: the badges of a coffee chain's loyalty programme as they would stand on the day `now`. Between
 * them they show both earn types, every status, every kind of expiry and every kind of limit at both levels.
 */
export function sampleProgramme(now: Instant, zone: Zone): readonly Sample[] {
  const today = dateAt(now, zone);
  const day = (offset: number): string => toIso(startOfDate(today + offset, zone), zone);
  const months = (offset: number): string => toIso(addMonths(startOfDate(today, zone), offset, zone), zone);

  const past = (name: string, body: BadgeBody, ...claims: Sample['claims']): Sample => ({
    body: { name, active: true, ...body },
    migration: true,
    claims,
  });
  const coming = (name: string, body: BadgeBody, ...claims: Sample['claims']): Sample => ({
    ...past(name, body, ...claims),
    migration: false,
  });
  const owners = (...restrictedToOwners: OwnerType[]): BadgeBody => ({ restrictedToOwners });
  const tags = (season: string, tier: string): BadgeBody[] => [
    { name: 'season', value: season },
    { name: 'tier', value: tier },
  ];

  return [
    past(
      'First Cup',
      {
        description: 'Welcome to the programme: your first coffee with us',
        startOn: months(-6),
        expiresOn: months(18),
        earnType: 'EARN',
        earnedBadgeExpiry: expiry.never(),
        ownership: owners('Loyalty', 'Journeys'),
        customerConstraints: [customerLimit.inAll(1)],
        badgeConstraints: [badgeLimit.none()],
        benefits: [{ benefitType: 'COUPON', seriesId: 6789 }],
        tags: tags('all year', 'everyone'),
        badgeRank: 9,
      },
      { ownerType: 'Loyalty', referenceId: '626' },
    ),
    past(
      'Regular of the Month',
      {
        description: 'One award a calendar month for eight visits in it',
        startOn: months(-3),
        expiresOn: months(9),
        earnType: 'EARN',
        earnedBadgeExpiry: expiry.after(1, 'MONTHS'),
        ownership: owners('Loyalty', 'Milestones'),
        customerConstraints: [customerLimit.perCycle(1, { durationType: 'MONTHS' })],
        badgeConstraints: [badgeLimit.inTheLast(3_000, 1, 'DAYS'), badgeLimit.inTheLast(15_000, 1, 'WEEKS')],
        tags: tags('all year', 'silver'),
        badgeRank: 3,
      },
      { ownerType: 'Loyalty', referenceId: '626' },
      { ownerType: 'Milestones', referenceId: '41' },
    ),
    past(
      'Monday Brew',
      {
        description: 'A coffee every week, counted from Monday to Sunday',
        startOn: day(-45),
        expiresOn: day(135),
        earnType: 'EARN',
        earnedBadgeExpiry: expiry.after(2, 'WEEKS'),
        ownership: owners('Loyalty'),
        customerConstraints: [customerLimit.perCycle(1, { durationType: 'WEEKS', startDayOfTheWeek: 'MONDAY' })],
        badgeConstraints: [badgeLimit.none()],
        tags: tags('all year', 'everyone'),
        badgeRank: 7,
      },
      { ownerType: 'Loyalty', referenceId: '627' },
    ),
    past(
      'Three-Day Roastery Sprint',
      {
        description: 'Two tastings in every three days, 300 a day over all shops',
        startOn: day(-20),
        expiresOn: day(40),
        earnType: 'ISSUE_EARN',
        issuedBadgeExpiry: expiry.onDate(day(70)),
        earnedBadgeExpiry: expiry.after(2, 'WEEKS'),
        ownership: owners('Loyalty', 'Audience_Campaigns'),
        customerConstraints: [customerLimit.perCycle(2, { durationType: 'DAYS', refreshRate: 3 })],
        badgeConstraints: [
          badgeLimit.inAll(10_000),
          badgeLimit.inTheLast(300, 1, 'DAYS'),
          badgeLimit.inTheLast(3_000, 1, 'WEEKS'),
        ],
        images: [{ name: 'Sprint', fileSvcHandle: 'sample-sprint', url: null, tag: 'EARNED' }],
        tags: tags('roastery', 'gold'),
        badgeRank: 2,
      },
      { ownerType: 'Audience_Campaigns', referenceId: '7001' },
      { ownerType: 'Loyalty', referenceId: '626' },
    ),
    past(
      'Bring a Friend',
      {
        description: 'For each friend who joins; five in any thirty days',
        startOn: months(-2),
        expiresOn: months(10),
        earnType: 'EARN',
        earnedBadgeExpiry: expiry.after(12, 'MONTHS'),
        ownership: owners('Referral_Campaigns'),
        customerConstraints: [customerLimit.inTheLastDays(5, 30)],
        badgeConstraints: [badgeLimit.none()],
        benefits: [
          {
            benefitType: 'LOYALTY_POINTS',
            points: 100,
            programId: 626,
            promotionId: 80332,
            allocationStrategyId: 1489,
            expirationStrategyId: 3843,
          },
        ],
        tags: tags('all year', 'everyone'),
      },
      { ownerType: 'Referral_Campaigns', referenceId: '88' },
    ),
    past(
      'Pumpkin Pioneer',
      {
        description: 'The first thousand cups of the season; it ends with the badge',
        startOn: day(-10),
        expiresOn: day(50),
        earnType: 'EARN',
        earnedBadgeExpiry: expiry.withBadge(),
        ownership: owners('Loyalty', 'Loyalty_Promotion'),
        customerConstraints: [
          customerLimit.inAll(3),
          {
            constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW',
            rollForDays: 1,
            maxEarnForDays: 1,
            rollForWeeks: 1,
            maxEarnForWeeks: 2,
            rollForMonths: 1,
            maxEarnForMonths: 3,
          },
        ],
        badgeConstraints: [badgeLimit.inAll(1_000)],
        tags: tags('autumn', 'everyone'),
        customFields: { Campaign: 'Autumn', Budget: '1000' },
        badgeRank: 1,
      },
      { ownerType: 'Loyalty_Promotion', referenceId: '80332' },
      { ownerType: 'Loyalty', referenceId: '626' },
    ),
    past(
      'Barista Course',
      {
        description: 'Enrolled customers have thirty days to finish the course',
        startOn: months(-1),
        expiresOn: months(5),
        earnType: 'ISSUE_EARN',
        issuedBadgeExpiry: expiry.after(30, 'DAYS'),
        earnedBadgeExpiry: expiry.after(6, 'MONTHS'),
        ownership: owners('Milestones', 'Journeys'),
        customerConstraints: [customerLimit.inAll(1)],
        badgeConstraints: [badgeLimit.perCycle(500, { durationType: 'MONTHS' })],
        tags: tags('academy', 'gold'),
      },
      { ownerType: 'Milestones', referenceId: '42' },
    ),
    past(
      'Gold Roast Member',
      {
        description: 'Gold for as long as the enrolment lasts; no limits',
        startOn: months(-12),
        expiresOn: months(12),
        earnType: 'ISSUE_EARN',
        issuedBadgeExpiry: expiry.never(),
        earnedBadgeExpiry: expiry.after(12, 'MONTHS'),
        ownership: owners('Loyalty'),
        customerConstraints: [customerLimit.none()],
        badgeConstraints: [badgeLimit.none()],
        tags: tags('all year', 'gold'),
        badgeRank: 1,
      },
      { ownerType: 'Loyalty', referenceId: '626' },
    ),
    past(
      'Sorry, It Was Cold',
      {
        description: 'A thank-you from customer care when something went wrong',
        startOn: months(-4),
        expiresOn: months(20),
        earnType: 'EARN',
        earnedBadgeExpiry: expiry.after(90, 'DAYS'),
        ownership: owners('Goodwill_Module'),
        customerConstraints: [customerLimit.inTheLastDays(1, 14)],
        badgeConstraints: [badgeLimit.none()],
        benefits: [{ benefitType: 'COUPON', seriesId: 13686 }],
        tags: tags('all year', 'care'),
      },
      { ownerType: 'Goodwill_Module', referenceId: 'care-desk' },
    ),
    past(
      'Iced Summer',
      {
        description: 'Last season: over, and kept for its history',
        startOn: months(-5),
        expiresOn: months(-2),
        earnType: 'EARN',
        earnedBadgeExpiry: expiry.onDate(months(1)),
        ownership: owners('Loyalty', 'Historical_Import'),
        customerConstraints: [customerLimit.perCycle(2, { durationType: 'WEEKS', startDayOfTheWeek: 'SATURDAY' })],
        badgeConstraints: [badgeLimit.perCycle(5_000, { durationType: 'WEEKS', startDayOfTheWeek: 'SATURDAY' })],
        tags: tags('summer', 'everyone'),
      },
      { ownerType: 'Loyalty', referenceId: '626' },
      { ownerType: 'Historical_Import', referenceId: '1' },
    ),
    coming(
      'Winter Warmer',
      {
        description: 'Starts in two weeks; the first five thousand, a hundred a day',
        startOn: day(14),
        expiresOn: day(104),
        earnType: 'EARN',
        earnedBadgeExpiry: expiry.withBadge(),
        ownership: owners('Loyalty', 'Audience_Campaigns'),
        customerConstraints: [customerLimit.inAll(1)],
        badgeConstraints: [badgeLimit.inAll(5_000), badgeLimit.perCycle(100, { durationType: 'DAYS', refreshRate: 1 })],
        tags: tags('winter', 'everyone'),
      },
      { ownerType: 'Loyalty', referenceId: '626' },
    ),
    coming(
      'Anniversary Espresso',
      {
        description: 'Next quarter, by invitation: enrolled customers only, until the badge ends',
        startOn: months(3),
        expiresOn: months(6),
        earnType: 'ISSUE_EARN',
        issuedBadgeExpiry: expiry.withBadge(),
        earnedBadgeExpiry: expiry.never(),
        ownership: owners('Audience_Campaigns', 'Rewards_Catalog'),
        customerConstraints: [customerLimit.inAll(1)],
        badgeConstraints: [badgeLimit.inAll(2_500)],
        tags: tags('anniversary', 'silver'),
        badgeRank: 4,
      },
      { ownerType: 'Audience_Campaigns', referenceId: '7002' },
      { ownerType: 'Rewards_Catalog', referenceId: '12' },
    ),
    coming('Second Bean', {
      description: 'A pilot that is switched off for now: nobody can get it until it is active again',
      startOn: day(30),
      expiresOn: day(120),
      earnType: 'EARN',
      earnedBadgeExpiry: expiry.after(4, 'WEEKS'),
      ownership: owners('Journeys'),
      customerConstraints: [customerLimit.inAll(2)],
      badgeConstraints: [],
      active: false,
      tags: tags('pilot', 'everyone'),
    }),
  ];
}
