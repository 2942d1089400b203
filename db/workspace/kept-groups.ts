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
