import { DAY } from '../domain/instant';
import type { EventBatch } from './event-batch';
import type { RandomStream } from './random';
import { recentTimes, type RecentTimes } from './recent-times';
import type { Trigger } from './scenario';
import { inMillionths, SummedAmounts } from './summed-amounts';

/** Attempts in the order of their events. */
export interface Attempts {
  length: number;
  at: Float64Array;
  customer: Uint32Array;
}

/** Turns events into attempts (scenario `trigger`). Which attempts come does not depend on what becomes of them. */
export class TriggerState {
  qualifying = 0;
  private readonly attempts: Attempts = { length: 0, at: new Float64Array(0), customer: new Uint32Array(0) };
  private readonly counts: Uint32Array | null;
  private readonly times: RecentTimes | null;
  private readonly sums: SummedAmounts | null;
  private readonly goal: number;
  private readonly span: number;

  constructor(
    private readonly trigger: Trigger,
    customers: number,
    private readonly draws: RandomStream,
  ) {
    this.span = trigger.kind === 'every' ? 0 : trigger.withinDays * DAY;
    this.counts = trigger.kind === 'every' && trigger.every > 1 ? new Uint32Array(customers) : null;
    // The N-th event is at hand; the N − 1 before it must be known.
    this.times = trigger.kind === 'count' && trigger.count > 1 ? recentTimes(customers, trigger.count - 1) : null;
    this.sums = trigger.kind === 'amount' ? new SummedAmounts(customers, this.span) : null;
    this.goal = trigger.kind === 'amount' ? inMillionths(trigger.amount) : 0;
  }

  /** The attempts of the events from `low` up to, not including, `high`; they live until the next call. */
  attemptsOf(batch: EventBatch, low: number, high: number): Attempts {
    const { attempts, trigger } = this;
    if (attempts.at.length < high - low) {
      attempts.at = new Float64Array(batch.at.length);
      attempts.customer = new Uint32Array(batch.at.length);
    }
    const { minAmount, probability } = trigger;
    const isCertain = probability >= 1;
    let length = 0;
    for (let index = low; index < high; index += 1) {
      // Drawn before the amount is looked at, so that another threshold leaves the draws of later events alone.
      if (!isCertain && this.draws.uniform() >= probability) continue;
      const amount = batch.amount === null ? NaN : batch.amount[index]!;
      if (amount < minAmount) continue;
      this.qualifying += 1;
      const customer = batch.customer[index]!;
      const at = batch.at[index]!;
      if (!this.makesAttempt(customer, at, amount)) continue;
      attempts.at[length] = at;
      attempts.customer[length] = customer;
      length += 1;
    }
    attempts.length = length;
    return attempts;
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
    if (this.sums !== null) {
      if (this.sums.add(customer, at, inMillionths(amount)) < this.goal) return false;
      this.sums.clear(customer);
      return true;
    }
    return true;
  }

  /** Whether every event is an attempt, so that they need not be looked at one by one. */
  takesAll(batch: EventBatch): boolean {
    const { trigger } = this;
    const anyAmount = batch.amount === null || trigger.minAmount === -Infinity;
    return trigger.probability >= 1 && anyAmount && this.counts === null && this.times === null && this.sums === null;
  }
}
