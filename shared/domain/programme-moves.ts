import { programmeLanes, type ProgrammeEntry, type ProgrammeLane } from './programme';

/** The group and rank that a badge gets. */
export interface ProgrammePlace {
  id: string;
  group: string | null;
  rank: number | null;
}

/**
 * The groups and ranks after which a badge stands in a lane before another one. As few ranks change as can be: the badge
 * takes a free number between its neighbours, and only where there is none those behind it move up. What stands unranked
 * before it is ranked, since ranked badges come first.
 *
 * @param lane all badges of the lane, in their order; the badge itself may be among them
 * @param before id of the badge that it is to stand before; null: it is to be the last
 * @returns what changes, in the order of the lane; empty where it stands there already
 */
export function placesAfterMove(
  lane: ProgrammeLane,
  moved: ProgrammeEntry,
  before: string | null,
): readonly ProgrammePlace[] {
  if (before === moved.id) return [];
  const group = lane.group?.id ?? null;
  const isHere = moved.group === group;
  const others = lane.entries.filter(({ id }) => id !== moved.id);
  const found = before === null ? -1 : others.findIndex(({ id }) => id === before);
  const place = found < 0 ? others.length : found;
  if (isHere && lane.entries.findIndex(({ id }) => id === moved.id) === place) return [];
  const places: ProgrammePlace[] = [];
  let last: number | null = null;
  for (const { id, rank } of others.slice(0, place)) {
    const next: number = rank ?? (last ?? 0) + 1;
    if (rank === null) places.push({ id, group, rank: next });
    last = next;
  }
  const behind = others.slice(place);
  const first = behind[0]?.rank ?? null;
  const rank: number = rankBetween(last, first, moved.rank);
  places.push({ id: moved.id, group, rank });
  let reached = rank;
  for (const { id, rank: old } of behind) {
    if (old === null || old > reached) break;
    reached += 1;
    places.push({ id, group, rank: reached });
  }
  return places.filter(({ id, rank: next }) => id !== moved.id || !isHere || next !== moved.rank);
}

/** Between which badges of a lane one is put, as a person sees them: others may stand there that a filter hides. */
export interface ProgrammeGap {
  /** Id of the group; null: the lane of those without one. */
  group: string | null;
  /** The one in front; null: it is to be the first that is seen. */
  after: string | null;
  /** The one behind; null: it is to be the last that is seen. */
  before: string | null;
}

/**
 * As {@link placesAfterMove}, of a badge that is put where a person saw room. It stands right before the badge that was
 * seen behind it, and where there was none right after the one in front.
 *
 * @param entries all badges of the programme; empty where the badge is among them no more
 */
export function placesInGap(
  entries: readonly ProgrammeEntry[],
  id: string,
  { group, after, before }: ProgrammeGap,
): readonly ProgrammePlace[] {
  const moved = entries.find((one) => one.id === id);
  if (moved === undefined) return [];
  const [lane = { group: group === null ? null : { id: group, name: null }, entries: [] }] = programmeLanes(
    entries.filter((one) => one.group === group),
    [],
  );
  if (before !== null || after === null) return placesAfterMove(lane, moved, before);
  const others = lane.entries.filter((one) => one.id !== id);
  return placesAfterMove(lane, moved, others[others.findIndex((one) => one.id === after) + 1]?.id ?? null);
}

/** A rank behind one and, where a number is free there, before the other; its own, where that is one. */
function rankBetween(last: number | null, next: number | null, own: number | null): number {
  const fits = own !== null && (last === null ? own >= 1 : own > last) && (next === null || own < next);
  if (fits) return own;
  if (last !== null) return last + 1;
  return next !== null && next > 1 ? next - 1 : 1;
}
