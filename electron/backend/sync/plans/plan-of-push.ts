import type { StoredConnection } from '../../../../db/workspace/connections';
import { keptDefinitions } from '../../../../db/workspace/kept-definitions';
import type { Snapshot } from '../../../../db/workspace/snapshots';
import { toIso } from '../../../../shared/domain/instant';
import { parseJson } from '../../../../shared/domain/json';
import { fieldMeaning, groupMeaning, type DefinitionField } from '../../../../shared/gateway/definitions';
import { fieldMessage } from '../../../../shared/gateway/meaning';
import { fromMeaningText } from '../../../../shared/gateway/meaning-text';
import { readBadge } from '../../../../shared/domain/read-badge';
import { referenceKey, referencesOf, type Reference } from '../../../../shared/gateway/references';
import { Failure } from '../../../../shared/ipc/errors';
import { inEnglish } from '../../../../shared/words/english';
import { message } from '../../../../shared/words/message';
import { definitionFieldMessage, definitionValue } from '../badges/definitions';
import { compareTexts, defaultsFor } from '../badges/lines';
import type { FrozenRequest } from '../badges/plan';
import { Routes } from '../badges/promotion-routes';
import { valueInWords } from '../../badges/value-words';
import type { SyncContext } from '../context';
import {
  digestOf,
  fieldsOf,
  kindOf,
  liveDigest,
  versionOf,
  writePlan,
  type DefinitionRest,
  type PlannedPartners,
  type PlanRequest,
  type RestsOn,
} from './plan-file';

/**
 * The requests of a push as the text of a plan file, with the live badges as last pulled that they rest on. Nothing is
 * sent, and no secret is in it.
 *
 * @param fileOf the file that says how a badge's ids become those of the org, or are those, from the plan's own folder; null: this workspace
 * @throws Failure `conflict` where a live badge was pulled anew since, or one name is to be created twice
 */
export function planTextOf(
  context: SyncContext,
  connection: StoredConnection,
  appVersion: string,
  requests: readonly FrozenRequest[],
  fileOf: (badge: string) => string | null = () => null,
): string {
  const rests = new Map<string, RestsOn>();
  const definitions: DefinitionRest[] = [];
  const planned = requests.map((frozen, index): PlanRequest => {
    const { remoteId, group } = frozen;
    const kind = kindOf(frozen.purpose);
    if (kind !== null) {
      definitions.push(definitionOf(context, connection, frozen, kind));
      return { badge: frozen.badgeName, ...definitionWords(frozen), ...bytesOf(frozen) };
    }
    const isMade = requests
      .slice(0, index)
      .some(({ purpose, badgeName }) => purpose === 'create-group' && badgeName === group);
    if (group !== null && !isMade)
      throw new Failure('conflict', message('plans.groupLeftOut', { name: frozen.badgeName, group }));
    if (remoteId === null) {
      const name = JSON.parse(fromMeaningText(frozen.draftMeaning).name) as string;
      if (rests.has(`name ${name}`)) throw new Failure('conflict', message('plans.createdTwice', { name }));
      rests.set(`name ${name}`, { state: 'absent', name });
      return { badge: name, ...wordsOf(frozen, null, connection), ...waits(group), ...bytesOf(frozen) };
    }
    const snapshot = context.workspace.snapshots.find(connection.key, remoteId);
    if (!snapshot?.meaning || (frozen.liveMeaning !== null && frozen.liveMeaning !== snapshot.meaning)) {
      throw new Failure('conflict', message('plans.pulledSince', { name: frozen.badgeName }));
    }
    rests.set(`id ${remoteId}`, there(snapshot, snapshot.meaning));
    return { badge: frozen.badgeName, ...wordsOf(frozen, snapshot, connection), ...waits(group), ...bytesOf(frozen) };
  });
  const partners = partnersOf(context, connection, requests, fileOf);
  const more = {
    ...(definitions.length > 0 ? { definitions } : {}),
    ...(partners.length > 0 ? { partners } : {}),
  };
  return writePlan({
    schema: versionOf(more),
    madeOn: toIso(context.now(), 'UTC'),
    madeBy: `Laurel ${appVersion}`,
    org: {
      name: connection.name,
      address: connection.baseUrl,
      kind: connection.kind,
      timeZone: connection.timeZone,
    },
    restsOn: [...rests.values()],
    ...more,
    requests: planned,
  });
}

type ToldPartner = PlannedPartners['table'][number];

