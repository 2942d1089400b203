import {
  BADGE_OWNERS,
  BADGE_STATUSES,
  badgeStatus,
  EARN_TYPES,
  OWNER_TYPES,
  type BadgeStatus,
} from '../../domain/badge';
import type { Instant } from '../../domain/instant';
import type { OrgState, StoredBadge } from '../../domain/org';
import { success } from '../answer';
import { badgeRow } from '../badge-view';
import type { GatewayCall, RequestFunction } from '../call';
import { choice, choices, cutPage, date, pageOf, words, yesOrNo, type QueryParameter } from '../query-values';

const ACTIONS = ['ACTIVATED', 'DE_ACTIVATED', 'DEACTIVATED'] as const;
const SORTS = ['ID', 'NAME', 'START_DATE'] as const;

type Test = (badge: StoredBadge) => boolean;

/** ENDED is another word for EXPIRED in filters (semantics L2). */
export function statuses(name: string): QueryParameter<BadgeStatus[] | null> {
  const asked = choices(name, [...BADGE_STATUSES, 'ENDED'] as const);
  return {
    ...asked,
    of: (query) => asked.of(query)?.map((status) => (status === 'ENDED' ? 'EXPIRED' : status)) ?? null,
  };
}

const action = choice('action', ACTIONS);
/** The `active` value an action filter asks for (semantics L3); null when it asks for none. */
export const ACTION: QueryParameter<boolean | null> = {
  ...action,
  of: (query) => {
    const asked = action.of(query);
    return asked === null ? null : asked === 'ACTIVATED';
  },
};
export const OWNER = choices('owner', BADGE_OWNERS);
export const CLAIMED_BY = choices('claimedBy', OWNER_TYPES);
/** Part of a name in any case. */
export const NAME = words('name', 'Part of the name, in any case.');
const STATUS = statuses('status');
const EARN_TYPE = choice('earnType', EARN_TYPES);
const BADGE_TYPE = choice('badgeType', EARN_TYPES, { anyCase: true });
const UNCLAIMED = yesOrNo('unclaimed', false);
const STARTS_FROM = date('startOn');
const ENDS_UNTIL = date('expiresOn');
const SORT_ON = choice('sortOn', SORTS);
/** Parameters of {@link listBadges}. */
export const BADGE_FILTERS = [
  ...[SORT_ON, STATUS, EARN_TYPE, BADGE_TYPE, ACTION, OWNER, CLAIMED_BY, UNCLAIMED],
  ...[NAME, STARTS_FROM, ENDS_UNTIL],
];

function filtersOf(query: GatewayCall['query'], now: Instant): Test[] {
  const tests: Test[] = [];
  const asked = STATUS.of(query);
  if (asked) tests.push((badge) => asked.includes(badgeStatus(badge.definition, now)));
  const earnTypes = [EARN_TYPE.of(query), BADGE_TYPE.of(query)].filter((type) => type !== null);
  for (const type of earnTypes) tests.push((badge) => badge.definition.earnType === type);
  const active = ACTION.of(query);
  if (active !== null) tests.push((badge) => badge.definition.active === active);
  const owners = OWNER.of(query);
  if (owners) tests.push((badge) => badge.definition.restrictedToOwners.some((owner) => owners.includes(owner)));
  const claimants = CLAIMED_BY.of(query);
  if (claimants) {
    tests.push((badge) => badge.claims.some((claim) => claim.isActive && claimants.includes(claim.ownerType)));
  }
  if (UNCLAIMED.of(query)) tests.push((badge) => !badge.claims.some((claim) => claim.isActive));
  const name = NAME.of(query).toLowerCase();
  if (name !== '') tests.push((badge) => badge.definition.name.toLowerCase().includes(name));
  const startOn = STARTS_FROM.of(query);
  if (startOn !== null) tests.push((badge) => badge.definition.startOn >= startOn);
  const expiresOn = ENDS_UNTIL.of(query);
  if (expiresOn !== null) tests.push((badge) => badge.definition.expiresOn <= expiresOn);
  return tests;
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function sorterOf(query: GatewayCall['query']): (one: StoredBadge, other: StoredBadge) => number {
  switch (SORT_ON.of(query) ?? 'ID') {
    case 'ID':
      return (one, other) => compareText(one.id, other.id);
    case 'NAME':
      return (one, other) => compareText(one.definition.name, other.definition.name) || compareText(one.id, other.id);
    case 'START_DATE':
      return (one, other) => one.definition.startOn - other.definition.startOn || compareText(one.id, other.id);
  }
}

/** All badges that pass every test of a query. */
function badgesPassing(org: OrgState, tests: readonly Test[]): StoredBadge[] {
  const found: StoredBadge[] = [];
  for (const badge of org.badges()) if (tests.every((test) => test(badge))) found.push(badge);
  return found;
}

/** GET /badgeMeta: the badges of the org, filtered, sorted and paged (gateway-api section 2). */
export const listBadges: RequestFunction = (org, call, { now }) => {
  const page = pageOf(call.query);
  const sorter = sorterOf(call.query);
  const badges = badgesPassing(org, filtersOf(call.query, now)).sort(sorter);
  const { rows, pagination } = cutPage(badges, page);
  return success({ metaBasicDetails: rows.map((badge) => badgeRow(org, badge, now)), pagination });
};
