import { readInstant, type Instant, type InstantReading } from '../../../shared/domain/instant';

const ZERO = 48;
const DAY = 86_400_000_000;
const POWERS_OF_TEN = Array.from({ length: 16 }, (_, power) => 10 ** power);

/** Two decimal digits at a position, or NaN. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

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

/** Midnights by year, month and day; NaN where the calendar has no such day. */
const midnights = new Float64Array((LAST_YEAR - FIRST_YEAR + 1) * MONTHS * DAYS).fill(NaN);
for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1)
  for (let month = 1; month <= 12; month += 1)
    for (let day = 1; day <= daysInMonth(year, month); day += 1)
      midnights[((year - FIRST_YEAR) * MONTHS + month) * DAYS + day] = daysFromCivil(year, month, day) * DAY;

/** Midnight UTC of a date from 1970 to 2099; NaN for any other, and where the calendar has no such day. */
export function instantOfDay(year: number, month: number, day: number): Instant {
  if (year < FIRST_YEAR || year > LAST_YEAR || month >= MONTHS || day >= DAYS) return NaN;
  return midnights[((year - FIRST_YEAR) * MONTHS + month) * DAYS + day]!;
}

/** A fraction of a second as microseconds, further digits cut off; its end through `fractionEnd`. */
let fractionEnd = 0;
function microseconds(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  let micros = 0;
  let place = 100_000;
  for (; at < end; at += 1) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) break;
    micros += digit * place;
    place = Math.floor(place / 10);
  }
  fractionEnd = at;
  return micros;
}

/** `2026-03-01T09:30:00.25Z` and its like; NaN for any other form, which may still be an instant. */
function isoAt(bytes: Uint8Array, start: number, end: number): Instant {
  if (
    end - start < 20 ||
    bytes[start + 4] !== 45 ||
    bytes[start + 7] !== 45 ||
    bytes[start + 13] !== 58 ||
    bytes[start + 16] !== 58
  )
    return NaN;
  const separator = bytes[start + 10];
  if (separator !== 84 && separator !== 32) return NaN;
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  const hour = twoDigits(bytes, start + 11);
  const minute = twoDigits(bytes, start + 14);
  const second = twoDigits(bytes, start + 17);
  if (!(
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59
  ))
    return NaN;
  let at = start + 19;
  let micros = 0;
  if (bytes[at] === 46) {
    micros = microseconds(bytes, at + 1, end);
    if (fractionEnd === at + 1 || fractionEnd > at + 10) return NaN;
    at = fractionEnd;
  }
  let offset = 0;
  const sign = bytes[at];
  if (sign === 90) {
    if (at + 1 !== end) return NaN;
  } else if ((sign === 43 || sign === 45) && at + 6 === end && bytes[at + 3] === 58) {
    const hours = twoDigits(bytes, at + 1);
    const minutes = twoDigits(bytes, at + 4);
    if (!(hours <= 23 && minutes <= 59)) return NaN;
    offset = (hours * 60 + minutes) * (sign === 43 ? 1 : -1);
  } else {
    return NaN;
  }
  return daysFromCivil(year, month, day) * DAY + ((hour * 60 + minute - offset) * 60 + second) * 1_000_000 + micros;
}

/** `1772355600` or `1772355600.25`; NaN for any other form. */
function secondsAt(bytes: Uint8Array, start: number, end: number): Instant {
  let at = start;
  let seconds = 0;
  for (; at < end; at += 1) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) break;
    seconds = seconds * 10 + digit;
  }
  if (at === start || at - start > 12) return NaN;
  if (at === end) return seconds * 1_000_000;
  if (bytes[at] !== 46 || at + 1 === end) return NaN;
  const micros = microseconds(bytes, at + 1, end);
  return fractionEnd === end ? seconds * 1_000_000 + micros : NaN;
}

const textOf = (bytes: Uint8Array, start: number, end: number): string =>
  new TextDecoder().decode(bytes.subarray(start, end));

/**
 * The instant in a field: ISO-8601 with Z or an offset, or seconds since 1970 (scenario `events.at`, semantics T1). NaN
 * where there is none; `whyNoInstant` tells the reason.
 */
export function instantField(bytes: Uint8Array, start: number, end: number): Instant {
  const quick = bytes[start + 4] === 45 ? isoAt(bytes, start, end) : secondsAt(bytes, start, end);
  return quick === quick ? quick : unusualInstant(textOf(bytes, start, end));
}

