import { expect, test } from 'vitest';
import { claimedOwnerIssues, claimedOwnersLost } from '../../shared/domain/claimed-owners';
import { message } from '../../shared/words/message';

test('an owner with a claim must stay allowed; others may come and go (K5)', () => {
  expect(claimedOwnersLost(['Loyalty', 'Journeys'], ['Loyalty'])).toEqual([]);
  expect(claimedOwnersLost([], [])).toEqual([]);
  expect(claimedOwnersLost(['Journeys', 'nonsense', null], ['Milestones', 'Loyalty', 'Loyalty', 'Journeys'])).toEqual([
    'Loyalty',
    'Milestones',
  ]);
});

test('each lost owner is one 714 at the list of owners, in words', () => {
  expect(claimedOwnerIssues([], ['Loyalty_Promotion'])).toEqual([
    {
      code: 714,
      message: 'Owner type is not allowed.',
      reference: 'ownership.restrictedToOwners',
      path: 'ownership.restrictedToOwners',
      advice: message('refusals.ownerHasClaimed', { owner: 'Loyalty Promotion' }),
      stage: 'rule',
    },
  ]);
});
