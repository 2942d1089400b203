import type { Instant } from '../domain/instant';

/**
 * For each customer, the instants of the latest `capacity` happenings. That is all a rolling window needs: with
 * instants in order, a window holds `capacity` of them exactly when the oldest one kept lies in it, even where the
 * window's start jumps back (calendar months are clamped at a month's end, semantics X4).
 */
export interface RecentTimes {
  /** The oldest of the latest `capacity` instants, or -Infinity while there are fewer. */
  oldest(customer: number): Instant;
  add(customer: number, at: Instant): void;
  clear(customer: number): void;
  /** How many of the kept instants are `from` or later; at most `capacity`. */
  countSince(customer: number, from: Instant): number;
}

/** Up to this many instants are kept side by side for every customer. */
const DENSE_CAPACITY = 8;

/** The instants of one customer side by side, oldest first. */
export class DenseTimes implements RecentTimes {
  readonly times: Float64Array;

  constructor(
    customers: number,
    readonly capacity: number,
  ) {
    this.times = new Float64Array(customers * capacity).fill(-Infinity);
  }

  oldest(customer: number): Instant {
    return this.times[customer * this.capacity]!;
  }

  add(customer: number, at: Instant): void {
    const last = (customer + 1) * this.capacity - 1;
    const { times } = this;
    for (let slot = customer * this.capacity; slot < last; slot += 1) times[slot] = times[slot + 1]!;
    times[last] = at;
  }

  clear(customer: number): void {
    this.times.fill(-Infinity, customer * this.capacity, (customer + 1) * this.capacity);
  }

  countSince(customer: number, from: Instant): number {
    let count = 0;
    for (let slot = customer * this.capacity; slot < (customer + 1) * this.capacity; slot += 1)
      if (this.times[slot]! >= from) count += 1;
    return count;
  }
}

const FIRST_ROOM = 4;

/** Rings of one shared pool that grow only for customers who need them: a limit of 1,000 costs nobody 1,000 places. */
class PooledTimes implements RecentTimes {
  private pool = new Float64Array(1024);
  private used = 0;
  private readonly start: Uint32Array;
  private readonly room: Uint32Array;
  private readonly head: Uint32Array;
  private readonly count: Uint32Array;

  constructor(
    customers: number,
    private readonly capacity: number,
  ) {
    this.start = new Uint32Array(customers);
    this.room = new Uint32Array(customers);
    this.head = new Uint32Array(customers);
    this.count = new Uint32Array(customers);
  }

  private at(customer: number, index: number): Instant {
    return this.pool[this.start[customer]! + ((this.head[customer]! + index) % this.room[customer]!)]!;
  }

  oldest(customer: number): Instant {
    return this.count[customer]! < this.capacity ? -Infinity : this.at(customer, 0);
  }

  private grow(customer: number): void {
    const count = this.count[customer]!;
    const room = Math.min(this.capacity, Math.max(FIRST_ROOM, 2 * this.room[customer]!));
    if (this.used + room > this.pool.length) {
      const larger = new Float64Array(2 * this.pool.length + room);
      larger.set(this.pool.subarray(0, this.used));
      this.pool = larger;
    }
    const start = this.used;
    for (let index = 0; index < count; index += 1) this.pool[start + index] = this.at(customer, index);
    this.start[customer] = start;
    this.room[customer] = room;
    this.head[customer] = 0;
    this.used += room;
  }

  add(customer: number, at: Instant): void {
    const count = this.count[customer]!;
    if (count === this.capacity) {
      const head = this.head[customer]!;
      this.pool[this.start[customer]! + head] = at;
      this.head[customer] = head + 1 === this.room[customer] ? 0 : head + 1;
      return;
    }
    if (count === this.room[customer]) this.grow(customer);
    this.pool[this.start[customer]! + ((this.head[customer]! + count) % this.room[customer]!)] = at;
    this.count[customer] = count + 1;
  }

  clear(customer: number): void {
    this.count[customer] = 0;
    this.head[customer] = 0;
  }

  countSince(customer: number, from: Instant): number {
    let count = 0;
    for (let index = 0; index < this.count[customer]!; index += 1) if (this.at(customer, index) >= from) count += 1;
    return count;
  }
}

/**
 * @param customers how many customers there are
 * @param capacity 1 or more: how many instants back must be known
 */
export function recentTimes(customers: number, capacity: number): RecentTimes {
  return capacity <= DENSE_CAPACITY ? new DenseTimes(customers, capacity) : new PooledTimes(customers, capacity);
}
