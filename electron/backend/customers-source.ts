import { basename } from 'node:path';
import { Failure } from '../../shared/ipc/errors';
import { requireRows } from './content-kind';
import { FileBytes, TextBytes, type ByteSource } from './customers-bytes';
import { findLayout } from './customers-layout';
import { isGrouped, isSplitScientific } from './customers-line';
import { BATCH_SIZE, CustomerScanner, type CustomerBatch } from './customers-scanner';

/** Customers a request may name at most: as many lines as a file may have. */
export const MOST_CUSTOMERS = 10_000_000;

/** Where customers come from, with every token resolved; can be sent to a worker. */
export type ResolvedSource =
  | { kind: 'text'; text: string }
  | { kind: 'range'; from: number; to: number }
  | { kind: 'file'; path: string; name: string; column: number | null }
  | { kind: 'one'; customerId: string };

/** Customers in request order, a batch at a time. */
export interface CustomerStream {
  /** Where they come from, for people. */
  readonly description: string;
  /** Fills a batch; it stays empty at the end. */
  fill(batch: CustomerBatch): void;
  /** How many there are: exact, or estimated from the rows done so far. Null while nothing can be said. */
  total(done: number): number | null;
  close(): void;
}

/**
 * @param poll called between pieces of a text; may throw to stop
 * @throws NotRegular, or the system's error, when a file cannot be read; Failure `invalid-input` when it is no list of
 *   customers, or says nowhere which of several columns of numbers holds them
 */
export function openCustomers(source: ResolvedSource, poll: () => void = () => undefined): CustomerStream {
  switch (source.kind) {
    case 'file':
      return openFile(source.path, source.name, source.column ?? undefined, poll);
    case 'text':
      return openText(source.text, poll);
    case 'one':
      return openOne(source.customerId.replaceAll(/[\r\n]+/g, ' '));
    case 'range':
      return openRange(source.from, source.to);
  }
}

function openFile(path: string, name: string, column: number | undefined, poll: () => void): CustomerStream {
  const head = new FileBytes(path);
  let finding;
  try {
    requireRows(head, name);
    finding = findLayout(head, column);
  } finally {
    head.close();
  }
  if (finding.isList) return { ...openText(wholeText(path), poll), description: basename(name) };
  if (finding.isGuess) throw unsureColumn(name);
  const bytes = new FileBytes(path);
  const scanner = new CustomerScanner(bytes, finding.layout, poll);
  const firstGuess = Math.ceil(bytes.size / finding.bytesPerLine);
  return {
    description: basename(name),
    fill: (batch) => scanner.fill(batch),
    total: (done) => {
      const read = scanner.bytesDone;
      return done < BATCH_SIZE || read === 0 ? firstGuess : Math.max(done, Math.round((done * bytes.size) / read));
    },
    close: () => bytes.close(),
  };
}

/** A text of one line, which the look at its layout has found to be short. */
function wholeText(path: string): string {
  const bytes = new FileBytes(path);
  try {
    const text = Buffer.alloc(bytes.size * 2);
    let length = 0;
    for (let read = -1; read !== 0; length += read) read = bytes.read(text, length);
    return text.toString('utf8', 0, length);
  } finally {
    bytes.close();
  }
}

function unsureColumn(name: string): Failure {
  return new Failure(
    'invalid-input',
    `${name} has several columns of whole numbers, and no heading says which one holds the customer ids. Choose the column, name it customer_id, or leave only that one. Nothing was issued.`,
  );
}

/**
 * A pasted text is either a table, read as a file of it would be, or customer ids parted by anything people part them
 * with.
 */
function openText(text: string, poll: () => void): CustomerStream {
  const finding = findLayout(new TextBytes(text));
  const areRows = finding.delimiter !== null && finding.sample.length > 1 && !areIdsOnly(finding.sample);
  const isTable = finding.header !== null || finding.delimiter === '\t' || areRows;
  if (isTable && !finding.isList && finding.isGuess) throw unsureColumn('The pasted text');
  const isCut = isTable && !finding.isList;
  const plain = isCut ? text : entriesOf(text).join('\n');
  const bytes: ByteSource = new TextBytes(plain);
  const layout = isCut ? finding.layout : { delimiter: null, newline: 10, column: 0, hasHeader: false };
  const scanner = new CustomerScanner(bytes, layout, poll);
  const rows = Math.max(0, countLines(plain) - (layout.hasHeader ? 1 : 0));
  return {
    description: `${rows.toLocaleString('en')} pasted`,
    fill: (batch) => {
      scanner.fill(batch);
      // Entries of a list stand several to a line.
      if (!isCut) batch.lineNumbers.fill(0);
    },
    total: () => rows,
    close: () => bytes.close(),
  };
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

function openOne(customerId: string): CustomerStream {
  const scanner = new CustomerScanner(new TextBytes(customerId), {
    ...{ delimiter: null, newline: 10, column: 0, hasHeader: false },
  });
  return {
    description: 'one customer',
    fill: (batch) => scanner.fill(batch),
    total: () => 1,
    close: () => undefined,
  };
}

function countLines(text: string): number {
  let lines = 0;
  for (const _line of text.matchAll(/[^\s,;|][^\r\n]*/g)) lines += 1;
  return lines;
}

function openRange(from: number, to: number): CustomerStream {
  let next = from;
  return {
    description: `${from.toLocaleString('en')} to ${to.toLocaleString('en')}`,
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
