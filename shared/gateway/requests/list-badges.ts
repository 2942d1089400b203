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
import { choiceOf, choicesOf, cutPage, dateOf, pageOf, switchOf } from '../query-values';

const ACTIONS = ['ACTIVATED', 'DE_ACTIVATED', 'DEACTIVATED'] as const;
const SORTS = ['ID', 'NAME', 'START_DATE'] as const;

type Test = (badge: StoredBadge) => boolean;

/** ENDED is another word for EXPIRED in filters (semantics L2). */
export function statusesOf(query: GatewayCall['query'], key: string): BadgeStatus[] | null {
  const asked = choicesOf(query, key, [...BADGE_STATUSES, 'ENDED']);
  return asked?.map((status) => (status === 'ENDED' ? 'EXPIRED' : status)) ?? null;
}

/** The `active` value an action filter asks for (semantics L3); null when it asks for none. */
export function activationOf(query: GatewayCall['query'], key: string): boolean | null {
  const action = choiceOf(query, key, ACTIONS);
  return action === null ? null : action === 'ACTIVATED';
}

function filtersOf(query: GatewayCall['query'], now: Instant): Test[] {
  const tests: Test[] = [];
  const statuses = statusesOf(query, 'status');
  if (statuses) tests.push((badge) => statuses.includes(badgeStatus(badge.definition, now)));
  const earnTypes = [
    choiceOf(query, 'earnType', EARN_TYPES),
    choiceOf(query, 'badgeType', EARN_TYPES, { anyCase: true }),
  ].filter((type) => type !== null);
  for (const type of earnTypes) tests.push((badge) => badge.definition.earnType === type);
  const active = activationOf(query, 'action');
  if (active !== null) tests.push((badge) => badge.definition.active === active);
  const owners = choicesOf(query, 'owner', BADGE_OWNERS);
  if (owners) tests.push((badge) => badge.definition.restrictedToOwners.some((owner) => owners.includes(owner)));
  const claimants = choicesOf(query, 'claimedBy', OWNER_TYPES);
  if (claimants) {
    tests.push((badge) => badge.claims.some((claim) => claim.isActive && claimants.includes(claim.ownerType)));
  }
  if (switchOf(query, 'unclaimed', false)) tests.push((badge) => !badge.claims.some((claim) => claim.isActive));
  const name = query['name']?.toLowerCase();
  if (name !== undefined && name !== '') tests.push((badge) => badge.definition.name.toLowerCase().includes(name));
  const startOn = dateOf(query, 'startOn');
  if (startOn !== null) tests.push((badge) => badge.definition.startOn >= startOn);
  const expiresOn = dateOf(query, 'expiresOn');
  if (expiresOn !== null) tests.push((badge) => badge.definition.expiresOn <= expiresOn);
  return tests;
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function sorterOf(query: GatewayCall['query']): (one: StoredBadge, other: StoredBadge) => number {
  switch (choiceOf(query, 'sortOn', SORTS) ?? 'ID') {
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
