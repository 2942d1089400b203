/** Reads rows that come as numbers, without a text of them; every row that is not plainly numbers goes to the one reader. */
import type { CancelSignal } from '../../../../shared/ipc/method';
import type { Scenario } from '../../../../shared/simulation/scenario';
import { DateReader } from '../../tables/date-format';
import { withDuckDb, type RowChunk } from '../../tables/duckdb';
import { TYPED, type TypedQuery, type TypedRows } from '../../tables/parquet-cells';
import { inWords } from '../../tables/parquet-files';
import type { TableReading } from '../../tables/table-reading';
import { temporaryFolder } from '../../tables/temporary-folder';
import { isBlankRow, LONGEST_ROW, type TextRow } from '../../tables/text-rows';
import { BATCH } from './plain-rows';
import { partOf, Spilling, type BadRow, type ReplayPart } from './replay-part';
import { RowReader } from './replay-rows';
import type { SpillPlace } from './spilled-rows';

/** A table whose rows can be had as numbers. */
export interface TypedTable extends TypedRows {
  /** Of its files, absolute. */
  files: readonly string[];
  name: string;
}

/** Segments whose numbers are kept at hand by their texts; a file has a few, or each of its rows another wrong one. */
const SEGMENTS_KEPT = 10_000;
const ROWS_BETWEEN_REPORTS = 1 << 16;

/** The texts of a row that does not come as numbers, in the order of {@link TYPED}. */
type RowTexts = readonly (string | null)[];

/**
 * Reads all rows of such a table, in turns: whoever waits for this process waits for some thousand rows at most.
 *
 * @param badRowsKept how many of the bad rows to name
 * @param spill where rows go that are more than the memory may hold; null: all are held
 * @param report is told from time to time the share of the table that was read and its rows
 * @throws Failure `cancelled`, `invalid-input` where a file is damaged; the system's error
 */
export async function readTypedPart(
  table: TypedTable,
  reading: TableReading,
  period: Pick<Scenario, 'from' | 'to'>,
  badRowsKept: number,
  spill: SpillPlace | null,
  report: (share: number, rows: number) => void,
  signal?: CancelSignal,
): Promise<ReplayPart> {
  const most = spill === null ? Infinity : spill.rows + 2 * LARGEST_CHUNK;
  const reader = new RowReader(reading, period.from, period.to, most);
  reader.rows.grow(Math.min(table.rows, most));
  const spilling = spill === null ? null : new Spilling(spill, 0, reader);
  const taker = new TypedRowTaker(reader, reading, table.width, badRowsKept);
  const { folder, dispose } = temporaryFolder();
  try {
    await withDuckDb({ files: table.files, folder }, signal, async ({ chunks }) => {
      let reported = 0;
      for (const query of table.queries) {
        // Hardly any row needs its texts: they are asked for at the first that does.
        const texts = chunks(query.texts);
        try {
          for await (const chunk of chunks(query.sql)) {
            for (let row = taker.take(chunk, query); row < chunk.rows; row = taker.take(chunk, query, row)) {
              const more = await texts.next();
              if (more.done === true) throw new Error('A row has neither numbers nor texts');
              taker.readTexts(more.value);
            }
            taker.rows += chunk.rows;
            spilling?.keepWithin();
            if (taker.rows - reported < ROWS_BETWEEN_REPORTS) continue;
            reported = taker.rows;
            report(taker.rows / Math.max(1, table.rows), taker.rows);
          }
        } finally {
          await texts.return(undefined);
        }
      }
    });
    spilling?.finish();
    return partOf(reader, spilling, {
      badRows: taker.badRows,
      firstBadRows: taker.firstBadRows,
      lines: taker.rows + 1,
      hasQuotes: false,
    });
  } catch (error) {
    throw inWords(error, table.name);
  } finally {
    spilling?.close();
    dispose();
  }
}

/** The library gives this many rows at once. */
const LARGEST_CHUNK = 1 << 12;

/** Hands rows to the reader: plain ones many at once, any other as the text that it would have been. */
class TypedRowTaker {
  rows = 0;
  badRows = 0;
  readonly firstBadRows: BadRow[] = [];
  readonly #ids = new Float64Array(BATCH);
  readonly #instants = new Float64Array(BATCH);
  readonly #amounts = new Float64Array(BATCH);
  readonly #segments = new Uint16Array(BATCH);
  readonly #dates: DateReader;
  readonly #numberOf = new Map<string, number>();
  #held = 0;
  #texts: RowTexts[] = [];

