import { Failure } from '../../../../shared/ipc/errors';
import type { SyncRow } from '../../../../shared/ipc/sync-contract';
import { folded } from '../../../../db/workspace/outline';
import { keepField, keptFields, removeField } from '../../../../db/workspace/kept-definitions';
import { definitionsView, resolveDefinition, takeDefinitions } from './definitions';
import { compareBadge, pairOf, refusalsOf } from './comparison';
import type { KeptPlans } from './kept-plans';
import { linked } from '../client/linked-signal';
import type { OrgSessions } from '../client/org-sessions';
import { planPush, planView } from './plan';
import { pull } from './pull';
import { adopt, resolve } from './resolve';
import { resultsInWords, sendRequests } from './send-requests';
import type { SyncContext, SyncHandlers } from '../context';
import { promotionHandlers } from './promotion-handlers';
import { partnersMark } from './promotion-routes';
import { settleStrays } from './promotion-strays';
import { linesOf, rowOf } from './lines';
import type { OrgTurns } from './org-turns';
import { requireWritable } from '../connections/write-permission';
import { message } from '../../../../shared/words/message';

type SyncMethod = Extract<keyof SyncHandlers, `sync.${string}`>;

/** Handlers of `sync.*`. Work on one connection is done one thing after the other. */
export function syncHandlers(
  context: SyncContext,
  sessions: OrgSessions,
  turns: OrgTurns,
  plans: KeptPlans,
): Pick<SyncHandlers, SyncMethod> {
  const { connections } = context.workspace;

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

    'sync.definitions': ({ connectionId }) => definitionsView(context.workspace, connections.get(connectionId).key),
    'sync.resolveDefinition': ({ connectionId, kind, id, choices }) => {
      resolveDefinition(context, connections.get(connectionId), { kind, id }, choices);
      return definitionsView(context.workspace, connectionId);
    },
    'sync.takeDefinitions': ({ connectionId, groups, fields }) => {
      takeDefinitions(context, connections.get(connectionId), { groups, fields });
      return definitionsView(context.workspace, connectionId);
    },
    'sync.keepField': ({ before, ...field }) => {
      const name = field.name.trim();
      const { settings } = context.workspace;
      if (name === '') throw new Failure('invalid-input', message('definitions.nameMissing'));
      if (name !== before && keptFields(settings).some((each) => each.name === name))
        throw new Failure('invalid-input', message('definitions.nameTaken', { name }));
      keepField(
        settings,
        { ...field, name, defaultValue: field.defaultValue === '' ? null : field.defaultValue },
        before,
      );
      return null;
    },
    'sync.removeField': ({ name }) => {
      removeField(context.workspace.settings, name);
      return null;
    },

    ...promotionHandlers(context),

    'sync.plan': ({ connectionId, badgeIds, definitions }) => {
      settleStrays(context, connections.get(connectionId));
      const plan = planPush(context, connections.get(connectionId), badgeIds, definitions);
      plans.keep(plan);
      return planView(plan);
    },

    'sync.push': ({ planId, keys, typedName }, { signal, progress }) => {
      const plan = plans.get(planId);
      const connection = connections.get(plan.connectionKey);
      if (connection.baseUrl !== plan.baseUrl) {
        throw new Failure('conflict', message('sync.addressChanged'));
      }
      if (plan.partners !== partnersMark(context.workspace))
        throw new Failure('conflict', message('promote.changedSince', { org: connection.name }));
      requireWritable(connection, sessions, typedName);
      const chosen = plans.take(planId, keys);
      return turns.take(connection.key, async () => {
        const stop = linked(signal, turns.closing);
        let taskId: number | null = null;
        const results = await sendRequests(context, connection, sessions.of(connection), chosen, {
          ...{ signal: stop, progress },
          noted: (key) => (taskId = key),
        });
        return { results, sentence: resultsInWords(connection.name, results), taskId };
      });
    },
  };
}
