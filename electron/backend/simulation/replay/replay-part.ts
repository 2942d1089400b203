import path from 'node:path';
import type { Instant } from '../../../../shared/domain/instant';
import type { CancelSignal } from '../../../../shared/ipc/method';
import type { ReplayEvents, Scenario } from '../../../../shared/simulation/scenario';
import { AmountEvidence, type AmountCounts } from '../../tables/amount-value';
import { CustomerEvidence } from '../../tables/customer-text';
import { readDateFormat } from '../../tables/date-format';
import { lookAtTable } from '../../tables/inspect-table';
import { typedRowsOf } from '../../tables/parquet-cells';
import type { ReadingChoices, TableReading } from '../../tables/table-reading';
import type { TextDialect } from '../../tables/text-dialect';
import { TableBytes } from '../../tables/text-bytes';
import { isBlankRow, TextRows } from '../../tables/text-rows';
import { FileRange, partsOfFile, type ByteRange } from './file-range';
import { sharedTexts, type CustomersRead } from './customer-texts';
import { BATCH, PlainRows } from './plain-rows';
import { RowReader, type RowEvent } from './replay-rows';
import type { TypedTable } from './typed-part';
import { FirstSegments } from './first-segments';
import { sharedArray, spanOf, type EventColumns, type InstantSpan } from './sort-events';
import { RunWriter, type SortedRun, type SpillPlace } from './spilled-rows';
import { message } from '../../../../shared/words/message';
import { Failure } from '../../../../shared/ipc/errors';

/** A row that could not be read, by its line in the file. */
export interface BadRow {
  /** Where the table has several files. */
  file?: string;
  line: number;
  reason: string;
}

/** First and last instant of the rows outside the period. */
export interface SkippedSpan {
  first: Instant;
  last: Instant;
}

const ROWS_BETWEEN_CHECKPOINTS = 1 << 15;

/** A part of a file, its rows as they come. Customers and segments are numbered within the part. */
export interface ReplayPart {
  /** None where they went to files. */
  rows: EventColumns;
  span: InstantSpan;
  /** Files with its rows, where they were more than the memory may hold. */
  runs: SortedRun[];
  /** By number of the customer: the first of its events in those files, and the segment of that one. */
  firsts: { at: Float64Array; segment: Uint16Array } | null;
  /** Ids of the customers by number; none where they are known by texts. */
  ids: Float64Array;
  /** Texts of the customers by number, where they are known by texts; and what the cells say of that. */
  customers: CustomersRead;
  /** More texts than may be. */
  hasTooManyTexts: boolean;
  segmentNames: string[];
  skipped: number;
  skippedSpan: SkippedSpan | null;
  /** Rows of the customer and the instant of the row before in this part; and its first and last event. */
  repeated: number;
  firstEvent: RowEvent | null;
  lastEvent: RowEvent | null;
  badRows: number;
  /** By line within the part. */
  firstBadRows: BadRow[];
  lines: number;
  /** A quote was met, so that lines are no safe places to cut the file at. */
  hasQuotes: boolean;
  /** What the amounts tell of their decimal sign. */
  amounts: AmountCounts;
}

/** How a file is read, and where it is cut into parts that can be read side by side. */
export interface ReplayPlan {
  reading: TableReading;
  parts: ByteRange[];
  /** How many rows there are, from the length of the first ones. */
  expectedRows: number;
  /** All rows have been read once, and what they told of the columns is in the reading. */
  isDecided: boolean;
  /** Where its rows can be had as numbers: then there is no text of it but that of its first rows. */
  typed: TypedTable | null;
  /** Removes the text that was made of a workbook, of Parquet or of several files. */
  dispose: () => void;
}

