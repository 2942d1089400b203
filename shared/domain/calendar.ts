import { Temporal } from 'temporal-polyfill';
import { DAY, FARTHEST, HOUR, type Instant } from './instant';

/** A calendar date without a zone: days since 1970-01-01. Consecutive dates are consecutive integers. */
export type CalendarDate = number;

/** An IANA time-zone name, `UTC` by default (semantics T4). */
export type Zone = string;

export type WeekDay = 'MONDAY' | 'TUESDAY' | 'WEDNESDAY' | 'THURSDAY' | 'FRIDAY' | 'SATURDAY' | 'SUNDAY';

/** Monday first: the position is the zero-based ordinal the gateway accepts for startDayOfTheWeek (semantics W5). */
export const WEEK_DAYS: readonly WeekDay[] = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
];

const DAY_IN_MILLISECONDS = DAY / 1000;
/** No calendar reaches further; only mistyped periods and cycle lengths lead there. */
const FARTHEST_DATE = FARTHEST / DAY;

/** Whether the runtime knows this zone by name. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

function zoned(instant: Instant, zone: Zone): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(instant / 1000)).toZonedDateTimeISO(zone);
}

function plainDate(date: CalendarDate): Temporal.PlainDate {
  const utc = new Date(date * DAY_IN_MILLISECONDS);
  return new Temporal.PlainDate(utc.getUTCFullYear(), utc.getUTCMonth() + 1, utc.getUTCDate());
}

function fromPlainDate(date: { year: number; month: number; day: number }): CalendarDate {
  const utc = new Date(0);
  utc.setUTCFullYear(date.year, date.month - 1, date.day);
  return utc.getTime() / DAY_IN_MILLISECONDS;
}

/** The calendar date on which an instant falls in a zone (semantics T4). */
export function dateAt(instant: Instant, zone: Zone): CalendarDate {
  if (zone === 'UTC') return Math.floor(instant / DAY);
  return fromPlainDate(zoned(instant, zone));
}

/** The first instant of a date in a zone: midnight, or the end of the gap where a clock change skips midnight. */
export function startOfDate(date: CalendarDate, zone: Zone): Instant {
  if (zone === 'UTC') return date * DAY;
  if (Math.abs(date) > FARTHEST_DATE) return Math.sign(date) * FARTHEST;
  return plainDate(date).toZonedDateTime(zone).epochMilliseconds * 1000;
}

/** Whether a zone has a date: Apia has no 30 December 2011, because it crossed the date line. */
export function existsIn(date: CalendarDate, zone: Zone): boolean {
  return zone === 'UTC' || Math.abs(date) > FARTHEST_DATE || dateAt(startOfDate(date, zone), zone) === date;
}

const offsetOn = (date: CalendarDate, zone: Zone): number => date * DAY - startOfDate(date, zone);

/** The date that a zone skips between two dates it has; null: none. Told by the jump of its clocks, so that any distance will do. */
export function skippedDate(from: CalendarDate, to: CalendarDate, zone: Zone): CalendarDate | null {
  if (zone === 'UTC' || to - from < 2) return null;
  // Clocks that change for the summer, or with a law, move by hours.
  const hasJumped = (date: CalendarDate): boolean => offsetOn(date, zone) - offsetOn(from, zone) > 20 * HOUR;
  if (!hasJumped(to)) return null;
  let [before, after] = [from, to];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    // The date that is missing begins, as it were, with the next one: clocks have not jumped for it.
    if (hasJumped(middle)) after = middle;
    else before = middle;
  }
  return before;
}

/** A midnight that comes twice: clocks reach it, go back over it at `change`, and reach it again. */
export interface DoubledMidnight {
  first: Instant;
  change: Instant;
  second: Instant;
}

const MOST_REMEMBERED = 10_000;
const doubled = new Map<string, DoubledMidnight | null>();

