const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const MASK = DIGITS - 1;
const SECOND = 1_000_000;

/** One stable pass of a radix sort: moves keys and their positions by eleven bits. */
function pass(
  keys: Uint32Array,
  order: Uint32Array,
  intoKeys: Uint32Array,
  intoOrder: Uint32Array,
  shift: number,
): void {
  const starts = new Uint32Array(DIGITS);
  for (const key of keys) starts[(key >>> shift) & MASK]! += 1;
  let sum = 0;
  for (let digit = 0; digit < DIGITS; digit += 1) {
    const count = starts[digit]!;
    starts[digit] = sum;
    sum += count;
  }
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index]!;
    const place = starts[(key >>> shift) & MASK]!++;
    intoKeys[place] = key;
    intoOrder[place] = order[index]!;
  }
}

/** Sorts positions by a 32-bit key of each, stably; `order` is changed and returned. */
function sortByKey(
  positions: Uint32Array<ArrayBuffer>,
  keyOf: (position: number) => number,
  largest: number,
): Uint32Array<ArrayBuffer> {
  let order = positions;
  let keys = Uint32Array.from(order, keyOf);
  let otherKeys = new Uint32Array(order.length);
  let other = new Uint32Array(order.length);
  for (let shift = 0; shift === 0 || largest >>> shift !== 0; shift += DIGIT_BITS) {
    pass(keys, order, otherKeys, other, shift);
    [keys, otherKeys] = [otherKeys, keys];
    [order, other] = [other, order];
    if (shift + DIGIT_BITS >= 32) break;
  }
  return order;
}

/**
 * The order of events by instant, ties in the order given; null when they are in order already. Whole seconds are
 * sorted as one 32-bit key, anything finer as two.
 *
 * @param at instants in microseconds, exact integers
 */
export function orderByInstant(at: Float64Array): Uint32Array | null {
  let isSorted = true;
  let inSeconds = true;
  let least = Infinity;
  let most = -Infinity;
  for (const value of at) {
    if (value < most) isSorted = false;
    if (value < least) least = value;
    if (value > most) most = value;
    if (inSeconds && value % SECOND !== 0) inSeconds = false;
  }
  if (isSorted) return null;
  const order = Uint32Array.from(at, (_, index) => index);
  const unit = inSeconds ? SECOND : 1;
  const range = (most - least) / unit;
  const key = (position: number): number => (at[position]! - least) / unit;
  if (range < 2 ** 32) return sortByKey(order, key, range);
  const byLow = sortByKey(order, (position) => key(position) % 2 ** 32, 0xffffffff);
  return sortByKey(byLow, (position) => Math.floor(key(position) / 2 ** 32), Math.floor(range / 2 ** 32));
}
