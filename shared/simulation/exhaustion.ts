import type { SimulationResult } from './result';

/** When a badge's cap runs out over the replications. */
export interface ExhaustionAnswer {
  /** Over the replications in which it ran out; null when it never did. */
  p10: string | null;
  p50: string | null;
  p90: string | null;
  /** Share of the replications in which the cap never ran out. */
  never: number;
}

/** Answer 1: the date on which a badge's BADGE_FIXED_VALUE cap runs out, and the chance that it never does. */
export function exhaustionOf(result: SimulationResult, key: string): ExhaustionAnswer | null {
  const badge = result.badges[key];
  if (badge === undefined) return null;
  const bands = result.bands?.[key]?.exhaustedAt;
  if (bands === undefined) {
    const { exhaustedAt: at } = badge;
    return { p10: at, p50: at, p90: at, never: at === null ? 1 : 0 };
  }
  return { p10: bands.p10, p50: bands.p50, p90: bands.p90, never: 1 - bands.share };
}
