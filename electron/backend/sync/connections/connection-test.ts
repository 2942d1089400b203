import { badgeList } from '../../../../shared/gateway/client-schemas';
import type { ConnectionTest } from '../../../../shared/ipc/sync-contract';
import { SECOND } from '../../../../shared/domain/instant';
import { inEnglish } from '../../../../shared/words/english';
import { traceWay } from '../../network/trace';
import type { SyncContext } from '../context';
import { outcomeInWords, gatewayUrl, readRequest, type GatewayClient } from '../client/gateway-client';

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
  const { outcome, serverSeconds } = await client.send(readRequest('test', url));
  const skew = serverSeconds === null ? null : Math.round(serverSeconds - now() / SECOND);
  if (outcome.kind === 'not-sent' || outcome.kind === 'ambiguous' || outcome.kind === 'unusable') {
    const patience = Math.min(MOST_PATIENCE, times.exchange.idle ?? MOST_PATIENCE);
    const { ok, hop, said } = await traceWay(network, new URL(url), patience);
    if (!ok) return { ok, hop, said, sentence: inEnglish(said), clockSkewSeconds: skew, badges: null };
  }
  if (outcome.kind !== 'success') {
    const sentence =
      outcome.kind === 'unusable'
        ? `${outcomeInWords(outcome)} Is this the address of a badge gateway?`
        : outcomeInWords(outcome);
    return { ok: false, hop: 'gateway', said: null, sentence, clockSkewSeconds: skew, badges: null };
  }
  const list = badgeList.safeParse(outcome.data);
  if (!list.success) {
    const sentence = `${new URL(url).host} answers, but not as a badge gateway does. Check the address.`;
    return { ok: false, hop: 'gateway', said: null, sentence, clockSkewSeconds: skew, badges: null };
  }
  const badges = list.data.pagination.total;
  const found = `Connected: ${badges === 1 ? 'one badge is' : `${String(badges)} badges are`} there.`;
  const sentence = skew !== null && Math.abs(skew) >= SKEW_TO_TELL ? `${found} ${skewInWords(skew)}` : found;
  return { ok: true, hop: null, said: null, sentence, clockSkewSeconds: skew, badges };
}

function skewInWords(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const amount = minutes < 120 ? `${String(minutes)} minutes` : `${String(Math.round(minutes / 60))} hours`;
  return `But its clock is ${amount} ${seconds > 0 ? 'ahead of' : 'behind'} this machine’s: dates close to now may be judged differently there. Set this machine’s clock, or tell who runs the org.`;
}
