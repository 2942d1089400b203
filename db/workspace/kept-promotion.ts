import { z } from 'zod';
import { isReferenceId, REFERENCE_KINDS, type Partner } from '../../shared/gateway/references';
import type { SettingsStore } from './settings';

type Kept = Pick<SettingsStore, 'kept'>;
type Keeping = Pick<SettingsStore, 'kept' | 'keep'>;

const partner = z
  .object({
    kind: z.enum(REFERENCE_KINDS),
    owner: z.string().nullable(),
    source: z.string(),
    target: z.string(),
  })
  .refine(({ kind, source, target }) => isReferenceId(kind, source) && isReferenceId(kind, target));

const promotion = z.object({
  from: z.int().nullable().catch(null),
  tables: z
    .record(z.string(), z.array(z.unknown()).catch([]))
    .catch({})
    .transform((tables) =>
      Object.fromEntries(
        Object.entries(tables).map(([key, rows]) => [key, rows.flatMap((row) => partner.safeParse(row).data ?? [])]),
      ),
    ),
  own: z.array(z.int()).catch([]),
  said: z.int().catch(0),
  strays: z.record(z.string(), z.array(z.string()).catch([])).catch({}),
});

/** What an org that takes badges from others knows of them. */
export interface Promotion {
  /** The connection that its badges come from where several would do; null: none was chosen. */
  from: number | null;
  /** Partners, by the key of the connection that badges come from. */
  tables: Readonly<Record<string, readonly Partner[]>>;
  /** Keys of drafts that carry the ids of this org, whether they are in it or not, and wherever else they are. */
  own: readonly number[];
  /** How often a person said that a draft carries the ids of this org: what was planned before is planned again. */
  said: number;
  /**
   * Ids that drafts carry of an org that badges came from until its connection, or the way from it, was given up; by the key of
   * the draft, as `referenceKey` writes them. They are no ids of this org, and nobody can tell any more what it calls them.
   */
  strays: Readonly<Record<string, readonly string[]>>;
}

const NONE: Promotion = { from: null, tables: {}, own: [], said: 0, strays: {} };

/** What is kept of where an org takes badges from; a partner that cannot be read is one that nobody said. */
export function keptPromotion(settings: Kept, connectionKey: number): Promotion {
  return promotion.safeParse(settings.kept(`promotion:${connectionKey}`)).data ?? NONE;
}

export function keepPromotion(settings: Keeping, connectionKey: number, kept: Promotion): void {
  settings.keep(`promotion:${connectionKey}`, kept);
}

const homeless = z.record(
  z.string(),
  z.object({
    ids: z.array(z.string()),
    homes: z.array(z.string()),
    kind: z.enum(['test', 'production']).nullable(),
  }),
);

/** What a draft carries of an org that no connection leads to. */
export interface HomelessIds {
  /** As `referenceKey` writes them. */
  ids: readonly string[];
  /** Addresses of the orgs that they may be of. */
  homes: readonly string[];
  /** What the connection was for; null: nobody knows, as there never was one. */
  kind: 'test' | 'production' | null;
}

/** By the keys of drafts: what an org that is connected later is not to be sent as it is. */
export function keptHomeless(settings: Kept): Readonly<Record<string, HomelessIds>> {
  return homeless.safeParse(settings.kept('homelessIds')).data ?? {};
}

export function keepHomeless(settings: Keeping, kept: Readonly<Record<string, HomelessIds>>): void {
  settings.keep('homelessIds', kept);
}

/** Its connection is gone, or leads to another org: it has no partners any more, in neither direction. */
export function forgetPromotion(
  settings: Pick<SettingsStore, 'kept' | 'keep' | 'forget'>,
  connectionKey: number,
  all: readonly number[],
): void {
  settings.forget(`promotion:${connectionKey}`);
  for (const other of all) {
    if (other === connectionKey) continue;
    const kept = keptPromotion(settings, other);
    const { from, tables } = kept;
    if (from !== connectionKey && !Object.hasOwn(tables, String(connectionKey))) continue;
    const { [String(connectionKey)]: _, ...rest } = tables;
    keepPromotion(settings, other, { ...kept, from: from === connectionKey ? null : from, tables: rest });
  }
}
