/** What a column of dates is, decided by the whole column, and how its cells are read then. */
import { Temporal } from 'temporal-polyfill';
import { readInstant, type Instant } from '../../../shared/domain/instant';
import { trimInvisible } from './customer-value';
import { dateCell, digitsDate, whyNoDay, type CivilTime, type DateCell } from './date-forms';
import { type Message, message } from '../../../shared/words/message';
import { instantReason } from '../../../shared/simulation/instant-reasons';

/** What the cells of a column are. `iso`: ISO-8601 and seconds since 1970, as a scenario file has them. */
export const DATE_FORMATS = [
  'iso',
  'day-month-year',
  'month-day-year',
  'compact',
  'seconds',
  'milliseconds',
  'microseconds',
  'excel',
  'excel-1904',
  'day-number',
] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

/** A date format as it is written in options and files: its name, for day numbers with their day 1 behind `@`. */
export interface DateReading {
  readonly format: DateFormat;
  /** Zone of the cells that name none; null: nobody has said. */
  readonly zone: string | null;
  /** `day-number` only: the date of day 1, as `2024-01-01`. */
  readonly dayOne: string | null;
}

/** Why a cell holds no instant. */
export type DateFault =
  | 'empty'
  | 'not-a-date'
  | 'no-zone'
  | 'ambiguous'
  | 'other-order'
  | 'impossible'
  | 'not-instants';

/** A local time that its zone's clock shows twice, where it is put back, or never, where it is put on. */
export type OddClock = 'twice' | 'never';

export type DateCellReading =
  | { readonly ok: true; readonly instant: Instant; readonly clock?: OddClock }
  | { readonly ok: false; readonly fault: DateFault; readonly words: Message };

const DAY_MICROS = 86_400_000_000;
/** Days from 1899-12-30, Excel's day 0, to 1970-01-01; and from 1904-01-01. */
const EXCEL_EPOCH = 25_569;
const EXCEL_1904_EPOCH = 24_107;

/**
 * Reads `--date-format`: a name of DATE_FORMATS, `day-number@2024-01-01`, or a pattern such as `dd.MM.yyyy HH:mm`, of
 * which the order of day, month and year counts.
 *
 * @returns null where it is none of them
 */
export function readDateFormat(text: string): { format: DateFormat; dayOne: string | null } | null {
  const [name = '', dayOne] = text.trim().split('@');
  const known = DATE_FORMATS.find((format) => format === name.toLowerCase());
  if (known === 'day-number') {
    if (dayOne === undefined || !/^\d{4}-\d\d-\d\d$/.test(dayOne)) return null;
    const [year, month, day] = dayOne.split('-').map(Number) as [number, number, number];
    return whyNoDay(year, month, day) === null ? { format: known, dayOne } : null;
  }
  if (known !== undefined) return dayOne === undefined ? { format: known, dayOne: null } : null;
  const order = text.replaceAll(/mm(?=:|$)|:mm|[Hh:sS]/g, '');
  const [day, month, year] = [order.search(/[dD]/), order.search(/[mM]/), order.search(/[yY]/)];
  if (day < 0 || month < 0 || year < 0) return null;
  if (year < month && month < day) return { format: /[^\w]/.test(order.trim()) ? 'iso' : 'compact', dayOne: null };
  if (day < month && month < year) return { format: 'day-month-year', dayOne: null };
  return month < day && day < year ? { format: 'month-day-year', dayOne: null } : null;
}

/** What the cells of a column tell of what they are. */
export class DateEvidence {
  cells = 0;
  empty = 0;
  /** ISO and other unmistakable dates; of those, the ones that name no zone. */
  civil = 0;
  /** `a/b/year`: only day first, only month first, either. */
  dayFirst = 0;
  monthFirst = 0;
  either = 0;
  zoneless = 0;
  seconds = 0;
  milliseconds = 0;
  microseconds = 0;
  compact = 0;
  serial = 0;
  smallNumbers = 0;
  text = 0;
  /** Dates that say a time of day other than midnight. */
  clocked = 0;
  /** Of the numbers, the least and the largest. */
  least = Infinity;
  largest = -Infinity;

