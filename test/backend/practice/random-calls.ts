import fc from 'fast-check';
import type { VectorCall } from '../../conformance/vectors';

const BASE = '/api_gateway/v1/badges';
type Json = Record<string, unknown>;

/**
 * One call at an instant of a random history. Ids that only an answer knows are written `${n}`: the n-th seen. With
 * `takesBack` the call revokes the record that so many others were made before, counted round.
 */
export interface TimedCall {
  /** Seconds after the call before. */
  wait: number;
  call: VectorCall;
  takesBack?: { what: 'award' | 'enrolment'; turn: number };
}

const START = Date.parse('2026-03-01T00:00:00Z') / 1000;
const BADGES = ['0000000000000000000000b1', '0000000000000000000000b2', '0000000000000000000000b3'];
const badgeId = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...BADGES) },
  { weight: 1, arbitrary: fc.constant('ffffffffffffffffffffffff') },
  { weight: 1, arbitrary: fc.nat(9).map((n) => `\${${n}}`) },
);
const seenId = fc.nat(30).map((n) => `\${${n}}`);
const customer = fc.integer({ min: 1, max: 3 });
const owner = fc.oneof(
  { weight: 12, arbitrary: fc.constant('Loyalty') },
  { weight: 1, arbitrary: fc.constantFrom('Milestones', 'Journeys', 'Membercare', 'loyalty') },
);
const reference = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('626', 626) },
  { weight: 1, arbitrary: fc.constantFrom('7', null) },
);
const trigger = fc.oneof(
  { weight: 9, arbitrary: fc.record({ ownerType: owner, referenceId: reference }) },
  { weight: 1, arbitrary: fc.constantFrom({}, null) },
);
const requestId = fc.oneof(
  { weight: 19, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: fc.constantFrom('same', 'other', '', null, 77) },
);
const moment = fc.integer({ min: -40, max: 70 }).map((days) => START + days * 86_400 + (days % 3) * 3_600);
const date = fc.oneof(
  { weight: 16, arbitrary: fc.constant(undefined) },
  { weight: 3, arbitrary: moment },
  { weight: 1, arbitrary: moment.map((at) => new Date(at * 1000).toISOString()) },
  { weight: 1, arbitrary: fc.constant('2026-03-01T00:00:00') },
);

