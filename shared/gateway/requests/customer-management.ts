import { badgeStatus } from '../../domain/badge';
import { enrolmentStatus } from '../../domain/enrolment';
import type { Instant } from '../../domain/instant';
import type { OrgState } from '../../domain/org';
import { refusal, success } from '../answer';
import { groupNameOf, ownershipView } from '../badge-view';
import type { GatewayCall, RequestFunction } from '../call';
import { belongsTo, byDate, holdingOf, latestAward, latestEnrolment, type Holding } from '../customer-holdings';
import { customerOfPath } from '../customer-identifier';
import { dated } from '../instant-view';
import { choice, cutPage, date, ORDER, pageOf } from '../query-values';
import { BADGE_TYPE, GROUP_ID, INCLUDE_EXPIRED } from './customer-badges';
import { ACTION, CLAIMED_BY, NAME, OWNER, statuses } from './list-badges';

const SORTS = [
  'EXPIRES_ON',
  'LAST_MODIFIED_DATE',
  'LAST_ISSUED_DATE',
  'LAST_EXPIRED_BADGE',
  'LAST_EARNED_EVENT_DATE',
  'LAST_EARNED_ON_DATE',
] as const;
const OPERATORS = ['LESS_THAN', 'GREATER_THAN'] as const;

/** Both spellings of the second operator are read. */
const DATE_FILTERS = [
  {
    key: 'startOn',
    at: date('startOn'),
    operators: [choice('startOnOperator', OPERATORS)],
    otherwise: 'GREATER_THAN',
  },
  {
    key: 'expiresOn',
    at: date('expiresOn'),
    operators: [choice('expiresOnOperator', OPERATORS), choice('endOnOperator', OPERATORS)],
    otherwise: 'LESS_THAN',
  },
] as const;
const SORT_ON = choice('sortOn', SORTS, { anyCase: true });
const STATUS = statuses('badgeStatus');
const STATUS_MISSPELT = statuses('badgeStatu');
/** Parameters of {@link customerManagement}. */
export const MANAGEMENT_FILTERS = [
  ...[SORT_ON, ORDER, ...DATE_FILTERS.flatMap(({ at, operators }) => [...operators, at])],
  ...[NAME, BADGE_TYPE, INCLUDE_EXPIRED, ACTION, STATUS, STATUS_MISSPELT, OWNER, CLAIMED_BY, GROUP_ID],
];

type Test = (holding: Holding) => boolean;

/** A date filter with its operator; both spellings of the second operator are read (gateway-api section 5). */
function dateTests(query: GatewayCall['query']): Test[] {
  const tests: Test[] = [];
  for (const { key, at, operators, otherwise } of DATE_FILTERS) {
    const asked = operators.map((operator) => operator.of(query)).find((value) => value !== null);
    const date = at.of(query);
    if (date === null) continue;
    const isLess = (asked ?? otherwise) === 'LESS_THAN';
    tests.push(({ badge: { definition } }) => (isLess ? definition[key] < date : definition[key] > date));
  }
  return tests;
}

function filtersOf(query: GatewayCall['query'], now: Instant): Test[] {
  const tests = dateTests(query);
  const name = NAME.of(query).toLowerCase();
  if (name !== '') tests.push(({ badge }) => badge.definition.name.toLowerCase().includes(name));
  const view = BADGE_TYPE.of(query);
  const includeExpired = INCLUDE_EXPIRED.of(query);
  if (view !== null) tests.push((holding) => belongsTo(holding, view, includeExpired, now));
  const active = ACTION.of(query);
  if (active !== null) tests.push(({ badge }) => badge.definition.active === active);
  const asked = STATUS.of(query) ?? STATUS_MISSPELT.of(query);
  if (asked) tests.push(({ badge }) => asked.includes(badgeStatus(badge.definition, now)));
  const owners = OWNER.of(query);
  if (owners) tests.push(({ badge }) => badge.definition.restrictedToOwners.some((owner) => owners.includes(owner)));
  const claimants = CLAIMED_BY.of(query);
  if (claimants) {
    tests.push(({ badge }) => badge.claims.some((claim) => claim.isActive && claimants.includes(claim.ownerType)));
  }
  const groupId = GROUP_ID.of(query);
  if (groupId !== '') tests.push(({ badge }) => badge.definition.badgeGroupId === groupId);
  return tests;
}

function sortingDate(sortOn: (typeof SORTS)[number], now: Instant): (holding: Holding) => Instant | null {
  switch (sortOn) {
    case 'EXPIRES_ON':
      return ({ badge }) => badge.definition.expiresOn;
    case 'LAST_MODIFIED_DATE':
      return ({ badge }) => badge.lastUpdatedOn;
    case 'LAST_ISSUED_DATE':
      return (holding) => latestEnrolment(holding)?.issuedOn ?? null;
    case 'LAST_EXPIRED_BADGE':
      return ({ standing }) => {
        const expired = standing.filter((award) => award.expiresOn <= now).map((award) => award.expiresOn);
        return expired.length === 0 ? null : expired.reduce((latest, at) => Math.max(latest, at));
      };
    case 'LAST_EARNED_EVENT_DATE':
      return (holding) => latestAward(holding)?.eventDate ?? null;
    case 'LAST_EARNED_ON_DATE':
      return (holding) => latestAward(holding)?.earnedOn ?? null;
  }
}

function rowOf(org: OrgState, holding: Holding, now: Instant): Record<string, unknown> {
  const { badge } = holding;
  const { definition } = badge;
  const { zone } = org.settings;
  const enrolment = latestEnrolment(holding);
  return {
    name: definition.name,
    description: definition.description,
    badgeMetaId: badge.id,
    badgeType: definition.earnType,
    badgeGroupId: definition.badgeGroupId,
    badgeGroupName: groupNameOf(org, badge),
    badgeRank: definition.badgeRank,
    ...dated('createdOn', badge.createdOn, zone),
    ...dated('lastUpdatedOn', badge.lastUpdatedOn, zone),
    images: definition.images,
    badgeStatus: badgeStatus(definition, now),
    ...dated('lastEarnedOn', latestAward(holding)?.earnedOn ?? null, zone),
    ...dated('startsOn', definition.startOn, zone),
    ...dated('expiresOn', definition.expiresOn, zone),
    earnCount: holding.standing.length,
    ownership: ownershipView(badge),
    issueStatus: enrolment && enrolmentStatus(enrolment, now),
    active: definition.active,
  };
}

/**
 * GET /management/{customerId}: without a badgeType, the badges the customer is or was enrolled in or awarded; with one,
 * the view of semantics S2 (gateway-api section 5).
 */
export const customerManagement: RequestFunction = (org, call, { now }) => {
  const page = pageOf(call.query);
  const sortOn = SORT_ON.of(call.query) ?? 'EXPIRES_ON';
  const ascending = ORDER.of(call.query) === 'ASC';
  const tests = filtersOf(call.query, now);
  const customer = customerOfPath(org, call);
  if (!customer.ok) return refusal(customer.errors, org.settings);
  const { customerId } = customer;
  const touched = new Set(org.badgeKeysOf(customerId));
  const withView = BADGE_TYPE.of(call.query) !== null;
  const holdings = [...org.badges()]
    .filter((badge) => withView || touched.has(badge.key))
    .map((badge) => holdingOf(org, badge, customerId))
    .filter((holding) => tests.every((test) => test(holding)))
    .sort(byDate(sortingDate(sortOn, now), ascending));
  const { rows, pagination } = cutPage(holdings, page);
  return success({ customerBadges: rows.map((holding) => rowOf(org, holding, now)), pagination });
};
