import { LONGEST_ROW, type TextRows } from '../../tables/text-rows';
import { PLAIN_INSTANT, plainInstant } from '../../tables/plain-instant';
import type { RowReader } from './replay-rows';

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
/** So many digits make an exact number, whatever they are. */
const MOST_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: MOST_DIGITS + 1 }, (_, power) => 10 ** power);

/** Bytes that a text of a customer may have here, by what they say of it. One with any other is read with care. */
const TEXT_BYTES = new Uint8Array(256);
const PART = 1;
const DIGIT = 2;
/** A byte that no number has, however it is written. */
const LETTER = 3;
const AT = 4;
for (const byte of '_.-eE') TEXT_BYTES[byte.charCodeAt(0)] = PART;
for (const byte of '0123456789') TEXT_BYTES[byte.charCodeAt(0)] = DIGIT;
for (const byte of 'abcdfghijklmnopqrstuvwxyzABCDFGHIJKLMNOPQRSTUVWXYZ') TEXT_BYTES[byte.charCodeAt(0)] = LETTER;
TEXT_BYTES['@'.charCodeAt(0)] = AT;
/** Shorter ones without a digit may stand for nothing, as `n/a` and `null` do. */
const LEAST_WORD = 10;

/** So many rows are taken at once: few enough to stay near the processor. */
export const BATCH = 1024;

/**
 * Takes rows of the plainest form in one walk over their bytes: no quotes, no blanks around fields, whole customer ids
 * or, where customers are known by texts, texts of plain letters and digits, dates as `2026-03-01T09:30:00Z`, amounts in decimals. Almost every row of a large file is one. Any other is left to
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
    private readonly csv: TextRows,
    private readonly reader: RowReader,
  ) {
    const { customer, at, amount, segment } = reader.places;
    const named = [customer, at, amount, segment].filter((place) => place >= 0);
    this.isOfUse = new Set(named).size === named.length && reader.readsPlainDates;
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
    const { isPoint, isPointCertain, readsSeconds, readsTexts, texts } = this.reader;
    const { delimiter } = this.csv;
    let points = 0;
    let emails = 0;
    const { bytes, start, limit } = this.csv.complete();
    let next = start;
    let taken = 0;
    rows: while (taken < BATCH && next < limit) {
      let place = next;
      let segmentStart = 0;
      let segmentEnd = 0;
      let textStart = 0;
      let textEnd = 0;
      let hasAt = false;
      for (let field = 0; ; field += 1) {
        if (field === customerField && readsTexts) {
          textStart = place;
          hasAt = false;
          let [hasDigit, hasLetter] = [false, false];
          for (let kind = TEXT_BYTES[bytes[place]!]!; kind !== 0; kind = TEXT_BYTES[bytes[place]!]!) {
            if (kind === DIGIT) hasDigit = true;
            else if (kind === LETTER) hasLetter = true;
            else if (kind === AT) {
              if (hasAt || place === textStart) break rows;
              hasAt = true;
            }
            place += 1;
          }
          textEnd = place;
          if (!hasLetter || !(hasDigit || textEnd - textStart >= LEAST_WORD)) break rows;
          if (bytes[textStart] === MINUS || (hasAt && TEXT_BYTES[bytes[place - 1]!] === AT)) break rows;
        } else if (field === customerField) {
          const first = place;
          let id = 0;
          for (let digit = bytes[place]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[place]! - ZERO) {
            id = id * 10 + digit;
            place += 1;
          }
          if (bytes[first] === ZERO || place === first || place - first > MOST_DIGITS) break rows;
          ids[taken] = id;
        } else if (field === atField) {
          const instant = plainInstant(bytes, place);
          if (instant === instant) {
            instants[taken] = instant;
            place += PLAIN_INSTANT;
          } else {
            const first = place;
            let seconds = 0;
            for (let digit = bytes[place]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[place]! - ZERO) {
              seconds = seconds * 10 + digit;
              place += 1;
            }
            // Nine or ten digits: from 1973 to 2286. Whatever else a number can be, careful reading tells.
            if (!readsSeconds || place - first < 9 || place - first > 10 || bytes[first] === ZERO) break rows;
            instants[taken] = seconds * 1_000_000;
          }
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
          if (point >= 0) {
            // 1.234 may be a thousand and more, as long as the column has not told.
            const isTelling = place - point - 1 !== 3;
            if (!isPoint || (!isTelling && !isPointCertain)) break rows;
            if (isTelling) points += 1;
            amount /= POWERS_OF_TEN[place - point - 1]!;
          }
          amounts[taken] = isNegative ? -amount : amount;
        } else {
          const first = place;
          if (bytes[place] === QUOTE || bytes[place] === SPACE) break rows;
          while (bytes[place] !== delimiter && bytes[place] !== NEWLINE && bytes[place] !== RETURN) place += 1;
          if (field === segmentField) {
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
        if (bytes[place] !== NEWLINE || field < last || place - next > LONGEST_ROW) break rows;
        break;
      }
      if (segmentField >= 0) {
        // Not before the row is known to be good: a bad one brings no segment.
        const segment = segments.of(bytes, segmentStart, segmentEnd);
        if (segment < 0) break;
        segmentNumbers[taken] = segment;
      }
      if (readsTexts) {
        // Not before the row is known to be good: a bad one brings no customer.
        const number = texts.of(bytes, textStart, textEnd);
        if (number < 0) break;
        ids[taken] = number;
        if (hasAt) emails += 1;
      }
      next = place + 1;
      taken += 1;
    }
    this.reader.plainPoints += points;
    this.reader.plainEmails += emails;
    this.csv.goTo(next, taken);
    return taken;
  }
}
