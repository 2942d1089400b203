import { DAY, type Instant } from '../domain/instant';
import { SliceBuffer, type EventSlice, type EventSource } from './event-slice';
import { exp, ln } from './portable-math';
import { RandomStream } from './random';
import { RatePicker } from './rate-picker';
import type { Scenario, Segment } from './scenario';
import type { Timeline } from './timeline';

/** Customers of a block: few enough that all that is known of them stays in a processor's cache while they are simulated. */
const BLOCK = 8192;
/** Events that one block should have in a slice, and all blocks together: enough to be quick, few enough to be held. */
const EVENTS_OF_BLOCK = 16_384;
const LEAST_EVENTS_OF_SLICE = 4_000_000;
const MOST_EVENTS_OF_SLICE = 16_000_000;
/** Growth is per mean Gregorian month, so that it does not jump with the length of the calendar's months. */
const MONTH = (365.2425 / 12) * DAY;

/** Relative activity of a segment's days: weekday weights scaled to mean 1, times the growth up to the day's start. */
function activityByDay(segment: Segment, timeline: Timeline): Float64Array {
  const { weekdays, growthPerMonth } = segment.activity;
  const sum = weekdays.reduce((left, right) => left + right, 0);
  const logGrowth = growthPerMonth === 0 ? 0 : ln(1 + growthPerMonth);
  return Float64Array.from({ length: timeline.days }, (_, day) => {
    const weight = ((weekdays[timeline.weekDay(day)] ?? 0) * 7) / sum;
    return weight * exp(((timeline.starts[day]! - timeline.from) / MONTH) * logGrowth);
  });
}

/**
 * The events of one block of a segment's customers in order of time. Poisson processes of many customers together are
 * one Poisson process whose events belong to each customer in proportion to its rate, so nothing has to be sorted.
 */
class BlockArrivals {
  /** Instant of the next event; Infinity when there is none. */
  private at: Instant = Infinity;
  private day = 0;
  /** Position in the current day, in microseconds, kept unrounded. */
  private position = 0;
  /** Expected events a microsecond, of an average day at the start. */
  private readonly rate: number;
  private readonly picker: RatePicker | null = null;
  private readonly times: RandomStream;
  private readonly picks: RandomStream;
  private readonly amounts: RandomStream;
  private readonly amountMean: number;
  private readonly logMean: number;
  private readonly logDeviation: number;

  constructor(
    segment: Segment,
    private readonly activity: Float64Array,
    private readonly first: number,
    private readonly size: number,
    private readonly timeline: Timeline,
    streamName: (purpose: string) => readonly (string | number)[],
  ) {
    const { perWeek, dispersion, amount } = segment.activity;
    this.times = new RandomStream(streamName('times'));
    this.picks = new RandomStream(streamName('picks'));
    this.amounts = new RandomStream(streamName('amounts'));
    let total = size;
    if (dispersion > 0) {
      const draws = new RandomStream(streamName('rates'));
      const shape = 1 / dispersion;
      const picker = new RatePicker(Float64Array.from({ length: size }, () => draws.gamma(shape) / shape));
      total = picker.total;
      if (total > 0) this.picker = picker;
    }
    this.rate = (total * perWeek) / (7 * DAY);
    const spread = amount?.spread ?? 0;
    const variance = ln(1 + spread * spread);
    this.amountMean = amount?.mean ?? NaN;
    this.logDeviation = Math.sqrt(variance);
    this.logMean = amount === null ? NaN : ln(amount.mean) - variance / 2;
    if (this.rate > 0) this.advance();
  }

  /** Finds the next event by spending one exponential draw of expected events, day after day. */
  private advance(): void {
    let need = this.times.exponential() / this.rate;
    const { starts, days } = this.timeline;
    while (this.day < days) {
      const activity = this.activity[this.day]!;
      const start = starts[this.day]!;
      const length = starts[this.day + 1]! - start;
      const position = this.position + need / activity;
      if (position < length) {
        this.position = position;
        this.at = start + Math.floor(position);
        return;
      }
      need = Math.max(0, need - (length - this.position) * activity);
      this.position = 0;
      this.day += 1;
    }
    this.at = Infinity;
  }

  private drawAmount(): number {
    return this.logDeviation === 0 ? this.amountMean : exp(this.logMean + this.logDeviation * this.amounts.normal());
  }

