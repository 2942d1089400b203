import { createHash } from 'node:crypto';
import type { StoredConnection } from '../../../../db/workspace/connections';
import type { ActiveClaim, Snapshot } from '../../../../db/workspace/snapshots';
import { isObject } from '../../../../shared/domain/body-reader';
import { fieldMeaning, groupMeaning, type OrgField, type OrgGroup } from '../../../../shared/gateway/definitions';
import { canonical, fieldMessage, MEANING_FIELDS } from '../../../../shared/gateway/meaning';
import { fromMeaningText, meaningOfBody, toMeaningText } from '../../../../shared/gateway/meaning-text';
import { Failure } from '../../../../shared/ipc/errors';
import type { PushedRequest } from '../../../../shared/ipc/sync-contract';
import { message, type Message } from '../../../../shared/words/message';
import { settleDefinitions } from '../badges/definitions';
import { inParallel } from '../badges/in-parallel';
import { means, settleEqualLines } from '../badges/lines';
import { snapshotOf } from '../badges/live-badge';
import { LiveReads } from '../badges/live-reads';
import type { FrozenRequest } from '../badges/plan';
import { resultsInWords, sendRequests, withFieldDefaults, type PushWatch } from '../badges/send-requests';
import { onErrand } from '../client/errand';
import type { OrgSession } from '../client/org-sessions';
import type { SyncContext } from '../context';
import { Routes, tieByName } from '../badges/promotion-routes';
import { changedPartners } from './partners-file';
import {
  bodyTextOf,
  claimOf,
  definedBy,
  definitionRestOf,
  kindOf,
  type DefinitionRest,
  type PlanFile,
  type PlannedPartners,
  type PlanRequest,
  type RestsOn,
} from './plan-file';

/** How a plan stands against its org now. */
export interface Standing {
  /** What of the live state is no longer as the plan has it; while there is any, nothing of the plan is sent. */
  moved: readonly Message[];
  /** Of each request, in their order, whether the org already is as it wants: an earlier application was carried out so far. */
  done: readonly boolean[];
  /** The requests, ready to be sent. */
  requests: readonly FrozenRequest[];
}

/** A request of a plan and what became of it. */
export interface AppliedRequest extends PushedRequest {
  /** It was done before, and was not sent now. */
  wasDone: boolean;
}

/** Who watches how a plan's badges are read. */
export interface PlanWatch {
  signal: AbortSignal;
  progress(report: { done: number; total: number }): void;
}

export type Applied =
  | { moved: readonly Message[] }
  | { moved: null; results: readonly AppliedRequest[]; sentence: Message };

/** @throws Failure `conflict`: the plan is for another org */
export function requireOrg({ org }: PlanFile, connection: StoredConnection): void {
  if (org.address === connection.baseUrl) return;
  throw new Failure(
    'conflict',
    message('plans.otherOrg', {
      org: org.name,
      address: org.address,
      other: connection.name,
      here: connection.baseUrl,
    }),
  );
}

/**
 * Reads every live badge that a plan rests on, and says how they stand. A badge is as it should be where it is as it was
 * read, or as the plan's own requests leave it: an application that was interrupted goes on there.
 *
 * @throws Failure where the org cannot be asked
 */
export function standingOf(
  context: SyncContext,
  given: StoredConnection,
  session: OrgSession,
  plan: PlanFile,
  watch: PlanWatch,
): Promise<Standing> {
  const names = plan.requests.map(({ badge }) => badge);
  return onErrand('look', names, () => standingRead(context, given, session, plan, watch));
}

