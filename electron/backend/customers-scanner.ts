import { LINE_FAULTS, type LineFault } from '../../db/org/outcomes';
import type { ByteSource } from './customers-bytes';
import { CARRIAGE_RETURN, cutLine, QUOTE, readCustomer } from './customers-line';
import { isClosedAhead, RowEnd } from './customers-long-line';

/** Rows that are handed over at a time. */
export const BATCH_SIZE = 1024;

/** A run of rows in request order; arrays are used again for the next batch. */
export class CustomerBatch {
  /** Customer ids; meaningless where `faults` is not 0. */
  readonly customerIds = new Float64Array(BATCH_SIZE);
  /** 0, or why the line is not a customer id (outcomes.ts). */
  readonly faults = new Uint8Array(BATCH_SIZE);
  /** Text of the faulty lines. */
  readonly lines: string[] = new Array<string>(BATCH_SIZE).fill('');
  /** Line of the text on which the row begins, from 1, all lines counted; 0 where there are no lines. */
  readonly lineNumbers = new Float64Array(BATCH_SIZE);
  length = 0;

  get isFull(): boolean {
    return this.length === BATCH_SIZE;
  }

  addCustomer(customerId: number, lineNumber = 0): void {
    this.lineNumbers[this.length] = lineNumber;
    this.customerIds[this.length] = customerId;
    this.faults[this.length] = 0;
    this.length += 1;
  }

  addFault(fault: LineFault, line: string, lineNumber = 0): void {
    this.lineNumbers[this.length] = lineNumber;
    this.faults[this.length] = LINE_FAULTS[fault];
    this.lines[this.length] = line;
    this.length += 1;
  }
}

/** Where the customer ids of a text stand. */
export interface CustomerLayout {
  /** Byte that parts fields; null: a line is one field. */
  delimiter: number | null;
  newline: number;
  /** Zero-based. */
  column: number;
  hasHeader: boolean;
}

/** The longest row that is read. A longer one is a row all the same, refused for its length. */
const WINDOW_BYTES = 1024 * 1024;
const SHOWN_BYTES = 200;
const SPACE = 32;
const TAB = 9;
const ZERO = 48;
const NINE = 57;
/** Numbers of up to this many digits are exact without looking further. */
const PLAIN_DIGITS = 15;

/**
 * Reads customer ids from a text of any length through a window of fixed size, straight from its bytes: a line becomes
 * a string only when it is quoted or faulty. Blank lines, and those that only have delimiters, are no rows. A row that
 * is longer than the window is one row with the fault `too-long`, to its end.
 */
export class CustomerScanner {
  readonly #source: ByteSource;
  readonly #layout: CustomerLayout;
  readonly #poll: () => void;
  /** One byte longer than what is read into it: the byte after the text is always a line end. */
  readonly #window = Buffer.allocUnsafe(WINDOW_BYTES + 1);
  readonly #readable = this.#window.subarray(0, WINDOW_BYTES);
  #at = 0;
  #limit = 0;
  #atEnd = false;
  #skipHeader: boolean;
  #lineNumber = 1;
  /** Set once a quote was opened that nothing closes: those that follow come in pairs, and the open ones are characters. */
  #hasOpenQuotes = false;

  /** @param poll called between pieces of some hundred kilobytes; may throw to stop */
  constructor(source: ByteSource, layout: CustomerLayout, poll: () => void = () => undefined) {
    this.#source = source;
    this.#layout = layout;
    this.#skipHeader = layout.hasHeader;
    this.#poll = poll;
  }

