import { message, type Message, type PlainKey } from './message';

const MONTHS = [
  'comparison.january',
  'comparison.february',
  'comparison.march',
  'comparison.april',
  'comparison.may',
  'comparison.june',
  'comparison.july',
  'comparison.august',
  'comparison.september',
  'comparison.october',
  'comparison.november',
  'comparison.december',
] as const satisfies readonly PlainKey[];

/** A day of the calendar; month from 1. */
interface Day {
  readonly day: number;
  readonly month: number;
  readonly year: number | string;
}

const monthOf = (month: number): Message => message(MONTHS[month - 1] ?? MONTHS[0]);

/** `15 Apr 2026` */
export function dayInWords({ day, month, year }: Day): Message {
  return message('comparison.day', { day: String(day), month: monthOf(month), year: String(year) });
}

/** `15–19 Apr 2026`, `28 Apr – 2 May 2026` */
export function daysInWords(first: Day, last: Day): Message {
  const end = dayInWords(last);
  if (first.year !== last.year) return message('comparison.days', { first: dayInWords(first), last: end });
  const day = String(first.day);
  if (first.month !== last.month)
    return message('comparison.daysOfYear', { day, month: monthOf(first.month), last: end });
  return first.day === last.day ? end : message('comparison.daysOfMonth', { day, last: end });
}
