import type { Instant } from '../../../shared/domain/instant';
import type { ReplayEvents, Scenario } from '../../../shared/simulation/scenario';
import { FileBytes } from '../customers-bytes';
import { CsvRows, type CsvLayout } from './csv-rows';
import { FileRange, partsOfFile, type ByteRange } from './file-range';
import { PlainRows } from './plain-rows';
import { placesIn, RowReader } from './replay-rows';
import { sharedArray, spanOf, type EventColumns, type InstantSpan } from './sort-events';

/** A row that could not be read, by its line in the file. */
export interface BadRow {
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
  rows: EventColumns;
  span: InstantSpan;
  /** Ids of the customers by number. */
  ids: Float64Array;
  segmentNames: string[];
  skipped: number;
  skippedSpan: SkippedSpan | null;
  badRows: number;
  /** By line within the part. */
  firstBadRows: BadRow[];
  lines: number;
  /** A quote was met, so that lines are no safe places to cut the file at. */
  hasQuotes: boolean;
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
 * @param badRowsKept how many of its bad rows to name
 * @param checkpoint called every few thousand rows with the share of the part that was read and its rows; may throw to
 *   stop
 * @throws the file system's error when the file cannot be read
 */
export function readReplayPart(
  path: string,
  events: ReplayEvents,
  period: Pick<Scenario, 'from' | 'to'>,
  plan: ReplayPlan,
  part: number,
  badRowsKept: number,
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
    const plain = new PlainRows(csv, reader);
    let nextCheckpoint = ROWS_BETWEEN_CHECKPOINTS;
    for (;;) {
      const taken = plain.take();
      count += taken;
      if (count >= nextCheckpoint) {
        checkpoint(csv.progress, count);
        // Rows are of about one length, so that the first ones tell how many there will be.
        if (nextCheckpoint === ROWS_BETWEEN_CHECKPOINTS)
          reader.rows.grow(Math.ceil((count / csv.progressOfRows) * 1.05));
        nextCheckpoint = count + ROWS_BETWEEN_CHECKPOINTS;
      }
      if (taken > 0) continue;
      const row = csv.next();
      if (row === null) break;
      count += 1;
      if (reader.take(row)) continue;
      badRows += 1;
      if (firstBadRows.length < badRowsKept) firstBadRows.push({ line: row.line, reason: reader.reasonFor(row) });
    }
    const rows = reader.rows.list();
    const ids = sharedArray(Float64Array, reader.customers.size);
    ids.set(reader.customers.list());
    const { skipped, segments } = reader;
    return {
      rows,
      span: spanOf(rows.at),
      ids,
      segmentNames: segments.names(),
      skipped,
      skippedSpan: skipped === 0 ? null : { first: reader.firstSkipped, last: reader.lastSkipped },
      badRows,
      firstBadRows,
      lines: csv.lines,
      hasQuotes: csv.hasQuotes,
    };
  } finally {
    csv.close();
  }
}
