import { keptPromotion } from '../../../../db/workspace/kept-promotion';
import type { StoredConnection } from '../../../../db/workspace/connections';
import type { ActiveClaim, Snapshot } from '../../../../db/workspace/snapshots';
import type { Claim } from '../../../../shared/domain/badge';
import type { BadgeIssue, JsonObject } from '../../../../shared/domain/body-reader';
import { parseJson, writeJson } from '../../../../shared/domain/json';
import type { FieldDifference } from '../../../../shared/gateway/compare';
import { fieldMessage } from '../../../../shared/gateway/meaning';
import { fromMeaningText } from '../../../../shared/gateway/meaning-text';
import type { PlannedRequest, PushPlan } from '../../../../shared/ipc/sync-contract';
import { differencesOf, pairOf, type Pair } from './comparison';
import { DefinitionRequests, groupValue, type ChosenDefinitions } from './definition-requests';
import { refusalsOfCreate, refusalsOfUpdate } from './expected-refusals';
import { gatewayUrl, shownHeaders, type GatewayRequest } from '../client/gateway-client';
import type { SyncContext } from '../context';
import { readBadge } from '../../../../shared/domain/read-badge';
import { definitionThere, referenceKey, referencesOf } from '../../../../shared/gateway/references';
import { message, type Message } from '../../../../shared/words/message';
import { badgeBody } from '../../badges/badge-body';
import { referenceMessage } from '../../../../shared/gateway/reference-words';
import { partnersMark, Routes } from './promotion-routes';

export type PushPurpose = PlannedRequest['purpose'];

/** One request of a push: its bytes, and what must still be so when they leave. */
export interface FrozenRequest {
  key: string;
  badgeId: string;
  badgeName: string;
  purpose: PushPurpose;
  request: GatewayRequest;
  /** The draft's own key; null for bytes of a plan file that belong to no draft here. */
  badgeKey: number | null;
  /** What the draft meant when the bytes were made. */
  draftMeaning: string;
  /** The live badge; null for a create. */
  remoteId: string | null;
  /** What the live badge meant as last pulled: an update goes only to a badge that still means this. */
  liveMeaning: string | null;
  claim: ActiveClaim | null;
  /** Of a definition, what it is known by here; null: a badge's, or one of a plan file. */
  definition: string | null;
  /** The name of a group that is made before; its id goes into the body when it is known. */
  group: string | null;
}

/** A plan whose bytes do not change any more. */
export interface FrozenPlan {
  planId: string;
  connectionKey: number;
  baseUrl: string;
  /** What was said of things in other orgs when it was made: by it the ids were chosen that are in the bytes. */
  partners: string;
  requests: readonly FrozenRequest[];
  held: PushPlan['held'];
  later: PushPlan['later'];
  unsaid: PushPlan['unsaid'];
}

interface Held {
  held: Message;
  path: string | null;
  errors?: PushPlan['held'][number]['errors'];
  missing?: PushPlan['held'][number]['missing'];
}

type Part = { requests: readonly Omit<FrozenRequest, 'key'>[] } | Held | { requests: []; nothing: true };

const JSON_HEADER = { name: 'Content-Type', value: 'application/json' };
const MIGRATION_HEADER = { name: 'X-CAP-BADGES-MIGRATION', value: 'migration' };

const NO_DEFINITIONS: ChosenDefinitions = { groups: [], fields: [] };

/**
 * Every request that would bring these badges' drafts to the org, frozen, and before them those for chosen definitions and
 * for groups that the badges need. Sends nothing.
 *
 * @throws Failure `not-found`
 */
