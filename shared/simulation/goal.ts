/** What one trial of a knob's position came to. */
export interface Trial {
  position: number;
  passes: boolean;
  /** The wanted share, or the cost: what is compared with the goal. */
  measure: number;
  /** Attempts refused, by constraint type or code, most first. */
  reasons: readonly (readonly [string, number])[];
}

export type GoalAnswer =
  /** `neighbour` is the position one step on the other side; it fails. Null where every position of the range passes. */
  | { found: true; best: Trial; neighbour: Trial | null; trials: number }
  | { found: false; low: Trial; high: Trial; trials: number };

/**
 * Finds where a goal begins or stops to be met along a knob: of two neighbouring positions one passes and the other
 * fails, whether or not the measure rises steadily. When more helps, the answer is the smallest position; when less
 * helps, the largest; when all pass, the smallest of the range.
 *
 * @param tryAt runs the scenario with the knob at a position
 */
export async function seekGoal(
  low: number,
  high: number,
  tryAt: (position: number) => Promise<Trial>,
): Promise<GoalAnswer> {
  const known = new Map<number, Trial>();
  const trial = async (position: number): Promise<Trial> => {
    const found = known.get(position) ?? (await tryAt(position));
    known.set(position, found);
    return found;
  };
  const first = await trial(low);
  const last = await trial(high);
  if (!first.passes && !last.passes) return { found: false, low: first, high: last, trials: known.size };
  if (first.passes && last.passes) return { found: true, best: first, neighbour: null, trials: known.size };
  let passing = first.passes ? low : high;
  let failing = first.passes ? high : low;
  while (Math.abs(passing - failing) > 1) {
    const middle = Math.floor((passing + failing) / 2);
    if ((await trial(middle)).passes) passing = middle;
    else failing = middle;
  }
  return { found: true, best: await trial(passing), neighbour: await trial(failing), trials: known.size };
}
