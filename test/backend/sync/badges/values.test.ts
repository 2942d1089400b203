/** Every field of a badge in words, and what a path or a code of the gateway is about. */
import { describe, expect, test } from 'vitest';
import { withFieldsOf } from '../../../../electron/backend/badges/badge-body';
import { dayInWords, daysInWords } from '../../../../shared/words/day-words';
import { fieldOfPath, pathOfCode } from '../../../../electron/backend/sync/badges/expected-refusals';
import { rowDigestOf, snapshotOf, updatedOnOf } from '../../../../electron/backend/sync/badges/live-badge';
import { seenFrom } from '../../../../electron/backend/sync/badges/lines';
import { valueInWords } from '../../../../electron/backend/badges/value-words';
import { storedLiveBadge } from '../../../../electron/backend/sync/badges/stored-live-badge';
import { SECOND } from '../../../../shared/domain/instant';
import type { RemoteBadge } from '../../../../shared/gateway/client-schemas';
import type { BadgeMeaning, MeaningField } from '../../../../shared/gateway/meaning';
import { inEnglish } from '../../../../shared/words/english';
import { liveBody } from '../practice-org';

const VALUES: readonly (readonly [MeaningField, unknown])[] = [
  ...(['EARN', 'ISSUE_EARN'] as const).map((type) => ['earnType', type] as const),
  ['active', true],
  ['active', false],
  ['startOn', 1e300],
  ['expiresOn', -62_198_755_200 * SECOND],
  ['expiresOn', 253_402_300_800 * SECOND],
  ...[null, { kind: 'WITH_BADGE_META' }, { kind: 'NEVER' }].map((expiry) => ['issuedBadgeExpiry', expiry] as const),
  ...(['DAYS', 'WEEKS', 'MONTHS'] as const).flatMap((unit) =>
    [1, 2].map((value) => ['earnedBadgeExpiry', { kind: 'RELATIVE', unit, value }] as const),
  ),
  ['customerConstraints', []],
  ['customerConstraints', [{ kind: 'NO_LIMIT' }]],
  ...(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY', null] as const).map(
    (startDayOfTheWeek) =>
      [
        'customerConstraints',
        [{ kind: 'FIXED_WINDOW', durationType: 'WEEKS', refreshRate: null, startDayOfTheWeek, maxEarnLimit: 2 }],
      ] as const,
  ),
  ...[null, 1, 5].map(
    (refreshRate) =>
      [
        'badgeConstraints',
        [{ kind: 'FIXED_WINDOW', durationType: 'DAYS', refreshRate, startDayOfTheWeek: null, maxEarnLimit: 2_000 }],
      ] as const,
  ),
  [
    'badgeConstraints',
    [{ kind: 'FIXED_WINDOW', durationType: 'MONTHS', refreshRate: null, startDayOfTheWeek: null, maxEarnLimit: 3 }],
  ],
  ...[
    [0, 0, 0],
    [1, 0, 0],
    [0, 2, 0],
    [0, 0, 3],
    [1, 2, 3],
  ].map(
    ([rollForDays = 0, rollForWeeks = 0, rollForMonths = 0]) =>
      [
        'customerConstraints',
        [
          {
            ...{ kind: 'CUSTOMER_ROLLING_WINDOW', rollForDays, rollForWeeks, rollForMonths },
            ...{ maxEarnForDays: 4, maxEarnForWeeks: 5, maxEarnForMonths: 6 },
          },
        ],
      ] as const,
  ),
  ['restrictedToOwners', []],
  ['restrictedToOwners', ['Loyalty', 'Referral_Campaigns', 'Goodwill_Module']],
  ['images', []],
  ['images', [{ tag: 'EARNED', name: 'star', url: 'u' }]],
  ['images', [{ tag: null, name: null, url: 'https://img' }]],
  ['images', [{ tag: null, name: null, url: null }]],
  ['tags', []],
  [
    'tags',
    [
      { name: 'a', value: null },
      { name: 'b', value: '' },
      { name: 'c', value: 'd' },
    ],
  ],
  ['tags', [{ name: null, value: 'd' }]],
  ['benefits', []],
  [
    'benefits',
    [
      { benefitType: 'COUPON', seriesId: 7 },
      { benefitType: 'COUPON', seriesId: null },
    ],
  ],
  [
    'benefits',
    [
      { benefitType: 'POINTS', points: 5, programId: 'p' },
      { benefitType: 'POINTS', points: null },
    ],
  ],
  ['customFields', {}],
  ['customFields', { Region: 'North', Empty: '' }],
  ...(['name', 'description', 'badgeGroupId', 'badgeRank', 'defaultTillId'] as const).flatMap((field) =>
    [null, '', 'x', 0].map((value) => [field, value] as const),
  ),
];