export function planPush(
  context: SyncContext,
  connection: StoredConnection,
  badgeIds: readonly string[],
  chosen: ChosenDefinitions = NO_DEFINITIONS,
): FrozenPlan {
  const planId = `plan-${Buffer.from(context.randomBytes(9)).toString('hex')}`;
  const definitions = new DefinitionRequests(context, connection);
  const ofBadges: Omit<FrozenRequest, 'key'>[] = [];
  const held: PushPlan['held'][number][] = [];
  const later: PushPlan['later'][number][] = [];
  const routes = new Routes(context.workspace, true);
  const unsaid: { badgeId: string; name: string; among: readonly StoredConnection[] }[] = [];
  for (const badgeId of new Set(badgeIds)) {
    const pair = pairOf(context, connection, badgeId);
    const name = context.workspace.list.line(pair.draft.key, context.now())?.name ?? '';
    const part = planBadge({ context, connection, pair, name, definitions });
    if ('held' in part) {
      const { held: reason, path, errors = [], missing = null } = part;
      held.push({ badgeId, name, reason, path, errors, missing });
    } else if ('nothing' in part) {
      const reason = message('sync.nothingToPush', { org: connection.name });
      held.push({ badgeId, name, reason, path: null, errors: [], missing: null });
    } else {
      ofBadges.push(...part.requests);
      const among = homesUnsaid(routes, connection, pair);
      if (among.length > 0) unsaid.push({ badgeId, name, among });
      const claims = pair.claims.filter((claim) => claim.isActive).length;
      if (!pair.snapshot && claims > 0) {
        later.push({
          badgeId,
          name,
          reason: message('sync.claimsFollow', { count: claims }),
        });
      }
    }
  }
  const first = definitions.planned(chosen);
  const requests = [...first.requests, ...ofBadges].map((request, index): FrozenRequest => ({
    ...request,
    key: `${planId}-${String(index + 1)}`,
  }));
  return {
    ...{ planId, connectionKey: connection.key, baseUrl: connection.baseUrl },
    partners: partnersMark(context.workspace),
    ...{ requests, held: [...first.held, ...held], later },
    unsaid: unsaidOf(unsaid),
  };
}

/** The orgs of which the ids of a draft may be, where it has some, several orgs are concerned, and nobody said a word; else none. */
function homesUnsaid(
  routes: Routes,
  connection: StoredConnection,
  { draft, terms }: Pair,
): readonly StoredConnection[] {
  if (terms !== null || routes.homesOf(draft.key).length > 0) return [];
  const among = routes.among(draft.key, connection);
  if (among.length < 2) return [];
  const { definition } = readBadge(parseJson(draft.body));
  return definition === null || referencesOf(definition, draft.claims).length === 0 ? [] : among;
}

function unsaidOf(
  found: readonly { badgeId: string; name: string; among: readonly StoredConnection[] }[],
): PushPlan['unsaid'] {
  if (found.length === 0) return null;
  const among = new Map(found.flatMap((one) => one.among).map(({ key: id, name }) => [id, { id, name }]));
  return { badges: found.map(({ badgeId, name }) => ({ badgeId, name })), among: [...among.values()] };
}

/** A plan as a person reads it before anything is sent. */
export function planView(plan: Omit<FrozenPlan, 'partners'>): PushPlan {
  return {
    planId: plan.planId,
    connectionId: plan.connectionKey,
    requests: plan.requests.map(({ key, badgeId, badgeName, purpose, claim, group, request }) => ({
      ...{ key, badgeId, badgeName, purpose, claim, group },
      method: request.method,
      url: request.url,
      headers: shownHeaders(request),
      body: request.body,
    })),
    held: plan.held,
    later: plan.later,
    unsaid: plan.unsaid,
  };
}

/** What is planned, before it is known that the draft can be read. */
type Planned = Omit<Frame, 'draftMeaning'>;

function planBadge(planned: Planned): Part {
  const { context, connection, pair } = planned;
  const { draft, snapshot, draftMeaning } = pair;
  if (draftMeaning === null)
    return {
      held: message('sync.heldUnreadable'),
      path: context.workspace.drafts.inspect(draft).issues[0]?.path ?? null,
    };
  const frame: Frame = { ...planned, draftMeaning };
  if (!snapshot) {
    const refusals = refusalsOfCreate(context, connection, draft);
    if (refusals.length > 0) return refusedBefore(refusals);
    const own = bodyOf(frame);
    if ('held' in own) return own;
    const group = groupOf(frame, true);
    return 'held' in group ? group : { requests: [createRequest(frame, own.body, group)] };
  }
  if (snapshot.meaning === null) return { held: message('sync.heldLiveUnreadable'), path: null };
  return planLinked(frame, snapshot);
}

interface Frame {
  context: SyncContext;
  connection: StoredConnection;
  pair: Pair;
  name: string;
  draftMeaning: string;
  definitions: DefinitionRequests;
}

/** What a body says of the badge's group: as the org calls it. `value` undefined: what the draft says. */
interface GroupPart {
  value: string | undefined;
  toCome: string | null;
}

