import * as chrono from 'chrono-node';
import { Temporal } from 'temporal-polyfill';
import type { Zone } from '../../shared/domain/calendar';
import { readInstant, toMilliseconds, type Instant } from '../../shared/domain/instant';

export type DateReading = { ok: true; instant: Instant } | { ok: false; reason: string };

/** What a typed date is read against. `edge`: which end of the day a date without a time means. */
export interface DateContext {
  zone: Zone;
  now: Instant;
  edge: 'start' | 'end';
}

type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const NUMBER_WORDS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
};

const HELP = 'Try 2027-03-01 09:00, 1 March 2027, in 3 months, or end of next quarter.';

const toInstant = (moment: Temporal.ZonedDateTime): Instant => Math.round(moment.epochMilliseconds * 1000);

function add(moment: Temporal.ZonedDateTime, count: number, unit: Unit): Temporal.ZonedDateTime {
  if (unit === 'quarter') return moment.add({ months: count * 3 });
  return moment.add({ [`${unit}s`]: count });
}

function startOf(moment: Temporal.ZonedDateTime, unit: Unit): Temporal.ZonedDateTime {
  if (unit === 'minute' || unit === 'hour') return moment.round({ smallestUnit: unit, roundingMode: 'floor' });
  const midnight = moment.startOfDay();
  switch (unit) {
    case 'day':
      return midnight;
    case 'week':
      return midnight.subtract({ days: midnight.dayOfWeek - 1 });
    case 'month':
      return midnight.with({ day: 1 });
    case 'quarter':
      return midnight.with({ day: 1, month: midnight.month - ((midnight.month - 1) % 3) });
    case 'year':
      return midnight.with({ day: 1, month: 1 });
  }
}

/** The last second of a unit: a person who types "end of March" means a moment still in March. */
const endOf = (moment: Temporal.ZonedDateTime, unit: Unit): Temporal.ZonedDateTime =>
  add(startOf(moment, unit), 1, unit).subtract({ seconds: 1 });

const atEdge = (date: Temporal.ZonedDateTime, edge: DateContext['edge']): Temporal.ZonedDateTime =>
  edge === 'start' ? date.startOfDay() : endOf(date, 'day');

const UNIT = '(minute|hour|day|week|month|quarter|year)s?';

function readPhrase(
  text: string,
  now: Temporal.ZonedDateTime,
  edge: DateContext['edge'],
): Temporal.ZonedDateTime | undefined {
  if (text === 'now') return now;
  if (text === 'today') return atEdge(now, edge);
  if (text === 'tomorrow') return atEdge(now.add({ days: 1 }), edge);
  if (text === 'yesterday') return atEdge(now.subtract({ days: 1 }), edge);

  const bound = new RegExp(`^(?:the )?(start|beginning|end) of (?:the )?(this|next|last|current)? ?${UNIT}$`).exec(
    text,
  );
  if (bound) {
    const unit = bound[3] as Unit;
    const shifted = add(now, bound[2] === 'next' ? 1 : bound[2] === 'last' ? -1 : 0, unit);
    return bound[1] === 'end' ? endOf(shifted, unit) : startOf(shifted, unit);
  }

  const quarter = /^(?:(start|beginning|end) of )?q([1-4])(?: (\d{4}))?$/.exec(text);
  if (quarter) {
    const first = startOf(now, 'year').with({
      year: Number(quarter[3] ?? now.year),
      month: (Number(quarter[2]) - 1) * 3 + 1,
    });
    const end = quarter[1] === undefined ? edge === 'end' : quarter[1] === 'end';
    return end ? endOf(first, 'quarter') : first;
  }

  const later =
    new RegExp(`^(?:in |\\+ ?)(\\d+|[a-z]+) ?${UNIT}$`).exec(text) ??
    new RegExp(`^(\\d+|[a-z]+) ${UNIT} (?:from now|later|ahead)$`).exec(text);
  const earlier = new RegExp(`^(\\d+|[a-z]+) ${UNIT} ago$`).exec(text);
  const span = later ?? earlier;
  if (span) {
    const count = /^\d+$/.test(span[1] ?? '') ? Number(span[1]) : NUMBER_WORDS[span[1] ?? ''];
    if (count === undefined || count > 100_000) return undefined;
    return add(now, later ? count : -count, span[2] as Unit);
  }
  return undefined;
}

