/** Random tables, and bytes of them that are changed. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { CustomerBatch } from '../../../electron/backend/customers/batch';
import { openCustomers } from '../../../electron/backend/customers/source';
import { inspectTable, type TablePurpose } from '../../../electron/backend/tables/inspect-table';
import { Failure } from '../../../shared/ipc/errors';

interface Dialect {
  delimiter: string;
  lineEnds: string[];
  encoding: 'utf8' | 'utf-8 with a mark' | 'utf16le' | 'utf16be' | 'gzip';
  quoteAll: boolean;
  ends: boolean;
}

/** How a table is written down. */
export const dialects: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', '^', '~', '\u0001'),
  lineEnds: fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 1, maxLength: 4 }),
  encoding: fc.constantFrom('utf8', 'utf-8 with a mark', 'utf16le', 'utf16be', 'gzip'),
  quoteAll: fc.boolean(),
  ends: fc.boolean(),
});

const word = fc.string({
  unit: fc.constantFrom(
    'a',
    'Z',
    'é',
    'ß',
    '漢',
    '😀',
    '"',
    "'",
    ' ',
    ',',
    ';',
    '|',
    '^',
    '\n',
    '\r\n',
    '.',
    '-',
    '7',
    '€',
  ),
  maxLength: 12,
});
/** Rows of a customer and two texts. */
export const tables = fc.array(fc.tuple(fc.integer({ min: 1, max: 2 ** 53 - 1 }), word, word), {
  minLength: 1,
  maxLength: 30,
});

/** The bytes of a table in a dialect. */
export function written(rows: readonly (readonly [number, string, string])[], dialect: Dialect): Buffer {
  const { delimiter, lineEnds, encoding, quoteAll, ends } = dialect;
  const cell = (text: string): string =>
    quoteAll || /["\r\n]/.test(text) || text.includes(delimiter) || text.trim() !== text
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  const lines = [['customerId', 'first', 'last'], ...rows.map((row) => row.map(String))].map((cells) =>
    cells.map(cell).join(delimiter),
  );
  const text = lines
    .map((line, place) => line + (place === lines.length - 1 && !ends ? '' : lineEnds[place % lineEnds.length]!))
    .join('');
  switch (encoding) {
    case 'utf8':
      return Buffer.from(text);
    case 'utf-8 with a mark':
      return Buffer.from(`\ufeff${text}`);
    case 'utf16le':
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 'utf16be':
      return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    case 'gzip':
      return gzipSync(text);
  }
}

/** A table's bytes, some of them changed, cut off or said twice. */
export const mangledTables: fc.Arbitrary<Buffer> = fc
  .tuple(
    tables,
    dialects,
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 6 }),
    fc.option(fc.nat(), { freq: 6 }),
    fc.option(fc.nat(), { freq: 6 }),
  )
  .map(([rows, dialect, changes, cut, again]) => {
    const bytes = written(rows, dialect);
    for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
    const kept = cut === null ? bytes : bytes.subarray(0, cut % bytes.length);
    return again === null ? kept : Buffer.concat([kept, bytes.subarray(again % bytes.length)]);
  });

// Not by this file's own place: the long run is bundled elsewhere.
const WORKBOOKS = path.resolve('test/fixtures/workbooks');

/** Bytes of a workbook of some format, some of them changed or cut off. */
export const mangledWorkbooks: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.constantFrom(...readdirSync(WORKBOOKS).filter((name) => name !== 'README.md')),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 12 }),
    fc.option(fc.nat(), { freq: 8 }),
  )
  .map(([name, changes, cut]) => {
    const bytes = readFileSync(path.join(WORKBOOKS, name));
    for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
    return cut === null ? bytes : bytes.subarray(0, cut % bytes.length);
  });

/**
 * Reads a table of any bytes to its end.
 *
 * @returns what is wrong: a count that does not add up, or a customer that no cell holds; null: nothing
 * @throws what is not said in words
 */
export async function faultOfReading(file: string, bytes: Buffer): Promise<string | null> {
  writeFileSync(file, bytes);
  return (await faultFor(file, bytes, 'any')) ?? (await faultFor(file, bytes, 'customers'));
}

async function faultFor(file: string, bytes: Buffer, purpose: TablePurpose): Promise<string | null> {
  try {
    const { inspection, reading, dispose } = await inspectTable(file, 'table.csv', {}, purpose);
    if (inspection.kind !== 'csv') dispose();
    const { good, doubtful, bad, rows, kind } = inspection;
    if (good + doubtful + bad !== rows)
      return `${String(good)} + ${String(doubtful)} + ${String(bad)} are not ${String(rows)} rows`;
    if (purpose === 'any') return null;
    // Packed bytes do not show what the cells hold.
    if (kind !== 'csv' || bytes[0] === 0x1f) return null;
    return strangerIn(openCustomers({ kind: 'file', name: 'table.csv', reading }), bytes);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

function strangerIn(stream: ReturnType<typeof openCustomers>, bytes: Buffer): string | null {
  const held = bytes.toString('latin1').replaceAll('\0', '');
  const batch = new CustomerBatch();
  try {
    for (;;) {
      stream.fill(batch);
      if (batch.length === 0) return null;
      for (let index = 0; index < batch.length; index += 1) {
        const customer = String(batch.customerIds[index]);
        if (batch.faults[index] === 0 && !held.includes(customer)) return `no cell holds customer ${customer}`;
      }
    }
  } finally {
    stream.close();
  }
}
