import type { VectorCall } from '../conformance/vectors';

const BASE = '/api_gateway/v1/badges';
const ONE = '0000000000000000000000b1';
const LOYALTY = { ownerType: 'Loyalty', referenceId: '626' };
/** Read as seconds it lies some 55,000 years ahead. */
const MILLISECONDS = 1_772_409_600_000;

const DIRECT = {
  name: 'one',
  startOn: '2026-03-02T00:00:00Z',
  expiresOn: '2026-12-31T00:00:00Z',
  earnType: 'EARN',
  earnedBadgeExpiry: { expiryType: 'NEVER' },
  ownership: { restrictedToOwners: ['Loyalty'] },
};

/** The state in which {@link CALLS_OF_CODES} are made. */
export const GIVEN_FOR_CODES = {
  now: '2026-03-10T12:00:00Z',
  groups: [
    { id: '0000000000000000000000d1', name: 'Spring', rank: 1 },
    { id: '0000000000000000000000d2', name: 'Summer', rank: 2 },
    { id: '0000000000000000000000d3', name: 'Gone', rank: 3, isActive: false },
  ],
  badges: [
    { id: ONE, createdAt: '2026-03-01T00:00:00Z', body: DIRECT },
    { id: '0000000000000000000000b2', createdAt: '2026-03-01T00:00:00Z', body: { ...DIRECT, name: 'two' } },
    {
      id: '0000000000000000000000b3',
      createdAt: '2026-03-01T00:00:00Z',
      body: { ...DIRECT, name: 'over', expiresOn: '2026-03-05T00:00:00Z' },
    },
    {
      id: '0000000000000000000000b4',
      createdAt: '2026-03-01T00:00:00Z',
      body: { ...DIRECT, name: 'long', expiresOn: MILLISECONDS },
    },
    {
      id: '0000000000000000000000b5',
      createdAt: '2026-03-01T00:00:00Z',
      body: {
        ...{ ...DIRECT, name: 'enrolled', expiresOn: MILLISECONDS },
        ...{ earnType: 'ISSUE_EARN', issuedBadgeExpiry: { expiryType: 'NEVER' } },
      },
    },
    {
      id: '0000000000000000000000b6',
      createdAt: '2026-03-01T00:00:00Z',
      body: { ...DIRECT, name: 'ahead', startOn: '2026-06-01T00:00:00Z' },
    },
  ],
  claims: [{ badge: ONE, ...LOYALTY }],
};

const post = (path: string, body: unknown, headers: Record<string, string> = {}): VectorCall => ({
  endpoint: `POST ${BASE}/${path}`,
  body,
  headers,
});
const put = (path: string, body: unknown): VectorCall => ({ endpoint: `PUT ${BASE}/${path}`, body });
const get = (path: string, query: Record<string, string> = {}, headers: Record<string, string> = {}): VectorCall => ({
  endpoint: `GET ${BASE}/${path}`,
  query,
  headers,
});
const by = (kind: string): Record<string, string> => ({ 'X-CAP-CUSTOMER-IDENTIFIER': kind });
const field = '${field}';

