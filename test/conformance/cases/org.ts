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
  post,
  put,
  refused,
  relative,
} from './case';

const field = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  name: 'CF',
  dataType: 'STRING',
  isMandatory: false,
  ...changes,
});
const SAVE_ID = { id: 'data.id' };
const withField = given({
  history: [at('2026-03-01T00:00:00Z', post('customField', field({ defaultValue: 'x' })), SAVE_ID)],
});
const withGroup = given({ history: [at('2026-03-01T00:00:00Z', post('group', { name: 'Gold', rank: 1 }), SAVE_ID)] });
const groups = [
  { id: '300000000000000000000001', name: 'One', rank: 1, isActive: true },
  { id: '300000000000000000000002', name: 'Two', rank: 2, isActive: true },
];
const inGroup = (
  name: string,
  group: number | null,
  badgeRank: number | null,
  expiresOn = 1798675200,
): Record<string, unknown> =>
  direct({ name, badgeGroupId: group === null ? null : `30000000000000000000000${group}`, badgeRank, expiresOn });

/** G: groups and ranks; F: custom fields; S: customer views; org meta; paths that lead nowhere. */
export const ORG_CASES: readonly Vector[] = [
  // G
  caseOf('create-group', 'G1', given(), post('group', { name: 'Gold', rank: 1 }), {
    data: { id: '$id', name: 'Gold', rank: 1, isActive: true, createdOnISO: '2026-03-10T12:00:00Z' },
  }),
  refused('group-without-rank', 'G1', given(), post('group', { name: 'Gold' }), 400, 732),
  caseOf('group-name-in-another-case', 'G1', withGroup, post('group', { name: 'gold', rank: 1 }), { errors: [] }),
  caseOf(
    'disabled-group-frees-its-name',
    'G1',
    given({ groups: [{ id: '300000000000000000000009', name: 'Silver', rank: 1, isActive: false }] }),
    post('group', { name: 'Silver', rank: 2 }),
    { data: { name: 'Silver' } },
  ),
  caseOf(
    'update-group',
    'G1',
    given({ groups }),
    put('group/300000000000000000000002', { name: 'Two', rank: 9, isActive: false }),
    { data: { rank: 9, isActive: false } },
  ),
  caseOf(
    'update-group-by-the-other-paths',
    'G1',
    given({ groups }),
    put('300000000000000000000002', { name: 'Two', rank: 5 }),
    { data: { rank: 5 } },
  ),
  refused(
    'update-group-to-a-taken-name',
    'G1',
    given({ groups }),
    post('group/300000000000000000000002', { name: 'One', rank: 9 }),
    400,
    733,
  ),
  refused('update-unknown-group', 'ERR404', given(), put('group/nothing', { name: 'One', rank: 9 }), 404, 404),
  caseOf('read-group', 'G1', given({ groups }), get('group/300000000000000000000001'), {
    data: { name: 'One', isActive: true },
  }),
  caseOf('list-groups', 'G1', given({ groups }), get('group', { order: 'DESC', size: '1' }), {
    data: { badgeGroups: [{ name: 'Two' }], pagination: { page: 0, size: 1, total: 2, totalPages: 2 } },
  }),
  caseOf(
    'rank-order',
    'G2',
    given({
      groups,
      badges: [
        inGroup('ungrouped early end', null, null, 1790000000),
        inGroup('ungrouped late end', null, null),
        inGroup('ungrouped ranked', null, 7),
        inGroup('second group', 2, 1),
        inGroup('first early end', 1, null, 1790000000),
        inGroup('first late end', 1, null),
        inGroup('first second', 1, 2),
        inGroup('first first', 1, 1),
      ],
    }),
    get('customer/1', { badgeType: 'AVAILABLE', sortOn: 'rank' }),
    {
      data: {
        badges: [
          { name: 'first first' },
          { name: 'first second' },
          { name: 'first late end' },
          { name: 'first early end' },
          { name: 'second group' },
          { name: 'ungrouped ranked' },
          { name: 'ungrouped late end' },
          { name: 'ungrouped early end' },
        ],
      },
    },
  ),
  // F
  caseOf('create-custom-field', 'F1', given(), post('customField', field()), {
    status: 201,
    data: { id: '$id', name: 'CF', dataType: 'STRING', isMandatory: false, isActive: true },
  }),
  caseOf(
    'empty-text-is-a-default',
    'F1',
    given(),
    post('customField', field({ isMandatory: true, defaultValue: '' })),
    { status: 201, data: { defaultValue: '' } },
  ),
  refused('custom-field-name-taken', 'F1', withField, post('customField', field()), 400, 990005),
  caseOf(
    'custom-field-disabled-is-not-listed',
    'F1',
    given({
      history: [
        at('2026-03-01T00:00:00Z', post('customField', field()), SAVE_ID),
        at('2026-03-02T00:00:00Z', put('customField/${id}', { name: 'Renamed', isActive: false })),
        at('2026-03-03T00:00:00Z', post('customField', field({ name: 'Other' }))),
      ],
    }),
    get('customField', { sortOn: 'LAST_UPDATED_DATE', order: 'DESC' }),
    { data: { customFieldROList: [{ name: 'Other' }], pagination: { page: 0, size: 10, total: 1, totalPages: 1 } } },
  ),
  refused(
    'custom-field-stays-disabled',
    'F1',
    given({
      history: [
        at('2026-03-01T00:00:00Z', post('customField', field()), SAVE_ID),
        at('2026-03-02T00:00:00Z', put('customField/${id}', { isActive: false })),
      ],
    }),
    put('customField/${id}', { isActive: true }),
    400,
    990006,
  ),
  refused('custom-field-keeps-its-type', 'F1', withField, put('customField/${id}', { dataType: 'DATE' }), 400, 990007),
  refused(
    'custom-field-made-mandatory-needs-a-default',
    'F1',
    withField,
    put('customField/${id}', { isMandatory: true, defaultValue: null }),
    400,
    990008,
  ),
  caseOf('custom-field-updated', 'F1', withField, put('customField/${id}', { isMandatory: true, defaultValue: '' }), {
    data: { id: '${id}', name: 'CF', isMandatory: true, defaultValue: '', dataType: 'STRING' },
  }),
  refused('custom-field-type-unknown', 'ERR400', given(), post('customField', field({ dataType: 'TEXT' })), 400, 400),
  refused('custom-field-unknown', 'ERR404', given(), get(`customField/${NOBODY}`), 404, 404),
  caseOf(
    'mandatory-field-gets-its-default',
    'F1',
    given({
      history: [at('2026-03-01T00:00:00Z', post('customField', field({ isMandatory: true, defaultValue: 'd' })))],
    }),
    create(direct({ startOn: 1774000000, customFields: { Other: 'o' } })),
    {
      status: 201,
      data: { customFields: { Other: 'o', CF: 'd' } },
    },
  ),
  caseOf(
    'mandatory-field-that-is-given',
    'F1',
    given({
      history: [at('2026-03-01T00:00:00Z', post('customField', field({ isMandatory: true, defaultValue: 'd' })))],
    }),
    create(direct({ startOn: 1774000000, customFields: { CF: 7 } })),
    {
      status: 201,
      data: { customFields: { CF: '7' } },
    },
  ),
  // S
  caseOf(
    'available-to-issue',
    'S2',
    given({ badges: [direct(), enrolled({ name: 'b' }), enrolled({ name: 'c', active: false })] }),
    get('customer/1001'),
    {
      data: {
        badges: [{ name: 'b', earnedCount: null, lastEarnedOnDate: null, lastEarnEventDateISO: null }],
        pagination: { page: 0, size: 10, total: 1, totalPages: 1 },
      },
    },
  ),
  caseOf(
    'enrolled-is-available-not-to-issue',
    'S2',
    given({ badges: [enrolled()], history: [at('2026-03-01T00:00:00Z', enrol([1001]))] }),
    get('customer/1001'),
    { data: { badges: [] } },
  ),
  caseOf(
    'enrolment-makes-available',
    'S2',
    given({ badges: [enrolled()], history: [at('2026-03-01T00:00:00Z', enrol([1001]))] }),
    get('customer/1001', { badgeType: 'AVAILABLE' }),
    { data: { badges: [{ badgeMetaId: BADGE }] } },
  ),
  caseOf(
    'earned',
    'S2',
    given({
      badges: [direct()],
      history: [
        at('2026-03-01T00:00:00Z', earn({ earnEventDate: '2026-02-01T00:00:00Z' })),
        at('2026-03-02T00:00:00Z', earn()),
      ],
    }),
    get('customer/1001', { badgeType: 'EARNED' }),
    {
      data: {
        badges: [
          { earnedCount: 2, lastEarnedOnDateISO: '2026-03-02T00:00:00Z', lastEarnEventDateISO: '2026-03-02T00:00:00Z' },
        ],
      },
    },
  ),
  caseOf(
    'expired-awards-are-not-held',
    'S2',
    given({
      badges: [direct({ earnedBadgeExpiry: relative('DAYS', 1) })],
      history: [at('2026-03-01T00:00:00Z', earn())],
    }),
    get('customer/1001', { badgeType: 'EARNED' }),
    { data: { badges: [] } },
  ),
  caseOf(
    'earned-with-expired',
    'S2',
    given({
      badges: [direct({ earnedBadgeExpiry: relative('DAYS', 1) })],
      history: [at('2026-03-01T00:00:00Z', earn())],
    }),
    get('customer/1001', { badgeType: 'EARNED', includeExpired: 'true' }),
    { data: { badges: [{ badgeMetaId: BADGE }] } },
  ),
  caseOf(
    'expired',
    'S2',
    given({
      badges: [direct({ earnedBadgeExpiry: relative('DAYS', 1) })],
      history: [at('2026-03-01T00:00:00Z', earn())],
    }),
    get('customer/1001', { badgeType: 'EXPIRED' }),
    { data: { badges: [{ badgeMetaId: BADGE }] } },
  ),
  refused('unknown-view', 'ERR400', given(), get('customer/1001', { badgeType: 'ALL' }), 400, 400),
  refused('customer-that-is-no-number', 'S1', given(), get('customer/tom'), 404, 1026),
  refused('customer-zero', 'S1', given(), get('management/0'), 404, 1026),
  refused(
    'identifier-kind-in-another-case',
    'S1',
    given(),
    get('management/1', {}, { 'X-CAP-CUSTOMER-IDENTIFIER': 'Email' }),
    400,
    1028,
  ),
  caseOf(
    'management',
    'S2',
    given({
      badges: [direct(), enrolled({ name: 'b' }), direct({ name: 'untouched' })],
      history: [
        at('2026-03-01T00:00:00Z', earn()),
        at('2026-03-02T00:00:00Z', enrol([1001], { badgeMetaId: '0000000000000000000000b2' })),
      ],
    }),
    get('management/1001', { sortOn: 'LAST_EARNED_ON_DATE' }),
    {
      data: {
        customerBadges: [
          { badgeMetaId: BADGE, earnCount: 1, issueStatus: null, badgeType: 'EARN' },
          { name: 'b', earnCount: 0, issueStatus: 'ACTIVE', lastEarnedOn: null },
        ],
      },
    },
  ),
  caseOf(
    'badge-details-of-a-customer',
    'S2 C3',
    given({
      badges: [
        enrolled({
          customerConstraints: [
            { constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 30, maxEarnForDays: 2 },
          ],
          badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 9 }],
        }),
      ],
      history: [
        at('2026-03-01T00:00:00Z', enrol([1001]), { enrolment: 'data.issuedBadges[0].issuedId' }),
        at('2026-03-02T00:00:00Z', earn()),
      ],
    }),
    get(`management/1001/badge/${BADGE}`),
    {
      data: {
        id: BADGE,
        action: 'ACTIVATED',
        owner: ['Loyalty', 'Milestones'],
        claimedBy: ['Loyalty'],
        issuedStatus: 'ACTIVE',
        activeEarnedCount: 1,
        customerConstraints: [
          {
            constraintType: 'ROLLING_WINDOW',
            earnConstraintBlockStatistics: {
              currentEarnCount: null,
              currentEarnCountDays: 1,
              currentEarnCountWeeks: null,
            },
          },
        ],
        badgeConstraints: [
          { constraintType: 'OVERALL', maxEarnLimit: 9, earnConstraintBlockStatistics: { currentEarnCount: 1 } },
        ],
        earnDetails: { earns: [{ issueId: '${enrolment}', ownerType: 'Loyalty', ownerReferenceId: '626' }] },
      },
    },
  ),
  refused('details-of-an-unknown-badge', 'ERR404', given(), get(`management/1001/badge/${NOBODY}`), 404, 404),
  // Org meta and paths
  caseOf(
    'org-meta',
    'ERR999999',
    given(),
    post('orgMeta', { orgId: 1, tags: [{ key: 'Category', dataType: 'string' }] }),
    { data: { id: '$id', tags: [{ key: 'Category' }] } },
  ),
  refused(
    'org-meta-twice',
    'ERR999999',
    given({ history: [at('2026-03-01T00:00:00Z', post('orgMeta', { tags: [] }))] }),
    post('orgMeta', { tags: [] }),
    409,
    999999,
  ),
  caseOf(
    'org-meta-updated',
    'ERR999999',
    given({ history: [at('2026-03-01T00:00:00Z', post('orgMeta', { tags: [] }))] }),
    put('orgMeta', { tags: [{ key: 'k' }] }),
    { data: { tags: [{ key: 'k' }], createdOnISO: '2026-03-01T00:00:00Z' } },
  ),
  refused('no-org-meta', 'ERR404', given(), get('orgMeta'), 404, 404),
  refused('no-such-path', 'ERR404', given(), get('nowhere/at/all'), 404, 404),
];