/** What ids of other orgs became in the bytes of these requests, for each org and file, each id once. */
function partnersOf(
  { workspace }: SyncContext,
  connection: StoredConnection,
  requests: readonly FrozenRequest[],
  fileOf: (badge: string) => string | null,
): PlannedPartners[] {
  const routes = new Routes(workspace, true);
  const found = new Map<string, { planned: Omit<PlannedPartners, 'table'>; told: Map<string, ToldPartner> }>();
  for (const frozen of requests) {
    const terms = frozen.badgeKey === null ? null : routes.termsOf(frozen.badgeKey, connection);
    if (terms === 'several') continue;
    const references = referencesIn(frozen);
    if (references.length === 0) continue;
    const file = fileOf(frozen.badgeName);
    // That the ids are those of the org itself is said by a table, too, and may be said otherwise later.
    if (terms === null && file === null) continue;
    const { name, baseUrl: address } = terms?.home ?? connection;
    const key = JSON.stringify([address, file]);
    const entry = found.get(key) ?? {
      planned: { from: { name, address }, file, badges: [] },
      told: new Map<string, ToldPartner>(),
    };
    const { badges } = entry.planned;
    if (!badges.includes(frozen.badgeName)) badges.push(frozen.badgeName);
    for (const reference of references) {
      const from = terms?.back.of(reference) ?? null;
      if (from === null) continue;
      const { kind, owner, id: to } = reference;
      entry.told.set(referenceKey(reference), { kind, ...(owner === null ? {} : { owner }), from, to });
    }
    found.set(key, entry);
  }
  return [...found.values()].map(({ planned, told }) => ({ ...planned, table: [...told.values()] }));
}

/** What of the org the bytes of a request name. */
function referencesIn({ claim, request: { body } }: FrozenRequest): Reference[] {
  if (claim !== null) return [{ kind: 'claim', owner: claim.ownerType, id: claim.referenceId }];
  const definition = body === null ? null : readBadge(parseJson(body)).definition;
  return definition === null ? [] : referencesOf(definition, []);
}

function there({ name, remoteId, claims }: Snapshot, meaning: string): RestsOn {
  const fields = fieldsOf(fromMeaningText(meaning));
  const held = claims.map(({ ownerType, referenceId }) => ({ ownerType, referenceId }));
  return { state: 'there', name, id: remoteId, digest: liveDigest(fields, held), fields, claims: held };
}

const waits = (group: string | null): Pick<PlanRequest, 'group'> => (group === null ? {} : { group });

/** @throws Failure `conflict` where it was pulled anew since */
function definitionOf(
  { workspace }: SyncContext,
  { key }: StoredConnection,
  { remoteId, badgeName: name, liveMeaning }: FrozenRequest,
  kind: DefinitionRest['kind'],
): DefinitionRest {
  const { groups, fields } = keptDefinitions(workspace.settings, key);
  const group = groups?.find(({ id }) => id === remoteId);
  const field = fields?.find(({ id }) => id === remoteId);
  const seen = kind === 'group' ? group && groupMeaning(group) : field && fieldMeaning(field);
  if (remoteId === null || liveMeaning === null) return { kind, name, id: null, fields: null };
  if (!seen || JSON.stringify(seen) !== liveMeaning)
    throw new Failure('conflict', message('plans.pulledSince', { name }));
  return { kind, name: group?.name ?? name, id: remoteId, fields: fieldsOf(seen) };
}

function definitionWords({
  remoteId,
  purpose,
  draftMeaning,
  liveMeaning,
}: FrozenRequest): Pick<PlanRequest, 'id' | 'purpose' | 'changes'> {
  const wanted = JSON.parse(draftMeaning) as Record<DefinitionField, string>;
  const seen = JSON.parse(liveMeaning ?? 'null') as Record<DefinitionField, string> | null;
  const fields = (Object.keys(wanted) as DefinitionField[]).filter((field) => seen && seen[field] !== wanted[field]);
  return {
    ...{ id: remoteId, purpose },
    changes: fields.map((field) => ({
      ...{ field, label: inEnglish(definitionFieldMessage(field)) },
      from: inEnglish(definitionValue(field, seen?.[field] ?? 'null')),
      to: inEnglish(definitionValue(field, wanted[field])),
    })),
  };
}

function wordsOf(
  { remoteId, purpose, draftMeaning }: FrozenRequest,
  snapshot: Snapshot | null,
  connection: StoredConnection,
): Pick<PlanRequest, 'id' | 'purpose' | 'changes'> {
  const isChange = purpose === 'update' || purpose === 'activate' || purpose === 'deactivate';
  const live = snapshot?.meaning ?? null;
  if (!isChange || snapshot === null || live === null) return { id: remoteId, purpose, changes: [] };
  const { timeZone } = connection;
  const defaults = defaultsFor(snapshot, connection);
  const changes = compareTexts(null, draftMeaning, live, defaults).differences.map(
    ({ field, draft, live: before }) => ({
      field,
      label: inEnglish(fieldMessage(field)),
      from: inEnglish(valueInWords(field, before, timeZone)),
      to: inEnglish(valueInWords(field, draft, timeZone)),
    }),
  );
  return { id: remoteId, purpose, changes };
}

function bytesOf({ request }: FrozenRequest): Pick<PlanRequest, 'method' | 'path' | 'headers' | 'body' | 'bodyDigest'> {
  const { method, url, headers, body } = request;
  return {
    method: method === 'POST' ? 'POST' : 'PUT',
    path: new URL(url).pathname,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    body: body === null ? null : parseJson(body),
    bodyDigest: body === null ? null : digestOf(body),
  };
}
