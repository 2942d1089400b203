import { partsOfDate } from '../domain/calendar';
import { DAY, type Instant } from '../domain/instant';
import { dayFactors, type CalendarEntry } from './day-factors';
import { SliceBuffer, type EventSlice, type EventSource, type SliceArrays } from './event-slice';
import { DrawnBlocks, type DrawnBlock } from './drawn-blocks';
import { expectedEvents, expectedStretches } from './drop-out';
import type { CustomerPart } from './parts';
import { exp, ln } from './portable-math';
import { drawnJoins, Presence } from './presence';
import { RandomStream } from './random';
import type { Scenario, Segment } from './scenario';
import type { Timeline } from './timeline';
import { sameCustomers, segmentsOfRun } from './uncertain-segments';

/** Customers of a block: few enough that all that is known of them stays in a processor's cache while they are simulated. */
const BLOCK = 8192;
/** Events that one block should have in a slice, and all blocks together: enough to be quick, few enough to be held. */
const EVENTS_OF_BLOCK = 16_384;
const LEAST_EVENTS_OF_SLICE = 4_000_000;
const MOST_EVENTS_OF_SLICE = 16_000_000;
/** Growth is per mean Gregorian month, so that it does not jump with the length of the calendar's months. */
const MONTH = (365.2425 / 12) * DAY;

/**
 * Relative activity of a segment's days: weekday weights scaled to mean 1, times the growth up to the day's start, times
 * the factors of the season and of the calendar.
 */
function activityByDay(segment: Segment, timeline: Timeline, calendar: readonly CalendarEntry[]): Float64Array {
  const { weekdays, growthPerMonth, season } = segment.activity;
  const factors = dayFactors(calendar, timeline.firstDate, timeline.days);
  const sum = weekdays.reduce((left, right) => left + right, 0);
  const logGrowth = growthPerMonth === 0 ? 0 : ln(1 + growthPerMonth);
  return Float64Array.from({ length: timeline.days }, (_, day) => {
    const weight = ((weekdays[timeline.weekDay(day)] ?? 0) * 7) / sum;
    const month = season ? season[partsOfDate(timeline.dateOf(day)).month - 1]! : 1;
    return weight * exp(((timeline.starts[day]! - timeline.from) / MONTH) * logGrowth) * month * factors[day]!;
  });
}

/** How active a segment is over the period: stretches of even activity, which are days, or hours where these differ. */
interface Course {
  /** Where the stretches begin, one more than there are. */
  starts: Float64Array;
  activity: Float64Array;
  /** The day each stretch lies in; null: stretches are days. */
  days: Uint32Array | null;
}

function courseOf(segment: Segment, timeline: Timeline, calendar: readonly CalendarEntry[]): Course {
  const byDay = activityByDay(segment, timeline, calendar);
  const weights = segment.activity.hours;
  if (!weights) return { starts: timeline.starts, activity: byDay, days: null };
  const { starts, days, hours } = timeline.clockHours;
  const sum = weights.reduce((left, right) => left + right, 0);
  const ofHour = weights.map((weight) => (weight * 24) / sum);
  return { starts, days, activity: Float64Array.from(days, (day, index) => byDay[day]! * ofHour[hours[index]!]!) };
}

const lengthOf = ({ starts }: Course, stretch: number): number => starts[stretch + 1]! - starts[stretch]!;

/** Weeks of average activity that each day of the period is worth. */
function weeksByDay(course: Course, { days }: Timeline): Float64Array {
  const weeks = new Float64Array(days);
  course.activity.forEach((weight, stretch) => {
    weeks[course.days?.[stretch] ?? stretch]! += (weight * lengthOf(course, stretch)) / (7 * DAY);
  });
  return weeks;
}

/** How a segment's events are drawn, but for who and which streams. */
function drawnSegment({
  activity: { perWeek, dispersion, amount },
}: Segment): Pick<DrawnBlock, 'perWeek' | 'shape' | 'amount'> {
  const spread = amount?.spread ?? 0;
  const variance = ln(1 + spread * spread);
  return {
    perWeek,
    shape: dispersion > 0 ? 1 / dispersion : null,
    amount: amount && { mean: amount.mean, logMean: ln(amount.mean) - variance / 2, logDeviation: Math.sqrt(variance) },
  };
}

