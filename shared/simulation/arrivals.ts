import type { Instant } from '../domain/instant';
import { DAY } from '../domain/instant';
import { exp, ln } from './portable-math';
import { RandomStream } from './random';
import type { EventBatch, EventSource } from './event-batch';
import type { Scenario, Segment } from './scenario';
import type { Timeline } from './timeline';

const BATCH = 16_384;
/** Growth is per mean Gregorian month, so that it does not jump with the length of the calendar's months. */
const MONTH = (365.2425 / 12) * DAY;

/**
 * Picks customers in proportion to their own rates in constant time (Walker's alias method, built as Vose does).
 */
class RatePicker {
  readonly total: number;
  private readonly keep: Float64Array;
  private readonly alias: Uint32Array;

  constructor(rates: Float64Array) {
    const n = rates.length;
    let total = 0;
    for (const rate of rates) total += rate;
    this.total = total;
    this.keep = new Float64Array(n);
    this.alias = new Uint32Array(n);
    const scaled = this.keep;
    const small = new Uint32Array(n);
    const large = new Uint32Array(n);
    let smalls = 0;
    let larges = 0;
    for (let index = 0; index < n; index += 1) {
      scaled[index] = (rates[index]! * n) / total;
      if (scaled[index]! < 1) small[smalls++] = index;
      else large[larges++] = index;
    }
    while (smalls > 0 && larges > 0) {
      const less = small[--smalls]!;
      const more = large[larges - 1]!;
      this.alias[less] = more;
      scaled[more] = scaled[more]! - (1 - scaled[less]!);
      if (scaled[more]! < 1) {
        larges -= 1;
        small[smalls++] = more;
      }
    }
    while (larges > 0) scaled[large[--larges]!] = 1;
    while (smalls > 0) scaled[small[--smalls]!] = 1;
  }

  pick(u: number): number {
    const x = u * this.keep.length;
    const index = Math.floor(x);
    return x - index < this.keep[index]! ? index : this.alias[index]!;
  }
}

/**
 * The events of one segment in order of time. Poisson processes of many customers together are one Poisson process
 * whose events belong to each customer in proportion to its rate, so nothing has to be sorted or held.
 */
class SegmentArrivals {
  /** Instant of the next event; Infinity when there is none. */
  at: Instant = Infinity;
  private day = 0;
  /** Position in the current day, in microseconds, kept unrounded. */
  private position = 0;
  private readonly ratePerDay: Float64Array;
  private readonly picker: RatePicker | null;
  private readonly times: RandomStream;
  private readonly picks: RandomStream;
  private readonly amounts: RandomStream;
  private readonly logMean: number;
  private readonly logDeviation: number;

  constructor(
    readonly segment: Segment,
    private readonly firstCustomer: number,
    private readonly timeline: Timeline,
    seed: number,
    replication: number,
  ) {
    const { size, activity, name } = segment;
    this.times = new RandomStream(['times', seed, replication, name]);
    this.picks = new RandomStream(['picks', seed, replication, name]);
    this.amounts = new RandomStream(['amounts', seed, replication, name]);
    let total = size * activity.perWeek;
    this.picker = null;
    if (activity.dispersion > 0 && total > 0) {
      const draws = new RandomStream(['rates', seed, replication, name]);
      const shape = 1 / activity.dispersion;
      const rates = new Float64Array(size);
      for (let customer = 0; customer < size; customer += 1) rates[customer] = draws.gamma(shape) / shape;
      const picker = new RatePicker(rates);
      total = picker.total * activity.perWeek;
      if (picker.total > 0) this.picker = picker;
    }
    const sum = activity.weekdays.reduce((left, right) => left + right, 0);
    this.ratePerDay = new Float64Array(timeline.days);
    for (let day = 0; day < timeline.days; day += 1) {
      const weight = ((activity.weekdays[timeline.weekDay(day)] ?? 0) * 7) / sum;
      const months = (timeline.starts[day]! - timeline.from) / MONTH;
      const growth = activity.growthPerMonth === 0 ? 1 : exp(months * ln(1 + activity.growthPerMonth));
      this.ratePerDay[day] = (total / (7 * DAY)) * weight * growth;
    }
    const spread = activity.amount?.spread ?? 0;
    const variance = ln(1 + spread * spread);
    this.logDeviation = Math.sqrt(variance);
    this.logMean = activity.amount === null ? NaN : ln(activity.amount.mean) - variance / 2;
    if (total > 0) this.advance();
  }

