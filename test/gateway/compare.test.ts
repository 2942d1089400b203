import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OWNER_TYPES } from '../../shared/domain/badge';
import { toIsoExact } from '../../shared/domain/instant';
import { readBadge } from '../../shared/domain/read-badge';
import { compareMeanings } from '../../shared/gateway/compare';
import { MEANING_FIELDS, meaningOf, readLiveBadge, type BadgeMeaning } from '../../shared/gateway/meaning';
import { badge } from '../domain/arbitraries';

const body = {
  name: 'Five visits',
  startOn: 1799632870,
  expiresOn: 1828754110,
  earnType: 'EARN',
  earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpirytype: 'WEEKS', value: 2 },
  ownership: { restrictedToOwners: ['Loyalty', 'Milestones'] },
  customerConstraints: [
    { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'DAYS', refreshRate: 3, maxEarnLimit: 2 },
  ],
  badgeConstraints: [
    { constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 10000 },
    { constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 1, maxEarnLimit: 300 },
  ],
  tags: [
    { name: 'a', value: '1' },
    { name: 'b', value: '2' },
  ],
};

function meaning(of: unknown): BadgeMeaning {
  const definition = readLiveBadge(of);
  if (definition === null) throw new Error(JSON.stringify(readBadge(of).issues));
  return meaningOf(definition);
}

describe('comparing by meaning', () => {
  test.each([
    ['key order', Object.fromEntries(Object.entries(body).reverse())],
    [
      'epoch against ISO',
      { ...body, startOn: toIsoExact(1799632870000000), expiresOnISO: '2027-12-14T03:15:10Z', expiresOn: 5 },
    ],
    [
      'default against absent',
      { ...body, active: true, description: null, images: [], customFields: {}, issuedBadgeExpiry: null },
    ],
    ['empty description', { ...body, description: '' }],
    [
      'list order',
      {
        ...body,
        tags: [...body.tags].reverse(),
        badgeConstraints: [...body.badgeConstraints].reverse(),
        ownership: { restrictedToOwners: ['Milestones', 'Loyalty'] },
      },
    ],
    [
      'spelling',
      { ...body, isActive: true, earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpiryType: 'WEEKS', value: 2 } },
    ],
    [
      'daily for days',
      {
        ...body,
        customerConstraints: [{ ...body.customerConstraints[0], durationType: 'DAILY', startDayOfTheWeek: 1 }],
      },
    ],
    [
      'limits beside NO_LIMIT',
      { ...body, badgeConstraints: [...body.badgeConstraints, { constraintType: 'BADGE_NO_LIMIT', maxEarnLimit: 0 }] },
    ],
    ['server-owned fields', { ...body, id: 'x', orgId: 1, status: 'LIVE', createdOn: 1, issuedCount: 4 }],
  ])('%s is no difference', (_what, other) => {
    expect(compareMeanings(null, meaning(body), meaning(other))).toEqual({ state: 'in-sync', differences: [] });
  });

  test('a window form that another one follows is not what is wanted any more (W6)', () => {
    const live = {
      ...body,
      customerConstraints: [
        {
          constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW',
          durationType: 'DAYS',
          refreshRate: 5,
          maxEarnLimit: 2,
          startDate: 1799632870,
          endDate: 1800000000,
        },
        {
          constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW',
          durationType: 'DAYS',
          refreshRate: 3,
          maxEarnLimit: 2,
          startDate: 1800086400,
          endDate: 1828754110,
        },
      ],
    };
    expect(compareMeanings(null, meaning(body), meaning(live)).state).toBe('in-sync');
  });

  test.each([
    [{ draft: { name: 'A' }, live: {} }, 'draft-changed', ['name']],
    [{ draft: {}, live: { expiresOn: 1828754111 } }, 'live-changed', ['expiresOn']],
    [{ draft: { name: 'A' }, live: { name: 'B' } }, 'conflict', ['name']],
    [{ draft: { name: 'A' }, live: { name: 'A' } }, 'in-sync', []],
    [{ draft: { name: 'A' }, live: { active: false } }, 'both-changed', ['name', 'active']],
  ])('%j is %s', ({ draft, live }, state, fields) => {
    const comparison = compareMeanings(meaning(body), meaning({ ...body, ...draft }), meaning({ ...body, ...live }));
    expect(comparison.state).toBe(state);
    expect(comparison.differences.map(({ field }) => field)).toEqual(fields);
  });

  test('never synced and different: a person decides', () => {
    expect(compareMeanings(null, meaning(body), meaning({ ...body, name: 'B' })).state).toBe('conflict');
  });

  test('every change of a field a person decides is seen, and only that field', () => {
    fc.assert(
      fc.property(badge, badge, fc.subarray([...OWNER_TYPES], { minLength: 1 }), (one, other, owners) => {
        const base = meaningOf(one);
        const changed = meaningOf({
          ...one,
          expiresOn: other.expiresOn,
          restrictedToOwners: owners,
          badgeConstraints: other.badgeConstraints,
        });
        const { differences } = compareMeanings(base, changed, base);
        const expected = MEANING_FIELDS.filter((field) => base[field] !== changed[field]);
        expect(differences.map(({ field }) => field)).toEqual(expected);
        expect(differences.every(({ change }) => change === 'draft')).toBe(true);
        expect(compareMeanings(base, base, base).state).toBe('in-sync');
      }),
    );
  });
});
