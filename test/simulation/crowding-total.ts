import type { CrowdingRow } from '../../shared/simulation/crowding';

/** Served and turned away of one segment, or of all. */
export function crowdingTotal(
  rows: readonly CrowdingRow[],
  segment: string | null,
): { served: number; turnedAway: number } {
  const chosen = rows.filter((row) => segment === null || row.segment === segment);
  return {
    served: chosen.reduce((sum, row) => sum + row.served, 0),
    turnedAway: chosen.reduce((sum, row) => sum + row.turnedAway, 0),
  };
}