/** @param isNew the org is to put the badge into the group; where it is in it already, nothing is asked of the group */
function groupOf({ draftMeaning, definitions, pair, connection }: Frame, isNew: boolean): GroupPart | Held {
  const id: unknown = JSON.parse(fromMeaningText(draftMeaning).badgeGroupId);
  if (typeof id !== 'string' || id === '') return { value: undefined, toCome: null };
  if (!isNew) return { value: definitions.known(id), toCome: null };
  const target = definitions.target(id);
  // Before a pull nobody knows what the org calls it; an id of another org is not tried.
  if (target === null && pair.terms !== null)
    return { held: message('definitions.pullFirst', { org: connection.name }), path: 'badgeGroupId' };
  if (target === null) return { value: undefined, toCome: null };
  if ('held' in target) return { held: target.held, path: 'badgeGroupId' };
  return { value: groupValue(target), toCome: 'toCome' in target ? target.toCome : null };
}

const withGroup = (body: JsonObject, { value }: GroupPart): JsonObject =>
  value === undefined || body['badgeGroupId'] === value ? body : { ...body, badgeGroupId: value };

/**
 * The draft's body as the org is to get it. A badge of another org has the ids of this one, and nothing beside what a
 * badge says; where nobody has told an id, it is held.
 */
function bodyOf({ context, connection, pair }: Frame): { body: JsonObject } | Held {
  const { terms, draft } = pair;
  const body = parseJson(draft.body) as JsonObject;
  const strays = new Set(keptPromotion(context.workspace.settings, connection.key).strays[String(draft.key)]);
  if (terms === null && strays.size === 0) return { body };
  const { definition } = readBadge(body);
  if (definition === null) return { held: message('sync.heldUnreadable'), path: null };
  const references = referencesOf(definition, draft.claims);
  const { name: org } = connection;
  if (terms === null) {
    const left = references.filter((reference) => strays.has(referenceKey(reference)));
    if (left.length === 0) return { body };
    const what = left.map(referenceMessage).reduceRight((rest, first) => message('sync.fieldsList', { first, rest }));
    return { held: message('promote.heldStray', { count: left.length, org, what }), path: null };
  }
  if (terms === 'several')
    return references.length === 0 ? { body } : { held: message('promote.heldSeveral', { org }), path: null };
  const { key: id, name: home } = terms.home;
  const untold = references.filter((reference) => terms.translation.of(reference) === null);
  const there = definitionThere(definition, terms.translation);
  if (there !== null && untold.length === 0) return { body: badgeBody(there) as JsonObject };
  const what = untold.map(referenceMessage).reduceRight((rest, first) => message('sync.fieldsList', { first, rest }));
  return {
    held: message('promote.held', { count: untold.length, home, org, what }),
    ...{ path: null, missing: { home: { id, name: home }, references: untold } },
  };
}

function planLinked(frame: Frame, snapshot: Snapshot): Part {
  const { context, connection, pair } = frame;
  const differences = differencesOf(pair, connection);
  const open = differences.filter(({ change }) => change !== 'draft');
  if (open.length > 0) {
    const fields = open
      .map(({ field }) => fieldMessage(field))
      .reduceRight((rest, first) => message('sync.fieldsList', { first, rest }));
    return {
      held: message('sync.changesNotHere', { org: connection.name, fields }),
      path: null,
    };
  }
  const { toClaim, toUnclaim } = claimChanges(pair.claims, snapshot.claims);
  const unclaimed = { ...snapshot, claims: snapshot.claims.filter((claim) => !includesClaim(toUnclaim, claim)) };
  const refusals = differences.length === 0 ? [] : refusalsOfUpdate(context, connection, pair.draft, unclaimed);
  if (refusals.length > 0) return refusedBefore(refusals);
  if (differences.length + toClaim.length + toUnclaim.length === 0) return { requests: [], nothing: true };
  const own = bodyOf(frame);
  if ('held' in own) return own;
  const group = groupOf(
    frame,
    differences.some(({ field }) => field === 'badgeGroupId'),
  );
  if ('held' in group) return group;
  return {
    requests: [
      // An owner can be removed only once its claim is given up, and claim only once it is allowed (semantics K2, K5).
      ...toUnclaim.map((claim) => claimRequest(frame, snapshot, 'unclaim', claim)),
      ...(differences.length === 0 ? [] : [changeRequest(frame, snapshot, differences, { ...group, body: own.body })]),
      ...toClaim.map((claim) => claimRequest(frame, snapshot, 'claim', claim)),
    ],
  };
}

