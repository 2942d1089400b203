import type { Instant } from '../../../../shared/domain/instant';

type Column = Float64Array | Uint32Array | Uint16Array;

/** Rows of a transactions file side by side, in memory that threads share. */
export interface EventColumns {
  /** Microseconds since 1970: exact integers. */
  at: Float64Array;
  customer: Uint32Array;
  amount: Float64Array | null;
  segment: Uint16Array | null;
}

/** Moves instants, where they are, by so many microseconds. */
export function laterBy(at: Float64Array, shift: number): void {
  at.forEach((instant, row) => (at[row] = instant + shift));
}

/** @returns an array that threads can share, all zero */
export function sharedArray<T extends Column>(
  Kind: { new (buffer: SharedArrayBuffer): T; BYTES_PER_ELEMENT: number },
  length: number,
): T {
  return new Kind(new SharedArrayBuffer(length * Kind.BYTES_PER_ELEMENT));
}

/** Room for rows with the same columns as others. */
export function roomFor(length: number, like: Pick<EventColumns, 'amount' | 'segment'>): EventColumns {
  return {
    at: sharedArray(Float64Array, length),
    customer: sharedArray(Uint32Array, length),
    amount: like.amount === null ? null : sharedArray(Float64Array, length),
    segment: like.segment === null ? null : sharedArray(Uint16Array, length),
  };
}

/** Rows from `low` up to, not including, `high`, in the same memory. */
export function rowsBetween({ at, customer, amount, segment }: EventColumns, low: number, high: number): EventColumns {
  return {
    at: at.subarray(low, high),
    customer: customer.subarray(low, high),
    amount: amount === null ? null : amount.subarray(low, high),
    segment: segment === null ? null : segment.subarray(low, high),
  };
}

const UNITS = [1_000_000, 1000, 1] as const;

/** What must be known of instants before they are sorted. */
export interface InstantSpan {
  isSorted: boolean;
  /** Infinity and -Infinity where there are none. */
  least: Instant;
  most: Instant;
  /** All are multiples of so many microseconds: a second, a millisecond or one. */
  unit: number;
}

/** Looks through instants: what span they cover, how fine they are, and whether they are in order. */
export function spanOf(at: Float64Array): InstantSpan {
  let isSorted = true;
  let finest = 0;
  let unit: number = UNITS[0];
  let least = Infinity;
  let most = -Infinity;
  const { length } = at;
  for (let index = 0; index < length; index += 1) {
    const value = at[index]!;
    if (value < most) isSorted = false;
    if (value < least) least = value;
    if (value > most) most = value;
    // Not the remainder: for doubles that is many times slower.
    while (Math.floor(value / unit) * unit !== value) unit = UNITS[++finest] ?? 1;
  }
  return { isSorted, least, most, unit };
}

/** The span of runs that follow each other. */
export function spanOfAll(spans: readonly InstantSpan[]): InstantSpan {
  return spans.reduce((left, right) => ({
    isSorted: left.isSorted && right.isSorted && left.most <= right.least,
    least: Math.min(left.least, right.least),
    most: Math.max(left.most, right.most),
    unit: Math.min(left.unit, right.unit),
  }));
}

/** One pass of a radix sort: which digit of the instants it looks at, counted in units since the least of them. */
export interface SortPass {
  least: Instant;
  unit: number;
  /** One over two to the power of the digit's lowest bit. */
  scale: number;
  /** Two to the power of the digit's bits, less one. */
  mask: number;
}

/** Digits of more bits have more places being written at once than a processor can keep at hand; 7 to 10 take about as long. */
const MOST_BITS = 9;

/** The passes that put instants in order: a year of seconds takes three, a year of microseconds five; none where they are. */
export function passesFor({ isSorted, least, most, unit }: InstantSpan): SortPass[] {
  if (isSorted) return [];
  const bits = Math.floor(Math.log2((most - least) / unit)) + 1;
  const count = Math.ceil(bits / MOST_BITS);
  const bitsOfEach = Math.ceil(bits / count);
  return Array.from({ length: count }, (_, pass) => ({
    least,
    unit,
    scale: 2 ** -(pass * bitsOfEach),
    mask: 2 ** bitsOfEach - 1,
  }));
}

/** How many instants there are of each digit. */
export function countDigits(at: Float64Array, { least, unit, scale, mask }: SortPass): Uint32Array {
  const counts = new Uint32Array(mask + 1);
  // By index: iterators of typed arrays take several times as long.
  const { length } = at;
  for (let index = 0; index < length; index += 1) {
    const digit = (((at[index]! - least) / unit) * scale) & mask;
    counts[digit] = counts[digit]! + 1;
  }
  return counts;
}

/** Where each of some runs has to write its rows of each digit, so that rows of one digit stay in the order of the runs. */
export function startsOf(counts: readonly Uint32Array[]): Uint32Array[] {
  const starts = counts.map((each) => new Uint32Array(each.length));
  let sum = 0;
  for (let digit = 0; digit < (counts[0]?.length ?? 0); digit += 1) {
    for (let run = 0; run < counts.length; run += 1) {
      starts[run]![digit] = sum;
      sum += counts[run]![digit]!;
    }
  }
  return starts;
}

/** Other numbers for what the rows of one part of a file name; null: they keep theirs. */
export interface Renumbering {
  customers: Uint32Array | null;
  segments: Uint16Array | null;
}

/** Gives customers and segments of rows other numbers, in place. */
export function renumberRows({ customer, segment }: EventColumns, { customers, segments }: Renumbering): void {
  if (customers !== null)
    for (let index = 0; index < customer.length; index += 1) customer[index] = customers[customer[index]!]!;
  if (segment !== null && segments !== null)
    for (let index = 0; index < segment.length; index += 1) segment[index] = segments[segment[index]!]!;
}

/**
 * Moves the rows of one run to their places by one digit, in their order; several threads may do so side by side.
 *
 * @param starts by digit, as `startsOf` tells; used up
 */
export function scatterRows(
  { at, customer, amount, segment }: EventColumns,
  into: EventColumns,
  { least, unit, scale, mask }: SortPass,
  starts: Uint32Array,
): void {
  const { at: intoAt, customer: intoCustomer, amount: intoAmount, segment: intoSegment } = into;
  for (let index = 0; index < at.length; index += 1) {
    const instant = at[index]!;
    const digit = (((instant - least) / unit) * scale) & mask;
    const place = starts[digit]!;
    starts[digit] = place + 1;
    intoAt[place] = instant;
    intoCustomer[place] = customer[index]!;
    if (amount !== null) intoAmount![place] = amount[index]!;
    if (segment !== null) intoSegment![place] = segment[index]!;
  }
}

/** Copies rows in the order in which they are. @param place of the first one */
export function copyRows({ at, customer, amount, segment }: EventColumns, into: EventColumns, place: number): void {
  into.at.set(at, place);
  into.customer.set(customer, place);
  if (amount !== null) into.amount!.set(amount, place);
  if (segment !== null) into.segment!.set(segment, place);
}
