import type { Instant } from '../domain/instant';

/** A run of events of one block of customers within a slice: positions from `low` up to, not including, `high`. */
export interface EventRange {
  /** The block's position in the source's `blocks`. */
  block: number;
  low: number;
  high: number;
}

/** Where events are held. */
export interface SliceArrays {
  /** Instants of the events, in microseconds. */
  at: Float64Array;
  /** Zero-based index of the customer. */
  customer: Uint32Array;
  /** Null when no event has an amount; NaN where one has none. */
  amount: Float64Array | null;
}

/**
 * All events of a stretch of time, side by side in typed arrays. Within a range they are in the order of their instants;
 * ranges follow each other in the order of their blocks, and no customer is in two of them. Events of one instant count
 * as coming in the order of the ranges.
 */
export interface EventSlice extends SliceArrays {
  /** No event of this slice is earlier, and none of an earlier slice is later. */
  from: Instant;
  length: number;
  ranges: EventRange[];
}

/**
 * Customers and their events, slice by slice in the order of time. For whoever looks at customers one by one a source may
 * give the events of a stretch block after block, each of them in slices of its own while they are still in a cache.
 */
export interface EventSource {
  /** How many customers there are; their indices are 0 … customers − 1. */
  readonly customers: number;
  readonly segmentNames: readonly string[];
  /** Segment of each customer as an index into the names; null: there are no segments. */
  readonly segmentOf: Uint16Array | null;
  /** When each customer joins, who then has their first event; null or absent: all are there from the beginning. */
  readonly joinsAt?: Float64Array | null;
  /** Names of the blocks, which name the draws made for their events. */
  readonly blocks: readonly string[];
  /** The id a person knows a customer by. */
  idOf(customer: number): number;
  /**
   * The next events, all before `until`, in arrays that live until the next call; null when there are no more before it.
   *
   * @param mayBeApart a slice may hold the events of one block of customers only, and the next one those of another
   *   from the same instant on. Once this was said it must be said of all that follows.
   */
  next(until: Instant, mayBeApart?: boolean): EventSlice | null;
  /** How far the source is, from 0 to 1. */
  readonly progress: number;
}

/** Typed arrays that take events one by one and grow as needed. */
export class SliceBuffer implements EventSlice {
  length = 0;
  at: Float64Array;
  customer: Uint32Array;
  amount: Float64Array | null;
  readonly ranges: EventRange[] = [];

  constructor(
    public from: Instant,
    room: number,
    hasAmounts: boolean,
  ) {
    this.at = new Float64Array(room);
    this.customer = new Uint32Array(room);
    this.amount = hasAmounts ? new Float64Array(room) : null;
  }

  /** Forgets all events; those that follow are `from` or later. */
  restart(from: Instant): void {
    this.from = from;
    this.length = 0;
    this.ranges.length = 0;
  }

  /** Gives the arrays away and goes on in others: null, in new ones as long. Whose events they held must be known. */
  exchangeArrays(others: SliceArrays | null): SliceArrays {
    const { at, customer, amount } = this;
    const { length } = at;
    this.at = others?.at ?? new Float64Array(length);
    this.customer = others?.customer ?? new Uint32Array(length);
    this.amount = others?.amount ?? (amount === null ? null : new Float64Array(length));
    return { at, customer, amount };
  }

  /** Adds the first `count` events of some arrays; amounts only where the buffer has them. */
  append(at: Float64Array, customer: Uint32Array, amount: Float64Array, count: number): void {
    if (this.length + count > this.at.length) this.grow(this.length + count);
    this.at.set(at.subarray(0, count), this.length);
    this.customer.set(customer.subarray(0, count), this.length);
    this.amount?.set(amount.subarray(0, count), this.length);
    this.length += count;
  }

  /** Makes room for so many events in all, or for at least one more. */
  grow(least = 0): void {
    const room = Math.max(1024, least, 2 * this.at.length);
    const at = new Float64Array(room);
    at.set(this.at);
    this.at = at;
    const customer = new Uint32Array(room);
    customer.set(this.customer);
    this.customer = customer;
    if (this.amount === null) return;
    const amount = new Float64Array(room);
    amount.set(this.amount);
    this.amount = amount;
  }
}
