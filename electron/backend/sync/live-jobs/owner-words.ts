import type { BadgeOwner } from '../../../../shared/domain/badge';
import { message, type MessagePart, type PlainKey } from '../../../../shared/words/message';

const OWNERS = {
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

/** `Loyalty 626`, as the page calls owners; a kind that is none of the gateway's is named as it is. */
export function ownerInWords({ ownerType, referenceId }: { ownerType: string; referenceId: string }): MessagePart {
  const kind: MessagePart = Object.hasOwn(OWNERS, ownerType) ? message(OWNERS[ownerType as BadgeOwner]) : ownerType;
  return referenceId === '' ? kind : message('lookAhead.owner', { kind, referenceId });
}