/** Calls that are answered with those codes which neither the conformance cases nor random histories reach. */
export const CALLS_OF_CODES: readonly VectorCall[] = [
  post('customer/earn', { badgeMetaId: ONE, requestId: 'c1', triggeredBy: LOYALTY }),
  post('customer/earnBulk', { badgeMetaId: ONE, customerIds: [1], requestId: 'c3', triggeredBy: { referenceId: '1' } }),
  post('badgeMeta/customer/issueBulk', {
    ...{ badgeMetaId: '0000000000000000000000b5', customers: [1], requestId: 'c4', triggeredBy: LOYALTY },
    issueEventDate: 1e11,
  }),
  post('badgeMeta/customer/issueBulk', {
    ...{ badgeMetaId: '0000000000000000000000b5', customers: [1], requestId: 'c4', triggeredBy: LOYALTY },
  }),
  post('badgeMeta/customer/revokeIssue', { badgeMetaId: ONE, customers: ['nobody'] }),
  post('customer/revokeEarn', { badgeMetaId: ONE }),
  post('customer/revokeEarn', { badgeMetaId: ONE, customerId: 'a@b.c', earnedBadgeId: ONE }, by('email')),
  post('customer/revokeEarn', { badgeMetaId: ONE, customerId: 1, earnedBadgeId: ONE }, by('shoe')),
  post('import/customerBadges', {}),
  post('import/customerBadges', [
    { badgeMetaId: ONE },
    { badgeMetaId: ONE, customerId: 1, earnEventDate: MILLISECONDS, earnExpiresOn: MILLISECONDS },
  ]),
  post('badgeMeta', { ...DIRECT, active: 'yes' }),
  post('badgeMeta', {
    ...DIRECT,
    name: 'grouped',
    badgeGroupId: '0000000000000000000000d3',
    startOn: '2027-01-01T00:00:00Z',
    expiresOn: '2027-02-01T00:00:00Z',
  }),
  post('badgeMeta', { ...DIRECT, name: 'far', startOn: MILLISECONDS, expiresOn: MILLISECONDS + 1 }),
  put('badgeMeta', { ...DIRECT, id: '0000000000000000000000b6', name: 'ahead', startOn: '1900-01-01T00:00:00Z' }),
  put('badgeMeta', { ...DIRECT, id: ONE, name: 'two' }),
  put('badgeMeta', {
    ...DIRECT,
    id: '0000000000000000000000b3',
    name: 'over',
    expiresOn: '2026-03-05T00:00:00Z',
    active: false,
  }),
  put('badgeMeta', { ...DIRECT, id: ONE, badgeGroupId: '0000000000000000000000d3' }),
  put('badgeMeta', { ...DIRECT, id: '0000000000000000000000b4', name: 'long', expiresOn: MILLISECONDS }),
  get('badgeMeta', { status: 'ALIVE' }),
  get('badgeMeta/getFixedWindowDetails'),
  get('badgeMeta/getFixedWindowDetails', { badgeMetaId: ONE, includeEarnCount: 'true' }),
  get(`badgeMeta/${ONE}`, { includeStatistics: 'perhaps' }),
  post(`badgeMeta/${ONE}/claim`, {}),
  post(`badgeMeta/${ONE}/unclaim`, {}),
  post(`badgeMeta/${ONE}/unclaim`, { ownerType: 'Nobody', referenceId: '1' }),
  get('customer/1', { page: 'first' }),
  get('management/1', { page: '-1' }),
  get('management/a@b.c', {}, by('email')),
  get('management/1', {}, by('shoe')),
  get(`management/1/badge/${ONE}`, { includeStatistics: '1' }),
  get(`management/a@b.c/badge/${ONE}`, {}, by('email')),
  get(`management/1/badge/${ONE}`, {}, by('shoe')),
  post('group', { rank: 1 }),
  get('group', { order: 'UP' }),
  get('group/0000000000000000000000ff'),
  put('group/0000000000000000000000d1', { name: [], rank: 1 }),
  put('group/0000000000000000000000ff', { name: 'x', rank: 1 }),
  put('group/0000000000000000000000d1', { name: 'x' }),
  put('group/0000000000000000000000d1', { name: 'Summer', rank: 1 }),
  post('customField', {}),
  get('customField', { sortOn: 'NAME' }),
  get('customField/0000000000000000000000ff'),
  post('customField', { name: 'Shop', dataType: 'STRING' }),
  post('customField', { name: 'Town', dataType: 'STRING' }),
  put(`customField/${field}`, { isActive: 'no' }),
  put('customField/0000000000000000000000ff', {}),
  put(`customField/${field}`, { name: 'Town' }),
  put(`customField/${field}`, { dataType: 'DATE' }),
  put(`customField/${field}`, { isMandatory: true }),
  put(`customField/${field}`, { isActive: false }),
  put(`customField/${field}`, { isActive: true }),
  get('orgMeta'),
  put('orgMeta', { tags: [] }),
  post('orgMeta', { tags: 'none' }),
  post('orgMeta', { tags: [] }),
  post('orgMeta', { tags: [] }),
  put('orgMeta', []),
];