const includesClaim = (claims: readonly ActiveClaim[], { ownerType, referenceId }: ActiveClaim): boolean =>
  claims.some((claim) => claim.ownerType === ownerType && claim.referenceId === referenceId);

/** A claim that only the org has stays: it is given up only where it was given up here. */
function claimChanges(
  here: readonly Claim[],
  live: readonly ActiveClaim[],
): { toClaim: ActiveClaim[]; toUnclaim: ActiveClaim[] } {
  const active = here.filter((claim) => claim.isActive);
  return {
    toClaim: active.filter((claim) => !includesClaim(live, claim)),
    toUnclaim: live.filter((claim) => includesClaim(here, claim) && !includesClaim(active, claim)),
  };
}

function refusedBefore(refusals: readonly BadgeIssue[]): Held {
  return {
    held: message('sync.heldRefused'),
    path: refusals[0]?.path ?? null,
    errors: refusals.map(({ code, message, path, advice }) => ({ code, message, path, advice })),
  };
}

type RequestPart = Pick<FrozenRequest, 'purpose' | 'remoteId' | 'liveMeaning' | 'claim'> & {
  group?: string | null;
} & Pick<GatewayRequest, 'method' | 'url' | 'headers' | 'body'>;

function frozen({ pair, name, draftMeaning }: Frame, part: RequestPart): Omit<FrozenRequest, 'key'> {
  const { purpose, remoteId, liveMeaning, claim, group = null, method, url, headers, body } = part;
  const badgeId = pair.draft.id;
  return {
    ...{ badgeId, badgeName: name, purpose, badgeKey: pair.draft.key, draftMeaning, remoteId, liveMeaning, claim },
    ...{ definition: null, group },
    request: { purpose, method, url, headers, body, isWrite: true, badgeId, jobKey: null },
  };
}

function createRequest(frame: Frame, body: JsonObject, group: GroupPart): Omit<FrozenRequest, 'key'> {
  const { draft } = frame.pair;
  return frozen(frame, {
    ...{ purpose: 'create', remoteId: null, liveMeaning: null, claim: null, method: 'POST' },
    url: gatewayUrl(frame.connection, ['badgeMeta']),
    headers: draft.migration ? [JSON_HEADER, MIGRATION_HEADER] : [JSON_HEADER],
    body: writeJson(withGroup(body, group)),
    group: group.toCome,
  });
}

function changeRequest(
  frame: Frame,
  snapshot: Snapshot,
  differences: readonly FieldDifference[],
  group: GroupPart & { body: JsonObject },
): Omit<FrozenRequest, 'key'> {
  const { remoteId, meaning: liveMeaning } = snapshot;
  const [only] = differences;
  if (differences.length === 1 && only?.field === 'active') {
    const purpose = only.draft === 'true' ? 'activate' : 'deactivate';
    return frozen(frame, {
      ...{ purpose, remoteId, liveMeaning, claim: null, method: 'PUT', headers: [], body: null },
      url: gatewayUrl(frame.connection, ['badgeMeta', remoteId, purpose]),
    });
  }
  const { id: _, ...body } = group.body;
  return frozen(frame, {
    ...{ purpose: 'update', remoteId, liveMeaning, claim: null, method: 'PUT', headers: [JSON_HEADER] },
    url: gatewayUrl(frame.connection, ['badgeMeta']),
    body: writeJson({ id: remoteId, ...withGroup(body, group) }),
    group: group.toCome,
  });
}

function claimRequest(
  frame: Frame,
  snapshot: Snapshot,
  purpose: 'claim' | 'unclaim',
  claim: ActiveClaim,
): Omit<FrozenRequest, 'key'> {
  const { ownerType, referenceId } = claim;
  return frozen(frame, {
    ...{ purpose, remoteId: snapshot.remoteId, liveMeaning: null, claim: { ownerType, referenceId }, method: 'POST' },
    url: gatewayUrl(frame.connection, ['badgeMeta', snapshot.remoteId, purpose]),
    headers: [JSON_HEADER],
    body: JSON.stringify({ ownerType, referenceId }),
  });
}