function readUnusual(text: string): InstantReading {
  const isNumber = /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text);
  return readInstant(isNumber ? Number(text) : text);
}

function unusualInstant(text: string): Instant {
  const reading = readUnusual(text);
  return reading.ok ? reading.instant : NaN;
}

/** Why a field holds no instant. */
export function whyNoInstant(text: string): string {
  const reading = readUnusual(text);
  return text === '' || reading.ok ? 'has no date' : `the date ${JSON.stringify(text)} ${reading.reason}`;
}

/** Earlier and later than any event that seconds since 1970 are written for: 1976, and the year 5138. */
const EARLIEST_LIKELY = 2e8 * 1e6;
const EARLIEST_MILLISECONDS = 1e11 * 1e6;

/** Whether a number that was read as seconds was most likely meant as something else (semantics T1). */
export function isUnlikely(at: Instant): boolean {
  return at < EARLIEST_LIKELY || at >= EARLIEST_MILLISECONDS;
}

/** What a number that cannot well be seconds since 1970 looks like. @param text of the field */
export function whyUnlikely(text: string): string {
  const value = Number(text);
  const shown = JSON.stringify(text);
  const as = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\.\d+/, '');
  if (value >= 1e11) {
    return value < 1e14
      ? `the date ${shown} looks like milliseconds (${as(value)}), and seconds since 1970 are expected`
      : `the date ${shown} is too large for seconds since 1970`;
  }
  const day = /^(19|20|21)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (day !== null && Number(day[3]) >= 1 && Number(day[3]) <= 12 && Number(day[4]) >= 1 && Number(day[4]) <= 31)
    return `the date ${shown} looks like a day without time and zone: write ${text.slice(0, 4)}-${day[3]}-${day[4]}T00:00:00Z`;
  if (value >= FIRST_SERIAL && value < LAST_SERIAL)
    return `the date ${shown} looks like a spreadsheet’s count of days (${as(Math.round((value - SERIAL_OF_1970) * 86_400) * 1000)}), and is no instant`;
  return `the date ${shown} is a number that is no instant: seconds since 1970 are expected`;
}

/** A spreadsheet counts days; these are those from 1954 to 2119. */
const FIRST_SERIAL = 20_000;
const LAST_SERIAL = 80_000;
const SERIAL_OF_1970 = 25_569;

/** A customer id: a positive whole number (semantics S1). NaN where there is none. */
export function customerField(bytes: Uint8Array, start: number, end: number): number {
  let id = 0;
  for (let at = start; at < end; at += 1) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    id = id * 10 + digit;
  }
  return id > 0 && id <= Number.MAX_SAFE_INTEGER ? id : NaN;
}

/** Why a field holds no customer id. */
export function whyNoCustomer(text: string): string {
  if (text === '') return 'has no customer id';
  if (/^0+$/.test(text)) return 'the customer id is 0';
  return /^\d+$/.test(text)
    ? 'the customer id is too large'
    : `the customer id ${JSON.stringify(text)} is not a whole number`;
}

/** An amount: a decimal number; with a comma for its point where commas do not part the fields. NaN where there is none. */
export function amountField(bytes: Uint8Array, start: number, end: number, commaIsPoint: boolean): number {
  let at = start;
  const isNegative = bytes[at] === 45;
  if (isNegative) at += 1;
  let digits = 0;
  let decimals = -1;
  let value = 0;
  for (; at < end; at += 1) {
    const byte = bytes[at]!;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digits += 1;
      if (decimals >= 0) decimals += 1;
    } else if (decimals < 0 && (byte === 46 || (commaIsPoint && byte === 44))) {
      decimals = 0;
    } else {
      break;
    }
  }
  // Up to 15 digits the whole number is exact, and one division by a power of ten rounds as reading the text would.
  if (at === end && digits > 0 && digits <= 15) {
    const amount = decimals > 0 ? value / POWERS_OF_TEN[decimals]! : value;
    return isNegative ? -amount : amount;
  }
  return unusualAmount(textOf(bytes, start, end));
}

function unusualAmount(text: string): number {
  const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN;
  return Number.isFinite(number) ? number : NaN;
}

/** Why a field holds no amount. */
export function whyNoAmount(text: string): string {
  return text === '' ? 'has no amount' : `the amount ${JSON.stringify(text)} is not a number`;
}
