import { badgeList } from '../../../../shared/gateway/client-schemas';
import type { ConnectionTest } from '../../../../shared/ipc/sync-contract';
import { SECOND } from '../../../../shared/domain/instant';
import { traceWay } from '../../network/trace';
import { onErrand } from '../client/errand';
import type { SyncContext } from '../context';
import { outcomeInWords, gatewayUrl, readRequest, type GatewayClient } from '../client/gateway-client';
import { message, type Message } from '../../../../shared/words/message';

/** From this difference of the clocks on a person should know: start dates and event dates are judged by the org's. */
const SKEW_TO_TELL = 120;

/** Milliseconds for finding out where the way ends. */
const MOST_PATIENCE = 15_000;

/** Asks for one badge, and says in plain words what that shows, and which hop failed where the answer did not come. */
export async function testConnection(
  client: GatewayClient,
  { network, now, times }: Pick<SyncContext, 'network' | 'now' | 'times'>,
): Promise<ConnectionTest> {
  const url = gatewayUrl(client.org, ['badgeMeta'], { page: '0', size: '1' });
  const { outcome, serverSeconds } = await onErrand('test', [], () => client.send(readRequest('test', url)));
  const skew = serverSeconds === null ? null : Math.round(serverSeconds - now() / SECOND);
  if (outcome.kind === 'not-sent' || outcome.kind === 'ambiguous' || outcome.kind === 'unusable') {
    const patience = Math.min(MOST_PATIENCE, times.exchange.idle ?? MOST_PATIENCE);
    const { ok, hop, said } = await traceWay(network, new URL(url), patience);
    if (!ok) return { ok, hop, sentence: said, clockSkewSeconds: skew, badges: null };
  }
  if (outcome.kind !== 'success') {
    const sentence =
      outcome.kind === 'unusable'
        ? message('org.isThisTheAddress', { sentence: outcomeInWords(outcome) })
        : outcomeInWords(outcome);
    return { ok: false, hop: 'gateway', sentence, clockSkewSeconds: skew, badges: null };
  }
  const list = badgeList.safeParse(outcome.data);
  if (!list.success) {
    const sentence = message('org.answersUnlike', { host: new URL(url).host });
    return { ok: false, hop: 'gateway', sentence, clockSkewSeconds: skew, badges: null };
  }
  const badges = list.data.pagination.total;
  const found = message('org.connected', { count: badges });
  const sentence =
    skew !== null && Math.abs(skew) >= SKEW_TO_TELL
      ? message('org.failed', { sentence: found, kept: skewInWords(skew) })
      : found;
  return { ok: true, hop: null, sentence, clockSkewSeconds: skew, badges };
}

function skewInWords(seconds: number): Message {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const amount =
    minutes < 120
      ? message('org.minutes', { count: minutes })
      : message('org.hours', { count: Math.round(minutes / 60) });
  return message(seconds > 0 ? 'org.clockAhead' : 'org.clockBehind', { amount });
}
