import { Temporal } from 'temporal-polyfill';
import type { Zone } from '../../shared/domain/calendar';
import {
  dateInWords,
  dayInWords,
  dateOrder,
  monthNamed,
  weekdayNamed,
  weekdayWord,
  writesDots,
  type DateOrder,
} from './date-words';
import { say } from './say.svelte';
import {
  dayEdge,
  existingDate,
  localMoment,
  type MomentChoice,
  type MomentReading,
  type TimeNumbers,
} from './local-moment';

/** What a typed date is read against. `edge`: which end of the day a date without a time means. */
export interface TypedDateContext {
  zone: Zone;
  /** Now, in the zone. */
  now: Temporal.ZonedDateTime;
  edge: 'start' | 'end';
  locale: string;
}

const refused = (reason: string, choices: readonly MomentChoice[] = []): MomentReading => ({ reason, choices });

/** A time behind a date; `offset`: it says its own distance from UTC. `none`: nothing stands there. */
type Tail = { time: TimeNumbers; offset: string | null; fault: string | null } | 'none' | undefined;

const TAIL =
  /^(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,6}))?)?)?\s*(?:([ap])\.?m\.?)?\s*(uhr|o['’]clock|h)?\s*(z|utc|gmt|(?:utc|gmt)?[+\u2212-]\d{1,2}(?::?\d{2})?)?$/iu;

function readTail(rest: string): Tail {
  const text = rest.replace(/^[\s,]*(?:t(?=\d)|at\b|um\b|à|alle\b|kl\.?(?=\s)|@)?[\s,]*/iu, '');
  if (text === '') return 'none';
  const match = TAIL.exec(text);
  if (match === null) return undefined;
  const [, hourText = '', minute, second = '0', fraction = '', half, clock, zone] = match;
  if (minute === undefined && half === undefined && clock === undefined) return undefined;
  let hour = Number(hourText);
  let fault: string | null = null;
  if (half !== undefined) {
    if (hour < 1 || hour > 12) fault = say('phrases.noSuchHalfDayHour', { hour: `${hour} ${half.toLowerCase()}m` });
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  const microsecond = Number(fraction.padEnd(6, '0').slice(0, 6) || '0');
  return {
    time: { hour, minute: Number(minute ?? '0'), second: Number(second), microsecond },
    offset: zone === undefined ? null : offsetOf(zone),
    fault,
  };
}

function offsetOf(text: string): string {
  const [, sign, hours = '0', minutes = '00'] = /([+\u2212-])(\d{1,2}):?(\d{2})?$/.exec(text) ?? [];
  if (sign === undefined) return '+00:00';
  return `${sign === '+' ? '+' : '-'}${hours.padStart(2, '0')}:${minutes}`;
}

/** Date and what stands behind it as one moment. */
function withTail(date: Temporal.PlainDate, tail: Exclude<Tail, undefined>, context: TypedDateContext): MomentReading {
  const { zone, edge } = context;
  if (tail === 'none') return dayEdge(date, zone, edge);
  if (tail.fault !== null) return refused(tail.fault);
  if (tail.offset === null) return localMoment(date, tail.time, zone);
  const there = localMoment(date, tail.time, tail.offset);
  return there.moment === undefined ? there : { moment: there.moment.withTimeZone(zone) };
}

/** Years that are written with two digits: this century, and asked where that would be more than 50 years ahead. */
function years(text: string, now: Temporal.ZonedDateTime): number[] {
  if (text.length !== 2) return [Number(text)];
  const year = 2000 + Number(text);
  return year > now.year + 50 ? [year - 100, year] : [year];
}

/** Without a year the next such day is meant. */
function comingYear(month: number, day: number, now: Temporal.ZonedDateTime): number {
  const today = now.toPlainDate();
  for (let year = now.year; year < now.year + 9; year += 1) {
    const date = existingDate({ year, month, day });
    if (typeof date !== 'string' && Temporal.PlainDate.compare(date, today) >= 0) return year;
  }
  return now.year;
}

interface Candidate {
  order: DateOrder;
  date: Temporal.PlainDate | string;
}

/** One of several dates: the preferred, the only one that exists, or a question. */
function choose(
  candidates: readonly Candidate[],
  preferred: DateOrder | null,
  typed: string,
  tail: Exclude<Tail, undefined>,
  context: TypedDateContext,
): MomentReading {
  const dates: Temporal.PlainDate[] = [];
  for (const { date } of candidates)
    if (typeof date !== 'string' && !dates.some((known) => known.equals(date))) dates.push(date);
  const wanted = candidates.filter(({ order }) => order === preferred);
  const existing = wanted.flatMap(({ date }) => (typeof date === 'string' ? [] : [date]));
  const only = preferred === null || existing.length > 1 ? (dates.length === 1 ? dates[0] : undefined) : existing[0];
  if (only !== undefined) return withTail(only, tail, context);
  const choices = (existing.length > 1 ? existing : dates).flatMap((date) => {
    const read = withTail(date, tail, context);
    return read.moment === undefined ? [] : [{ label: dateInWords(date), moment: read.moment }];
  });
  const missing = wanted.find(({ date }) => typeof date === 'string')?.date ?? candidates[0]?.date;
  if (dates.length > 1 && (preferred === null || existing.length > 1))
    return refused(say(dates.length === 2 ? 'phrases.twoDays' : 'phrases.severalDays', { typed }), choices);
  return refused(typeof missing === 'string' ? missing : say('phrases.noSuchDay'), choices);
}

const NUMERIC = /^(\d{1,4})\s*([./-])\s*(\d{1,2})(?:\s*\2\s*(\d{4}|\d{2})(?!\d))?(\.?)(?=$|[\sT,])(.*)$/isu;

function readNumeric(text: string, context: TypedDateContext): MomentReading | undefined {
  const match = NUMERIC.exec(text);
  if (match === null) {
    const isoLike = /^(\d{4})([./-])\s*(\d{1,2})\s*\2\s*(\d{1,2})(?!\d)\.?(.*)$/isu.exec(text);
    return isoLike === null
      ? undefined
      : fromParts(isoLike[1] ?? '', isoLike[3] ?? '', isoLike[4] ?? '', isoLike[5] ?? '', context);
  }
  const [, first = '', sign, second = '', third, dot, rest = ''] = match;
  if (first.length === 3) return undefined;
  if (first.length === 4) return third === undefined ? undefined : fromParts(first, second, third, rest, context);
  const tail = readTail(rest);
  if (tail === undefined) return undefined;
  const { now, locale } = context;
  if (third === undefined && sign !== '/' && !(sign === '.' && dot === '.')) return undefined;

  const order = dateOrder(locale);
  const candidates: Candidate[] = [];
  const add = (kind: DateOrder, year: string | undefined, month: string, day: string): void => {
    const numbers = { month: Number(month), day: Number(day) };
    const all = year === undefined ? [comingYear(numbers.month, numbers.day, now)] : years(year, now);
    for (const one of all) candidates.push({ order: kind, date: existingDate({ year: one, ...numbers }) });
  };
  add('day-month', third, second, first);
  add('month-day', third, first, second);
  if (third?.length === 2 && first.length === 2 && order === 'year-month-day')
    add('year-month-day', first, second, third);
  // Dots part day, month and year where they are usual; elsewhere nobody can know.
  const preferred =
    sign === '.' && !writesDots(locale)
      ? order === 'day-month'
        ? order
        : null
      : order === 'year-month-day'
        ? null
        : order;
  return choose(candidates, preferred, text, tail, context);
}

function fromParts(
  year: string,
  month: string,
  day: string,
  rest: string,
  context: TypedDateContext,
): MomentReading | undefined {
  const tail = readTail(rest);
  if (tail === undefined) return undefined;
  const date = existingDate({ year: Number(year), month: Number(month), day: Number(day) });
  return typeof date === 'string' ? refused(date) : withTail(date, tail, context);
}

const DAY_FIRST =
  /^(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s./-]*(?:of\s+|de\s+|d['’])?(\p{L}[\p{L}\p{M}]*\.?),?(?:[\s./-]*(?:de\s+|of\s+)?['’]?(\d{4}|\d{2})(?!\d|[:.h]\d|\s*[ap]\.?m|\s*uhr|h))?(?=$|[\s,T])(.*)$/isu;
const MONTH_FIRST =
  /^(\p{L}[\p{L}\p{M}]*\.?)[\s-]+(\d{1,2})(?:st|nd|rd|th)?(?!\d|[:.h]\d|\s*[ap]\.?m)(?:,?[\s-]+(\d{4})(?!\d))?(?=$|[\s,T])(.*)$/isu;
const MONTH_ALONE = /^(\p{L}[\p{L}\p{M}]*\.?)(?:[\s,./-]*(?:de\s+|of\s+)?(\d{4}))?$/iu;

function readNamed(text: string, context: TypedDateContext): MomentReading | undefined {
  const { now, locale } = context;
  const dayFirst = DAY_FIRST.exec(text);
  const monthFirst = dayFirst === null ? MONTH_FIRST.exec(text) : null;
  const [day, word, year, rest] =
    dayFirst !== null
      ? [dayFirst[1], dayFirst[2], dayFirst[3], dayFirst[4]]
      : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3], monthFirst?.[4]];
  if (day === undefined || word === undefined) return readMonth(text, context);
  const month = monthNamed(word, locale);
  const tail = readTail(rest ?? '');
  if (month === undefined || tail === undefined) return undefined;
  const all = year === undefined ? [comingYear(month, Number(day), now)] : years(year, now);
  const candidates = all.map((one): Candidate => ({
    order: 'day-month',
    date: existingDate({ year: one, month, day: Number(day) }),
  }));
  return choose(candidates, 'day-month', text, tail, context);
}

/** A month alone means its first or its last day. */
function readMonth(text: string, context: TypedDateContext): MomentReading | undefined {
  const { now, locale, zone, edge } = context;
  const match = MONTH_ALONE.exec(text);
  const month = match?.[1] === undefined ? undefined : monthNamed(match[1], locale);
  if (match === null || month === undefined) return undefined;
  const year =
    match[2] === undefined
      ? comingYear(month, new Temporal.PlainYearMonth(now.year, month).daysInMonth, now)
      : Number(match[2]);
  const whole = new Temporal.PlainYearMonth(year, month);
  return dayEdge(whole.toPlainDate({ day: edge === 'start' ? 1 : whole.daysInMonth }), zone, edge);
}

const WEEKDAY = /^(\p{L}[\p{L}\p{M}]*\.?),?\s+(?=.*\d)(.+)$/isu;

/**
 * Reads a date that is written out: in numbers, in the order of the locale, or with the month as a word, with or
 * without a time. Undefined: it is not written like that. A date or time that does not exist is said; what can mean two
 * is asked.
 */
export function readWrittenDate(input: string, context: TypedDateContext): MomentReading | undefined {
  const text = input.replace(/^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日/u, '$1-$2-$3');
  const led = WEEKDAY.exec(text);
  const weekday = led?.[1] === undefined ? undefined : weekdayNamed(led[1], context.locale);
  const rest = weekday === undefined ? text : (led?.[2] ?? text);
  const reading = readNumeric(rest, context) ?? readNamed(rest, context);
  if (weekday === undefined || reading?.moment === undefined || reading.moment.dayOfWeek === weekday) return reading;
  const { moment } = reading;
  return refused(
    say('phrases.otherWeekday', {
      date: dayInWords(moment),
      weekday: weekdayWord(moment.dayOfWeek),
      typed: weekdayWord(weekday),
    }),
    [{ label: dateInWords(moment), moment }],
  );
}
