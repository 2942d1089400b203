import { AmountEvidence, AMOUNT_FAULT_WORDS, readAmountCell } from '../../tables/amount-value';
import {
  CustomerEvidence,
  CUSTOMER_TEXT_FAULT_WORDS,
  readCustomerText,
  type CustomerCounts,
} from '../../tables/customer-text';
import { CUSTOMER_FAULT_WORDS, readCustomerCell, trimInvisible } from '../../tables/customer-value';
import { DateReader, shown } from '../../tables/date-format';
import { plainId } from '../../tables/plain-id';
import type { TableReading } from '../../tables/table-reading';
import { cellText, LONGEST_ROW, type TextRow } from '../../tables/text-rows';
import { CustomerIndex } from './customer-index';
import { customerTexts } from './customer-texts';
import { PLAIN_INSTANT, plainInstant } from '../../tables/plain-instant';
import { MOST_SEGMENTS, SegmentIndex } from './segment-index';
import { copyRows, roomFor, rowsBetween, sharedArray, type EventColumns } from './sort-events';
import { message, type Message } from '../../../../shared/words/message';
import { inEnglish } from '../../../../shared/words/english';

const SPACE = 32;
const encoder = new TextEncoder();

/** Positions of the columns; -1 where there is none. */
export interface Places {
  customer: number;
  at: number;
  time: number;
  amount: number;
  segment: number;
  last: number;
}

function placesOf({ places }: TableReading): Places {
  const all = {
    customer: places.customer ?? -1,
    at: places.at ?? -1,
    time: places.time ?? -1,
    amount: places.amount ?? -1,
    segment: places.segment ?? -1,
  };
  return { ...all, last: Math.max(...Object.values(all)) };
}

/** Rows as they come, in arrays that double. */
export class GrowingRows {
  length = 0;
  private columns: EventColumns;

  /** @param most rows that there will ever be at once */
  constructor(
    hasAmounts: boolean,
    hasSegments: boolean,
    private readonly most = Infinity,
  ) {
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
    const wanted = Math.min(room, this.most);
    if (wanted <= this.columns.at.length) return;
    const larger = roomFor(wanted, this.columns);
    copyRows(rowsBetween(this.columns, 0, this.length), larger, 0);
    this.columns = larger;
  }

  /** Forgets all rows; the room for them stays. */
  clear(): void {
    this.length = 0;
  }

  /** The rows so far. */
  list(): EventColumns {
    return rowsBetween(this.columns, 0, this.length);
  }
}

/** What a row is an event of: the customer by number, the instant, and whether it lies in the period. */
export interface RowEvent {
  customer: number;
  at: number;
  isInPeriod: boolean;
}

/** Reads rows' values; says why one is bad. */
export class RowReader {
  readonly segments = new SegmentIndex();
  readonly customers = new CustomerIndex();
  /** Customers that are known by texts, in place of those with ids. */
  readonly texts = customerTexts();
  /** Whether there were more of those than may be: no row is taken any more. */
  hasTooManyTexts = false;
  /** What the cells of careful rows say of the customers; and rows of the plainest form, all of them of the kind expected. */
  readonly customerEvidence = new CustomerEvidence();
  plainCustomers = 0;
  /** Of those: e-mail addresses. */
  plainEmails = 0;
  readonly rows: GrowingRows;
  readonly places: Places;
  /** Rows in the period of the customer and the instant of the good row before. */
  repeated = 0;
  /** Of the first good row; null where there is none. */
  firstEvent: RowEvent | null = null;
  #lastCustomer = -1;
  #lastAt = NaN;
  skipped = 0;
  firstSkipped = Infinity;
  lastSkipped = -Infinity;
  /** What the amounts tell of their decimal sign: those of careful rows, and plain ones that only a point explains. */
  readonly amounts = new AmountEvidence();
  plainPoints = 0;
  readonly #reading: TableReading;
  readonly #dates: DateReader;
  /** Faults of the row that was looked at last. */
  #faults: Message[] = [];

  constructor(
    reading: TableReading,
    readonly from: number,
    readonly to: number,
    most = Infinity,
  ) {
    this.#reading = reading;
    this.places = placesOf(reading);
    this.#dates = new DateReader(reading.date ?? { format: 'iso', zone: null, dayOne: null }, { from, to });
    this.rows = new GrowingRows(this.places.amount >= 0, this.places.segment >= 0, most);
  }

