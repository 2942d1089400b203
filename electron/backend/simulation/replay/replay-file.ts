import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DAY, type Instant } from '../../../../shared/domain/instant';
import type { CancelSignal } from '../../../../shared/ipc/method';
import { Failure } from '../../../../shared/ipc/errors';
import { NO_SEGMENT, type ReplayColumns } from '../../../../shared/simulation/replay-source';
import type { ReplayEvents, Scenario } from '../../../../shared/simulation/scenario';
import { CustomerIndex } from './customer-index';
import { MOST_CUSTOMER_BYTES, numberCustomerTexts, type CustomersRead } from './customer-texts';
import { AmountEvidence } from '../../tables/amount-value';
import { CustomerEvidence } from '../../tables/customer-text';
import { placeOfLine, type FileLines } from '../../tables/file-lines';
import type { TableReading } from '../../tables/table-reading';
import { temporaryFolder, type TemporaryFolder } from '../../tables/temporary-folder';
import { message } from '../../../../shared/words/message';
import {
  planReplay,
  readReplayPart,
  type ReplayPlan,
  type BadRow,
  type ReplayPart,
  type SkippedSpan,
} from './replay-part';
import type { RowEvent } from './replay-rows';
import { MOST_SEGMENTS } from './segment-index';
import { readTypedPart, type TypedTable } from './typed-part';
import { FirstSegments, firstSegments } from './first-segments';
import { arrangeRuns, rowsOfPiece, RunWriter, type RunOfPart, type SpillPlace } from './spilled-rows';
import type { ReplayRows } from './spilled-source';
import {
  copyRows,
  countDigits,
  laterBy,
  passesFor,
  roomFor,
  renumberRows,
  rowsBetween,
  scatterRows,
  sharedArray,
  spanOfAll,
  startsOf,
  type EventColumns,
} from './sort-events';

/** A replayed file in memory that workers can share, and what was left out of it. */
export interface ReplayFile {
  columns: ReplayRows;
  /** What its customers are known by, and the text of each by its number less one where that is a text. */
  customers: CustomersRead;
  /** Removes the files that hold its rows, where they are more than the memory may hold. */
  dispose: () => void;
  /** Rows outside [from, to). */
  skipped: number;
  /** First and last instant of those; null where there are none. */
  skippedSpan: SkippedSpan | null;
  /** Rows in the period of the customer and the instant of the good row before: lines of one purchase, most likely. */
  repeated: number;
  badRows: number;
  /** The first bad rows, as many as a person might look through. */
  firstBadRows: BadRow[];
}

/** More are counted, not listed. */
const BAD_ROWS_KEPT = 1000;

/** The number of each customer of each part in the whole file: in the order of their first rows. */
export interface CustomerNumbers {
  ids: Float64Array;
  /** By part; null where the part's own numbers are those of the file. */
  ofParts: (Uint32Array | null)[];
}

/** Numbers the customers of some parts together. @param idsOfParts ids by the part's own numbers */
function numberCustomers(idsOfParts: readonly Float64Array[]): CustomerNumbers {
  if (idsOfParts.length === 1) return { ids: idsOfParts[0]!, ofParts: [null] };
  const index = new CustomerIndex();
  const ofParts = idsOfParts.map((ids, part) => {
    const numbers = part === 0 ? null : sharedArray(Uint32Array, ids.length);
    for (let customer = 0; customer < ids.length; customer += 1) {
      const number = index.of(ids[customer]!);
      if (numbers !== null) numbers[customer] = number;
    }
    return numbers;
  });
  const ids = sharedArray(Float64Array, index.size);
  ids.set(index.list());
  return { ids, ofParts };
}

/** The segment of each customer: that of the first event in the period; who has none there is in no segment. */
function segmentsOf({ customer, segment }: EventColumns, customers: number): Uint16Array {
  const of = sharedArray(Uint16Array, customers).fill(NO_SEGMENT);
  const isKnown = new Uint8Array(customers);
  for (let index = 0; index < customer.length; index += 1) {
    const who = customer[index]!;
    if (isKnown[who] === 1) continue;
    isKnown[who] = 1;
    of[who] = segment![index]!;
  }
  return of;
}

