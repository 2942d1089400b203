import * as chrono from 'chrono-node';
import { Temporal } from 'temporal-polyfill';
import type { Zone } from '../../shared/domain/calendar';
import { readInstant, toMilliseconds, type Instant } from '../../shared/domain/instant';
import { dateInWords } from './date-words';
import { englishOfGerman } from './german-dates';
import { dayEdge, localMoment, type MomentReading } from './local-moment';
import { withPlainDigits } from './number-text';
import { say } from './say.svelte';
import { readWrittenDate } from './typed-date';

/** A reading a person can choose where the text can mean several. */
export interface DateChoice {
  label: string;
  instant: Instant;
}

/** `note`: how a number of seconds or milliseconds was taken. `choices`: what may have been meant. */
export type DateReading =
  | { ok: true; instant: Instant; note?: string }
  | { ok: false; reason: string; choices: readonly DateChoice[] };

/** What a typed date is read against. `edge`: which end of the day a date without a time means. */
export interface DateContext {
  zone: Zone;
  now: Instant;
  edge: 'start' | 'end';
  /** Whose order of day and month counts, for example `en-GB`. */
  locale: string;
  /** What "in 5 weeks" is counted from where that lies ahead, and its name in a note: the start, for an end. */
  since?: { at: Instant; called: string } | null;
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
  eleven: 11,
  twelve: 12,
};

const toInstant = (moment: Temporal.ZonedDateTime): Instant => moment.epochMilliseconds * 1000 + moment.microsecond;

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

  const later = new RegExp(`^(\\d+|[a-z]+) ${UNIT} (?:from now|later|ahead)$`).exec(text);
  const earlier = new RegExp(`^(\\d+|[a-z]+) ${UNIT} ago$`).exec(text);
  return spanFrom(now, later, 1) ?? spanFrom(now, earlier, -1);
}

function spanFrom(
  moment: Temporal.ZonedDateTime,
  span: RegExpExecArray | null,
  direction: 1 | -1,
): Temporal.ZonedDateTime | undefined {
  if (span === null) return undefined;
  const count = /^\d+$/.test(span[1] ?? '') ? Number(span[1]) : NUMBER_WORDS[span[1] ?? ''];
  return count === undefined || count > 100_000 ? undefined : add(moment, direction * count, span[2] as Unit);
}

/** "in 5 weeks", "+3 days": from what the field is counted from, where that lies ahead, and else from now. */
function readSpan(text: string, { zone, now, since }: DateContext): DateReading | undefined {
  const base = since && since.at > now ? since : null;
  const from = Temporal.Instant.fromEpochMilliseconds(toMilliseconds(base?.at ?? now)).toZonedDateTimeISO(zone);
  const moment = spanFrom(from, new RegExp(`^(?:in |\\+ ?)(\\d+|[a-z]+) ?${UNIT}$`).exec(text), 1);
  if (moment === undefined) return undefined;
  const counted = base === null ? {} : { note: say('phrases.countedFrom', { from: base.called }) };
  return { ok: true, instant: toInstant(moment), ...counted };
}

