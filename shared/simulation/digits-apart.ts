/** Beyond this many decimals a share or a cost is noise of the arithmetic. */
const MOST = 12;

/**
 * How many decimals numbers need so that those that differ read differently: what just misses a goal must not read like
 * the goal.
 *
 * @param least how many are shown where fewer would do
 */
export function digitsApart(numbers: readonly number[], least: number): number {
  const different = new Set(numbers.filter((number) => Number.isFinite(number))).size;
  for (let digits = least; digits < MOST; digits += 1) {
    const texts = new Set(numbers.filter((number) => Number.isFinite(number)).map((number) => number.toFixed(digits)));
    if (texts.size === different) return digits;
  }
  return MOST;
}