  add(cell: string): void {
    this.cells += 1;
    const found = dateCell(cell);
    switch (found.form) {
      case 'empty':
        this.empty += 1;
        return;
      case 'text':
        if (readInstant(trimInvisible(cell)).ok) this.civil += 1;
        else this.text += 1;
        return;
      case 'impossible':
        this.text += 1;
        return;
      case 'civil':
        this.civil += 1;
        if (saysTime(found.time)) this.clocked += 1;
        if (found.time.offset === null) this.zoneless += 1;
        return;
      case 'numbers':
        this.#addNumbers(found);
        return;
      case 'number':
        this.#addNumber(found.value, found.text);
    }
  }

  #addNumbers({ first, second, time }: DateCell & { form: 'numbers' }): void {
    if (saysTime(time)) this.clocked += 1;
    if (time.offset === null) this.zoneless += 1;
    if (first > 12 && second <= 12) this.dayFirst += 1;
    else if (second > 12 && first <= 12) this.monthFirst += 1;
    else if (first > 12) this.text += 1;
    else this.either += 1;
  }

  /** As `add`, of a cell that holds an instant in its plainest form. */
  addInstant(instant: Instant): void {
    this.cells += 1;
    this.civil += 1;
    if (instant % DAY_MICROS !== 0) this.clocked += 1;
  }

  #addNumber(value: number, text: string): void {
    const digits = digitsDate(text);
    if (digits !== null) {
      this.#addNumbers(digits);
      return;
    }
    this.least = Math.min(this.least, value);
    this.largest = Math.max(this.largest, value);
    if (isCompactDate(text) ? text.length > 8 : value >= 1e8 || !Number.isInteger(value)) this.clocked += 1;
    if (isCompactDate(text)) this.compact += 1;
    else if (value >= 1e14 && value < 1e17) this.microseconds += 1;
    else if (value >= 1e11 && value < 1e14) this.milliseconds += 1;
    else if (value >= 1e8) this.seconds += 1;
    else if (value >= 20_000 && value < 80_000) this.serial += 1;
    else this.smallNumbers += 1;
  }

  /** Cells that hold a date in some form, numbers of plain counting not among them. */
  get dates(): number {
    return (
      this.civil +
      this.dayFirst +
      this.monthFirst +
      this.either +
      this.seconds +
      this.milliseconds +
      this.microseconds +
      this.compact +
      this.serial
    );
  }

  /** The format that most cells have; null where the column holds no dates. `ask`: day or month first? */
  get format(): DateFormat | 'ask' | null {
    const numbers = this.dayFirst + this.monthFirst + this.either;
    const candidates: [DateFormat | 'ask', number][] = [
      ['iso', this.civil],
      [this.#order, numbers],
      ['compact', this.compact],
      ['seconds', this.seconds],
      ['milliseconds', this.milliseconds],
      ['microseconds', this.microseconds],
      ['excel', this.serial],
      ['day-number', this.smallNumbers],
    ];
    const [format, count] = candidates.reduce((best, next) => (next[1] > best[1] ? next : best));
    return count === 0 ? null : format;
  }

  get #order(): DateFormat | 'ask' {
    if (this.dayFirst > 0 && this.monthFirst > 0) {
      // One stray cell does not turn a column: it is the one that is refused.
      if (this.dayFirst >= 3 * this.monthFirst) return 'day-month-year';
      return this.monthFirst >= 3 * this.dayFirst ? 'month-day-year' : 'ask';
    }
    if (this.dayFirst > 0) return 'day-month-year';
    return this.monthFirst > 0 ? 'month-day-year' : 'ask';
  }
}

