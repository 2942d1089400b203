import type { ReplayEvents } from '../../../shared/simulation/scenario';
import type { CsvRow, CsvRows } from './csv-rows';
import { CustomerIndex } from './customer-index';
import {
  amountField,
  customerField,
  instantField,
  isUnlikely,
  whyNoAmount,
  whyNoCustomer,
  whyNoInstant,
  whyUnlikely,
} from './field-values';
import { ReplayFileError } from './replay-file-error';
import { MOST_SEGMENTS, SegmentIndex } from './segment-index';
import { copyRows, roomFor, rowsBetween, sharedArray, type EventColumns } from './sort-events';

const COMMA = 44;
const SPACE = 32;
const DASH = 45;

/** Positions of the named columns; -1 where the scenario names none. */
export interface Places {
  customer: number;
  at: number;
  amount: number;
  segment: number;
  last: number;
}

const MOST_COLUMNS = 20;
const LONGEST_NAME = 60;

/** The names of the columns, as many as a person would read; what cannot be seen is written out. */
function columnsInWords(header: readonly string[]): string {
  if (header.length === 0) return 'none';
  const shown = header
    .slice(0, MOST_COLUMNS)
    .map((name) => JSON.stringify(name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name))
    .join(', ');
  return header.length > MOST_COLUMNS ? `${shown} and ${header.length - MOST_COLUMNS} more` : shown;
}

/** Where the columns that the scenario names stand in the header. */
export function placesIn(header: readonly string[], events: ReplayEvents): Places {
  const place = (name: string | null): number => {
    if (name === null) return -1;
    const found = header.indexOf(name);
    if (found < 0)
      throw new ReplayFileError(`${events.csv} has no column "${name}"; its columns are ${columnsInWords(header)}.`);
    if (header.includes(name, found + 1))
      throw new ReplayFileError(
        `${events.csv} has more than one column "${name}": which of them is meant cannot be told.`,
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
  private columns: EventColumns;

  constructor(hasAmounts: boolean, hasSegments: boolean) {
    const room = 1 << 16;
    this.columns = {
      at: sharedArray(Float64Array, room),
      customer: sharedArray(Uint32Array, room),
      amount: hasAmounts ? sharedArray(Float64Array, room) : null,
      segment: hasSegments ? sharedArray(Uint16Array, room) : null,
    };
  }

  add(at: number, customer: number, amount: number, segment: number): void {
    const { length, columns } = this;
    if (length === columns.at.length) {
      this.grow(2 * length);
      this.add(at, customer, amount, segment);
      return;
    }
    columns.at[length] = at;
    columns.customer[length] = customer;
    if (columns.amount !== null) columns.amount[length] = amount;
    if (columns.segment !== null) columns.segment[length] = segment;
    this.length = length + 1;
  }

  /** The columns, with room for so many more rows; whoever writes them says so by `length`. */
  withRoomFor(more: number): EventColumns {
    if (this.length + more > this.columns.at.length) this.grow(2 * (this.length + more));
    return this.columns;
  }

  /** Makes room for so many rows in all. */
  grow(room: number): void {
    if (room <= this.columns.at.length) return;
    const larger = roomFor(room, this.columns);
    copyRows(rowsBetween(this.columns, 0, this.length), larger, 0);
    this.columns = larger;
  }

  /** The rows so far. */
  list(): EventColumns {
    return rowsBetween(this.columns, 0, this.length);
  }
}

/** Reads rows' values; says why one is bad. */
export class RowReader {
  readonly segments = new SegmentIndex();
  readonly customers = new CustomerIndex();
  readonly rows: GrowingRows;
  skipped = 0;
  firstSkipped = Infinity;
  lastSkipped = -Infinity;
  private readonly commaIsPoint: boolean;

  constructor(
    readonly places: Places,
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
    const isOutside = at < this.from || at >= this.to;
    if (isOutside && isUnlikely(at) && isNumberAt(bytes, starts, ends, places.at)) return false;
    let segment = 0;
    if (places.segment >= 0) {
      const [left, right] = [leftOf(bytes, starts, ends, places.segment), rightOf(bytes, starts, ends, places.segment)];
      segment = this.segments.of(bytes, left, right);
      if (segment < 0) return false;
    }
    const customer = this.customers.of(id);
    if (isOutside) this.skip(at);
    else this.rows.add(at, customer, amount, segment);
    return true;
  }

  private skip(at: number): void {
    this.skipped += 1;
    if (at < this.firstSkipped) this.firstSkipped = at;
    if (at > this.lastSkipped) this.lastSkipped = at;
  }

  /** Takes rows whose values were read elsewhere. @param count how many there are in the arrays */
  takeAll(ids: Float64Array, ats: Float64Array, amounts: Float64Array, segments: Uint16Array, count: number): void {
    const { customers, from, to } = this;
    const { at, customer, amount, segment } = this.rows.withRoomFor(count);
    let { length } = this.rows;
    for (let row = 0; row < count; row += 1) {
      const who = customers.of(ids[row]!);
      const instant = ats[row]!;
      if (instant < from || instant >= to) {
        this.skip(instant);
        continue;
      }
      at[length] = instant;
      customer[length] = who;
      if (amount !== null) amount[length] = amounts[row]!;
      if (segment !== null) segment[length] = segments[row]!;
      length += 1;
    }
    this.rows.length = length;
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
    const at = instantField(...bytesOf(places.at));
    if (Number.isNaN(at)) return whyNoInstant(csv.text(row, places.at));
    if (places.amount >= 0 && Number.isNaN(amountField(...bytesOf(places.amount), this.commaIsPoint)))
      return whyNoAmount(csv.text(row, places.amount));
    if (isUnlikely(at) && (at < this.from || at >= this.to)) return whyUnlikely(csv.text(row, places.at));
    return csv.text(row, places.segment) === ''
      ? 'has no segment'
      : `is of one segment too many: ${MOST_SEGMENTS} are the most`;
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

/** Whether a field is a number and no date in words: an ISO date has its first dash at the fifth place. */
function isNumberAt(bytes: Uint8Array, starts: Int32Array, ends: Int32Array, field: number): boolean {
  const start = leftOf(bytes, starts, ends, field);
  return rightOf(bytes, starts, ends, field) - start < 6 || (bytes[start + 4] !== DASH && bytes[start + 5] !== DASH);
}
