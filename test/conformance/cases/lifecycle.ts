import type { Vector } from '../vectors';
import {
  at,
  BADGE,
  caseOf,
  create,
  direct,
  earn,
  enrol,
  enrolled,
  get,
  given,
  NOBODY,
  OTHER,
  post,
  put,
  refused,
  relative,
  update,
  type Json,
} from './case';

const MIGRATION = { 'X-CAP-BADGES-MIGRATION': 'MIGRATION' };
const later = (changes: Json = {}): Json => direct({ startOn: 1774000000, ...changes });
const empty = given();

/** T: times; L: creating, changing and switching badges; K: claims. */
export const LIFECYCLE_CASES: readonly Vector[] = [
  // T1, T3
  refused('zoneless-date', 'T1', empty, create(later({ startOn: '2026-04-01T00:00:00' })), 400, 400),
  refused('date-without-time', 'T1', empty, create(later({ startOn: '2026-04-01' })), 400, 400),
  refused('date-as-object', 'T1', empty, create(later({ startOn: {} })), 400, 400),
  caseOf(
    'thirteen-digits-are-seconds',
    'T1',
    empty,
    create(later({ startOn: 1775001600000, expiresOn: 1798675200000 })),
    {
      status: 201,
      warnings: [990101],
      data: { status: 'UPCOMING', startOn: 1775001600000 },
    },
  ),
  caseOf('just-below-milliseconds', 'T1', empty, create(later({ expiresOn: 99_999_999_999 })), {
    status: 201,
    warnings: [],
  }),
  caseOf('iso-twin-wins-on-create', 'T3', empty, create(later({ startOnISO: '2026-05-01T05:30:00+05:30' })), {
    status: 201,
    data: { startOn: 1777593600, startOnISO: '2026-05-01T00:00:00Z' },
  }),
  caseOf('null-iso-twin-is-not-read', 'T3', empty, create(later({ startOnISO: null })), {
    status: 201,
    data: { startOn: 1774000000 },
  }),
  caseOf('microseconds-survive', 'T2', empty, create(later({ startOn: 1774000000.123456 })), {
    status: 201,
    data: { startOn: 1774000000.123456, startOnISO: '2026-03-20T09:46:40Z' },
  }),
  caseOf(
    'iso-in-server-zone',
    'T2 T4',
    given({ tz: 'Asia/Kolkata' }),
    create(later({ startOn: '2026-04-01T00:00:00Z' })),
    {
      status: 201,
      data: { startOnISO: '2026-04-01T05:30:00+05:30' },
    },
  ),
  // L1–L4
  caseOf('live-at-start', 'L1', given({ now: '2026-01-01T00:00:00Z', badges: [direct()] }), get(`badgeMeta/${BADGE}`), {
    data: { status: 'LIVE' },
  }),
  caseOf(
    'live-just-before-end',
    'L1',
    given({ now: '2026-12-30T23:59:59.999999Z', badges: [direct()] }),
    get(`badgeMeta/${BADGE}`),
    {
      data: { status: 'LIVE' },
    },
  ),
  caseOf(
    'ended-is-expired',
    'L2',
    given({ now: '2027-01-01T00:00:00Z', badges: [direct()] }),
    get('badgeMeta', { status: 'ENDED' }),
    {
      data: { metaBasicDetails: [{ id: BADGE, status: 'EXPIRED' }] },
    },
  ),
  caseOf('active-by-default', 'L3', empty, create(later({ active: undefined })), {
    status: 201,
    data: { active: true },
  }),
  caseOf('is-active-is-a-synonym', 'L3', empty, create(later({ active: undefined, isActive: false })), {
    status: 201,
    data: { active: false },
  }),
  caseOf('active-beats-is-active', 'L3', empty, create(later({ active: true, isActive: false })), {
    status: 201,
    data: { active: true },
  }),
  refused('start-in-the-past', 'L4', empty, create(direct({ startOn: '2026-03-10T11:59:59.999999Z' })), 400, 722),
  caseOf('migration-header-any-case', 'L4', empty, create(direct(), MIGRATION), {
    status: 201,
    data: { status: 'LIVE' },
  }),
  refused('other-header-value', 'L4', empty, create(direct(), { 'X-CAP-BADGES-MIGRATION': 'true' }), 400, 722),
  caseOf('a-hundred-years-back', 'L4', empty, create(direct({ startOn: '1926-03-10T12:00:00Z' }), MIGRATION), {
    status: 201,
  }),
  refused(
    'more-than-a-hundred-years',
    'L4',
    empty,
    create(direct({ startOn: '1926-03-10T11:59:59Z' }), MIGRATION),
    400,
    722,
  ),
  caseOf('past-start-by-setting', 'L4', given({ settings: { allowPastStart: true } }), create(direct()), {
    status: 201,
  }),
  // L5–L7
  refused(
    'all-five-in-order',
    'L5',
    given({ badges: [direct()] }),
    create(
      direct({
        expiresOn: 1760000000,
        ownership: { restrictedToOwners: [], claims: [{ ownerType: 'Loyalty', referenceId: '1' }] },
      }),
    ),
    400,
    728,
    725,
    722,
    720,
    714,
  ),
  refused('start-equals-end', 'L5', empty, create(later({ expiresOn: 1774000000 })), 400, 720),
  refused(
    'enum-stops-before-the-rules',
    'L5',
    given({ badges: [direct()] }),
    create(direct({ earnType: 'earn' })),
    400,
    400,
  ),
  refused('crash-on-missing-end', 'L5 ERR999999', empty, create(later({ expiresOn: undefined })), 500, 999999),
  refused(
    'crash-on-constraint-without-type',
    'L5 ERR999999',
    empty,
    create(later({ customerConstraints: [{ maxEarnLimit: 1 }] })),
    500,
    999999,
  ),
  refused('malformed-json', 'L5 ERR400', empty, create('{"name": "x",'), 400, 400),
  refused('body-is-a-list', 'L5 ERR400', empty, create([]), 400, 400),
  refused('no-body', 'L5 ERR400', empty, post('badgeMeta'), 400, 400),
  refused('no-name', 'L7', empty, create(later({ name: undefined })), 400, 400),
  refused('no-earn-type', 'L7', empty, create(later({ earnType: undefined })), 400, 400),
  refused('no-earned-expiry', 'L7', empty, create(later({ earnedBadgeExpiry: undefined })), 400, 400),
  refused('no-issued-expiry', 'L7', empty, create(later({ earnType: 'ISSUE_EARN' })), 400, 400),
  refused(
    'fixed-date-without-date',
    'L7 X1',
    empty,
    create(later({ earnedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'FIXED_DATE' } })),
    400,
    400,
  ),
  refused('no-ownership', 'L7', empty, create(later({ ownership: undefined })), 400, 728),
  refused(
    'unknown-owner',
    'ERR400',
    empty,
    create(later({ ownership: { restrictedToOwners: ['MemberCare'] } })),
    400,
    400,
  ),
  // The update page prints MemberCare among a badge's owners: what an org printed can be sent back.
  caseOf('membercare-among-owners', 'K6', empty, create(later({ ownership: { restrictedToOwners: ['Membercare'] } })), {
    status: 201,
    data: { ownership: { restrictedToOwners: ['Membercare'] } },
  }),
  refused(
    'name-taken-by-an-expired-badge',
    'L6',
    given({ now: '2027-02-01T00:00:00Z', badges: [direct()] }),
    create(direct({ startOn: 1803000000, expiresOn: 1804000000 })),
    400,
    725,
  ),
  caseOf(
    'server-fields-are-ignored',
    'L7',
    empty,
    create(later({ id: BADGE, orgId: 5, status: 'LIVE', issuedCount: 9, createdOn: 'x' })),
    {
      status: 201,
      data: { id: '$id', status: 'UPCOMING' },
    },
  ),
  refused(
    'eleven-benefits',
    'L7',
    empty,
    create(later({ benefits: Array.from({ length: 11 }, () => ({ benefitType: 'COUPON', seriesId: 1 })) })),
    400,
    400,
  ),
  // The update page prints the issuedBadgeExpiry of a direct badge.
  caseOf(
    'direct-badge-keeps-its-issued-expiry',
    'X6',
    empty,
    create(later({ issuedBadgeExpiry: { expiryType: 'NEVER' } })),
    {
      status: 201,
      data: { issuedBadgeExpiry: { expiryType: 'NEVER' } },
    },
  ),
  caseOf('direct-badge-without-issued-expiry', 'X6', empty, create(later()), {
    status: 201,
    data: { issuedBadgeExpiry: null },
  }),
  caseOf(
    'expiry-output',
    'X1 L7',
    empty,
    create(
      later({
        earnType: 'ISSUE_EARN',
        earnedBadgeExpiry: relative('WEEKS', 2),
        issuedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META', expiresOn: 1774000000 },
      }),
    ),
    {
      status: 201,
      data: {
        earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpirytype: 'WEEKS', value: 2 },
        issuedBadgeExpiry: {
          expiryType: 'ABSOLUTE',
          type: 'WITH_BADGE_META',
          expiresOn: null,
          expireWithBadgeMeta: true,
        },
      },
    },
  ),
  caseOf(
    'numeric-group-id-becomes-text',
    'G1',
    given({ groups: [{ id: '77', name: 'G', rank: 1, isActive: true }] }),
    create(later({ badgeGroupId: 77 })),
    {
      status: 201,
      data: { badgeGroupId: '77' },
    },
  ),
  refused('unknown-group', 'G1', empty, create(later({ badgeGroupId: '78' })), 400, 990010),
  // L8–L10
  refused(
    'update-start-over-a-century-back',
    'L8',
    given({ now: '2025-12-10T12:00:00Z', badges: [direct()] }),
    update(direct({ startOn: '1925-12-10T11:59:59Z' })),
    400,
    722,
  ),
  caseOf(
    'update-start-a-century-back',
    'L8',
    given({ now: '2025-12-10T12:00:00Z', badges: [direct()] }),
    update(direct({ startOn: '1925-12-10T12:00:00Z' })),
    { data: { startOnISO: '1925-12-10T12:00:00Z', status: 'LIVE' } },
  ),
  refused(
    'update-end-into-the-past',
    'L8 L9',
    given({ now: '2025-12-10T00:00:00Z', badges: [direct()] }),
    update(direct({ startOn: 1735689600, expiresOn: 1751328000 })),
    400,
    724,
  ),
  caseOf(
    'update-keeps-an-expired-badge',
    'L9',
    given({ now: '2027-02-01T00:00:00Z', badges: [direct()] }),
    update(direct({ description: 'told' })),
    {
      data: { description: 'told', status: 'EXPIRED' },
    },
  ),
  caseOf(
    'update-revives-an-expired-badge',
    'L9',
    given({ now: '2027-02-01T00:00:00Z', badges: [direct()] }),
    update(direct({ expiresOn: 1830211200 })),
    {
      data: { status: 'LIVE' },
    },
  ),
  caseOf(
    'update-end-at-now',
    'L9',
    given({ badges: [direct()] }),
    update(direct({ expiresOn: '2026-03-10T12:00:00Z' })),
    { data: { status: 'EXPIRED' } },
  ),
  refused(
    'update-start-of-an-expired-badge',
    'L8',
    given({ now: '2027-02-01T00:00:00Z', badges: [direct()] }),
    update(direct({ startOn: 1767225601 })),
    400,
    723,
  ),
  refused(
    'update-piles-up',
    'L5',
    given({ badges: [direct(), direct({ name: 'Taken' })] }),
    update(
      direct({ name: 'Taken', startOn: 1770000000, expiresOn: 1760000000, ownership: { restrictedToOwners: [] } }),
    ),
    400,
    728,
    725,
    723,
    720,
    724,
    714,
  ),
  caseOf(
    'update-replaces-whole',
    'L10',
    given({ badges: [direct({ tags: [{ name: 'a', value: 'b' }], badgeRank: 3, description: 'x' })] }),
    update(direct()),
    {
      data: { tags: [], badgeRank: null, description: null },
    },
  ),
  caseOf(
    'update-keeps-claims',
    'K1',
    given({ badges: [direct()] }),
    update(direct({ ownership: { restrictedToOwners: ['Loyalty'], claims: [] } })),
    {
      data: {
        ownership: {
          restrictedToOwners: ['Loyalty'],
          claims: [{ ownerType: 'Loyalty', referenceId: '626', isActive: true }],
        },
      },
    },
  ),
  caseOf('update-own-name', 'L6', given({ badges: [direct()] }), update(direct({ description: 'same name' })), {
    data: { name: 'Vector badge' },
  }),
  refused('update-without-id', 'L10', given({ badges: [direct()] }), put('badgeMeta', direct()), 400, 400),
  refused(
    'update-unknown-badge',
    'ERR404',
    given({ badges: [direct()] }),
    put('badgeMeta', { ...direct({ name: 'N' }), id: NOBODY }),
    404,
    404,
  ),
  caseOf(
    'update-earn-type-while-unused',
    'L10',
    given({ now: '2025-12-10T00:00:00Z', badges: [direct()] }),
    update(enrolled()),
    {
      data: { earnType: 'ISSUE_EARN' },
    },
  ),
  refused(
    'update-without-start',
    'L10',
    given({ badges: [direct()] }),
    update(direct({ startOn: undefined })),
    400,
    400,
  ),
  caseOf(
    'given-expiry-stays',
    'X2',
    given({
      badges: [enrolled({ issuedBadgeExpiry: relative('DAYS', 10) })],
      history: [
        at('2026-03-01T00:00:00Z', enrol([1])),
        at('2026-03-02T00:00:00Z', update(enrolled({ issuedBadgeExpiry: relative('DAYS', 90) }))),
      ],
    }),
    get(`management/1/badge/${BADGE}`),
    {
      data: {
        issualDetails: {
          issuedCount: 1,
          issuals: [{ issueExpiresOnISO: '2026-03-11T00:00:00Z', issuedStatus: 'ACTIVE' }],
        },
      },
    },
  ),
  // L3: activation
  caseOf('deactivate-any-case', 'L3', given({ badges: [direct()] }), put(`badgeMeta/${BADGE}/DeActivate`, {}), {
    data: { id: BADGE, isActive: false },
  }),
  caseOf(
    'deactivate-upcoming',
    'L3',
    given({ now: '2025-12-10T00:00:00Z', badges: [direct()] }),
    put(`badgeMeta/${BADGE}/deactivate`),
    { data: { isActive: false } },
  ),
  refused('activation-of-nothing', 'ERR404', empty, put(`badgeMeta/${NOBODY}/activate`), 404, 404),
  caseOf(
    'reactivated-badge-earns',
    'L3',
    given({
      badges: [direct()],
      history: [
        at('2026-02-01T00:00:00Z', put(`badgeMeta/${BADGE}/deactivate`)),
        at('2026-02-02T00:00:00Z', put(`badgeMeta/${BADGE}/activate`)),
      ],
    }),
    earn(),
    { errors: [] },
  ),
  // K
  refused(
    'claim-nothing-given',
    'K2',
    given({ badges: [direct()] }),
    post(`badgeMeta/${BADGE}/claim`, {}),
    400,
    716,
    717,
  ),
  refused(
    'claim-empty-reference',
    'K2',
    given({ badges: [direct()] }),
    post(`badgeMeta/${BADGE}/claim`, { ownerType: 'Loyalty', referenceId: '' }),
    400,
    717,
  ),
  refused(
    'claim-unknown-badge',
    'ERR404',
    empty,
    post(`badgeMeta/${NOBODY}/claim`, { ownerType: 'Loyalty', referenceId: '1' }),
    404,
    404,
  ),
  caseOf(
    'claim-upcoming-badge',
    'K2',
    given({ now: '2025-12-10T00:00:00Z', badges: [direct()] }),
    post(`badgeMeta/${BADGE}/claim`, { ownerType: 'Loyalty', referenceId: '2' }),
    {
      data: { isActive: true },
      warnings: [],
    },
  ),
  caseOf(
    'several-claims-of-one-owner',
    'K2',
    given({
      badges: [direct()],
      history: [
        at('2026-02-01T00:00:00Z', post(`badgeMeta/${BADGE}/claim`, { ownerType: 'Loyalty', referenceId: '2' })),
      ],
    }),
    get(`badgeMeta/${BADGE}`),
    {
      data: {
        ownership: {
          claims: [
            { ownerType: 'Loyalty', referenceId: '626' },
            { ownerType: 'Loyalty', referenceId: '2' },
          ],
        },
      },
    },
  ),
  refused(
    'unclaimed-badge-cannot-be-awarded',
    'K4 E4',
    given({
      badges: [direct()],
      history: [
        at('2026-02-01T00:00:00Z', post(`badgeMeta/${BADGE}/unclaim`, { ownerType: 'Loyalty', referenceId: '626' })),
      ],
    }),
    earn(),
    409,
    810,
  ),
  caseOf(
    'claim-again-after-unclaim',
    'K4',
    given({
      badges: [direct()],
      history: [
        at('2026-02-01T00:00:00Z', post(`badgeMeta/${BADGE}/unclaim`, { ownerType: 'Loyalty', referenceId: '626' })),
      ],
    }),
    post(`badgeMeta/${BADGE}/claim`, { ownerType: 'Loyalty', referenceId: 626 }),
    { data: { referenceId: '626' }, warnings: [] },
  ),
  caseOf(
    'unclaimed-owner-can-go',
    'K5',
    given({ badges: [direct()] }),
    update(direct({ ownership: { restrictedToOwners: ['Loyalty', 'Journeys'] } })),
    {
      data: { ownership: { restrictedToOwners: ['Loyalty', 'Journeys'] } },
    },
  ),
  // The list
  caseOf(
    'list-filters-and-pages',
    'ERR400 L1',
    given({
      badges: [direct({ name: 'b' }), enrolled({ name: 'a' }), direct({ name: 'c', active: false })],
      claims: false,
    }),
    get('badgeMeta', { sortOn: 'NAME', size: '2', page: '1' }),
    {
      data: { metaBasicDetails: [{ name: 'c' }], pagination: { page: 1, size: 2, total: 3, totalPages: 2 } },
    },
  ),
  caseOf(
    'list-by-type-any-case',
    'L2',
    given({ badges: [direct(), enrolled({ name: 'a' })] }),
    get('badgeMeta', { badgeType: 'issue_earn', limit: '5' }),
    {
      data: { metaBasicDetails: [{ name: 'a' }], pagination: { page: 0, size: 5, total: 1, totalPages: 1 } },
    },
  ),
  caseOf(
    'list-unclaimed',
    'K4',
    given({
      badges: [direct(), direct({ name: 'b' })],
      history: [
        at('2026-02-01T00:00:00Z', post(`badgeMeta/${OTHER}/unclaim`, { ownerType: 'Loyalty', referenceId: '626' })),
      ],
    }),
    get('badgeMeta', { unclaimed: 'true' }),
    { data: { metaBasicDetails: [{ id: OTHER }] } },
  ),
  caseOf(
    'list-by-action',
    'L3',
    given({ badges: [direct(), direct({ name: 'b', active: false })] }),
    get('badgeMeta', { action: 'DE_ACTIVATED' }),
    {
      data: { metaBasicDetails: [{ id: OTHER, active: false }] },
    },
  ),
  caseOf(
    'list-by-name-part',
    'L6',
    given({ badges: [direct(), direct({ name: 'Gold one' })] }),
    get('badgeMeta', { name: 'GOLD' }),
    {
      data: { metaBasicDetails: [{ name: 'Gold one' }] },
    },
  ),
  refused('list-unknown-status', 'ERR400', empty, get('badgeMeta', { status: 'live' }), 400, 400),
  refused('list-negative-page', 'ERR400', empty, get('badgeMeta', { page: '-1' }), 400, 400),
];