/** Puts rows that were held into a file, beside those of parts that had more. */
function spillWhole(rows: EventColumns, file: string, customers: number): Pick<ReplayPart, 'runs' | 'firsts'> {
  const firsts = new FirstSegments();
  const writer = new RunWriter(file);
  try {
    writer.add(rows, ({ at, customer, segment }) => {
      if (segment !== null) firsts.add(at, customer, segment);
    });
  } finally {
    writer.close();
  }
  return { runs: writer.runs, firsts: rows.segment === null ? null : firsts.list(customers) };
}

/** Whatever takes long while a file is read, so that threads can do it; all rows lie in memory that they share. */
export const READING_STEPS = {
  read: readReplayPart,
  number: numberCustomers,
  numberTexts: numberCustomerTexts,
  renumber: renumberRows,
  count: countDigits,
  scatter: scatterRows,
  copy: copyRows,
  segments: segmentsOf,
  arrange: arrangeRuns,
  spill: spillWhole,
  firstSegments,
} as const;

/** Takes and gives by name of a step. */
export type ReadingSteps = typeof READING_STEPS;

/**
 * Does a step somewhere and brings its answer.
 *
 * @param lane steps of one lane come one after the other; those of several may be done side by side
 */
export type DoStep = <K extends keyof ReadingSteps>(
  lane: number,
  step: K,
  ...input: Parameters<ReadingSteps[K]>
) => Promise<ReturnType<ReadingSteps[K]>>;

/** Does a step at once, in this thread. */
function takeStep<K extends keyof ReadingSteps>(
  step: K,
  input: Parameters<ReadingSteps[K]>,
): ReturnType<ReadingSteps[K]> {
  // The compiler cannot see that the step that is looked up takes the input that its name asks for.
  const run = READING_STEPS[step] as unknown as (...values: Parameters<ReadingSteps[K]>) => ReturnType<ReadingSteps[K]>;
  return run(...input);
}

/** Does each step at once, in this thread. */
export const doHere: DoStep = (_lane, step, ...input) => Promise.resolve(takeStep(step, input));

/** Names of the segments in the whole file, and the number there of each segment of each part. */
function numberSegments(parts: readonly ReplayPart[]): { names: string[]; ofParts: Uint16Array[] } {
  const names = [...new Set(parts.flatMap((part) => part.segmentNames))];
  const numberOf = new Map(names.map((name, number) => [name, number]));
  return {
    names,
    ofParts: parts.map((part) => Uint16Array.from(part.segmentNames, (name) => numberOf.get(name)!)),
  };
}

/**
 * Puts the rows of all parts in the order of their instants, ties in the order of the file: a radix sort by the least
 * digit first, each pass over several runs side by side.
 */
async function inOrder(parts: readonly ReplayPart[], act: DoStep): Promise<EventColumns> {
  let runs = parts.map(({ rows }) => rows);
  const length = runs.reduce((sum, { at }) => sum + at.length, 0);
  const passes = passesFor(spanOfAll(parts.map(({ span }) => span)));
  if (passes.length === 0 && runs.length === 1) return runs[0]!;
  let sorted = roomFor(length, runs[0]!);
  if (passes.length === 0) {
    let place = 0;
    const copies = runs.map((rows, lane) => {
      const start = place;
      place += rows.at.length;
      return act(lane, 'copy', rows, sorted, start);
    });
    await Promise.all(copies);
    return sorted;
  }
  let spare: EventColumns | null = null;
  for (const [number, pass] of passes.entries()) {
    if (number > 0) [sorted, spare] = [spare ?? roomFor(length, sorted), sorted];
    const into = sorted;
    const counts = await Promise.all(runs.map(({ at }, lane) => act(lane, 'count', at, pass)));
    const starts = startsOf(counts);
    await Promise.all(runs.map((rows, lane) => act(lane, 'scatter', rows, into, pass, starts[lane]!)));
    const cut = (run: number): number => Math.floor((length * run) / runs.length);
    runs = runs.map((_, run) => rowsBetween(into, cut(run), cut(run + 1)));
  }
  return sorted;
}

function spanOfParts(parts: readonly ReplayPart[]): SkippedSpan | null {
  const spans = parts.flatMap(({ skippedSpan }) => (skippedSpan === null ? [] : [skippedSpan]));
  if (spans.length === 0) return null;
  return {
    first: Math.min(...spans.map(({ first }) => first)),
    last: Math.max(...spans.map(({ last }) => last)),
  };
}

const nothingToDispose = (): void => undefined;

