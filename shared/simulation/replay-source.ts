import type { Instant } from '../domain/instant';
import type { EventBatch, EventSource } from './event-batch';

/** Events of a file, sorted by instant (ties in file order) and side by side; may lie in shared memory. */
export interface ReplayColumns {
  at: Float64Array;
  customer: Uint32Array;
  amount: Float64Array | null;
  /** Id of each customer by index. */
  ids: Float64Array;
  segmentNames: readonly string[];
  /** Segment of each customer: that of the customer's first event. */
  segmentOf: Uint16Array | null;
}

const BATCH = 16_384;

/** Replays recorded events. Every replication sees the same ones; only draws of probability and share differ. */
export class ReplaySource implements EventSource {
  readonly customers: number;
  readonly segmentNames: readonly string[];
  readonly segmentOf: Uint16Array | null;
  private position = 0;

  constructor(
    private readonly columns: ReplayColumns,
    private readonly batchSize = BATCH,
  ) {
    this.customers = columns.ids.length;
    this.segmentNames = columns.segmentNames;
    this.segmentOf = columns.segmentOf;
  }

  idOf(customer: number): number {
    return this.columns.ids[customer]!;
  }

  next(): EventBatch | null {
    const { at, customer, amount } = this.columns;
    const low = this.position;
    if (low >= at.length) return null;
    const high = Math.min(low + this.batchSize, at.length);
    this.position = high;
    return {
      length: high - low,
      at: at.subarray(low, high),
      customer: customer.subarray(low, high),
      amount: amount === null ? null : amount.subarray(low, high),
    };
  }

  progressAt(_instant: Instant): number {
    return this.columns.at.length === 0 ? 1 : this.position / this.columns.at.length;
  }
}
