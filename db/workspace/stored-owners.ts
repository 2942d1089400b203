import { BADGE_OWNERS, type BadgeOwner } from '../../shared/domain/badge';

/**
 * The bit of each owner kind in the column `owners`. They are on people's disks: a bit is never given to another kind,
 * and a new kind takes the next one, wherever it stands in the lists of the code.
 */
export const OWNER_BITS: Readonly<Record<BadgeOwner, number>> = {
  Loyalty: 1,
  Loyalty_Promotion: 2,
  Referral_Campaigns: 4,
  Journeys: 8,
  Audience_Campaigns: 16,
  Rewards_Catalog: 32,
  Goodwill_Module: 64,
  Milestones: 128,
  Historical_Import: 256,
  Membercare: 512,
};

export function ownerBits(owners: readonly BadgeOwner[]): number {
  return owners.reduce((bits, owner) => bits | OWNER_BITS[owner], 0);
}

/** In the order in which owners are shown; a bit that a newer version gave is none of them. */
export function ownersOfBits(bits: number): BadgeOwner[] {
  return BADGE_OWNERS.filter((owner) => (bits & OWNER_BITS[owner]) !== 0);
}
