/** Cuts the text of a table into rows and cells, whatever its line ends and quotes. */
import type { TextSource } from './text-bytes';
import { isClosedIn, RowTail } from './text-row-tail';

const CHUNK = 1024 * 1024;
/** A row may be so long; of a longer one only its beginning is kept, and it is one row. */
export const LONGEST_ROW = 1024 * 1024;
/** More cells of a row are read as part of the last one. */
const MOST_CELLS = 4096;
/** A quoted cell over more lines than this is pointed out: its quote may be a stray one. */
const MANY_LINES = 20;
const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const SPACE = 32;

/** What is odd about a row as a whole. */
export type RowNote = 'unclosed-quote' | 'many-lines' | 'too-long' | null;

/** One row: where its cells lie in `bytes`. The object is used again for the next row. */
export interface TextRow {
  bytes: Uint8Array;
  /** First line of the row in the file, from 1. */
  line: number;
  /** Lines it takes. */
  lines: number;
  cells: number;
  starts: Int32Array;
  ends: Int32Array;
  note: RowNote;
}

/** @returns the text of a cell, quotes taken off, blanks kept; '' where the row has no such cell */
export function cellText(row: TextRow, cell: number): string {
  if (cell >= row.cells) return '';
  const { bytes, starts, ends } = row;
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString('utf8', starts[cell]!, ends[cell]!);
}

/** Whether all cells of a row are empty or blank: spreadsheets leave such rows behind. */
export function isBlankRow(row: TextRow): boolean {
  for (let cell = 0; cell < row.cells; cell += 1)
    for (let at = row.starts[cell]!; at < row.ends[cell]!; at += 1)
      if (row.bytes[at] !== SPACE && row.bytes[at] !== 9) return false;
  return true;
}

/**
 * Rows of a text in the order of the file, a line end being LF, CRLF or CR, mixed as they come. A quote at the start of
 * a cell holds delimiters and line ends; one that is never closed, or that is closed in the middle of a later cell, is
 * a character of its cell, and the row says so, so that no row is swallowed. A cell that goes on behind its closing quote
 * is read as it is written, quotes included: `"1"23` is not 123.
 */
export class TextRows {
  readonly #source: TextSource;
  readonly #delimiter: number;
  /** Whether a quote was met at the start of a cell: then a line end may lie within one. */
  hasQuotes = false;
  #buffer: Buffer;
  #start = 0;
  #end = 0;
  #line = 1;
  #isAtEnd = false;
  #completeUntil = -1;
  /** Bytes of the text before the buffer's first one. */
  #before = 0;
  /** The last open quote that was looked behind for its closing one, by its place in the text. */
  #lookedAhead = { place: -1, isClosed: false };
  #scratch = Buffer.alloc(0);
  readonly #linesAreRows: boolean;
  readonly #row: TextRow;

