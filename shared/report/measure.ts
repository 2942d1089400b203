import type { Band, SimulationResult } from '../simulation/result';

/** A number of a result file, with its place in it: what a reader can look up. */
export interface Figure {
  value: number;
  /** `bands.streak.awarded.mean`; null: reckoned from several numbers of the file. */
  path: string | null;
}

/** A number over all runs: their mean with its spread, or the number of the only run. */
export interface Measure extends Figure {
  low: Figure | null;
  middle: Figure | null;
  high: Figure | null;
}

const isBand = (value: unknown): value is Band =>
  typeof value === 'object' && value !== null && 'mean' in value && 'p10' in value;

function within(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

/** A place in the result as text; what a person named may hold dots. */
export const pathText = (path: readonly string[]): string => JSON.stringify(path);

/**
 * A number of a badge's block over all runs; a count that is left out is zero.
 *
 * @param path within the badge's block, such as `['bySegment', 'regulars', 'customers']`
 */
export function measureOf(result: SimulationResult, key: string, path: readonly string[]): Measure {
  const band = within(result.bands, [key, ...path]);
  if (isBand(band)) {
    const of = (part: keyof Band): Figure => ({ value: band[part], path: pathText(['bands', key, ...path, part]) });
    return { ...of('mean'), low: of('p10'), middle: of('p50'), high: of('p90') };
  }
  const value = within(result.badges, [key, ...path]);
  const only: Figure =
    typeof value === 'number'
      ? { value, path: pathText(['badges', key, ...path]) }
      : // Counts of nothing are left out of the file.
        { value: 0, path: null };
  return { ...only, low: null, middle: null, high: null };
}
