import type { ProgrammeGroup } from '../../shared/domain/programme';
import type { SettingsStore } from './settings';

/** The groups of badges that are kept among the settings, in their order; what cannot be read is passed over. */
export function keptGroups(settings: Pick<SettingsStore, 'kept'>): ProgrammeGroup[] {
  const kept = settings.kept('badgeGroups');
  const seen = new Set<string>();
  return (Array.isArray(kept) ? (kept as unknown[]) : []).flatMap((one): ProgrammeGroup[] => {
    const { id, name } = (one ?? {}) as Record<string, unknown>;
    if (typeof id !== 'string' || id === '' || seen.has(id)) return [];
    seen.add(id);
    return [{ id, name: typeof name === 'string' && name !== '' ? name : null }];
  });
}

/** Keeps these groups in this order, in place of those that are kept. */
export function keepGroups(settings: Pick<SettingsStore, 'keep'>, groups: readonly ProgrammeGroup[]): void {
  settings.keep('badgeGroups', groups);
}

/** Whether another group that is kept has a name (733: an org wants each name once). */
export function groupNameTaken(settings: Pick<SettingsStore, 'kept'>, name: string, id: string | null): boolean {
  return keptGroups(settings).some((group) => group.name === name.trim() && group.id !== id);
}

/**
 * Puts a group before or behind another one. All groups are kept in the order that comes of it.
 *
 * @param order the ids of all groups as they stand; a group or another one that is not among them moves nothing
 */
export function moveGroup(
  settings: Pick<SettingsStore, 'kept' | 'keep'>,
  order: readonly string[],
  { id, next, side }: { id: string; next: string; side: 'before' | 'after' },
): void {
  const others = order.filter((one) => one !== id);
  const place = others.indexOf(next);
  if (place < 0 || others.length === order.length) return;
  const names = new Map(keptGroups(settings).map((group) => [group.id, group.name]));
  const moved = others.toSpliced(side === 'before' ? place : place + 1, 0, id);
  settings.keep(
    'badgeGroups',
    moved.map((one) => ({ id: one, name: names.get(one) ?? null })),
  );
}

/** Gives a group a name, in the place it has; one that had none comes last of those that have. A blank name takes it away. */
export function nameGroup(settings: Pick<SettingsStore, 'kept' | 'keep'>, id: string, name: string): void {
  const groups = keptGroups(settings);
  const named = { id, name: name.trim() };
  const isKnown = groups.some((group) => group.id === id);
  const next = isKnown ? groups.map((group) => (group.id === id ? named : group)) : [...groups, named];
  settings.keep(
    'badgeGroups',
    next.filter((group) => group.name !== ''),
  );
}

/**
 * Gives groups the names that an org has for them, where they have none here and no other group has that name. A group that
 * is not here yet takes its place by rank.
 *
 * @param ranks of the groups that the org has, by their ids here
 * @returns the ids of groups that were not here
 */
export function nameUnnamed(
  settings: Pick<SettingsStore, 'kept' | 'keep'>,
  names: Iterable<readonly [id: string, name: string]>,
  ranks: ReadonlyMap<string, number> = new Map(),
): string[] {
  const added: string[] = [];
  for (const [id, name] of names) {
    const known = keptGroups(settings).find((group) => group.id === id);
    if ((known && known.name !== null) || groupNameTaken(settings, name, id)) continue;
    nameGroup(settings, id, name);
    if (known) continue;
    added.push(id);
    placeByRank(settings, id, ranks);
  }
  return added;
}

/** Puts a group before the first one whose rank is higher; behind all where there is none. */
export function placeByRank(
  settings: Pick<SettingsStore, 'kept' | 'keep'>,
  id: string,
  ranks: ReadonlyMap<string, number>,
): void {
  const groups = keptGroups(settings);
  const group = groups.find((one) => one.id === id);
  const rank = ranks.get(id);
  if (group === undefined || rank === undefined) return;
  const others = groups.filter((one) => one.id !== id);
  const place = others.findIndex((one) => (ranks.get(one.id) ?? -Infinity) > rank);
  settings.keep('badgeGroups', others.toSpliced(place < 0 ? others.length : place, 0, group));
}
