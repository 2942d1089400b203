/**
 * Rows that are more than the memory may hold: sorted runs in files, and how they are put together piece by piece. A run
 * is a stretch of the file, so that the runs' order is the file's.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { Instant } from '../../../../shared/domain/instant';
import { firstAtOrAfter } from '../../../../shared/simulation/replay-source';
import {
  countDigits,
  passesFor,
  roomFor,
  rowsBetween,
  scatterRows,
  spanOf,
  startsOf,
  type EventColumns,
} from './sort-events';

/** Rows of a stretch of the file, in the order of their instants, ties in file order. */
export interface SortedRun {
  /** The file that holds them, and the first of their bytes there: column after column. */
  path: string;
  offset: number;
  rows: number;
  hasAmounts: boolean;
  /** The instant of every `SAMPLED`th row. */
  samples: Float64Array;
}

/** A run, and the part of the file whose numbers its customers have. */
export interface RunOfPart extends SortedRun {
  part: number;
}

/** Where rows go that exceed the memory. Plain data, can be sent to a worker. */
export interface SpillPlace {
  /** A folder that is there for this reading only. */
  folder: string;
  /** So many rows one reader holds at most. */
  rows: number;
}

const SAMPLED = 512;

/** Puts rows in the order of their instants; they or the spare ones hold them then. */
function sortRows(rows: EventColumns, spare: () => EventColumns): EventColumns {
  let [from, into] = [rows, rows];
  for (const [number, pass] of passesFor(spanOf(rows.at)).entries()) {
    if (number === 0) into = rowsBetween(spare(), 0, rows.at.length);
    const [starts] = startsOf([countDigits(from.at, pass)]);
    scatterRows(from, into, pass, starts!);
    [from, into] = [into, from];
  }
  return from;
}

/** So many rows are sorted at once: those that stay near the processor take half the time of many more. */
const RUN_ROWS = 1 << 16;

/** Writes rows into a file, a sorted run behind the other. */
export class RunWriter {
  readonly runs: SortedRun[] = [];
  readonly #path: string;
  readonly #handle: number;
  #written = 0;
  #spare: EventColumns | null = null;

  /** @throws the system's error */
  constructor(path: string) {
    this.#path = path;
    this.#handle = openSync(path, 'wx');
  }

