import { readRegularText } from '../../../disk/regular-file';
import { causeOf } from '../../../disk/system-reasons';
import { writeWhole } from '../../../disk/whole-file';
import { readInstant } from '../../../../shared/domain/instant';
import { Failure } from '../../../../shared/ipc/errors';
import { message, type Message } from '../../../../shared/words/message';
import type { KeptPlans } from '../badges/kept-plans';
import type { OrgTurns } from '../badges/org-turns';
import { planView } from '../badges/plan';
import { linked } from '../client/linked-signal';
import type { OrgSessions } from '../client/org-sessions';
import { requireWritable } from '../connections/write-permission';
import type { SyncContext, SyncHandlers } from '../context';
import { fileFacts, type OriginFile } from '../origin/origin';
import { applyPlan, standingOf } from './apply-plan';
import { keptFields } from '../../../../db/workspace/kept-definitions';
import { keptGroups } from '../../../../db/workspace/kept-groups';
import { writeDefinitions } from '../../badges/definitions-file';
import { LONGEST_PLAN, readPlan, type PlanFile } from './plan-file';
import { planTextOf } from './plan-of-push';

type PlanMethod = Extract<keyof SyncHandlers, `plans.${string}`>;

/** Opened plans kept; an older one has to be opened again. */
const MOST_OPENED = 50;

/** Handlers of `plans.*`. */
export function planHandlers(
  context: SyncContext,
  sessions: OrgSessions,
  turns: OrgTurns,
  kept: KeptPlans,
  appVersion: string,
): Pick<SyncHandlers, PlanMethod> {
  const { connections } = context.workspace;
  const opened = new Map<string, { connectionId: number; plan: PlanFile; file: OriginFile }>();

  return {
    'plans.save': async ({ planId, keys, target }) => {
      const plan = kept.get(planId);
      const file = context.files.output(target);
      const chosen = plan.requests.filter(({ key }) => keys.includes(key));
      const text = planTextOf(context, connections.get(plan.connectionKey), appVersion, chosen);
      await writeWhole(file.path, text, { name: file.name });
      return { name: file.name, requests: chosen.length };
    },

    'plans.saveDefinitions': async ({ target }) => {
      const { settings } = context.workspace;
      const file = context.files.output(target);
      await writeWhole(file.path, writeDefinitions(keptGroups(settings), keptFields(settings)), { name: file.name });
      return { name: file.name };
    },

    'plans.open': ({ connectionId, source }, { signal, progress }) => {
      const connection = connections.get(connectionId);
      const { name, path } = context.files.find(source, 'read');
      const plan = readPlan(textOf(path, name), name);
      return turns.take(connectionId, async () => {
        const facts = await fileFacts(path);
        const session = sessions.of(connection);
        const stop = linked(signal, turns.closing);
        const standing = await standingOf(context, connection, session, plan, { signal: stop, progress });
        const planId = `file-${Buffer.from(context.randomBytes(9)).toString('hex')}`;
        opened.set(planId, { connectionId, plan, file: facts });
        for (const oldest of opened.keys()) {
          if (opened.size <= MOST_OPENED) break;
          opened.delete(oldest);
        }
        const madeOn = readInstant(plan.madeOn);
        const { moved, done, requests } = standing;
        return {
          plan: planView({
            ...{ planId, connectionKey: connectionId, baseUrl: connection.baseUrl, held: [], later: [] },
            requests: requests.filter((_, index) => !done[index]),
          }),
          file: name,
          madeOn: madeOn.ok ? madeOn.instant : 0,
          madeBy: plan.madeBy,
          moved,
          doneBefore: done.filter(Boolean).length,
        };
      });
    },

    'plans.apply': ({ planId, typedName }, { signal, progress }) => {
      const open = opened.get(planId);
      if (!open) throw new Failure('not-found', message('plans.planGone'));
      const connection = connections.get(open.connectionId);
      requireWritable(connection, sessions, typedName);
      // What was sent is found there, and not sent again, however often it is applied.
      return turns.take(connection.key, async () => {
        let taskId: number | null = null;
        const noted = (key: number): void => void (taskId = key);
        const watch = { signal: linked(signal, turns.closing), progress, file: open.file, noted };
        const applied = await applyPlan(context, connection, sessions.of(connection), open.plan, watch);
        if (applied.moved === null) {
          return { results: applied.results.filter(({ wasDone }) => !wasDone), sentence: applied.sentence, taskId };
        }
        throw new Failure('conflict', message('plans.moved', { org: connection.name, what: listed(applied.moved) }));
      });
    },
  };
}

/** @throws Failure `invalid-input` */
function textOf(path: string, file: string): string {
  try {
    return readRegularText(path, LONGEST_PLAN);
  } catch (error) {
    throw new Failure('invalid-input', message('plans.unreadable', { file, reason: causeOf(error) }));
  }
}

const listed = (parts: readonly Message[]): Message =>
  parts.reduceRight((rest, first) => message('sync.fieldsList', { first, rest }));