  /** Whether customers are known by texts and not by numbers. */
  get readsTexts(): boolean {
    return this.#reading.customersAre === 'texts';
  }

  /** Customers met so far. */
  get customerCount(): number {
    return this.readsTexts ? this.texts.size : this.customers.size;
  }

  /** Whether an ISO instant in UTC is what it seems to be: always but where the time of day has a column of its own. */
  get readsPlainDates(): boolean {
    return this.places.time < 0;
  }

  /** Whether a number of nine or ten digits is seconds since 1970. */
  get readsSeconds(): boolean {
    const format = this.#reading.date?.format ?? 'iso';
    return format === 'iso' || format === 'seconds';
  }

  /** Whether the decimal sign is a point; and whether that is more than the first guess. */
  get isPoint(): boolean {
    return this.#reading.decimal === '.';
  }

  get isPointCertain(): boolean {
    return this.#reading.isDecimalCertain;
  }

  /** What all cells so far say of the customers. */
  get customerCounts(): CustomerCounts {
    const { customerEvidence, plainCustomers, plainEmails, readsTexts } = this;
    const { numbers, emails, phones, texts } = customerEvidence;
    return readsTexts
      ? { numbers, phones, emails: emails + plainEmails, texts: texts + plainCustomers - plainEmails }
      : { numbers: numbers + plainCustomers, emails, phones, texts };
  }

  /** Takes a row; false when it is bad. */
  take(row: TextRow): boolean {
    const { places } = this;
    this.#faults = [];
    if (row.note === 'too-long') {
      this.refuseTooLong();
      return false;
    }
    if (row.cells <= places.last)
      return this.#refuse(message('replay.fewFields', { count: row.cells, needed: places.last + 1 }));
    const id = this.readsTexts ? NaN : this.#id(row);
    const text = this.readsTexts ? this.#text(cellText(row, places.customer)) : '';
    const at = this.#plainInstant(row) ?? this.#instant(row);
    const amount = places.amount < 0 ? 0 : this.#amount(cellText(row, places.amount));
    if (this.#faults.length > 0) return false;
    let segment = 0;
    if (places.segment >= 0) {
      segment = this.segmentOf(row, places.segment);
      if (segment < 0) return false;
    }
    const customer = this.readsTexts ? this.#numberOf(text) : this.customers.of(id);
    if (customer < 0) return this.#refuse(message('replay.customersTooMany'));
    const isInPeriod = at >= this.from && at < this.to;
    this.firstEvent ??= { customer, at, isInPeriod };
    if (isInPeriod && at === this.#lastAt && customer === this.#lastCustomer) this.repeated += 1;
    this.#lastCustomer = customer;
    this.#lastAt = at;
    if (isInPeriod) this.rows.add(at, customer, amount, segment);
    else this.skip(at);
    return true;
  }

  /** Refuses a row that is longer than any is read. @returns -1 */
  refuseTooLong(): number {
    this.#faults = [message('replay.tooLong', { bytes: LONGEST_ROW })];
    return -1;
  }

  /** The number of the segment in a cell of a row that is good otherwise; negative where it makes the row a bad one. */
  segmentOf(row: Pick<TextRow, 'bytes' | 'starts' | 'ends'>, cell: number): number {
    const [left, right] = trimmed(row, cell);
    const segment = this.segments.of(row.bytes, left, right);
    if (segment < 0)
      this.#faults = [
        left >= right ? message('replay.noSegment') : message('replay.segmentTooMany', { most: MOST_SEGMENTS }),
      ];
    return segment;
  }

  #refuse(fault: Message): false {
    this.#faults.push(fault);
    return false;
  }

