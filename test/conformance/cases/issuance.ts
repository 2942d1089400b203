import type { Vector } from '../vectors';
import {
  at,
  BADGE,
  caseOf,
  direct,
  earn,
  earnBulk,
  enrol,
  enrolled,
  get,
  given,
  NOBODY,
  post,
  put,
  refused,
  relative,
  type Json,
} from './case';

const issued = (row: Json): Json => ({ issuedBadges: [row] });
const revoke = (body: Json): ReturnType<typeof post> =>
  post('badgeMeta/customer/revokeIssue', { badgeMetaId: BADGE, ...body });
const revokeEarn = (body: Json, headers?: Record<string, string>): ReturnType<typeof post> =>
  post('customer/revokeEarn', { badgeMetaId: BADGE, customerId: 1001, ...body }, headers);
const SAVE_AWARD = { award: 'data.earnedBadgeId' };
const SAVE_ENROLMENT = { enrolment: 'data.issuedBadges[0].issuedId' };
const value = (maxEarnLimit: number): Json => ({
  customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit }],
});

/** I: enrolment; E: awards; X: expiries; Q, D, B: requests; R, N: revoking and counting; M: imports. */
export const ISSUANCE_CASES: readonly Vector[] = [
  // I
  refused(
    'enrol-nothing-given',
    'I1',
    given(),
    enrol(undefined, { badgeMetaId: undefined, requestId: undefined, triggeredBy: undefined }),
    400,
    804,
    803,
  ),
  refused('enrol-empty-trigger', 'I1', given({ badges: [enrolled()] }), enrol([1], { triggeredBy: {} }), 400, 803),
  refused('enrol-empty-request-id', 'I1', given({ badges: [enrolled()] }), enrol([1], { requestId: '' }), 400, 804),
  refused(
    'enrol-missing-owner-and-id',
    'I1',
    given({ badges: [enrolled()] }),
    enrol([1], { requestId: null, triggeredBy: { referenceId: '1' } }),
    400,
    804,
    716,
  ),
  refused(
    'enrol-unknown-owner',
    'ERR400',
    given({ badges: [enrolled()] }),
    enrol([1], { triggeredBy: { ownerType: 'loyalty' } }),
    400,
    400,
  ),
  // The enrol page notes that badges are issued through MemberCare without owner or claim.
  caseOf(
    'enrol-through-membercare',
    'I1',
    given({ badges: [enrolled()] }),
    enrol([1], { triggeredBy: { ownerType: 'Membercare' } }),
    {
      status: 200,
      data: {
        triggeredBy: { ownerType: 'Membercare', referenceId: null },
        issuedBadges: [{ customerId: 1, issuedId: '$id', status: 'ACTIVE' }],
      },
    },
  ),
  caseOf(
    'enrol-needs-neither-claim-nor-owner',
    'I1',
    given({ badges: [enrolled()], claims: false }),
    enrol([1], { triggeredBy: { ownerType: 'Goodwill_Module' } }),
    {
      data: {
        triggeredBy: { ownerType: 'Goodwill_Module' },
        ...issued({ customerId: 1, issuedId: '$id', status: 'ACTIVE' }),
      },
    },
  ),
  caseOf('enrol-single-number', 'I1', given({ badges: [enrolled()] }), enrol(7), { data: issued({ customerId: 7 }) }),
  caseOf('enrol-numeric-text', 'I1', given({ badges: [enrolled()] }), enrol(['7']), {
    data: issued({ customerId: 7 }),
  }),
  caseOf('enrol-empty-list', 'I1', given({ badges: [enrolled()] }), enrol([]), {
    warnings: [990102],
    data: { issuedBadges: [] },
  }),
  refused('enrol-text-customer', 'ERR400', given({ badges: [enrolled()] }), enrol([1, 'x']), 400, 400),
  refused('enrol-unknown-badge', 'ERR404', given(), enrol([1], { badgeMetaId: NOBODY }), 404, 404),
  refused(
    'enrol-inactive',
    'I3',
    given({ badges: [enrolled({ active: false })] }),
    enrol([1], { issueEventDateISO: '2026-02-01T00:00:00Z' }),
    409,
    1039,
  ),
  refused('enrol-direct-before-inactive', 'I2', given({ badges: [direct({ active: false })] }), enrol([1]), 409, 801),
  caseOf(
    'enrol-retro-after-the-end',
    'I3 X3',
    given({ now: '2027-01-05T00:00:00Z', badges: [enrolled({ issuedBadgeExpiry: relative('DAYS', 2) })] }),
    enrol([1], { issueEventDateISO: '2026-12-30T00:00:00Z' }),
    {
      data: { expiresOnISO: '2027-01-01T00:00:00Z', ...issued({ status: 'EXPIRED' }) },
    },
  ),
  refused(
    'enrol-retro-at-the-end',
    'I4',
    given({ now: '2027-01-05T00:00:00Z', badges: [enrolled()] }),
    enrol([1], { issueEventDateISO: '2026-12-31T00:00:00Z' }),
    400,
    816,
  ),
  caseOf(
    'enrol-overlap-by-a-microsecond',
    'I5 I6',
    given({
      badges: [enrolled({ issuedBadgeExpiry: relative('DAYS', 1) })],
      history: [at('2026-03-09T12:00:00.000001Z', enrol([1]), SAVE_ENROLMENT)],
    }),
    enrol([1]),
    { data: issued({ issuedId: '${enrolment}', error: { code: 1040, reference: null }, status: 'ACTIVE' }) },
  ),
  caseOf(
    'enrol-touching-periods',
    'I5',
    given({
      badges: [enrolled({ issuedBadgeExpiry: relative('DAYS', 1) })],
      history: [at('2026-03-09T12:00:00Z', enrol([1]))],
    }),
    enrol([1]),
    { data: issued({ issuedId: '$id', status: 'ACTIVE' }) },
  ),
  caseOf(
    'enrol-before-a-later-one',
    'I5',
    given({
      badges: [enrolled({ issuedBadgeExpiry: relative('DAYS', 1) })],
      history: [at('2026-03-09T12:00:00Z', enrol([1]), SAVE_ENROLMENT)],
    }),
    enrol([1], { issueEventDateISO: '2026-03-09T00:00:00Z' }),
    { data: issued({ issuedId: '${enrolment}', error: { code: 1040 }, status: 'EXPIRED' }) },
  ),
  caseOf(
    'enrol-other-badge-does-not-overlap',
    'I5',
    given({
      badges: [enrolled(), enrolled({ name: 'b' })],
      history: [at('2026-03-09T12:00:00Z', enrol([1]))],
    }),
    enrol([1], { badgeMetaId: '0000000000000000000000b2' }),
    { data: issued({ issuedId: '$id', status: 'ACTIVE' }) },
  ),
  caseOf('enrol-same-customer-twice', 'D1', given({ badges: [enrolled()] }), enrol([1, 2, 1]), {
    data: {
      issuedBadges: [
        { customerId: 1, status: 'ACTIVE' },
        { customerId: 2 },
        { customerId: 1, issuedId: '$id', error: { code: 1040 }, status: 'ACTIVE' },
      ],
    },
  }),
  // E
  refused('earn-nothing-given', 'E1', given(), post('customer/earn', {}), 400, 804, 812, 803),
  refused(
    'earn-bulk-nothing-given',
    'E1',
    given(),
    post('customer/earnBulk', { triggeredBy: { referenceId: '1' } }),
    400,
    804,
    812,
    716,
  ),
  refused(
    'earn-missing-before-duplicate',
    'E1 Q1',
    given({ badges: [direct()], history: [at('2026-03-01T00:00:00Z', earn({ requestId: 'x' }))] }),
    earn({ requestId: 'x', customerId: null }),
    400,
    812,
  ),
  refused(
    'earn-duplicate-before-unknown-badge',
    'E2 Q1',
    given({ badges: [direct()], history: [at('2026-03-01T00:00:00Z', earn({ requestId: 'x' }))] }),
    earn({ requestId: 'x', badgeMetaId: NOBODY }),
    400,
    809,
  ),
  refused('earn-no-badge-id', 'E2', given(), earn({ badgeMetaId: undefined }), 404, 404),
  refused(
    'earn-upcoming-before-future',
    'E3',
    given({ now: '2025-12-15T00:00:00Z', badges: [direct()] }),
    earn({ earnEventDate: '2026-02-01T00:00:00Z' }),
    409,
    815,
  ),
  refused(
    'earn-upcoming-before-claim',
    'E3',
    given({ now: '2025-12-15T00:00:00Z', badges: [direct()], claims: false }),
    earn(),
    409,
    815,
  ),
  refused(
    'earn-future-by-a-microsecond',
    'E9',
    given({ badges: [direct()] }),
    earn({ earnEventDateISO: '2026-03-11T12:00:00.000001Z' }),
    400,
    750,
  ),
  refused(
    'earn-future-before-claim',
    'E9',
    given({ badges: [direct()], claims: false }),
    earn({ earnEventDateISO: '2026-04-11T12:00:00Z' }),
    400,
    750,
  ),
  refused(
    'earn-other-owner-same-reference',
    'E4',
    given({ badges: [direct()] }),
    earn({ triggeredBy: { ownerType: 'Milestones', referenceId: '626' } }),
    409,
    810,
  ),
  refused(
    'earn-no-reference',
    'E4',
    given({ badges: [direct()] }),
    earn({ triggeredBy: { ownerType: 'Loyalty' } }),
    409,
    810,
  ),
  caseOf(
    'earn-numeric-reference',
    'E4',
    given({ badges: [direct()] }),
    earn({ triggeredBy: { ownerType: 'Loyalty', referenceId: 626 } }),
    { errors: [] },
  ),
  caseOf(
    'earn-through-membercare',
    'E4',
    given({ badges: [direct()], claims: false }),
    earn({ triggeredBy: { ownerType: 'Membercare' } }),
    { errors: [] },
  ),
  refused(
    'earn-claim-before-duration',
    'E4 E5',
    given({ badges: [direct()], claims: false }),
    earn({ earnEventDate: '2025-01-01T00:00:00Z' }),
    409,
    810,
  ),
  refused(
    'earn-bulk-claim-refuses-whole',
    'E4',
    given({ badges: [direct()], claims: false }),
    earnBulk([1, 2]),
    409,
    810,
  ),
  refused(
    'earn-before-start',
    'E5',
    given({ badges: [direct()] }),
    earn({ earnEventDate: '2025-12-31T23:59:59Z' }),
    400,
    816,
  ),
  caseOf('earn-at-start', 'E5', given({ badges: [direct()] }), earn({ earnEventDate: 1767225600 }), { errors: [] }),
  refused(
    'earn-retro-at-the-end',
    'E5',
    given({ now: '2027-01-05T00:00:00Z', badges: [direct()] }),
    earn({ earnEventDate: 1798675200 }),
    400,
    816,
  ),
  caseOf(
    'earn-with-old-date-ignored',
    'T3',
    given({ badges: [direct()] }),
    earn({ earnEventDateISO: '2026-03-01T00:00:00Z', earnEventDate: '2020-01-01T00:00:00Z' }),
    { errors: [] },
  ),
  caseOf(
    'earn-does-not-read-issue-date',
    'T3',
    given({ badges: [direct()] }),
    earn({ issueEventDate: '2020-01-01T00:00:00Z' }),
    { errors: [] },
  ),
  caseOf(
    'earn-bulk-prefers-earn-date',
    'T3',
    given({ badges: [direct()] }),
    earnBulk([1], { earnEventDate: '2026-03-01T00:00:00Z', issueEventDate: '2020-01-01T00:00:00Z' }),
    { perCustomer: { 1: 'earned' } },
  ),
  caseOf(
    'earn-at-enrolment-start',
    'E6',
    given({
      badges: [enrolled({ issuedBadgeExpiry: relative('DAYS', 1) })],
      history: [at('2026-03-10T12:00:00Z', enrol([1001]), SAVE_ENROLMENT)],
    }),
    earn(),
    { data: { issuedId: '${enrolment}' } },
  ),
  refused(
    'earn-at-enrolment-end',
    'E6',
    given({
      now: '2026-03-11T12:00:00Z',
      badges: [enrolled({ issuedBadgeExpiry: relative('DAYS', 1) })],
      history: [at('2026-03-10T12:00:00Z', enrol([1001]))],
    }),
    earn(),
    409,
    811,
  ),
  refused(
    'earn-before-enrolment',
    'E6',
    given({ badges: [enrolled()], history: [at('2026-03-09T00:00:00Z', enrol([1001]))] }),
    earn({ earnEventDate: '2026-03-08T23:59:59Z' }),
    409,
    811,
  ),
  refused(
    'earn-enrolled-badge-after-end-unenrolled',
    'E6',
    given({ now: '2027-01-05T00:00:00Z', badges: [enrolled()] }),
    earn(),
    409,
    811,
  ),
  caseOf(
    'earn-bulk-811-is-a-row',
    'E6 B1',
    given({ badges: [enrolled()], history: [at('2026-03-09T00:00:00Z', enrol([2]))] }),
    earnBulk([1, 2]),
    {
      data: {
        issuedBadges: [
          { customerId: 1, issuedId: null, error: { code: 811, reference: null }, status: null },
          { customerId: 2, issuedId: '$id', status: 'LIVE' },
        ],
        totalCount: 2,
        earnedCount: 1,
        failedCount: 1,
        failedEarnBadgeErrorList: [
          { customerId: 1, errorCode: 811, errorMessage: 'Badge issue is mandatory before earn' },
        ],
      },
      perCustomer: { 1: 811, 2: 'earned' },
    },
  ),
  refused(
    'earn-inactive-enrolled-badge',
    'E3',
    given({
      badges: [enrolled()],
      history: [
        at('2026-03-09T00:00:00Z', enrol([1001])),
        at('2026-03-09T01:00:00Z', put(`badgeMeta/${BADGE}/deactivate`)),
      ],
    }),
    earn(),
    409,
    815,
  ),
  caseOf(
    'earn-bulk-expired-at-once',
    'E8 X1',
    given({
      badges: [
        direct({
          earnedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOnISO: '2026-03-10T12:00:00Z' },
        }),
      ],
    }),
    earnBulk([3, 1]),
    {
      data: {
        expiresOnISO: '2026-03-10T12:00:00Z',
        issuedBadges: [
          { customerId: 3, status: 'EXPIRED' },
          { customerId: 1, status: 'EXPIRED' },
        ],
      },
    },
  ),
  caseOf(
    'overlap-refused-only-while-it-lasts',
    'E10',
    given({
      badges: [direct({ earnedBadgeExpiry: relative('DAYS', 1) })],
      settings: { refuseOverlappingAwards: true },
      history: [at('2026-03-09T12:00:00Z', earnBulk([1])), at('2026-03-09T12:00:00.000001Z', earnBulk([2]))],
    }),
    earnBulk([1, 2, 3]),
    { perCustomer: { 1: 'earned', 2: 1040, 3: 'earned' } },
  ),
  caseOf(
    'overlap-is-no-matter-for-single-awards',
    'E10',
    given({
      badges: [direct()],
      settings: { refuseOverlappingAwards: true },
      history: [at('2026-03-09T12:00:00Z', earn())],
    }),
    earn(),
    { errors: [] },
  ),
  // X
  caseOf('award-weeks', 'X4', given({ badges: [direct({ earnedBadgeExpiry: relative('WEEKS', 1) })] }), earn(), {
    data: { expiresOnISO: '2026-03-17T12:00:00Z' },
  }),
  caseOf(
    'enrolment-never-counts-from-processing',
    'X5',
    given({ badges: [enrolled({ issuedBadgeExpiry: { expiryType: 'NEVER' } })] }),
    enrol([1], { issueEventDateISO: '2026-02-01T00:00:00Z' }),
    { data: { expiresOnISO: '2126-03-10T12:00:00Z' } },
  ),
  caseOf(
    'days-do-not-follow-the-clock-change',
    'X4',
    given({
      now: '2026-03-28T12:00:00Z',
      tz: 'Europe/Berlin',
      badges: [direct({ earnedBadgeExpiry: relative('DAYS', 1) })],
    }),
    earn(),
    { data: { expiresOnISO: '2026-03-29T14:00:00+02:00' } },
  ),
  caseOf(
    'months-keep-the-time-of-day',
    'X4 T4',
    given({
      now: '2026-03-15T12:00:00Z',
      tz: 'Europe/Berlin',
      badges: [direct({ earnedBadgeExpiry: relative('MONTHS', 1) })],
    }),
    earn(),
    { data: { expiresOnISO: '2026-04-15T13:00:00+02:00' } },
  ),
  caseOf(
    'absurd-period-ends-somewhere',
    'X4',
    given({ badges: [direct({ earnedBadgeExpiry: relative('MONTHS', 1e15) })] }),
    earn(),
    { errors: [] },
  ),
  // Q
  refused(
    'number-and-text-are-one-id',
    'Q1',
    given({ badges: [direct()], history: [at('2026-03-01T00:00:00Z', earn({ requestId: 77 }))] }),
    earn({ requestId: '77' }),
    400,
    809,
  ),
  refused(
    'ids-are-shared-between-endpoints',
    'Q1',
    given({ badges: [enrolled()], history: [at('2026-03-01T00:00:00Z', enrol([1], { requestId: 'x' }))] }),
    earnBulk([1], { requestId: 'x' }),
    400,
    809,
  ),
  caseOf(
    'refused-request-keeps-its-id-free',
    'Q2',
    given({
      badges: [direct()],
      history: [
        {
          ...at(
            '2026-03-01T00:00:00Z',
            earn({ requestId: 'x', triggeredBy: { ownerType: 'Loyalty', referenceId: 'no' } }),
          ),
          expectErrors: [810],
        },
      ],
    }),
    earn({ requestId: 'x' }),
    { errors: [] },
  ),
  caseOf(
    'limited-earn-keeps-its-id-free',
    'Q2 C1',
    given({
      badges: [direct(value(1))],
      history: [
        at('2026-03-01T00:00:00Z', earn()),
        { ...at('2026-03-02T00:00:00Z', earn({ requestId: 'x' })), expectErrors: [990001] },
      ],
    }),
    earn({ requestId: 'x', customerId: 5 }),
    { errors: [] },
  ),
  refused(
    'enrolment-of-nobody-consumes',
    'Q2 I1',
    given({ badges: [enrolled()], history: [at('2026-03-01T00:00:00Z', enrol([], { requestId: 'x' }))] }),
    enrol([1], { requestId: 'x' }),
    400,
    809,
  ),
  caseOf(
    'scope-by-endpoint',
    'Q1',
    given({
      settings: { requestIdScope: 'endpoint' },
      badges: [direct()],
      history: [at('2026-03-01T00:00:00Z', earn({ requestId: 'x' }))],
    }),
    earnBulk([1], { requestId: 'x' }),
    { errors: [] },
  ),
  // D, B
  caseOf('failed-line-twice', 'D1 C1', given({ badges: [direct(value(0))] }), earnBulk([1, 1]), {
    data: {
      issuedBadges: [
        { error: { code: 990001, reference: 'CUSTOMER_BADGE_FIXED_VALUE' } },
        { error: { code: 990003, reference: null } },
      ],
      failedCount: 2,
    },
    errors: [],
  }),
  // R
  caseOf('revoke-unenrolled-customer', 'R1', given({ badges: [enrolled()] }), revoke({ customers: [5] }), {
    data: { requestId: null, revokedIssuedBadges: [{ customerId: 5, issuedId: null, error: { code: 404 } }] },
  }),
  caseOf(
    'revoke-by-id',
    'R1',
    given({ badges: [enrolled()], history: [at('2026-03-01T00:00:00Z', enrol([1]), SAVE_ENROLMENT)] }),
    revoke({
      revokeIssuals: [
        { customerId: 1, issueId: '${enrolment}' },
        { customerId: 1, issueId: '${enrolment}' },
      ],
    }),
    {
      data: {
        revokedIssuedBadges: [{ customerId: 1, issuedId: '${enrolment}', error: null }, { error: { code: 404 } }],
      },
    },
  ),
  caseOf(
    'revoke-enrolment-of-another-badge',
    'R1',
    given({
      badges: [enrolled(), enrolled({ name: 'b' })],
      history: [at('2026-03-01T00:00:00Z', enrol([1]), SAVE_ENROLMENT)],
    }),
    revoke({ badgeMetaId: '0000000000000000000000b2', revokeIssuals: [{ customerId: 1, issueId: '${enrolment}' }] }),
    {
      data: { revokedIssuedBadges: [{ error: { code: 404 } }] },
    },
  ),
  refused(
    'revoke-twenty-one-ids',
    'R1',
    given({ badges: [enrolled()] }),
    revoke({ revokeIssuals: Array.from({ length: 21 }, (_, index) => ({ customerId: index + 1, issueId: NOBODY })) }),
    400,
    990004,
  ),
  caseOf(
    'revoke-twenty',
    'R1',
    given({ badges: [enrolled()] }),
    revoke({ customers: Array.from({ length: 20 }, (_, index) => index + 1) }),
    { errors: [] },
  ),
  refused('revoke-unknown-badge', 'ERR404', given(), revoke({ badgeMetaId: NOBODY, customers: [1] }), 404, 404),
  refused(
    'revoke-empty-lists',
    'R1',
    given({ badges: [enrolled()] }),
    revoke({ customers: [], revokeIssuals: [] }),
    400,
    1051,
  ),
  caseOf(
    'awards-survive-a-revoked-enrolment',
    'R1',
    given({
      badges: [enrolled()],
      history: [
        at('2026-03-01T00:00:00Z', enrol([1001])),
        at('2026-03-02T00:00:00Z', earn()),
        at('2026-03-03T00:00:00Z', revoke({ customers: [1001] })),
      ],
    }),
    get('customer/1001', { badgeType: 'EARNED' }),
    { data: { badges: [{ badgeMetaId: BADGE, earnedCount: 1 }] } },
  ),
  caseOf(
    'revoked-award-frees-the-limit',
    'R2 C6',
    given({
      badges: [direct(value(1))],
      history: [
        at('2026-03-01T00:00:00Z', earn(), SAVE_AWARD),
        at('2026-03-02T00:00:00Z', revokeEarn({ earnedBadgeId: '${award}' })),
      ],
    }),
    earn(),
    { errors: [] },
  ),
  caseOf(
    'revoked-award-frees-the-badge-limit',
    'R2 C6',
    given({
      badges: [
        direct({
          badgeConstraints: [
            { constraintType: 'BADGE_FIXED_WINDOW', durationType: 'MONTHS', maxEarnLimit: 1 },
            { constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'WEEKS', rollValue: 2, maxEarnLimit: 1 },
          ],
        }),
      ],
      history: [
        at('2026-03-05T00:00:00Z', earn(), SAVE_AWARD),
        at('2026-03-06T00:00:00Z', revokeEarn({ earnedBadgeId: '${award}' })),
      ],
    }),
    earn(),
    { errors: [] },
  ),
  refused(
    'revoked-award-counts-by-setting',
    'R2',
    given({
      settings: { revokeFreesCaps: false },
      badges: [direct(value(1))],
      history: [
        at('2026-03-01T00:00:00Z', earn(), SAVE_AWARD),
        at('2026-03-02T00:00:00Z', revokeEarn({ earnedBadgeId: '${award}' })),
      ],
    }),
    earn(),
    409,
    990001,
  ),
  caseOf(
    'revoke-earn',
    'R2',
    given({ badges: [direct()], history: [at('2026-03-01T00:00:00Z', earn(), SAVE_AWARD)] }),
    revokeEarn({ earnedBadgeId: '${award}' }),
    { data: { customerId: 1001, earnedBadgeId: '${award}', isActive: false } },
  ),
  refused(
    'revoke-earn-of-another-customer',
    'R2',
    given({ badges: [direct()], history: [at('2026-03-01T00:00:00Z', earn(), SAVE_AWARD)] }),
    revokeEarn({ earnedBadgeId: '${award}', customerId: 2 }),
    409,
    814,
  ),
  refused(
    'revoke-earn-of-another-badge',
    'R2',
    given({ badges: [direct(), direct({ name: 'b' })], history: [at('2026-03-01T00:00:00Z', earn(), SAVE_AWARD)] }),
    revokeEarn({ earnedBadgeId: '${award}', badgeMetaId: '0000000000000000000000b2' }),
    409,
    814,
  ),
  refused(
    'revoke-earn-bad-identifier',
    'S1',
    given({ badges: [direct()] }),
    revokeEarn({ earnedBadgeId: NOBODY }, { 'X-CAP-CUSTOMER-IDENTIFIER': 'id' }),
    400,
    1028,
  ),
  refused(
    'revoke-earn-unknown-identifier',
    'S1',
    given({ badges: [direct()] }),
    revokeEarn({ earnedBadgeId: NOBODY, customerId: 'a@b.c' }, { 'X-CAP-CUSTOMER-IDENTIFIER': 'email' }),
    404,
    1026,
  ),
  refused('revoke-earn-incomplete', 'R2', given({ badges: [direct()] }), revokeEarn({}), 400, 400),
  refused(
    'revoke-earn-unknown-badge',
    'ERR404',
    given(),
    revokeEarn({ badgeMetaId: NOBODY, earnedBadgeId: NOBODY }),
    404,
    404,
  ),
  // N
  caseOf(
    'counts-keep-revoked-awards',
    'N1',
    given({
      badges: [direct()],
      history: [
        at('2026-03-01T00:00:00Z', earn(), SAVE_AWARD),
        at('2026-03-02T00:00:00Z', earn()),
        at('2026-03-03T00:00:00Z', revokeEarn({ earnedBadgeId: '${award}' })),
      ],
    }),
    get(`management/1001/badge/${BADGE}`),
    {
      data: {
        activeEarnedCount: 1,
        earnDetails: {
          earnCount: 2,
          earns: [
            { earnStatus: 'REVOKED', earnId: '${award}' },
            { earnStatus: 'LIVE', revokedOn: null },
          ],
        },
      },
    },
  ),
  // M
  caseOf(
    'import-counts-in-fixed-value',
    'M1',
    given({
      badges: [direct(value(1))],
      history: [
        at(
          '2026-03-01T00:00:00Z',
          post('import/customerBadges', [
            { badgeMetaId: BADGE, customerId: 1001, earnEventDate: 1674292011, earnExpiresOn: 1705828011 },
          ]),
        ),
      ],
    }),
    earnBulk([1001, 1]),
    { perCustomer: { 1001: 990001, 1: 'earned' } },
  ),
  caseOf(
    'import-counts-in-its-cycle',
    'M1 W1',
    given({
      badges: [
        direct({
          customerConstraints: [
            { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'MONTHS', maxEarnLimit: 1 },
          ],
        }),
      ],
      history: [
        at(
          '2026-03-01T00:00:00Z',
          post('import/customerBadges', [
            {
              badgeMetaId: BADGE,
              customerId: 1001,
              earnEventDateISO: '2026-03-02T00:00:00Z',
              earnExpiresOn: 1805828011,
            },
          ]),
        ),
      ],
    }),
    earnBulk([1001, 1]),
    { perCustomer: { 1001: 990001, 1: 'earned' } },
  ),
  caseOf(
    'import-items-stand-alone',
    'M1',
    given({ badges: [direct()] }),
    put('import/customerBadges', [
      {
        badgeMetaId: BADGE,
        customerId: '5',
        earnEventDate: '2026-01-01T00:00:00Z',
        earnExpiresOnISO: '2026-02-01T00:00:00Z',
      },
      { badgeMetaId: BADGE, earnEventDate: 1 },
      { badgeMetaId: BADGE, customerId: 'x', earnEventDate: 1, earnExpiresOn: 2 },
      7,
    ]),
    {
      data: [
        {
          data: { customerId: 5, earnedBadgeId: '$id', expiresOnISO: '2026-02-01T00:00:00Z', issuedId: null },
          errors: null,
        },
        {
          data: null,
          errors: [
            { code: 400, reference: 'customerId' },
            { code: 400, reference: 'earnExpiresOn' },
          ],
        },
        { data: null, errors: [{ code: 400 }] },
        { data: null, errors: [{ code: 400 }] },
      ],
    },
  ),
  refused('import-of-an-object', 'M1', given(), post('import/customerBadges', {}), 400, 400),
  caseOf(
    'import-into-a-direct-upcoming-inactive-badge',
    'M1',
    given({ now: '2025-12-10T00:00:00Z', claims: false, badges: [direct({ active: false })] }),
    post('import/customerBadges', [{ badgeMetaId: BADGE, customerId: 1, earnEventDate: 1, earnExpiresOn: 2 }]),
    {
      data: [{ data: { customerId: 1, expiresOn: 2 } }],
    },
  ),
];
