import {
  keepHomeless,
  keepPromotion,
  keptHomeless,
  keptPromotion,
  type HomelessIds,
} from '../../../../db/workspace/kept-promotion';
import type { StoredConnection } from '../../../../db/workspace/connections';
import { parseJson } from '../../../../shared/domain/json';
import { readBadge } from '../../../../shared/domain/read-badge';
import { referenceKey, referencesOf } from '../../../../shared/gateway/references';
import type { SyncContext } from '../context';
import { Routes } from './promotion-routes';

/** A draft that was made of another, by their keys. */
export interface Copied {
  from: number;
  to: number;
}

/** Notes of copies whose ids they carry: those of the org that the copied badge has them of, and none that it may not send. */
export function noteCopies(
  { connections, settings }: Pick<SyncContext['workspace'], 'connections' | 'settings'>,
  routes: Pick<Routes, 'homesOf'>,
  copies: readonly Copied[],
): void {
  const own = new Map<number, number[]>();
  for (const { from, to } of copies)
    for (const { key } of routes.homesOf(from)) own.set(key, [...(own.get(key) ?? []), to]);
  for (const { key } of connections.list()) {
    const kept = keptPromotion(settings, key);
    const strays = copies.flatMap(({ from, to }) => {
      const ids = kept.strays[String(from)];
      return ids === undefined ? [] : [[String(to), ids] as const];
    });
    const more = own.get(key) ?? [];
    if (more.length === 0 && strays.length === 0) continue;
    keepPromotion(settings, key, {
      ...kept,
      own: [...kept.own, ...more],
      strays: { ...kept.strays, ...Object.fromEntries(strays) },
    });
  }
  const homeless = keptHomeless(settings);
  const more = copies.flatMap(({ from, to }) => {
    const ids = homeless[String(from)];
    return ids === undefined ? [] : [[String(to), ids] as const];
  });
  if (more.length > 0) keepHomeless(settings, { ...homeless, ...Object.fromEntries(more) });
}

/** Notes that a draft carries the ids of the org of one connection, and of no other: whoever says so has looked at them. */
export function noteHome(
  { connections, settings }: Pick<SyncContext['workspace'], 'connections' | 'settings'>,
  badgeKey: number,
  home: number,
): void {
  const { [String(badgeKey)]: homeless, ...others } = keptHomeless(settings);
  if (homeless !== undefined) keepHomeless(settings, others);
  for (const { key: each } of connections.list()) {
    const kept = keptPromotion(settings, each);
    const own = kept.own.filter((one) => one !== badgeKey);
    if (each === home) own.push(badgeKey);
    const { [String(badgeKey)]: _, ...strays } = kept.strays;
    if (own.length !== kept.own.length || each === home || String(badgeKey) in kept.strays)
      keepPromotion(settings, each, { ...kept, own, strays, said: kept.said + (each === home ? 1 : 0) });
  }
}

/** An org by its address, as whatever leaves the workspace names it. */
export interface NamedHome {
  name: string;
  address: string;
}

/** The orgs whose ids a draft may carry. */
export function homesOf(workspace: SyncContext['workspace'], badgeKey: number): NamedHome[] {
  const routes = new Routes(workspace, false);
  return routes.homesOf(badgeKey).map(({ name, baseUrl }) => ({ name, address: baseUrl }));
}

/**
 * Notes that a draft carries the ids of one of these orgs. Where no connection leads to one of them, nobody can tell whether its ids
 * are of that one: they are strays of every org that would look at them, now or once it is connected.
 */
export function noteHomes(workspace: SyncContext['workspace'], badgeId: string, homes: readonly NamedHome[]): void {
  const { connections, drafts, settings } = workspace;
  if (homes.length === 0) return;
  const all = connections.list();
  const draft = drafts.get(badgeId);
  if (homes.every(({ address }) => all.some(({ baseUrl }) => baseUrl === address))) {
    for (const { key } of all.filter(({ baseUrl }) => homes.some(({ address }) => address === baseUrl)))
      noteOwn(settings, key, draft.key);
    return;
  }
  const { definition } = readBadge(parseJson(draft.body));
  if (definition === null) return;
  const ids = referencesOf(definition, []).map(referenceKey);
  if (ids.length === 0) return;
  const entry: HomelessIds = { ids, homes: homes.map(({ address }) => address), kind: null };
  keepHomeless(settings, { ...keptHomeless(settings), [String(draft.key)]: entry });
  for (const { key, kind } of all) if (kind !== 'practice') noteStray(settings, key, String(draft.key), ids);
}

/**
 * An org is connected, or its connection leads to another one or is for another kind: what drafts carry of orgs that are connected
 * no more is its own where it is that org, and else no id of it.
 */
export function noteArrival(
  { settings }: Pick<SyncContext['workspace'], 'settings'>,
  { key, kind, baseUrl }: StoredConnection,
): void {
  const homeless = keptHomeless(settings);
  const found = new Set<string>();
  for (const [badgeKey, { ids, homes }] of Object.entries(homeless)) {
    if (homes.length === 1 && homes[0] === baseUrl) {
      noteOwn(settings, key, Number(badgeKey));
      found.add(badgeKey);
    } else if (kind !== 'practice') noteStray(settings, key, badgeKey, ids);
  }
  if (found.size > 0)
    keepHomeless(settings, Object.fromEntries(Object.entries(homeless).filter(([badgeKey]) => !found.has(badgeKey))));
}

type Settings = SyncContext['workspace']['settings'];

function noteOwn(settings: Settings, key: number, badgeKey: number): void {
  const kept = keptPromotion(settings, key);
  if (!kept.own.includes(badgeKey)) keepPromotion(settings, key, { ...kept, own: [...kept.own, badgeKey] });
}

function noteStray(settings: Settings, key: number, badgeKey: string, ids: readonly string[]): void {
  const kept = keptPromotion(settings, key);
  const both = [...new Set([...(kept.strays[badgeKey] ?? []), ...ids])];
  keepPromotion(settings, key, { ...kept, strays: { ...kept.strays, [badgeKey]: both } });
}