const limit = fc.constantFrom(0, 1, 1, 2, 2, 2, 3, 3, 4);
const unit = fc.constantFrom('DAYS', 'WEEKS', 'MONTHS');
const window = fc.record({
  durationType: unit,
  refreshRate: fc.integer({ min: 1, max: 6 }),
  startDayOfTheWeek: fc.integer({ min: 0, max: 6 }),
  maxEarnLimit: limit,
});
const customerConstraint: fc.Arbitrary<Json> = fc.oneof(
  fc.record({ constraintType: fc.constant('CUSTOMER_BADGE_FIXED_VALUE'), maxEarnLimit: limit }),
  window.map((fields) => ({ constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', ...fields })),
  fc.record({
    constraintType: fc.constant('CUSTOMER_BADGE_ROLLING_WINDOW'),
    rollForDays: limit,
    maxEarnForDays: limit,
    rollForMonths: limit,
    maxEarnForMonths: limit,
  }),
  fc.constant({ constraintType: 'CUSTOMER_BADGE_NO_LIMIT' }),
);
const badgeConstraint: fc.Arbitrary<Json> = fc.oneof(
  fc.record({ constraintType: fc.constant('BADGE_FIXED_VALUE'), maxEarnLimit: fc.integer({ min: 0, max: 12 }) }),
  window.map((fields) => ({ constraintType: 'BADGE_FIXED_WINDOW', ...fields })),
  fc.record({
    constraintType: fc.constant('BADGE_ROLLING_WINDOW'),
    rollType: unit,
    rollValue: fc.integer({ min: 1, max: 3 }),
    maxEarnLimit: limit,
  }),
);
const expiry: fc.Arbitrary<Json> = fc.oneof(
  fc.constant({ expiryType: 'NEVER' }),
  fc.constant({ expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META' }),
  moment.map((expiresOn) => ({ expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn })),
  fc.record({ expiryType: fc.constant('RELATIVE'), relativeExpiryType: unit, value: fc.integer({ min: 1, max: 12 }) }),
);
const badgeBody: fc.Arbitrary<Json> = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'A'),
  startOn: fc.integer({ min: -20, max: 10 }).map((days) => START + days * 86_400),
  expiresOn: fc.integer({ min: 0, max: 90 }).map((days) => START + days * 86_400 + 5_000),
  earnType: fc.constantFrom('EARN', 'ISSUE_EARN'),
  earnedBadgeExpiry: expiry,
  issuedBadgeExpiry: expiry,
  ownership: fc.record({ restrictedToOwners: fc.subarray(['Loyalty', 'Milestones'], { minLength: 0 }) }),
  customerConstraints: fc.array(customerConstraint, { maxLength: 2 }),
  badgeConstraints: fc.array(badgeConstraint, { maxLength: 2 }),
  active: fc.nat(9).map((dice) => dice > 0),
  badgeRank: fc.option(fc.nat(3)),
});

const post = (path: string, body: unknown): VectorCall => ({ endpoint: `POST ${BASE}/${path}`, body });
const put = (path: string, body: unknown): VectorCall => ({ endpoint: `PUT ${BASE}/${path}`, body });
const get = (path: string, query: Record<string, string> = {}): VectorCall => ({
  endpoint: `GET ${BASE}/${path}`,
  query,
});

const call: fc.Arbitrary<VectorCall> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ badgeMetaId: badgeId, customerId: customer, requestId, triggeredBy: trigger, earnEventDate: date })
      .map((body) => post('customer/earn', body)),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({
        badgeMetaId: badgeId,
        customerIds: fc.array(customer, { maxLength: 6 }),
        requestId,
        triggeredBy: trigger,
        earnEventDateISO: date,
      })
      .map((body) => post('customer/earnBulk', body)),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({
        badgeMetaId: badgeId,
        customers: fc.array(customer, { maxLength: 6 }),
        requestId,
        triggeredBy: trigger,
        issueEventDate: date,
      })
      .map((body) => post('badgeMeta/customer/issueBulk', body)),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ badgeMetaId: badgeId, customerId: customer, earnedBadgeId: seenId })
      .map((body) => post('customer/revokeEarn', body)),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        badgeMetaId: badgeId,
        customers: fc.array(customer, { maxLength: 2 }),
        revokeIssuals: fc.array(fc.record({ customerId: customer, issueId: seenId }), { maxLength: 1 }),
      })
      .map((body) => post('badgeMeta/customer/revokeIssue', body)),
  },
  { weight: 1, arbitrary: fc.tuple(badgeId, badgeBody).map(([id, body]) => put('badgeMeta', { ...body, id })) },
  { weight: 1, arbitrary: badgeBody.map((body) => post('badgeMeta', body)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(badgeId, fc.constantFrom('claim', 'claim', 'unclaim'), owner, reference)
      .map(([id, word, ownerType, referenceId]) => post(`badgeMeta/${id}/${word}`, { ownerType, referenceId })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(badgeId, fc.constantFrom('activate', 'activate', 'deactivate'))
      .map(([id, word]) => put(`badgeMeta/${id}/${word}`, {})),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.record({ badgeMetaId: badgeId, customerId: customer, earnEventDate: moment, earnExpiresOn: moment }), {
        maxLength: 3,
      })
      .map((body) => ({ ...post('import/customerBadges', body), headers: { 'X-CAP-REQUEST-ID': 'batch' } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('Gold', 'Silver'), fc.nat(3), fc.boolean())
      .map(([name, rank, isActive]) => post('group', { name, rank, isActive })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('F', 'G'), fc.boolean())
      .map(([name, isMandatory]) => post('customField', { name, isMandatory, dataType: 'STRING', defaultValue: 'd' })),
  },
  { weight: 2, arbitrary: fc.tuple(badgeId, customer).map(([id, who]) => get(`management/${who}/badge/${id}`)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        customer,
        fc.constantFrom('AVAILABLE_TO_ISSUE', 'AVAILABLE', 'EARNED', 'EXPIRED'),
        fc.constantFrom('RANK', 'LAST_EARNED_ON_DATE'),
      )
      .map(([who, badgeType, sortOn]) => get(`customer/${who}`, { badgeType, sortOn })),
  },
  { weight: 1, arbitrary: customer.map((who) => get(`management/${who}`)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(badgeId, customer)
      .map(([badgeMetaId, who]) =>
        get('badgeMeta/getFixedWindowDetails', { badgeMetaId, includeEarnCount: 'true', customerId: String(who) }),
      ),
  },
  { weight: 1, arbitrary: badgeId.map((id) => get(`badgeMeta/${id}`)) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('ID', 'NAME', 'START_DATE')
      .map((sortOn) => get('badgeMeta', { sortOn, status: 'LIVE,UPCOMING' })),
  },
);

/** A random org and the calls that are made of it, with the clock moving on between them. */
export const history = fc.record({
  given: fc.record({
    now: fc.constant('2026-02-01T00:00:00Z'),
    tz: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata'),
    settings: fc.record({
      refuseOverlappingAwards: fc.boolean(),
      revokeFreesCaps: fc.boolean(),
      requestIdScope: fc.constantFrom('org', 'endpoint', 'badge'),
    }),
    badges: fc.tuple(badgeBody, badgeBody, badgeBody).map((bodies) =>
      bodies.map((body, index) => ({
        id: BADGES[index],
        createdAt: '2026-01-01T00:00:00Z',
        body: {
          ...body,
          name: `badge ${index}`,
          ...(index === 0 ? { earnType: 'EARN' } : {}),
          startOn: Math.min(body['startOn'] as number, START),
          // Most badges live through the whole history, so that their limits are met and not their ends.
          expiresOn: (body['expiresOn'] as number) + (index === 0 ? 1 : 60) * 86_400,
          ownership: { restrictedToOwners: ['Loyalty', 'Milestones'] },
        },
      })),
    ),
    claims: fc.constant(BADGES.map((badge) => ({ badge, ownerType: 'Loyalty', referenceId: '626' }))),
  }),
  calls: fc.array(
    fc.record({
      wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100_000 })),
      call,
      takesBack: fc.option(
        fc.record({ what: fc.constantFrom('award' as const, 'enrolment' as const), turn: fc.nat(50) }),
        {
          nil: undefined,
          freq: 8,
        },
      ),
    }),
    { minLength: 10, maxLength: 40 },
  ),
});

export const FIRST_INSTANT = START;
