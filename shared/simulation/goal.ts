/** What one trial of a knob's position came to. */
export interface Trial {
  position: number;
  passes: boolean;
  /** The wanted share, or the cost: what is compared with the goal. NaN where there is none. */
  measure: number;
  /** After how many runs it was decided; 0: a rule of the badge is broken there, and nothing was run. */
  runs: number;
  /** Attempts refused, by constraint type or code, most first: the mean of its runs, as the measure is. */
  reasons: readonly (readonly [string, number])[];
}

export type GoalAnswer =
  /**
   * `neighbour` is the position one step on the other side; it fails. Null where the best position is at the end of a
   * range both ends of which pass. `beyond` is the nearest position that was tried and fails on the far side: the goal
   * is met in between only. Null where none was met.
   */
  | { found: true; best: Trial; neighbour: Trial | null; beyond: Trial | null; trials: number; all: boolean }
  /** `closest` came nearest to the goal. `all`: every position of the range was tried, none is left. */
  | { found: false; low: Trial; high: Trial; closest: Trial; trials: number; all: boolean };

/** Ranges up to this many positions are tried whole where their ends do not tell. */
const TRIED_WHOLE = 128;
/** Positions tried of a longer range before its search for a first one that passes ends. */
const MOST_SOUGHT = 160;
/** Evenly spread positions, and hills of the measure that are climbed. */
const EVEN = 24;
const MOST_HILLS = 4;

/** How many trials a search takes at most. */
export function mostTrials(low: number, high: number): number {
  const size = high - low + 1;
  return size <= TRIED_WHOLE ? size : MOST_SOUGHT + Math.ceil(Math.log2(size));
}

/**
 * Positions that stand for a long range: close together near both its ends and near where the knob stands, where a step
 * more or less matters most, and evenly spread over the rest.
 */
function grid(low: number, high: number, now: number): number[] {
  const positions = new Set<number>();
  const add = (position: number): void => {
    if (position >= low && position <= high) positions.add(position);
  };
  const centres = [low, high, Math.min(high, Math.max(low, now))];
  for (let step = 1; step <= high - low; step = Math.max(step + 1, Math.floor(step * 2))) {
    for (const centre of centres) {
      add(centre + step);
      add(centre - step);
    }
  }
  for (let part = 1; part < EVEN; part += 1) add(low + Math.floor(((high - low) * part) / EVEN));
  return [...positions].sort((left, right) => left - right);
}

/** The trials of one search, each position run once. */
class Trials {
  readonly #known = new Map<number, Trial>();

  constructor(
    private readonly tryAt: (position: number) => Promise<Trial>,
    private readonly better: 'higher' | 'lower',
  ) {}

  get count(): number {
    return this.#known.size;
  }

  async at(position: number): Promise<Trial> {
    const found = this.#known.get(position) ?? (await this.tryAt(position));
    this.#known.set(position, found);
    return found;
  }

