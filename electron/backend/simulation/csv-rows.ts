import type { ByteSource } from '../customers-bytes';
import { ReplayFileError } from './replay-file-error';

const CHUNK = 4 * 1024 * 1024;
/** A row longer than this is no row of a transactions file, but a quote that never closes. */
const LONGEST_ROW = 16 * 1024 * 1024;
const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;

const LINES_END_IN_RETURNS =
  'Its lines end with carriage returns alone, as old Macintosh programs write them. Save it with ordinary line ends, such as CSV UTF-8.';

/** One row of the file: where its fields lie in `bytes`. Reused from row to row. */
export interface CsvRow {
  bytes: Uint8Array;
  /** First physical line of the row, from 1 in this text. */
  line: number;
  fields: number;
  starts: Int32Array;
  ends: Int32Array;
}

/** What the header of a file tells. */
export interface CsvLayout {
  delimiter: number;
  header: readonly string[];
}

const MOST_FIELDS = 1024;

function delimiterOf(header: string): number {
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  const best = counts.reduce((left, right) => (right.count > left.count ? right : left));
  return best.delimiter.charCodeAt(0);
}

/**
 * Rows of a CSV file, read in pieces and never held whole. Comma, semicolon, tab or bar between fields (the header
 * tells), quotes with doubled quotes inside, CRLF or LF, UTF-8 or UTF-16 with or without a byte-order mark. Empty lines
 * are no rows.
 */
export class CsvRows {
  /** Names in the header row, without surrounding blanks. */
  readonly header: readonly string[];
  readonly delimiter: number;
  /** Whether a quote was met: then a line end may lie within a field. */
  hasQuotes = false;
  private buffer = Buffer.allocUnsafeSlow(2 * CHUNK);
  private start = 0;
  private end = 0;
  private line = 1;
  private isAtEnd = false;
  /** Behind the last line end in the buffer, once it was looked for. */
  private completeUntil = -1;
  private readonly row: CsvRow;

  /**
   * @param source of the text; closed with the rows
   * @param layout of the file, where this is a part of it without its header
   * @throws the file system's error when the file cannot be read
   */
  constructor(
    private readonly source: ByteSource,
    layout?: CsvLayout,
  ) {
    this.row = {
      bytes: this.buffer,
      line: 1,
      fields: 0,
      starts: new Int32Array(MOST_FIELDS),
      ends: new Int32Array(MOST_FIELDS),
    };
    if (layout !== undefined) {
      this.delimiter = layout.delimiter;
      this.header = layout.header;
      return;
    }
    this.fill();
    const first = this.buffer.subarray(0, this.end);
    const lineEnd = first.indexOf(NEWLINE);
    this.delimiter = delimiterOf(new TextDecoder().decode(first.subarray(0, lineEnd < 0 ? this.end : lineEnd)));
    const header = this.next();
    this.header = header === null ? [] : Array.from({ length: header.fields }, (_, field) => this.text(header, field));
    // A quoted name may hold a line end; a bare carriage return within a name is a line end of an older kind.
    if (!this.hasQuotes && this.header.some((name) => name.includes('\r')))
      throw new ReplayFileError(LINES_END_IN_RETURNS);
  }

  /** Lines read so far. */
  get lines(): number {
    return this.line - 1;
  }

  /** Share of the file that has been read, from 0 to 1. */
  get progress(): number {
    return this.source.size === 0 ? 1 : this.source.consumed / this.source.size;
  }

  /** Share of the text that lies behind the current row, above 0: what is read ahead is not counted. */
  get progressOfRows(): number {
    return Math.max(1e-9, (this.source.consumed - (this.end - this.start)) / Math.max(1, this.source.size));
  }

  private fill(): void {
    if (this.start > 0) {
      this.buffer.copyWithin(0, this.start, this.end);
      this.end -= this.start;
      this.start = 0;
    }
    if (this.end + CHUNK > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(2 * this.buffer.length);
      larger.set(this.buffer.subarray(0, this.end));
      this.buffer = larger;
      this.row.bytes = larger;
    }
    this.completeUntil = -1;
    const read = this.source.read(this.buffer, this.end);
    this.end += read;
    this.isAtEnd = read === 0;
  }

  /** The bytes from the next row on, and the end of the last line that is complete there; they live until `next`. */
  complete(): { bytes: Uint8Array; start: number; limit: number } {
    if (this.completeUntil < 0) this.completeUntil = this.buffer.subarray(0, this.end).lastIndexOf(NEWLINE) + 1;
    return { bytes: this.buffer, start: this.start, limit: this.completeUntil };
  }

