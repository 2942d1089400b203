import {
  clockStretches,
  dateAt,
  partsOfDate,
  startOfDate,
  weekDayOf,
  type CalendarDate,
  type Zone,
} from '../domain/calendar';
import { DAY, HOUR, type Instant } from '../domain/instant';

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

/** `14:00`, of a clock's hour; the end of the last one, 24, is `24:00`. */
export function hourText(hour: number): string {
  return `${twoDigits(hour)}:00`;
}

/**
 * The hours of a period as the clock of its zone shows them, in their order. An hour that a change of the clock leaves out is
 * not there; one that comes twice without another between is one, twice as long.
 */
export interface ClockHours {
  /** Where each begins, in microseconds, and as one more entry the end of the period. */
  starts: Float64Array;
  /** The day of the period each lies in. */
  days: Uint32Array;
  /** What the clock shows: 0 to 23. */
  hours: Uint8Array;
}

/** The simulated period [from, to) cut at every midnight of its zone. */
export class Timeline {
  readonly firstDate: CalendarDate;
  readonly days: number;
  /** Start of each day, the first one at `from`, and as one more entry `to`. A day may last 23 or 25 hours (semantics T4). */
  readonly starts: Float64Array;
  #clockHours: ClockHours | null = null;

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

  /** The hours of the clock over the period; the first and the last may be cut by it. */
  get clockHours(): ClockHours {
    return (this.#clockHours ??= this.#cutAtHours());
  }

  #cutAtHours(): ClockHours {
    const [starts, days, hours]: [number[], number[], number[]] = [[], [], []];
    let day = 0;
    for (const { from, to, offset } of clockStretches(this.from, this.to, this.zone)) {
      for (let at = from; at < to;) {
        while (day + 1 < this.days && this.starts[day + 1]! <= at) day += 1;
        const clock = at + offset;
        const hour = Math.floor((((clock % DAY) + DAY) % DAY) / HOUR);
        if (days.at(-1) !== day || hours.at(-1) !== hour) {
          starts.push(at);
          days.push(day);
          hours.push(hour);
        }
        at = Math.min(to, this.starts[day + 1]!, (Math.floor(clock / HOUR) + 1) * HOUR - offset);
      }
    }
    starts.push(this.to);
    return { starts: Float64Array.from(starts), days: Uint32Array.from(days), hours: Uint8Array.from(hours) };
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