/** Rows that repeat the one before, also where a part begins with one that ends the part before. */
function repeatedRows(parts: readonly ReplayPart[], numbers: CustomerNumbers['ofParts']): number {
  const numberOf = (part: number, { customer }: RowEvent): number => numbers[part]?.[customer] ?? customer;
  let repeated = 0;
  let last: { customer: number; at: Instant } | null = null;
  for (const [part, { repeated: own, firstEvent, lastEvent }] of parts.entries()) {
    repeated += own;
    if (firstEvent === null || lastEvent === null) continue;
    const { at, isInPeriod } = firstEvent;
    if (isInPeriod && last?.at === at && last.customer === numberOf(part, firstEvent)) repeated += 1;
    last = { customer: numberOf(part, lastEvent), at: lastEvent.at };
  }
  return repeated;
}

/** What was left out of a file, and where. */
function leftOut(
  parts: readonly ReplayPart[],
  files: readonly FileLines[] | null,
  numbers: CustomerNumbers['ofParts'],
): Omit<ReplayFile, 'columns' | 'customers' | 'dispose'> {
  let lines = 0;
  const badRows = parts.flatMap((part) => {
    const ofPart = part.firstBadRows.map(({ line, reason }): BadRow => {
      const place = placeOfLine(files, line + lines);
      return { ...(place.file === null ? {} : { file: place.file }), line: place.line, reason };
    });
    lines += part.lines;
    return ofPart;
  });
  return {
    skipped: parts.reduce((sum, part) => sum + part.skipped, 0),
    skippedSpan: spanOfParts(parts),
    repeated: repeatedRows(parts, numbers),
    badRows: parts.reduce((sum, part) => sum + part.badRows, 0),
    firstBadRows: badRows.slice(0, BAD_ROWS_KEPT),
  };
}

/** Customers of some parts, numbered together. */
interface JoinedCustomers extends CustomerNumbers {
  customers: CustomersRead;
}

/** @throws Failure `invalid-input` where they are known by more texts than are kept */
async function joinCustomers(parts: readonly ReplayPart[], act: DoStep): Promise<JoinedCustomers> {
  const evidence = new CustomerEvidence();
  for (const { customers } of parts) evidence.take(customers.counts);
  const counts = evidence.counts();
  const texts = parts.flatMap(({ customers }) => (customers.texts === null ? [] : [customers.texts]));
  if (texts.length === 0) {
    const ids = parts.map((part) => part.ids);
    return { ...(await act(0, 'number', ids)), customers: { texts: null, counts } };
  }
  const numbered = parts.some(({ hasTooManyTexts }) => hasTooManyTexts) ? null : await act(0, 'numberTexts', texts);
  if (numbered === null)
    throw new Failure('invalid-input', message('replay.textsTooMany', { most: MOST_CUSTOMER_BYTES }));
  const ids = sharedArray(Float64Array, numbered.texts.ends.length);
  for (let customer = 0; customer < ids.length; customer += 1) ids[customer] = customer + 1;
  return { ids, ofParts: numbered.ofParts, customers: { texts: numbered.texts, counts } };
}

/** Puts the parts of a file together in memory, in their order. */
export async function joinReplayParts(
  parts: readonly ReplayPart[],
  act: DoStep = doHere,
  files: readonly FileLines[] | null = null,
): Promise<ReplayFile & { columns: ReplayColumns }> {
  const { ids, ofParts, customers } = await joinCustomers(parts, act);
  const segments = numberSegments(parts);
  const renumbered = parts.map(({ rows }, lane) => {
    const numbers = { customers: ofParts[lane]!, segments: segments.ofParts[lane]! };
    return act(lane, 'renumber', rows, numbers);
  });
  await Promise.all(renumbered);
  const rows = await inOrder(parts, act);
  const segmentOf = rows.segment === null ? null : await act(0, 'segments', rows, ids.length);
  const { at, customer, amount } = rows;
  return {
    columns: { at, customer, amount, ids, segmentNames: segments.names, segmentOf },
    customers,
    dispose: nothingToDispose,
    ...leftOut(parts, files, ofParts),
  };
}

