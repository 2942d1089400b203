import { describe, expect, test } from 'vitest';
import { findingsOf, paceOf, type LookQuestion } from '../../../../electron/backend/sync/live-jobs/look-ahead/look';
import { readBadge } from '../../../../shared/domain/read-badge';
import { instantOf, HOUR } from '../../../../shared/domain/instant';
import type { StoredBadge } from '../../../../shared/domain/org';
import { DEFAULT_SETTINGS } from '../../../../shared/domain/settings';
import type { LookFix } from '../../../../shared/ipc/look-ahead-contract';
import { inEnglish } from '../../../../shared/words/english';
import { badgeBody, enrolFirst, OWNER, owners } from '../../../domain/badge-bodies';

const NOW = instantOf('2026-06-15T12:00:00Z');

function badge(
  changes: Record<string, unknown> = {},
  claims: readonly { ownerType: string; referenceId: string }[] = [OWNER],
): StoredBadge {
  const { definition } = readBadge(
    badgeBody({
      startOn: '2026-06-01T00:00:00Z',
      expiresOn: '2026-07-01T00:00:00Z',
      ...owners('Loyalty', 'Milestones'),
      ...changes,
    }),
  );
  if (definition === null) throw new Error('no badge');
  return {
    ...{ key: 0, id: 'b', numericId: 0, createdOn: 0, createdBy: 0, lastUpdatedOn: 0, lastUpdatedBy: 0, definition },
    claims: claims.map((claim) => ({ ...claim, isActive: true })) as StoredBadge['claims'],
  };
}

const capped = (...badgeConstraints: object[]): StoredBadge => badge({ badgeConstraints });
const FIXED = { constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 100 };
const WINDOW = { constraintType: 'BADGE_FIXED_WINDOW', durationType: 'MONTHS', maxEarnLimit: 100 };
const ROLLING = { constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 7, maxEarnLimit: 100 };

function question(changes: Partial<LookQuestion> = {}): LookQuestion {
  return {
    ...{ org: 'Acme', badge: badge(), status: null, counts: { issued: 0, earned: 0 }, cycleCounts: new Map() },
    ...{ action: 'award', owner: OWNER, eventDate: null, now: NOW, settings: DEFAULT_SETTINGS },
    rows: { total: 60, good: 50, bad: 7, duplicate: 3 },
    ...changes,
  };
}

const told = (changes: Partial<LookQuestion>): unknown[] =>
  findingsOf(question(changes)).map(({ kind, code, words, atMost, fix }) => [
    kind,
    code,
    words.key.replace('lookAhead.', ''),
    ...(atMost === null ? [] : [atMost]),
    ...(fix === null ? [] : [fix.kind]),
  ]);

