/** Badges of one scenario. */
export const MOST_BADGES = 1_000;

/** How many standard deviations a run's own number may lie from the scenario's: none has a rate that nobody would believe. */
export const FARTHEST_DRAW = 4;
