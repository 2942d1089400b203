/** One of many badges that are to be changed: what it is called, and what it would be called. */
export interface Renaming {
  before: string;
  after: string;
}

/** Mistakes and refusals are told apart by code and place. */
interface Told {
  code: number;
  path: string;
}

/** Places in a list move when one is added or taken away. */
const kindOf = ({ code, path }: Told): string => `${code} ${path.replaceAll(/\[\d+\]/g, '[]')}`;

/** What a change brings that was not there before; told twice where it comes twice. */
export function newlyTold<T extends Told>(before: readonly Told[], after: readonly T[]): T[] {
  const open = before.map(kindOf);
  return after.filter((told) => {
    const index = open.indexOf(kindOf(told));
    if (index >= 0) open.splice(index, 1);
    return index < 0;
  });
}

/**
 * Which badges would get a name that another one has (725), were all of them renamed but those that are held back. One
 * that is held back keeps its name, which may hold back another in turn.
 *
 * @param held those that are not changed whatever the names are
 * @param takenOutside whether a badge that is none of these has a name
 * @param holding whether those that clash are held back; otherwise all are renamed all the same
 * @returns the clashing ones, by their place
 */
export function clashingNames(
  renamings: readonly Renaming[],
  held: ReadonlySet<number>,
  takenOutside: (name: string) => boolean,
  holding: boolean,
): Set<number> {
  const count = new Map<string, number>();
  const bearing = (name: string, by: number): void => {
    count.set(name, (count.get(name) ?? 0) + by);
  };
  renamings.forEach(({ before, after }, place) => bearing(held.has(place) ? before : after, 1));
  const clashing = new Set<number>();
  const open = new Set(
    renamings.keys().filter((place) => !held.has(place) && renamings[place]?.before !== renamings[place]?.after),
  );
  for (;;) {
    const found = [...open].filter((place) => {
      const name = renamings[place]?.after ?? '';
      return (count.get(name) ?? 0) > 1 || takenOutside(name);
    });
    for (const place of found) {
      clashing.add(place);
      open.delete(place);
      if (!holding) continue;
      bearing(renamings[place]?.after ?? '', -1);
      bearing(renamings[place]?.before ?? '', 1);
    }
    if (found.length === 0 || !holding) return clashing;
  }
}