test('every value is told in words', async () => {
  const lines = VALUES.map(
    ([field, value]) =>
      `${field} ${JSON.stringify(value)} → ${inEnglish(valueInWords(field, JSON.stringify(value), 'America/New_York'))}`,
  );
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./records/values.txt');
});

test('days are told together as far as they share a month or a year', () => {
  const day = (year: number, month: number, date: number) => ({ year, month, day: date });
  expect(Array.from({ length: 12 }, (_, month) => inEnglish(dayInWords(day(2026, month + 1, 9))))).toEqual([
    ...['9 Jan 2026', '9 Feb 2026', '9 Mar 2026', '9 Apr 2026', '9 May 2026', '9 Jun 2026'],
    ...['9 Jul 2026', '9 Aug 2026', '9 Sep 2026', '9 Oct 2026', '9 Nov 2026', '9 Dec 2026'],
  ]);
  const days = (...[first, last]: [ReturnType<typeof day>, ReturnType<typeof day>]): string =>
    inEnglish(daysInWords(first, last));
  expect([
    days(day(2026, 4, 15), day(2026, 4, 15)),
    days(day(2026, 4, 15), day(2026, 4, 19)),
    days(day(2026, 4, 28), day(2026, 5, 28)),
    days(day(2025, 4, 28), day(2026, 4, 28)),
  ]).toEqual(['15 Apr 2026', '15–19 Apr 2026', '28 Apr – 28 May 2026', '28 Apr 2025 – 28 Apr 2026']);
});

test('a path and a code are about a field', () => {
  const paths = ['name', 'startOn', 'isActive', 'ownership', 'claims[0].ownerType', 'ownership.restrictedToOwners[2]'];
  expect([...paths, 'customerConstraints[1].maxEarnLimit', 'ownership.claims', '', 'odd'].map(fieldOfPath)).toEqual([
    ...['name', 'startOn', 'active', 'restrictedToOwners', 'restrictedToOwners', 'restrictedToOwners'],
    ...['customerConstraints', 'restrictedToOwners', null, null],
  ]);
  const codes = [714, 716, 717, 720, 722, 723, 724, 725, 728, 826, 990_010, 1, 715, 721];
  expect(codes.map((code) => pathOfCode(code, null))).toEqual([
    ...['ownership.restrictedToOwners', 'ownerType', 'referenceId', 'expiresOn', 'startOn', 'startOn', 'expiresOn'],
    ...['name', 'ownership.restrictedToOwners', 'customerConstraints', 'badgeGroupId', null, null, null],
  ]);
  expect([pathOfCode(722, ''), pathOfCode(722, 'tags')]).toEqual(['startOn', 'tags']);
});

