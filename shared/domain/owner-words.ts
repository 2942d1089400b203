import type { BadgeOwner } from './badge';
import type { PlainKey } from '../words/message';

/** Who gives badges away, in words; stored and sent are always the gateway's own spellings. */
export const OWNER_WORDS = {
  Loyalty: 'domain.ownerLoyalty',
  Loyalty_Promotion: 'domain.ownerLoyaltyPromotion',
  Referral_Campaigns: 'domain.ownerReferralCampaigns',
  Journeys: 'domain.ownerJourneys',
  Audience_Campaigns: 'domain.ownerAudienceCampaigns',
  Rewards_Catalog: 'domain.ownerRewardsCatalog',
  Goodwill_Module: 'domain.ownerGoodwill',
  Milestones: 'domain.ownerMilestones',
  Historical_Import: 'domain.ownerHistoricalImport',
  Membercare: 'domain.ownerMembercare',
} as const satisfies Record<BadgeOwner, PlainKey>;
