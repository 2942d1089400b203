/**
 * AssemblyScript: the draws of `arrivals.ts` as WebAssembly, whose integers of 64 bits take a generator's step at once.
 * Every number is that of `random.ts` and `portable-math.ts` to the bit, because only additions, multiplications,
 * divisions, roots and roundings of IEEE 754 are made, in the same order. `npm run engine` compiles it.
 *
 * The host lays memory out: the ziggurat's tables at `TABLES`, the rest where it says.
 */

const TABLES: usize = 1024;
/** 257 edges, then 257 heights. */
const HEIGHTS: usize = TABLES + 257 * 8;
const EDGE: f64 = 7.69711747013105;
const TWO_TO_MINUS_53: f64 = 1.1102230246251565e-16;

const LN2_HIGH: f64 = 6.9314718036912381649e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const SQRT2: f64 = 1.4142135623730951;

// Fields of a block. Generators are two words of state each.
const TIMES: usize = 0;
const PICKS: usize = 16;
const AMOUNTS: usize = 32;
/** Instant of the next event; -Infinity before the first was drawn, Infinity after the last. */
const AT: usize = 48;
/** Position in the current day, in microseconds, unrounded. */
const POSITION: usize = 56;
/** Expected events a microsecond. */
const RATE: usize = 64;
const SPARE_NORMAL: usize = 72;
const LOG_MEAN: usize = 80;
/** Zero where every amount is the mean. */
const LOG_DEVIATION: usize = 88;
const AMOUNT_MEAN: usize = 96;
const DAY: usize = 104;
/** Index of the block's first customer, and how many there are. */
const FIRST: usize = 108;
const SIZE: usize = 112;
/** Where the alias method's shares and partners lie; 0: all customers have one rate. */
const KEEP: usize = 116;
const ALIAS: usize = 120;
/** Relative activity of each day. */
const ACTIVITY: usize = 124;

function next(generator: usize): u32 {
  const s0 = load<u64>(generator);
  const s1 = load<u64>(generator, 8);
  const mixed = s1 ^ s0;
  store<u64>(generator, rotl(s0, 24) ^ mixed ^ (mixed << 16));
  store<u64>(generator, rotl(mixed, 37), 8);
  return <u32>(s0 + s1);
}

function uniform(generator: usize): f64 {
  const high = <u64>next(generator);
  return <f64>((high << 21) | (<u64>next(generator) >> 11)) * TWO_TO_MINUS_53;
}

function powerOfTwo(exponent: i32): f64 {
  return reinterpret<f64>((<u64>(exponent + 1023)) << 52);
}

function ln(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <i32>(bits >> 52) - 1023;
  let mantissa = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000);
  if (mantissa > SQRT2) {
    mantissa *= 0.5;
    exponent += 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  let series: f64 = 1.0 / 21.0;
  series = series * z + 1.0 / 19.0;
  series = series * z + 1.0 / 17.0;
  series = series * z + 1.0 / 15.0;
  series = series * z + 1.0 / 13.0;
  series = series * z + 1.0 / 11.0;
  series = series * z + 1.0 / 9.0;
  series = series * z + 1.0 / 7.0;
  series = series * z + 1.0 / 5.0;
  series = series * z + 1.0 / 3.0;
  return <f64>exponent * LN2_HIGH + (2 * s + (2 * s * z * series + <f64>exponent * LN2_LOW));
}

