import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { inspectTable } from '../../../electron/backend/tables/inspect-table';
import { TableRows } from '../../../electron/backend/tables/table-reading';
import { cellText } from '../../../electron/backend/tables/text-rows';
import { Failure } from '../../../shared/ipc/errors';

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-round-trip-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, 'table.csv');

interface Dialect {
  delimiter: string;
  lineEnds: string[];
  encoding: 'utf8' | 'utf-8 with a mark' | 'utf16le' | 'utf16be' | 'gzip';
  quoteAll: boolean;
  ends: boolean;
}

const dialects: fc.Arbitrary<Dialect> = fc.record({
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
const tables = fc.array(fc.tuple(fc.integer({ min: 1, max: 2 ** 53 - 1 }), word, word), {
  minLength: 1,
  maxLength: 30,
});

function written(rows: readonly (readonly [number, string, string])[], dialect: Dialect): Buffer {
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

test('any table written in any dialect and encoding reads back equal', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(tables, dialects, async (rows, dialect) => {
      writeFileSync(file, written(rows, dialect));
      const { inspection, reading } = await inspectTable(file, 'table.csv', {}, 'customers');
      expect(inspection.rows).toBe(rows.length);
      expect(inspection.bad).toBe(0);
      const source = new TableRows(reading);
      const read: string[][] = [];
      for (let row = source.next(); row !== null; row = source.next())
        read.push([0, 1, 2].map((cell) => cellText(row!, cell)));
      source.close();
      expect(read).toEqual(rows.map((row) => row.map(String)));
    }),
    { numRuns: 150 },
  );
});

test('a mangled table never hangs, throws anything but words, or gives a customer that no cell holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      tables,
      dialects,
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 6 }),
      async (rows, dialect, changes) => {
        const bytes = written(rows, { ...dialect, encoding: 'utf8' });
        for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
        writeFileSync(file, bytes);
        try {
          const { inspection } = await inspectTable(file, 'table.csv', {}, 'customers');
          expect(inspection.good + inspection.doubtful + inspection.bad).toBe(inspection.rows);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      },
    ),
    { numRuns: 150 },
  );
});