async function standingRead(
  context: SyncContext,
  given: StoredConnection,
  session: OrgSession,
  plan: PlanFile,
  { signal, progress }: PlanWatch,
): Promise<Standing> {
  requireOrg(plan, given);
  const connection = await withFieldDefaults(context, given, session, signal);
  const patience = { dice: context.dice, times: context.times.backoff };
  const reads = new LiveReads(session.client, patience, message('plans.nothingSent'), signal);
  const found = new Map<RestsOn, Snapshot | null>();
  const total = plan.restsOn.length;
  await inParallel(plan.restsOn, connection.parallel, async (rest) => {
    if (signal.aborted)
      throw new Failure('cancelled', message('org.cancelled', { kept: message('plans.nothingSent') }));
    const badge = rest.state === 'there' ? await reads.badge(rest.id) : await reads.named(rest.name);
    found.set(rest, badge && snapshotOf(badge, '', context.now()));
    progress({ done: found.size, total });
  });
  const { workspace } = context;
  workspace.transaction(() => {
    for (const snapshot of found.values()) if (snapshot) workspace.snapshots.put(connection.key, snapshot);
  });
  const moved: Message[] = partnersMoved(context, connection, plan);
  const done = plan.requests.map(() => false);
  const defined = plan.definitions === undefined ? null : await definedThere(reads);
  for (const rest of plan.definitions ?? []) {
    const look = lookAtDefinition(rest, defined, plan);
    if ('moved' in look) moved.push(message('plans.movedBadge', { name: rest.name, what: look.moved }));
    else for (const index of look.done) done[index] = true;
  }
  const live = new Map<string, Snapshot>();
  for (const rest of plan.restsOn) {
    const own = plan.requests.flatMap((request, index) =>
      isAbout(request, rest) ? [{ request: withGroupThere(request, defined), index }] : [],
    );
    const snapshot = found.get(rest) ?? null;
    if (snapshot !== null && rest.state === 'there') live.set(rest.id, snapshot);
    const look =
      rest.state === 'there' ? lookAtBadge(rest, snapshot, own, connection) : lookForName(snapshot, own, connection);
    if ('moved' in look) moved.push(message('plans.movedBadge', { name: rest.name, what: look.moved }));
    else for (const index of look.done) done[index] = true;
  }
  const requests = plan.requests.map((request, index) =>
    kindOf(request.purpose) !== null
      ? frozenDefinition(connection, request, index, defined)
      : frozenOf(connection, request, index, request.id === null ? null : (live.get(request.id)?.meaning ?? null)),
  );
  return { moved, done, requests };
}

/** What of its partners this workspace has otherwise now; of orgs that it has nothing of, it has nothing to say. */
function partnersMoved(context: SyncContext, connection: StoredConnection, plan: PlanFile): Message[] {
  const routes = new Routes(context.workspace, true);
  return (plan.partners ?? []).flatMap((planned) => {
    const home = homeHere(context, routes, connection, planned);
    if (home === null) return [];
    const { translation } = routes.between(home, connection);
    const org = { name: connection.name, address: connection.baseUrl };
    return changedPartners([planned], org, () => ({ home: planned.from, translation }));
  });
}

/** The connection to whose ids a plan's partners lead, where this workspace was told partners between the two; null: it was not. */
function homeHere(
  { workspace }: SyncContext,
  routes: Routes,
  connection: StoredConnection,
  { from }: PlannedPartners,
): StoredConnection | null {
  const home = workspace.connections.list().find(({ baseUrl }) => baseUrl === from.address);
  return home !== undefined && routes.hasTable(home, connection) ? home : null;
}

/**
 * The partners of a plan that this workspace has nothing to hold against: whether what they say is still so it cannot tell. Where a badge
 * has the ids of the org itself nothing was translated, and there is nothing to tell.
 */
export function uncheckedPartners(
  context: SyncContext,
  connection: StoredConnection,
  plan: PlanFile,
): readonly PlannedPartners[] {
  const routes = new Routes(context.workspace, true);
  return (plan.partners ?? []).filter(
    (planned) => planned.table.length > 0 && homeHere(context, routes, connection, planned) === null,
  );
}

/**
 * Sends what of a plan is still to be done: its own bytes, through the ledger, or nothing where the org has moved.
 *
 * @throws Failure where the org cannot be asked how it stands; nothing was sent then
 */
export function applyPlan(
  context: SyncContext,
  connection: StoredConnection,
  session: OrgSession,
  plan: PlanFile,
  watch: PushWatch,
): Promise<Applied> {
  const names = plan.requests.map(({ badge }) => badge);
  return onErrand('push', names, () => planApplied(context, connection, session, plan, watch));
}

async function planApplied(
  context: SyncContext,
  connection: StoredConnection,
  session: OrgSession,
  plan: PlanFile,
  watch: PushWatch,
): Promise<Applied> {
  const { moved, done, requests } = await standingOf(context, connection, session, plan, {
    signal: watch.signal,
    progress: () => watch.progress({ done: 0, total: plan.requests.length, current: '' }),
  });
  if (moved.length > 0) return { moved };
  const open = requests.filter((_, index) => !done[index]);
  const sent = await sendRequests(context, connection, session, open, watch);
  const { workspace } = context;
  if (plan.definitions !== undefined) settleDefinitions(workspace, connection.key);
  tieByName(workspace, connection);
  settleEqualLines(context, workspace.connections.get(connection.key));
  const results = requests.map((frozen): AppliedRequest => {
    const result = sent.find(({ key }) => key === frozen.key);
    if (result) return { ...result, wasDone: false };
    const { key, badgeId, badgeName, purpose, claim } = frozen;
    const sentence = message('plans.doneBefore', { org: connection.name });
    return { key, badgeId, badgeName, purpose, claim, outcome: 'done', sentence, errors: [], wasDone: true };
  });
  return { moved: null, results, sentence: resultsInWords(connection.name, results) };
}

