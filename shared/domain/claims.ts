import { OWNER_TYPES, type BadgeDefinition, type Claim, type OwnerType } from './badge';
import {
  CLAIM_OWNER_NOT_ALLOWED,
  enumError,
  parseError,
  ruleError,
  ruleWarning,
  type RuleError,
  type RuleWarning,
} from './codes';
import { isObject } from './body-reader';
import { numberText } from './json';
import type { StoredBadge } from './org';

export type ClaimReading = { ok: true; ownerType: OwnerType; referenceId: string } | { ok: false; errors: RuleError[] };

/** Reads the body of claim and unclaim: 716, 717 together, 400 for an unknown owner (semantics K2). */
export function readClaim(body: unknown): ClaimReading {
  if (!isObject(body)) return { ok: false, errors: [parseError('body must be an object')] };
  const owner = body['ownerType'];
  const reference = body['referenceId'];
  const hasOwner = owner !== undefined && owner !== null && owner !== '';
  const ownerType = OWNER_TYPES.find((type) => type === owner);
  if (hasOwner && ownerType === undefined) {
    return {
      ok: false,
      errors: [enumError(typeof owner === 'object' ? 'an object' : owner, 'ownerType', OWNER_TYPES)],
    };
  }
  if (reference !== undefined && reference !== null && typeof reference !== 'string' && typeof reference !== 'number') {
    return { ok: false, errors: [parseError('referenceId must be text')] };
  }
  const referenceId = typeof reference === 'string' ? reference : (numberText(body, 'referenceId') ?? '');
  const errors: RuleError[] = [];
  if (ownerType === undefined) errors.push(ruleError(716, 'ownerType'));
  if (referenceId === '') errors.push(ruleError(717, 'referenceId'));
  return ownerType === undefined || errors.length > 0 ? { ok: false, errors } : { ok: true, ownerType, referenceId };
}

/** Whether a module instance has an active claim on a badge (semantics E4). */
export function hasActiveClaim(
  badge: Pick<StoredBadge, 'claims'>,
  ownerType: string,
  referenceId: string | null,
): boolean {
  return badge.claims.some(
    (claim) => claim.isActive && claim.ownerType === ownerType && claim.referenceId === referenceId,
  );
}

export type ClaimDecision =
  | { ok: true; claims: readonly Claim[]; warnings: RuleWarning[] }
  | { ok: false; errors: RuleError[] };

/** What of a badge a claim depends on; a draft whose other fields cannot be read yet has it too. */
export interface ClaimedBadge {
  claims: readonly Claim[];
  definition: Pick<BadgeDefinition, 'restrictedToOwners' | 'active'>;
}

/** Claims a badge for a module instance (semantics K2, K3): 714, 990011, or warning 900 when it is claimed already. */
export function decideClaim(badge: ClaimedBadge, ownerType: OwnerType, referenceId: string): ClaimDecision {
  if (!badge.definition.restrictedToOwners.includes(ownerType)) {
    return { ok: false, errors: [{ code: 714, message: CLAIM_OWNER_NOT_ALLOWED, reference: null }] };
  }
  if (!badge.definition.active) return { ok: false, errors: [ruleError(990011)] };
  if (hasActiveClaim(badge, ownerType, referenceId))
    return { ok: true, claims: badge.claims, warnings: [ruleWarning(900)] };
  return { ok: true, claims: [...badge.claims, { ownerType, referenceId, isActive: true }], warnings: [] };
}

/** Gives a claim up; it stays on record as inactive, and the pair can be claimed again (semantics K4). */
export function decideUnclaim(
  badge: Pick<StoredBadge, 'claims'>,
  ownerType: OwnerType,
  referenceId: string,
): ClaimDecision {
  if (!hasActiveClaim(badge, ownerType, referenceId)) return { ok: false, errors: [ruleError(737)] };
  const claims = badge.claims.map((claim) =>
    claim.isActive && claim.ownerType === ownerType && claim.referenceId === referenceId
      ? { ...claim, isActive: false }
      : claim,
  );
  return { ok: true, claims, warnings: [] };
}