  /** Adds the block's events before `until`. */
  fill(slice: SliceBuffer, until: Instant): void {
    while (this.at < until) {
      if (slice.length === slice.at.length) slice.grow();
      const place = slice.length++;
      slice.at[place] = this.at;
      const u = this.picks.uniform();
      slice.customer[place] = this.first + (this.picker === null ? Math.floor(u * this.size) : this.picker.pick(u));
      if (slice.amount !== null) slice.amount[place] = this.drawAmount();
      this.advance();
    }
  }
}

/**
 * Synthetic customers (scenario `customers`): Gamma-mixed Poisson arrivals with weekday weights and growth, amounts
 * log-normal. They are drawn in blocks of one segment each. Events of different customers at one instant come in the
 * order of their blocks: segments as in the file, then customers by thousands.
 */
export class SyntheticSource implements EventSource {
  readonly customers: number;
  readonly segmentNames: readonly string[];
  readonly segmentOf: Uint16Array;
  readonly blocks: readonly string[];
  private readonly arrivals: readonly BlockArrivals[];
  private readonly span: number;
  private readonly slice: SliceBuffer;
  private at: Instant;

  constructor(
    scenario: Pick<Scenario, 'customers' | 'seed'>,
    private readonly timeline: Timeline,
    replication: number,
  ) {
    const segments = scenario.customers?.segments ?? [];
    this.segmentNames = segments.map((segment) => segment.name);
    this.customers = segments.reduce((sum, segment) => sum + segment.size, 0);
    this.segmentOf = new Uint16Array(this.customers);
    const blocks: string[] = [];
    const arrivals: BlockArrivals[] = [];
    let expected = 0;
    let mostOfBlock = 0;
    let first = 0;
    segments.forEach((segment, index) => {
      const activity = activityByDay(segment, timeline);
      let days = 0;
      activity.forEach((weight, day) => (days += (weight * (timeline.starts[day + 1]! - timeline.starts[day]!)) / DAY));
      const perCustomer = (segment.activity.perWeek / 7) * days;
      expected += perCustomer * segment.size;
      mostOfBlock = Math.max(mostOfBlock, perCustomer * Math.min(BLOCK, segment.size));
      this.segmentOf.fill(index, first, first + segment.size);
      for (let low = 0; low < segment.size; low += BLOCK) {
        const number = low / BLOCK;
        const streamName = (purpose: string): (string | number)[] => [
          purpose,
          scenario.seed,
          replication,
          segment.name,
          number,
        ];
        arrivals.push(
          new BlockArrivals(segment, activity, first + low, Math.min(BLOCK, segment.size - low), timeline, streamName),
        );
        blocks.push(`${segment.name} ${number}`);
      }
      first += segment.size;
    });
    this.blocks = blocks;
    this.arrivals = arrivals;
    const room = Math.min(MOST_EVENTS_OF_SLICE, Math.max(LEAST_EVENTS_OF_SLICE, this.customers));
    const slices = Math.max(1, Math.ceil(expected / room), Math.ceil(mostOfBlock / EVENTS_OF_BLOCK));
    this.span = Math.ceil((timeline.to - timeline.from) / slices);
    this.slice = new SliceBuffer(
      timeline.from,
      Math.min(room, Math.ceil(expected / slices) + 1024),
      segments.some((segment) => segment.activity.amount !== null),
    );
    this.at = timeline.from;
  }

  /** Customers are numbered on from 1 in file order. */
  idOf(customer: number): number {
    return customer + 1;
  }

  next(until: Instant): EventSlice | null {
    const end = Math.min(until, this.timeline.to);
    while (this.at < end) {
      const { slice } = this;
      slice.restart(this.at);
      // Where a slice ends moves nothing: the draws of a block are its own.
      this.at = Math.min(this.at + this.span, end);
      for (const [block, arrivals] of this.arrivals.entries()) {
        const low = slice.length;
        arrivals.fill(slice, this.at);
        if (slice.length > low) slice.ranges.push({ block, low, high: slice.length });
      }
      if (slice.length > 0) return slice;
    }
    return null;
  }

  get progress(): number {
    return (this.at - this.timeline.from) / (this.timeline.to - this.timeline.from);
  }
}
