import {
  badgeStatus,
  constraintTypeOf,
  type Benefit,
  type Constraint,
  type ConstraintLevel,
  type Expiry,
} from '../domain/badge';
import { dateAt, startOfDate, type Zone } from '../domain/calendar';
import { configurationDates, configurationView, cycleOn, existingDates } from '../domain/cycles';
import type { Instant } from '../domain/instant';
import type { OrgState, StoredBadge } from '../domain/org';
import { windowReferenceId } from '../domain/window-reference';
import { dated } from './instant-view';

type Json = Record<string, unknown>;

/** An expiry as the gateway prints it: `relativeExpirytype` in the samples' spelling (semantics section 6). */
export function expiryView(expiry: Expiry | null, zone: Zone): Json | null {
  if (expiry === null) return null;
  switch (expiry.kind) {
    case 'WITH_BADGE_META':
      return { expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META', expiresOn: null, expireWithBadgeMeta: true };
    case 'FIXED_DATE':
      return {
        expiryType: 'ABSOLUTE',
        type: 'FIXED_DATE',
        ...dated('expiresOn', expiry.expiresOn, zone),
        expireWithBadgeMeta: false,
      };
    case 'RELATIVE':
      return { expiryType: 'RELATIVE', relativeExpirytype: expiry.unit, value: expiry.value };
    case 'NEVER':
      return { expiryType: 'NEVER' };
  }
}

/** The dates of the cycle a window is in at `now`, midnight of both; null outside its cycles (gateway-api section 1). */
function currentCycleView(
  badge: StoredBadge,
  constraint: Constraint & { kind: 'FIXED_WINDOW' },
  now: Instant,
  settings: OrgState['settings'],
): Json | null {
  const { zone } = settings;
  const dates = configurationDates(badge.definition, constraint, zone);
  const whole = cycleOn(constraint, dates, dateAt(now, zone), settings);
  const cycle = whole && existingDates(whole, zone);
  if (cycle === null) return null;
  return {
    ...dated('startDate', startOfDate(cycle.firstDate, zone), zone),
    ...dated('endDate', startOfDate(cycle.lastDate, zone), zone),
  };
}

function windowView(
  badge: StoredBadge,
  constraint: Constraint & { kind: 'FIXED_WINDOW' },
  level: ConstraintLevel,
  now: Instant,
  settings: OrgState['settings'],
  withCurrentCycle: boolean,
): Json {
  const { startDate, endDate, cycleStatus } = configurationView(badge.definition, constraint, now, settings.zone);
  return {
    constraintType: constraintTypeOf(constraint, level),
    referenceId: windowReferenceId(constraint, level),
    durationType: constraint.durationType,
    ...(constraint.refreshRate === null ? {} : { refreshRate: constraint.refreshRate }),
    ...(constraint.startDayOfTheWeek === null ? {} : { startDayOfTheWeek: constraint.startDayOfTheWeek }),
    maxEarnLimit: constraint.maxEarnLimit,
    cycleStatus,
    ...dated('startDate', startDate, settings.zone),
    ...dated('endDate', endDate, settings.zone),
    ...(withCurrentCycle ? { currentCycle: currentCycleView(badge, constraint, now, settings) } : {}),
  };
}

/** One constraint list of a badge as the gateway prints it (gateway-api section 1). */
export function constraintsView(
  badge: StoredBadge,
  level: ConstraintLevel,
  now: Instant,
  settings: OrgState['settings'],
  withCurrentCycle = false,
): Json[] {
  const list = level === 'CUSTOMER' ? badge.definition.customerConstraints : badge.definition.badgeConstraints;
  return list.map((constraint) => {
    const constraintType = constraintTypeOf(constraint, level);
    switch (constraint.kind) {
      case 'NO_LIMIT':
        return { constraintType };
      case 'FIXED_VALUE':
        return { constraintType, maxEarnLimit: constraint.maxEarnLimit };
      case 'FIXED_WINDOW':
        return windowView(badge, constraint, level, now, settings, withCurrentCycle);
      case 'BADGE_ROLLING_WINDOW':
        return {
          constraintType,
          rollType: constraint.rollType,
          rollValue: constraint.rollValue,
          maxEarnLimit: constraint.maxEarnLimit,
        };
      case 'CUSTOMER_ROLLING_WINDOW': {
        const { kind: _, ...limits } = constraint;
        return { constraintType, ...limits };
      }
    }
  });
}

/** The owners that may claim a badge and the claims that are active (semantics K1). */
export function ownershipView(badge: StoredBadge): Json {
  return {
    restrictedToOwners: badge.definition.restrictedToOwners,
    claims: badge.claims
      .filter((claim) => claim.isActive)
      .map(({ ownerType, referenceId, isActive }) => ({ ownerType, referenceId, isActive })),
  };
}

/** A badge's custom fields; one that lacks a mandatory field shows its default (semantics F1). */
export function customFieldsView(org: OrgState, badge: StoredBadge): Readonly<Record<string, string>> {
  const { customFields } = badge.definition;
  const missing = org
    .customFields()
    .filter((field) => field.isActive && field.isMandatory && !Object.hasOwn(customFields, field.name));
  if (missing.length === 0) return customFields;
  return Object.fromEntries([
    ...Object.entries(customFields),
    ...missing.map((field) => [field.name, field.defaultValue ?? ''] as const),
  ]);
}

/** The name of the badge's group, whether or not the group is active; null without one. */
export function groupNameOf(org: OrgState, badge: StoredBadge): string | null {
  const id = badge.definition.badgeGroupId;
  return id === null ? null : (org.findGroup(id)?.name ?? null);
}

function benefitView(benefit: Benefit): Json {
  return { ...benefit };
}

/** The whole badge object of create, update and read by id (gateway-api sections 1 and 2). */
export function badgeView(
  org: OrgState,
  badge: StoredBadge,
  now: Instant,
  options: { withCounts?: boolean; withCurrentCycle?: boolean } = {},
): Json {
  const { definition } = badge;
  const { zone } = org.settings;
  const counts = options.withCounts ? org.countsOf(badge, now) : null;
  return {
    id: badge.id,
    badgeNumericId: badge.numericId,
    orgId: org.orgId,
    name: definition.name,
    description: definition.description,
    ...dated('startOn', definition.startOn, zone),
    ...dated('expiresOn', definition.expiresOn, zone),
    earnedBadgeExpiry: expiryView(definition.earnedBadgeExpiry, zone),
    issuedBadgeExpiry: expiryView(definition.issuedBadgeExpiry, zone),
    images: definition.images,
    ownership: ownershipView(badge),
    customerConstraints: constraintsView(badge, 'CUSTOMER', now, org.settings, options.withCurrentCycle),
    badgeConstraints: constraintsView(badge, 'BADGE', now, org.settings, options.withCurrentCycle),
    benefits: definition.benefits.map(benefitView),
    tags: definition.tags,
    badgeGroupId: definition.badgeGroupId,
    badgeRank: definition.badgeRank,
    defaultTillId: definition.defaultTillId ?? badge.createdBy,
    earnType: definition.earnType,
    status: badgeStatus(definition, now),
    ...(counts === null ? {} : { issuedCount: counts.issuedCount, earnedCount: counts.earnedCount }),
    ...dated('createdOn', badge.createdOn, zone),
    createdBy: badge.createdBy,
    ...dated('lastUpdatedOn', badge.lastUpdatedOn, zone),
    lastUpdatedBy: badge.lastUpdatedBy,
    customFields: customFieldsView(org, badge),
    active: definition.active,
  };
}

/** One row of the badge list (gateway-api section 2). */
export function badgeRow(org: OrgState, badge: StoredBadge, now: Instant): Json {
  const { definition } = badge;
  const { zone } = org.settings;
  const { issuedCount, earnedCount } = org.countsOf(badge, now);
  return {
    id: badge.id,
    badgeNumericId: badge.numericId,
    orgId: org.orgId,
    name: definition.name,
    badgeGroupId: definition.badgeGroupId,
    badgeGroupName: groupNameOf(org, badge),
    badgeRank: definition.badgeRank,
    description: definition.description,
    ...dated('startOn', definition.startOn, zone),
    ...dated('expiresOn', definition.expiresOn, zone),
    status: badgeStatus(definition, now),
    images: definition.images,
    earnType: definition.earnType,
    earnedBadgeExpiry: expiryView(definition.earnedBadgeExpiry, zone),
    issuedBadgeExpiry: expiryView(definition.issuedBadgeExpiry, zone),
    ownership: ownershipView(badge),
    issuedCount,
    earnedCount,
    ...dated('createdOn', badge.createdOn, zone),
    createdBy: badge.createdBy,
    ...dated('lastUpdatedOn', badge.lastUpdatedOn, zone),
    lastUpdatedBy: badge.lastUpdatedBy,
    customFields: customFieldsView(org, badge),
    active: definition.active,
  };
}
