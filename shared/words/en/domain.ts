/** The gateway's values as people say them. */
export const domain = {
  ownerLoyalty: 'Loyalty',
  ownerLoyaltyPromotion: 'Loyalty promotion',
  ownerReferralCampaigns: 'Referral campaigns',
  ownerJourneys: 'Journeys',
  ownerAudienceCampaigns: 'Audience campaigns',
  ownerRewardsCatalog: 'Rewards catalog',
  ownerGoodwill: 'Goodwill',
  ownerMilestones: 'Milestones',
  ownerHistoricalImport: 'Historical import',
  ownerMembercare: 'MemberCare',

  earnDirect: 'Direct',
  earnEnrolFirst: 'Enrol first',

  statusLive: 'Live',
  statusUpcoming: 'Upcoming',
  statusExpired: 'Expired',
  statusWouldBeLive: 'Would be live',
  statusLiveOrWouldBe: 'Live or would be live',

  unitDays: 'days',
  unitWeeks: 'weeks',
  unitMonths: 'months',

  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
  saturday: 'Saturday',
  sunday: 'Sunday',

  imageUnearned: 'Not earned yet',
  imageInProgress: 'In progress',
  imageEarned: 'Earned',
} as const;
