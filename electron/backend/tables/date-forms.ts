/** How people's files write dates: what a cell can be, before anybody has decided what its column is. */
import { trimInvisible } from './customer-value';
import { type Message, message } from '../../../shared/words/message';

export type DateOrder = 'day-month' | 'month-day' | 'year-month';

/** A date and a time of day as they stand in a cell, whatever zone they belong to. */
export interface CivilTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
  /** Minutes east of UTC, where the cell says so. */
  offset: number | null;
  hasTime: boolean;
}

/** What a cell can be. */
export type DateCell =
  | { readonly form: 'empty' }
  | { readonly form: 'text' }
  /** Plain numbers: what they count is the column's business. */
  | { readonly form: 'number'; readonly value: number; readonly text: string }
  /** Year first, or the month in letters: one reading. */
  | { readonly form: 'civil'; readonly order: DateOrder | 'named'; readonly time: CivilTime }
  /** Two small numbers first: day or month. */
  | { readonly form: 'numbers'; readonly first: number; readonly second: number; readonly time: CivilTime }
  | { readonly form: 'impossible'; readonly why: Message };

const MONTH_NAMES: readonly (readonly string[])[] = [
  ['jan', 'januar', 'january', 'jaenner', 'jänner', 'janvier', 'enero', 'ene', 'gennaio', 'gen', 'janeiro', 'januari'],
  ['feb', 'februar', 'february', 'février', 'fevrier', 'févr', 'febrero', 'febbraio', 'fevereiro', 'fev', 'februari'],
  ['mar', 'mär', 'mrz', 'märz', 'maerz', 'march', 'mars', 'marzo', 'março', 'marco', 'maart', 'mrt'],
  ['apr', 'april', 'avril', 'avr', 'abril', 'abr', 'aprile'],
  ['may', 'mai', 'mayo', 'maggio', 'mag', 'maio', 'mei'],
  ['jun', 'juni', 'june', 'juin', 'junio', 'giugno', 'giu', 'junho'],
  ['jul', 'juli', 'july', 'juillet', 'juil', 'julio', 'luglio', 'lug', 'julho'],
  ['aug', 'august', 'août', 'aout', 'agosto', 'ago', 'augustus'],
  ['sep', 'sept', 'september', 'septembre', 'septiembre', 'settembre', 'set', 'setembro'],
  ['oct', 'okt', 'oktober', 'october', 'octobre', 'octubre', 'ottobre', 'ott', 'outubro', 'out'],
  ['nov', 'november', 'novembre', 'noviembre', 'novembro'],
  ['dec', 'dez', 'dezember', 'december', 'décembre', 'decembre', 'déc', 'diciembre', 'dic', 'dicembre', 'dezembro'],
];
const MONTH_OF = new Map(MONTH_NAMES.flatMap((names, index) => names.map((name) => [name, index + 1] as const)));

const TIME = String.raw`(?:(?:[T\s,;]+|\s*-\s+)(\d{1,2})(?::|h|(?<=T\d\d)(?=\d\d))(\d{2})(?:(?::|(?<=T\d{4})(?=\d\d))(\d{2})(?:[.,](\d{1,9})\d*)?)?\s*([ap])?\.?\s?m?\.?(?:\s*(?:uhr|h))?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/. ]?)(\d{1,2})\2(\d{1,2})${TIME}${ZONE}$`, 'i');
const NUMBERS = new RegExp(String.raw`^(\d{1,2})([-/. ])\s?(\d{1,2})\2\s?(\d{4}|\d{2})${TIME}${ZONE}$`, 'i');
const DAY_NAMED = new RegExp(
  String.raw`^(?:\p{L}{2,}\.?,?\s+)?(\d{1,2})(?:\.|st|nd|rd|th)?[-\s/]*(\p{L}{3,})\.?[-\s/,]*(\d{4}|\d{2})${TIME}${ZONE}$`,
  'iu',
);
const NAMED_DAY = new RegExp(
  String.raw`^(?:\p{L}{2,}\.?,?\s+)?(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${TIME}${ZONE}$`,
  'iu',
);
const NUMBER = /^[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?$/i;

function timeOf(
  parts: readonly (string | undefined)[],
): Omit<CivilTime, 'year' | 'month' | 'day'> | { impossible: Message } {
  const [hourText, minuteText, secondText, fraction, half, zone] = parts;
  let hour = Number(hourText ?? 0);
  const minute = Number(minuteText ?? 0);
  const second = Number(secondText ?? 0);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return { impossible: message('tables.noHour', { hour: String(hour), half }) };
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59)
    return {
      impossible: message('tables.noTime', {
        time: [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':'),
      }),
    };
  return {
    hour,
    minute,
    second,
    microsecond: fraction === undefined ? 0 : Number(fraction.slice(0, 6).padEnd(6, '0')),
    offset: offsetOf(zone),
    hasTime: hourText !== undefined,
  };
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  if (/^[a-z]/i.test(zone)) return 0;
  const digits = zone.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0);
  return zone.startsWith('-') ? -minutes : minutes;
}

