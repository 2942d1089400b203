import {
  endProbe,
  probeOrg,
  type ProbeAnswer,
  type ProbeCall,
  type ProbeOrder,
} from '../../../../shared/fidelity/probe-org';
import { plannedCalls } from '../../../../shared/fidelity/probe-plan';
import { GATEWAY_SWITCHES, readSwitches } from '../../../../shared/gateway/switches';
import { Failure } from '../../../../shared/ipc/errors';
import type {
  LearnedRules,
  orgRulesMethods,
  RulesCall,
  SentRulesCall,
} from '../../../../shared/ipc/org-rules-contract';
import { message } from '../../../../shared/words/message';
import type { StoredConnection } from '../../../../db/workspace/connections';
import { probeWorld } from '../../fidelity/probe-world';
import { isProduction } from '../../fidelity/test-org';
import { keepRules, keptRules } from '../../settings/kept-rules';
import { asDocumented, takeRules, usedRules } from '../../settings/used-rules';
import type { OrgTurns } from '../badges/org-turns';
import { linked } from '../client/linked-signal';
import type { OrgSessions } from '../client/org-sessions';
import { requireName } from '../connections/write-permission';
import type { SyncContext, SyncHandlers } from '../context';

/** Longer answers are cut: they are evidence to look at, and stand whole in Activity. */
const MOST_ANSWER = 8_000;

/** Handlers of `orgRules.*`: which way an org answers the points that the documents leave open, and whose way is used here. */
export function orgRulesHandlers(
  context: SyncContext,
  sessions: OrgSessions,
  turns: OrgTurns,
): Pick<SyncHandlers, keyof typeof orgRulesMethods> {
  const { connections, settings } = context.workspace;
  /** By connection: so that what is sent has the names and ids that were shown. */
  const tags = new Map<number, string>();

  function orderFor({ key, baseUrl, timeZone }: StoredConnection): ProbeOrder {
    const tag = tags.get(key) ?? Buffer.from(context.randomBytes(4)).toString('hex');
    tags.set(key, tag);
    return { tag, now: context.clockOf(baseUrl) ?? context.now(), zone: timeZone };
  }

  /** @throws Failure `conflict` for an org in production: nothing was sent */
  function testOrg(key: number): StoredConnection {
    const connection = connections.get(key);
    if (!isProduction(connection, connections.list())) return connection;
    throw new Failure('conflict', message('orgRules.production', { org: connection.name }));
  }

  return {
    'orgRules.plan': async ({ connectionId }) => ({
      calls: (await plannedCalls(orderFor(testOrg(connectionId)))).map(callView),
    }),

    'orgRules.learn': ({ connectionId, typedName }, { signal, progress }) => {
      requireName(testOrg(connectionId), typedName);
      return turns.take(connectionId, async () => {
        // Another turn may have come in between, and a person, too.
        const connection = testOrg(connectionId);
        const { client } = sessions.of(connection);
        const order = orderFor(connection);
        tags.delete(connectionId);
        const planned = (await plannedCalls(order)).length;
        const world = probeWorld(client, connection.baseUrl, linked(signal, turns.closing));
        let sent = 0;
        progress({ sent, planned });
        try {
          const told = await probeOrg(
            {
              ...world,
              send: async (call) => {
                sent += 1;
                const answer = await world.send(call);
                progress({ sent, planned: Math.max(planned, sent) });
                return answer;
              },
            },
            order,
          );
          const learned: LearnedRules = {
            ...{ org: connection.name, learnedOn: context.now() },
            points: GATEWAY_SWITCHES.flatMap(({ option }) => told.points.filter((point) => point.option === option)),
            calls: told.sent.map(sentView),
            badges: told.badges,
          };
          keepRules(settings, connectionId, learned);
          return learned;
        } catch (error) {
          if (error instanceof Failure && error.code === 'cancelled' && sent > 0)
            await endProbe(probeWorld(client, connection.baseUrl, turns.closing), order).catch(() => undefined);
          throw error;
        }
      });
    },

    'orgRules.get': ({ connectionId }) => ({
      learned: keptRules(settings, connections.get(connectionId).key),
    }),

    'orgRules.use': ({ connectionId }) => {
      const { name } = connections.get(connectionId);
      const learned = keptRules(settings, connectionId);
      if (learned === null) throw new Failure('not-found', message('orgRules.nothingLearned', { org: name }));
      const { org, learnedOn, points } = learned;
      const switches = Object.fromEntries(
        points.flatMap(({ option, value }) => (value === null ? [] : [[option, value] as const])),
      );
      return takeRules(settings, { org, learnedOn, switches }, readSwitches(switches));
    },

    'orgRules.used': () => usedRules(settings),
    'orgRules.asDocumented': () => asDocumented(settings),
  };
}

const pretty = (body: unknown): string | null =>
  body === undefined || body === null ? null : JSON.stringify(body, null, 2);

function callView({ method, path, query, headers, body }: ProbeCall): RulesCall {
  return { method, path, query, headers, body: pretty(body) };
}

function sentView({ call, answer }: { call: ProbeCall; answer: ProbeAnswer }): SentRulesCall {
  if (answer.kind !== 'answered') return { ...callView(call), outcome: answer.kind, status: null, answer: null };
  const text = pretty(answer.body);
  const isLong = text !== null && text.length > MOST_ANSWER;
  return {
    ...{ ...callView(call), outcome: 'answered', status: answer.status },
    answer: isLong ? `${text.slice(0, MOST_ANSWER)}…` : text,
  };
}