/** The definitions of an org as it tells them now. */
interface DefinedThere {
  groups: readonly OrgGroup[];
  fields: readonly OrgField[];
}

async function definedThere(reads: LiveReads): Promise<DefinedThere> {
  const groups = await reads.groups();
  return { groups, fields: await reads.customFields() };
}

/** What the definition that a plan names says in the org now; null: it has none. */
function meaningThere(
  { kind, name, id }: Pick<DefinitionRest, 'kind' | 'name' | 'id'>,
  defined: DefinedThere | null,
): string | null {
  if (kind === 'field') {
    const field = defined?.fields.find((each) => each.name === name && (id === null || each.id === id));
    return field ? JSON.stringify(fieldMeaning(field)) : null;
  }
  const group = defined?.groups.find((each) => (id === null ? each.isActive && each.name === name : each.id === id));
  return group ? JSON.stringify(groupMeaning(group)) : null;
}

const wantedBy = (request: PlanRequest, rest: DefinitionRest | undefined): string =>
  JSON.stringify(definedBy(request, { isActive: rest?.fields?.['isActive'] !== false }));

/** A definition is as it was read, or as the plan leaves it; else it moved. */
function lookAtDefinition(rest: DefinitionRest, defined: DefinedThere | null, plan: PlanFile): Look {
  const index = plan.requests.findIndex((request) => definitionRestOf(request, [rest]) !== undefined);
  const request = plan.requests[index];
  const now = meaningThere(rest, defined);
  if (now !== null && request && wantedBy(request, rest) === now) return { done: [index] };
  if (rest.fields === null) return now === null ? { done: [] } : { moved: message('plans.definitionTaken') };
  if (now === null) return { moved: message('plans.definitionGone') };
  const before = Object.entries(rest.fields).map(([field, value]) => [field, canonical(value)]);
  return canonical(Object.fromEntries(before)) === canonical(JSON.parse(now))
    ? { done: [] }
    : { moved: message('plans.definitionMoved') };
}

/** A request as it is once the group that it waits for is there; while it is not, as it stands in the plan. */
function withGroupThere(request: PlanRequest, defined: DefinedThere | null): PlanRequest {
  const group = defined?.groups.find(({ isActive, name }) => isActive && name === request.group);
  if (request.group === undefined || !group || !isObject(request.body)) return request;
  return { ...request, body: { ...request.body, badgeGroupId: group.id } };
}

function frozenDefinition(
  connection: StoredConnection,
  request: PlanRequest,
  index: number,
  defined: DefinedThere | null,
): FrozenRequest {
  const { id, badge } = request;
  const kind = kindOf(request.purpose) ?? 'group';
  const now = meaningThere({ kind, name: badge, id }, defined);
  const isActive = now === null || (JSON.parse(now) as { isActive?: string }).isActive !== 'false';
  return {
    ...frozenOf(connection, request, index, null),
    badgeId: `${kind} ${id ?? badge}`,
    draftMeaning: JSON.stringify(definedBy(request, { isActive })),
    liveMeaning: id === null ? null : now,
  };
}

interface OwnRequest {
  request: PlanRequest;
  index: number;
}

type Look = { moved: Message } | { done: readonly number[] };

const isAbout = ({ id, badge }: PlanRequest, rest: RestsOn): boolean =>
  rest.state === 'there' ? rest.id === id : id === null && rest.name === badge;

/** Of a name that was free: the badge that has it now is the plan's own where it means just what the plan creates. */
function lookForName(snapshot: Snapshot | null, own: readonly OwnRequest[], connection: StoredConnection): Look {
  if (snapshot === null) return { done: [] };
  const isOurs = own.every(({ request }) => {
    const wanted = meaningOfBody(bodyTextOf(request) ?? '');
    return wanted !== null && means(snapshot, wanted, connection);
  });
  return isOurs ? { done: own.map(({ index }) => index) } : { moved: message('plans.nameTaken') };
}

