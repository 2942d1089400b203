import { Temporal } from 'temporal-polyfill';
import type { Zone } from '../../shared/domain/calendar';
import { toMilliseconds, type Instant } from '../../shared/domain/instant';
import { LANGUAGES } from '../../shared/words/message';
import { say, words } from './say.svelte';

/** Which number of a date such as 03/04/2027 comes first. */
export type DateOrder = 'day-month' | 'month-day' | 'year-month-day';

/** The order in which a locale writes day, month and year. */
export function dateOrder(locale: string): DateOrder {
  const parts = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    calendar: 'gregory',
  })
    .formatToParts(0)
    .map(({ type }) => type);
  if (parts.indexOf('year') < parts.indexOf('month')) return 'year-month-day';
  return parts.indexOf('month') < parts.indexOf('day') ? 'month-day' : 'day-month';
}

/** Whether a locale itself writes dates with dots, as 3.4.2027. */
export function writesDots(locale: string): boolean {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'short', calendar: 'gregory' }).format(0).includes('.');
}

const fold = (text: string): string => text.toLowerCase().replace(/\.$/, '');

const namesByLocale = new Map<string, { months: ReadonlyMap<string, number>; days: ReadonlyMap<string, number> }>();

/** Names of months and weekdays in a locale and in the languages of the window, long and short, without a final dot. */
function names(locale: string): { months: ReadonlyMap<string, number>; days: ReadonlyMap<string, number> } {
  let known = namesByLocale.get(locale);
  if (known !== undefined) return known;
  const months = new Map<string, number>([['sept', 9]]);
  const days = new Map<string, number>();
  for (const language of [...LANGUAGES, locale]) {
    for (const width of ['long', 'short'] as const) {
      for (const withDay of [true, false]) {
        const monthFormat = new Intl.DateTimeFormat(language, {
          month: width,
          timeZone: 'UTC',
          calendar: 'gregory',
          ...(withDay ? { day: 'numeric' } : {}),
        });
        for (let month = 1; month <= 12; month += 1) {
          const name = monthFormat.formatToParts(Date.UTC(2026, month - 1, 1)).find(({ type }) => type === 'month');
          if (name !== undefined && /\p{L}/u.test(name.value)) months.set(fold(name.value), month);
        }
      }
      const dayFormat = new Intl.DateTimeFormat(language, { weekday: width, timeZone: 'UTC' });
      // 5 January 2026 is a Monday.
      for (let day = 1; day <= 7; day += 1) days.set(fold(dayFormat.format(Date.UTC(2026, 0, 4 + day))), day);
    }
  }
  known = { months, days };
  namesByLocale.set(locale, known);
  return known;
}

/** The month a word names, 1 to 12, in the locale or in a language of the window. */
export function monthNamed(word: string, locale: string): number | undefined {
  return names(locale).months.get(fold(word));
}

/** The weekday a word names, 1 (Monday) to 7, in the locale or in a language of the window. */
export function weekdayNamed(word: string, locale: string): number | undefined {
  return names(locale).days.get(fold(word));
}

const nameIn = (options: Intl.DateTimeFormatOptions, day: number): string =>
  new Intl.DateTimeFormat(words.speaker.language, { ...options, timeZone: 'UTC', calendar: 'gregory' }).format(day);

/** `March`, in the language of the window. */
export const monthWord = (month: number): string => nameIn({ month: 'long' }, Date.UTC(2026, month - 1, 1));
/** `Monday`, in the language of the window. 5 January 2026 is one. */
export const weekdayWord = (day: number): string => nameIn({ weekday: 'long' }, Date.UTC(2026, 0, 4 + day));

/** A date in words without its weekday: `4 March 2027`. */
export function dayInWords(date: Temporal.PlainDate | Temporal.ZonedDateTime): string {
  return say('phrases.dayMonthYear', { day: String(date.day), month: monthWord(date.month), year: String(date.year) });
}

/** A date in words that no order of numbers can confuse: `Thursday 4 March 2027`. */
export function dateInWords(date: Temporal.PlainDate | Temporal.ZonedDateTime): string {
  return say('phrases.weekdayAndDay', { weekday: weekdayWord(date.dayOfWeek), day: dayInWords(date) });
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** Date and time in words, with seconds only where they are not zero: `Thursday 4 March 2027 09:30`. */
export function momentInWords(moment: Temporal.ZonedDateTime): string {
  const seconds = moment.second === 0 ? '' : `:${pad(moment.second)}`;
  return say('phrases.dayAndTime', {
    day: dateInWords(moment),
    time: `${pad(moment.hour)}:${pad(moment.minute)}${seconds}`,
  });
}

/** An instant in a zone, in words: `Thursday 4 March 2027 09:30`. */
export function instantInWords(instant: Instant, zone: Zone): string {
  const milliseconds = toMilliseconds(instant);
  if (Math.abs(milliseconds) > 8.64e15) return say('phrases.beyondCalendar');
  return momentInWords(Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(zone));
}
