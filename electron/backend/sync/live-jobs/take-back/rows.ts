import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isRecordId } from '../../../../../db/workspace/live-chunks';
import type { LiveJobRows } from '../../../../../db/workspace/live-job-rows';
import type { LiveChunk, LiveJobStore } from '../../../../../db/workspace/live-jobs';
import type { TakeBackAction } from '../../../../../shared/ipc/take-back-contract';
import { inEnglish } from '../../../../../shared/words/english';
import { message, type PlainKey } from '../../../../../shared/words/message';
import { readCustomerCell, trimInvisible } from '../../../tables/customer-value';
import { placeOfLine } from '../../../tables/file-lines';
import { TableRows, type TableReading } from '../../../tables/table-reading';
import { cellText } from '../../../tables/text-rows';
import { creationSecondOf } from '../org-clock';
import { PORTION, takeInPortions } from '../portions';
import { MOST_REVOKED } from './request';

/** Where the records of a take-back come from, with every token resolved; can be sent to a worker. */
export type TakeBackRows =
  /** What an ended job of the workspace gave to customers whose id has this text in it. */
  | { kind: 'job'; jobKey: number; customer: string; description: string }
  | { kind: 'file'; name: string; reading: TableReading; recordColumn: number }
  /** What the customers of a file were found to hold. */
  | { kind: 'list'; name: string; rows: readonly TakeBackRow[] };

/** What a take-back is started with: its rows, and the seal of those that a person was shown. */
export interface TakeBackOrder {
  kind: 'take-back';
  rows: TakeBackRows;
  seal: string;
}

/** Opens the rows. @param workspace of a worker or of the backend: the job's rows are read from it */
export function openTakeBack(
  source: TakeBackRows,
  workspace: { store: Pick<LiveJobStore, 'chunk'>; rows: LiveJobRows },
  poll?: () => void,
): Iterable<TakeBackRow> {
  if (source.kind === 'job') return rowsOfJob(workspace, source.jobKey, source.customer);
  return source.kind === 'list' ? source.rows : rowsOfFile(source.reading, source.recordColumn, poll);
}

/** Where the rows come from, for people. */
export function describeTakeBack(source: TakeBackRows): string {
  return source.kind === 'job' ? source.description : basename(source.name);
}

/** Why a row is left out of a take-back. */
export const LEFT_OUT = {
  noCustomer: 'refusals.lineNoCustomer',
  noRecord: 'refusals.lineNoRecord',
  badRecord: 'refusals.lineBadRecord',
  /** The org did not say which record it made. */
  untold: 'refusals.lineRecordUntold',
  /** The record is older than the job's request: it was another's to give (docs/decisions/0196). */
  before: 'refusals.lineRecordBefore',
  /** Sent, and nobody knows what became of it. */
  unknown: 'refusals.lineRecordUnknown',
  again: 'refusals.lineRecordAgain',
  holdsNone: 'refusals.lineHoldsNone',
} as const satisfies Record<string, PlainKey>;
type LeftOut = keyof typeof LEFT_OUT;

/** A row of a take-back's source: a record to be revoked, or why it is left out. `line`: of the file, 0 where there is none. */
export type TakeBackRow =
  | { leftOut: null; customer: number; record: string }
  | { leftOut: LeftOut; shown: string; line: number };

/** Characters of a row that are kept to show it. */
const SHOWN = 200;

/** The rows of an ended job to which something was given, or may have been. */
export function* rowsOfJob(
  { store, rows }: { store: Pick<LiveJobStore, 'chunk'>; rows: LiveJobRows },
  jobKey: number,
  customer: string,
): Generator<TakeBackRow> {
  let known: LiveChunk | undefined;
  for (const { row, chunk } of rows.placed(jobKey)) {
    if (chunk === null || row.state === 'refused' || row.state === 'waiting') continue;
    if (!row.customer.includes(customer)) continue;
    const leave = (leftOut: LeftOut): TakeBackRow => ({ leftOut, shown: row.customer, line: 0 });
    const { issuedId } = row;
    if (known?.number !== chunk) known = store.chunk(jobKey, chunk);
    const id = Number(row.customer);
    if (row.state !== 'done') yield leave('unknown');
    else if (issuedId === null) yield leave('untold');
    // Whoever was forgotten has a number that no org knows, and a chunk that was cut short names nobody.
    else if (!Number.isSafeInteger(id) || id <= 0) yield leave('noCustomer');
    else if (known && wasThereBefore(known, issuedId)) yield leave('before');
    else yield { leftOut: null, customer: id, record: issuedId };
  }
}

/** Whether a record cannot be of the chunk's request, by what was noted before that left (docs/decisions/0032). */
function wasThereBefore({ known, sentAfter }: LiveChunk, record: string): boolean {
  if (known?.some((id) => id.toLowerCase() === record.toLowerCase()) === true) return true;
  return sentAfter !== null && creationSecondOf(record) < sentAfter;
}

