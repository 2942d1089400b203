import { badgeStatus } from '../domain/badge';
import { enrolmentStatus } from '../domain/enrolment';
import type { Instant } from '../domain/instant';
import type { Award, Enrolment, OrgState, Provenance, StoredBadge } from '../domain/org';

export const BADGE_VIEWS = ['AVAILABLE_TO_ISSUE', 'AVAILABLE', 'EARNED', 'EXPIRED'] as const;
export type BadgeView = (typeof BADGE_VIEWS)[number];

/** One badge together with everything one customer has of it. */
export interface Holding {
  badge: StoredBadge;
  enrolments: readonly (Enrolment & Provenance)[];
  awards: readonly (Award & Provenance)[];
  /** Non-revoked awards, oldest record first. */
  standing: readonly (Award & Provenance)[];
}

export function holdingOf(org: OrgState, badge: StoredBadge, customerId: number): Holding {
  const awards = org.awardHistory(badge, customerId);
  return {
    badge,
    enrolments: org.enrolmentHistory(badge, customerId),
    awards,
    standing: awards.filter((award) => award.revokedOn === null),
  };
}

/** The award that was processed last; null when the customer has none that stands. */
export function latestAward(holding: Holding): (Award & Provenance) | null {
  return holding.standing.reduce<(Award & Provenance) | null>(
    (latest, award) => (latest === null || award.earnedOn >= latest.earnedOn ? award : latest),
    null,
  );
}

/** The enrolment that was made last, revoked or not. */
export function latestEnrolment(holding: Holding): (Enrolment & Provenance) | null {
  return holding.enrolments.reduce<(Enrolment & Provenance) | null>(
    (latest, enrolment) => (latest === null || enrolment.issuedOn >= latest.issuedOn ? enrolment : latest),
    null,
  );
}

/** Whether a badge belongs into a customer's view (semantics S2). */
export function belongsTo(holding: Holding, view: BadgeView, includeExpired: boolean, now: Instant): boolean {
  const { definition } = holding.badge;
  const isEnrolled = holding.enrolments.some((enrolment) => enrolmentStatus(enrolment, now) === 'ACTIVE');
  const isLive = badgeStatus(definition, now) === 'LIVE' && definition.active;
  const isHeld = holding.standing.some((award) => award.expiresOn > now);
  const hasExpired = holding.standing.some((award) => award.expiresOn <= now);
  switch (view) {
    case 'AVAILABLE_TO_ISSUE':
      return isLive && definition.earnType === 'ISSUE_EARN' && !isEnrolled;
    case 'AVAILABLE':
      // An enrolment may outlive its badge and still permits earning (E6), an inactive badge never does (E3).
      return definition.earnType === 'EARN' ? isLive : definition.active && isEnrolled;
    case 'EARNED':
      return isHeld || (includeExpired && hasExpired);
    case 'EXPIRED':
      return !isHeld && hasExpired;
  }
}

/** Rank order: active groups by rank, inside them ranked badges, then unranked ones that end later (semantics G2). */
export function byRank(org: OrgState): (one: StoredBadge, other: StoredBadge) => number {
  const groupRank = (badge: StoredBadge): number => {
    const id = badge.definition.badgeGroupId;
    const group = id === null ? undefined : org.findGroup(id);
    return group?.isActive === true ? group.rank : Infinity;
  };
  // Two groups of one rank stay apart, the one that was made first in front.
  const groupOrder = new Map(org.groups().map((group, index) => [group.id, index]));
  const orderOf = (badge: StoredBadge): number =>
    groupRank(badge) === Infinity ? 0 : (groupOrder.get(badge.definition.badgeGroupId ?? '') ?? 0);
  const badgeRank = (badge: StoredBadge): number => badge.definition.badgeRank ?? Infinity;
  const compare = (one: number, other: number): number => (one === other ? 0 : one < other ? -1 : 1);
  return (one, other) =>
    compare(groupRank(one), groupRank(other)) ||
    compare(orderOf(one), orderOf(other)) ||
    compare(badgeRank(one), badgeRank(other)) ||
    (badgeRank(one) === Infinity ? other.definition.expiresOn - one.definition.expiresOn : 0) ||
    compare(one.key, other.key);
}

/** Sorts by a date, latest first unless `ascending`; badges without one come last either way. */
export function byDate<T>(dateOf: (item: T) => Instant | null, ascending = false): (one: T, other: T) => number {
  return (one, other) => {
    const first = dateOf(one);
    const second = dateOf(other);
    if (first === null || second === null) return first === second ? 0 : first === null ? 1 : -1;
    return ascending ? first - second : second - first;
  };
}