function lookAtBadge(
  rest: Extract<RestsOn, { state: 'there' }>,
  snapshot: Snapshot | null,
  own: readonly OwnRequest[],
  connection: StoredConnection,
): Look {
  if (snapshot === null) return { moved: message('plans.badgeGone') };
  if (snapshot.meaning === null) return { moved: message('plans.badgeUnreadable') };
  const done: number[] = [];
  const now = fromMeaningText(snapshot.meaning);
  const fields = MEANING_FIELDS.filter((field) => Object.hasOwn(rest.fields, field));
  const moved = fields.filter((field) => now[field] !== canonical(rest.fields[field]));
  const change = own.find(({ request }) => claimOf(request) === null);
  if (moved.length > 0) {
    const wanted = change && wantedMeaning(change.request, rest, snapshot.meaning);
    if (!change || !wanted || !means(snapshot, wanted, connection)) {
      const list = moved
        .map(fieldMessage)
        .reduceRight((others, first) => message('sync.fieldsList', { first, rest: others }));
      return { moved: message('plans.fieldsMoved', { fields: list }) };
    }
    done.push(change.index);
  }
  const claims = lookAtClaims(rest.claims, snapshot.claims, own);
  return claims === null ? { moved: message('plans.claimsMoved') } : { done: [...done, ...claims] };
}

/** What the live badge means once the change is made; null where that cannot be read. */
function wantedMeaning(
  request: PlanRequest,
  rest: Extract<RestsOn, { state: 'there' }>,
  liveMeaning: string,
): string | null {
  if (request.purpose === 'update') return meaningOfBody(bodyTextOf(request) ?? '');
  const active = String(request.purpose === 'activate');
  const before = Object.entries(rest.fields).map(([field, value]) => [field, canonical(value)]);
  return toMeaningText({ ...fromMeaningText(liveMeaning), ...(Object.fromEntries(before) as object), active });
}

/** @returns the requests of the plan that are done already; null where somebody else changed the claims */
function lookAtClaims(
  before: readonly ActiveClaim[],
  now: readonly ActiveClaim[],
  own: readonly OwnRequest[],
): number[] | null {
  const nameOf = ({ ownerType, referenceId }: ActiveClaim): string => JSON.stringify([ownerType, referenceId]);
  const had = new Set(before.map(nameOf));
  const has = new Set(now.map(nameOf));
  const differing = [...had].filter((claim) => !has.has(claim)).concat([...has].filter((claim) => !had.has(claim)));
  const done: number[] = [];
  for (const claim of differing) {
    const purpose = has.has(claim) ? 'claim' : 'unclaim';
    const ours = own.find(({ request }) => {
      const about = claimOf(request);
      return request.purpose === purpose && about !== null && nameOf(about) === claim;
    });
    if (!ours) return null;
    done.push(ours.index);
  }
  return done;
}

/** A request of a plan as a push sends it. */
function frozenOf(
  connection: StoredConnection,
  request: PlanRequest,
  index: number,
  liveMeaning: string | null,
): FrozenRequest {
  const { id, badge, purpose, method, path, headers } = request;
  const body = bodyTextOf(request);
  const isChange = purpose === 'update' || purpose === 'activate' || purpose === 'deactivate';
  // A name is what a badge is known by before it is there, and so is what stands for it in the ledger.
  const badgeId = createHash('sha256')
    .update(id ?? badge)
    .digest('hex')
    .slice(0, 24);
  return {
    key: String(index + 1),
    badgeId,
    badgeName: badge,
    purpose,
    // A draft here may be another than the one that the plan was made of: that the live badge has changed, its comparison says.
    badgeKey: null,
    draftMeaning: draftMeaningOf(request, body, liveMeaning),
    remoteId: id,
    liveMeaning: isChange ? liveMeaning : null,
    claim: claimOf(request),
    ...{ definition: null, group: request.group ?? null },
    request: {
      ...{ purpose, method, body, isWrite: true, badgeId: kindOf(purpose) === null ? badgeId : null, jobKey: null },
      url: `${connection.baseUrl}${path}`,
      headers: Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
    },
  };
}

function draftMeaningOf({ purpose }: PlanRequest, body: string | null, liveMeaning: string | null): string {
  if (purpose === 'create' || purpose === 'update') return meaningOfBody(body ?? '') ?? '';
  if (liveMeaning === null) return '';
  const isSwitch = purpose === 'activate' || purpose === 'deactivate';
  return isSwitch
    ? toMeaningText({ ...fromMeaningText(liveMeaning), active: String(purpose === 'activate') })
    : liveMeaning;
}