/** How many events a scenario's customers are expected to have on each day; null: they are replayed from a file. */
export function expectedByDay(
  scenario: Pick<Scenario, 'customers' | 'calendar'>,
  timeline: Timeline,
): Float64Array | null {
  if (scenario.customers === null) return null;
  const expected = new Float64Array(timeline.days);
  for (const segment of scenario.customers.segments) {
    const course = courseOf(segment, timeline, scenario.calendar);
    if (!isComingAndGoing(segment)) {
      const perDay = (segment.size * segment.activity.perWeek) / 7;
      course.activity.forEach((weight, stretch) => {
        expected[course.days?.[stretch] ?? stretch]! += (perDay * weight * lengthOf(course, stretch)) / DAY;
      });
      continue;
    }
    const { size, joins, activity: acts } = segment;
    const one = expectedEvents(acts.perWeek, acts.dispersion, acts.dropOut ?? null);
    const upTo = expectedStretches(size, joins?.perWeek ?? 0, one);
    weeksByDay(course, timeline).forEach((weeks, day) => (expected[day]! += upTo(weeks)));
  }
  return expected;
}

/**
 * How much of what is expected of a day comes before an instant within it, from 0 to 1.
 *
 * @returns null where no segment has hours, or the customers are replayed: then nothing says that it does not come evenly
 */
export function expectedShares(
  { customers, calendar }: Pick<Scenario, 'customers' | 'calendar'>,
  timeline: Timeline,
): ((day: number, at: Instant) => number) | null {
  const segments = customers?.segments ?? [];
  if (!segments.some(({ activity }) => activity.hours)) return null;
  const parts = segments.map((segment) => ({
    course: courseOf(segment, timeline, calendar),
    byDay: expectedByDay({ customers: { segments: [segment], learned: null }, calendar }, timeline)!,
  }));
  return (day, at) => {
    let [before, all] = [0, 0];
    for (const { course, byDay } of parts) {
      let [passed, whole] = [0, 0];
      course.activity.forEach((weight, stretch) => {
        if ((course.days?.[stretch] ?? stretch) !== day) return;
        const length = lengthOf(course, stretch);
        whole += weight * length;
        passed += weight * Math.max(0, Math.min(length, at - course.starts[stretch]!));
      });
      if (whole === 0) continue;
      before += (byDay[day]! * passed) / whole;
      all += byDay[day]!;
    }
    return all === 0 ? 0 : before / all;
  };
}

/**
 * Customers of a segment who are expected to have been there within the first days, those who left by then too.
 *
 * @param days from the beginning of the period
 */
export function expectedCustomers(
  segment: Segment,
  { calendar }: Pick<Scenario, 'calendar'>,
  timeline: Timeline,
  days: number,
): number {
  const joins = segment.joins?.perWeek ?? 0;
  if (joins === 0) return segment.size;
  const weeks = weeksByDay(courseOf(segment, timeline, calendar), timeline)
    .subarray(0, days)
    .reduce((sum, ofDay) => sum + ofDay, 0);
  return segment.size + joins * weeks;
}

/** Whether customers of a segment join within the period or leave in it. */
function isComingAndGoing({ joins, activity }: Segment): boolean {
  return (joins?.perWeek ?? 0) > 0 || (activity.dropOut?.probability ?? 0) > 0;
}

/** A block of customers of one segment, before anything is drawn. */
interface Piece {
  segment: number;
  /** Of the block within its segment. */
  number: number;
  size: number;
  /** Whether its customers have rates of their own. */
  isMixed: boolean;
  course: Course;
  expected: number;
  /** When each of its customers joins; null: they are there from the beginning. */
  joins: Float64Array | null;
}

function piecesOf(segments: readonly Segment[], courses: readonly Course[]): Piece[] {
  return segments.flatMap((segment, index) => {
    const course = courses[index]!;
    const days = course.activity.reduce((sum, weight, stretch) => sum + (weight * lengthOf(course, stretch)) / DAY, 0);
    const perCustomer = (segment.activity.perWeek / 7) * days;
    return Array.from({ length: Math.ceil(segment.size / BLOCK) }, (_, number): Piece => {
      const size = Math.min(BLOCK, segment.size - number * BLOCK);
      const isMixed = segment.activity.dispersion > 0;
      return { segment: index, number, size, isMixed, course, expected: perCustomer * size, joins: null };
    });
  });
}

