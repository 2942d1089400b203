import { Failure } from '../../../../shared/ipc/errors';
import type { PushedRequest, SyncRow } from '../../../../shared/ipc/sync-contract';
import type { StoredConnection } from '../../../../db/workspace/connections';
import { folded } from '../../../../db/workspace/outline';
import { compareBadge, pairOf, refusalsOf } from './comparison';
import { LiveReads } from './live-reads';
import { linked } from '../client/linked-signal';
import type { OrgSessions } from '../client/org-sessions';
import { planPush, planView, type FrozenPlan } from './plan';
import { pull } from './pull';
import { Push } from './push';
import { adopt, resolve } from './resolve';
import type { SyncContext, SyncHandlers } from '../context';
import { linesOf, rowOf } from './lines';
import type { OrgTurns } from './org-turns';
import { requireWritable } from '../connections/write-permission';
import { message, type Message } from '../../../../shared/words/message';

type SyncMethod = Extract<keyof SyncHandlers, `sync.${string}`>;

/** Plans kept; an older one has to be made again. */
const MOST_PLANS = 50;

/** Handlers of `sync.*`. Work on one connection is done one thing after the other. */
export function syncHandlers(
  context: SyncContext,
  sessions: OrgSessions,
  turns: OrgTurns,
): Pick<SyncHandlers, SyncMethod> {
  const { connections } = context.workspace;
  const plans = new Map<string, FrozenPlan>();
  /** Before the first pull nobody knows what the org fills in by itself, and it would look like an edit after the push. */
  const learnFieldDefaults = async (connection: StoredConnection, signal: AbortSignal): Promise<void> => {
    if (connection.lastPulledOn !== null) return;
    const patience = { dice: context.dice, times: context.times.backoff };
    const reads = new LiveReads(sessions.of(connection).client, patience, null, signal);
    // Without an answer the push says better what is wrong.
    const defaults = await reads.fieldDefaults().catch(() => null);
    if (defaults) connections.setFieldDefaults(connection.key, defaults);
  };

  return {
    'sync.pull': ({ connectionId }, { signal, progress }) => {
      const connection = connections.get(connectionId);
      return turns.take(connectionId, () =>
        pull(context, connection, sessions.of(connection), linked(signal, turns.closing), progress),
      );
    },

    'sync.list': ({ connectionId, search, state, offset, limit }) => {
      const connection = connections.get(connectionId);
      const words = folded(search).split(/\s+/).filter(Boolean);
      const all = linesOf(context, connection).map((line) => rowOf(line, connection));
      const found = all.filter(({ name }) => {
        const text = folded(name);
        return words.every((word) => text.includes(word));
      });
      const counts: Record<string, number> = {};
      for (const row of found) counts[row.state] = (counts[row.state] ?? 0) + 1;
      const selected = state.length === 0 ? found : found.filter((row) => state.includes(row.state));
      const rows = selected.slice(offset, offset + limit).map((row): SyncRow => {
        const isCompared = row.remoteId !== null && row.differences > 0;
        return {
          ...row,
          refusals: isCompared ? refusalsOf(context, connection, pairOf(context, connection, row.badgeId)).length : 0,
        };
      });
      return { total: selected.length, rows, counts };
    },

    'sync.compare': ({ connectionId, badgeId }) => compareBadge(context, connections.get(connectionId), badgeId),
    'sync.resolve': ({ connectionId, badgeId, choices }) =>
      resolve(context, connections.get(connectionId), badgeId, choices),
    'sync.adopt': ({ connectionId, remoteIds }) => ({
      created: adopt(context, connections.get(connectionId), remoteIds),
    }),

    'sync.plan': ({ connectionId, badgeIds }) => {
      const plan = planPush(context, connections.get(connectionId), badgeIds);
      plans.set(plan.planId, plan);
      for (const oldest of plans.keys()) {
        if (plans.size <= MOST_PLANS) break;
        plans.delete(oldest);
      }
      return planView(plan);
    },

    'sync.push': ({ planId, keys, typedName }, { signal, progress }) => {
      const plan = plans.get(planId);
      if (!plan) throw new Failure('not-found', message('sync.planGone'));
      const connection = connections.get(plan.connectionKey);
      if (connection.baseUrl !== plan.baseUrl) {
        throw new Failure('conflict', message('sync.addressChanged'));
      }
      requireWritable(connection, sessions, typedName);
      const chosen = plan.requests.filter(({ key }) => keys.includes(key));
      // The same bytes must not leave twice, whoever asks for it.
      plans.set(planId, { ...plan, requests: plan.requests.filter(({ key }) => !keys.includes(key)) });
      return turns.take(connection.key, async () => {
        const stop = linked(signal, turns.closing);
        await learnFieldDefaults(connection, stop);
        const push = new Push(context, connections.get(connection.key), sessions.of(connection), stop);
        const results: PushedRequest[] = [];
        const failed = new Set<string>();
        for (const frozen of chosen) {
          const { key, badgeId, badgeName, purpose, claim } = frozen;
          progress({ done: results.length, total: chosen.length, current: badgeName });
          const isHeldUp = failed.has(badgeId) || stop.aborted;
          const result = isHeldUp ? notSent(stop.aborted) : await push.send(frozen);
          if (result.outcome !== 'done') failed.add(badgeId);
          results.push({ key, badgeId, badgeName, purpose, claim, ...result });
        }
        progress({ done: results.length, total: chosen.length, current: '' });
        return { results, sentence: inWords(connection.name, results) };
      });
    },
  };
}

function notSent(isCancelled: boolean): Pick<PushedRequest, 'outcome' | 'sentence' | 'errors'> {
  const sentence = isCancelled ? message('sync.notSentCancelled') : message('sync.notSentAfter');
  return { outcome: 'skipped', sentence, errors: [] };
}

function inWords(org: string, results: readonly PushedRequest[]): Message {
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
