import { LINE_FAULTS, type LineFault } from '../../db/org/outcomes';
import type { ByteSource } from './customers-bytes';
import { CARRIAGE_RETURN, cutLine, QUOTE, readCustomer } from './customers-line';

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
  length = 0;

  get isFull(): boolean {
    return this.length === BATCH_SIZE;
  }

  addCustomer(customerId: number): void {
    this.customerIds[this.length] = customerId;
    this.faults[this.length] = 0;
    this.length += 1;
  }

  addFault(fault: LineFault, line: string): void {
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

const WINDOW_BYTES = 1024 * 1024;
const SPACE = 32;
const TAB = 9;
const ZERO = 48;
const NINE = 57;
/** Numbers of up to this many digits are exact without looking further. */
const PLAIN_DIGITS = 15;

/**
 * Reads customer ids from a text of any length through a window of fixed size, straight from its bytes: a line becomes
 * a string only when it is quoted or faulty. Blank lines are rows (`empty`) unless only blank ones follow.
 */
export class CustomerScanner {
  readonly #source: ByteSource;
  readonly #layout: CustomerLayout;
  /** One byte longer than what is read into it: the byte after the text is always a line end. */
  readonly #window = Buffer.allocUnsafe(WINDOW_BYTES + 1);
  readonly #readable = this.#window.subarray(0, WINDOW_BYTES);
  #at = 0;
  #limit = 0;
  #atEnd = false;
  #skipHeader: boolean;
  /** Blank lines that count only if another line follows, and those of them that do. */
  #blankLines = 0;
  #blankRows = 0;

  constructor(source: ByteSource, layout: CustomerLayout) {
    this.#source = source;
    this.#layout = layout;
    this.#skipHeader = layout.hasHeader;
  }

  /** Bytes of the source that are behind the last row handed over. */
  get bytesDone(): number {
    return Math.max(0, this.#source.consumed - (this.#limit - this.#at));
  }

  /** Fills a batch with the next rows; it stays empty at the end of the text. */
  fill(batch: CustomerBatch): void {
    batch.length = 0;
    for (;;) {
      while (this.#blankRows > 0 && !batch.isFull) {
        this.#blankRows -= 1;
        batch.addFault('empty', '');
      }
      if (batch.isFull) return;
      if (this.#at < this.#limit && this.#scan(batch)) continue;
      if (!this.#refill()) return;
    }
  }

  /**
   * Reads lines until the batch is full, blank lines turn out to be rows, or the window holds no whole line.
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
      this.#skipHeader = false;
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
          if (at >= limit && !this.#atEnd) return false;
          if (this.#blankLines > 0) return this.#countBlankLines();
          batch.addCustomer(customerId);
          this.#at = at + 1;
          continue;
        }
      }
      if (!this.#scanCarefully(batch)) return false;
      if (this.#blankRows > 0) return true;
    }
    return true;
  }

  /** Reads one line field by field; without a batch it is passed over. False: it does not end in the window. */
  #scanCarefully(batch: CustomerBatch | null): boolean {
    const { delimiter, newline, column } = this.#layout;
    const isWhole = this.#atEnd || (this.#at === 0 && this.#limit === WINDOW_BYTES);
    const line = cutLine(this.#window, this.#at, this.#limit, delimiter, newline, isWhole);
    if (line === null) return false;
    const isBlank = line.fields.length === 1 && (line.fields[0] as string).trim() === '';
    if (batch && isBlank) {
      this.#blankLines += 1;
    } else if (batch && this.#blankLines > 0) {
      return this.#countBlankLines();
    } else if (batch) {
      const field = line.fields[column];
      if (field === undefined) batch.addFault('empty', line.fields.join(' ').trim().slice(0, 200));
      else addReading(batch, field);
    }
    this.#at = line.next;
    return true;
  }

  /** Another line follows: the blank ones before it were rows. It is read again once they are handed over. */
  #countBlankLines(): true {
    this.#blankRows = this.#blankLines;
    this.#blankLines = 0;
    return true;
  }

  /** Brings more bytes into the window, behind the rest that no line end closed yet. False: there are none. */
  #refill(): boolean {
    if (this.#atEnd) return this.#at < this.#limit;
    this.#window.copyWithin(0, this.#at, this.#limit);
    this.#limit -= this.#at;
    this.#at = 0;
    const read = this.#limit < WINDOW_BYTES ? this.#source.read(this.#readable, this.#limit) : 0;
    if (read === 0 && this.#limit < WINDOW_BYTES) this.#atEnd = true;
    this.#limit += read;
    return this.#limit > 0;
  }
}

function addReading(batch: CustomerBatch, field: string): void {
  const reading = readCustomer(field);
  if (reading.ok) batch.addCustomer(reading.customerId);
  else batch.addFault(reading.fault, reading.line);
}