/** Blocks of those who join within the period: after all who are described, in the order in which they join. */
function newcomersOf(
  segments: readonly Segment[],
  courses: readonly Course[],
  seed: Scenario['seed'],
  replication: number,
): Piece[] {
  return segments.flatMap((segment, index) => {
    const perWeek = segment.joins?.perWeek ?? 0;
    if (perWeek === 0) return [];
    const course = courses[index]!;
    const stream = new RandomStream(['joins', seed, replication, segment.name]);
    const joins = drawnJoins(perWeek, course.activity, course.starts, stream);
    const weeks = course.activity.reduce(
      (sum, weight, stretch) => sum + (weight * lengthOf(course, stretch)) / (7 * DAY),
      0,
    );
    return Array.from({ length: Math.ceil(joins.length / BLOCK) }, (_, number): Piece => {
      const ofBlock = joins.subarray(number * BLOCK, (number + 1) * BLOCK);
      const size = ofBlock.length;
      const isMixed = segment.activity.dispersion > 0;
      const expected = segment.activity.perWeek * weeks * size;
      return { segment: index, number, size, isMixed, course, expected, joins: ofBlock };
    });
  });
}

/** Blocks side by side with about as many events as those of any other part. */
function partOf(pieces: readonly Piece[], part: CustomerPart | undefined): readonly Piece[] {
  if (part === undefined) return pieces;
  const all = pieces.reduce((sum, { expected, size }) => sum + expected + size, 0);
  let before = 0;
  return pieces.filter(({ expected, size }) => {
    const index = Math.floor((before / all) * part.of);
    before += expected + size;
    return index === part.index;
  });
}

/**
 * Synthetic customers (scenario `customers`): Gamma-mixed Poisson arrivals with weights of weekdays and hours, growth,
 * season and calendar, amounts log-normal; some may join within the period, and leave after an event. They are drawn in blocks of one segment each. Events of different customers at one instant come in the
 * order of their blocks: segments as in the file, then customers by thousands.
 */
export class SyntheticSource implements EventSource {
  readonly customers: number;
  readonly segmentNames: readonly string[];
  readonly segmentOf: Uint16Array;
  readonly blocks: readonly string[];
  private readonly drawn: DrawnBlocks;
  private readonly span: number;
  private readonly slice: SliceBuffer;
  /** When each customer joins; null: all are there from the beginning. */
  readonly joinsAt: Float64Array | null;
  /** Who of a block is there; null: everybody, always. */
  private readonly present: (Presence | null)[] = [];
  /** Where the current stretch begins, and where it ends. */
  private from: Instant;
  private at: Instant;
  /** Nobody joins or leaves: events are given where they were drawn, and a stretch of any length takes no more memory. */
  private readonly isEverybodyThere: boolean;
  /** The block of the stretch that is drawn next; after the last one the stretch is over. */
  private block: number;
  private readonly append: SliceBuffer['append'] = (...events) => this.slice.append(...events);

  /** @param part only these customers, who are then numbered as if there were no others */
  constructor(
    scenario: Pick<Scenario, 'customers' | 'seed' | 'calendar'>,
    private readonly timeline: Timeline,
    replication: number,
    part?: CustomerPart,
  ) {
    const segments = segmentsOfRun(scenario, replication);
    this.segmentNames = segments.map((segment) => segment.name);
    // Of those who are described and of those who join the same: room is made for one a segment.
    const courses = segments.map((segment) => courseOf(segment, timeline, scenario.calendar));
    const described = piecesOf(segments, courses);
    const joining = newcomersOf(segments, courses, scenario.seed, replication);
    const pieces = partOf([...described, ...joining], part);
    this.customers = pieces.reduce((sum, { size }) => sum + size, 0);
    this.segmentOf = new Uint16Array(this.customers);
    this.blocks = pieces.map(({ segment, number, joins }) =>
      joins === null ? `${segments[segment]!.name} ${number}` : `${segments[segment]!.name}\nnewcomers ${number}`,
    );
    this.joinsAt = pieces.some(({ joins }) => joins !== null) ? new Float64Array(this.customers).fill(-Infinity) : null;
    const shared = new Set(courses.flatMap(({ starts, activity }) => [starts, activity]));
    this.drawn = new DrawnBlocks({
      blocks: pieces.length,
      numbers: [...shared].reduce((sum, numbers) => sum + numbers.length, 0),
      customers: pieces.reduce((sum, { size, isMixed }) => sum + (isMixed ? size : 0), 0),
    });
    let first = 0;
    const same = sameCustomers(scenario);
    for (const { segment, number, size, course, joins } of pieces) {
      const place = joins === null ? [number] : ['newcomers', number];
      const stream = (purpose: string): RandomStream =>
        new RandomStream([purpose, scenario.seed, replication, segments[segment]!.name, ...place]);
      const drawn = drawnSegment(segments[segment]!);
      const dropOut = segments[segment]!.activity.dropOut ?? null;
      const leaves = (dropOut?.probability ?? 0) > 0;
      this.present.push(
        joins === null && !leaves
          ? null
          : new Presence({
              ...{ first, size, joins, dropOut: leaves ? dropOut : null, leaving: stream('leaving') },
              amount: drawn.amount && { ...drawn.amount, stream: stream('first amounts') },
            }),
      );
      if (joins !== null) this.joinsAt?.set(joins, first);
      this.drawn.add({
        ...drawn,
        ...{ first, size, starts: course.starts, activity: course.activity },
        isMeanKept: joins === null && same.has(segment),
        ...{ rates: () => stream('rates'), times: stream('times'), picks: stream('picks'), amounts: stream('amounts') },
      });
      this.segmentOf.fill(segment, first, first + size);
      first += size;
    }
    const expected = pieces.reduce((sum, piece) => sum + piece.expected, 0);
    const mostOfBlock = pieces.reduce((most, piece) => Math.max(most, piece.expected), 0);
    const room = Math.min(MOST_EVENTS_OF_SLICE, Math.max(LEAST_EVENTS_OF_SLICE, this.customers));
    const slices = Math.max(1, Math.ceil(expected / room), Math.ceil(mostOfBlock / EVENTS_OF_BLOCK));
    this.span = Math.ceil((timeline.to - timeline.from) / slices);
    this.slice = new SliceBuffer(
      timeline.from,
      Math.min(room, Math.ceil(expected / slices) + 1024),
      segments.some((segment) => segment.activity.amount !== null),
    );
    this.isEverybodyThere = this.present.every((present) => present === null);
    this.at = timeline.from;
    this.from = timeline.from;
    this.block = this.blocks.length;
  }