  /** Bytes of the source that are behind the last row handed over. */
  get bytesDone(): number {
    return Math.max(0, this.#source.consumed - (this.#limit - this.#at));
  }

  /** Fills a batch with the next rows; it stays empty at the end of the text. */
  fill(batch: CustomerBatch): void {
    batch.length = 0;
    while (!batch.isFull) {
      if (this.#at < this.#limit && this.#scan(batch)) continue;
      if (!this.#refill()) return;
    }
  }

  /**
   * Reads lines until the batch is full or the window holds no whole line.
   *
   * @returns false when more bytes are needed
   */
  #scan(batch: CustomerBatch): boolean {
    const window = this.#window;
    const { delimiter, newline, column } = this.#layout;
    const limit = this.#limit;
    const blank = delimiter === TAB ? SPACE : TAB;
    window[limit] = newline;
    if (this.#skipHeader) {
      if (!this.#scanCarefully(null)) return false;
      return true;
    }
    while (batch.length < BATCH_SIZE && this.#at < limit) {
      let at = this.#at;
      let isPlain = true;
      for (let skipped = 0; skipped < column && isPlain; skipped++) {
        if (window[at] === QUOTE) isPlain = false;
        while (window[at] !== delimiter && window[at] !== newline) at += 1;
        if (window[at] === newline) isPlain = false;
        else at += 1;
      }
      while (window[at] === SPACE || window[at] === blank) at += 1;
      const start = at;
      let customerId = 0;
      let byte = window[at] as number;
      while (byte >= ZERO && byte <= NINE) {
        customerId = customerId * 10 + (byte - ZERO);
        byte = window[++at] as number;
      }
      if (at === start || at - start > PLAIN_DIGITS || customerId === 0) isPlain = false;
      while (byte === SPACE || byte === blank) byte = window[++at] as number;
      if (byte === CARRIAGE_RETURN && window[at + 1] === newline) byte = window[++at] as number;
      if (isPlain && (byte === newline || byte === delimiter)) {
        // A quote further on may hold a line end.
        while (byte !== newline && byte !== QUOTE) byte = window[++at] as number;
        if (byte === newline) {
          if (at >= limit && !this.#atEnd) return this.#needsMore(batch);
          batch.addCustomer(customerId, this.#lineNumber);
          this.#at = at + 1;
          this.#lineNumber += 1;
          continue;
        }
      }
      if (!this.#scanCarefully(batch)) return false;
      // The window holds other bytes after a long row.
      if (this.#limit !== limit) return true;
    }
    return true;
  }

  /** Reads one line field by field; without a batch it is the header's. False: it does not end in the window. */
  #scanCarefully(batch: CustomerBatch | null): boolean {
    const { delimiter, newline, column } = this.#layout;
    const hasOpenQuotes = this.#atEnd || (this.#isWindowFull && this.#hasOpenQuotes);
    const line = cutLine(this.#window, this.#at, this.#limit, delimiter, newline, this.#atEnd, hasOpenQuotes);
    if (line === null) return this.#needsMore(batch);
    const isBlank = line.fields.every((field) => field.trim() === '');
    if (batch && !isBlank) {
      const field = line.fields[column];
      if (field === undefined) batch.addFault('empty', line.fields.join(' ').trim().slice(0, 200), this.#lineNumber);
      else addReading(batch, field, this.#lineNumber);
    }
    if (!batch && !isBlank) this.#skipHeader = false;
    this.#lineNumber += linesIn(this.#window, this.#at, line.next, newline);
    this.#at = line.next;
    return true;
  }

  get #isWindowFull(): boolean {
    return this.#at === 0 && this.#limit === WINDOW_BYTES;
  }

  /** What to do with a row that does not end in the window: read on, or pass over it if it fills the window. */
  #needsMore(batch: CustomerBatch | null): boolean {
    if (!this.#isWindowFull) return false;
    const { delimiter, newline } = this.#layout;
    const end = new RowEnd(delimiter, newline, !this.#hasOpenQuotes);
    end.find(this.#window, 0, this.#limit);
    if (end.isQuoted && this.#source.ahead && !isClosedAhead(this.#source.ahead(), this.#poll)) {
      // A quote that is never closed must not swallow the rest of the file: the row is read again with it as a character.
      this.#hasOpenQuotes = true;
      return true;
    }
    const shown = this.#window
      .toString('utf8', 0, SHOWN_BYTES)
      .replaceAll(/\s+/g, ' ')
      .replace(/\ufffd$/, '');
    batch?.addFault('too-long', shown, this.#lineNumber);
    if (!batch) this.#skipHeader = false;
    let next = -1;
    while (next === -1) {
      this.#poll();
      this.#limit = this.#source.read(this.#readable, 0);
      this.#atEnd = this.#limit === 0;
      next = this.#atEnd ? 0 : end.find(this.#window, 0, this.#limit);
    }
    this.#at = next;
    this.#lineNumber += end.lines;
    return true;
  }

  /** Brings more bytes into the window, behind the rest that no line end closed yet. False: there are none. */
  #refill(): boolean {
    if (this.#atEnd) return this.#at < this.#limit;
    this.#poll();
    this.#window.copyWithin(0, this.#at, this.#limit);
    this.#limit -= this.#at;
    this.#at = 0;
    const read = this.#limit < WINDOW_BYTES ? this.#source.read(this.#readable, this.#limit) : 0;
    if (read === 0 && this.#limit < WINDOW_BYTES) this.#atEnd = true;
    this.#limit += read;
    return this.#limit > 0;
  }
}

function addReading(batch: CustomerBatch, field: string, lineNumber: number): void {
  const reading = readCustomer(field);
  if (reading.ok) batch.addCustomer(reading.customerId, lineNumber);
  else batch.addFault(reading.fault, reading.line, lineNumber);
}

function linesIn(bytes: Buffer, from: number, to: number, newline: number): number {
  let lines = 0;
  for (let at = from; at < to; at += 1) if (bytes[at] === newline) lines += 1;
  return lines;
}
