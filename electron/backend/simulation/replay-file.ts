import type { ReplayColumns } from '../../../shared/simulation/replay-source';
import type { ReplayEvents, Scenario } from '../../../shared/simulation/scenario';
import { FileBytes } from '../customers-bytes';
import { CsvRows, type CsvLayout } from './csv-rows';
import { CustomerIndex } from './customer-index';
import { FileRange, partsOfFile, type ByteRange } from './file-range';
import { MOST_SEGMENTS, placesIn, RowReader } from './replay-rows';
import { orderByInstant } from './sort-events';

/** A row that could not be read, by its line in the file. */
export interface BadRow {
  line: number;
  reason: string;
}

/** A replayed file in memory that workers can share, and what was left out of it. */
export interface ReplayFile {
  columns: ReplayColumns;
  /** Rows outside [from, to). */
  skipped: number;
  badRows: number;
  /** The first bad rows, as many as a person might look through. */
  firstBadRows: BadRow[];
}

const BAD_ROWS_KEPT = 1000;
const ROWS_BETWEEN_CHECKPOINTS = 1 << 15;

/** A part of a file, its rows sorted; what workers hand over. Customers and segments are numbered within the part. */
export interface ReplayPart {
  at: Float64Array;
  customer: Uint32Array;
  amount: Float64Array | null;
  segment: Uint16Array | null;
  ids: Float64Array;
  segmentNames: string[];
  skipped: number;
  badRows: number;
  /** By line within the part. */
  firstBadRows: BadRow[];
  lines: number;
  /** A quote was met, so that lines are no safe places to cut the file at. */
  hasQuotes: boolean;
}

function shared<T extends Float64Array | Uint32Array | Uint16Array>(
  Kind: { new (buffer: SharedArrayBuffer): T; BYTES_PER_ELEMENT: number },
  length: number,
): T {
  return new Kind(new SharedArrayBuffer(length * Kind.BYTES_PER_ELEMENT));
}

/** Rows in the order of their instants, in memory that threads share. */
function sortedRows({
  rows,
  customers,
  segments,
}: RowReader): Omit<ReplayPart, 'skipped' | 'badRows' | 'firstBadRows' | 'lines' | 'hasQuotes'> {
  const { length } = rows;
  const order = orderByInstant(rows.at.subarray(0, length));
  const sorted = <T extends Float64Array | Uint32Array | Uint16Array>(from: T, into: T): T => {
    if (order === null) into.set(from.subarray(0, length));
    else for (let index = 0; index < length; index += 1) into[index] = from[order[index]!]!;
    return into;
  };
  const ids = shared(Float64Array, customers.size);
  ids.set(customers.list());
  return {
    at: sorted(rows.at, shared(Float64Array, length)),
    customer: sorted(rows.customer, shared(Uint32Array, length)),
    amount: rows.amount === null ? null : sorted(rows.amount, shared(Float64Array, length)),
    segment: rows.segment === null ? null : sorted(rows.segment, shared(Uint16Array, length)),
    ids,
    segmentNames: [...segments.keys()],
  };
}

/** A file cut into parts that can be read side by side. */
export interface ReplayPlan {
  layout: CsvLayout;
  parts: ByteRange[];
}

/**
 * Looks at a file before it is read: its columns, and where to cut it.
 *
 * @param most parts
 * @throws ReplayFileError when a named column is missing; the file system's error when the file cannot be read
 */
export function planReplay(path: string, events: ReplayEvents, most: number): ReplayPlan {
  const csv = new CsvRows(new FileBytes(path));
  try {
    placesIn(csv.header, events);
    return {
      layout: { delimiter: csv.delimiter, header: csv.header },
      parts: csv.hasQuotes ? partsOfFile(path, 1) : partsOfFile(path, most),
    };
  } finally {
    csv.close();
  }
}

/**
 * Reads a part of a transactions file.
 *
 * @param part by its number in the plan; the first has the header
 * @param checkpoint called every few thousand rows with the share of the part that was read; may throw to stop
 * @throws the file system's error when the file cannot be read
 */
export function readReplayPart(
  path: string,
  events: ReplayEvents,
  period: Pick<Scenario, 'from' | 'to'>,
  plan: ReplayPlan,
  part: number,
  checkpoint: (progress: number, rows: number) => void = () => undefined,
): ReplayPart {
  const range = plan.parts[part]!;
  const source = plan.parts.length === 1 ? new FileBytes(path) : new FileRange(path, range);
  const csv = new CsvRows(source, plan.layout);
  try {
    const reader = new RowReader(placesIn(csv.header, events), csv, period.from, period.to);
    const firstBadRows: BadRow[] = [];
    let badRows = 0;
    let count = 0;
    if (part === 0) csv.next();
    for (let row = csv.next(); row !== null; row = csv.next()) {
      if (!reader.take(row)) {
        badRows += 1;
        if (firstBadRows.length < BAD_ROWS_KEPT) firstBadRows.push({ line: row.line, reason: reader.reasonFor(row) });
      }
      count += 1;
      if (count % ROWS_BETWEEN_CHECKPOINTS === 0) {
        checkpoint(csv.progress, count);
        // Rows are of about one length, so that the first ones tell how many there will be.
        if (count === ROWS_BETWEEN_CHECKPOINTS) reader.rows.grow(Math.ceil((count / csv.progressOfRows) * 1.05));
      }
    }
    const { skipped } = reader;
    return { ...sortedRows(reader), skipped, badRows, firstBadRows, lines: csv.lines, hasQuotes: csv.hasQuotes };
  } finally {
    csv.close();
  }
}