  /** Customers are numbered on from 1 in file order. */
  idOf(customer: number): number {
    return customer + 1;
  }

  next(until: Instant, mayBeApart = false): EventSlice | null {
    const end = Math.min(until, this.timeline.to);
    const { slice } = this;
    // A part may have nobody.
    if (this.blocks.length === 0) this.at = end;
    for (;;) {
      if (this.block === this.blocks.length) {
        if (this.at >= end) break;
        this.from = this.at;
        // Where a slice ends moves nothing: the draws of a block are its own.
        this.at = mayBeApart && this.isEverybodyThere ? end : Math.min(this.at + this.span, end);
        this.block = 0;
        slice.restart(this.from);
      }
      if (mayBeApart && this.present[this.block] === null) {
        const portion = this.portion();
        if (portion !== null) return portion;
        continue;
      }
      if (mayBeApart) slice.restart(this.from);
      this.drawBlock();
      if (slice.length > 0 && (mayBeApart || this.block === this.blocks.length)) return slice;
    }
    if (this.at >= this.timeline.to) this.drawn.dispose();
    return null;
  }

  /** Gives away the arrays of the latest slice, which then are whoever's they were given to. @param others to go on in */
  exchangeArrays(others: SliceArrays | null): SliceArrays {
    return this.slice.exchangeArrays(others);
  }

  /** Adds the events of the current block to the slice and goes on to the next one. */
  private drawBlock(): void {
    const { slice, block } = this;
    const low = slice.length;
    const present = this.present[block]!;
    if (present === null) this.drawn.draw(block, this.at, slice.amount !== null, this.append);
    else {
      this.drawn.draw(block, this.at, slice.amount !== null, (...events) => present.take(...events, this.append));
      present.end(this.at, this.append);
    }
    if (slice.length > low) slice.ranges.push({ block, low, high: slice.length });
    this.block += 1;
  }

  /** The next events of the current block where they were drawn, and on to the next block after the last of them. */
  private portion(): EventSlice | null {
    const { block, drawn, from } = this;
    const hasAmounts = this.slice.amount !== null;
    const { count, isLast } = drawn.portion(block, this.at, hasAmounts);
    if (isLast) this.block += 1;
    if (count === 0) return null;
    const { at, customer, amount } = drawn;
    return {
      ...{ from, length: count, at, customer, amount: hasAmounts ? amount : null },
      ranges: [{ block, low: 0, high: count }],
    };
  }

  get progress(): number {
    const { from, to } = this.timeline;
    const ofStretch = this.blocks.length === 0 ? 1 : this.block / this.blocks.length;
    return (this.from + (this.at - this.from) * ofStretch - from) / (to - from);
  }
}