/** Puts the parts of a file together whose rows are in files, in their order; the files stay for whoever replays them. */
async function joinSpilledParts(
  parts: readonly ReplayPart[],
  act: DoStep,
  files: readonly FileLines[] | null,
  spill: SpillPlace,
): Promise<Omit<ReplayFile, 'dispose'>> {
  const { ids, ofParts, customers } = await joinCustomers(parts, act);
  const segments = numberSegments(parts);
  const written = await Promise.all(
    parts.map(async ({ rows, runs, firsts, ids: own, customers: read }, part) =>
      rows.at.length === 0
        ? { runs, firsts }
        : act(
            part,
            'spill',
            rows,
            path.join(spill.folder, `part-${String(part)}-whole`),
            read.texts?.ends.length ?? own.length,
          ),
    ),
  );
  const runs = written.flatMap((one, part) => one.runs.map((run): RunOfPart => ({ ...run, part })));
  const known = written.flatMap(({ firsts }, part) =>
    firsts === null ? [] : [{ firsts, customers: ofParts[part]!, segments: segments.ofParts[part]! }],
  );
  const hasSegments = parts.some(({ rows }) => rows.segment !== null);
  const segmentOf = hasSegments ? await act(0, 'firstSegments', known, ids.length) : null;
  const rows = runs.reduce((sum, run) => sum + run.rows, 0);
  const arrangement = await act(0, 'arrange', runs, Math.min(spill.rows, rowsOfPiece(rows)));
  return {
    columns: { runs, numbers: ofParts, arrangement, rows, ids, segmentNames: segments.names, segmentOf },
    customers,
    ...leftOut(parts, files, ofParts),
  };
}

/** Bytes that the rows being read may take in all readers together, beside the same again to sort them. */
const MEMORY_OF_ROWS = 40_000_000;
/** Bytes of a row in memory, and in a file. */
const ROW_BYTES = 22;

/** How reading a file is bounded; what is not said is as large machines and files need it. */
export interface ReplayLimits {
  /** Rows that all readers hold together before they go to files. */
  rowsInMemory?: number;
  /** How a table is read whose rows can be had as numbers; the results are the same. */
  way?: 'as-it-comes' | 'as-text';
}

/** Is told how far a table is that is no text: the share of it that was decoded, and its rows so far. */
export type DecodeReport = (share: number, rows: number) => void;

/**
 * Reads a transactions file (scenario `events`): rows in the order of their instants, ties in file order; those outside
 * [from, to) are counted as skipped (by the instants of the scenario, where the file is shifted onto it), bad ones reported by line and skipped. Where quotes turn up, which may hold line
 * ends and so make a part begin in the middle of a row, the file is read once more, whole; so it is where its parts
 * have too many segments together. Rows that are more than the memory may hold are sorted in files.
 *
 * @param lanes into how many parts to cut it, which changes nothing but the way
 * @param act does the steps of the work
 * @param signal ends the making of a text out of what is none; the steps end with whoever does them
 * @param report hears how far that is
 * @returns the file; whoever takes it disposes of it
 * @throws Failure `invalid-input` when a named column is missing, or the disk has no room; the file system's error when the
 *   file cannot be read
 */
export async function readReplayFile(
  file: string,
  events: ReplayEvents,
  given: Pick<Scenario, 'from' | 'to'>,
  lanes = 1,
  act: DoStep = doHere,
  signal?: CancelSignal,
  limits: ReplayLimits = {},
  report: DecodeReport = () => undefined,
): Promise<ReplayFile> {
  const decoded = (share: number): void => report(share, 0);
  const shift = (events.shiftDays ?? 0) * DAY;
  const { from, to } = given;
  // By the file's own time, so that its rows are read as they always are.
  const period = { from: from - shift, to: to - shift };
  const readAs = async (way: 'as-it-comes' | 'as-text'): Promise<ReplayFile | null> => {
    const plan = await planReplay(file, events, lanes, way, signal, decoded);
    try {
      const readTyped: ReadTyped = (table, reading, spill) =>
        readTypedPart(table, reading, period, BAD_ROWS_KEPT, spill, report, signal);
      return await readBounded(plan, period, act, limits, readTyped);
    } finally {
      plan.dispose();
    }
  };
  // Ids larger than are kept exactly are texts, which only all rows together tell.
  const read = (await readAs(limits.way ?? 'as-it-comes')) ?? (await readAs('as-text'))!;
  return shift === 0 ? read : shiftedBy(read, shift);
}