/** A date without separators, with the time of day behind it or without: `20240131`, `202401311015`, `20240131101530`. */
function compactDate(text: string): CivilTime | null {
  const match = /^((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?$/.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number((part as string | undefined) ?? 0));
  if (whyNoDay(year, month, day) !== null || hour > 23 || minute > 59 || second > 59) return null;
  return { ...midnight, year, month, day, hour, minute, second, hasTime: text.length > 8 };
}

const isCompactDate = (text: string): boolean => compactDate(text) !== null;

/** Instants of local times in one zone. Times of one day share their offset nearly always, so the last ones are kept. */
class ZoneClock {
  readonly #zone: string;
  readonly #offsets = new Map<number, { whole: boolean; micros: number }>();

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** The earlier of two where the clock is put back, the later side of the gap where it is put on: as `compatible`. */
  instantOf(time: CivilTime): Instant {
    return this.instantOfLocal(localMicros(time));
  }

  instantOfLocal(local: number): Instant {
    const known = this.#dayOf(local);
    return known.whole ? local - known.micros : local - this.#offsetAt(local);
  }

  /** What is odd about a local time; null: the clock shows it once, as nearly all. */
  oddityOf(time: CivilTime): OddClock | null {
    const local = localMicros(time);
    if (this.#dayOf(local).whole) return null;
    const plain = plainOf(local);
    const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
      plain.toZonedDateTime(this.#zone, { disambiguation }),
    ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime];
    if (earlier.epochMilliseconds === later.epochMilliseconds) return null;
    return earlier.toPlainDateTime().equals(plain) ? 'twice' : 'never';
  }

  #dayOf(local: number): { whole: boolean; micros: number } {
    const day = Math.floor(local / DAY_MICROS);
    let known = this.#offsets.get(day);
    if (known === undefined) {
      const start = this.#offsetAt(day * DAY_MICROS);
      const end = this.#offsetAt((day + 1) * DAY_MICROS - 1);
      known = { whole: start === end, micros: start };
      if (this.#offsets.size > 20_000) this.#offsets.clear();
      this.#offsets.set(day, known);
    }
    return known;
  }

  #offsetAt(local: number): number {
    const zoned = plainOf(local).toZonedDateTime(this.#zone, { disambiguation: 'compatible' });
    const instant = zoned.epochMilliseconds * 1000;
    return Math.floor(local / 1000) * 1000 - instant;
  }
}

function plainOf(local: number): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(local / 1000))
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime();
}

function localMicros({ year, month, day, hour, minute, second, microsecond }: CivilTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second) * 1000 + microsecond;
}

/** Reads the cells of one column. */
export class DateReader {
  readonly #reading: DateReading;
  readonly #clock: ZoneClock | null;
  readonly #dayOne: number;
  readonly #period: { from: Instant; to: Instant } | null;

  /** @param period within which a number counts as seconds since 1970 however small it is; elsewhere it is none below 1e8 */
  constructor(reading: DateReading, period: { from: Instant; to: Instant } | null = null) {
    this.#reading = reading;
    this.#period = period;
    this.#clock = reading.zone === null ? null : new ZoneClock(reading.zone);
    this.#dayOne = reading.dayOne === null ? NaN : Date.parse(`${reading.dayOne}T00:00:00Z`) / 86_400_000;
  }

  /**
   * @param text of a cell of the column of dates
   * @param clockTime of a second column, where the file has the time of day in one: `023000`, `02:30`, `1015`
   */
  read(text: string, clockTime?: string): DateCellReading {
    const cell = trimInvisible(text);
    const found = dateCell(cell);
    if (found.form === 'empty') return refuse('empty', message('tables.dateMissing'));
    if (found.form === 'number') return this.#number(found, cell, clockTime);
    const { format } = this.#reading;
    if (found.form === 'impossible')
      return refuse('impossible', message('tables.dateImpossible', { cell: shown(cell), why: found.why }));
    if (found.form === 'text') {
      const iso = readInstant(cell);
      return iso.ok ? { ok: true, instant: iso.instant } : refuse('not-a-date', unreadInWords(cell));
    }
    if (found.form === 'civil') return this.#civil(found.time, cell, clockTime);
    if (format !== 'day-month-year' && format !== 'month-day-year') return refuse('ambiguous', whichOrder(found, cell));
    return this.#ordered(found, format, cell, clockTime);
  }