  /**
   * Sorts rows stretch by stretch, in place or beside it, and writes each.
   *
   * @param onRun gets each run's rows in their order
   * @throws the system's error
   */
  add(rows: EventColumns, onRun: (sorted: EventColumns) => void = () => undefined): void {
    for (let start = 0; start < rows.at.length; start += RUN_ROWS) {
      const stretch = rowsBetween(rows, start, Math.min(rows.at.length, start + RUN_ROWS));
      const sorted = sortRows(stretch, () => (this.#spare ??= roomFor(RUN_ROWS, rows)));
      this.#write(sorted);
      onRun(sorted);
    }
  }

  #write({ at, customer, amount }: EventColumns): void {
    const samples = Float64Array.from({ length: Math.ceil(at.length / SAMPLED) }, (_, sample) => at[sample * SAMPLED]!);
    const run = { path: this.#path, offset: this.#written, rows: at.length, hasAmounts: amount !== null, samples };
    for (const column of [at, ...(amount === null ? [] : [amount]), customer]) {
      const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
      for (let done = 0; done < bytes.length;) done += writeSync(this.#handle, bytes, done, bytes.length - done);
      this.#written += bytes.length;
    }
    this.runs.push(run);
  }

  close(): void {
    closeSync(this.#handle);
  }
}

function readInto(handle: number, column: Float64Array | Uint32Array, position: number): void {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  for (let done = 0; done < bytes.length;) {
    const read = readSync(handle, bytes, done, bytes.length - done, position + done);
    if (read === 0) throw new Error('A run of sorted rows is shorter than it was written');
    done += read;
  }
}

/** The open files of runs. */
class RunHandles {
  readonly #handles: Map<string, number>;

  constructor(runs: readonly SortedRun[]) {
    this.#handles = new Map([...new Set(runs.map(({ path }) => path))].map((path) => [path, openSync(path, 'r')]));
  }

  of({ path }: SortedRun): number {
    return this.#handles.get(path)!;
  }

  close(): void {
    for (const handle of this.#handles.values()) closeSync(handle);
    this.#handles.clear();
  }
}

/** Rows of some runs that belong together in time: of each a stretch, in the order of the runs. */
export type Piece = readonly { run: number; start: number; end: number }[];

/** The runs in pieces that follow each other in time. */
export interface Arrangement {
  pieces: Piece[];
  /** Of the largest piece. */
  mostRows: number;
}

const rowsOf = (piece: Piece): number => piece.reduce((sum, { start, end }) => sum + end - start, 0);

/** Pieces of more rows are sorted slower, and smaller ones read in more and shorter stretches. */
const MOST_PIECES = 256;
const PIECE_ROWS = { least: RUN_ROWS, most: 1 << 20 };

/** So many rows make a good piece. @param rows in all */
export const rowsOfPiece = (rows: number): number =>
  Math.max(PIECE_ROWS.least, Math.min(PIECE_ROWS.most, Math.ceil(rows / MOST_PIECES)));

/**
 * Cuts sorted runs into pieces of about so many rows, each later than the one before. Rows of one instant are never
 * parted between pieces that are sorted: an instant of very many rows makes pieces of its own, which are in order as they
 * are.
 */
export function arrangeRuns(runs: readonly SortedRun[], most: number): Arrangement {
  const samples = Float64Array.from(runs.flatMap((run) => [...run.samples])).sort();
  const step = Math.max(1, Math.floor(most / SAMPLED));
  const edges = new Set<Instant>();
  const heavy = new Set<Instant>();
  for (let place = step; place < samples.length; place += step) {
    const edge = samples[place]!;
    if (edge === samples[place - step]) {
      heavy.add(edge);
      edges.add(edge + 1);
    }
    edges.add(edge);
  }
  const cuts = [...edges].sort((left, right) => left - right);
  const handles = new RunHandles(runs);
  try {
    const at = new Float64Array(SAMPLED);
    const bounds = runs.map((run) => cuts.map((cut) => firstOfRun(run, handles.of(run), cut, at)));
    const pieces: Piece[] = [];
    for (let cut = 0; cut <= cuts.length; cut += 1) {
      const piece = runs.map((run, number) => ({
        run: number,
        start: cut === 0 ? 0 : bounds[number]![cut - 1]!,
        end: cut === cuts.length ? run.rows : bounds[number]![cut]!,
      }));
      const filled = piece.filter(({ start, end }) => end > start);
      if (filled.length === 0) continue;
      if (cut > 0 && heavy.has(cuts[cut - 1]!)) pieces.push(...inStretches(filled, most));
      else pieces.push(filled);
    }
    return { pieces, mostRows: pieces.reduce((largest, piece) => Math.max(largest, rowsOf(piece)), 0) };
  } finally {
    handles.close();
  }
}

/** The first row of a run at or after an instant. */
function firstOfRun({ samples, rows, offset }: SortedRun, handle: number, cut: Instant, room: Float64Array): number {
  const sample = firstAtOrAfter(samples, 0, samples.length, cut);
  if (sample === 0) return 0;
  const start = (sample - 1) * SAMPLED;
  const at = room.subarray(0, Math.min(SAMPLED, rows - start));
  readInto(handle, at, offset + 8 * start);
  return start + firstAtOrAfter(at, 0, at.length, cut);
}

/** Rows of one instant, in the order of the runs, in pieces of at most so many. */
function inStretches(piece: Piece, most: number): Piece[] {
  return piece.flatMap(({ run, start, end }) =>
    Array.from({ length: Math.ceil((end - start) / most) }, (_, stretch) => [
      { run, start: start + stretch * most, end: Math.min(end, start + (stretch + 1) * most) },
    ]),
  );
}

/** Reads the pieces of runs, each in the order of time. */
export class PieceReader {
  readonly #handles: RunHandles;
  readonly #runs: readonly RunOfPart[];
  readonly #numbers: readonly (Uint32Array | null)[];
  readonly #rows: EventColumns;
  #spare: EventColumns | null = null;

  /** @param numbers by part: the number of each of its customers in the whole file; null: its own */
  constructor(runs: readonly RunOfPart[], numbers: readonly (Uint32Array | null)[], mostRows: number) {
    this.#runs = runs;
    this.#numbers = numbers;
    const amount = runs[0]?.hasAmounts === true ? new Float64Array(0) : null;
    this.#rows = roomFor(mostRows, { amount, segment: null });
    this.#handles = new RunHandles(runs);
  }

  /** The rows of a piece in arrays that live until the next call. @throws the system's error */
  read(piece: Piece): EventColumns {
    const rows = rowsBetween(this.#rows, 0, rowsOf(piece));
    let place = 0;
    for (const { run: number, start, end } of piece) {
      const run = this.#runs[number]!;
      const handle = this.#handles.of(run);
      const { at, customer, amount } = rowsBetween(rows, place, place + end - start);
      readInto(handle, at, run.offset + 8 * start);
      if (amount !== null) readInto(handle, amount, run.offset + 8 * (run.rows + start));
      readInto(handle, customer, run.offset + (amount === null ? 8 : 16) * run.rows + 4 * start);
      const numbers = this.#numbers[run.part] ?? null;
      if (numbers !== null)
        for (let index = 0; index < customer.length; index += 1) customer[index] = numbers[customer[index]!]!;
      place += end - start;
    }
    return sortRows(rows, () => (this.#spare ??= roomFor(this.#rows.at.length, this.#rows)));
  }

  close(): void {
    this.#handles.close();
  }
}
