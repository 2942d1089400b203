import { refusal, success } from '../answer';
import { constraintsView, customFieldsView, groupNameOf, ownershipView } from '../badge-view';
import type { RequestFunction } from '../call';
import { BADGE_VIEWS, belongsTo, byDate, byRank, holdingOf, latestAward, type Holding } from '../customer-holdings';
import { customerOfPath } from '../customer-identifier';
import { dated } from '../instant-view';
import { choice, cutPage, pageOf, words, yesOrNo } from '../query-values';
import type { Instant } from '../../domain/instant';
import type { OrgState } from '../../domain/org';

const SORTS = ['RANK', 'LAST_EARNED_ON_DATE', 'LAST_EARNED_EVENT_DATE'] as const;

function rowOf(org: OrgState, holding: Holding, now: Instant): Record<string, unknown> {
  const { badge } = holding;
  const { definition } = badge;
  const { zone } = org.settings;
  const latest = latestAward(holding);
  return {
    badgeMetaId: badge.id,
    orgId: org.orgId,
    name: definition.name,
    description: definition.description,
    ...dated('startOn', definition.startOn, zone),
    ...dated('expiresOn', definition.expiresOn, zone),
    images: definition.images,
    tags: definition.tags,
    badgeGroupId: definition.badgeGroupId,
    badgeGroupName: groupNameOf(org, badge),
    badgeRank: definition.badgeRank,
    ownership: ownershipView(badge),
    earnType: definition.earnType,
    benefits: definition.benefits,
    customerConstraints: constraintsView(badge, 'CUSTOMER', now, org.settings),
    badgeConstraints: constraintsView(badge, 'BADGE', now, org.settings),
    earnedCount: latest === null ? null : holding.standing.length,
    ...dated('lastEarnedOnDate', latest?.earnedOn ?? null, zone),
    ...dated('lastEarnEventDate', latest?.eventDate ?? null, zone),
    customFields: customFieldsView(org, badge),
    active: definition.active,
  };
}

function sort(org: OrgState, holdings: Holding[], sortOn: (typeof SORTS)[number] | null): Holding[] {
  const inOrder = (one: Holding, other: Holding): number => one.badge.key - other.badge.key;
  switch (sortOn) {
    case null:
      return holdings.sort(inOrder);
    case 'RANK': {
      const compare = byRank(org);
      return holdings.sort((one, other) => compare(one.badge, other.badge));
    }
    case 'LAST_EARNED_ON_DATE':
      return holdings.sort(byDate((holding) => latestAward(holding)?.earnedOn ?? null));
    case 'LAST_EARNED_EVENT_DATE':
      return holdings.sort(byDate((holding) => latestAward(holding)?.eventDate ?? null));
  }
}

/** Which badges of a customer are meant. */
export const BADGE_TYPE = choice('badgeType', BADGE_VIEWS);
export const INCLUDE_EXPIRED = yesOrNo('includeExpired', false);
export const GROUP_ID = words('groupId');
const SORT_ON = choice('sortOn', SORTS, { anyCase: true });
/** Parameters of {@link customerBadges}. */
export const CUSTOMER_BADGE_FILTERS = [BADGE_TYPE, INCLUDE_EXPIRED, SORT_ON, GROUP_ID];

/** GET /customer/{customerId}: the badges a customer can get, has, or had (gateway-api section 5; semantics S, G2). */
export const customerBadges: RequestFunction = (org, call, { now }) => {
  const page = pageOf(call.query);
  const view = BADGE_TYPE.of(call.query) ?? 'AVAILABLE_TO_ISSUE';
  const includeExpired = INCLUDE_EXPIRED.of(call.query);
  const sortOn = SORT_ON.of(call.query);
  const groupId = GROUP_ID.of(call.query);
  const customer = customerOfPath(org, call);
  if (!customer.ok) return refusal(customer.errors, org.settings);
  const holdings: Holding[] = [];
  for (const badge of [...org.badges()]) {
    if (groupId !== '' && badge.definition.badgeGroupId !== groupId) continue;
    const holding = holdingOf(org, badge, customer.customerId);
    if (belongsTo(holding, view, includeExpired, now)) holdings.push(holding);
  }
  const { rows, pagination } = cutPage(sort(org, holdings, sortOn), page);
  return success({ badges: rows.map((holding) => rowOf(org, holding, now)), pagination });
};
