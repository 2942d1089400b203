import type { OwnerType } from '../../../../shared/domain/badge';
import { addMonths, dateAt, startOfDate, type Zone } from '../../../../shared/domain/calendar';
import { toIso, type Instant } from '../../../../shared/domain/instant';
import { badgeLimit, customerLimit, expiry, type BadgeBody } from '../../../../shared/domain/templates';
import type { PlainKey } from '../../../../shared/words/message';
import type { Speaker } from '../../../../shared/words/speaker';

/** What a sample is called, whatever the language. */
export type SampleName = Extract<PlainKey, `samples.${string}`>;

/** One badge of the sample programme. */
export interface Sample {
  /** Of what it is called. */
  name: SampleName;
  body: BadgeBody;
  /** It starts in the past and is created as a historical badge (semantics L4). */
  migration: boolean;
  claims: readonly { ownerType: OwnerType; referenceId: string }[];
}

/**
 * The sample programme: the badges of a coffee chain's loyalty programme as they would stand on the day `now`. Between
 * them they show both earn types, every status, every kind of expiry and every kind of limit at both levels.
 *
 * @param speaker in whose language their texts are
 */
export function sampleProgramme(now: Instant, zone: Zone, { say }: Pick<Speaker, 'say'>): readonly Sample[] {
  const today = dateAt(now, zone);
  const day = (offset: number): string => toIso(startOfDate(today + offset, zone), zone);
  const months = (offset: number): string => toIso(addMonths(startOfDate(today, zone), offset, zone), zone);

  const past = (name: SampleName, body: BadgeBody, ...claims: Sample['claims']): Sample => ({
    name,
    body: { name: say(name), active: true, ...body },
    migration: true,
    claims,
  });
  const coming = (name: SampleName, body: BadgeBody, ...claims: Sample['claims']): Sample => ({
    ...past(name, body, ...claims),
    migration: false,
  });
  const owners = (...restrictedToOwners: OwnerType[]): BadgeBody => ({ restrictedToOwners });
  const tags = (season: PlainKey, tier: PlainKey): BadgeBody[] => [
    { name: say('samples.season'), value: say(season) },
    { name: say('samples.tier'), value: say(tier) },
  ];

  return [
    past(
      'samples.firstCup',
      {
        description: say('samples.firstCupText'),
        startOn: months(-6),
        expiresOn: months(18),
        earnType: 'EARN',
        earnedBadgeExpiry: expiry.never(),
        ownership: owners('Loyalty', 'Journeys'),
        customerConstraints: [customerLimit.inAll(1)],
        badgeConstraints: [badgeLimit.none()],
        benefits: [{ benefitType: 'COUPON', seriesId: 6789 }],
        tags: tags('samples.allYear', 'samples.everyone'),
        badgeRank: 9,
      },
      { ownerType: 'Loyalty', referenceId: '626' },
    ),
    past(
      'samples.regular',
      {
        description: say('samples.regularText'),
        startOn: months(-3),
        expiresOn: months(9),
        earnType: 'EARN',
        earnedBadgeExpiry: expiry.after(1, 'MONTHS'),
        ownership: owners('Loyalty', 'Milestones'),
        customerConstraints: [customerLimit.perCycle(1, { durationType: 'MONTHS' })],
        badgeConstraints: [badgeLimit.inTheLast(3_000, 1, 'DAYS'), badgeLimit.inTheLast(15_000, 1, 'WEEKS')],
        tags: tags('samples.allYear', 'samples.silver'),
        badgeRank: 3,
      },
      { ownerType: 'Loyalty', referenceId: '626' },
      { ownerType: 'Milestones', referenceId: '41' },
    ),
    past(
      'samples.mondayBrew',
      {
        description: say('samples.mondayBrewText'),
        startOn: day(-45),
        expiresOn: day(135),
        earnType: 'EARN',
        earnedBadgeExpiry: expiry.after(2, 'WEEKS'),
        ownership: owners('Loyalty'),
        customerConstraints: [customerLimit.perCycle(1, { durationType: 'WEEKS', startDayOfTheWeek: 'MONDAY' })],
        badgeConstraints: [badgeLimit.none()],
        tags: tags('samples.allYear', 'samples.everyone'),
        badgeRank: 7,
      },
      { ownerType: 'Loyalty', referenceId: '627' },
    ),
    past(
      'samples.sprint',
      {
        description: say('samples.sprintText'),
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
        images: [{ name: say('samples.sprintImage'), fileSvcHandle: 'sample-sprint', url: null, tag: 'EARNED' }],
        tags: tags('samples.roastery', 'samples.goldTier'),
        badgeRank: 2,
      },
      { ownerType: 'Audience_Campaigns', referenceId: '7001' },
      { ownerType: 'Loyalty', referenceId: '626' },
    ),
    past(
      'samples.friend',
      {
        description: say('samples.friendText'),
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
        tags: tags('samples.allYear', 'samples.everyone'),
      },
      { ownerType: 'Referral_Campaigns', referenceId: '88' },
    ),
    past(
      'samples.pumpkin',
      {
        description: say('samples.pumpkinText'),
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
        tags: tags('samples.autumn', 'samples.everyone'),
        customFields: { [say('samples.campaign')]: say('samples.campaignAutumn'), [say('samples.budget')]: '1000' },
        badgeRank: 1,
      },
      { ownerType: 'Loyalty_Promotion', referenceId: '80332' },
      { ownerType: 'Loyalty', referenceId: '626' },
    ),
    past(
      'samples.barista',
      {
        description: say('samples.baristaText'),
        startOn: months(-1),
        expiresOn: months(5),
        earnType: 'ISSUE_EARN',
        issuedBadgeExpiry: expiry.after(30, 'DAYS'),
        earnedBadgeExpiry: expiry.after(6, 'MONTHS'),
        ownership: owners('Milestones', 'Journeys'),
        customerConstraints: [customerLimit.inAll(1)],
        badgeConstraints: [badgeLimit.perCycle(500, { durationType: 'MONTHS' })],
        tags: tags('samples.academy', 'samples.goldTier'),
      },
      { ownerType: 'Milestones', referenceId: '42' },
    ),
    past(
      'samples.gold',
      {
        description: say('samples.goldText'),
        startOn: months(-12),
        expiresOn: months(12),
        earnType: 'ISSUE_EARN',
        issuedBadgeExpiry: expiry.never(),
        earnedBadgeExpiry: expiry.after(12, 'MONTHS'),
        ownership: owners('Loyalty'),
        customerConstraints: [customerLimit.none()],
        badgeConstraints: [badgeLimit.none()],
        tags: tags('samples.allYear', 'samples.goldTier'),
        badgeRank: 1,
      },
      { ownerType: 'Loyalty', referenceId: '626' },
    ),
    past(
      'samples.sorry',
      {
        description: say('samples.sorryText'),
        startOn: months(-4),
        expiresOn: months(20),
        earnType: 'EARN',
        earnedBadgeExpiry: expiry.after(90, 'DAYS'),
        ownership: owners('Goodwill_Module'),
        customerConstraints: [customerLimit.inTheLastDays(1, 14)],
        badgeConstraints: [badgeLimit.none()],
        benefits: [{ benefitType: 'COUPON', seriesId: 13686 }],
        tags: tags('samples.allYear', 'samples.care'),
      },
      { ownerType: 'Goodwill_Module', referenceId: 'care-desk' },
    ),
    past(
      'samples.icedSummer',
      {
        description: say('samples.icedSummerText'),
        startOn: months(-5),
        expiresOn: months(-2),
        earnType: 'EARN',
        earnedBadgeExpiry: expiry.onDate(months(1)),
        ownership: owners('Loyalty', 'Historical_Import'),
        customerConstraints: [customerLimit.perCycle(2, { durationType: 'WEEKS', startDayOfTheWeek: 'SATURDAY' })],
        badgeConstraints: [badgeLimit.perCycle(5_000, { durationType: 'WEEKS', startDayOfTheWeek: 'SATURDAY' })],
        tags: tags('samples.summer', 'samples.everyone'),
      },
      { ownerType: 'Loyalty', referenceId: '626' },
      { ownerType: 'Historical_Import', referenceId: '1' },
    ),
    coming(
      'samples.winter',
      {
        description: say('samples.winterText'),
        startOn: day(14),
        expiresOn: day(104),
        earnType: 'EARN',
        earnedBadgeExpiry: expiry.withBadge(),
        ownership: owners('Loyalty', 'Audience_Campaigns'),
        customerConstraints: [customerLimit.inAll(1)],
        badgeConstraints: [badgeLimit.inAll(5_000), badgeLimit.perCycle(100, { durationType: 'DAYS', refreshRate: 1 })],
        tags: tags('samples.winterSeason', 'samples.everyone'),
      },
      { ownerType: 'Loyalty', referenceId: '626' },
    ),
    coming(
      'samples.anniversary',
      {
        description: say('samples.anniversaryText'),
        startOn: months(3),
        expiresOn: months(6),
        earnType: 'ISSUE_EARN',
        issuedBadgeExpiry: expiry.withBadge(),
        earnedBadgeExpiry: expiry.never(),
        ownership: owners('Audience_Campaigns', 'Rewards_Catalog'),
        customerConstraints: [customerLimit.inAll(1)],
        badgeConstraints: [badgeLimit.inAll(2_500)],
        tags: tags('samples.anniversarySeason', 'samples.silver'),
        badgeRank: 4,
      },
      { ownerType: 'Audience_Campaigns', referenceId: '7002' },
      { ownerType: 'Rewards_Catalog', referenceId: '12' },
    ),
    coming('samples.secondBean', {
      description: say('samples.secondBeanText'),
      startOn: day(30),
      expiresOn: day(120),
      earnType: 'EARN',
      earnedBadgeExpiry: expiry.after(4, 'WEEKS'),
      ownership: owners('Journeys'),
      customerConstraints: [customerLimit.inAll(2)],
      badgeConstraints: [],
      active: false,
      tags: tags('samples.pilot', 'samples.everyone'),
    }),
  ];
}
