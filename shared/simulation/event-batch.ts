import type { Instant } from '../domain/instant';

/** Some events in the order of their instants, side by side in typed arrays. */
export interface EventBatch {
  length: number;
  /** Instants of the events, in microseconds. */
  at: Float64Array;
  /** Zero-based index of the customer. */
  customer: Uint32Array;
  /** Null when no event has an amount; NaN where one has none. */
  amount: Float64Array | null;
}

/** Customers and their events, in the order in which the engine meets them. */
export interface EventSource {
  /** How many customers there are; their indices are 0 … customers − 1. */
  readonly customers: number;
  readonly segmentNames: readonly string[];
  /** Segment of each customer as an index into the names; null: there are no segments. */
  readonly segmentOf: Uint16Array | null;
  /** The id a person knows a customer by. */
  idOf(customer: number): number;
  /** The next events, none earlier than those before, in arrays that live until the next call; null at the end. */
  next(): EventBatch | null;
  /** How far the source is, from 0 to 1: by time when synthetic, by rows when replayed. */
  progressAt(instant: Instant): number;
}
