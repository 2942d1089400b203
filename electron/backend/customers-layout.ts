import type { ByteSource } from './customers-bytes';
import {
  CARRIAGE_RETURN,
  cutLine,
  isGrouped,
  isNumeric,
  isSplitScientific,
  NEWLINE,
  readCustomer,
} from './customers-line';
import type { CustomerLayout } from './customers-scanner';

export type Delimiter = ',' | ';' | '\t' | '|';

/** A layout, and what a person is told about it. */
export interface LayoutFinding {
  layout: CustomerLayout;
  delimiter: Delimiter | null;
  header: readonly string[] | null;
  columnReason: string;
  columns: number;
  /** Whether nothing says which of several columns of whole numbers holds the ids: they would be a guess. */
  isGuess: boolean;
  /** Whether the whole text is one line of several whole numbers: a list of ids, not a table. */
  isList: boolean;
  /** First data lines, cut into fields. */
  sample: readonly (readonly string[])[];
  /** Mean length of the sample's lines in bytes. */
  bytesPerLine: number;
}

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];
const HEAD_BYTES = 256 * 1024;
const HEAD_LINES = 200;
const SHOWN_LINES = 20;

/** Headings of a customer id, the most telling first; compared without case, blanks and punctuation. */
const CUSTOMER_HEADINGS = [
  'customerid',
  'customerids',
  'userid',
  'custid',
  'memberid',
  'customernumber',
  'customerno',
  'membernumber',
  'customer',
  'member',
  'user',
  'uid',
  'id',
];

const normalised = (heading: string): string => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

interface Head {
  lines: string[][];
  bytes: number;
}

/**
 * Finds where the customer ids of a text stand: line end, delimiter, header, column.
 *
 * @param source its first bytes are consumed: open the text again to read it
 * @param column the person's own choice, instead of the one found
 */
export function findLayout(source: ByteSource, column?: number): LayoutFinding {
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  let limit = 0;
  for (let read = -1; read !== 0 && limit < HEAD_BYTES; limit += read) read = source.read(head, limit);
  const isWhole = limit < HEAD_BYTES;
  const newline = lineEndOf(head.subarray(0, limit));
  const { delimiter, lines, bytes } = findDelimiter(head, limit, newline, isWhole);
  const columns = lines.reduce((most, line) => Math.max(most, line.length), 1);
  const firstLine = lines[0] ?? [];
  const named = headingOf(firstLine);
  const hasHeader = named !== null || looksLikeHeader(lines);
  const rows = hasHeader ? lines.slice(1) : lines;
  const found = chooseColumn(rows, named, columns);
  const chosen = column === undefined || column >= columns ? found : { column, reason: 'chosen by you' };
  const isList = isWhole && !hasHeader && lines.length === 1 && firstLine.length > 1 && firstLine.every(isId);
  return {
    isList,
    isGuess: chosen === found && named === null && !isList && columnsOfIds(rows, columns) > 1,
    layout: {
      delimiter: delimiter === null ? null : delimiter.charCodeAt(0),
      newline,
      column: chosen.column,
      hasHeader,
    },
    delimiter,
    header: hasHeader ? firstLine.map((field) => field.trim()) : null,
    columnReason: chosen.reason,
    columns,
    sample: rows.slice(0, SHOWN_LINES),
    bytesPerLine: lines.length === 0 ? 1 : Math.max(1, bytes / lines.length),
  };
}

/** Lines end with \n, alone or after \r; only where there is none, \r alone ends them. */
function lineEndOf(head: Buffer): number {
  return !head.includes(NEWLINE) && head.includes(CARRIAGE_RETURN) ? CARRIAGE_RETURN : NEWLINE;
}

function cutHead(head: Buffer, limit: number, delimiter: Delimiter | null, newline: number, isWhole: boolean): Head {
  const lines: string[][] = [];
  let at = 0;
  while (at < limit && lines.length < HEAD_LINES) {
    const line = cutLine(
      head,
      at,
      limit,
      delimiter === null ? null : delimiter.charCodeAt(0),
      newline,
      isWhole || lines.length === 0,
    );
    if (line === null) break;
    if (line.fields.some((field) => field.trim() !== '')) lines.push(line.fields);
    at = line.next;
  }
  return { lines, bytes: at };
}