  get hasAmounts(): boolean {
    return this.segment.activity.amount !== null;
  }

  /** Finds the next event by spending one exponential draw of expected events, day after day. */
  advance(): void {
    let need = this.times.exponential();
    const { starts, days } = this.timeline;
    while (this.day < days) {
      const rate = this.ratePerDay[this.day]!;
      const start = starts[this.day]!;
      const length = starts[this.day + 1]! - start;
      const position = this.position + need / rate;
      if (position < length) {
        this.position = position;
        this.at = start + Math.floor(position);
        return;
      }
      need -= (length - this.position) * rate;
      if (need < 0) need = 0;
      this.position = 0;
      this.day += 1;
    }
    this.at = Infinity;
  }

  pickCustomer(): number {
    const u = this.picks.uniform();
    return this.firstCustomer + (this.picker === null ? Math.floor(u * this.segment.size) : this.picker.pick(u));
  }

  drawAmount(): number {
    if (this.logDeviation === 0) return this.segment.activity.amount?.mean ?? NaN;
    return exp(this.logMean + this.logDeviation * this.amounts.normal());
  }
}

/**
 * Synthetic customers (scenario `customers`): Gamma-mixed Poisson arrivals with weekday weights and growth, amounts
 * log-normal. Events of different segments at one instant come in the segments' order in the file.
 */
export class SyntheticSource implements EventSource {
  readonly customers: number;
  readonly segmentNames: readonly string[];
  readonly segmentOf: Uint16Array;
  private readonly segments: readonly SegmentArrivals[];
  private readonly batch: EventBatch;

  constructor(
    scenario: Pick<Scenario, 'customers' | 'seed'>,
    private readonly timeline: Timeline,
    replication: number,
  ) {
    const segments = scenario.customers?.segments ?? [];
    this.segmentNames = segments.map((segment) => segment.name);
    this.customers = segments.reduce((sum, segment) => sum + segment.size, 0);
    this.segmentOf = new Uint16Array(this.customers);
    let first = 0;
    this.segments = segments.map((segment, index) => {
      const arrivals = new SegmentArrivals(segment, first, timeline, scenario.seed, replication);
      this.segmentOf.fill(index, first, first + segment.size);
      first += segment.size;
      return arrivals;
    });
    const hasAmounts = this.segments.some((segment) => segment.hasAmounts);
    this.batch = {
      length: 0,
      at: new Float64Array(BATCH),
      customer: new Uint32Array(BATCH),
      amount: hasAmounts ? new Float64Array(BATCH) : null,
    };
  }

  /** Customers are numbered on from 1 in file order. */
  idOf(customer: number): number {
    return customer + 1;
  }

  next(): EventBatch | null {
    const { batch, segments } = this;
    const { at, customer, amount } = batch;
    let length = 0;
    while (length < BATCH) {
      let earliest = segments[0]!;
      for (let index = 1; index < segments.length; index += 1) if (segments[index]!.at < earliest.at) earliest = segments[index]!;
      if (earliest.at === Infinity) break;
      at[length] = earliest.at;
      customer[length] = earliest.pickCustomer();
      if (amount !== null) amount[length] = earliest.drawAmount();
      length += 1;
      earliest.advance();
    }
    batch.length = length;
    return length === 0 ? null : batch;
  }

  progressAt(instant: Instant): number {
    return (instant - this.timeline.from) / (this.timeline.to - this.timeline.from);
  }
}