function readWithChrono(text: string, { zone, now, edge }: DateContext): MomentReading | undefined {
  const here = Temporal.Instant.fromEpochMilliseconds(toMilliseconds(now)).toZonedDateTimeISO(zone);
  const found = chrono.parse(
    text,
    { instant: new Date(here.epochMilliseconds), timezone: here.offsetNanoseconds / 60e9 },
    { forwardDate: true },
  );
  const best = found[0];
  // Only a text that is nothing but a date: "badge 3" must not become the 3rd.
  if (best === undefined || found.length > 1 || best.end || best.text.trim().length < text.trim().length)
    return undefined;
  const part = (name: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'): number => best.start.get(name) ?? 0;
  if (best.start.isCertain('timezoneOffset')) {
    return {
      moment: Temporal.Instant.fromEpochMilliseconds(best.start.date().getTime()).toZonedDateTimeISO(zone),
    };
  }
  const date = new Temporal.PlainDate(part('year'), part('month'), part('day'));
  if (!best.start.isCertain('hour')) return dayEdge(date, zone, edge);
  return localMoment(
    date,
    { hour: part('hour'), minute: part('minute'), second: part('second'), microsecond: 0 },
    zone,
  );
}

const refused = (reason: string, choices: readonly DateChoice[] = []): DateReading => ({ ok: false, reason, choices });

const fromMoment = (reading: MomentReading): DateReading =>
  reading.moment === undefined
    ? refused(
        reading.reason,
        reading.choices.map(({ label, moment }) => ({ label, instant: toInstant(moment) })),
      )
    : { ok: true, instant: toInstant(reading.moment) };

function numberOfUnits(text: string, unit: 'seconds' | 'milliseconds'): DateReading {
  const reading = readInstant(Number(text) / (unit === 'seconds' ? 1 : 1000));
  return reading.ok
    ? {
        ok: true,
        instant: reading.instant,
        note: say(unit === 'seconds' ? 'phrases.readAsSeconds' : 'phrases.readAsMilliseconds'),
      }
    : fromMoment(unreadable(text));
}

/**
 * A text of digits alone: a date without signs (20270301, 202703010900), seconds (9 to 11 digits) or milliseconds (13)
 * since 1970. Anything else could mean too much.
 */
function readDigits(text: string, context: DateContext): DateReading | undefined {
  if (/^-\d{1,11}(\.\d+)?$/.test(text) || /^\d{9,11}(\.\d+)?$/.test(text)) return numberOfUnits(text, 'seconds');
  if (/^\d{13}$/.test(text)) return numberOfUnits(text, 'milliseconds');
  if (!/^\d+$/.test(text)) return undefined;
  const read = (written: string): DateReading => fromMoment(readWritten(written, context) ?? unreadable(text));
  const isYear = (year: string): boolean => /^(19|20|21)\d\d$/.test(year);
  const startsWithYear = isYear(text.slice(0, 4));
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8)];
  switch (text.length) {
    case 8:
      if (startsWithYear) return read(`${year}-${month}-${day}`);
      if (isYear(text.slice(4))) {
        const ends = [text.slice(0, 2), text.slice(2, 4)] as const;
        const choices = [
          ...new Set([`${text.slice(4)}-${ends[1]}-${ends[0]}`, `${text.slice(4)}-${ends[0]}-${ends[1]}`]),
        ];
        const readings = choices
          .map((written) => readWritten(written, context)?.moment)
          .filter((moment) => moment !== undefined);
        return refused(
          readings.length === 0
            ? say('phrases.noDayOfYear', { typed: text, year: text.slice(4) })
            : say('phrases.daysWithoutSigns', { typed: text }),
          readings.map((moment) => ({ label: dateInWords(moment), instant: toInstant(moment) })),
        );
      }
      break;
    case 12:
    case 14:
      if (startsWithYear) {
        const [hour, minute, second] = [text.slice(8, 10), text.slice(10, 12), text.slice(12, 14) || '00'];
        return read(`${year}-${month}-${day} ${hour}:${minute}:${second}`);
      }
      break;
    case 4:
      if (startsWithYear)
        return refused(say('phrases.isAYear', { year: text }), [
          ...[`${text}-01-01`, `${text}-12-31`].flatMap((written) => {
            const moment = readWritten(written, context)?.moment;
            return moment === undefined ? [] : [{ label: dateInWords(moment), instant: toInstant(moment) }];
          }),
        ]);
  }
  return fromMoment(unreadable(text));
}

const unreadable = (text: string): MomentReading => ({
  reason: say('phrases.unreadableDate', { typed: text.length > 40 ? `${text.slice(0, 40)}…` : text }),
  choices: [],
});

function readWritten(text: string, { zone, now, edge, locale }: DateContext): MomentReading | undefined {
  const here = Temporal.Instant.fromEpochMilliseconds(toMilliseconds(now)).toZonedDateTimeISO(zone);
  return readWrittenDate(text, { zone, now: here, edge, locale });
}

/**
 * Reads a date as a person types it, in the org's zone: ISO-8601 with or without zone, seconds or milliseconds since
 * 1970, dates in the order of the locale or with the month as a word, and relative words ("in 3 months", "end of next
 * quarter"), in English and German. A date without a time means the given edge of that day: 00:00:00 or 23:59:59. What does not exist, in the
 * calendar or in the zone, is refused; what can mean two moments is refused with both to choose from.
 */
export function readDateText(input: string, context: DateContext): DateReading {
  const typed = (withPlainDigits(input) ?? input).replaceAll(/[\s\u200e\u200f]+/gu, ' ').trim();
  if (typed === '') return refused(say('phrases.enterDate'));
  const text = englishOfGerman(typed.toLowerCase()) ?? typed;
  const words = text.toLowerCase();
  try {
    const digits = readDigits(text, context);
    if (digits !== undefined) return digits;
    const exact = text.includes(':60') ? { ok: false as const } : readInstant(text);
    if (exact.ok) return { ok: true, instant: exact.instant };
    const now = Temporal.Instant.fromEpochMilliseconds(toMilliseconds(context.now)).toZonedDateTimeISO(context.zone);
    if (words === 'now') return { ok: true, instant: context.now };
    const span = readSpan(words, context);
    if (span !== undefined) return span;
    const phrase = readPhrase(words, now, context.edge);
    if (phrase !== undefined) return { ok: true, instant: toInstant(phrase) };
    const written = readWritten(text, context);
    if (written !== undefined) return fromMoment(written);
    // Numbers between signs are the locale's to order; a reader of English would guess.
    const guessed = /\d\s*[./-]\s*\d/.test(text) ? undefined : readWithChrono(text, context);
    if (guessed !== undefined) return fromMoment(guessed);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return fromMoment(unreadable(text));
}
