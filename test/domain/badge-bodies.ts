/** The badges that tests make: bodies as a gateway is sent them, and definitions as the rules know them. */
import type { BadgeDefinition } from '../../shared/domain/badge';
import { instantOf } from '../../shared/domain/instant';
import type { BadgeBody } from '../../shared/domain/templates';

/** Who claims the badges of tests, and awards them. */
export const OWNER = { ownerType: 'Loyalty', referenceId: '626' };

/** Expiries, as a body spells them. */
export const NEVER = { expiryType: 'NEVER' };
export const WITH_BADGE = { expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META' };
export const lasting = (value: number, unit: 'DAYS' | 'WEEKS' | 'MONTHS'): BadgeBody => ({
  expiryType: 'RELATIVE',
  relativeExpirytype: unit,
  value,
});

/** What makes a body one of a badge that is awarded to enrolled customers only. */
export const enrolFirst = (issuedBadgeExpiry: BadgeBody = NEVER): BadgeBody => ({
  earnType: 'ISSUE_EARN',
  issuedBadgeExpiry,
});

/** Who may claim a badge. */
export const owners = (...restrictedToOwners: string[]): BadgeBody => ({ ownership: { restrictedToOwners } });

/** A life that has begun, and outlasts every clock of a test. */
export const LIVE = { startOn: '2026-01-01T00:00:00Z', expiresOn: '2099-12-31T00:00:00Z' };

/** A badge of direct awards of 2026, without limits, as a create body: changed as the test needs. */
export function badgeBody(changes: Readonly<BadgeBody> = {}): BadgeBody {
  return {
    name: 'Five visits',
    startOn: '2026-01-01T00:00:00Z',
    expiresOn: '2026-12-31T00:00:00Z',
    earnType: 'EARN',
    earnedBadgeExpiry: lasting(2, 'WEEKS'),
    ...owners('Loyalty'),
    ...changes,
  };
}

/** The same as it is typed, stored and sent. */
export const badgeText = (changes: Readonly<BadgeBody> = {}): string => JSON.stringify(badgeBody(changes));

/** The same kind of badge as the rules know it; awards end with the badge. */
export function badgeDefinition(changes: Partial<BadgeDefinition> = {}): BadgeDefinition {
  return {
    name: 'Five visits',
    description: null,
    startOn: instantOf('2026-01-01T00:00:00Z'),
    expiresOn: instantOf('2026-12-31T00:00:00Z'),
    earnType: 'EARN',
    earnedBadgeExpiry: { kind: 'WITH_BADGE_META' },
    issuedBadgeExpiry: null,
    restrictedToOwners: ['Loyalty'],
    customerConstraints: [],
    badgeConstraints: [],
    active: true,
    images: [],
    tags: [],
    benefits: [],
    badgeGroupId: null,
    badgeRank: null,
    defaultTillId: null,
    customFields: {},
    ...changes,
  };
}
