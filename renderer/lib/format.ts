import { Temporal } from 'temporal-polyfill';
import { dateAt, partsOfDate, type Zone } from '../../shared/domain/calendar';
import { toMilliseconds, type Instant } from '../../shared/domain/instant';
import { locale } from './locale.svelte';
import { say, words } from './say.svelte';

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();

function kept<F>(formats: Map<string, F>, options: object, make: () => F): F {
  const key = `${locale.tag} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = make();
  formats.set(key, made);
  return made;
}

/** How numbers are written by the chosen locale. */
export function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(numberFormats, options, () => new Intl.NumberFormat(locale.tag, options));
}

/** How dates and times are written by the chosen locale. */
export function dateTimeFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(dateFormats, options, () => new Intl.DateTimeFormat(locale.tag, options));
}

function dateFormat(zone: Zone, shape: 'instant' | 'seconds' | 'date' | 'month' | 'time'): Intl.DateTimeFormat {
  return dateTimeFormat({
    timeZone: zone,
    ...(shape === 'time' ? {} : { year: 'numeric', month: 'short' }),
    ...(shape === 'month' || shape === 'time' ? {} : { day: 'numeric' }),
    ...(shape === 'instant' || shape === 'seconds' || shape === 'time'
      ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
      : {}),
    ...(shape === 'seconds' ? { second: '2-digit' } : {}),
  });
}

/** Thousands separated as the user's locale does it. */
export function formatNumber(value: number): string {
  return numberFormat({}).format(value);
}

/** A share from 0 to 1 as a percentage. */
export function formatShare(share: number): string {
  return numberFormat({ style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** A label as it stands inside a sentence: English begins it small, German keeps its nouns as they are. */
export function inSentence(label: string): string {
  return words.speaker.language === 'en' ? label.toLowerCase() : label;
}

/** Sizes of files, in steps of 1,000. */
export function formatBytes(bytes: number): string {
  const units = ['', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  if (unit === 0) return say('phrases.bytes', { count: value });
  return `${formatNumber(Number(value.toPrecision(3)))} ${units[unit] ?? ''}`;
}

/** `less than a second`, `42 seconds`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return say('phrases.lessThanASecond');
  if (seconds < 60) return say('phrases.seconds', { count: Math.round(seconds) });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return say('phrases.minutesAndSeconds', { minutes, seconds: Math.floor(seconds - minutes * 60) });
  return say('phrases.hoursAndMinutes', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** Beyond these years JavaScript's dates end; such an instant is only ever a typing mistake. */
const representable = (instant: Instant): boolean => Math.abs(toMilliseconds(instant)) <= 8.64e15;

/** Date and time in a zone; seconds are shown only where they are not zero. */
export function formatInstant(instant: Instant, zone: Zone): string {
  if (!representable(instant)) return say('phrases.beyondCalendar');
  const milliseconds = toMilliseconds(instant);
  return dateFormat(zone, milliseconds % 60_000 === 0 ? 'instant' : 'seconds').format(milliseconds);
}

/** The date alone, in a zone. */
export function formatDate(instant: Instant, zone: Zone): string {
  return representable(instant)
    ? dateFormat(zone, 'date').format(toMilliseconds(instant))
    : say('phrases.beyondCalendar');
}

/** `09:30`, in a zone. */
export function formatTimeOfDay(instant: Instant, zone: Zone): string {
  return representable(instant) ? dateFormat(zone, 'time').format(toMilliseconds(instant)) : '';
}

/** Month and year, in a zone. */
export function formatMonth(instant: Instant, zone: Zone): string {
  return representable(instant) ? dateFormat(zone, 'month').format(toMilliseconds(instant)) : '';
}

/** The UTC value that is shown on hover: `2027-01-31 09:00:00 UTC`. */
export function formatUtc(instant: Instant): string {
  if (!representable(instant)) return say('phrases.beyondCalendar');
  return `${new Date(toMilliseconds(instant)).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** How a date is typed into a field: `2027-01-31 09:00`, with seconds and the offset only where they are needed. */
export function formatTyped(instant: Instant, zone: Zone): string {
  if (!representable(instant)) return '';
  const { year, month, day } = partsOfDate(dateAt(instant, zone));
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(toMilliseconds(instant));
  const pad = (value: number, width: number): string => String(value).padStart(width, '0');
  const shown = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)} ${time.endsWith(':00') ? time.slice(0, -3) : time}`;
  const moment = Temporal.Instant.fromEpochMilliseconds(toMilliseconds(instant)).toZonedDateTimeISO(zone);
  // A time that a clock change repeats is told apart by its offset, so that it reads back as itself.
  return moment.toPlainDateTime().toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds ===
    moment.toPlainDateTime().toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds
    ? shown
    : `${shown} ${moment.offset}`;
}

/** The time of day of an instant in a zone, as exactly as it is held: `09:30:00`, `23:59:59.25`. */
export function timeOfDay(instant: Instant, zone: Zone): string {
  const moment = Temporal.Instant.fromEpochMilliseconds(toMilliseconds(instant)).toZonedDateTimeISO(zone);
  const microseconds = instant - toMilliseconds(instant) * 1000;
  return moment.toPlainTime().add({ microseconds }).toString();
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365.25 * 86_400],
  ['month', 30.44 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `in 3 months`, `2 days ago`, `now`: by the chosen locale, as the dates beside it. */
export function formatRelative(instant: Instant, now: Instant): string {
  const options: Intl.RelativeTimeFormatOptions = { numeric: 'auto' };
  const relative = kept(relativeFormats, options, () => new Intl.RelativeTimeFormat(locale.tag, options));
  const seconds = (instant - now) / 1e6;
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length * (unit === 'minute' ? 1 : 1.5))
      return relative.format(Math.round(seconds / length), unit);
  }
  return relative.format(0, 'second');
}
