import type { Draft } from '../../../db/workspace/drafts';
import { outlineOf } from '../../../db/workspace/outline';
import type { Workspace } from '../../../db/workspace/workspace';
import { decideClaim, decideUnclaim, readClaim } from '../../../shared/domain/claims';
import type { RuleError } from '../../../shared/domain/codes';
import type { Instant } from '../../../shared/domain/instant';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';

/** The body of a claim as a person typed it. */
export interface ClaimBody {
  ownerType: string;
  referenceId: string;
}

/**
 * Claims a draft for a module instance (semantics K2, K3). A draft can be claimed before the rest of it is right: the
 * rules look only at its owners and whether it is active.
 *
 * @throws Failure `rejected-by-gateway` with 400, 714, 716, 717 or 990011; `not-found`
 */
export function claim(
  workspace: Workspace,
  id: string,
  body: ClaimBody,
  now: Instant,
): { draft: Draft; already: boolean } {
  const { ownerType, referenceId } = read(body);
  let already = false;
  const draft = workspace.claims.change(id, now, (current) => {
    const { owners, active } = outlineOf(current.body);
    const claimed = { claims: current.claims, definition: { restrictedToOwners: owners, active } };
    const decision = decideClaim(claimed, ownerType, referenceId);
    if (!decision.ok) throw rejected('badges.claimNotMade', decision.errors);
    already = decision.warnings.some(({ code }) => code === 900);
    return decision.claims;
  });
  return { draft, already };
}

/** @throws Failure `rejected-by-gateway` with 400, 716, 717 or 737; `not-found` */
export function unclaim(workspace: Workspace, id: string, body: ClaimBody, now: Instant): Draft {
  const { ownerType, referenceId } = read(body);
  return workspace.claims.change(id, now, (current) => {
    const decision = decideUnclaim(current, ownerType, referenceId);
    if (!decision.ok) throw rejected('badges.claimNotEnded', decision.errors);
    return decision.claims;
  });
}

function read(body: ClaimBody): Extract<ReturnType<typeof readClaim>, { ok: true }> {
  const reading = readClaim(body);
  if (!reading.ok) throw rejected('badges.claimNothingChanged', reading.errors);
  return reading;
}

function rejected(
  what: 'badges.claimNotMade' | 'badges.claimNotEnded' | 'badges.claimNothingChanged',
  errors: readonly RuleError[],
): Failure {
  const reasons = errors.map((error) => `${String(error.code)} · ${error.message}`).join('; ');
  return new Failure('rejected-by-gateway', message(what, { reasons }), errors);
}
