/** Ten years of weeks; no programme asks for a longer streak. */
export const MOST_WEEKS_IN_ROW = 522;

/**
 * What a campaign counts before it asks for an award, because the gateway counts nothing of the kind: weeks in a row, Monday to
 * Sunday. Laurel simulates by it; no call of the gateway holds it.
 */
export interface BadgeTrigger {
  weeksInRow: number;
}
