/**
 * Logarithm and exponential from IEEE additions, multiplications and divisions alone. The built-in ones may differ in
 * the last digit between engines and processors, and one digit is enough to move an event across a window's edge.
 */

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const SQRT2 = 1.4142135623730951;

const scratch = new DataView(new ArrayBuffer(8));

/** Two to a whole power between -1022 and 1023. */
function powerOfTwo(exponent: number): number {
  scratch.setUint32(4, (exponent + 1023) << 20, true);
  scratch.setUint32(0, 0, true);
  return scratch.getFloat64(0, true);
}

/** Natural logarithm of a normal positive number, within 2 units in the last place. */
export function ln(x: number): number {
  scratch.setFloat64(0, x, true);
  const high = scratch.getUint32(4, true);
  let exponent = (high >>> 20) - 1023;
  scratch.setUint32(4, (high & 0xfffff) | 0x3ff00000, true);
  let mantissa = scratch.getFloat64(0, true);
  if (mantissa > SQRT2) {
    mantissa *= 0.5;
    exponent += 1;
  }
  // ln m = 2 artanh s; |s| ≤ 0.1716, so eleven terms of the series leave less than a rounding.
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  let series = 1 / 21;
  series = series * z + 1 / 19;
  series = series * z + 1 / 17;
  series = series * z + 1 / 15;
  series = series * z + 1 / 13;
  series = series * z + 1 / 11;
  series = series * z + 1 / 9;
  series = series * z + 1 / 7;
  series = series * z + 1 / 5;
  series = series * z + 1 / 3;
  return exponent * LN2_HIGH + (2 * s + (2 * s * z * series + exponent * LN2_LOW));
}

/** e to the power x; 0 below and Infinity above what a double holds. */
export function exp(x: number): number {
  if (x < -708) return 0;
  if (x > 709) return Infinity;
  const k = Math.floor(x / (LN2_HIGH + LN2_LOW) + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let series = 1 / 87_178_291_200;
  series = series * r + 1 / 6_227_020_800;
  series = series * r + 1 / 479_001_600;
  series = series * r + 1 / 39_916_800;
  series = series * r + 1 / 3_628_800;
  series = series * r + 1 / 362_880;
  series = series * r + 1 / 40_320;
  series = series * r + 1 / 5040;
  series = series * r + 1 / 720;
  series = series * r + 1 / 120;
  series = series * r + 1 / 24;
  series = series * r + 1 / 6;
  series = series * r + 0.5;
  series = series * r + 1;
  series = series * r + 1;
  return k > 1000 ? series * powerOfTwo(k - 10) * 1024 : series * powerOfTwo(k);
}
