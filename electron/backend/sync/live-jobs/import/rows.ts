import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { packTerms, type AwardTerms } from '../../../../../db/workspace/live-chunks';
import type { LiveJobStore } from '../../../../../db/workspace/live-jobs';
import type { Instant } from '../../../../../shared/domain/instant';
import { inEnglish } from '../../../../../shared/words/english';
import { message, type PlainKey } from '../../../../../shared/words/message';
import { readCustomerCell, trimInvisible } from '../../../tables/customer-value';
import { DateReader } from '../../../tables/date-format';
import { plainInstantOf } from '../../../tables/plain-instant';
import { TableRows, type TableReading } from '../../../tables/table-reading';
import { cellText, type TextRow } from '../../../tables/text-rows';
import { PORTION, takeInPortions } from '../portions';
import { FIRST_SIZE } from '../source';

/** The table whose awards are imported, and how it is read; can be sent to a worker. */
export interface ImportRows {
  name: string;
  reading: TableReading;
  /** The column that says which badge a row is of, as the vendor's own template has one; null: there is none. */
  badgeColumn: number | null;
}

/** What an import is started with: its table, and the seal of the awards that a person was shown. */
export interface ImportOrder {
  kind: 'import';
  rows: ImportRows;
  /** Whether an award is written that an earlier row, or the customer, has already. */
  again: boolean;
  seal: string;
}

/** Why a row is left out of an import. */
export const LEFT_OUT = {
  /** The table holds awards of several badges, and an import writes those of one. */
  otherBadge: 'refusals.lineOtherBadge',
  noCustomer: 'refusals.lineNoCustomer',
  noDate: 'refusals.lineNoEventDate',
  ahead: 'refusals.lineEventAhead',
  noExpiry: 'refusals.lineNoExpiry',
  /** It would be over before it began: the org would take it all the same. */
  before: 'refusals.lineExpiryBefore',
  again: 'refusals.lineAwardAgain',
} as const satisfies Record<string, PlainKey>;
type LeftOut = keyof typeof LEFT_OUT;

/** A row of the table: an award, or why it is left out. */
type ImportRow =
  | { leftOut: null; customer: number; eventDate: Instant; expiresOn: Instant; isRepeated: boolean }
  | { leftOut: LeftOut; shown: string };

interface ImportJob {
  remoteBadgeId: string;
  again: boolean;
}

/** Characters of a row that are kept to show it. */
const SHOWN = 200;

/**
 * The awards of a table, blank rows left out.
 *
 * @param job whose badge it is; `again`: an award that stands in an earlier row already is an award all the same
 * @param now what lies behind it is no history
 * @throws the system's error when the table cannot be read
 */
export function* openImport(
  { reading, badgeColumn }: ImportRows,
  { remoteBadgeId, again }: ImportJob,
  now: Instant,
  poll: () => void = () => undefined,
): Generator<ImportRow> {
  const rows = new TableRows(reading, poll);
  const { customer = 0, at = 0, time, expiry = 0 } = reading.places;
  const dates = new DateReader(reading.date ?? { format: 'iso', zone: null, dayOne: null });
  const expiries = new DateReader(reading.expiryDate ?? { format: 'iso', zone: null, dayOne: null });
  const seen = new Set<string>();
  const badge = remoteBadgeId.toLowerCase();
  try {
    for (let row = rows.next(); row !== null; row = rows.next()) {
      const leave = (leftOut: LeftOut): ImportRow => {
        const cells = [customer, at, ...(time === undefined ? [] : [time]), expiry].map((place) => textAt(row, place));
        return { leftOut, shown: cells.join(' ').trim().slice(0, SHOWN) };
      };
      const who = readCustomerCell(textAt(row, customer));
      const eventDate = instantOf(row, dates, at, time);
      const expiresOn = instantOf(row, expiries, expiry, undefined);
      const isOther = badgeColumn !== null && textAt(row, badgeColumn).toLowerCase() !== badge;
      if (isOther) yield leave('otherBadge');
      else if (row.note === 'too-long' || !who.ok) yield leave('noCustomer');
      else if (eventDate === null) yield leave('noDate');
      else if (eventDate > now) yield leave('ahead');
      else if (expiresOn === null) yield leave('noExpiry');
      else if (expiresOn <= eventDate) yield leave('before');
      else {
        const award = `${String(who.customerId)} ${String(eventDate)} ${String(expiresOn)}`;
        const isRepeated = seen.has(award);
        seen.add(award);
        if (isRepeated && !again) yield leave('again');
        else yield { leftOut: null, customer: who.customerId, eventDate, expiresOn, isRepeated };
      }
    }
  } finally {
    rows.close();
  }
}

const textAt = (row: TextRow, place: number): string => (place < row.cells ? trimInvisible(cellText(row, place)) : '');

function instantOf(row: TextRow, reader: DateReader, place: number, time: number | undefined): Instant | null {
  const plain = time === undefined ? plainInstantOf(row, place) : NaN;
  if (!Number.isNaN(plain)) return plain;
  const read = reader.read(textAt(row, place), time === undefined ? undefined : textAt(row, time));
  return read.ok ? read.instant : null;
}

