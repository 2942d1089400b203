import { OWNER_TYPES, type OwnerType } from './badge';
import { message } from '../words/message';
import { BodyReader, type BadgeIssue } from './body-reader';

/**
 * Owner kinds that have claimed a badge and that it would no longer allow (semantics K5).
 *
 * @param allowed what the body lists in `ownership.restrictedToOwners`; anything else than an owner kind is passed over
 * @param claimedBy owner kinds with an active claim, in any order and as often as they claim
 * @returns each kind once, in the order of OWNER_TYPES
 */
export function claimedOwnersLost(allowed: readonly unknown[], claimedBy: readonly OwnerType[]): OwnerType[] {
  return OWNER_TYPES.filter((owner) => claimedBy.includes(owner) && !allowed.includes(owner));
}

/** A 714 for each owner kind that a draft lost although it has a claim (semantics K5), as {@link claimedOwnersLost}. */
export function claimedOwnerIssues(
  allowed: readonly unknown[],
  claimedBy: readonly OwnerType[],
): readonly BadgeIssue[] {
  const found = new BodyReader();
  const field = 'ownership.restrictedToOwners';
  for (const owner of claimedOwnersLost(allowed, claimedBy)) {
    const advice = message('refusals.ownerHasClaimed', { owner: owner.replaceAll('_', ' ') });
    found.rule(714, field, advice, field);
  }
  return found.issues;
}
