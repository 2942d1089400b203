import { decideClaim, decideUnclaim, readClaim, type ClaimDecision } from '../../domain/claims';
import type { OwnerType } from '../../domain/badge';
import { ruleError } from '../../domain/codes';
import type { OrgState, StoredBadge } from '../../domain/org';
import { refusal, successWithoutErrors, type Answer } from '../answer';
import type { GatewayCall, RequestFunction } from '../call';

type Decide = (badge: StoredBadge, ownerType: OwnerType, referenceId: string) => ClaimDecision;

/** The body is read before the badge is looked up: missing inputs answer first, as everywhere (error-codes). */
function changeClaim(org: OrgState, call: GatewayCall, decide: Decide, isActive: boolean): Answer {
  const reading = readClaim(call.body);
  if (!reading.ok) return refusal(reading.errors, org.settings);
  const badge = org.findBadge(call.path['badgeId'] ?? '');
  if (!badge) return refusal([ruleError(404)], org.settings);
  const { ownerType, referenceId } = reading;
  const decision = decide(badge, ownerType, referenceId);
  if (!decision.ok) return refusal(decision.errors, org.settings);
  if (decision.claims !== badge.claims) org.setClaims(badge, decision.claims);
  return successWithoutErrors({ badgeMetaId: badge.id, ownerType, referenceId, isActive }, decision.warnings);
}

/** POST /badgeMeta/{badgeId}/claim (gateway-api section 2; semantics K2, K3). */
export const claimBadge: RequestFunction = (org, call) => changeClaim(org, call, decideClaim, true);

/** POST /badgeMeta/{badgeId}/unclaim (gateway-api section 2; semantics K4). */
export const unclaimBadge: RequestFunction = (org, call) => changeClaim(org, call, decideUnclaim, false);