/** For each part, the number of each of its customers in the whole file: in the order of their first rows. */
function numberCustomers(parts: readonly ReplayPart[]): { ids: Float64Array; numbers: Uint32Array[] } {
  const index = new CustomerIndex();
  const numbers = parts.map(({ ids: ofPart }) => {
    const number = new Uint32Array(ofPart.length);
    for (let customer = 0; customer < ofPart.length; customer += 1) number[customer] = index.of(ofPart[customer]!);
    return number;
  });
  const ids = shared(Float64Array, index.size);
  ids.set(index.list());
  return { ids, numbers };
}

/** The segment of each customer: that of the first event. */
function segmentsOf(
  parts: readonly ReplayPart[],
  numbers: readonly Uint32Array[],
  customers: number,
): { names: string[]; of: Uint16Array | null } {
  if (parts.some((part) => part.segment === null)) return { names: [], of: null };
  const names = [...new Set(parts.flatMap((part) => part.segmentNames))].slice(0, MOST_SEGMENTS);
  const numberOf = new Map(names.map((name, number) => [name, number]));
  const of = shared(Uint16Array, customers);
  const since = new Float64Array(customers).fill(Infinity);
  parts.forEach((part, index) => {
    const segments = part.segmentNames.map((name) => numberOf.get(name) ?? 0);
    for (let row = 0; row < part.at.length; row += 1) {
      const customer = numbers[index]![part.customer[row]!]!;
      if (part.at[row]! >= since[customer]!) continue;
      since[customer] = part.at[row]!;
      of[customer] = segments[part.segment![row]!]!;
    }
  });
  return { names, of };
}

/**
 * Merges two sorted runs, ties from the first.
 *
 * @param left numbers its customers as the whole file does, for it begins with the file's first part
 * @param numbers of the right one's customers in the whole file
 */
function mergeRows(left: ReplayPart, right: ReplayPart, numbers: Uint32Array): ReplayPart {
  const { at: ofLeft, customer: customerOfLeft, amount: amountOfLeft } = left;
  const { at: ofRight, customer: customerOfRight, amount: amountOfRight } = right;
  const length = ofLeft.length + ofRight.length;
  const at = shared(Float64Array, length);
  const customer = shared(Uint32Array, length);
  const amount = amountOfLeft === null || amountOfRight === null ? null : shared(Float64Array, length);
  let l = 0;
  let r = 0;
  for (let place = 0; place < length; place += 1) {
    if (r === ofRight.length || (l < ofLeft.length && ofLeft[l]! <= ofRight[r]!)) {
      at[place] = ofLeft[l]!;
      customer[place] = customerOfLeft[l]!;
      if (amount !== null) amount[place] = amountOfLeft![l]!;
      l += 1;
    } else {
      at[place] = ofRight[r]!;
      customer[place] = numbers[customerOfRight[r]!]!;
      if (amount !== null) amount[place] = amountOfRight![r]!;
      r += 1;
    }
  }
  return { ...left, at, customer, amount };
}

/** Puts the parts of a file together, in their order. */
export function joinReplayParts(parts: readonly ReplayPart[]): ReplayFile {
  const { ids, numbers } = numberCustomers(parts);
  const segments = segmentsOf(parts, numbers, ids.length);
  let joined = parts[0]!;
  for (let part = 1; part < parts.length; part += 1) joined = mergeRows(joined, parts[part]!, numbers[part]!);
  let lines = 0;
  const badRows = parts.flatMap((part) => {
    const rows = part.firstBadRows.map(({ line, reason }) => ({ line: line + lines, reason }));
    lines += part.lines;
    return rows;
  });
  const { at, customer, amount } = joined;
  return {
    columns: { at, customer, amount, ids, segmentNames: segments.names, segmentOf: segments.of },
    skipped: parts.reduce((sum, part) => sum + part.skipped, 0),
    badRows: parts.reduce((sum, part) => sum + part.badRows, 0),
    firstBadRows: badRows.slice(0, BAD_ROWS_KEPT),
  };
}

/**
 * Reads a transactions file (scenario `events`): rows in the order of their instants, ties in file order; those outside
 * [from, to) are counted as skipped, bad ones reported by line and skipped.
 *
 * @param most parts to read it in, which changes nothing but the way
 * @throws ReplayFileError when a named column is missing; the file system's error when the file cannot be read
 */
export function readReplayFile(
  path: string,
  events: ReplayEvents,
  period: Pick<Scenario, 'from' | 'to'>,
  most = 1,
): ReplayFile {
  const plan = planReplay(path, events, most);
  const parts = plan.parts.map((_, part) => readReplayPart(path, events, period, plan, part));
  if (parts.length > 1 && parts.some((part) => part.hasQuotes)) return readReplayFile(path, events, period, 1);
  return joinReplayParts(parts);
}
