/** Finds how a text is cut into a table: delimiter, rows above the header, header, columns. */
import { readCustomerCell } from './customer-value';
import { dateCell } from './date-forms';
import { PastedBytes } from './text-bytes';
import { cellText, isBlankRow, TextRows } from './text-rows';

/** Characters that part cells somewhere in the world, the usual ones first. */
export const DELIMITERS = [',', ';', '\t', '|', '^', '~', '\u0001', '\u001f'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const SAMPLE_ROWS = 500;

export interface SampleRow {
  line: number;
  cells: readonly string[];
}

/** The first rows of a text as one delimiter cuts them; blank rows left out. */
export interface TextDialect {
  /** Null: a row is one cell. */
  delimiter: Delimiter | null;
  /** Rows of the file above the header or the first data row, blank ones included: a `sep=` line, titles. */
  rowsAbove: number;
  /** Titles among them, for people. */
  titles: readonly string[];
  header: readonly string[] | null;
  /** Cells that most rows have. */
  columns: number;
  /** First data rows. */
  sample: readonly SampleRow[];
  /** Whether those are all. */
  isWhole: boolean;
  /** Whether a quote was met, which may hold line ends. */
  hasQuotes: boolean;
  /** Without a header each row is a list of ids. */
  isList: boolean;
}

/** All rows of the head of a text, each with its place among the rows of the file. */
function rowsOf(
  head: Buffer,
  isWhole: boolean,
  delimiter: Delimiter | null,
  linesAreRows: boolean,
): { rows: SampleRow[]; places: number[] } {
  const byte = delimiter === null ? -1 : delimiter.charCodeAt(0);
  const reader = new TextRows(new PastedBytes(head), byte, head.length, linesAreRows);
  const rows: SampleRow[] = [];
  const places: number[] = [];
  let place = 0;
  for (let row = reader.next(); row !== null && rows.length < SAMPLE_ROWS; row = reader.next()) {
    if (!isBlankRow(row)) {
      const cells: string[] = [];
      for (let cell = 0; cell < row.cells; cell += 1) cells.push(cellText(row, cell));
      rows.push({ line: row.line, cells });
      places.push(place);
    }
    place += 1;
  }
  // The head of a longer file ends in the middle of a row.
  if (!isWhole && rows.length > 1 && rows.length < SAMPLE_ROWS) {
    rows.pop();
    places.pop();
  }
  return { rows, places };
}

const filled = (cells: readonly string[]): number => {
  let count = cells.length;
  while (count > 0 && cells[count - 1]!.trim() === '') count -= 1;
  return count;
};

/** The number that occurs most often; of two such, the larger. */
function usual(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  let best = 0;
  for (const [count, many] of times) {
    const most = times.get(best) ?? 0;
    if (many > most || (many === most && count > best)) best = count;
  }
  return best;
}

/**
 * @param head first bytes of the text, as UTF-8 without a mark
 * @param isWhole whether that is all of it
 * @param isHeading whether a cell is a name that columns have
 * @param chosen what a person has said of it; `isMade`: the text was made with a header in its first row, each row a line
 */
export function findDialect(
  head: Buffer,
  isWhole: boolean,
  isHeading: (cell: string) => boolean,
  chosen: { delimiter?: Delimiter; header?: boolean; isMade?: boolean } = {},
): TextDialect {
  const isMade = chosen.isMade === true;
  const separator = isMade ? null : /^(?:\ufeff)?"?sep=(.)"?\s*$/iu.exec(firstLineOf(head));
  const said = chosen.delimiter ?? DELIMITERS.find((one) => one === separator?.[1]);
  let best = rowsOf(head, isWhole, said ?? null, isMade);
  let delimiter: Delimiter | null = said ?? null;
  if (said === undefined) {
    let bestScore = 0;
    for (const candidate of DELIMITERS) {
      if (!head.includes(candidate)) continue;
      const found = rowsOf(head, isWhole, candidate, false);
      const counts = found.rows.map(({ cells }) => cells.length);
      const columns = usual(counts);
      if (counts.every((count) => count < 2) || (candidate === ',' && areNumbersWithCommas(found.rows))) continue;
      const alike = counts.filter((count) => count === columns).length / counts.length;
      const named = found.rows.slice(0, 20).some(({ cells }) => cells.some(isHeading)) ? 0.2 : 0;
      const score = alike + named + Math.min(columns, 50) / 1000;
      // Decimal commas in a list of one column look like a delimiter in a part of its rows only.
      const isRaggedList =
        columns > 2 || found.rows.some(({ cells }) => cells.length > 2) ? isListOfIds(found.rows) : false;
      if (score > bestScore && (alike > 0.5 || named > 0 || isRaggedList)) {
        best = found;
        bestScore = score;
        delimiter = candidate;
      }
    }
  }
  const { rows, places } = best;
  const skipSeparator = separator === null ? 0 : 1;
  const body = rows.slice(skipSeparator);
  const columns = Math.max(1, usual(body.map(({ cells }) => cells.length)));
  const width = Math.max(1, usual(body.map(({ cells }) => filled(cells))));
  const above = isMade ? 0 : rowsAboveTable(body, width, isHeading);
  const first = body[above];
  const hasHeader =
    isMade || (chosen.header ?? (first !== undefined && isHeader(first.cells, body.slice(above + 1), isHeading)));
  const data = body.slice(above + (hasHeader ? 1 : 0));
  return {
    delimiter,
    rowsAbove: places[skipSeparator + above] ?? (separator === null ? 0 : 1),
    titles: body.slice(0, above).map(({ cells }) => cells.slice(0, filled(cells)).join(' ').trim()),
    header: hasHeader ? (first?.cells ?? []).map((name) => name.trim()) : null,
    columns: hasHeader ? Math.max(filled(first?.cells ?? []), isUsual(columns, data) ? columns : 0) : columns,
    sample: data,
    isWhole: isWhole && rows.length < SAMPLE_ROWS,
    hasQuotes: head.includes('"'),
    isList: !hasHeader && delimiter !== null && isListOfIds(data),
  };
}

/** `5,66E+08` and `12,345` are one number each: half of it would be somebody else's id. */
function areNumbersWithCommas(rows: readonly SampleRow[]): boolean {
  return rows
    .filter(({ cells }) => cells.length > 1)
    .every(({ cells }) => {
      const reading = readCustomerCell(cells.join(','));
      return !reading.ok && (reading.fault === 'scientific' || reading.fault === 'grouped');
    });
}

/** Whether most rows have so many cells: cells beyond the header count only then. */
function isUsual(columns: number, rows: readonly SampleRow[]): boolean {
  return rows.filter(({ cells }) => cells.length >= columns).length > rows.length / 2;
}

function firstLineOf(head: Buffer): string {
  const text = head.subarray(0, 64).toString('utf8');
  return /^[^\r\n]*/.exec(text)?.[0] ?? '';
}

/** Titles stand above a table in fewer cells than it has. */
function rowsAboveTable(rows: readonly SampleRow[], width: number, isHeading: (cell: string) => boolean): number {
  if (width < 2) return 0;
  const limit = Math.min(rows.length - 1, 20);
  for (let place = 0; place < limit; place += 1) {
    const { cells } = rows[place]!;
    const count = cells.filter((cell) => cell.trim() !== '').length;
    if (count >= Math.max(2, Math.ceil(width * 0.6)) || (count > 1 && cells.some(isHeading))) return place;
    // A short row that holds values is data with cells missing.
    if (cells.some(isValue)) return place;
  }
  return 0;
}

/** A cell that is a value, not a name. */
function isValue(cell: string): boolean {
  const text = cell.trim();
  if (text === '') return false;
  const customer = readCustomerCell(text);
  if (customer.ok || (customer.fault !== 'not-a-number' && customer.fault !== 'text-id')) return true;
  const { form } = dateCell(text);
  return (
    (form !== 'text' && form !== 'empty') ||
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ||
    /^\p{Sc}?\s?[-\d.,]+\s?\p{Sc}?$/u.test(text)
  );
}

/**
 * A header holds no value; and what makes it one is a name that columns have, or values below where it has words.
 */
function isHeader(cells: readonly string[], rows: readonly SampleRow[], isHeading: (cell: string) => boolean): boolean {
  if (cells.some(isValue)) return false;
  if (cells.some(isHeading)) return true;
  const named = cells.map((cell) => /[\p{L}]/u.test(cell));
  if (!named.includes(true)) return false;
  return rows.slice(0, 20).some((row) => row.cells.some((cell, column) => (named[column] ?? false) && isValue(cell)));
}

/** Rows of differing or single length whose every cell is an id: a list that wraps, not a table. */
function isListOfIds(rows: readonly SampleRow[]): boolean {
  const lengths = new Set(rows.map(({ cells }) => filled(cells)));
  if (rows.length > 1 && lengths.size < 2) return false;
  return (
    rows.length > 0 &&
    rows.every(({ cells }) =>
      cells.slice(0, filled(cells)).every((cell) => readCustomerCell(cell).ok || cell.trim() === ''),
    )
  );
}
