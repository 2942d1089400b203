import type { CsvRows } from './csv-rows';
import { instantOfDay } from './field-values';
import type { RowReader } from './replay-rows';

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
/** Bytes of an instant in the plainest form. */
const PLAIN_INSTANT = 20;
/** So many digits make an exact number, whatever they are. */
const MOST_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: MOST_DIGITS + 1 }, (_, power) => 10 ** power);

/** So many rows are taken at once: few enough to stay near the processor. */
const BATCH = 1024;

/**
 * Takes rows of the plainest form in one walk over their bytes: no quotes, no blanks around fields, whole customer ids,
 * dates as `2026-03-01T09:30:00Z`, amounts in decimals. Almost every row of a large file is one. Any other is left to
 * `RowReader.take`, which knows every form and says what is wrong; both read a plain row alike.
 */
export class PlainRows {
  private readonly ids = new Float64Array(BATCH);
  private readonly instants = new Float64Array(BATCH);
  private readonly amounts = new Float64Array(BATCH);
  private readonly segments = new Uint16Array(BATCH);
  /** One column that is two things at once would be walked twice. */
  private readonly isOfUse: boolean;

  constructor(
    private readonly csv: CsvRows,
    private readonly reader: RowReader,
  ) {
    const { customer, at, amount, segment } = reader.places;
    const named = [customer, at, amount, segment].filter((place) => place >= 0);
    this.isOfUse = new Set(named).size === named.length;
  }

  /** Takes rows from the current one on. @returns how many; none where another form, or the end of what was read, is met */
  take(): number {
    const taken = this.isOfUse ? this.walk() : 0;
    // Apart from the walk: each look-up waits for memory, and here many of them wait at once.
    this.reader.takeAll(this.ids, this.instants, this.amounts, this.segments, taken);
    return taken;
  }

  private walk(): number {
    const { ids, instants, amounts, segments: segmentNumbers } = this;
    const { places, segments } = this.reader;
    const { customer: customerField, at: atField, amount: amountField, segment: segmentField, last } = places;
    const { delimiter } = this.csv;
    const { bytes, start, limit } = this.csv.complete();
    let next = start;
    let taken = 0;
    rows: while (taken < BATCH && next < limit) {
      let place = next;
      let segmentStart = 0;
      let segmentEnd = 0;
      for (let field = 0; ; field += 1) {
        if (field === customerField) {
          const first = place;
          let id = 0;
          for (let digit = bytes[place]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[place]! - ZERO) {
            id = id * 10 + digit;
            place += 1;
          }
          if (id === 0 || place - first > MOST_DIGITS) break rows;
          ids[taken] = id;
        } else if (field === atField) {
          const instant = plainInstant(bytes, place);
          if (instant !== instant) break rows;
          instants[taken] = instant;
          place += PLAIN_INSTANT;
        } else if (field === amountField) {
          const isNegative = bytes[place] === MINUS;
          if (isNegative) place += 1;
          const first = place;
          let point = -1;
          let amount = 0;
          for (; ; place += 1) {
            const byte = bytes[place]!;
            const digit = byte - ZERO;
            if (digit >= 0 && digit <= 9) amount = amount * 10 + digit;
            else if (byte === POINT && point < 0) point = place;
            else break;
          }
          const digits = place - first - (point < 0 ? 0 : 1);
          if (digits === 0 || digits > MOST_DIGITS) break rows;
          if (point >= 0) amount /= POWERS_OF_TEN[place - point - 1]!;
          amounts[taken] = isNegative ? -amount : amount;
        } else {
          const first = place;
          if (bytes[place] === QUOTE || bytes[place] === SPACE) break rows;
          while (bytes[place] !== delimiter && bytes[place] !== NEWLINE) place += 1;
          if (field === segmentField) {
            if (bytes[place - 1] === RETURN && bytes[place] === NEWLINE) place -= 1;
            if (bytes[place - 1] === SPACE) break rows;
            segmentStart = first;
            segmentEnd = place;
          }
        }
        if (bytes[place] === delimiter) {
          place += 1;
          continue;
        }
        if (bytes[place] === RETURN && bytes[place + 1] === NEWLINE) place += 1;
        if (bytes[place] !== NEWLINE || field < last) break rows;
        break;
      }
      if (segmentField >= 0) {
        // Not before the row is known to be good: a bad one brings no segment.
        const segment = segments.of(bytes, segmentStart, segmentEnd);
        if (segment < 0) break;
        segmentNumbers[taken] = segment;
      }
      next = place + 1;
      taken += 1;
    }
    this.csv.goTo(next, taken);
    return taken;
  }
}

/** The instant at a position if it is written as `2026-03-01T09:30:00Z`; NaN otherwise. */
function plainInstant(bytes: Uint8Array, at: number): number {
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
