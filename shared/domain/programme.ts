import type { Instant } from './instant';

/** What places a badge in the programme. Instants in microseconds since the epoch; null where the text says none that can be read. */
export interface ProgrammeEntry {
  id: string;
  /** Id of its group; null: it is in none. */
  group: string | null;
  rank: number | null;
  startOn: Instant | null;
  expiresOn: Instant | null;
}

/** A group of badges that Laurel knows; `name` null: nobody named it. */
export interface ProgrammeGroup {
  id: string;
  name: string | null;
}

/** The badges of one group in their order; `group` null: badges without one. */
export interface ProgrammeLane<Entry extends ProgrammeEntry = ProgrammeEntry> {
  group: ProgrammeGroup | null;
  entries: readonly Entry[];
}

/**
 * The order inside a lane (semantics G2): ranked badges ascending, 1 first, then unranked ones, the one that ends last
 * first; those that say the same by their start and then by id, so that the order is always the same.
 */
export function compareInLane(one: ProgrammeEntry, other: ProgrammeEntry): number {
  if (one.rank !== null || other.rank !== null) {
    if (one.rank === null) return 1;
    if (other.rank === null) return -1;
    if (one.rank !== other.rank) return one.rank - other.rank;
  } else if (one.expiresOn !== other.expiresOn) {
    return (other.expiresOn ?? -Infinity) - (one.expiresOn ?? -Infinity);
  }
  if (one.startOn !== other.startOn) return (one.startOn ?? Infinity) - (other.startOn ?? Infinity);
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

/**
 * The lanes of a programme: known groups in their order, also those without a badge, then groups that only badges name,
 * by id, then badges without a group. There is a lane without a group only where a badge is in it.
 */
export function programmeLanes<Entry extends ProgrammeEntry>(
  entries: readonly Entry[],
  groups: readonly ProgrammeGroup[],
): ProgrammeLane<Entry>[] {
  const ofGroup = Map.groupBy(entries, ({ group }) => group);
  const known = new Set(groups.map(({ id }) => id));
  const others = [...ofGroup.keys()]
    .filter((id): id is string => id !== null && !known.has(id))
    .toSorted()
    .map((id): ProgrammeGroup => ({ id, name: null }));
  const lanes = [...groups, ...others].map((group): ProgrammeLane<Entry> => ({
    group,
    entries: (ofGroup.get(group.id) ?? []).toSorted(compareInLane),
  }));
  const alone = ofGroup.get(null);
  return alone === undefined ? lanes : [...lanes, { group: null, entries: alone.toSorted(compareInLane) }];
}
