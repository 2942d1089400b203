import { takesBack } from '../../../../../shared/ipc/take-back-contract';
import { message } from '../../../../../shared/words/message';
import type { BadgeLooks } from '../badge-looks';
import type { LookBefore } from '../turns';

/**
 * Looks at the badge of an award or enrolment once more when it begins after it waited: whatever would have kept it from being
 * started does so still. What only asked was decided by a person (docs/decisions/0163).
 */
export function lookBefore(looks: BadgeLooks): LookBefore {
  return async (connection, { action, remoteBadgeId, ownerType, referenceId, eventDate }) => {
    if (action === 'import' || takesBack(action)) return null;
    const job = { remoteBadgeId, action, owner: { ownerType, referenceId }, eventDate, rows: null };
    const { ahead } = await looks.look(connection, job, true);
    const refused = ahead.findings.find(({ kind }) => kind === 'refuses');
    return refused ? message('jobs.refusedAtStart', { org: connection.name, finding: refused.words }) : null;
  };
}