  /** Goes on behind rows that somebody else has read. @param start of the next row @param lines that they had */
  goTo(start: number, lines: number): void {
    this.start = start;
    this.line += lines;
  }

  /** Text of a field, quotes and blanks around it taken off. */
  text(row: CsvRow, field: number): string {
    return new TextDecoder().decode(row.bytes.subarray(row.starts[field], row.ends[field])).replaceAll(/^ +| +$/g, '');
  }

  /** The next row, or null at the end. It is the same object each time, and lives until the next call. */
  next(): CsvRow | null {
    for (;;) {
      const found = this.scan();
      if (found === 'more') {
        if (this.end - this.start > LONGEST_ROW)
          throw new ReplayFileError(
            this.buffer.subarray(this.start, this.end).includes(RETURN)
              ? LINES_END_IN_RETURNS
              : `Line ${this.line} does not end within ${LONGEST_ROW / 1024 / 1024} MiB: a quote on it may not be closed.`,
          );
        this.fill();
      } else if (found !== 'empty') {
        return found === 'row' ? this.row : null;
      }
    }
  }

  close(): void {
    this.source.close();
  }

  private scan(): 'row' | 'empty' | 'more' | 'end' {
    const { buffer, row, delimiter, end } = this;
    const { starts, ends } = row;
    let at = this.start;
    if (at === end) return this.isAtEnd ? 'end' : 'more';
    let field = 0;
    let fieldStart = at;
    // Most bytes are none of the three that matter, and most of those lie above all three.
    const ordinary = Math.max(QUOTE, delimiter);
    for (;;) {
      while (at < end && buffer[at]! > ordinary) at += 1;
      const byte = at < end ? buffer[at]! : this.isAtEnd ? NEWLINE : -1;
      if (byte === -1) return 'more';
      if (byte === QUOTE && at === fieldStart) return this.scanQuoted();
      if (byte === delimiter) {
        starts[field] = fieldStart;
        ends[field] = at;
        if (field < MOST_FIELDS - 1) field += 1;
        fieldStart = at + 1;
      } else if (byte === NEWLINE) {
        let fieldEnd = at;
        if (fieldEnd > fieldStart && buffer[fieldEnd - 1] === RETURN) fieldEnd -= 1;
        starts[field] = fieldStart;
        ends[field] = fieldEnd;
        const isEmpty = field === 0 && fieldEnd === fieldStart;
        return this.finish(at, field + 1, 1, isEmpty);
      }
      at += 1;
    }
  }

  private finish(newline: number, fields: number, lines: number, isEmpty: boolean): 'row' | 'empty' {
    this.start = Math.min(newline + 1, this.end);
    this.row.line = this.line;
    this.row.fields = fields;
    this.line += lines;
    return isEmpty ? 'empty' : 'row';
  }

  /** A row with a quoted field: walked once to find its end, then once more to take the quotes out in place. */
  private scanQuoted(): 'row' | 'empty' | 'more' {
    this.hasQuotes = true;
    const { buffer, row, delimiter, end } = this;
    let isQuoted = false;
    let atFieldStart = true;
    let lines = 1;
    let newline = this.start;
    for (; ; newline += 1) {
      if (newline >= end) {
        if (!this.isAtEnd) return 'more';
        break;
      }
      const byte = buffer[newline];
      if (byte === QUOTE) {
        if (isQuoted && buffer[newline + 1] === QUOTE && newline + 1 < end) newline += 1;
        else if (isQuoted || atFieldStart) isQuoted = !isQuoted;
        atFieldStart = false;
      } else if (byte === NEWLINE) {
        if (!isQuoted) break;
        lines += 1;
      } else {
        atFieldStart = !isQuoted && byte === delimiter;
      }
    }
    let field = 0;
    let from = this.start;
    let to = from;
    row.starts[0] = to;
    isQuoted = false;
    atFieldStart = true;
    for (; from < newline; from += 1) {
      const byte = buffer[from]!;
      if (byte === QUOTE && isQuoted && buffer[from + 1] === QUOTE && from + 1 < newline) {
        buffer[to++] = QUOTE;
        from += 1;
      } else if (byte === QUOTE && (isQuoted || atFieldStart)) {
        isQuoted = !isQuoted;
        atFieldStart = false;
      } else if (byte === delimiter && !isQuoted) {
        row.ends[field] = to;
        if (field < MOST_FIELDS - 1) field += 1;
        row.starts[field] = ++to;
        atFieldStart = true;
      } else if (!(byte === RETURN && from === newline - 1 && !isQuoted)) {
        buffer[to++] = byte;
        atFieldStart = false;
      }
    }
    row.ends[field] = to;
    return this.finish(newline, field + 1, lines, false);
  }
}
