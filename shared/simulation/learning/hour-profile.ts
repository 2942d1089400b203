import { HOUR } from '../../domain/instant';
import type { Timeline } from '../timeline';

/** How much of each hour of the clock a day has, midnight first: 1 each, but where a clock is changed or the period cuts the day. */
export type HoursOfDay = readonly number[];

/** Events of some customers by the hour that the clock showed, midnight first. */
export interface ObservedHours {
  /** In the days before those held back, and in all days. */
  untilCut: readonly number[];
  all: readonly number[];
  /** Of each day; days that are alike share one. */
  lengths: readonly HoursOfDay[];
  /** Whether the instants of the file say when events were; else nothing is learned of them. */
  isTold: boolean;
}

/** What the instants of a file say of the time of day. */
export type FileTimes =
  | { kind: 'timed' }
  /** Dates alone: every event is at midnight. */
  | { kind: 'dates' }
  /** Many of the events are at the same few times of day, as imports leave them; `at` names some, `share` is of all events. */
  | { kind: 'stamped'; at: readonly string[]; share: number };

/** What the events tell of the hours; a note where that is nothing. */
export type HourFit =
  | { hours: number[]; note: null }
  /** Too few events or days, or hours that the days do not have; or chance explains hours that are alike. */
  | { hours: null; note: 'hours-short' | 'hours-not-told' };

const HOURS = 24;
/** Fewer tell nothing of 24 numbers. */
const LEAST_EVENTS = 240;
const LEAST_DAYS = 7;
/** χ² of 23 degrees of freedom, which chance exceeds in one of a hundred cases. */
const BEYOND_CHANCE = 41.638;
const SECONDS = 86_400;
/** A time of day that holds such a share of all events, and so many times as many as any other within an hour, is a stamp … */
const STAMP_SHARE = 0.02;
const STAMP_TIMES = 10;
/** … where it is no chance of one day, or no few rows of one receipt. */
const STAMP_DAYS = 3;
const STAMP_EVENTS = 50;
const STAMPS_NAMED = 3;

/** The hours that each day of a period has. */
export function hoursOfDays(timeline: Timeline): HoursOfDay[] {
  const whole: HoursOfDay = new Array<number>(HOURS).fill(1);
  const lengths = Array.from({ length: timeline.days }, () => new Array<number>(HOURS).fill(0));
  const { starts, days, hours } = timeline.clockHours;
  days.forEach((day, cell) => (lengths[day]![hours[cell]!]! += (starts[cell + 1]! - starts[cell]!) / HOUR));
  return lengths.map((day) => (day.every((length) => length === 1) ? whole : day));
}

/** Events by day, of days that have the same hours. */
function alike(
  days: readonly { events: number }[],
  lengths: readonly HoursOfDay[],
): { events: number; lengths: HoursOfDay }[] {
  const found = new Map<HoursOfDay, number>();
  days.forEach(({ events }, day) => found.set(lengths[day]!, (found.get(lengths[day]!) ?? 0) + events));
  return [...found].map(([of, events]) => ({ events, lengths: of }));
}

/**
 * Events of each hour, given how many each day has.
 *
 * @param weights of the hours; null: all alike
 */
export function expectedHours(
  weights: readonly number[] | null,
  days: readonly { events: number }[],
  lengths: readonly HoursOfDay[],
): number[] {
  const expected = new Array<number>(HOURS).fill(0);
  for (const { events, lengths: of } of alike(days, lengths)) {
    const shares = of.map((length, hour) => length * (weights?.[hour] ?? 1));
    const sum = shares.reduce((all, share) => all + share, 0);
    if (sum > 0) shares.forEach((share, hour) => (expected[hour]! += (events * share) / sum));
  }
  return expected;
}

/**
 * Weights of the hours of mean 1 by maximum likelihood. Given how many events a day has, which hour each falls in hangs neither
 * on the customers' rates nor on what the day is like, so that they are fitted without both.
 *
 * @param counts events by hour of these days
 * @param scatter how much more the days scatter than Poisson counts do
 */
export function fitHours(
  counts: readonly number[],
  days: readonly { events: number }[],
  lengths: readonly HoursOfDay[],
  scatter: number,
): HourFit {
  const events = counts.reduce((sum, count) => sum + count, 0);
  const even = expectedHours(null, days, lengths);
  if (events < LEAST_EVENTS || days.length < LEAST_DAYS || even.some((expected) => expected === 0))
    return { hours: null, note: 'hours-short' };
  const square = counts.reduce((sum, count, hour) => sum + (count - even[hour]!) ** 2 / even[hour]!, 0);
  if (square / Math.max(1, scatter) <= BEYOND_CHANCE) return { hours: null, note: 'hours-not-told' };
  let weights = new Array<number>(HOURS).fill(1);
  // Days whose hours are not all there are few: each step brings the rest nearer by their share.
  for (let step = 0; step < 100; step += 1) {
    const expected = expectedHours(weights, days, lengths);
    const next = weights.map((weight, hour) => (counts[hour] === 0 ? 0 : (weight * counts[hour]!) / expected[hour]!));
    const mean = next.reduce((sum, weight) => sum + weight, 0) / HOURS;
    const scaled = next.map((weight) => weight / mean);
    const change = Math.max(...scaled.map((weight, hour) => Math.abs(weight - weights[hour]!)));
    weights = scaled;
    if (change < 1e-12) break;
  }
  return { hours: weights, note: null };
}

/** Events by the second of the day, and on how many days each second had one. */
export class TimesOfDay {
  readonly #events = new Uint32Array(SECONDS);
  readonly #days = new Uint32Array(SECONDS);
  readonly #last = new Int32Array(SECONDS).fill(-1);
  #all = 0;

  /** @param second of the day, 0 to 86,399 @param day any number; days come in their order */
  add(second: number, day: number): void {
    this.#all += 1;
    this.#events[second]! += 1;
    if (this.#last[second] === day) return;
    this.#last[second] = day;
    this.#days[second]! += 1;
  }

  /** Whether times of day are there to learn from. Times rounded to the hour or the quarter are; what stands alone is a stamp. */
  judged(): FileTimes {
    if (this.#all > 0 && this.#events[0] === this.#all) return { kind: 'dates' };
    if (this.#all < LEAST_EVENTS) return { kind: 'timed' };
    const stamps = Array.from(this.#events, (events, second) => ({ events, second })).filter(
      ({ events, second }) =>
        events > STAMP_SHARE * this.#all &&
        (this.#days[second]! >= STAMP_DAYS || events > STAMP_EVENTS) &&
        events > STAMP_TIMES * this.#mostAround(second),
    );
    if (stamps.length === 0) return { kind: 'timed' };
    const share = stamps.reduce((sum, { events }) => sum + events, 0) / this.#all;
    const most = stamps.toSorted((one, other) => other.events - one.events).slice(0, STAMPS_NAMED);
    return { kind: 'stamped', share, at: most.map(({ second }) => clockText(second)) };
  }

  #mostAround(second: number): number {
    let most = 0;
    for (let away = 1; away <= 3600; away += 1) {
      const [before, after] = [(second - away + SECONDS) % SECONDS, (second + away) % SECONDS];
      most = Math.max(most, this.#events[before]!, this.#events[after]!);
    }
    return most;
  }
}

/** `02:00`, or with seconds where there are some: `02:00:30`. */
function clockText(second: number): string {
  const parts = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  return parts
    .slice(0, parts[2] === 0 ? 2 : 3)
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
