import { basename } from 'node:path';
import { Failure } from '../../../shared/ipc/errors';
import type { CustomersReading } from '../../../shared/ipc/issuance-contract';
import type { CountedRows } from '../../../shared/ipc/tables-contract';
import type { CustomerBatch } from './batch';
import { CustomerRows, requireColumn } from './rows';
import { CustomerTally, type TalliedRows } from './tally';
import { lookAtPasted } from '../tables/inspect-table';
import { TableRows, type TableReading } from '../tables/table-reading';
import type { TextDialect } from '../tables/text-dialect';
import { message } from '../../../shared/words/message';
import { inEnglish } from '../../../shared/words/english';

/** Customers a request may name at most: as many lines as a file may have. */
export const MOST_CUSTOMERS = 10_000_000;

/** What the first rows of a table showed. */
export type LookAtCustomers = Omit<CustomersReading, keyof CountedRows>;

/** Where customers come from, with every token resolved; can be sent to a worker. */
export type ResolvedSource =
  | { kind: 'text'; text: string }
  | { kind: 'range'; from: number; to: number }
  | { kind: 'file'; name: string; reading: TableReading; look?: LookAtCustomers }
  | { kind: 'one'; customerId: string };

/** Customers in request order, a batch at a time. */
export interface CustomerStream {
  /** Where they come from, for people. */
  readonly description: string;
  /** Fills a batch; it stays empty at the end. */
  fill(batch: CustomerBatch): void;
  /** How many there are: exact, or estimated from the rows done so far. Null while nothing can be said. */
  total(done: number): number | null;
  /** Of a file: what its rows so far were like. */
  tallied?: () => TalliedRows;
  close(): void;
}

/** @throws Failure `invalid-input`: the request is refused whole, before anything of it stays */
function tooMany(most: number): Failure {
  return new Failure('invalid-input', message('customers.tooMany', { most }));
}

/** A stream that refuses to go on past a number of rows. */
function bounded(stream: CustomerStream, most: number): CustomerStream {
  let rows = 0;
  return {
    description: stream.description,
    fill: (batch) => {
      stream.fill(batch);
      rows += batch.length;
      if (rows > most) throw tooMany(most);
    },
    total: (done) => stream.total(done),
    ...(stream.tallied === undefined ? {} : { tallied: stream.tallied }),
    close: () => stream.close(),
  };
}

/**
 * @param poll called between pieces of a text; may throw to stop
 * @param most rows; where a source has more, filling throws Failure `invalid-input`
 * @throws NotRegular, or the system's error, when a file cannot be read; Failure `invalid-input` when a pasted text says
 *   nowhere which of several columns holds the customers
 */
export function openCustomers(
  source: ResolvedSource,
  poll: () => void = () => undefined,
  most = MOST_CUSTOMERS,
): CustomerStream {
  return bounded(open(source, poll), most);
}

function open(source: ResolvedSource, poll: () => void): CustomerStream {
  switch (source.kind) {
    case 'file':
      return openFile(source, poll);
    case 'text':
      return openText(source.text, poll);
    case 'one':
      return openTable(
        listOf([source.customerId.replaceAll(/[\r\n]+/g, ' ')]),
        () => inEnglish(message('sources.one')),
        poll,
        1,
      );
    case 'range':
      return openRange(source.from, source.to);
  }
}

function openFile({ name, reading }: ResolvedSource & { kind: 'file' }, poll: () => void): CustomerStream {
  const tally = new CustomerTally(reading);
  return { ...openTable(reading, () => basename(name), poll, null, tally), tallied: () => tally.list() };
}

function openTable(
  reading: TableReading,
  describe: (rows: number) => string,
  poll: () => void,
  rows: number | null,
  tally: CustomerTally | null = null,
): CustomerStream {
  const customers = new CustomerRows(reading, poll, tally);
  return {
    description: describe(rows ?? 0),
    fill: (batch) => {
      customers.fill(batch);
    },
    total: (done) => rows ?? customers.total(done),
    close: () => customers.close(),
  };
}

/**
 * A pasted text is either a table, read as a file of it would be, or customer ids parted by anything people part them
 * with.
 */
function openText(text: string, poll: () => void): CustomerStream {
  const look = lookAtPasted(text);
  const isTable =
    look !== null &&
    !look.reading.isList &&
    (look.dialect.header !== null || look.dialect.delimiter === '\t' || hasOtherCells(look.dialect));
  if (isTable) {
    requireColumn(look.questions, message('tables.pastedText'));
    const rows = countRows(look.reading);
    return openTable(look.reading, () => pasted(rows), poll, rows);
  }
  const entries = entriesOf(text);
  return openTable(listOf(entries), () => pasted(entries.length), poll, entries.length);
}

/** As requests keep it; the page reads it back. */
const pasted = (count: number): string => inEnglish(message('sources.pasted', { count }));

/** Entries of a list, of which the place in the text says nothing. */
function listOf(entries: readonly string[]): TableReading {
  return { ...LIST, text: { text: entries.join('\n') } };
}

const LIST: Omit<TableReading, 'text'> = {
  files: null,
  linesAreRows: false,
  delimiter: null,
  rowsAbove: 0,
  hasHeader: false,
  isList: true,
  places: {},
  customersAre: 'numbers',
  date: null,
  decimal: '.',
  isDecimalCertain: true,
  isDecimalDecided: true,
  oneCurrency: true,
};

function countRows(reading: TableReading): number {
  const rows = new TableRows(reading);
  let count = 0;
  while (rows.next() !== null) count += 1;
  return count;
}

/** Rows of several cells that are not all ids make a table; ids alone are a list that was written in lines. */
function hasOtherCells({ delimiter, sample }: TextDialect): boolean {
  return delimiter !== null && sample.length > 1 && !areIdsOnly(sample.map(({ cells }) => cells));
}

/** Lines of whole numbers only are ids that were written several to a line. */
function areIdsOnly(lines: readonly (readonly string[])[]): boolean {
  return lines.every((line) => line.every((field) => /^\s*\d*\s*$/.test(field)));
}

/** The entries of a list. A comma inside one number parts nothing: half of it would be another customer's id. */
function entriesOf(text: string): string[] {
  const entries: string[] = [];
  for (const group of text.split(/[\s;|]+/)) {
    if (isGrouped(group)) {
      entries.push(group);
      continue;
    }
    const parts = group.split(',');
    for (let at = 0; at < parts.length; at += 1) {
      const part = parts[at] ?? '';
      const next = parts[at + 1];
      if (next !== undefined && isSplitScientific(part, next)) {
        entries.push(`${part},${next}`);
        at += 1;
      } else if (part !== '') entries.push(part);
    }
  }
  return entries;
}

function openRange(from: number, to: number): CustomerStream {
  let next = from;
  return {
    description: inEnglish(message('sources.range', { from, to })),
    fill: (batch) => {
      batch.length = 0;
      while (next <= to && !batch.isFull) {
        batch.addCustomer(next);
        next += 1;
      }
    },
    total: () => Math.max(0, to - from + 1),
    close: () => {
      next = to + 1;
    },
  };
}

/** Digits in groups of three. `12.345` may be a decimal, too; it is no customer id either way. */
function isGrouped(text: string): boolean {
  return /^\d{1,3}([., '’\u00a0\u202f])\d{3}(?:\1\d{3})*$/.test(text);
}

/** Whether two fields that a comma parts are one number in scientific notation with a decimal comma: `5,66E+08`. */
function isSplitScientific(before: string, after: string): boolean {
  return /^[+-]?\d+$/.test(before.trim()) && /^\d+[eE][+-]?\d+$/.test(after.trim());
}
