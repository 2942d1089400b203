import { readRegularText } from '../../../disk/regular-file';
import { causeOf } from '../../../disk/system-reasons';
import { writeWhole } from '../../../disk/whole-file';
import { readInstant } from '../../../../shared/domain/instant';
import { Failure } from '../../../../shared/ipc/errors';
import { message, type Message } from '../../../../shared/words/message';
import { keepPromotion, keptPromotion } from '../../../../db/workspace/kept-promotion';
import type { StoredConnection } from '../../../../db/workspace/connections';
import { referenceKey, type Partner } from '../../../../shared/gateway/references';
import { rawLinesOf } from '../badges/lines';
import { noteHome } from '../badges/origins';
import { readPartnersFile, writePartners, type OrgAtAddress, type PartnersFile } from './partners-file';
import type { KeptPlans } from '../badges/kept-plans';
import type { OrgTurns } from '../badges/org-turns';
import { planView } from '../badges/plan';
import { partnersMark, Routes } from '../badges/promotion-routes';
import { linked } from '../client/linked-signal';
import type { OrgSessions } from '../client/org-sessions';
import { requireWritable } from '../connections/write-permission';
import type { SyncContext, SyncHandlers } from '../context';
import { fileFacts, type OriginFile } from '../origin/origin';
import { applyPlan, standingOf, uncheckedPartners } from './apply-plan';
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
      if (plan.partners !== partnersMark(context.workspace))
        throw new Failure(
          'conflict',
          message('promote.changedSince', { org: connections.get(plan.connectionKey).name }),
        );
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

    'plans.savePartners': async ({ connectionId, from: key, target }) => {
      const [org, home] = [connections.get(connectionId), connections.get(key)];
      const file = context.files.output(target);
      const partners = keptPromotion(context.workspace.settings, org.key).tables[String(home.key)] ?? [];
      const at = ({ name, baseUrl }: StoredConnection): OrgAtAddress => ({ name, address: baseUrl });
      const text = writePartners({ from: at(home), to: at(org), partners, own: namesOfOwn(context, org) });
      await writeWhole(file.path, text, { name: file.name });
      return { name: file.name, partners: partners.length };
    },

    'plans.takePartners': ({ connectionId, source }) => {
      const org = connections.get(connectionId);
      const { name, path } = context.files.find(source, 'read');
      const read = readPartnersFile('', path, name);
      const { from, to } = read;
      if (to.address !== org.baseUrl) {
        const orgs = { from: from.name, to: to.name };
        throw new Failure('invalid-input', message('partners.otherOrg', { file: name, ...orgs, address: org.baseUrl }));
      }
      const home = connections.list().find(({ baseUrl }) => baseUrl === from.address);
      if (home === undefined)
        throw new Failure(
          'invalid-input',
          message('partners.noConnection', { file: name, from: from.name, address: from.address }),
        );
      return { name, from: home.key, ...takePartners(context, home, org, read) };
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
            ...{ planId, connectionKey: connectionId, baseUrl: connection.baseUrl, held: [], later: [], unsaid: null },
            requests: requests.filter((_, index) => !done[index]),
          }),
          file: name,
          madeOn: madeOn.ok ? madeOn.instant : 0,
          madeBy: plan.madeBy,
          moved,
          unchecked: [...new Set(uncheckedPartners(context, connection, plan).map(({ from }) => from.name))],
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

/** Names of drafts that carry the ids of an org itself. */
function namesOfOwn(context: SyncContext, org: StoredConnection): string[] {
  const routes = new Routes(context.workspace, true);
  return rawLinesOf(context, org).flatMap(({ badgeKey, badgeId, name }) =>
    badgeKey !== null && badgeId !== null && name !== '' && routes.carries(badgeKey, org) ? [name] : [],
  );
}

/**
 * Keeps what a file says; of each id, what it says counts. Where it is the other org that takes badges from this one, the table is
 * that of the other: between two orgs there is one.
 */
function takePartners(
  { workspace }: SyncContext,
  home: StoredConnection,
  org: StoredConnection,
  read: Pick<PartnersFile, 'partners' | 'own'>,
): { told: number; same: number; rest: number; own: number; unknown: number } {
  const { drafts, settings } = workspace;
  return workspace.transaction(() => {
    const routes = new Routes(workspace, false);
    const isBack = routes.leads(org, home);
    const [source, target] = isBack ? [org, home] : [home, org];
    const partners = isBack
      ? read.partners.map((each): Partner => ({ ...each, source: each.target, target: each.source }))
      : read.partners;
    const kept = keptPromotion(settings, target.key);
    const before = kept.tables[String(source.key)] ?? [];
    const sideOf = (side: 'source' | 'target') => (partner: Partner) => referenceKey({ ...partner, id: partner[side] });
    const [sources, targets] = [sideOf('source'), sideOf('target')];
    const said = { sources: new Set(partners.map(sources)), targets: new Set(partners.map(targets)) };
    const left = before.filter((each) => !said.sources.has(sources(each)) && !said.targets.has(targets(each)));
    const known = new Map(before.map((each) => [sources(each), each.target]));
    const told = partners.filter((each) => known.get(sources(each)) !== each.target).length;
    keepPromotion(settings, target.key, {
      ...kept,
      tables: { ...kept.tables, [String(source.key)]: [...left, ...partners] },
    });
    const named = [...new Set(read.own)].map((name) => drafts.named(name));
    const found = named.filter((draft) => draft !== undefined);
    const fresh = found.filter(({ key }) => !routes.carries(key, org));
    for (const { key } of fresh) noteHome(workspace, key, org.key);
    const counts = { told, same: partners.length - told, rest: left.length };
    return { ...counts, own: fresh.length, unknown: named.length - found.length };
  });
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