  #id(row: TextRow): number {
    const id = plainId(row, this.places.customer);
    if (id === null) return this.#customer(cellText(row, this.places.customer));
    this.customerEvidence.numbers += 1;
    return id;
  }

  #text(cell: string): string {
    this.customerEvidence.add(cell);
    const reading = readCustomerText(cell);
    if (reading.ok) return reading.text;
    this.#faults.push(
      reading.fault === 'empty'
        ? message('replay.noCustomer')
        : message('replay.customer', {
            cell: shown(trimInvisible(cell)),
            fault: message(CUSTOMER_TEXT_FAULT_WORDS[reading.fault]),
          }),
    );
    return '';
  }

  #numberOf(text: string): number {
    const bytes = encoder.encode(text);
    const number = this.texts.of(bytes, 0, bytes.length);
    if (number < 0) this.hasTooManyTexts = true;
    return number;
  }

  #customer(cell: string): number {
    this.customerEvidence.add(cell);
    const reading = readCustomerCell(cell);
    if (reading.ok) return reading.customerId;
    this.#faults.push(
      reading.fault === 'empty'
        ? message('replay.noCustomer')
        : message('replay.customer', {
            cell: shown(trimInvisible(cell)),
            fault: message(CUSTOMER_FAULT_WORDS[reading.fault]),
          }),
    );
    return NaN;
  }

  /** Most rows that are quoted hold plain values all the same. */
  #plainInstant({ bytes, starts, ends }: TextRow): number | null {
    const { at } = this.places;
    if (!this.readsPlainDates || ends[at]! - starts[at]! !== PLAIN_INSTANT) return null;
    const instant = plainInstant(bytes, starts[at]!);
    return instant === instant ? instant : null;
  }

  #instant(row: TextRow): number {
    const { at, time } = this.places;
    const reading = this.#dates.read(cellText(row, at), time < 0 ? undefined : cellText(row, time));
    if (reading.ok) return reading.instant;
    this.#faults.push(
      reading.fault === 'empty' ? message('replay.noDate') : message('replay.date', { fault: reading.words }),
    );
    return NaN;
  }

  #amount(cell: string): number {
    this.amounts.add(cell);
    const reading = readAmountCell(cell, this.#reading.decimal, this.#reading.oneCurrency);
    if (reading.ok) return reading.amount;
    this.#faults.push(
      reading.fault === 'empty'
        ? message('replay.noAmount')
        : message('replay.amount', {
            cell: shown(trimInvisible(cell)),
            fault: message(AMOUNT_FAULT_WORDS[reading.fault]),
          }),
    );
    return NaN;
  }

  /** Why the row that was not taken is bad, as it is kept: everything that is wrong with it, in English. */
  get reason(): string {
    return this.#faults.map(inEnglish).join('; ');
  }

  /** Of the last good row; null where there is none. */
  get lastEvent(): RowEvent | null {
    const [customer, at] = [this.#lastCustomer, this.#lastAt];
    return customer < 0 ? null : { customer, at, isInPeriod: at >= this.from && at < this.to };
  }

  private skip(at: number): void {
    this.skipped += 1;
    if (at < this.firstSkipped) this.firstSkipped = at;
    if (at > this.lastSkipped) this.lastSkipped = at;
  }

  /**
   * Takes rows whose values were read elsewhere.
   *
   * @param ids of the customers; where they are known by texts, their numbers in `texts`
   * @param count how many there are in the arrays
   */
  takeAll(ids: Float64Array, ats: Float64Array, amounts: Float64Array, segments: Uint16Array, count: number): void {
    const { customers, from, to, readsTexts } = this;
    this.plainCustomers += count;
    const { at, customer, amount, segment } = this.rows.withRoomFor(count);
    let { length } = this.rows;
    let [lastCustomer, lastAt, repeated] = [this.#lastCustomer, this.#lastAt, this.repeated];
    for (let row = 0; row < count; row += 1) {
      const who = readsTexts ? ids[row]! : customers.of(ids[row]!);
      const instant = ats[row]!;
      if (lastCustomer < 0)
        this.firstEvent = { customer: who, at: instant, isInPeriod: instant >= from && instant < to };
      const isRepeated = instant === lastAt && who === lastCustomer;
      lastCustomer = who;
      lastAt = instant;
      if (instant < from || instant >= to) {
        this.skip(instant);
        continue;
      }
      if (isRepeated) repeated += 1;
      at[length] = instant;
      customer[length] = who;
      if (amount !== null) amount[length] = amounts[row]!;
      if (segment !== null) segment[length] = segments[row]!;
      length += 1;
    }
    this.rows.length = length;
    this.#lastCustomer = lastCustomer;
    this.#lastAt = lastAt;
    this.repeated = repeated;
  }
}

/** Where a cell begins and ends without the blanks around it. */
function trimmed(
  { bytes, starts, ends }: Pick<TextRow, 'bytes' | 'starts' | 'ends'>,
  cell: number,
): [start: number, end: number] {
  let start = starts[cell]!;
  let end = ends[cell]!;
  while (start < end && bytes[start] === SPACE) start += 1;
  while (end > start && bytes[end - 1] === SPACE) end -= 1;
  return [start, end];
}