  /**
   * @param delimiter its byte; -1: a row is one cell
   * @param bytes of the whole text, where it is known: a short one needs less room
   * @param linesAreRows a row counts as one line, whatever line ends its cells hold
   */
  constructor(source: TextSource, delimiter: number, bytes = Infinity, linesAreRows = false) {
    this.#source = source;
    this.#linesAreRows = linesAreRows;
    this.#buffer = Buffer.allocUnsafeSlow(Math.min(4 * CHUNK, bytes + 1));
    this.#delimiter = delimiter;
    this.#row = {
      bytes: this.#buffer,
      line: 1,
      lines: 1,
      cells: 0,
      starts: new Int32Array(MOST_CELLS),
      ends: new Int32Array(MOST_CELLS),
      note: null,
    };
  }

  /** Byte that parts cells; -1: none. */
  get delimiter(): number {
    return this.#delimiter;
  }

  /** Share of the file that lies behind the current row, from 0 to 1; packed files tell it roughly. */
  get progress(): number {
    const { size, consumed } = this.#source;
    return size === 0 ? 1 : Math.max(0, Math.min(1, (consumed - (this.#end - this.#start)) / size));
  }

  /** The next row, blank ones included, or null at the end. It lives until the next call. */
  next(): TextRow | null {
    for (;;) {
      const found = this.#scan();
      if (found === 'row') return this.#row;
      if (found === 'end') return null;
      this.#fill();
    }
  }

  /** Bytes from the next row on that are in memory, up to the end of the last line that is complete there. */
  complete(): { bytes: Uint8Array; start: number; limit: number } {
    if (this.#completeUntil < 0)
      this.#completeUntil = this.#buffer.subarray(this.#start, this.#end).lastIndexOf(NEWLINE) + 1 + this.#start;
    return { bytes: this.#buffer, start: this.#start, limit: this.#completeUntil };
  }

  /** Goes on behind rows that somebody else has read from `complete`. @param start of the next row @param lines they had */
  goTo(start: number, lines: number): void {
    this.#start = start;
    this.#line += lines;
  }

  /** Bytes of the text before the next row. */
  get bytesRead(): number {
    return this.#before + this.#start;
  }

  /** Lines behind the current row. */
  get linesRead(): number {
    return this.#line - 1;
  }

  /**
   * Takes rows of the plainest form in one walk: no quotes, an id of 1 to 15 digits without zeros in front, LF or CRLF.
   * Any other row is left to `next`, which reads such a row alike.
   *
   * @param column of the ids
   * @param ids gets them from `from` on, up to its end
   * @returns how many rows were taken
   */
  takePlainIds(column: number, ids: Float64Array, from: number): number {
    const { bytes, start, limit } = this.complete();
    const delimiter = this.#delimiter;
    const most = ids.length - from;
    let next = start;
    let taken = 0;
    rows: while (taken < most && next < limit) {
      let at = next;
      for (let skipped = 0; skipped < column; skipped += 1) {
        if (bytes[at] === QUOTE) break rows;
        while (bytes[at] !== delimiter) {
          if (bytes[at] === NEWLINE || bytes[at] === RETURN) break rows;
          at += 1;
        }
        at += 1;
      }
      const first = at;
      let id = 0;
      let byte = bytes[at]!;
      while (byte >= 48 && byte <= 57) {
        id = id * 10 + (byte - 48);
        byte = bytes[++at]!;
      }
      if (at === first || at - first > 15 || bytes[first] === 48) break;
      if (byte === delimiter)
        // A quote further on may hold a line end; a return may be one.
        while (byte !== NEWLINE && byte !== QUOTE && byte !== RETURN) byte = bytes[++at]!;
      if (byte === RETURN && bytes[at + 1] === NEWLINE) byte = bytes[++at]!;
      if (byte !== NEWLINE || at - next > LONGEST_ROW) break;
      ids[from + taken] = id;
      taken += 1;
      next = at + 1;
    }
    this.goTo(next, taken);
    return taken;
  }

  #fill(): void {
    if (this.#start > 0) {
      this.#buffer.copyWithin(0, this.#start, this.#end);
      this.#before += this.#start;
      this.#end -= this.#start;
      this.#start = 0;
    }
    // What cannot be a row any more is never held: LONGEST_ROW bounds what `#scan` asks for.
    this.#completeUntil = -1;
    const read = this.#source.read(this.#buffer, this.#end);
    this.#end += read;
    this.#isAtEnd = read === 0;
  }

  #scan(): 'row' | 'more' | 'end' {
    const buffer = this.#buffer;
    const delimiter = this.#delimiter;
    const end = this.#end;
    const { starts, ends } = this.#row;
    if (this.#start === end) return this.#isAtEnd ? 'end' : 'more';
    let at = this.#start;
    let cell = 0;
    let cellStart = at;
    const ordinary = Math.max(QUOTE, delimiter);
    for (;;) {
      while (at < end && buffer[at]! > ordinary) at += 1;
      if (at >= end) {
        if (!this.#isAtEnd && at - this.#start < LONGEST_ROW) return 'more';
        if (!this.#isAtEnd) return this.#tooLong();
        starts[cell] = cellStart;
        ends[cell] = at;
        return this.#finish(at, at, cell + 1, 1, null, buffer);
      }
      const byte = buffer[at]!;
      if (byte === QUOTE && at === cellStart) return this.#scanQuoted();
      if (byte === delimiter) {
        if (cell < MOST_CELLS - 1) {
          starts[cell] = cellStart;
          ends[cell] = at;
          cell += 1;
          cellStart = at + 1;
        }
      } else if (byte === NEWLINE || byte === RETURN) {
        const next = this.#behindLineEnd(at);
        if (next < 0) return 'more';
        if (at - this.#start > LONGEST_ROW) return this.#tooLong();
        starts[cell] = cellStart;
        ends[cell] = at;
        return this.#finish(at, next, cell + 1, 1, null, buffer);
      }
      at += 1;
    }
  }

  /** The position behind a line end; -1 where a CR is the last byte so far and may be half of one. */
  #behindLineEnd(at: number): number {
    if (this.#buffer[at] === NEWLINE) return at + 1;
    if (at + 1 < this.#end) return this.#buffer[at + 1] === NEWLINE ? at + 2 : at + 1;
    return this.#isAtEnd ? at + 1 : -1;
  }

  #finish(rowEnd: number, next: number, cells: number, lines: number, note: RowNote, bytes: Uint8Array): 'row' {
    const row = this.#row;
    row.bytes = bytes;
    row.line = this.#line;
    row.lines = lines;
    row.cells = cells;
    row.note = note;
    this.#start = Math.max(next, rowEnd);
    this.#line += this.#linesAreRows ? 1 : lines;
    return 'row';
  }

  /** A row beyond the limit: its beginning is kept as one cell, the rest is passed over up to the row's end. */
  #tooLong(): 'row' {
    const row = this.#row;
    const kept = Buffer.from(this.#buffer.subarray(this.#start, this.#start + 200));
    const tail = new RowTail(this.#delimiter, (place) => this.#isClosedAhead(place));
    let next = tail.find(this.#buffer, this.#start, this.#end, this.#before);
    while (next < 0) {
      this.#start = this.#end;
      this.#fill();
      next = this.#isAtEnd ? this.#end : tail.find(this.#buffer, this.#start, this.#end, this.#before);
    }
    row.starts[0] = 0;
    row.ends[0] = kept.length;
    // A return that ended the row as the last byte in memory may be half of a line end.
    if (tail.endsInReturn && next === this.#end && !this.#isAtEnd) {
      this.#start = next;
      this.#fill();
      next = this.#start < this.#end && this.#buffer[this.#start] === NEWLINE ? this.#start + 1 : this.#start;
    }
    return this.#finish(next, next, 1, tail.lines, 'too-long', kept);
  }

  /** Whether a quote that opens at a place of the text is closed further on than a row may reach. */
  #isClosedAhead(place: number): boolean {
    if (this.#lookedAhead.place !== place) {
      const ahead = this.#source.reopen(place + 1);
      try {
        this.#lookedAhead = { place, isClosed: isClosedIn(ahead, this.#delimiter) };
      } finally {
        ahead.close();
      }
    }
    return this.#lookedAhead.isClosed;
  }

  /** A row with a quote at the start of a cell: cells are copied without their quotes. */
  #scanQuoted(): 'row' | 'more' | 'end' {
    const buffer = this.#buffer;
    const delimiter = this.#delimiter;
    const { starts, ends } = this.#row;
    const rowStart = this.#start;
    this.hasQuotes = true;
    let note: RowNote = null;
    let at = rowStart;
    let to = 0;
    let cell = 0;
    let lines = 1;
    for (;;) {
      // At the start of a cell.
      starts[cell] = to;
      let from = at;
      if (at < this.#end && buffer[at] === QUOTE) {
        const closing = this.#closingQuote(at, rowStart);
        if (closing.state === 'more') return 'more';
        if (closing.state === 'far' && this.#isClosedAhead(this.#before + at)) return this.#tooLong();
        if (closing.state === 'closed') {
          // With text behind them quotes are no frame: taken off, the cell would hold what nobody wrote.
          to = closing.isFrame ? this.#copyQuoted(at + 1, closing.at, to) : this.#copy(at, closing.at + 1, to);
          from = closing.at + 1;
          lines += closing.lines;
          if (closing.lines >= MANY_LINES && note === null) note = 'many-lines';
        } else if (note === null || note === 'many-lines') {
          note = 'unclosed-quote';
        }
      }
      at = from;
      while (at < this.#end) {
        const byte = buffer[at]!;
        if (byte === delimiter || byte === NEWLINE || byte === RETURN) break;
        at += 1;
      }
      if (at >= this.#end && !this.#isAtEnd) {
        if (at - rowStart < 2 * LONGEST_ROW) return 'more';
        return this.#tooLong();
      }
      to = this.#copy(from, at, to);
      const isDelimiter = at < this.#end && buffer[at] === delimiter;
      if (isDelimiter && cell === MOST_CELLS - 1) {
        at += 1;
        continue;
      }
      ends[cell] = to;
      if (isDelimiter) {
        at += 1;
        cell += 1;
        continue;
      }
      const next = at < this.#end ? this.#behindLineEnd(at) : at;
      if (next < 0) return 'more';
      if (to > LONGEST_ROW) return this.#tooLong();
      return this.#finish(at, next, cell + 1, lines, note, this.#scratch);
    }
  }

  /** Looks for the quote that closes the one at `open`, as far as a row may reach. */
  #closingQuote(
    open: number,
    rowStart: number,
  ): { state: 'closed'; at: number; lines: number; isFrame: boolean } | { state: 'unclosed' | 'far' | 'more' } {
    const buffer = this.#buffer;
    const end = Math.min(this.#end, rowStart + LONGEST_ROW);
    const isCut = this.#end > end || this.#isAtEnd;
    let lines = 0;
    for (let at = open + 1; at < end; at += 1) {
      const byte = buffer[at]!;
      if (byte === NEWLINE) lines += 1;
      else if (byte === RETURN && buffer[at + 1] !== NEWLINE) lines += 1;
      else if (byte === QUOTE) {
        if (at + 1 >= end && !isCut) return { state: 'more' };
        const behind = at + 1 < this.#end ? buffer[at + 1]! : NEWLINE;
        if (behind === QUOTE) {
          at += 1;
          continue;
        }
        let after = at + 1;
        while (after < end && (buffer[after] === SPACE || (buffer[after] === 9 && this.#delimiter !== 9))) after += 1;
        if (after >= end && !isCut) return { state: 'more' };
        const stop = after < this.#end ? buffer[after]! : NEWLINE;
        const closes = stop === this.#delimiter || stop === NEWLINE || stop === RETURN;
        if (closes) return { state: 'closed', at, lines, isFrame: true };
        // Text behind a quote on the same line is a slip of whoever wrote it; lines further on it is another cell's quote.
        return lines === 0 ? { state: 'closed', at, lines, isFrame: false } : { state: 'unclosed' };
      }
    }
    if (!isCut) return { state: 'more' };
    return { state: this.#isAtEnd && end === this.#end ? 'unclosed' : 'far' };
  }

  #room(more: number, to: number): void {
    if (to + more <= this.#scratch.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (to + more));
    larger.set(this.#scratch.subarray(0, to));
    this.#scratch = larger;
  }

  #copy(from: number, end: number, to: number): number {
    this.#room(end - from, to);
    this.#buffer.copy(this.#scratch, to, from, end);
    return to + end - from;
  }

  #copyQuoted(from: number, end: number, to: number): number {
    this.#room(end - from, to);
    let written = to;
    for (let at = from; at < end; at += 1) {
      const byte = this.#buffer[at]!;
      this.#scratch[written] = byte;
      written += 1;
      if (byte === QUOTE) at += 1;
    }
    return written;
  }
}
