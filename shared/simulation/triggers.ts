import { dateAt, startOfDate, weekDayOf } from '../domain/calendar';
import { DAY, type Instant } from '../domain/instant';
import type { EventRange, EventSlice } from './event-slice';
import type { RandomStream } from './random';
import { recentTimes, type RecentTimes } from './recent-times';
import type { Scenario, Trigger } from './scenario';
import { inMillionths, SummedAmounts } from './summed-amounts';

/** Attempts of a slice, in ranges as its events are. */
export interface Attempts {
  at: Float64Array;
  customer: Uint32Array;
  ranges: readonly EventRange[];
}

/** For each customer in how many weeks in a row, Monday to Sunday in the scenario's zone, something qualified. */
class WeekStreaks {
  /** Starts of the weeks of the period, the first one before it. */
  private readonly starts: Float64Array;
  /** The latest week of a customer, counted from 1. */
  private readonly week: Uint16Array;
  private readonly length: Uint16Array;

  constructor({ from, to, timeZone }: Pick<Scenario, 'from' | 'to' | 'timeZone'>, customers: number) {
    const first = dateAt(from, timeZone);
    const monday = first - weekDayOf(first);
    const weeks = Math.floor((dateAt(to, timeZone) - monday) / 7) + 1;
    this.starts = Float64Array.from({ length: weeks }, (_, week) => startOfDate(monday + 7 * week, timeZone));
    this.week = new Uint16Array(customers);
    this.length = new Uint16Array(customers);
  }

  /** Whether this event ends a streak of so many weeks; the next one begins with the week after. */
  ends(customer: number, at: Instant, weeks: number): boolean {
    const week = this.weekOf(at);
    const before = this.week[customer]!;
    if (week === before) return false;
    const length = before > 0 && week === before + 1 ? this.length[customer]! + 1 : 1;
    this.week[customer] = week;
    this.length[customer] = length === weeks ? 0 : length;
    return length === weeks;
  }

  private weekOf(at: Instant): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }
}

/** Turns events into attempts (scenario `trigger`). Which attempts come does not depend on what becomes of them. */
export class TriggerState {
  qualifying = 0;
  private at = new Float64Array(0);
  private customer = new Uint32Array(0);
  private readonly counts: Uint32Array | null;
  private readonly times: RecentTimes | null;
  private readonly sums: SummedAmounts | null;
  private readonly streaks: WeekStreaks | null;
  private readonly goal: number;
  private readonly span: number;

  constructor(
    private readonly trigger: Trigger,
    customers: number,
    /** One stream of draws for each block of customers; empty where every event qualifies for certain. */
    private readonly draws: readonly RandomStream[],
    scenario: Pick<Scenario, 'from' | 'to' | 'timeZone'>,
  ) {
    this.span = trigger.kind === 'count' || trigger.kind === 'amount' ? trigger.withinDays * DAY : 0;
    this.counts = trigger.kind === 'every' && trigger.every > 1 ? new Uint32Array(customers) : null;
    // The N-th event is at hand; the N − 1 before it must be known.
    this.times = trigger.kind === 'count' && trigger.count > 1 ? recentTimes(customers, trigger.count - 1) : null;
    this.sums = trigger.kind === 'amount' ? new SummedAmounts(customers, this.span) : null;
    this.streaks = trigger.kind === 'weeks' ? new WeekStreaks(scenario, customers) : null;
    this.goal = trigger.kind === 'amount' ? inMillionths(trigger.amount) : 0;
  }

  /** The attempts that a slice's events make; they live until the next call. */
  attemptsOf(slice: EventSlice): Attempts {
    if (this.takesAll(slice)) {
      this.qualifying += slice.length;
      return slice;
    }
    if (this.at.length < slice.length) {
      this.at = new Float64Array(slice.at.length);
      this.customer = new Uint32Array(slice.at.length);
    }
    const ranges: EventRange[] = [];
    let length = 0;
    for (const range of slice.ranges) {
      const low = length;
      length = this.takeRange(slice, range, length);
      if (length > low) ranges.push({ block: range.block, low, high: length });
    }
    return { at: this.at, customer: this.customer, ranges };
  }

  /** Writes the attempts of a range from `length` on and returns where they end. */
  private takeRange(slice: EventSlice, range: EventRange, length: number): number {
    const { minAmount, probability } = this.trigger;
    const draws = this.draws[range.block];
    let end = length;
    for (let index = range.low; index < range.high; index += 1) {
      // Drawn before the amount is looked at, so that another threshold leaves the draws of later events alone.
      if (draws !== undefined && draws.uniform() >= probability) continue;
      const amount = slice.amount === null ? NaN : slice.amount[index]!;
      if (amount < minAmount) continue;
      this.qualifying += 1;
      const customer = slice.customer[index]!;
      const at = slice.at[index]!;
      if (!this.makesAttempt(customer, at, amount)) continue;
      this.at[end] = at;
      this.customer[end] = customer;
      end += 1;
    }
    return end;
  }

  private makesAttempt(customer: number, at: number, amount: number): boolean {
    if (this.counts !== null && this.trigger.kind === 'every') {
      const count = this.counts[customer]! + 1;
      this.counts[customer] = count === this.trigger.every ? 0 : count;
      return count === this.trigger.every;
    }
    if (this.times !== null) {
      if (this.times.oldest(customer) > at - this.span) {
        this.times.clear(customer);
        return true;
      }
      this.times.add(customer, at);
      return false;
    }
    if (this.streaks !== null && this.trigger.kind === 'weeks')
      return this.streaks.ends(customer, at, this.trigger.weeksInRow);
    if (this.sums !== null) {
      if (this.sums.add(customer, at, inMillionths(amount)) < this.goal) return false;
      this.sums.clear(customer);
      return true;
    }
    return true;
  }

  /** Whether every event is an attempt, so that they need not be looked at one by one. */
  private takesAll(slice: EventSlice): boolean {
    const { probability, minAmount } = this.trigger;
    const areCounted = this.counts !== null || this.times !== null || this.sums !== null || this.streaks !== null;
    if (probability < 1 || areCounted) return false;
    const { amount, length } = slice;
    if (amount === null) return true;
    for (let index = 0; index < length; index += 1) if (amount[index]! < minAmount) return false;
    return true;
  }
}