  /** All trials by position. */
  sorted(): Trial[] {
    return [...this.#known.values()].sort((left, right) => left.position - right.position);
  }

  /** How near a trial is to the goal: more is nearer. */
  merit({ measure }: Trial): number {
    if (Number.isNaN(measure)) return -Infinity;
    return this.better === 'higher' ? measure : -measure;
  }

  closest(): Trial {
    return this.sorted().reduce((best, trial) => (this.merit(trial) > this.merit(best) ? trial : best));
  }
}

/**
 * Climbs the highest hills of what is known, by trying halfway to the neighbours on both sides of each top, until
 * something passes, the tops stand beside positions that are known, or enough was tried.
 */
async function climb(trials: Trials): Promise<void> {
  for (;;) {
    const known = trials.sorted();
    const merit = (place: number): number => (known[place] === undefined ? NaN : trials.merit(known[place]));
    // Between two settings that come to the same there is most often nothing else, a cap that is never reached, say;
    // but where both stand above what is around them, the top may lie just between.
    const isWorthHalving = (place: number, other: number): boolean => {
      const [trial, neighbour] = [known[place], known[other]];
      if (trial === undefined || neighbour === undefined) return false;
      if (Math.abs(neighbour.position - trial.position) < 2) return false;
      if (merit(other) !== merit(place)) return merit(other) < merit(place);
      return merit(2 * place - other) < merit(place) && merit(2 * other - place) < merit(other);
    };
    const tops = known
      .map((trial, place) => ({
        trial,
        sides: [place - 1, place + 1].filter((other) => isWorthHalving(place, other)),
        place,
      }))
      .filter(
        ({ place, sides }) =>
          sides.length > 0 && [place - 1, place + 1].every((other) => !(merit(other) > merit(place))),
      )
      .sort((left, right) => trials.merit(right.trial) - trials.merit(left.trial))
      .slice(0, MOST_HILLS);
    if (tops.length === 0) return;
    for (const { trial, sides } of tops) {
      for (const other of sides.map((place) => known[place]!)) {
        if (trials.count >= MOST_SOUGHT) return;
        if ((await trials.at(Math.floor((other.position + trial.position) / 2))).passes) return;
      }
    }
  }
}

/** Tries positions between two ends that fail, until one passes or there is no more to try. */
async function seekInside(low: number, high: number, now: number, trials: Trials): Promise<void> {
  if (high - low < TRIED_WHOLE) {
    for (let position = low + 1; position < high; position += 1) await trials.at(position);
    return;
  }
  for (const position of grid(low, high, now)) await trials.at(position);
  if (!trials.sorted().some(({ passes }) => passes)) await climb(trials);
}

/**
 * Finds where a goal begins or stops to be met along a knob: of two neighbouring positions one passes and the other
 * fails, whether or not the measure rises steadily. When more helps, the answer is the smallest position; when less
 * helps, the largest; when both ends pass, the lower one.
 *
 * Where both ends fail, the goal may still be met in between, as where a limit for each customer helps some and then
 * lets them take the places of others. Short ranges are then tried whole; of long ones a grid, and what is around the
 * best of it. The answer is the smallest position found. That there is none is only ever known of what was tried.
 *
 * @param tryAt runs the scenario with the knob at a position
 * @param better which measures are nearer to the goal
 * @param now where the knob stands
 */
export async function seekGoal(
  low: number,
  high: number,
  tryAt: (position: number) => Promise<Trial>,
  better: 'higher' | 'lower' = 'higher',
  now = low,
): Promise<GoalAnswer> {
  const trials = new Trials(tryAt, better);
  const first = await trials.at(low);
  const last = await trials.at(high);
  const all = (): boolean => trials.count === high - low + 1;
  if (first.passes && last.passes)
    return { found: true, best: first, neighbour: null, beyond: null, trials: trials.count, all: all() };
  let passing = first.passes ? low : high;
  let failing = first.passes ? high : low;
  if (!first.passes && !last.passes) {
    await seekInside(low, high, now, trials);
    const known = trials.sorted();
    const place = known.findIndex(({ passes }) => passes);
    if (place < 0) {
      return { found: false, low: first, high: last, closest: trials.closest(), trials: trials.count, all: all() };
    }
    passing = known[place]!.position;
    failing = known[place - 1]!.position;
  }
  while (Math.abs(passing - failing) > 1) {
    const middle = Math.floor((passing + failing) / 2);
    if ((await trials.at(middle)).passes) passing = middle;
    else failing = middle;
  }
  const known = trials.sorted();
  const farSide =
    failing < passing
      ? known.find(({ position, passes }) => position > passing && !passes)
      : known.findLast(({ position, passes }) => position < passing && !passes);
  return {
    found: true,
    best: await trials.at(passing),
    neighbour: await trials.at(failing),
    beyond: farSide ?? null,
    trials: trials.count,
    all: all(),
  };
}