/** The delimiter that cuts most lines into the same number of fields, more than one; of two such, the one that cuts more. */
function findDelimiter(
  head: Buffer,
  limit: number,
  newline: number,
  isWhole: boolean,
): Head & { delimiter: Delimiter | null } {
  let best: (Head & { delimiter: Delimiter | null }) | null = null;
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const cut = cutHead(head, limit, delimiter, newline, isWhole);
    const fields = cut.lines[0]?.length ?? 1;
    if (fields === 1 || (delimiter === ',' && areCommasInNumbers(cut.lines))) continue;
    const alike = cut.lines.filter((line) => line.length === fields).length / cut.lines.length;
    const score = alike + fields / 1000;
    if (alike > 0.5 && score > bestScore) {
      best = { ...cut, delimiter };
      bestScore = score;
    }
  }
  return best ?? { ...cutHead(head, limit, null, newline, isWhole), delimiter: null };
}

const isId = (field: string): boolean => readCustomer(field).ok;

/**
 * Whether commas stand inside numbers instead of between fields: `5,66E+08` in the first line, or `12,345` in all. What
 * could be read both ways is not cut, since half a number is another customer's id.
 */
function areCommasInNumbers(lines: readonly (readonly string[])[]): boolean {
  const [firstLine] = lines;
  if (!firstLine || headingOf(firstLine) !== null) return false;
  if (firstLine.some((field, at) => at > 0 && isSplitScientific(firstLine[at - 1] ?? '', field))) return true;
  const numbers = isGrouped(firstLine.join(',')) ? lines : lines.slice(1);
  return numbers.length > 0 && numbers.every((line) => isGrouped(line.join(',')));
}

/** Columns of which at least half the rows hold customer ids. */
function columnsOfIds(rows: readonly (readonly string[])[], columns: number): number {
  let found = 0;
  for (let column = 0; column < columns; column += 1) {
    const ids = rows.filter((row) => isId(row[column] ?? '')).length;
    if (ids > 0 && ids * 2 >= rows.length) found += 1;
  }
  return found;
}

function headingOf(firstLine: readonly string[]): { column: number; heading: string } | null {
  const headings = firstLine.map(normalised);
  for (const wanted of CUSTOMER_HEADINGS) {
    const column = headings.indexOf(wanted);
    if (column !== -1) return { column, heading: (firstLine[column] as string).trim() };
  }
  return null;
}

/** A first line without any number above lines that have one is a header, whatever it says. */
function looksLikeHeader(lines: readonly (readonly string[])[]): boolean {
  const [firstLine, ...rows] = lines;
  if (!firstLine || rows.length === 0) return false;
  if (firstLine.some((field) => isNumeric(field) || field.trim() === '')) return false;
  if (firstLine.length === 1 && !/\p{L}/u.test(firstLine[0] as string)) return false;
  return rows.slice(0, 5).some((row) => row.some((field) => readCustomer(field).ok));
}

function chooseColumn(
  rows: readonly (readonly string[])[],
  named: { column: number; heading: string } | null,
  columns: number,
): { column: number; reason: string } {
  if (named) return { column: named.column, reason: `its heading is “${named.heading}”` };
  if (columns === 1) return { column: 0, reason: 'it is the only one' };
  let best = 0;
  let bestCount = -1;
  for (let column = 0; column < columns; column++) {
    const count = rows.filter((row) => readCustomer(row[column] ?? '').ok).length;
    if (count > bestCount) {
      best = column;
      bestCount = count;
    }
  }
  return bestCount <= 0
    ? { column: 0, reason: 'no column holds whole numbers, so the first one is taken' }
    : { column: best, reason: 'it holds the most whole numbers' };
}