/** Names what is imported: the badge, whether it is written again, and each award with its customer, in order. */
class ImportSeal {
  readonly #hash = createHash('sha256');

  constructor(remoteBadgeId: string, again: boolean) {
    this.#hash.update(`${remoteBadgeId} ${String(again)}\n`);
  }

  add(customer: number, { eventDate, expiresOn }: Pick<AwardTerms, 'eventDate' | 'expiresOn'>): void {
    this.#hash.update(`${String(customer)} ${String(eventDate)} ${String(expiresOn)}\n`);
  }

  /** Ends it. */
  sealed(): string {
    return this.#hash.digest('base64');
  }
}

/** Awards of a job's request by its number: the first is small, since what is wrong with all shows in a few. */
const sizeOf = (number: number, chunkSize: number): number =>
  number === 0 ? Math.min(FIRST_SIZE, chunkSize) : chunkSize;

/**
 * Reads the awards of an import into chunks. A customer may stand in one several times, with other dates or, where that is
 * wanted, with the same.
 *
 * @param isStopped asked between portions; true ends the reading early
 * @returns null when it was stopped
 */
export async function readImport(
  store: LiveJobStore,
  { key, remoteBadgeId, again }: ImportJob & { key: number },
  rows: Iterable<ImportRow>,
  chunkSize: number,
  isStopped: () => boolean,
  progress: () => void,
): Promise<{ total: number; seal: string } | null> {
  const seal = new ImportSeal(remoteBadgeId, again);
  let customers: number[] = [];
  let terms: AwardTerms[] = [];
  let [chunks, total] = [0, 0];
  const close = (): void => {
    if (customers.length > 0) store.addChunk(key, chunks++, customers, packTerms(terms));
    customers = [];
    terms = [];
  };
  const take = (row: ImportRow): void => {
    if (row.leftOut === null) {
      seal.add(row.customer, row);
      customers.push(row.customer);
      terms.push({ eventDate: row.eventDate, expiresOn: row.expiresOn, again });
      if (customers.length >= sizeOf(chunks, chunkSize)) close();
    } else {
      // Without its line: of very many such rows one reason is told.
      store.addReject(key, total, row.shown, inEnglish(message(LEFT_OUT[row.leftOut])));
    }
    total += 1;
  };
  const transaction = (work: () => void): void => store.transaction(work);
  if (!(await takeInPortions(rows, transaction, take, isStopped, progress))) return null;
  store.transaction(close);
  return { total, seal: seal.sealed() };
}

/** What a look at the same table finds. */
interface ImportCount {
  total: number;
  awards: number;
  /** Of the awards: those that stand in an earlier row, too. */
  repeated: number;
  leftOut: Map<LeftOut, number>;
  sample: { customer: string; eventDate: Instant; expiresOn: Instant }[];
  span: { from: Instant; to: Instant } | null;
  /** Requests that write, and those that read a customer before. */
  requests: number;
  reads: number;
  seal: string;
}

/** Awards that a look shows. */
const SAMPLE = 5;

/**
 * Goes through what would be imported, as {@link readImport} would read it, and notes nothing.
 *
 * @returns null when it was stopped
 */
export async function countImport(
  rows: Iterable<ImportRow>,
  { remoteBadgeId, again }: ImportJob,
  chunkSize: number,
  isStopped: () => boolean,
  progress: (done: number) => void,
): Promise<ImportCount | null> {
  const seal = new ImportSeal(remoteBadgeId, again);
  const found = { total: 0, awards: 0, repeated: 0, requests: 0, reads: 0, leftOut: new Map<LeftOut, number>() };
  const sample: ImportCount['sample'] = [];
  let [from, to] = [Infinity, -Infinity];
  const inChunk = new Set<number>();
  let filled = 0;
  for (const row of rows) {
    found.total += 1;
    if (row.leftOut === null) {
      const { customer, eventDate, expiresOn, isRepeated } = row;
      seal.add(customer, row);
      found.awards += 1;
      if (isRepeated) found.repeated += 1;
      if (sample.length < SAMPLE) sample.push({ customer: String(customer), eventDate, expiresOn });
      from = Math.min(from, eventDate);
      to = Math.max(to, eventDate);
      if (filled === 0) found.requests += 1;
      if (!inChunk.has(customer)) found.reads += 1;
      inChunk.add(customer);
      filled += 1;
      if (filled >= sizeOf(found.requests - 1, chunkSize)) {
        inChunk.clear();
        filled = 0;
      }
    } else found.leftOut.set(row.leftOut, (found.leftOut.get(row.leftOut) ?? 0) + 1);
    if (found.total % PORTION !== 0) continue;
    progress(found.total);
    await setImmediate();
    if (isStopped()) return null;
  }
  return { ...found, sample, span: from > to ? null : { from, to }, seal: seal.sealed() };
}
