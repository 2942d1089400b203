import { dateAt, partsOfDate, startOfDate, weekDayOf, type CalendarDate, type Zone } from '../domain/calendar';
import type { Instant } from '../domain/instant';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `2026-03-01`. */
export function dateText(date: CalendarDate): string {
  const { year, month, day } = partsOfDate(date);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** `2026-03`. */
export function monthText(date: CalendarDate): string {
  return dateText(date).slice(0, -3);
}

/** The simulated period [from, to) cut at every midnight of its zone. */
export class Timeline {
  readonly firstDate: CalendarDate;
  readonly days: number;
  /** Start of each day, the first one at `from`, and as one more entry `to`. A day may last 23 or 25 hours (semantics T4). */
  readonly starts: Float64Array;

  constructor(
    readonly from: Instant,
    readonly to: Instant,
    readonly zone: Zone,
  ) {
    this.firstDate = dateAt(from, zone);
    this.days = dateAt(to - 1, zone) - this.firstDate + 1;
    this.starts = new Float64Array(this.days + 1);
    this.starts[0] = from;
    for (let day = 1; day < this.days; day += 1)
      this.starts[day] = Math.max(from, startOfDate(this.firstDate + day, zone));
    this.starts[this.days] = to;
  }

  dateOf(day: number): CalendarDate {
    return this.firstDate + day;
  }

  /** Zero-based weekday of a day, Monday first. */
  weekDay(day: number): number {
    return weekDayOf(this.firstDate + day);
  }

  /** The day an instant of the period lies in; where a date was skipped altogether, the one after it. Of a date in two pieces, the second counts to the day after. */
  dayAt(instant: Instant): number {
    let low = 0;
    let high = this.days - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.starts[middle]! <= instant) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
