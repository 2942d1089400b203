/** Picks customers in proportion to their own rates in constant time (Walker's alias method, built as Vose does). */
export class RatePicker {
  readonly total: number;
  private readonly keep: Float64Array;
  private readonly alias: Uint16Array;

  /** @param rates at most 65,536, not negative */
  constructor(rates: Float64Array) {
    const n = rates.length;
    let total = 0;
    for (const rate of rates) total += rate;
    this.total = total;
    const keep = new Float64Array(n);
    this.alias = new Uint16Array(n);
    const small: number[] = [];
    const large: number[] = [];
    for (let index = 0; index < n; index += 1) {
      keep[index] = (rates[index]! * n) / total;
      (keep[index]! < 1 ? small : large).push(index);
    }
    for (;;) {
      const less = small.pop();
      const more = large.at(-1);
      if (less === undefined) break;
      if (more === undefined) {
        // Only rounding leaves one without a partner.
        keep[less] = 1;
        continue;
      }
      this.alias[less] = more;
      keep[more] = keep[more]! - (1 - keep[less]!);
      if (keep[more]! < 1) {
        large.pop();
        small.push(more);
      }
    }
    for (const index of large) keep[index] = 1;
    this.keep = keep;
  }

  /** @param u uniform on [0, 1) */
  pick(u: number): number {
    const x = u * this.keep.length;
    const index = Math.floor(x);
    return x - index < this.keep[index]! ? index : this.alias[index]!;
  }
}
