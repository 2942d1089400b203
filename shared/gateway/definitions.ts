import type { ProgrammeGroup } from '../domain/programme';
import { compareFields, type Difference, type SyncState } from './compare';
import { canonical } from './meaning';
import { NOT_SAID } from './meaning-text';

/** A group of badges as an org has it (gateway-api section 6). */
export interface OrgGroup {
  id: string;
  name: string;
  rank: number;
  isActive: boolean;
}

/** What a custom field is called and takes; its name is what badges know it by (gateway-api section 7). */
export interface FieldDefinition {
  name: string;
  /** INTEGER, BOOLEAN, DATE or STRING; an org may have what no document lists. */
  dataType: string;
  isMandatory: boolean;
  /** What badges get that say nothing of it; an empty text and null mean the same. */
  defaultValue: string | null;
}

/** A custom field as an org has it. Disabled ones are not told. */
export interface OrgField extends FieldDefinition {
  id: string;
}

export const GROUP_FIELDS = ['name', 'rank', 'isActive'] as const;
export const FIELD_FIELDS = ['dataType', 'isMandatory', 'defaultValue'] as const;
export type DefinitionField = (typeof GROUP_FIELDS)[number] | (typeof FIELD_FIELDS)[number];

/** What a definition means, field by field, as canonical JSON. */
export type GroupMeaning = Readonly<Record<(typeof GROUP_FIELDS)[number], string>>;
export type FieldMeaning = Readonly<Record<(typeof FIELD_FIELDS)[number], string>>;

export const groupMeaning = ({ name, rank, isActive }: Omit<OrgGroup, 'id'>): GroupMeaning => ({
  ...{ name: canonical(name), rank: canonical(rank), isActive: canonical(isActive) },
});

export const fieldMeaning = ({ dataType, isMandatory, defaultValue }: FieldDefinition): FieldMeaning => ({
  ...{ dataType: canonical(dataType), isMandatory: canonical(isMandatory) },
  defaultValue: canonical(defaultValue === '' ? null : defaultValue),
});

/** Ids in the org of groups that have another id here, by the ids here. */
export type GroupLinks = Readonly<Record<string, string>>;

/**
 * The group of an org that each group here is: the one that it was linked with, the one of its id, or the active one of
 * its name, since names are unique among active groups (semantics G1). A disabled one gives way to an active one of the
 * name.
 *
 * @returns by the ids here; groups that the org has not are left out
 */
export function partnersOf(
  here: readonly ProgrammeGroup[],
  there: readonly OrgGroup[],
  links: GroupLinks,
): Map<string, OrgGroup> {
  const byId = new Map(there.map((group) => [group.id, group]));
  const partners = new Map<string, OrgGroup>();
  const taken = new Set<string>();
  const pair = (id: string, group: OrgGroup | undefined): void => {
    if (!group || taken.has(group.id)) return;
    const earlier = partners.get(id);
    if (earlier) taken.delete(earlier.id);
    taken.add(group.id);
    partners.set(id, group);
  };
  const linkOf = (id: string): string | undefined => (Object.hasOwn(links, id) ? links[id] : undefined);
  for (const { id } of here) pair(id, byId.get(linkOf(id) ?? ''));
  for (const { id } of here) if (!partners.has(id)) pair(id, byId.get(id));
  const ids = new Set(here.map(({ id }) => id));
  for (const { id, name } of here) {
    if (name === null || partners.get(id)?.isActive === true) continue;
    pair(
      id,
      there.find((group) => group.isActive && group.name === name && !taken.has(group.id) && !ids.has(group.id)),
    );
  }
  return partners;
}

/** What is known of the place of a group before the order here is looked at. */
export interface RankedGroup {
  id: string;
  /** The rank that both sides last agreed on, or that the org has; null: it has none yet. */
  rank: number | null;
  /** Its place in the list of the org, which decides among equal ranks; null: it is not there. */
  ordinal: number | null;
}

/**
 * The ranks that say the order of groups here (1 is first: semantics G2), as near to those that they have as the order
 * allows: a group whose rank fits keeps it, any other one follows the group before it.
 *
 * @param groups in their order here
 */
export function wantedRanks(groups: readonly RankedGroup[]): Map<string, number> {
  const wanted = new Map<string, number>();
  let last: { rank: number; ordinal: number | null } | null = null;
  for (const { id, rank, ordinal } of groups) {
    const fits: boolean =
      rank !== null &&
      (last === null ||
        rank > last.rank ||
        (rank === last.rank && ordinal !== null && last.ordinal !== null && ordinal > last.ordinal));
    const next: number = fits && rank !== null ? rank : (last?.rank ?? 0) + 1;
    wanted.set(id, next);
    last = { rank: next, ordinal: fits ? ordinal : null };
  }
  return wanted;
}

/** One definition beside that of the org. */
export interface ComparedDefinition<Definition, Field extends string> {
  /** Of a group its id here, or in the org where it is only there; of a field its name. */
  id: string;
  name: string;
  /** `unknown`: the org was not asked, or did not tell. */
  state: SyncState | 'only-here' | 'only-live' | 'unknown';
  /** Null: the org has it not. */
  there: Definition | null;
  /** What it means here; null: it is only there. */
  here: Readonly<Record<Field, string>> | null;
  differences: readonly Difference<Field>[];
}

export type ComparedGroup = ComparedDefinition<OrgGroup, keyof GroupMeaning>;
export type ComparedField = ComparedDefinition<OrgField, keyof FieldMeaning>;

