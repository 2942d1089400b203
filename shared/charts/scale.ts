/** A line from values to pixels. */
export interface Scale {
  (value: number): number;
  /** Values worth a tick, in order. */
  ticks: readonly number[];
}

/** Round steps (1, 2 or 5 times a power of ten) from at or below `low` to at or above `high`, about `count` of them. */
export function niceTicks(low: number, high: number, count: number): number[] {
  const span = high - low;
  if (!(span > 0) || count < 1) return [low];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  // Multiples of the step, not sums of it: 0.1 added ten times is not 1.
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** A scale whose ends are round. @param range pixels of the lowest and of the highest value */
export function niceScale(low: number, high: number, range: readonly [number, number], count: number): Scale {
  const ticks = niceTicks(low, high > low ? high : low + 1, count);
  const from = ticks[0]!;
  const to = ticks.at(-1)!;
  const scale = (value: number): number => range[0] + ((value - from) / (to - from)) * (range[1] - range[0]);
  return Object.assign(scale, { ticks });
}

/** Every n-th position of `count`, so that at most `most` are named. */
export function spread(count: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(count / Math.max(1, most)));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}