/** A file whose rows are later by as much; those left out, too. The rows in memory are moved where they are. */
function shiftedBy(file: ReplayFile, shift: number): ReplayFile {
  const { columns, skippedSpan } = file;
  if (!('runs' in columns)) laterBy(columns.at, shift);
  return {
    ...file,
    columns: 'runs' in columns ? { ...columns, shift } : columns,
    skippedSpan: skippedSpan && { first: skippedSpan.first + shift, last: skippedSpan.last + shift },
  };
}

type ReadTyped = (table: TypedTable, reading: TableReading, spill: SpillPlace | null) => Promise<ReplayPart>;

async function readBounded(
  plan: ReplayPlan,
  period: Pick<Scenario, 'from' | 'to'>,
  act: DoStep,
  { rowsInMemory = Math.floor(MEMORY_OF_ROWS / ROW_BYTES) }: ReplayLimits,
  readTyped: ReadTyped,
): Promise<ReplayFile | null> {
  const isLarge = plan.expectedRows > rowsInMemory;
  const place = isLarge ? temporaryFolder(plan.expectedRows * ROW_BYTES) : temporaryFolderIfAny();
  const dispose = (): void => place?.dispose();
  try {
    const read = await readPlanned(plan, period, act, place?.folder ?? null, rowsInMemory, readTyped);
    if (read === null) {
      dispose();
      return null;
    }
    const { isSpilled, ...file } = read;
    if (isSpilled) return { ...file, dispose };
    dispose();
    return file;
  } catch (error) {
    dispose();
    throw error;
  }
}

/** A small file needs none, so that a system without a place for one is no hindrance. */
function temporaryFolderIfAny(): TemporaryFolder | null {
  try {
    return temporaryFolder();
  } catch {
    return null;
  }
}

/** @returns null where rows that came as numbers have to be read as texts */
async function readPlanned(
  plan: ReplayPlan,
  period: Pick<Scenario, 'from' | 'to'>,
  act: DoStep,
  folder: string | null,
  rowsInMemory: number,
  readTyped: ReadTyped,
): Promise<(ReplayFile & { isSpilled: boolean }) | null> {
  const { reading, parts: ranges, typed } = plan;
  const shared = { reading, parts: ranges };
  const spill: SpillPlace | null =
    folder === null
      ? null
      : { folder: mkdtempSync(path.join(folder, 'runs-')), rows: Math.ceil(rowsInMemory / ranges.length) };
  const again = (other: ReplayPlan): ReturnType<typeof readPlanned> => {
    if (spill !== null) rmSync(spill.folder, { recursive: true, force: true });
    return readPlanned(other, period, act, folder, rowsInMemory, readTyped);
  };
  const parts =
    typed === null
      ? await Promise.all(ranges.map((_, part) => act(part, 'read', period, shared, part, BAD_ROWS_KEPT, spill)))
      : [await readTyped(typed, reading, spill)];
  const mustBeWhole =
    parts.some((part) => part.hasQuotes) || new Set(parts.flatMap((part) => part.segmentNames)).size > MOST_SEGMENTS;
  if (parts.length > 1 && mustBeWhole) {
    const whole = { start: ranges[0]!.start, end: ranges.at(-1)!.end };
    return again({ ...plan, parts: [whole] });
  }
  const customers = new CustomerEvidence();
  for (const part of parts) customers.take(part.customers.counts);
  const customersAre = customers.areTexts ? 'texts' : 'numbers';
  const amounts = new AmountEvidence();
  for (const part of parts) amounts.take(part.amounts);
  const { decimal, isOneCurrency } = amounts;
  // All rows together may say what the first ones did not.
  const areOthers = !plan.isDecided && customersAre !== reading.customersAre;
  const isOther = reading.places.amount !== undefined && !reading.isDecimalDecided && decimal !== reading.decimal;
  if (isOther || areOthers || reading.oneCurrency !== isOneCurrency) {
    if (typed !== null) return null;
    const decided: TableReading = {
      ...reading,
      customersAre,
      decimal: reading.isDecimalDecided ? reading.decimal : decimal,
      oneCurrency: isOneCurrency,
      isDecimalCertain: true,
      isDecimalDecided: true,
    };
    return again({ ...plan, reading: decided, isDecided: true });
  }
  if (spill === null || parts.every(({ runs }) => runs.length === 0))
    return { ...(await joinReplayParts(parts, act, reading.files)), isSpilled: false };
  const joined = await joinSpilledParts(parts, act, reading.files, spill);
  return { ...joined, dispose: nothingToDispose, isSpilled: true };
}