/** Two digits: 1970 to 2069, as spreadsheets and POSIX have it. */
function yearOf(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year + (year < 70 ? 2000 : 1900);
}

const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Why the calendar has no such day, or null. */
export function whyNoDay(year: number, month: number, day: number): Message | null {
  if (month < 1 || month > 12) return message('tables.noMonth', { month: String(month) });
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && !isLeap ? 28 : (LENGTHS[month - 1] ?? 0);
  return day < 1 || day > days
    ? message('tables.noDay', { month: String(month), year: String(year), day: String(day) })
    : null;
}

function civil(
  order: DateOrder | 'named',
  year: number,
  month: number,
  day: number,
  rest: readonly (string | undefined)[],
): DateCell {
  const time = timeOf(rest);
  if ('impossible' in time) return { form: 'impossible', why: time.impossible };
  const why = whyNoDay(year, month, day);
  return why === null ? { form: 'civil', order, time: { year, month, day, ...time } } : { form: 'impossible', why };
}

const IDEOGRAPHIC = /^(\d{4})\s?[\u5e74\ub144]\s?(\d{1,2})\s?[\u6708\uc6d4]\s?(\d{1,2})\s?[\u65e5\uc77c]/u;
const AT_WORDS = /(?<=\d)\s+(?:à|at|um|a las|às|alle|om|kl\.?|o)\s+(?=\d)/iu;

