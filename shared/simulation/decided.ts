import type { BadgeResult } from './result';

/** The badges of one run, by key. */
export type RunBadges = Readonly<Record<string, BadgeResult>>;

/** The runs of one version of a scenario, asked for as they are needed: each draws from its own number, whoever else runs. */
export interface VersionRuns {
  /** How many the scenario asks for. */
  readonly most: number;
  /** The next runs, in their order; those that were given are not given again. */
  more(count: number): Promise<readonly RunBadges[]>;
}

const FIRST_LOOK = 20;
const GROWTH = 1.5;

/** After how many runs it is looked whether an answer is decided: each time after half as many again. */
export function decisionLooks(most: number): number[] {
  const looks: number[] = [];
  for (let runs = FIRST_LOOK; runs < most; runs = Math.ceil(runs * GROWTH)) looks.push(runs);
  return [...looks, most];
}

/**
 * How far the mean of some runs may be from that of all, but for a chance of so many standard deviations.
 *
 * @param values of the runs that were made, of `most` in all
 */
export function farthest(values: readonly number[], most: number, deviations: number): { mean: number; off: number } {
  const many = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / many;
  if (many >= most) return { mean, off: 0 };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, many - 1);
  return { mean, off: deviations * Math.sqrt(variance * (1 / many - 1 / most)) };
}

/** Of so many runs, what came in none of them comes in `RARE` / runs of all at the most, in nineteen of twenty cases. */
const RARE = 3;

/**
 * How far what the runs that were made did not show may move the mean of all.
 *
 * @param like values that differ as those of the other runs may
 */
export function unseenBy(many: number, most: number, like: readonly number[]): number {
  if (many >= most) return 0;
  const mean = like.reduce((sum, value) => sum + value, 0) / like.length;
  const variance = like.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, like.length - 1);
  return Math.min(1, RARE / many) * (1 - many / most) * Math.sqrt(variance);
}
