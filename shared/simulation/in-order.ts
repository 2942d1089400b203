import type { EventRange } from './event-slice';

/** Events that share a bucket on average: few enough for insertion, many enough for the buckets to fit a cache. */
const PER_BUCKET = 6;

/** Merges the ranges of a slice into one sequence in the order of instants; ties keep the order of the ranges. */
export class InOrder {
  at = new Float64Array(0);
  customer = new Uint32Array(0);
  private starts = new Uint32Array(0);

  /** Fills `at` and `customer` and returns how many there are. */
  merge(at: Float64Array, customer: Uint32Array, ranges: readonly EventRange[]): number {
    let length = 0;
    let least = Infinity;
    let most = -Infinity;
    for (const { low, high } of ranges) {
      length += high - low;
      least = Math.min(least, at[low]!);
      most = Math.max(most, at[high - 1]!);
    }
    if (this.at.length < length) {
      this.at = new Float64Array(at.length);
      this.customer = new Uint32Array(at.length);
    }
    const buckets = Math.ceil(length / PER_BUCKET) + 1;
    const scale = (buckets - 1) / (most - least + 1);
    if (this.starts.length < buckets + 1) this.starts = new Uint32Array(buckets + 1);
    const starts = this.starts.subarray(0, buckets + 1).fill(0);
    for (const { low, high } of ranges) {
      for (let index = low; index < high; index += 1) {
        const bucket = Math.floor((at[index]! - least) * scale) + 1;
        starts[bucket] = starts[bucket]! + 1;
      }
    }
    for (let bucket = 1; bucket <= buckets; bucket += 1) starts[bucket] = starts[bucket]! + starts[bucket - 1]!;
    for (const { low, high } of ranges) {
      for (let index = low; index < high; index += 1) {
        const bucket = Math.floor((at[index]! - least) * scale);
        const place = starts[bucket]!;
        starts[bucket] = place + 1;
        this.at[place] = at[index]!;
        this.customer[place] = customer[index]!;
      }
    }
    this.insert(length);
    return length;
  }

  /** Insertion sort of what is nearly in order; equal instants are not moved past each other. */
  private insert(length: number): void {
    const { at, customer } = this;
    for (let index = 1; index < length; index += 1) {
      const instant = at[index]!;
      if (at[index - 1]! <= instant) continue;
      const who = customer[index]!;
      let place = index;
      while (place > 0 && at[place - 1]! > instant) {
        at[place] = at[place - 1]!;
        customer[place] = customer[place - 1]!;
        place -= 1;
      }
      at[place] = instant;
      customer[place] = who;
    }
  }
}
