import type { StoredConnection } from '../../../../db/workspace/connections';
import type { PushedRequest } from '../../../../shared/ipc/sync-contract';
import { message, type Message } from '../../../../shared/words/message';
import { onErrand, presentErrand } from '../client/errand';
import type { OrgSession } from '../client/org-sessions';
import type { SyncContext } from '../context';
import { keepPushOrigin, originOfPush, type OriginFile } from '../origin/origin';
import { defaultsOf, LiveReads } from './live-reads';
import type { FrozenRequest } from './plan';
import { Push } from './push';

/** Who watches a push. */
export interface PushWatch {
  signal: AbortSignal;
  progress(report: { done: number; total: number; current: string }): void;
  /** The file of the plan that is applied; left out where there is none. */
  file?: OriginFile;
  /** Told the number of the push in the ledger, before its first change leaves. */
  noted?(taskKey: number): void;
}

/**
 * Sends requests one after the other and says of each what became of it. Where one of a badge fails, those that follow
 * for it are not sent.
 */
export function sendRequests(
  context: SyncContext,
  connection: StoredConnection,
  session: OrgSession,
  requests: readonly FrozenRequest[],
  watch: PushWatch,
): Promise<PushedRequest[]> {
  const names = requests.map(({ badgeName }) => badgeName);
  return onErrand('push', names, () => requestsSent(context, connection, session, requests, watch));
}

async function requestsSent(
  context: SyncContext,
  connection: StoredConnection,
  session: OrgSession,
  requests: readonly FrozenRequest[],
  { signal, progress, file, noted }: PushWatch,
): Promise<PushedRequest[]> {
  const errand = presentErrand();
  if (errand) {
    const origin = originOfPush(context, connection, requests, file === undefined ? [] : [file]);
    errand.onWrite = (taskKey) => {
      keepPushOrigin(context, taskKey, origin);
      noted?.(taskKey);
    };
  }
  const push = new Push(context, await withFieldDefaults(context, connection, session, signal), session, signal);
  const results: PushedRequest[] = [];
  const failed = new Set<string>();
  for (const frozen of requests) {
    const { key, badgeId, badgeName, purpose, claim } = frozen;
    progress({ done: results.length, total: requests.length, current: badgeName });
    const isHeldUp = failed.has(badgeId) || signal.aborted;
    const result = isHeldUp ? notSent(signal.aborted) : await push.send(frozen);
    if (result.outcome !== 'done') failed.add(badgeId);
    results.push({ key, badgeId, badgeName, purpose, claim, ...result });
  }
  progress({ done: results.length, total: requests.length, current: '' });
  return results;
}

/**
 * The connection with what its org fills in by itself: before the first pull nobody knows it, and it would look like an
 * edit after the push.
 */
export async function withFieldDefaults(
  context: SyncContext,
  connection: StoredConnection,
  session: OrgSession,
  signal: AbortSignal,
): Promise<StoredConnection> {
  const { connections } = context.workspace;
  if (connection.lastPulledOn !== null) return connections.get(connection.key);
  const patience = { dice: context.dice, times: context.times.backoff };
  const reads = new LiveReads(session.client, patience, null, signal);
  // Without an answer the push says better what is wrong.
  const fields = await reads.customFields().catch(() => null);
  if (fields) connections.setFieldDefaults(connection.key, defaultsOf(fields));
  return connections.get(connection.key);
}

function notSent(isCancelled: boolean): Pick<PushedRequest, 'outcome' | 'sentence' | 'errors'> {
  const sentence = isCancelled ? message('sync.notSentCancelled') : message('sync.notSentAfter');
  return { outcome: 'skipped', sentence, errors: [] };
}

/** What a push came to, in one sentence. */
export function resultsInWords(org: string, results: readonly PushedRequest[]): Message {
  const count = (outcome: PushedRequest['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  const [refused, unknown, skipped] = [count('refused'), count('unknown'), count('skipped')];
  const parts = [
    message('sync.pushedDone', { done: String(count('done')), total: String(results.length), org }),
    ...(refused > 0 ? [message('sync.pushedRefused', { count: String(refused) })] : []),
    ...(unknown > 0 ? [message('sync.pushedUnknown', { count: String(unknown) })] : []),
    ...(skipped > 0 ? [message('sync.pushedSkipped', { count: String(skipped) })] : []),
  ];
  return message('sync.pushed', {
    parts: parts.reduceRight((rest, first) => message('sync.fieldsList', { first, rest })),
  });
}
