import { expect, test } from 'vitest';
import { BADGE_SORTS } from '../../../shared/ipc/badges-contract';
import { goodBody } from '../../db/workspace/open-workspace';
import { testBackend } from '../open-backend';

const BODIES: readonly Record<string, unknown>[] = [
  {
    ...{ name: 'A', badgeGroupId: 'winter', badgeRank: 10, tags: [{ name: 'city', value: 'Oslo' }] },
    ownership: { restrictedToOwners: ['Journeys'] },
    customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 9 }],
  },
  {
    ...{ name: 'B', badgeGroupId: 'spring', badgeRank: '2', tags: [{ name: 'age' }] },
    ownership: { restrictedToOwners: ['Loyalty'] },
    customerConstraints: [
      { constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 7, maxEarnForDays: 3 },
      { constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 1 },
    ],
    badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 1000 }],
  },
  { name: 'C', ownership: { restrictedToOwners: [] }, customerConstraints: 'odd' },
];

test('a table reads of each badge what the list does not show, as far as it can be read', async () => {
  const backend = await testBackend();
  for (const body of BODIES) await backend.call('badges.create', { body: JSON.stringify(goodBody(body)) });
  await backend.call('badges.create', { body: '{ no' });
  const sort = { by: 'name', descending: false } as const;
  expect((await backend.call('badges.list', { sort })).rows.every(({ facts }) => facts === undefined)).toBe(true);
  const { rows } = await backend.call('badges.list', { sort, withFacts: true });
  const factsOf = (name: string): unknown => rows.find((row) => row.name === name)?.facts;
  expect(factsOf('A')).toMatchObject({ group: 'winter', rank: '10', badgeLimits: [] });
  expect(factsOf('B')).toMatchObject({
    ...{ group: 'spring', rank: '2', badgeLimits: [{ kind: 'FIXED_VALUE', maxEarnLimit: 1000 }] },
    customerLimits: [{ kind: 'CUSTOMER_ROLLING_WINDOW' }, { kind: 'FIXED_VALUE' }],
  });
  const nothing = { group: null, rank: null, customerLimits: [], badgeLimits: [], claimedBy: [] };
  expect(factsOf('C')).toEqual(nothing);
  expect(factsOf('')).toEqual(nothing);
});

test('the list is sorted by each column, both ways, and what says nothing comes last', async () => {
  const backend = await testBackend();
  for (const body of BODIES) await backend.call('badges.create', { body: JSON.stringify(goodBody(body)) });
  await backend.call('badges.create', { body: '{ no' });
  const names = async (by: (typeof BADGE_SORTS)[number], descending: boolean): Promise<string> =>
    (await backend.call('badges.list', { sort: { by, descending } })).rows.map(({ name }) => name || '-').join('');
  expect(await names('rank', false)).toMatch(/^BA/);
  expect(await names('rank', true)).toMatch(/^AB/);
  expect(await names('group', false)).toMatch(/^BA/);
  expect(await names('tag', false)).toMatch(/^BA/);
  expect(await names('customerLimit', false)).toMatch(/^BA/);
  expect(await names('customerLimit', true)).toMatch(/^AB/);
  expect(await names('badgeLimit', false)).toMatch(/^B/);
  expect(await names('owner', true)).not.toBe(await names('owner', false));
  for (const by of BADGE_SORTS)
    for (const descending of [false, true]) expect((await names(by, descending)).length).toBe(4);
});