function exp(x: f64): f64 {
  if (x < -708) return 0;
  if (x > 709) return Infinity;
  const k = floor(x / (LN2_HIGH + LN2_LOW) + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let series: f64 = 1.0 / 87178291200.0;
  series = series * r + 1.0 / 6227020800.0;
  series = series * r + 1.0 / 479001600.0;
  series = series * r + 1.0 / 39916800.0;
  series = series * r + 1.0 / 3628800.0;
  series = series * r + 1.0 / 362880.0;
  series = series * r + 1.0 / 40320.0;
  series = series * r + 1.0 / 5040.0;
  series = series * r + 1.0 / 720.0;
  series = series * r + 1.0 / 120.0;
  series = series * r + 1.0 / 24.0;
  series = series * r + 1.0 / 6.0;
  series = series * r + 0.5;
  series = series * r + 1;
  series = series * r + 1;
  return k > 1000 ? series * powerOfTwo(<i32>k - 10) * 1024 : series * powerOfTwo(<i32>k);
}

function exponential(generator: usize): f64 {
  for (;;) {
    const bits = next(generator);
    const x = scaled(bits, next(generator));
    const layer = layerOf(bits);
    if (x < load<f64>(layer, TABLES + 8)) return x;
    if (layer == 0) return EDGE + exponential(generator);
    const height = load<f64>(layer, HEIGHTS);
    if (height + uniform(generator) * (load<f64>(layer, HEIGHTS + 8) - height) >= exp(-x)) continue;
    return x;
  }
}

function layerOf(bits: u32): usize {
  return (<usize>(bits >> 24)) << 3;
}

/** A point of the layer that the first word chooses. */
function scaled(bits: u32, more: u32): f64 {
  const u = <f64>(((<u64>(bits & 0xffffff)) << 29) | (<u64>more >> 3)) * TWO_TO_MINUS_53;
  return u * load<f64>(layerOf(bits), TABLES);
}

/** @param spare where the second of two draws is kept; NaN where there is none */
function normal(generator: usize, spare: usize): f64 {
  const kept = load<f64>(spare);
  if (kept == kept) {
    store<f64>(spare, NaN);
    return kept;
  }
  for (;;) {
    const a = 2 * uniform(generator) - 1;
    const b = 2 * uniform(generator) - 1;
    const s = a * a + b * b;
    if (s >= 1 || s == 0) continue;
    const factor = sqrt((-2 * ln(s)) / s);
    store<f64>(spare, b * factor);
    return a * factor;
  }
}

function gamma(generator: usize, spare: usize, shape: f64): f64 {
  if (shape < 1) {
    let u = uniform(generator);
    if (u == 0) u = TWO_TO_MINUS_53;
    return gamma(generator, spare, shape + 1) * exp(ln(u) / shape);
  }
  const d = shape - 1.0 / 3.0;
  const c = 1 / sqrt(9 * d);
  for (;;) {
    const x = normal(generator, spare);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    let u = uniform(generator);
    if (u == 0) u = TWO_TO_MINUS_53;
    if (ln(u) >= 0.5 * x * x + d - d * v + d * ln(v)) continue;
    return d * v;
  }
}

/** Writes rates of mean 1 from `out` on: Gamma draws of a shape, divided by it. */
export function drawRates(generator: usize, spare: usize, shape: f64, count: u32, out: usize): void {
  for (const end = out + ((<usize>count) << 3); out < end; out += 8) {
    store<f64>(out, gamma(generator, spare, shape) / shape);
  }
}

/**
 * Writes the block's events before `until`, at most `room` of them.
 *
 * @param starts where the days begin, one more than there are
 * @param amount 0 where events have none
 * @returns how many; where that is `room` there may be more
 */
export function drawEvents(
  block: usize,
  starts: usize,
  days: u32,
  until: f64,
  at: usize,
  customer: usize,
  amount: usize,
  room: u32,
): u32 {
  let times0 = load<u64>(block, TIMES);
  let times1 = load<u64>(block, TIMES + 8);
  let picks0 = load<u64>(block, PICKS);
  let picks1 = load<u64>(block, PICKS + 8);
  let now = load<f64>(block, AT);
  let position = load<f64>(block, POSITION);
  let day = load<u32>(block, DAY);
  const rate = load<f64>(block, RATE);
  const first = load<u32>(block, FIRST);
  const size = <f64>load<u32>(block, SIZE);
  const keep = <usize>load<u32>(block, KEEP);
  const alias = <usize>load<u32>(block, ALIAS);
  const activityOf = <usize>load<u32>(block, ACTIVITY);
  const logDeviation = load<f64>(block, LOG_DEVIATION);
  let activity: f64 = 0;
  let start: f64 = 0;
  let length: f64 = 0;
  if (day < days) {
    activity = load<f64>(activityOf + ((<usize>day) << 3));
    start = load<f64>(starts + ((<usize>day) << 3));
    length = load<f64>(starts + ((<usize>day) << 3), 8) - start;
  }
  let count: u32 = 0;
  for (;;) {
    if (now != -Infinity) {
      if (now >= until || count == room) break;
      store<f64>(at + ((<usize>count) << 3), now);
      // Uniform, from two words of the generator of picks.
      let mixed = picks1 ^ picks0;
      const high = <u64>(<u32>(picks0 + picks1));
      picks0 = rotl(picks0, 24) ^ mixed ^ (mixed << 16);
      picks1 = rotl(mixed, 37);
      mixed = picks1 ^ picks0;
      const low = <u64>(<u32>(picks0 + picks1));
      picks0 = rotl(picks0, 24) ^ mixed ^ (mixed << 16);
      picks1 = rotl(mixed, 37);
      const x = <f64>((high << 21) | (low >> 11)) * TWO_TO_MINUS_53 * size;
      let who = <u32>x;
      if (keep != 0) {
        // Which of both it is cannot be foreseen: a branch would cost more than the load.
        const partner = <u32>load<u16>(alias + ((<usize>who) << 1));
        who = select<u32>(who, partner, x - <f64>who < load<f64>(keep + ((<usize>who) << 3)));
      }
      store<u32>(customer + ((<usize>count) << 2), first + who);
      if (amount != 0) {
        const value =
          logDeviation == 0
            ? load<f64>(block, AMOUNT_MEAN)
            : exp(load<f64>(block, LOG_MEAN) + logDeviation * normal(block + AMOUNTS, block + SPARE_NORMAL));
        store<f64>(amount + ((<usize>count) << 3), value);
      }
      count += 1;
    }
    // Exponential, the first step of the ziggurat in place.
    let blend = times1 ^ times0;
    const bits = <u32>(times0 + times1);
    const after0 = rotl(times0, 24) ^ blend ^ (blend << 16);
    const after1 = rotl(blend, 37);
    blend = after1 ^ after0;
    let drawn = scaled(bits, <u32>(after0 + after1));
    if (drawn < load<f64>(layerOf(bits), TABLES + 8)) {
      times0 = rotl(after0, 24) ^ blend ^ (blend << 16);
      times1 = rotl(blend, 37);
    } else {
      store<u64>(block, times0, TIMES);
      store<u64>(block, times1, TIMES + 8);
      drawn = exponential(block + TIMES);
      times0 = load<u64>(block, TIMES);
      times1 = load<u64>(block, TIMES + 8);
    }
    let need = drawn / rate;
    now = Infinity;
    while (day < days) {
      const place = position + need / activity;
      if (place < length) {
        position = place;
        now = start + floor(place);
        break;
      }
      need = max<f64>(0, need - (length - position) * activity);
      position = 0;
      day += 1;
      if (day < days) {
        activity = load<f64>(activityOf + ((<usize>day) << 3));
        start = load<f64>(starts + ((<usize>day) << 3));
        length = load<f64>(starts + ((<usize>day) << 3), 8) - start;
      }
    }
  }
  store<u64>(block, times0, TIMES);
  store<u64>(block, times1, TIMES + 8);
  store<u64>(block, picks0, PICKS);
  store<u64>(block, picks1, PICKS + 8);
  store<f64>(block, now, AT);
  store<f64>(block, position, POSITION);
  store<u32>(block, day, DAY);
  return count;
}