/** What is here, what the org has, and what both last agreed on. */
interface Sides<Here, There, Meaning> {
  here: readonly Here[];
  /** Null: the org was not asked, or did not tell. */
  there: readonly There[] | null;
  bases: Readonly<Record<string, Meaning>>;
}

const baseOf = <Meaning>(bases: Readonly<Record<string, Meaning>>, id: string): Meaning | null =>
  Object.hasOwn(bases, id) ? (bases[id] ?? null) : null;

/**
 * The groups here in their order, then those that only the org has, by rank. A group without a name here is called as the
 * org calls it. Disabled groups that are not here are left out.
 */
export function compareGroups(
  { here, there, bases }: Sides<ProgrammeGroup, OrgGroup, GroupMeaning>,
  links: GroupLinks,
): ComparedGroup[] {
  const partners = partnersOf(here, there ?? [], links);
  const ranks = ranksHere(
    here.filter(({ id, name }) => name !== null || partners.has(id)),
    there ?? [],
    partners,
    bases,
  );
  const compared = here.flatMap(({ id, name }): ComparedGroup[] => {
    const partner = partners.get(id) ?? null;
    const called = name ?? partner?.name;
    const rank = ranks.get(id);
    // Neither named here nor known there: nobody can tell what it is.
    if (called === undefined || rank === undefined) return [];
    const meaning = groupMeaning({ name: called, rank, isActive: true });
    const both = { id, name: called, there: partner, here: meaning };
    if (partner === null) return [{ ...both, state: there === null ? 'unknown' : 'only-here', differences: [] }];
    return [{ ...both, ...compareFields(GROUP_FIELDS, baseOf(bases, id), meaning, groupMeaning(partner)) }];
  });
  const paired = new Set([...partners.values()].map(({ id }) => id));
  const others = (there ?? [])
    .filter(({ id, isActive }) => isActive && !paired.has(id))
    .toSorted((one, other) => one.rank - other.rank)
    .map((group): ComparedGroup => ({
      ...{ id: group.id, name: group.name, state: 'only-live', there: group, here: null, differences: [] },
    }));
  return [...compared, ...others];
}

/**
 * The ranks that the order here asks for. Where the ranks of the org say this order already, it asks for nothing, whatever
 * numbers they are; else it starts from those that both last agreed on, which tells who moved.
 */
function ranksHere(
  here: readonly ProgrammeGroup[],
  there: readonly OrgGroup[],
  partners: ReadonlyMap<string, OrgGroup>,
  bases: Readonly<Record<string, GroupMeaning>>,
): Map<string, number> {
  const ordinals = new Map(there.map(({ id }, index) => [id, index]));
  const ranked = (rankOf: (id: string, partner: OrgGroup) => number): Map<string, number> =>
    wantedRanks(
      here.map(({ id }): RankedGroup => {
        const partner = partners.get(id);
        return partner === undefined
          ? { id, rank: null, ordinal: null }
          : { id, rank: rankOf(id, partner), ordinal: ordinals.get(partner.id) ?? null };
      }),
    );
  const asThere = ranked((_, { rank }) => rank);
  if (here.every(({ id }) => !partners.has(id) || asThere.get(id) === partners.get(id)?.rank)) return asThere;
  return ranked((id, { rank }) => {
    const agreed: unknown = JSON.parse(baseOf(bases, id)?.rank ?? 'null');
    return typeof agreed === 'number' ? agreed : rank;
  });
}

/** The custom fields here, then those that only the org has, each by name. */
export function compareCustomFields({
  here,
  there,
  bases,
}: Sides<FieldDefinition, OrgField, FieldMeaning>): ComparedField[] {
  const live = new Map((there ?? []).map((field) => [field.name, field]));
  const names = new Set(here.map(({ name }) => name));
  const compared = here.map((field): ComparedField => {
    const { name } = field;
    const partner = live.get(name) ?? null;
    const meaning = fieldMeaning(field);
    const both = { id: name, name, there: partner, here: meaning };
    if (partner === null) return { ...both, state: there === null ? 'unknown' : 'only-here', differences: [] };
    return { ...both, ...compareFields(FIELD_FIELDS, baseOf(bases, name), meaning, fieldMeaning(partner)) };
  });
  const others = (there ?? [])
    .filter(({ name }) => !names.has(name))
    .map((field): ComparedField => ({
      ...{ id: field.name, name: field.name, state: 'only-live', there: field, here: null, differences: [] },
    }));
  const byName = (one: ComparedField, other: ComparedField): number =>
    one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
  return [...compared.toSorted(byName), ...others.toSorted(byName)];
}

/**
 * What both sides agree on once fields were settled: those of the live side that were chosen, else what they agreed on
 * before. Without a common past, a field that differs and is not chosen yet stays unsaid.
 */
export function settledBase<Field extends string>(
  before: Readonly<Record<Field, string>> | null,
  live: Readonly<Record<Field, string>>,
  open: readonly Field[],
  chosen: readonly Field[],
): Record<Field, string> {
  const entries = (Object.keys(live) as Field[]).map((field): [Field, string] => {
    if (chosen.includes(field) || (before === null && !open.includes(field))) return [field, live[field]];
    return [field, before === null ? NOT_SAID : before[field]];
  });
  return Object.fromEntries(entries) as Record<Field, string>;
}

/** What stands in a body for the id that an org gives to a group of this name: no id looks so. */
export const groupToCome = (name: string): string => `‹${name}›`;
