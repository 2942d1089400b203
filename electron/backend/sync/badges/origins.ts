import { keepPromotion, keptPromotion } from '../../../../db/workspace/kept-promotion';
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
}

/** Notes that a draft carries the ids of the org of one connection, and of no other: whoever says so has looked at them. */
export function noteHome(
  { connections, settings }: Pick<SyncContext['workspace'], 'connections' | 'settings'>,
  badgeKey: number,
  home: number,
): void {
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
 * Notes that a draft carries the ids of one of these orgs. Where no connection leads to any, its ids are strays of every org that would
 * look at them.
 */
export function noteHomes(workspace: SyncContext['workspace'], badgeId: string, homes: readonly NamedHome[]): void {
  const { connections, drafts, settings } = workspace;
  if (homes.length === 0) return;
  const all = connections.list();
  const draft = drafts.get(badgeId);
  const known = all.filter(({ baseUrl }) => homes.some(({ address }) => address === baseUrl));
  for (const { key } of known) {
    const kept = keptPromotion(settings, key);
    keepPromotion(settings, key, { ...kept, own: [...kept.own, draft.key] });
  }
  const { definition } = readBadge(parseJson(draft.body));
  if (known.length > 0 || definition === null) return;
  const ids = referencesOf(definition, []).map(referenceKey);
  if (ids.length === 0) return;
  for (const { key, kind } of all) {
    if (kind === 'practice') continue;
    const kept = keptPromotion(settings, key);
    keepPromotion(settings, key, { ...kept, strays: { ...kept.strays, [String(draft.key)]: ids } });
  }
}
