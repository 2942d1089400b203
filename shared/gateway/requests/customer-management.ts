import { BADGE_OWNERS, badgeStatus, OWNER_TYPES } from '../../domain/badge';
import { enrolmentStatus } from '../../domain/enrolment';
import type { Instant } from '../../domain/instant';
import type { OrgState } from '../../domain/org';
import { refusal, success } from '../answer';
import { groupNameOf, ownershipView } from '../badge-view';
import type { GatewayCall, RequestFunction } from '../call';
import {
  BADGE_VIEWS,
  belongsTo,
  byDate,
  holdingOf,
  latestAward,
  latestEnrolment,
  type Holding,
} from '../customer-holdings';
import { customerOfPath } from '../customer-identifier';
import { dated } from '../instant-view';
import { choiceOf, choicesOf, cutPage, dateOf, pageOf, switchOf } from '../query-values';
import { activationOf, statusesOf } from './list-badges';

const SORTS = [
  'EXPIRES_ON',
  'LAST_MODIFIED_DATE',
  'LAST_ISSUED_DATE',
  'LAST_EXPIRED_BADGE',
  'LAST_EARNED_EVENT_DATE',
  'LAST_EARNED_ON_DATE',
] as const;
const OPERATORS = ['LESS_THAN', 'GREATER_THAN'] as const;

type Test = (holding: Holding) => boolean;

/** A date filter with its operator; both spellings of the second operator are read (gateway-api section 5). */
function dateTests(query: GatewayCall['query']): Test[] {
  const tests: Test[] = [];
  const filters = [
    { key: 'startOn', operators: ['startOnOperator'], otherwise: 'GREATER_THAN' },
    { key: 'expiresOn', operators: ['expiresOnOperator', 'endOnOperator'], otherwise: 'LESS_THAN' },
  ] as const;
  for (const { key, operators, otherwise } of filters) {
    const asked = operators.map((operator) => choiceOf(query, operator, OPERATORS)).find((value) => value !== null);
    const date = dateOf(query, key);
    if (date === null) continue;
    const isLess = (asked ?? otherwise) === 'LESS_THAN';
    tests.push(({ badge: { definition } }) => (isLess ? definition[key] < date : definition[key] > date));
  }
  return tests;
}

function filtersOf(query: GatewayCall['query'], now: Instant): Test[] {
  const tests = dateTests(query);
  const name = query['name']?.toLowerCase() ?? '';
  if (name !== '') tests.push(({ badge }) => badge.definition.name.toLowerCase().includes(name));
  const view = choiceOf(query, 'badgeType', BADGE_VIEWS);
  const includeExpired = switchOf(query, 'includeExpired', false);
  if (view !== null) tests.push((holding) => belongsTo(holding, view, includeExpired, now));
  const active = activationOf(query, 'action');
  if (active !== null) tests.push(({ badge }) => badge.definition.active === active);
  const statuses = statusesOf(query, 'badgeStatus') ?? statusesOf(query, 'badgeStatu');
  if (statuses) tests.push(({ badge }) => statuses.includes(badgeStatus(badge.definition, now)));
  const owners = choicesOf(query, 'owner', BADGE_OWNERS);
  if (owners) tests.push(({ badge }) => badge.definition.restrictedToOwners.some((owner) => owners.includes(owner)));
  const claimants = choicesOf(query, 'claimedBy', OWNER_TYPES);
  if (claimants) {
    tests.push(({ badge }) => badge.claims.some((claim) => claim.isActive && claimants.includes(claim.ownerType)));
  }
  const groupId = query['groupId'] ?? '';
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
  const sortOn = choiceOf(call.query, 'sortOn', SORTS, { anyCase: true }) ?? 'EXPIRES_ON';
  const ascending = choiceOf(call.query, 'order', ['DESC', 'ASC'], { anyCase: true }) === 'ASC';
  const tests = filtersOf(call.query, now);
  const customer = customerOfPath(org, call);
  if (!customer.ok) return refusal(customer.errors, org.settings);
  const { customerId } = customer;
  const touched = new Set(org.badgeKeysOf(customerId));
  const withView = choiceOf(call.query, 'badgeType', BADGE_VIEWS) !== null;
  const holdings = [...org.badges()]
    .filter((badge) => withView || touched.has(badge.key))
    .map((badge) => holdingOf(org, badge, customerId))
    .filter((holding) => tests.every((test) => test(holding)))
    .sort(byDate(sortingDate(sortOn, now), ascending));
  const { rows, pagination } = cutPage(holdings, page);
  return success({ customerBadges: rows.map((holding) => rowOf(org, holding, now)), pagination });
};
