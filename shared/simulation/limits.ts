/** Badges of one scenario. */
export const MOST_BADGES = 1_000;
