import type { ReplayColumns } from '../../../shared/simulation/replay-source';
import type { ReplayEvents, Scenario } from '../../../shared/simulation/scenario';
import { CsvRows, type CsvRow } from './csv-rows';
import { CustomerIndex } from './customer-index';
import { amountField, customerField, instantField } from './field-values';
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
const COMMA = 44;

/** The file cannot be replayed at all: a column is missing, or it has no rows. */
export class ReplayFileError extends Error {}

interface Places {
  customer: number;
  at: number;
  amount: number;
  segment: number;
  last: number;
}

/** Where the columns that the scenario names stand in the header. */
function placesIn(header: readonly string[], events: ReplayEvents): Places {
  const place = (name: string | null): number => {
    if (name === null) return -1;
    const found = header.indexOf(name);
    if (found < 0)
      throw new ReplayFileError(
        `${events.csv} has no column "${name}"; its columns are ${header.map((column) => `"${column}"`).join(', ') || 'none'}.`,
      );
    return found;
  };
  const places = {
    customer: place(events.customer),
    at: place(events.at),
    amount: place(events.amount),
    segment: place(events.segment),
  };
  return { ...places, last: Math.max(...Object.values(places)) };
}

function shared<T extends Float64Array | Uint32Array | Uint16Array>(
  Kind: { new (buffer: SharedArrayBuffer): T; BYTES_PER_ELEMENT: number },
  length: number,
): T {
  return new Kind(new SharedArrayBuffer(length * Kind.BYTES_PER_ELEMENT));
}

/** Rows as they come, in arrays that double. */
class GrowingRows {
  length = 0;
  at = new Float64Array(1 << 16);
  customer = new Uint32Array(1 << 16);
  amount: Float64Array | null;
  segment: Uint16Array | null;

  constructor(hasAmounts: boolean, hasSegments: boolean) {
    this.amount = hasAmounts ? new Float64Array(1 << 16) : null;
    this.segment = hasSegments ? new Uint16Array(1 << 16) : null;
  }

  add(at: number, customer: number, amount: number, segment: number): void {
    if (this.length === this.at.length) this.grow();
    this.at[this.length] = at;
    this.customer[this.length] = customer;
    if (this.amount !== null) this.amount[this.length] = amount;
    if (this.segment !== null) this.segment[this.length] = segment;
    this.length += 1;
  }

  private grow(): void {
    const grown = <T extends Float64Array | Uint32Array | Uint16Array>(from: T, into: T): T => {
      into.set(from);
      return into;
    };
    const room = 2 * this.length;
    this.at = grown(this.at, new Float64Array(room));
    this.customer = grown(this.customer, new Uint32Array(room));
    if (this.amount !== null) this.amount = grown(this.amount, new Float64Array(room));
    if (this.segment !== null) this.segment = grown(this.segment, new Uint16Array(room));
  }
}

/** Reads one row's values and says why it is bad, or takes it. */
class RowReader {
  readonly segments = new Map<string, number>();
  readonly customers = new CustomerIndex();
  readonly rows: GrowingRows;
  skipped = 0;
  private readonly commaIsPoint: boolean;

  constructor(
    private readonly places: Places,
    private readonly csv: CsvRows,
    private readonly from: number,
    private readonly to: number,
  ) {
    this.rows = new GrowingRows(places.amount >= 0, places.segment >= 0);
    this.commaIsPoint = csv.delimiter !== COMMA;
  }

  /** Why the row is bad, or null. */
  take(row: CsvRow): string | null {
    const { places } = this;
    if (row.fields <= places.last) return `has ${row.fields} fields where ${places.last + 1} are needed`;
    const { bytes, starts, ends } = row;
    const id = customerField(bytes, starts[places.customer]!, ends[places.customer]!);
    if (typeof id !== 'number') return id.reason;
    const at = instantField(bytes, starts[places.at]!, ends[places.at]!);
    if (typeof at !== 'number') return at.reason;
    let amount = NaN;
    if (places.amount >= 0) {
      const reading = amountField(bytes, starts[places.amount]!, ends[places.amount]!, this.commaIsPoint);
      if (typeof reading !== 'number') return reading.reason;
      amount = reading;
    }
    let segment = 0;
    if (places.segment >= 0) {
      const name = this.csv.text(row, places.segment);
      if (name === '') return 'has no segment';
      segment = this.segmentNumber(name);
      if (segment > 0xffff) return 'is of one segment too many: 65,536 are the most';
    }
    const customer = this.customers.of(id);
    if (at < this.from || at >= this.to) this.skipped += 1;
    else this.rows.add(at, customer, amount, segment);
    return null;
  }

  private segmentNumber(name: string): number {
    const known = this.segments.get(name);
    if (known !== undefined) return known;
    const number = this.segments.size;
    if (number <= 0xffff) this.segments.set(name, number);
    return number;
  }
}

function sortedColumns(reader: RowReader): ReplayColumns {
  const { rows, customers, segments } = reader;
  const at = rows.at.subarray(0, rows.length);
  const order = orderByInstant(at);
  const sorted = <T extends Float64Array | Uint32Array>(from: T, into: T): T => {
    if (order === null) into.set(from.subarray(0, rows.length));
    else for (let index = 0; index < rows.length; index += 1) into[index] = from[order[index]!]!;
    return into;
  };
  const columns: ReplayColumns = {
    at: sorted(at, shared(Float64Array, rows.length)),
    customer: sorted(rows.customer, shared(Uint32Array, rows.length)),
    amount: rows.amount === null ? null : sorted(rows.amount, shared(Float64Array, rows.length)),
    ids: shared(Float64Array, customers.size),
    segmentNames: [...segments.keys()],
    segmentOf: null,
  };
  columns.ids.set(customers.list());
  if (rows.segment !== null) {
    const segmentOf = shared(Uint16Array, customers.size);
    const isKnown = new Uint8Array(customers.size);
    for (let index = 0; index < rows.length; index += 1) {
      const customer = columns.customer[index]!;
      if (isKnown[customer]! !== 0) continue;
      isKnown[customer] = 1;
      segmentOf[customer] = rows.segment[order === null ? index : order[index]!]!;
    }
    columns.segmentOf = segmentOf;
  }
  return columns;
}

/**
 * Reads a transactions file (scenario `events`): rows in the order of their instants, ties in file order; those outside
 * [from, to) are counted as skipped, bad ones reported by line and skipped.
 *
 * @param checkpoint called every few thousand rows with the share of the file that was read; may throw to stop
 * @throws ReplayFileError when a named column is missing; the file system's error when the file cannot be read
 */
export function readReplayFile(
  path: string,
  events: ReplayEvents,
  period: Pick<Scenario, 'from' | 'to'>,
  checkpoint: (progress: number, rows: number) => void = () => undefined,
): ReplayFile {
  const csv = new CsvRows(path);
  try {
    const reader = new RowReader(placesIn(csv.header, events), csv, period.from, period.to);
    const firstBadRows: BadRow[] = [];
    let badRows = 0;
    let count = 0;
    for (let row = csv.next(); row !== null; row = csv.next()) {
      const reason = reader.take(row);
      if (reason !== null) {
        badRows += 1;
        if (firstBadRows.length < BAD_ROWS_KEPT) firstBadRows.push({ line: row.line, reason });
      }
      count += 1;
      if (count % ROWS_BETWEEN_CHECKPOINTS === 0) checkpoint(csv.progress, count);
    }
    return { columns: sortedColumns(reader), skipped: reader.skipped, badRows, firstBadRows };
  } finally {
    csv.close();
  }
}