describe('a live badge', () => {
  const remote = (changes: object = {}): RemoteBadge => ({ id: 'r1', ...liveBody(), ...changes }) as RemoteBadge;

  test('is told from another by what lasts of its row', () => {
    const row = { id: 'x', name: 'n', status: 'LIVE', issuedCount: 1, earnedCount: 2, badgeGroupName: 'g', rank: 1 };
    const digest = rowDigestOf(row);
    const same = { rank: 1, name: 'n', id: 'x', status: 'ENDED', issuedCount: 9, earnedCount: 9, badgeGroupName: 'h' };
    expect(rowDigestOf(same)).toBe(digest);
    for (const other of [
      { ...row, rank: 2 },
      { ...row, name: 'm' },
      { ...row, more: 1 },
    ]) {
      expect(rowDigestOf(other)).not.toBe(digest);
    }
    expect([{ lastUpdatedOn: 5 }, { lastUpdatedOn: 'soon' }, {}].map(updatedOnOf)).toEqual([5 * SECOND, null, null]);
  });

  test('is kept with its active claims, in their order', () => {
    const claim = (ownerType: string, referenceId: string, isActive?: boolean) => ({
      ownerType,
      referenceId,
      isActive,
    });
    const claims = [
      claim('Loyalty', '9'),
      claim('Loyalty', '10', true),
      claim('Journeys', '1'),
      claim('Loyalty', '1', false),
    ];
    const kept = snapshotOf(
      remote({ lastUpdatedOn: 7, ownership: { restrictedToOwners: ['Loyalty'], claims } }),
      'd',
      3,
    );
    expect(kept).toMatchObject({
      remoteId: 'r1',
      name: 'Five visits',
      seenOn: 3,
      updatedOn: 7 * SECOND,
      rowDigest: 'd',
    });
    expect(kept.claims.map(({ ownerType, referenceId }) => `${ownerType} ${referenceId}`)).toEqual([
      ...['Journeys 1', 'Loyalty 10', 'Loyalty 9'],
    ]);
    expect(JSON.parse(kept.body)).toMatchObject({ id: 'r1' });
    const odd = snapshotOf(remote({ startOn: 'soon' }), 'd', 3);
    expect(odd.meaning).toBeNull();
    expect(storedLiveBadge(odd, 'UTC')).toBeNull();
  });

  test('is held as the org must hold it: with the windows of the past and the future', () => {
    const window = (maxEarnLimit: number, dates: object = {}) => ({
      ...{ constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'MONTHLY', maxEarnLimit },
      ...dates,
    });
    const customerConstraints = [
      { constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 9 },
      window(1, { startDate: '2026-01-01T00:00:00Z', endDate: '2026-03-01T00:00:00Z' }),
      window(2, { startDate: '2026-03-01T00:00:00Z', endDate: '2099-12-31T00:00:00Z' }),
    ];
    const claims = [{ ownerType: 'Loyalty', referenceId: '1' }];
    const ownership = { restrictedToOwners: ['Loyalty'], claims };
    const live = storedLiveBadge(
      snapshotOf(remote({ customerConstraints, ownership, issuedCount: 4, earnedCount: -1 }), '', 0),
      'UTC',
    );
    expect(live?.counts).toEqual({ issuedCount: 4, earnedCount: 0 });
    expect(live?.stored).toMatchObject({
      id: 'r1',
      claims: [{ ownerType: 'Loyalty', referenceId: '1', isActive: true }],
    });
    const windows = live?.stored.definition.customerConstraints.filter(({ kind }) => kind === 'FIXED_WINDOW');
    expect(windows).toMatchInlineSnapshot(`
      [
        {
          "durationType": "MONTHS",
          "fromDate": null,
          "kind": "FIXED_WINDOW",
          "maxEarnLimit": 1,
          "refreshRate": null,
          "startDayOfTheWeek": null,
          "untilDate": 20513,
        },
        {
          "durationType": "MONTHS",
          "fromDate": 20513,
          "kind": "FIXED_WINDOW",
          "maxEarnLimit": 2,
          "refreshRate": null,
          "startDayOfTheWeek": null,
          "untilDate": null,
        },
      ]
    `);
    expect(storedLiveBadge(snapshotOf(remote({ earnedCount: '7' }), '', 0), 'UTC')?.counts.earnedCount).toBe(0);
  });
});

