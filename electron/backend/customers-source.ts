import { basename } from 'node:path';
import { FileBytes, TextBytes, type ByteSource } from './customers-bytes';
import { findLayout } from './customers-layout';
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

/** @throws the system's error when a file cannot be read */
export function openCustomers(source: ResolvedSource): CustomerStream {
  switch (source.kind) {
    case 'file':
      return openFile(source.path, source.name, source.column ?? undefined);
    case 'text':
      return openText(source.text);
    case 'one':
      return openText(source.customerId.replaceAll(/[\r\n]+/g, ' '), 'one customer');
    case 'range':
      return openRange(source.from, source.to);
  }
}

function openFile(path: string, name: string, column: number | undefined): CustomerStream {
  const head = new FileBytes(path);
  let finding;
  try {
    finding = findLayout(head, column);
  } finally {
    head.close();
  }
  const bytes = new FileBytes(path);
  const scanner = new CustomerScanner(bytes, finding.layout);
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

/**
 * A pasted text is either a table as a spreadsheet gives it, known by its header or its tabs, or customer ids parted by
 * anything people part them with.
 */
function openText(text: string, description?: string): CustomerStream {
  const finding = findLayout(new TextBytes(text));
  const isTable = finding.header !== null || finding.delimiter === '\t';
  const plain = isTable || description !== undefined ? text : text.trim().replaceAll(/[\s,;|]+/g, '\n');
  const bytes: ByteSource = new TextBytes(plain);
  const layout =
    isTable && description === undefined
      ? finding.layout
      : { delimiter: null, newline: 10, column: 0, hasHeader: false };
  const scanner = new CustomerScanner(bytes, layout);
  const rows = description === undefined ? countLines(plain) - (layout.hasHeader ? 1 : 0) : 1;
  return {
    description: description ?? `${rows.toLocaleString('en')} pasted`,
    fill: (batch) => scanner.fill(batch),
    total: () => rows,
    close: () => bytes.close(),
  };
}

function countLines(text: string): number {
  const trimmed = text.trimEnd();
  if (trimmed === '') return 0;
  let lines = 1;
  for (let at = trimmed.indexOf('\n'); at !== -1; at = trimmed.indexOf('\n', at + 1)) lines += 1;
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
