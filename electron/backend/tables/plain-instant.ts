import type { Instant } from '../../../shared/domain/instant';
import type { TextRow } from './text-rows';

const DAY = 86_400_000_000;

/** Days since 1970-01-01 of a date of the Gregorian calendar. */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}

const FIRST_YEAR = 1970;
const LAST_YEAR = 2099;
const MONTHS = 16;
const DAYS = 32;

/** Midnights by year, month and day; NaN where the calendar has no such day. Made when the first date is read. */
let midnights: Float64Array | null = null;

function makeMidnights(): Float64Array {
  const made = new Float64Array((LAST_YEAR - FIRST_YEAR + 1) * MONTHS * DAYS).fill(NaN);
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1)
    for (let month = 1; month <= 12; month += 1)
      for (let day = 1; day <= daysInMonth(year, month); day += 1)
        made[((year - FIRST_YEAR) * MONTHS + month) * DAYS + day] = daysFromCivil(year, month, day) * DAY;
  return made;
}

/** Midnight UTC of a date from 1970 to 2099; NaN for any other, and where the calendar has no such day. */
function instantOfDay(year: number, month: number, day: number): Instant {
  if (year < FIRST_YEAR || year > LAST_YEAR || month >= MONTHS || day >= DAYS) return NaN;
  midnights ??= makeMidnights();
  return midnights[((year - FIRST_YEAR) * MONTHS + month) * DAYS + day]!;
}

const ZERO = 48;

/** Bytes of an instant in the plainest form. */
export const PLAIN_INSTANT = 20;

/** The instant at a position if it is written as `2026-03-01T09:30:00Z`; NaN otherwise. */
export function plainInstant(bytes: Uint8Array, at: number): Instant {
  const separators =
    (bytes[at + 4]! ^ 45) |
    (bytes[at + 7]! ^ 45) |
    (bytes[at + 10]! ^ 84) |
    (bytes[at + 13]! ^ 58) |
    (bytes[at + 16]! ^ 58) |
    (bytes[at + 19]! ^ 90);
  if (separators !== 0) return NaN;
  const y1 = bytes[at]! - ZERO;
  const y2 = bytes[at + 1]! - ZERO;
  const y3 = bytes[at + 2]! - ZERO;
  const y4 = bytes[at + 3]! - ZERO;
  const m1 = bytes[at + 5]! - ZERO;
  const m2 = bytes[at + 6]! - ZERO;
  const d1 = bytes[at + 8]! - ZERO;
  const d2 = bytes[at + 9]! - ZERO;
  const h1 = bytes[at + 11]! - ZERO;
  const h2 = bytes[at + 12]! - ZERO;
  const n1 = bytes[at + 14]! - ZERO;
  const n2 = bytes[at + 15]! - ZERO;
  const s1 = bytes[at + 17]! - ZERO;
  const s2 = bytes[at + 18]! - ZERO;
  const hour = h1 * 10 + h2;
  // Negative where any of them is no digit, or too large for its place.
  const sign =
    y1 |
    y2 |
    y3 |
    y4 |
    m1 |
    m2 |
    d1 |
    d2 |
    h1 |
    h2 |
    n1 |
    n2 |
    s1 |
    s2 |
    ((9 - y1) | (9 - y2) | (9 - y3) | (9 - y4) | (9 - m1) | (9 - m2) | (9 - d1) | (9 - d2)) |
    ((9 - h2) | (23 - hour) | (5 - n1) | (9 - n2) | (5 - s1) | (9 - s2));
  if (sign < 0) return NaN;
  const seconds = (hour * 60 + n1 * 10 + n2) * 60 + s1 * 10 + s2;
  return instantOfDay(y1 * 1000 + y2 * 100 + y3 * 10 + y4, m1 * 10 + m2, d1 * 10 + d2) + seconds * 1_000_000;
}

/** The instant of a cell that is written so and holds nothing else; NaN otherwise. */
export function plainInstantOf({ bytes, starts, ends, cells }: TextRow, cell: number): Instant {
  if (cell >= cells || ends[cell]! - starts[cell]! !== PLAIN_INSTANT) return NaN;
  return plainInstant(bytes, starts[cell]!);
}