function readLocal(text: string, zone: Zone, edge: DateContext['edge']): Temporal.ZonedDateTime | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:[ T]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,6}))?)?)?$/.exec(text);
  if (!match) return undefined;
  const [, date = '', hour, minute, second = '00', fraction = '0'] = match;
  const midnight = Temporal.PlainDate.from(date, { overflow: 'reject' }).toZonedDateTime(zone);
  if (hour === undefined) return atEdge(midnight, edge);
  return Temporal.PlainDateTime.from(
    `${date}T${hour.padStart(2, '0')}:${minute ?? '00'}:${second}.${fraction.padEnd(6, '0')}`,
  ).toZonedDateTime(zone);
}

function readWithChrono(text: string, { zone, now, edge }: DateContext): Temporal.ZonedDateTime | undefined {
  const here = Temporal.Instant.fromEpochMilliseconds(toMilliseconds(now)).toZonedDateTimeISO(zone);
  const found = chrono.parse(
    text,
    { instant: new Date(here.epochMilliseconds), timezone: here.offsetNanoseconds / 60e9 },
    { forwardDate: true },
  );
  const best = found[0];
  // Only a text that is nothing but a date: "badge 3" must not become the 3rd.
  if (best === undefined || found.length > 1 || best.text.trim().length < text.trim().length) return undefined;
  const part = (name: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'): number => best.start.get(name) ?? 0;
  if (best.start.isCertain('timezoneOffset')) {
    return Temporal.Instant.fromEpochMilliseconds(best.start.date().getTime()).toZonedDateTimeISO(zone);
  }
  const date = new Temporal.PlainDate(part('year'), part('month'), part('day'));
  if (!best.start.isCertain('hour')) return atEdge(date.toZonedDateTime(zone), edge);
  return date
    .toPlainDateTime({ hour: part('hour'), minute: part('minute'), second: part('second') })
    .toZonedDateTime(zone);
}

/**
 * Reads a date as a person types it, in the org's zone: ISO-8601 with or without zone, seconds since 1970, plain dates
 * and times, and relative words ("in 3 months", "end of next quarter"). A date without a time means the given edge of
 * that day: 00:00:00 or 23:59:59.
 */
export function readDateText(input: string, context: DateContext): DateReading {
  const text = input.trim();
  if (text === '') return { ok: false, reason: 'Enter a date.' };
  if (/^-?\d{8,}(\.\d+)?$/.test(text)) {
    const reading = readInstant(Number(text));
    return reading.ok
      ? { ok: true, instant: reading.instant }
      : { ok: false, reason: `This date ${reading.reason}. ${HELP}` };
  }
  const exact = readInstant(text);
  if (exact.ok) return { ok: true, instant: exact.instant };
  const words = text.toLowerCase().replaceAll(/\s+/g, ' ');
  try {
    const now = Temporal.Instant.fromEpochMilliseconds(toMilliseconds(context.now)).toZonedDateTimeISO(context.zone);
    const moment =
      readLocal(text, context.zone, context.edge) ??
      readPhrase(words, now, context.edge) ??
      readWithChrono(text, context);
    if (moment !== undefined) {
      const fraction = words === 'now' ? context.now - toMilliseconds(context.now) * 1000 : moment.microsecond;
      return { ok: true, instant: toInstant(moment) + fraction };
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return {
    ok: false,
    reason: `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}” is not a date Laurel can read. ${HELP}`,
  };
}
