import { MEANING_FIELDS, type BadgeMeaning, type MeaningField } from './meaning';

/** Which side moved away from the last synced state. */
export type FieldChange = 'draft' | 'live' | 'conflict' | 'same-on-both';

/** One field in which two sides differ. */
export interface Difference<Field extends string> {
  field: Field;
  change: FieldChange;
  /** Canonical JSON of each side; `base` null when both sides never agreed. */
  base: string | null;
  draft: string;
  live: string;
}
export type FieldDifference = Difference<MeaningField>;

/** Where a draft stands against the live org. */
export type SyncState = 'in-sync' | 'draft-changed' | 'live-changed' | 'both-changed' | 'conflict';

export interface Comparison {
  state: SyncState;
  differences: readonly FieldDifference[];
}

function changeOf(base: string | null, draft: string, live: string): FieldChange {
  if (draft === live) return 'same-on-both';
  // Without a common past nobody can tell who moved: a person decides.
  if (base === null) return 'conflict';
  if (base === live) return 'draft';
  return base === draft ? 'live' : 'conflict';
}

/**
 * Compares what a draft means with what the live badge means, against the last state both agreed on. A field that both sides
 * changed to the same value is no difference.
 */
export function compareMeanings(base: BadgeMeaning | null, draft: BadgeMeaning, live: BadgeMeaning): Comparison {
  return compareFields(MEANING_FIELDS, base, draft, live);
}

/** The same of anything that is told field by field, each as canonical JSON. */
export function compareFields<Field extends string>(
  fields: readonly Field[],
  base: Readonly<Record<Field, string>> | null,
  draft: Readonly<Record<Field, string>>,
  live: Readonly<Record<Field, string>>,
): { state: SyncState; differences: readonly Difference<Field>[] } {
  const differences: Difference<Field>[] = [];
  for (const field of fields) {
    const before = base === null ? null : base[field];
    const change = changeOf(before, draft[field], live[field]);
    if (change !== 'same-on-both')
      differences.push({ field, change, base: before, draft: draft[field], live: live[field] });
  }
  return { state: stateOf(differences), differences };
}

function stateOf(differences: readonly Pick<FieldDifference, 'change'>[]): SyncState {
  if (differences.length === 0) return 'in-sync';
  if (differences.some(({ change }) => change === 'conflict')) return 'conflict';
  const draft = differences.some(({ change }) => change === 'draft');
  const live = differences.some(({ change }) => change === 'live');
  if (draft && live) return 'both-changed';
  return draft ? 'draft-changed' : 'live-changed';
}