  #ordered(
    { first, second, time }: DateCell & { form: 'numbers' },
    format: 'day-month-year' | 'month-day-year',
    cell: string,
    clockTime: string | undefined,
  ): DateCellReading {
    const [day, month] = format === 'day-month-year' ? [first, second] : [second, first];
    const why = whyNoDay(time.year, month, day);
    if (why !== null) {
      const isOther = whyNoDay(time.year, day, month) === null;
      return isOther
        ? refuse('other-order', message('tables.dateOtherOrder', { cell: shown(cell) }))
        : refuse('impossible', message('tables.dateImpossible', { cell: shown(cell), why }));
    }
    return this.#civil({ ...time, day, month }, cell, clockTime);
  }

  /** The instant of a local time, in microseconds as if it were UTC, in the zone of the reading; NaN where it names none. */
  instantOfLocal(local: number): Instant {
    return this.#clock === null ? NaN : this.#clock.instantOfLocal(local);
  }

  #isInPeriod(seconds: number): boolean {
    const period = this.#period;
    return period !== null && seconds * 1e6 >= period.from && seconds * 1e6 < period.to;
  }

  #civil(time: CivilTime, cell: string, clockTime: string | undefined): DateCellReading {
    const whole = clockTime === undefined || saysTime(time) ? time : withClock(time, clockTime);
    if (whole === null) return refuse('not-a-date', message('tables.dateNoTime', { time: shown(clockTime ?? '') }));
    if (whole.offset !== null) return { ok: true, instant: localMicros(whole) - whole.offset * 60_000_000 };
    if (this.#clock === null) return refuse('no-zone', message('tables.dateNoZone', { cell: shown(cell) }));
    const instant = this.#clock.instantOf(whole);
    // Of a day alone, any time near its beginning will do.
    const clock = saysTime(whole) ? this.#clock.oddityOf(whole) : null;
    return clock === null ? { ok: true, instant } : { ok: true, instant, clock };
  }

  #number(found: DateCell & { form: 'number' }, cell: string, clockTime: string | undefined): DateCellReading {
    const { value, text } = found;
    const { format } = this.#reading;
    switch (format) {
      case 'iso':
      case 'seconds':
        if (this.#isInPeriod(value)) return secondsOf(text);
        if (value < 1e8 || (value >= 1e11 && (isCompactDate(text) || digitsDate(text) !== null))) break;
        if (value >= 1e11 && value < 1e14)
          return refuse('not-instants', message('tables.dateMilliseconds', { cell: shown(cell) }));
        return secondsOf(text);
      case 'milliseconds':
        return { ok: true, instant: Math.round(value * 1000) };
      case 'microseconds':
        return { ok: true, instant: Math.round(value) };
      case 'compact': {
        const date = compactDate(text);
        if (date === null) break;
        return this.#civil(date, cell, clockTime);
      }
      case 'excel':
      case 'excel-1904': {
        if (value < 0 || value > 2_958_466) break;
        const days = value - (format === 'excel' ? EXCEL_EPOCH : EXCEL_1904_EPOCH);
        // Spreadsheets keep fractions of a day: whole milliseconds are what they mean.
        const millis = Math.round(days * 86_400_000);
        const plain = plainOf(millis * 1000);
        const time: CivilTime = { ...midnight, ...civilOf(plain), hasTime: true };
        return this.#civil(time, cell, clockTime);
      }
      case 'day-number': {
        if (!Number.isInteger(value) || Number.isNaN(this.#dayOne)) break;
        const plain = plainOf((this.#dayOne + value - 1) * DAY_MICROS);
        return this.#civil({ ...midnight, ...civilOf(plain) }, cell, clockTime);
      }
      case 'day-month-year':
      case 'month-day-year': {
        const digits = digitsDate(text);
        if (digits !== null) return this.#ordered(digits, format, cell, clockTime);
      }
    }
    const digits = digitsDate(text);
    return digits === null
      ? refuse('not-instants', whatNumberIs(value, text))
      : refuse('ambiguous', whichOrder(digits, cell));
  }
}

const midnight: CivilTime = {
  year: 0,
  month: 0,
  day: 0,
  hour: 0,
  minute: 0,
  second: 0,
  microsecond: 0,
  offset: null,
  hasTime: false,
};

function civilOf(
  plain: Temporal.PlainDateTime,
): Pick<CivilTime, 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'microsecond'> {
  const { year, month, day, hour, minute, second, millisecond } = plain;
  return { year, month, day, hour, minute, second, microsecond: millisecond * 1000 };
}

function secondsOf(text: string): DateCellReading {
  const reading = readInstant(Number(text.replace(',', '.')));
  return reading.ok
    ? { ok: true, instant: reading.instant }
    : refuse('not-a-date', message('tables.dateReason', { cell: shown(text), reason: instantReason(reading.reason) }));
}

/** Whether a date says when on that day. Midnight is what a database and a spreadsheet make of a day alone. */
const saysTime = ({ hour, minute, second, microsecond }: CivilTime): boolean =>
  hour + minute + second + microsecond > 0;

/**
 * `023000`, `02:30:00`, `1015`, `9:05`, `9:05 PM`, a fraction of a day as spreadsheets keep it (`0.4375`), or the time of
 * day of a date, whichever it is (`1899-12-31T09:05:00`); null where it is no time of day.
 */
function withClock(time: CivilTime, text: string): CivilTime | null {
  const bare = trimInvisible(text);
  if (bare === '' && time.hasTime) return time;
  if (/^0?[.,]\d+$/.test(bare)) {
    const plain = plainOf(Math.round(Number(bare.replace(',', '.')) * 86_400_000) * 1000);
    const { hour, minute, second, microsecond } = civilOf(plain);
    return { ...time, hour, minute, second, microsecond, hasTime: true };
  }
  const digits = /^\d{1,6}$/.test(bare) ? bare.padStart(bare.length > 4 ? 6 : 4, '0') : null;
  if (digits !== null) {
    const [hour = 0, minute = 0, second = 0] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].map(Number);
    if (hour > 23 || minute > 59 || second > 59) return null;
    return { ...time, hour, minute, second, hasTime: true };
  }
  // A time alone is read as that of some day.
  const clock = dateCell(/^\d{1,2}:/.test(bare) ? `2000-01-01 ${bare}` : bare);
  if (clock.form !== 'civil' || !clock.time.hasTime) return null;
  const { hour, minute, second, microsecond, offset } = clock.time;
  return { ...time, hour, minute, second, microsecond, offset: offset ?? time.offset, hasTime: true };
}

function whatNumberIs(value: number, text: string): Message {
  const cell = shown(text);
  if (isCompactDate(text)) return message('tables.dateCompact', { cell });
  if (value >= 1e11 && value < 1e14) return message('tables.dateEpochMilliseconds', { cell });
  if (value >= 20_000 && value < 80_000) {
    const plain = plainOf(Math.round((value - EXCEL_EPOCH) * 86_400_000) * 1000);
    return message('tables.dateExcel', { cell, meant: plain.toString({ smallestUnit: 'minute' }).replace('T', ' ') });
  }
  if (value >= 0 && value < 1e8)
    return message('tables.dateCountsDays', { cell, year: String(1970 + Math.floor(value / 31_557_600)) });
  return message('tables.dateNumber', { cell });
}

/** Why a text is no date: often only the letters of its zone are too much, since several zones have them. */
function unreadInWords(cell: string): Message {
  const zone = /\s\(?([A-Z]{2,5})\)?$/.exec(cell);
  if (zone !== null) {
    const { form } = dateCell(cell.slice(0, zone.index));
    if (form === 'civil' || form === 'numbers')
      return message('tables.dateZoneLetters', { cell: shown(cell), zone: zone[1]! });
  }
  return message('tables.dateUnread', { cell: shown(cell) });
}

/** What a cell of two small numbers can be: of one order where only that makes it a date. */
function whichOrder({ first, second, time }: DateCell & { form: 'numbers' }, text: string): Message {
  const cell = shown(text);
  if (first > 12 && second > 12) return message('tables.dateUnread', { cell });
  const dayFirst = isoOf(time, first, second);
  const monthFirst = isoOf(time, second, first);
  if (second > 12) return message('tables.dateMonthFirst', { cell, example: monthFirst });
  if (first > 12) return message('tables.dateDayFirst', { cell, example: dayFirst });
  return message('tables.dateAmbiguous', { cell, dayFirst, monthFirst });
}

function isoOf(time: CivilTime, day: number, month: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(time.year)}-${two(month)}-${two(day)}T${two(time.hour)}:${two(time.minute)}:${two(time.second)}Z`;
}

const refuse = (fault: DateFault, words: Message): DateCellReading => ({ ok: false, fault, words });

/** A cell as reasons show it: short, and nothing in it invisible. */
export function shown(cell: string): string {
  const short = cell.length > 60 ? `${cell.slice(0, 60)}…` : cell;
  return short.replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (odd) => `\\u{${(odd.codePointAt(0) ?? 0).toString(16)}}`);
}

/** As {@link shown}, in quotation marks. */
export function quoted(cell: string): string {
  return `“${shown(cell)}”`;
}