  constructor(
    private readonly reader: RowReader,
    reading: TableReading,
    private readonly width: number,
    private readonly badRowsKept: number,
  ) {
    this.#dates = new DateReader(reading.date ?? { format: 'iso', zone: null, dayOne: null });
  }

  /** Reads the texts of the rows that come next of those that are no numbers. */
  readTexts(chunk: RowChunk): void {
    const cells = Object.values(TYPED).map((column) => chunk.texts(column));
    for (let row = 0; row < chunk.rows; row += 1) this.#texts.push(cells.map((cell) => cell(row)));
    this.#texts.reverse();
  }

  /**
   * Takes rows from one on, up to the first whose texts were not read yet. Whoever took all of them adds them to `rows`.
   *
   * @returns that row's number; how many there are where all were taken
   */
  take(chunk: RowChunk, { isLocal, hasPoints }: TypedQuery, from = 0): number {
    const [idAt, instantAt, amountAt] = [TYPED.customer, TYPED.at, TYPED.amount].map((column) => chunk.numbers(column));
    const segmentAt = this.reader.places.segment < 0 ? null : chunk.texts(TYPED.segment);
    let plain = 0;
    let row = from;
    for (; row < chunk.rows; row += 1) {
      const id = idAt!(row);
      const instant = instantAt!(row);
      const amount = amountAt!(row);
      // Where one is no number, the sum is none.
      if (Number.isNaN(id + instant + amount)) {
        this.#takeHeld();
        const texts = this.#texts.pop();
        if (texts === undefined) break;
        this.#takeText(row, texts);
        continue;
      }
      const segment = segmentAt === null ? 0 : this.#segmentOf(segmentAt(row) ?? '');
      if (segment < 0) {
        this.#refused(row);
        continue;
      }
      const place = this.#held;
      this.#ids[place] = id;
      this.#instants[place] = isLocal ? this.#dates.instantOfLocal(instant) : instant;
      this.#amounts[place] = amount;
      this.#segments[place] = segment;
      this.#held = place + 1;
      plain += 1;
      if (this.#held === BATCH) this.#takeHeld();
    }
    this.#takeHeld();
    if (hasPoints) this.reader.plainPoints += plain;
    return row;
  }

  #takeHeld(): void {
    this.reader.takeAll(this.#ids, this.#instants, this.#amounts, this.#segments, this.#held);
    this.#held = 0;
  }

  #refused(row: number): void {
    this.badRows += 1;
    // The header is the first line of the table.
    if (this.firstBadRows.length < this.badRowsKept)
      this.firstBadRows.push({ line: this.rows + row + 2, reason: this.reader.reason });
  }

  /** The number of a segment; negative where the row is refused. */
  #segmentOf(text: string): number {
    const known = this.#numberOf.get(text);
    if (known !== undefined) return known;
    const bytes = encoder.encode(text);
    if (bytes.length + this.width > LONGEST_ROW) return this.reader.refuseTooLong();
    const number = this.reader.segmentOf({ bytes, starts: FIRST, ends: Int32Array.of(bytes.length) }, 0);
    // A bad row brings no segment and no customer, but what its cells say of their columns counts.
    if (number < 0) this.reader.customerEvidence.numbers += 1;
    else if (this.#numberOf.size < SEGMENTS_KEPT) this.#numberOf.set(text, number);
    return number;
  }

  #takeText(row: number, texts: RowTexts): void {
    const { customer, at, amount, segment } = this.reader.places;
    const cells = new Array<Uint8Array>(this.width).fill(EMPTY);
    const put = (place: number, column: number): void => {
      if (place >= 0) cells[place] = encoder.encode(texts[column] ?? '');
    };
    put(customer, TYPED.customer);
    put(at, TYPED.at);
    put(amount, TYPED.amount);
    put(segment, TYPED.segment);
    const text = textRowOf(cells);
    if (isBlankRow(text)) return;
    if (!this.reader.take(text)) this.#refused(row);
  }
}

const encoder = new TextEncoder();
const EMPTY = new Uint8Array(0);
const FIRST = Int32Array.of(0);

/** A row of such cells, as if it had been cut out of a text. */
function textRowOf(texts: readonly Uint8Array[]): TextRow {
  const bytes = Buffer.concat(texts);
  const starts = new Int32Array(texts.length);
  const ends = new Int32Array(texts.length);
  for (let cell = 0, end = 0; cell < texts.length; cell += 1) {
    starts[cell] = end;
    end += texts[cell]!.length;
    ends[cell] = end;
  }
  const isTooLong = bytes.length + texts.length - 1 > LONGEST_ROW;
  return { bytes, line: 0, lines: 1, cells: texts.length, starts, ends, note: isTooLong ? 'too-long' : null };
}