/** The rows of a file, blank ones left out. @throws the system's error when it cannot be read */
function* rowsOfFile(
  reading: TableReading,
  recordColumn: number,
  poll: () => void = () => undefined,
): Generator<TakeBackRow> {
  const rows = new TableRows(reading, poll);
  const column = reading.places.customer ?? 0;
  try {
    for (let row = rows.next(); row !== null; row = rows.next()) {
      const { line } = placeOfLine(reading.files, row.line);
      const at = (place: number): string => (place < row.cells ? trimInvisible(cellText(row, place)) : '');
      const [customer, record] = [at(column), at(recordColumn)];
      const shown = `${customer} ${record}`.trim().slice(0, SHOWN);
      const read = readCustomerCell(customer);
      if (row.note === 'too-long' || !read.ok) yield { leftOut: 'noCustomer', shown, line };
      else if (record === '') yield { leftOut: 'noRecord', shown, line };
      else if (!isRecordId(record)) yield { leftOut: 'badRecord', shown, line };
      else yield { leftOut: null, customer: read.customerId, record: record.toLowerCase() };
    }
  } finally {
    rows.close();
  }
}

/** The same rows, with a record that was named before left out. */
function* eachOnce(rows: Iterable<TakeBackRow>): Generator<TakeBackRow> {
  const seen = new Set<string>();
  for (const row of rows) {
    if (row.leftOut !== null) yield row;
    else if (seen.has(row.record)) yield { leftOut: 'again', shown: `${String(row.customer)} ${row.record}`, line: 0 };
    else {
      seen.add(row.record);
      yield row;
    }
  }
}

/** Names what is taken back: the badge, the kind of record, and each record with its customer, in order. */
class TakeBackSeal {
  readonly #hash = createHash('sha256');

  constructor(action: TakeBackAction, remoteBadgeId: string) {
    this.#hash.update(`${action} ${remoteBadgeId}\n`);
  }

  add(customer: number, record: string): void {
    this.#hash.update(`${String(customer)} ${record}\n`);
  }

  /** Ends it. */
  sealed(): string {
    return this.#hash.digest('base64');
  }
}

/** What reading a take-back into its chunks came to. */
interface TakeBackReading {
  total: number;
  records: number;
  seal: string;
}

/**
 * Reads what is to be taken back into chunks of as many records as one request may name. A customer stands in a chunk
 * once, so that an answer that names customers alone is understood.
 *
 * @param chunkSize of the connection; a request of the org may name fewer
 * @param isStopped asked between portions; true ends the reading early
 * @returns null when it was stopped
 */
export async function readTakeBack(
  store: LiveJobStore,
  job: { key: number; action: TakeBackAction; remoteBadgeId: string },
  rows: Iterable<TakeBackRow>,
  chunkSize: number,
  isStopped: () => boolean,
  progress: () => void,
): Promise<TakeBackReading | null> {
  const seal = new TakeBackSeal(job.action, job.remoteBadgeId);
  const most = Math.min(chunkSize, MOST_REVOKED[job.action]);
  let open = new Map<number, string>();
  let [chunks, total, records] = [0, 0, 0];
  const close = (): void => {
    if (open.size > 0) store.addChunk(job.key, chunks++, [...open.keys()], [...open.values()]);
    open = new Map();
  };
  const take = (row: TakeBackRow): void => {
    if (row.leftOut === null) {
      seal.add(row.customer, row.record);
      if (open.has(row.customer)) close();
      open.set(row.customer, row.record);
      records += 1;
      if (open.size >= most) close();
    } else {
      const reason = message(LEFT_OUT[row.leftOut]);
      const words = row.line === 0 ? reason : message('refusals.atLine', { line: row.line, reason });
      store.addReject(job.key, total, row.shown, inEnglish(words));
    }
    total += 1;
  };
  const transaction = (work: () => void): void => store.transaction(work);
  if (!(await takeInPortions(eachOnce(rows), transaction, take, isStopped, progress))) return null;
  store.transaction(close);
  return { total, records, seal: seal.sealed() };
}

/** What a look at the same rows finds. */
interface TakeBackCount {
  total: number;
  records: number;
  /** Requests that they take. */
  requests: number;
  leftOut: Map<LeftOut, number>;
  sample: { customer: string; record: string }[];
  seal: string;
}

/** Records that a look shows. */
const SAMPLE = 5;

/**
 * Goes through what would be taken back, as {@link readTakeBack} would read it, and notes nothing.
 *
 * @returns null when it was stopped
 */
export async function countTakeBack(
  rows: Iterable<TakeBackRow>,
  job: { action: TakeBackAction; remoteBadgeId: string },
  chunkSize: number,
  isStopped: () => boolean,
  progress: (done: number) => void,
): Promise<TakeBackCount | null> {
  const seal = new TakeBackSeal(job.action, job.remoteBadgeId);
  const most = Math.min(chunkSize, MOST_REVOKED[job.action]);
  const found = { total: 0, records: 0, requests: 0, leftOut: new Map<LeftOut, number>() };
  const sample: TakeBackCount['sample'] = [];
  const open = new Set<number>();
  for (const row of eachOnce(rows)) {
    found.total += 1;
    if (row.leftOut === null) {
      seal.add(row.customer, row.record);
      if (open.has(row.customer) || open.size >= most) open.clear();
      if (open.size === 0) found.requests += 1;
      open.add(row.customer);
      found.records += 1;
      if (sample.length < SAMPLE) sample.push({ customer: String(row.customer), record: row.record });
    } else found.leftOut.set(row.leftOut, (found.leftOut.get(row.leftOut) ?? 0) + 1);
    if (found.total % PORTION !== 0) continue;
    progress(found.total);
    await setImmediate();
    if (isStopped()) return null;
  }
  return { ...found, sample, seal: seal.sealed() };
}
