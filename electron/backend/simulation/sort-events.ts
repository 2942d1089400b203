const DIGIT_BITS = 13;
const DIGITS = 1 << DIGIT_BITS;
const MASK = DIGITS - 1;
const SECOND = 1_000_000;

/** One stable pass of a radix sort: moves keys and their positions by thirteen bits, of which a year of seconds has two. */
function pass(
  keys: Uint32Array,
  order: Uint32Array,
  intoKeys: Uint32Array,
  intoOrder: Uint32Array,
  shift: number,
): void {
  const starts = new Uint32Array(DIGITS);
  const { length } = keys;
  for (let index = 0; index < length; index += 1) {
    const digit = (keys[index]! >>> shift) & MASK;
    starts[digit] = starts[digit]! + 1;
  }
  let sum = 0;
  for (let digit = 0; digit < DIGITS; digit += 1) {
    const count = starts[digit]!;
    starts[digit] = sum;
    sum += count;
  }
  for (let index = 0; index < length; index += 1) {
    const key = keys[index]!;
    const digit = (key >>> shift) & MASK;
    const place = starts[digit]!;
    starts[digit] = place + 1;
    intoKeys[place] = key;
    intoOrder[place] = order[index]!;
  }
}

/** Sorts positions by a 32-bit key of each, stably. Both arrays are used up. @param largest of the keys */
function sortByKey(
  positions: Uint32Array<ArrayBuffer>,
  keysOfPositions: Uint32Array<ArrayBuffer>,
  largest: number,
): Uint32Array<ArrayBuffer> {
  let order = positions;
  let keys = keysOfPositions;
  let otherKeys = new Uint32Array(order.length);
  let other = new Uint32Array(order.length);
  for (let shift = 0; shift === 0 || (shift < 32 && largest >>> shift !== 0); shift += DIGIT_BITS) {
    pass(keys, order, otherKeys, other, shift);
    [keys, otherKeys] = [otherKeys, keys];
    [order, other] = [other, order];
  }
  return order;
}

const HALF = 2 ** 32;

/**
 * The order of events by instant, ties in the order given; null when they are in order already. Whole seconds are
 * sorted as one 32-bit key, anything finer as two.
 *
 * @param at instants in microseconds, exact integers
 */
export function orderByInstant(at: Float64Array): Uint32Array | null {
  const { length } = at;
  let isSorted = true;
  let inSeconds = true;
  let least = Infinity;
  let most = -Infinity;
  for (let index = 0; index < length; index += 1) {
    const value = at[index]!;
    if (value < most) isSorted = false;
    if (value < least) least = value;
    if (value > most) most = value;
    // Not the remainder: for doubles that is many times slower.
    if (inSeconds && Math.floor(value / SECOND) * SECOND !== value) inSeconds = false;
  }
  if (isSorted) return null;
  const unit = inSeconds ? SECOND : 1;
  const range = (most - least) / unit;
  const order = new Uint32Array(length);
  const low = new Uint32Array(length);
  for (let index = 0; index < length; index += 1) {
    const key = (at[index]! - least) / unit;
    order[index] = index;
    low[index] = key - Math.floor(key / HALF) * HALF;
  }
  const byLow = sortByKey(order, low, Math.min(range, HALF - 1));
  if (range < HALF) return byLow;
  const high = new Uint32Array(length);
  for (let place = 0; place < length; place += 1) high[place] = Math.floor((at[byLow[place]!]! - least) / unit / HALF);
  return sortByKey(byLow, high, Math.floor(range / HALF));
}
