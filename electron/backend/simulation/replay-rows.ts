import type { ReplayEvents } from '../../../shared/simulation/scenario';
import type { CsvRow, CsvRows } from './csv-rows';
import { CustomerIndex } from './customer-index';
import { amountField, customerField, instantField, whyNoAmount, whyNoCustomer, whyNoInstant } from './field-values';

/** More than fit the numbers that segments are kept as. */
export const MOST_SEGMENTS = 0x10000;
const COMMA = 44;
const SPACE = 32;

/** The file cannot be replayed at all: a column is missing. */
export class ReplayFileError extends Error {}

/** Positions of the named columns; -1 where the scenario names none. */
export interface Places {
  customer: number;
  at: number;
  amount: number;
  segment: number;
  last: number;
}

/** Where the columns that the scenario names stand in the header. */
export function placesIn(header: readonly string[], events: ReplayEvents): Places {
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

/** Rows as they come, in arrays that double. */
export class GrowingRows {
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
    if (this.length === this.at.length) this.grow(2 * this.length);
    this.at[this.length] = at;
    this.customer[this.length] = customer;
    if (this.amount !== null) this.amount[this.length] = amount;
    if (this.segment !== null) this.segment[this.length] = segment;
    this.length += 1;
  }

  /** Makes room for so many rows in all. */
  grow(room: number): void {
    if (room <= this.at.length) return;
    const grown = <T extends Float64Array | Uint32Array | Uint16Array>(from: T, into: T): T => {
      into.set(from);
      return into;
    };
    this.at = grown(this.at, new Float64Array(room));
    this.customer = grown(this.customer, new Uint32Array(room));
    if (this.amount !== null) this.amount = grown(this.amount, new Float64Array(room));
    if (this.segment !== null) this.segment = grown(this.segment, new Uint16Array(room));
  }
}

/** Reads rows' values; says why one is bad. */
export class RowReader {
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

  /** Takes a row; false when it is bad. */
  take(row: CsvRow): boolean {
    const { places } = this;
    const { bytes, starts, ends } = row;
    if (row.fields <= places.last) return false;
    const id = customerField(
      bytes,
      leftOf(bytes, starts, ends, places.customer),
      rightOf(bytes, starts, ends, places.customer),
    );
    const at = instantField(bytes, leftOf(bytes, starts, ends, places.at), rightOf(bytes, starts, ends, places.at));
    let amount = 0;
    if (places.amount >= 0) {
      const [left, right] = [leftOf(bytes, starts, ends, places.amount), rightOf(bytes, starts, ends, places.amount)];
      amount = amountField(bytes, left, right, this.commaIsPoint);
    }
    if (id !== id || at !== at || amount !== amount) return false;
    let segment = 0;
    if (places.segment >= 0) {
      segment = this.segmentNumber(this.csv.text(row, places.segment));
      if (segment < 0) return false;
    }
    const customer = this.customers.of(id);
    if (at < this.from || at >= this.to) this.skipped += 1;
    else this.rows.add(at, customer, amount, segment);
    return true;
  }

  /** Why a row that was not taken is bad: the first reason in the order of customer, date, amount, segment. */
  reasonFor(row: CsvRow): string {
    const { places, csv } = this;
    if (row.fields <= places.last) return `has ${row.fields} fields where ${places.last + 1} are needed`;
    const bytesOf = (field: number): [Uint8Array, number, number] => {
      const text = new TextEncoder().encode(csv.text(row, field));
      return [text, 0, text.length];
    };
    if (Number.isNaN(customerField(...bytesOf(places.customer)))) return whyNoCustomer(csv.text(row, places.customer));
    if (Number.isNaN(instantField(...bytesOf(places.at)))) return whyNoInstant(csv.text(row, places.at));
    if (places.amount >= 0 && Number.isNaN(amountField(...bytesOf(places.amount), this.commaIsPoint)))
      return whyNoAmount(csv.text(row, places.amount));
    return csv.text(row, places.segment) === ''
      ? 'has no segment'
      : `is of one segment too many: ${MOST_SEGMENTS} are the most`;
  }

  /** Number of a segment, a new one for a name not met before; -1 where there is no name or there are too many. */
  private segmentNumber(name: string): number {
    const known = this.segments.get(name);
    if (known !== undefined) return known;
    const number = this.segments.size;
    if (name === '' || number >= MOST_SEGMENTS) return -1;
    this.segments.set(name, number);
    return number;
  }
}

/** Where a field begins and ends without the blanks around it. */
function leftOf(bytes: Uint8Array, starts: Int32Array, ends: Int32Array, field: number): number {
  let start = starts[field]!;
  while (start < ends[field]! && bytes[start] === SPACE) start += 1;
  return start;
}

function rightOf(bytes: Uint8Array, starts: Int32Array, ends: Int32Array, field: number): number {
  let end = ends[field]!;
  while (end > starts[field]! && bytes[end - 1] === SPACE) end -= 1;
  return end;
}
