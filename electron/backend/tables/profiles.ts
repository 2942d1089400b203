import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SettingsStore } from '../../../db/workspace/settings';
import { tableProfile, type TableProfile } from '../../../shared/ipc/tables-contract';

/** More are forgotten, the oldest first. */
const MOST_PROFILES = 200;

/** @returns what tells files of one header from others; null without a header */
export function shapeOf(header: readonly string[] | null): string | null {
  if (header === null) return null;
  const names = header.map((name) => name.trim().toLowerCase());
  return createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 32);
}

/** What people said of tables, kept in the workspace, the latest last. */
export class TableProfiles {
  readonly #settings: Pick<SettingsStore, 'kept' | 'keep'>;

  constructor(settings: Pick<SettingsStore, 'kept' | 'keep'>) {
    this.#settings = settings;
  }

  /** What another version wrote differently is passed over. */
  list(): readonly TableProfile[] {
    const kept = z.array(z.unknown()).safeParse(this.#settings.kept('tableProfiles'));
    return (kept.data ?? []).flatMap((one) => tableProfile.safeParse(one).data ?? []);
  }

  of(shape: string | null): TableProfile | null {
    return shape === null ? null : (this.list().findLast((profile) => profile.shape === shape) ?? null);
  }

  remember(profile: TableProfile): void {
    const others = this.list().filter(({ name, shape }) => name !== profile.name && shape !== profile.shape);
    this.#settings.keep('tableProfiles', [...others, profile].slice(-MOST_PROFILES));
  }

  forget(name: string): void {
    this.#settings.keep(
      'tableProfiles',
      this.list().filter((profile) => profile.name !== name),
    );
  }
}