/** A cell with what stands between day and time in some languages taken out, and one minus for all. */
function plainDate(text: string): string {
  return text.replaceAll('\u2212', '-').replace(IDEOGRAPHIC, '$1-$2-$3').replace(AT_WORDS, ' ');
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** The number of two digits at a place; NaN where they are none. */
function two(text: string, at: number): number {
  const [ten, one] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  return isDigit(ten) && isDigit(one) ? (ten - 48) * 10 + one - 48 : NaN;
}

/** The time of day from place 10 on: ` 09:30`, `T09:30:15`, with `Z` behind it or without. */
function plainTime(text: string): Omit<CivilTime, 'year' | 'month' | 'day'> | null {
  if (text.length === 10) return { hour: 0, minute: 0, second: 0, microsecond: 0, offset: null, hasTime: false };
  const offset = text.endsWith('Z') ? 0 : null;
  const length = offset === null ? text.length : text.length - 1;
  const parting = text.charAt(10);
  if ((length !== 16 && length !== 19) || (parting !== 'T' && parting !== ' ') || text.charAt(13) !== ':') return null;
  if (length === 19 && text.charAt(16) !== ':') return null;
  const [hour, minute, second] = [two(text, 11), two(text, 14), length === 19 ? two(text, 17) : 0];
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return null;
  return { hour, minute, second, microsecond: 0, offset, hasTime: true };
}

/**
 * What a cell can be that is written in one of the plainest forms: `2026-03-01`, `01.03.2026`, `03/01/2026`, with a plain
 * time of day or none. Null for any other, which has to be read with care; both read alike.
 */
function plainCell(text: string): DateCell | null {
  if (text.length < 10 || text.length > 20) return null;
  const isYearFirst = text.charAt(4) === '-' && text.charAt(7) === '-';
  const parting = text.charAt(2);
  const isNumbers = (parting === '.' || parting === '/' || parting === '-') && text.charAt(5) === parting;
  if (!isYearFirst && !isNumbers) return null;
  const time = plainTime(text);
  if (time === null) return null;
  const year = isYearFirst ? two(text, 0) * 100 + two(text, 2) : two(text, 6) * 100 + two(text, 8);
  const [first, second] = isYearFirst ? [two(text, 5), two(text, 8)] : [two(text, 0), two(text, 3)];
  if (Number.isNaN(year + first + second)) return null;
  if (isNumbers) return { form: 'numbers', first, second, time: { year, month: 0, day: 0, ...time } };
  if (whyNoDay(year, first, second) !== null) return null;
  return { form: 'civil', order: 'year-month', time: { year, month: first, day: second, ...time } };
}

const DIGITS_LENGTHS: ReadonlySet<number> = new Set([7, 8, 12, 14]);

/**
 * Digits without separators that end with their year: `31012026`, `01312026`, with a time of day behind them
 * (`310120261015`, `31012026101530`) or a zero in front that a spreadsheet took away (`3012026`). Null where they are no day in
 * either order; none of them is a date that begins with its year.
 */
export function digitsDate(text: string): (DateCell & { form: 'numbers' }) | null {
  if (!DIGITS_LENGTHS.has(text.length)) return null;
  const match = /^(\d\d)(\d\d)((?:19|20)\d\d)(?:(\d\d)(\d\d)(\d\d)?)?$/.exec(text.length === 7 ? `0${text}` : text);
  if (match === null) return null;
  const [, first = '', second = '', year = '', ...clock] = match;
  const time = timeOf(clock);
  if ('impossible' in time) return null;
  const [one, other] = [Number(first), Number(second)];
  if (whyNoDay(Number(year), other, one) !== null && whyNoDay(Number(year), one, other) !== null) return null;
  return { form: 'numbers', first: one, second: other, time: { year: Number(year), month: 0, day: 0, ...time } };
}

/** Says what a cell can be. Blanks around it do not count. */
export function dateCell(cell: string): DateCell {
  const plain = plainCell(cell);
  if (plain !== null) return plain;
  const text = plainDate(trimInvisible(cell));
  if (text === '') return { form: 'empty' };
  if (NUMBER.test(text)) return { form: 'number', value: Number(text.replace(',', '.')), text };
  const together = /^(\d{4})(\d\d)(\d\d)[ ,](\d\d)(\d\d)(\d\d)?$/.exec(text);
  if (together !== null) {
    const [, year, month, day, ...rest] = together;
    return civil('year-month', Number(year), Number(month), Number(day), rest);
  }
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) {
    const [, year = '', , month = '', day = '', ...rest] = yearFirst;
    return civil('year-month', Number(year), Number(month), Number(day), rest);
  }
  const numbers = NUMBERS.exec(text);
  if (numbers !== null) {
    const [, first = '', , second = '', year = '', ...rest] = numbers;
    const time = timeOf(rest);
    if ('impossible' in time) return { form: 'impossible', why: time.impossible };
    const [one, two] = [Number(first), Number(second)];
    return { form: 'numbers', first: one, second: two, time: { year: yearOf(year), month: 0, day: 0, ...time } };
  }
  const dayNamed = DAY_NAMED.exec(text);
  if (dayNamed !== null) {
    const [, day = '', name = '', year = '', ...rest] = dayNamed;
    const month = MONTH_OF.get(name.toLowerCase());
    if (month !== undefined) return civil('named', yearOf(year), month, Number(day), rest);
  }
  const namedDay = NAMED_DAY.exec(text);
  if (namedDay !== null) {
    const [, name = '', day = '', year = '', ...rest] = namedDay;
    const month = MONTH_OF.get(name.toLowerCase());
    if (month !== undefined) return civil('named', Number(year), month, Number(day), rest);
  }
  return { form: 'text' };
}
