import type { Instant } from '../../../../shared/domain/instant';
import type { EventSlice, EventSource } from '../../../../shared/simulation/event-slice';
import { firstAtOrAfter, ReplaySource, type ReplayColumns } from '../../../../shared/simulation/replay-source';
import { laterBy, type EventColumns } from './sort-events';
import { PieceReader, type Arrangement, type RunOfPart } from './spilled-rows';

/** What is known of replayed customers, wherever the rows are. */
type ReplayedCustomers = Pick<ReplayColumns, 'ids' | 'segmentNames' | 'segmentOf'>;

/** Rows of a replayed file that lie in files, since they are more than the memory may hold. Can be sent to a worker. */
export interface SpilledColumns extends ReplayedCustomers {
  runs: readonly RunOfPart[];
  /** By part: the number of each of its customers in the whole file; null: its own. */
  numbers: readonly (Uint32Array | null)[];
  arrangement: Arrangement;
  rows: number;
  /** By so much each row is later than in the files, in microseconds; absent: by nothing. */
  shift?: number;
}

/** The rows of a replayed file in the order of time, in memory or in files. */
export type ReplayRows = ReplayColumns | SpilledColumns;

/** The events of a replayed file, wherever they are. */
export function replaySource(rows: ReplayRows): EventSource {
  return 'runs' in rows ? new SpilledSource(rows) : new ReplaySource(rows);
}

const SLICE = 65_536;

/** Replays events out of files, a piece at a time; the same events in the same order as from memory. */
class SpilledSource implements EventSource {
  readonly customers: number;
  readonly segmentNames: readonly string[];
  readonly segmentOf: Uint16Array | null;
  readonly blocks: readonly string[] = ['replay'];
  readonly #columns: SpilledColumns;
  readonly #reader: PieceReader;
  #piece = 0;
  #rows: EventColumns | null = null;
  #position = 0;
  #done = 0;

  constructor(columns: SpilledColumns) {
    this.#columns = columns;
    this.customers = columns.ids.length;
    this.segmentNames = columns.segmentNames;
    this.segmentOf = columns.segmentOf;
    this.#reader = new PieceReader(columns.runs, columns.numbers, columns.arrangement.mostRows);
  }

  idOf(customer: number): number {
    return this.#columns.ids[customer]!;
  }

  next(until: Instant): EventSlice | null {
    const rows = this.#current();
    if (rows === null) return null;
    const low = this.#position;
    const high = firstAtOrAfter(rows.at, low, Math.min(low + SLICE, rows.at.length), until);
    if (high === low) return null;
    this.#position = high;
    this.#done += high - low;
    const { at, customer, amount } = rows;
    return {
      from: at[low]!,
      length: high - low,
      at: at.subarray(low, high),
      customer: customer.subarray(low, high),
      amount: amount === null ? null : amount.subarray(low, high),
      ranges: [{ block: 0, low: 0, high: high - low }],
    };
  }

  /** The piece that has rows left; null at the end. */
  #current(): EventColumns | null {
    if (this.#rows !== null && this.#position < this.#rows.at.length) return this.#rows;
    const piece = this.#columns.arrangement.pieces[this.#piece];
    if (piece === undefined) {
      this.#reader.close();
      return null;
    }
    this.#piece += 1;
    this.#position = 0;
    this.#rows = this.#reader.read(piece);
    const { shift = 0 } = this.#columns;
    if (shift !== 0) laterBy(this.#rows.at, shift);
    return this.#rows;
  }

  get progress(): number {
    return this.#columns.rows === 0 ? 1 : this.#done / this.#columns.rows;
  }
}