describe('what an org fills in by itself', () => {
  const meaning = (changes: Partial<BadgeMeaning>): BadgeMeaning =>
    ({ name: '"n"', defaultTillId: 'null', customFields: '{}', ...changes }) as BadgeMeaning;
  const seen = (
    draft: Partial<BadgeMeaning>,
    side: Partial<BadgeMeaning>,
    till: number | null,
    customFields: Record<string, string> = {},
  ) => {
    const { defaultTillId, customFields: fields } = seenFrom(meaning(draft), meaning(side), {
      ...{ till, customFields, groups: {} },
    });
    return [defaultTillId, fields];
  };

  test('is no difference where the draft says nothing of it', () => {
    expect(seen({ defaultTillId: '7' }, {}, 7)).toEqual(['7', '{}']);
    expect(seen({ defaultTillId: '8' }, {}, 7)).toEqual(['null', '{}']);
    expect(seen({ defaultTillId: '7' }, { defaultTillId: '9' }, 7)).toEqual(['9', '{}']);
    expect(seen({ defaultTillId: 'null' }, {}, null)).toEqual(['null', '{}']);
    const side = { customFields: '{"A":"1","B":"2","C":"3"}' };
    expect(seen({}, side, null, { A: '1', B: 'x' })).toEqual(['null', '{"B":"2","C":"3"}']);
    expect(seen({ customFields: '{"A":"9"}' }, side, null, { A: '1', C: '3' })).toEqual(['null', '{"A":"1","B":"2"}']);
    expect(seen({}, side, null)).toEqual(['null', side.customFields]);
    expect(seen(side, side, null, { A: '1' })).toEqual(['null', side.customFields]);
    const same = meaning(side);
    expect(seenFrom(meaning({}), same, { till: null, customFields: {}, groups: {} })).toBe(same);
  });

  test('is the id of a group, which has its own here, unless the draft calls it as the org does', () => {
    const group = (draft: string, side: string): string =>
      seenFrom(meaning({ badgeGroupId: draft }), meaning({ badgeGroupId: side }), {
        ...{ till: null, customFields: {}, groups: { there: 'here' } },
      }).badgeGroupId;
    expect(group('"here"', '"there"')).toBe('"here"');
    expect(group('"there"', '"there"')).toBe('"there"');
    expect(group('"other"', '"there"')).toBe('"here"');
    expect(group('"here"', 'null')).toBe('null');
    expect(group('"here"', '"constructor"')).toBe('"constructor"');
  });
});

test('a limit filed in the wrong list goes with the level that is taken, and whatever is none stays', () => {
  const kept = [{ constraintType: 'CUSTOMER_BADGE_NO_LIMIT' }, { constraintType: 7 }, 'odd', { a: 1 }];
  const ofBadge = { constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 1 };
  const ofCustomer = { constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 2 };
  const lists = { customerConstraints: [...kept, ofBadge], badgeConstraints: [...kept, ofCustomer, ofBadge] };
  const other = { customerConstraints: ['theirs'], badgeConstraints: ['theirs'] };
  expect(withFieldsOf(lists, other, ['customerConstraints'])).toEqual({
    customerConstraints: ['theirs'],
    badgeConstraints: [...kept, ofBadge],
  });
  expect(withFieldsOf(lists, other, ['badgeConstraints'])).toEqual({
    customerConstraints: kept,
    badgeConstraints: ['theirs'],
  });
  expect(withFieldsOf(lists, other, ['badgeConstraints', 'customerConstraints'])).toEqual(other);
  expect(withFieldsOf({ badgeConstraints: 7 }, other, ['customerConstraints'])).toEqual({
    badgeConstraints: 7,
    customerConstraints: ['theirs'],
  });
});
