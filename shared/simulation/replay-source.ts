import type { Instant } from '../domain/instant';
import type { EventSlice, EventSource } from './event-slice';

/** The segment of a replayed customer without an event in the period. */
export const NO_SEGMENT = 0xffff;

/** Events of a file, sorted by instant (ties in file order) and side by side; may lie in shared memory. */
export interface ReplayColumns {
  at: Float64Array;
  customer: Uint32Array;
  amount: Float64Array | null;
  /** Id of each customer by index. */
  ids: Float64Array;
  segmentNames: readonly string[];
  /** Segment of each customer: that of the customer's first event in the period, NO_SEGMENT where there is none. */
  segmentOf: Uint16Array | null;
}

const SLICE = 65_536;

/** First position from `low` on whose instant is `limit` or later. */
export function firstAtOrAfter(at: Float64Array, low: number, high: number, limit: Instant): number {
  if (high === low || at[high - 1]! < limit) return high;
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (at[middle]! < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * Replays recorded events. They are in order already, so all customers are one block. Every replication sees the same
 * events; only draws of probability and share differ.
 */
export class ReplaySource implements EventSource {
  readonly customers: number;
  readonly segmentNames: readonly string[];
  readonly segmentOf: Uint16Array | null;
  readonly blocks: readonly string[] = ['replay'];
  private position = 0;

  constructor(
    private readonly columns: ReplayColumns,
    private readonly most = SLICE,
  ) {
    this.customers = columns.ids.length;
    this.segmentNames = columns.segmentNames;
    this.segmentOf = columns.segmentOf;
  }

  idOf(customer: number): number {
    return this.columns.ids[customer]!;
  }

  next(until: Instant): EventSlice | null {
    const { at, customer, amount } = this.columns;
    const low = this.position;
    const high = firstAtOrAfter(at, low, Math.min(low + this.most, at.length), until);
    if (high === low) return null;
    this.position = high;
    return {
      from: at[low]!,
      length: high - low,
      at: at.subarray(low, high),
      customer: customer.subarray(low, high),
      amount: amount === null ? null : amount.subarray(low, high),
      ranges: [{ block: 0, low: 0, high: high - low }],
    };
  }

  get progress(): number {
    return this.columns.at.length === 0 ? 1 : this.position / this.columns.at.length;
  }
}
