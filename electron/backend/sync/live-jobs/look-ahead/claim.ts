import type { StoredConnection } from '../../../../../db/workspace/connections';
import { Failure } from '../../../../../shared/ipc/errors';
import { message, type Message } from '../../../../../shared/words/message';
import { snapshotOf } from '../../badges/live-badge';
import { LiveReads } from '../../badges/live-reads';
import { gatewayUrl, type GatewayRequest } from '../../client/gateway-client';
import { onErrand } from '../../client/errand';
import type { OrgSessions } from '../../client/org-sessions';
import { readPatiently } from '../../client/patient-read';
import type { SyncContext } from '../../context';
import { ownerInWords } from '../owner-words';

/**
 * Claims a badge in a live org. Claiming again is no error (semantics K3), so it may be sent until it is answered.
 *
 * @throws Failure `rejected-by-gateway` with the org's own code, or what says that it is not known whether it was done
 */
export async function claimLive(
  context: SyncContext,
  sessions: OrgSessions,
  connection: StoredConnection,
  remoteBadgeId: string,
  owner: { ownerType: string; referenceId: string },
): Promise<Message> {
  const { client } = sessions.of(connection);
  const { ownerType, referenceId } = owner;
  const request: GatewayRequest = {
    ...{ purpose: 'claim', method: 'POST', isWrite: true, badgeId: remoteBadgeId, jobKey: null },
    url: gatewayUrl(client.org, ['badgeMeta', remoteBadgeId, 'claim']),
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    body: JSON.stringify({ ownerType, referenceId }),
  };
  const patience = { dice: context.dice, times: context.times.backoff };
  const { outcome } = await onErrand('claim', [], () => readPatiently(client, request, patience));
  if (outcome.kind === 'refused') {
    const words = message('lookAhead.claimRefused', { reason: outcome.sentence });
    throw new Failure('rejected-by-gateway', words, outcome.errors);
  }
  if (outcome.kind !== 'success') {
    const isUnknown = outcome.kind === 'ambiguous';
    const words = message(isUnknown ? 'lookAhead.claimUnknown' : 'lookAhead.claimRefused', {
      reason: outcome.sentence,
    });
    throw new Failure(outcome.kind === 'unauthorized' ? 'unauthorized' : 'offline', words);
  }
  // Sync shows the claim, too; where it cannot be read now, the next pull does.
  const badge = await new LiveReads(client, patience, null).badge(remoteBadgeId).catch(() => null);
  if (badge) context.workspace.snapshots.put(connection.key, snapshotOf(badge, '', context.now()));
  return message('lookAhead.claimed', { owner: ownerInWords(owner) });
}
