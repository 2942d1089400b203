import type { CalendarDate } from '../domain/calendar';

/** An entry of a scenario's calendar: days on which customers come more or less often than they do otherwise. */
export interface CalendarEntry {
  /** First and last day, both included, in the scenario's zone. */
  from: CalendarDate;
  to: CalendarDate;
  /** 0: nobody comes; 1: as on any day; 2: twice as often. */
  factor: number;
  name: string;
}

/** By what the calendar multiplies the rate of each of so many days from a date on. Entries that share a day multiply each other. */
export function dayFactors(calendar: readonly CalendarEntry[], first: CalendarDate, days: number): Float64Array {
  const factors = new Float64Array(days).fill(1);
  for (const { from, to, factor } of calendar) {
    const end = Math.min(to - first, days - 1);
    for (let day = Math.max(0, from - first); day <= end; day += 1) factors[day] = factors[day]! * factor;
  }
  return factors;
}

/** The first entry before `index` that shares a day with that one; null: none does. */
export function overlapped(calendar: readonly CalendarEntry[], index: number): number | null {
  const entry = calendar[index]!;
  const found = calendar.findIndex((other, at) => at < index && other.from <= entry.to && entry.from <= other.to);
  return found < 0 ? null : found;
}