describe('a look before the first request', () => {
  test('has nothing to say of a job that the org will take whole', () => {
    expect(told({})).toEqual([]);
    expect(told({ action: 'enrol', badge: badge(enrolFirst(), []) })).toEqual([]);
    expect(told({ badge: badge(enrolFirst()), counts: { issued: 50, earned: 0 } })).toEqual([]);
  });

  test.each<[string, Partial<LookQuestion>, unknown[]]>([
    ['the badge is gone', { badge: null }, ['refuses', 404, 'noBadge']],
    ['a direct badge is enrolled into', { action: 'enrol' }, ['refuses', 801, 'onlyDirect', 'action']],
    ['it is switched off', { badge: badge({ active: false }) }, ['refuses', 815, 'inactive']],
    ['it is not live yet', { badge: badge({ startOn: '2026-06-20T00:00:00Z' }) }, ['refuses', 815, 'upcoming']],
    ['it is over', { badge: badge({ expiresOn: '2026-06-10T00:00:00Z' }) }, ['refuses', 815, 'over', 'date']],
    [
      'enrolment is over',
      { action: 'enrol', badge: badge({ ...enrolFirst(), expiresOn: '2026-06-10T00:00:00Z' }) },
      ['refuses', 1039, 'over', 'date'],
    ],
    [
      'its event lies before it',
      { eventDate: instantOf('2026-05-01T00:00:00Z') },
      ['refuses', 816, 'eventOutside', 'date'],
    ],
    ['its event is ahead', { eventDate: NOW + 25 * HOUR }, ['asks', 750, 'eventAhead']],
    ['nobody has claimed it', { badge: badge({}, []) }, ['refuses', 810, 'unclaimed', 'claim']],
    ['another reference has', { owner: { ...OWNER, referenceId: '627' } }, ['refuses', 810, 'unclaimed', 'claim']],
    ['no reference is named', { owner: { ...OWNER, referenceId: '' } }, ['refuses', 810, 'noReference', 'owners']],
    [
      'the owner may not claim it',
      { owner: { ownerType: 'Journeys', referenceId: '1' } },
      ['refuses', 810, 'ownerNotAllowed', 'owners'],
    ],
    [
      'the owner may be MemberCare’s own',
      { owner: { ownerType: 'Goodwill_Module', referenceId: '1' } },
      ['asks', 810, 'ownerNotAllowed', 'owners'],
    ],
    ['its limit is 0', { badge: capped({ ...FIXED, maxEarnLimit: 0 }) }, ['refuses', 990_002, 'limitZero']],
    [
      'a customer may have none',
      { badge: badge({ customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 0 }] }) },
      ['refuses', 990_001, 'limitZero'],
    ],
    ['no row is good', { rows: { total: 2, good: 0, bad: 1, duplicate: 1 } }, ['refuses', null, 'nobody']],
    [
      'it is full by the count',
      { badge: capped(FIXED), counts: { issued: 0, earned: 100 } },
      ['asks', 990_002, 'full', 0],
    ],
    [
      'it is full for good',
      {
        ...{ badge: capped(FIXED), counts: { issued: 0, earned: 120 } },
        settings: { ...DEFAULT_SETTINGS, revokeFreesCaps: false },
      },
      ['refuses', 990_002, 'full', 0],
    ],
    [
      'nobody is enrolled by the count',
      { badge: badge(enrolFirst()), counts: { issued: 0, earned: 0 } },
      ['asks', 811, 'nobodyEnrolled', 0, 'action'],
    ],
  ])('says what is wrong where %s', (_what, changes, expected) => {
    expect(told(changes)).toEqual([expected]);
  });

  test('says all that is wrong at once, so that mending one thing does not bring up the next', () => {
    expect(
      told({
        badge: badge({ startOn: '2026-06-20T00:00:00Z', active: false }, []),
        eventDate: instantOf('2026-07-04T00:00:00Z'),
      }),
    ).toEqual([
      ['refuses', 815, 'inactive'],
      // Who is switched off cannot be claimed either.
      ['refuses', 810, 'unclaimed'],
      ['refuses', 816, 'eventOutside', 'date'],
      ['asks', 750, 'eventAhead'],
    ]);
  });

  test('the org’s own word on the status counts more than our clock', () => {
    const upcoming = badge({ startOn: '2026-06-20T00:00:00Z' });
    expect(told({ badge: upcoming, status: 'LIVE' })).toEqual([]);
    expect(told({ status: 'UPCOMING' })).toEqual([['refuses', 815, 'upcoming']]);
    expect(told({ status: 'EXPIRED' })).toEqual([['refuses', 815, 'over', 'date']]);
  });

  test('MemberCare needs no claim, and who has not chosen an owner yet is not told of one', () => {
    expect(told({ owner: { ownerType: 'Membercare', referenceId: '' }, badge: badge({}, []) })).toEqual([]);
    expect(told({ owner: null, badge: badge({}, []) })).toEqual([]);
  });

  test('a claim in the name of a kind that is not known here is a claim', () => {
    const owner = { ownerType: 'New_Module', referenceId: '1' };
    expect(told({ owner, badge: badge({}, [owner]) })).toEqual([]);
  });

  test('names the owners that can be chosen in place of one that cannot', () => {
    const [found] = findingsOf(question({ owner: { ownerType: 'Journeys', referenceId: '1' } }));
    expect(found?.fix).toEqual<LookFix>({ kind: 'owners', claimed: [OWNER], allowed: ['Loyalty', 'Milestones'] });
  });

  test('enrolling in the name of an owner that is not allowed is let pass, and said', () => {
    const owner = { ownerType: 'Journeys', referenceId: '1' };
    expect(told({ action: 'enrol', owner, badge: badge(enrolFirst()) })).toEqual([
      ['says', null, 'enrolsAnyway', 'owners'],
    ]);
  });

  test.each<[string, Partial<LookQuestion>, unknown[]]>([
    ['all fit', { counts: { issued: 0, earned: 50 } }, []],
    ['some do not', { counts: { issued: 0, earned: 51 } }, [['some', 990_002, 'tooMany', 49]]],
    ['nobody has counted', { counts: { issued: null, earned: null } }, [['says', 990_002, 'windowUncounted', 100]]],
  ])('holds the rows against what a limit over its whole life leaves: %s', (_what, changes, expected) => {
    expect(told({ badge: capped(FIXED), ...changes })).toEqual(expected);
  });

  test('holds the rows against what the window of the event leaves, as the org counts it', () => {
    const june = instantOf('2026-06-01T00:00:00Z');
    const used = (count: number, changes: Partial<LookQuestion> = {}): unknown[] =>
      told({
        badge: capped(WINDOW),
        counts: { issued: 0, earned: 900 },
        cycleCounts: new Map([[june, count]]),
        ...changes,
      });
    expect(used(50)).toEqual([]);
    expect(used(80)).toEqual([['some', 990_002, 'tooManyForCycle', 20]]);
    // The next window makes room for who waits, and none for an event of this one.
    expect(used(100)).toEqual([['asks', 990_002, 'cycleFull', 0]]);
    expect(used(100, { eventDate: NOW })).toEqual([['refuses', 990_002, 'cycleFull', 0]]);
  });

  test('a rolling window is not counted by any org: only what is sure is said', () => {
    const rolling = (good: number, earned: number): unknown[] =>
      told({
        badge: capped(ROLLING),
        counts: { issued: 0, earned },
        rows: { total: good, good, bad: 0, duplicate: 0 },
      });
    expect(rolling(50, 50)).toEqual([]);
    expect(rolling(50, 60)).toEqual([['says', 990_002, 'windowUncounted', 100]]);
    expect(rolling(101, 60)).toEqual([['some', 990_002, 'windowTooSmall', 100]]);
  });

  test('the most serious comes first, and enrolments that are too few are said with how many there are', () => {
    const found = findingsOf(
      question({
        badge: badge({ ...enrolFirst(), badgeConstraints: [FIXED] }, []),
        counts: { issued: 20, earned: 90 },
      }),
    );
    expect(found.map(({ kind, code }) => [kind, code])).toEqual([
      ['refuses', 810],
      ['some', 990_002],
      ['some', 811],
    ]);
    expect(found.map(({ words }) => inEnglish(words))[2]).toBe(
      'Customers must be enrolled first, and Acme counts 20 enrolments: at most 20 of 50 customers get it.',
    );
    expect(inEnglish(found[0]!.words)).toContain('Loyalty 626');
  });

  test.each([
    [0, 500, 20, { requests: 0, secondsAtLeast: 0 }],
    [5, 500, 20, { requests: 1, secondsAtLeast: 1 }],
    [100, 500, 20, { requests: 5, secondsAtLeast: 2 }],
    [1_100, 500, 1, { requests: 7, secondsAtLeast: 27 }],
    [10, 3, 1, { requests: 4, secondsAtLeast: 7 }],
    [1_000_000, 500, 20, { requests: 2_005, secondsAtLeast: 102 }],
  ])('%i customers in requests of %i, at %i a second', (customers, chunkSize, perSecond, expected) => {
    expect(paceOf(customers, { chunkSize, perSecond })).toEqual(expected);
  });
});