/** What a scenario says of its file. @throws Failure `invalid-input` where its date format is none */
function choicesOf({
  sheet,
  customer,
  at,
  time,
  amount,
  segment,
  dateFormat,
  zone,
  decimal,
}: ReplayEvents): ReadingChoices {
  const date = dateFormat === undefined ? undefined : readDateFormat(dateFormat);
  if (date === null)
    throw new Failure('invalid-input', message('scenarios.noDateFormat', { format: dateFormat ?? '' }));
  return {
    header: true,
    isOnlyNamed: true,
    columns: {
      customer,
      at,
      ...(time === undefined ? {} : { time }),
      ...(amount === null ? {} : { amount }),
      ...(segment === null ? {} : { segment }),
    },
    ...(sheet === undefined ? {} : { sheet }),
    ...(zone === undefined ? {} : { zone }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(date === undefined ? {} : { date }),
  };
}

/**
 * Looks at a file before it is read: its columns, and where to cut it. Dates are ISO instants or seconds unless the
 * scenario says otherwise; the decimal sign, and whether customers are numbers or texts, is what the first rows show, until
 * all of them have been read.
 *
 * @param most parts
 * @param way whether a table whose rows can be had as numbers is made a text all the same
 * @param signal ends the making of a text out of what is none
 * @param report hears which share of that is done
 * @throws Failure `invalid-input` when a named column is missing or the file is no table, `not-found` when it cannot be read
 */
export async function planReplay(
  file: string,
  events: ReplayEvents,
  most: number,
  way: 'as-it-comes' | 'as-text',
  signal?: CancelSignal,
  report?: (share: number) => void,
): Promise<ReplayPlan> {
  const firstRows = way === 'as-text' ? Infinity : ROWS_LOOKED_AT;
  const choices: ReadingChoices = { ...choicesOf(events), firstRows };
  const look = await lookAtTable(file, events.csv, choices, 'events', signal, report);
  const { reading, dialect, decoded, questions } = look;
  const sheet = questions.find(({ code }) => code === 'sheet');
  if (sheet !== undefined) {
    decoded.dispose();
    throw new Failure('invalid-input', message('scenarios.nameSheet', { file: events.csv, question: sheet.words }));
  }
  const amounts = new AmountEvidence();
  const { amount } = reading.places;
  if (amount !== undefined) for (const { cells } of dialect.sample) amounts.add(cells[amount] ?? '');
  const customers = new CustomerEvidence();
  const { customer } = reading.places;
  if (customer !== undefined) for (const { cells } of dialect.sample) customers.add(cells[customer] ?? '');
  const decided: TableReading = {
    ...reading,
    places: {
      customer: reading.places.customer!,
      at: reading.places.at!,
      ...(choices.columns?.time === undefined ? {} : { time: reading.places.time! }),
      ...(events.amount === null ? {} : { amount: amount! }),
      ...(events.segment === null ? {} : { segment: reading.places.segment! }),
    },
    date: { format: choices.date?.format ?? 'iso', zone: choices.zone ?? null, dayOne: choices.date?.dayOne ?? null },
    decimal: choices.decimal ?? (amounts.decimal === 'ask' ? '.' : amounts.decimal),
    customersAre: customers.areTexts ? 'texts' : 'numbers',
    oneCurrency: true,
    isDecimalDecided: choices.decimal !== undefined,
    isDecimalCertain: choices.decimal !== undefined || (amounts.point > 0 && amounts.decimal === '.'),
  };
  const common = { reading: decided, isDecided: false, dispose: decoded.dispose };
  const { parquet, textPath } = decoded;
  if (parquet !== null && way === 'as-it-comes') {
    const rows = typedRowsOf(parquet, decided);
    if (rows === null) {
      decoded.dispose();
      return planReplay(file, events, most, 'as-text', signal, report);
    }
    const typed = { ...rows, files: parquet.map((one) => one.path), name: events.csv };
    return { ...common, parts: [{ start: 0, end: 0 }], expectedRows: rows.rows, typed };
  }
  return {
    ...common,
    parts: partsOfFile(textPath, dialect.hasQuotes ? 1 : most),
    expectedRows: expectedRows(textPath, dialect),
    typed: null,
  };
}

/** Rows of Parquet that are made a text to be looked at: more than are looked at, should some be blank. */
const ROWS_LOOKED_AT = 1000;

/** Packed text is taken for a tenth of what it holds. */
const UNPACKED = 10;

function expectedRows(file: string, { sample, isWhole }: TextDialect): number {
  if (isWhole || sample.length === 0) return sample.length;
  const bytes = new TableBytes(file);
  bytes.close();
  const cells = sample.reduce((sum, row) => sum + row.cells.reduce((own, cell) => own + cell.length + 1, 0), 0);
  return Math.ceil((bytes.size * (bytes.packing === null ? 1 : UNPACKED) * sample.length) / Math.max(1, cells));
}

/**
 * Reads a part of a transactions file.
 *
 * @param part by its number in the plan; the first has the header
 * @param badRowsKept how many of its bad rows to name
 * @param spill where rows go that are more than the memory may hold; null: all are held
 * @param checkpoint called every few thousand rows with the share of the part that was read and its rows; may throw to
 *   stop
 * @throws the file system's error when the file cannot be read
 */
export function readReplayPart(
  period: Pick<Scenario, 'from' | 'to'>,
  plan: Pick<ReplayPlan, 'reading' | 'parts'>,
  part: number,
  badRowsKept: number,
  spill: SpillPlace | null = null,
  checkpoint: (progress: number, rows: number) => void = () => undefined,
): ReplayPart {
  const { reading, parts } = plan;
  const file = 'path' in reading.text ? reading.text.path : '';
  const range = parts[part]!;
  const source = parts.length === 1 ? new TableBytes(file) : new FileRange(file, range);
  const delimiter = reading.delimiter === null ? -1 : reading.delimiter.charCodeAt(0);
  const csv = new TextRows(source, delimiter, Infinity, reading.linesAreRows);
  const reader = new RowReader(reading, period.from, period.to, spill === null ? Infinity : spill.rows + 2 * BATCH);
  const spilling = spill === null ? null : new Spilling(spill, part, reader);
  try {
    const firstBadRows: BadRow[] = [];
    let badRows = 0;
    let count = 0;
    if (part === 0) for (let row = 0; row < reading.rowsAbove + (reading.hasHeader ? 1 : 0); row += 1) csv.next();
    const plain = new PlainRows(csv, reader);
    let nextCheckpoint = ROWS_BETWEEN_CHECKPOINTS;
    for (;;) {
      const taken = plain.take();
      count += taken;
      spilling?.keepWithin();
      if (count >= nextCheckpoint) {
        checkpoint(csv.progress, count);
        // Rows are of about one length, so that the first ones tell how many there will be.
        if (nextCheckpoint === ROWS_BETWEEN_CHECKPOINTS)
          reader.rows.grow(Math.ceil((count / Math.max(1e-9, csv.progress)) * 1.05));
        nextCheckpoint = count + ROWS_BETWEEN_CHECKPOINTS;
      }
      if (taken > 0) continue;
      const row = csv.next();
      if (row === null || reader.hasTooManyTexts) break;
      if (isBlankRow(row)) continue;
      count += 1;
      if (reader.take(row)) continue;
      badRows += 1;
      if (firstBadRows.length < badRowsKept) firstBadRows.push({ line: row.line, reason: reader.reason });
    }
    spilling?.finish();
    return partOf(reader, spilling, { badRows, firstBadRows, lines: csv.linesRead, hasQuotes: csv.hasQuotes });
  } finally {
    spilling?.close();
    source.close();
  }
}

/** What a reader has read, as a part of the file. */
export function partOf(
  reader: RowReader,
  spilling: Spilling | null,
  counts: Pick<ReplayPart, 'badRows' | 'firstBadRows' | 'lines' | 'hasQuotes'>,
): ReplayPart {
  const rows = reader.rows.list();
  const ids = sharedArray(Float64Array, reader.customers.size);
  ids.set(reader.customers.list());
  const { skipped, segments, repeated, firstEvent, lastEvent } = reader;
  return {
    rows,
    span: spanOf(rows.at),
    runs: spilling?.runs ?? [],
    firsts: spilling?.firsts() ?? null,
    ids,
    customers: {
      texts: reader.readsTexts ? sharedTexts(reader.texts) : null,
      counts: reader.customerCounts,
    },
    hasTooManyTexts: reader.hasTooManyTexts,
    segmentNames: segments.names(),
    skipped,
    ...{ repeated, firstEvent, lastEvent },
    skippedSpan: skipped === 0 ? null : { first: reader.firstSkipped, last: reader.lastSkipped },
    ...counts,
    amounts: countsOf(reader),
  };
}

/** Puts the rows of a reader into a file of sorted runs whenever they are as many as it may hold. */
export class Spilling {
  readonly #place: SpillPlace;
  readonly #part: number;
  readonly #reader: RowReader;
  readonly #firsts = new FirstSegments();
  #writer: RunWriter | null = null;

  constructor(place: SpillPlace, part: number, reader: RowReader) {
    this.#place = place;
    this.#part = part;
    this.#reader = reader;
  }

  keepWithin(): void {
    if (this.#reader.rows.length >= this.#place.rows) this.#spill();
  }

  /** Rows of a part that has a file all go there. */
  finish(): void {
    if (this.#writer !== null && this.#reader.rows.length > 0) this.#spill();
  }

  get runs(): SortedRun[] {
    return this.#writer?.runs ?? [];
  }

  firsts(): ReplayPart['firsts'] {
    const { customerCount, places } = this.#reader;
    return this.#writer === null || places.segment < 0 ? null : this.#firsts.list(customerCount);
  }

  close(): void {
    this.#writer?.close();
  }

  #spill(): void {
    const { rows } = this.#reader;
    this.#writer ??= new RunWriter(path.join(this.#place.folder, `part-${String(this.#part)}`));
    this.#writer.add(rows.list(), ({ at, customer, segment }) => {
      if (segment !== null) this.#firsts.add(at, customer, segment);
    });
    rows.clear();
  }
}

function countsOf({ amounts, plainPoints }: RowReader): AmountCounts {
  const { point, comma, pointOrGroup, commaOrGroup, currencies, numbers, cells } = amounts;
  return { point: point + plainPoints, comma, pointOrGroup, commaOrGroup, currencies, numbers, cells };
}