/** The midnight with which a date begins, where it comes twice: St John's, 7 November 2010. Null for every other. */
export function doubledMidnight(date: CalendarDate, zone: Zone): DoubledMidnight | null {
  if (zone === 'UTC' || Math.abs(date) > FARTHEST_DATE) return null;
  const name = `${date} ${zone}`;
  const known = doubled.get(name);
  if (known !== undefined) return known;
  const midnight = plainDate(date).toPlainDateTime();
  const first = midnight.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const second = midnight.toZonedDateTime(zone, { disambiguation: 'later' });
  // Where a midnight is skipped, the two readings are other times of day.
  const isDouble = !first.equals(second) && first.toPlainDateTime().equals(second.toPlainDateTime());
  const change = isDouble ? first.getTimeZoneTransition('next') : null;
  const found =
    change === null
      ? null
      : {
          first: first.epochMilliseconds * 1000,
          change: change.epochMilliseconds * 1000,
          second: second.epochMilliseconds * 1000,
        };
  if (doubled.size >= MOST_REMEMBERED) doubled.clear();
  doubled.set(name, found);
  return found;
}

/** A stretch of time, `to` excluded, over which the clocks of a zone are as far from UTC. */
export interface ClockStretch {
  from: Instant;
  to: Instant;
  /** What the clocks show is UTC and this many microseconds. */
  offset: number;
}

/** The stretches between the clock changes of a zone (semantics T4) that lie in [from, to), in their order. */
export function clockStretches(from: Instant, to: Instant, zone: Zone): ClockStretch[] {
  if (zone === 'UTC') return [{ from, to, offset: 0 }];
  const stretches: ClockStretch[] = [];
  let start = from;
  while (start < to) {
    const clock = zoned(start, zone);
    const change = clock.getTimeZoneTransition('next');
    const end = change === null ? to : Math.min(to, change.epochMilliseconds * 1000);
    stretches.push({ from: start, to: end, offset: clock.offsetNanoseconds / 1000 });
    start = end;
  }
  return stretches;
}

/** Zero-based weekday of a date, Monday first. 1970-01-01 was a Thursday. */
export function weekDayOf(date: CalendarDate): number {
  return (((date + 3) % 7) + 7) % 7;
}

/** The first day of the month after the one a date lies in. */
export function startOfNextMonth(date: CalendarDate): CalendarDate {
  const utc = new Date(date * DAY_IN_MILLISECONDS);
  return fromPlainDate({ year: utc.getUTCFullYear(), month: utc.getUTCMonth() + 2, day: 1 });
}

/** Year, month (1–12) and day of a date. */
export function partsOfDate(date: CalendarDate): { year: number; month: number; day: number } {
  const utc = new Date(date * DAY_IN_MILLISECONDS);
  return { year: utc.getUTCFullYear(), month: utc.getUTCMonth() + 1, day: utc.getUTCDate() };
}

/**
 * The same time of day `months` calendar months later (or earlier, when negative) in the zone; a day the month does
 * not have becomes its last (semantics X4: 31 Jan + 1 = 28/29 Feb). Microseconds are kept. Stops at the farthest
 * instant that can be printed.
 */
export function addMonths(instant: Instant, months: number, zone: Zone): Instant {
  const wholeMilliseconds = Math.floor(instant / 1000);
  if (Math.abs(instant / DAY + months * 31) > FARTHEST_DATE) return Math.sign(months) * FARTHEST;
  const moved = zoned(instant, zone).add({ months });
  return moved.epochMilliseconds * 1000 + (instant - wholeMilliseconds * 1000);
}

/**
 * The same time of day `days` dates later (or earlier, when negative) in the zone, also over a change of its clocks.
 * Microseconds are kept. Stops at the farthest instant that can be printed.
 */
export function addDays(instant: Instant, days: number, zone: Zone): Instant {
  const wholeMilliseconds = Math.floor(instant / 1000);
  if (Math.abs(instant / DAY + days) > FARTHEST_DATE) return Math.sign(days) * FARTHEST;
  const moved = zoned(instant, zone).add({ days });
  return moved.epochMilliseconds * 1000 + (instant - wholeMilliseconds * 1000);
}

/** The same time of day `years` calendar years later; 29 Feb becomes 28 Feb where there is none (semantics X5). */
export function addYears(instant: Instant, years: number, zone: Zone): Instant {
  return addMonths(instant, years * 12, zone);
}
