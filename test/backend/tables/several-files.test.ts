import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { inspectTable, lookAtTable, type TablePurpose } from '../../../electron/backend/tables/inspect-table';
import { placeOfLine } from '../../../electron/backend/tables/file-lines';
import { TableRows, type ReadingChoices } from '../../../electron/backend/tables/table-reading';
import { cellText } from '../../../electron/backend/tables/text-rows';
import { inEnglish } from '../../../shared/words/english';
import { writeParquet } from './parquet-files';

let root = '';
let temporary = '';
const TMPDIR = process.env['TMPDIR'];
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'laurel-several-'));
  temporary = path.join(root, 'temporary');
  mkdirSync(temporary);
  process.env['TMPDIR'] = temporary;
});
afterAll(() => {
  if (TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TMPDIR;
  rmSync(root, { recursive: true, force: true });
});

let folders = 0;
function folderOf(files: Record<string, string | Uint8Array>): string {
  const folder = path.join(root, `f${String((folders += 1))}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

async function inspect(place: string, choices: ReadingChoices = {}, purpose: TablePurpose = 'any') {
  const { inspection, dispose } = await inspectTable(place, path.basename(place), choices, purpose);
  dispose();
  expect(readdirSync(temporary)).toEqual([]);
  return { ...inspection, sentence: inEnglish(inspection.sentence), notes: inspection.notes.map(inEnglish) };
}

/** Every row as `file:line cell|cell`. */
async function rowsOf(place: string, choices: ReadingChoices = {}): Promise<string[]> {
  const { reading, decoded } = await lookAtTable(place, path.basename(place), choices);
  const rows = new TableRows(reading);
  const found: string[] = [];
  for (let row = rows.next(); row !== null; row = rows.next()) {
    const { file, line } = placeOfLine(reading.files, row.line);
    const cells = Array.from({ length: row.cells }, (_, cell) => cellText(row, cell));
    found.push(`${file ?? ''}:${String(line)} ${cells.join('|')}`);
  }
  rows.close();
  decoded.dispose();
  return found;
}

describe('text files', () => {
  test('a folder is one table in the order of the names, each row with its file and line', async () => {
    const folder = folderOf({
      'b.csv': 'customerId,points\n3,30\n\n4,40',
      'a.csv': 'customerId,points\r\n1,10\r\n2,20\r\n',
      _SUCCESS: '',
      '.hidden': 'x',
    });
    expect(await rowsOf(folder)).toEqual(['a.csv:2 1|10', 'a.csv:3 2|20', 'b.csv:2 3|30', 'b.csv:4 4|40']);
  });

  test('a pattern names some of them, packed or not', async () => {
    const folder = folderOf({
      'sales/2025-01.csv.gz': gzipSync('customerId;points\n1;10\n'),
      'sales/2025-02.csv.zst': zstdCompressSync('customerId;points\n2;20\n'),
      'sales/2024-12.csv': 'customerId;points\n9;90\n',
    });
    expect(await rowsOf(path.join(folder, 'sales', '2025-*'))).toEqual([
      '2025-01.csv.gz:2 1|10',
      '2025-02.csv.zst:2 2|20',
    ]);
    expect(await rowsOf(path.join(folder, '**', '2025-0?.csv.gz'))).toEqual(['sales/2025-01.csv.gz:2 1|10']);
  });

  test('columns are put together by name; a file that lacks one is said', async () => {
    const folder = folderOf({
      'a.csv': 'Report\ncustomerId,points\n1,10\n',
      'b.csv': 'points;customerId;shop\n20;2;"a ""b"", c"\n',
      'c.csv': '\ufeffcustomerId\n"3"\n',
    });
    expect(await rowsOf(folder)).toEqual(['a.csv:3 1|10|', 'b.csv:2 2|20|a "b", c', 'c.csv:2 3||']);
    const { notes, fileCount, sentence } = await inspect(folder);
    expect(fileCount).toBe(3);
    expect(sentence).toContain('3 files, 3 rows, 3 columns');
    expect(notes).toEqual([
      'a.csv has no shop: those cells are empty there',
      'c.csv has no points, shop: those cells are empty there',
    ]);
  });

  test('a quote that is never closed does not reach into the next file', async () => {
    const folder = folderOf({ 'a.csv': 'customerId,shop\n1,"x\n2,y\n', 'b.csv': 'customerId,shop\n3,"z"\n' });
    expect(await rowsOf(folder)).toEqual(['a.csv:2 1|"x', 'a.csv:3 2|y', 'b.csv:2 3|z']);
    expect((await inspect(folder)).notes).toEqual(['a.csv: a quote opened and never closed, read as characters']);
  });

  test('cells over several lines keep the lines of the rows behind them', async () => {
    const folder = folderOf({
      'a.csv': 'customerId,shop\n1,"x\ny"\n2,z\n',
      'b.csv': 'customerId,shop\r3,a\r4,b',
    });
    expect(await rowsOf(folder)).toEqual(['a.csv:2 1|x\ny', 'a.csv:4 2|z', 'b.csv:2 3|a', 'b.csv:3 4|b']);
  });

  test('lists without a header are read one after the other', async () => {
    const folder = folderOf({ 'a.txt': '1\n2\n', 'b.txt': '3\nx\n' });
    const { good, bad, reasons } = await inspect(folder, {}, 'customers');
    expect([good, bad, reasons[0]?.lines, reasons[0]?.files]).toEqual([3, 1, [2], ['b.txt']]);
  });

  test.each<[string, Record<string, string | Uint8Array>, string]>([
    ['nothing', {}, 'no file with rows is there'],
    [
      'no common column',
      { 'a.csv': 'customerId,p\n1,2\n', 'readme.txt': 'name,other\nx,3\n' },
      'readme.txt has no column of a.csv',
    ],
    ['a header in some only', { 'a.csv': 'customerId,p\n1,2\n', 'b.csv': '1,2\n3,4\n' }, 'b.csv has no header'],
    ['a document among them', { 'a.csv': 'customerId\n1\n', 'b.pdf': '%PDF-1.7' }, 'b.pdf is a PDF document'],
    [
      'a damaged one',
      { 'a.csv': 'customerId\n1\n', 'b.gz': Buffer.from([0x1f, 0x8b, 8, 0, 1]) },
      'b.gz cannot be read',
    ],
  ])('%s is refused in words', async (_what, files, words) => {
    await expect(lookAtTable(folderOf(files), 'the folder')).rejects.toThrow(words);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('a link out of the folder is not followed', async () => {
    const outside = folderOf({ 'secret.csv': 'customerId\n1\n' });
    const folder = folderOf({ 'a.csv': 'customerId\n1\n' });
    symlinkSync(path.join(outside, 'secret.csv'), path.join(folder, 'b.csv'));
    await expect(lookAtTable(folder, 'the folder')).rejects.toThrow('b.csv is a link to a file outside its folder');
  });
});

describe('Parquet', () => {
  test('every value comes as text without loss, with the type it is stored as', async () => {
    const file = path.join(root, 'types [1]*.parquet');
    await writeParquet(
      path.join(root, 'types.parquet'),
      `SELECT 9007199254740991 AS "customerId", 18446744073709551615::UBIGINT AS huge,
        TIMESTAMPTZ '2026-03-01 09:30:00.123456+02' AS zoned, TIMESTAMP '2026-03-01 09:30:00.5' AS naive,
        TIMESTAMP_NS '2026-03-01 09:30:00.123456789' AS nanos, DATE '2026-03-01' AS day,
        123456789012345.67::DECIMAL(18,2) AS amount, 0.1::DOUBLE AS real, 90001.0::DOUBLE AS wide,
        'a "b"' || chr(9) || 'c' || chr(10) || 'd' AS words, encode('ü') AS bytes, '' AS empty, NULL::INT AS none,
        '0012' AS zeros, [1, 2] AS list`,
    );
    writeFileSync(file, readFileSync(path.join(root, 'types.parquet')));
    expect(await rowsOf(file)).toEqual([
      ':1 ' +
        [
          ...['9007199254740991', '18446744073709551615', '2026-03-01T07:30:00.123456Z'],
          ...['2026-03-01T09:30:00.5', '2026-03-01T09:30:00.123456789', '2026-03-01', '123456789012345.67', '0.1'],
          ...['90001.0', 'a "b"\tc\nd', 'ü', '', '', '0012', ''],
        ].join('|'),
    ]);
    const { kind, sentence, columns, notes } = await inspect(file);
    expect([kind, sentence]).toEqual(['parquet', 'Parquet, 1 row, 15 columns']);
    expect(columns.slice(0, 4).map(({ storedType }) => storedType)).toEqual([
      'BIGINT',
      'UBIGINT',
      'TIMESTAMP WITH TIME ZONE',
      'TIMESTAMP',
    ]);
    expect(notes).toEqual(['list holds lists or structures, which are no single value: its cells are taken for empty']);
  });

  test('a stored number with three decimals is no thousand: nothing has to be asked', async () => {
    const file = path.join(root, 'thousandths.parquet');
    await writeParquet(
      file,
      `SELECT 7 AS "customerId", 1.234::DECIMAL(9,3) AS amount, 1.234::DOUBLE AS a, 12.125::FLOAT AS b, -0.5::DOUBLE AS c, NULL::DOUBLE AS d`,
    );
    expect(await rowsOf(file)).toEqual([':1 7|1.2340|1.2340|12.1250|-0.5|']);
    expect(await inspect(file)).toMatchObject({ good: 1, questions: [] });
  });

  test('a folder is one table; other types and columns of a file change no value of another', async () => {
    const folder = folderOf({});
    await writeParquet(
      path.join(folder, 'b.parquet'),
      `SELECT 'x' AS "customerId", 1.5::DOUBLE AS amount, 'n' AS shop`,
    );
    await writeParquet(
      path.join(folder, 'a.parquet'),
      `SELECT 9007199254740991 - range AS "customerId", 7 AS amount FROM range(3)`,
    );
    expect(await rowsOf(folder)).toEqual([
      'a.parquet:1 9007199254740991|7|',
      'a.parquet:2 9007199254740990|7|',
      'a.parquet:3 9007199254740989|7|',
      'b.parquet:1 x|1.5|n',
    ]);
    const { reasons, notes } = await inspect(folder, {}, 'customers');
    expect(reasons.map(({ lines, files }) => [lines, files])).toEqual([[[1], ['b.parquet']]]);
    expect(notes).toEqual(['a.parquet has no shop: those cells are empty there']);
  });

  test('a row with line ends in a cell is one row', async () => {
    const file = path.join(root, 'lines.parquet');
    await writeParquet(file, `SELECT range + 1 AS "customerId", 'a' || chr(10) || 'b' AS shop FROM range(3)`);
    expect((await rowsOf(file)).map((row) => row.slice(0, 4))).toEqual([':1 1', ':2 2', ':3 3']);
  });

  test('a broken one and an encrypted one are said in words', async () => {
    const file = path.join(root, 'whole.parquet');
    await writeParquet(file, 'SELECT range AS "customerId" FROM range(100000)');
    const bytes = readFileSync(file);
    const broken = folderOf({ 'cut.parquet': bytes.subarray(0, 5000) });
    await expect(inspect(path.join(broken, 'cut.parquet'))).rejects.toThrow(
      'cut.parquet is a Parquet file that cannot be read: it is damaged',
    );
    const mangled = Buffer.from(bytes);
    mangled.fill(0xee, 100, 20000);
    await expect(inspect(path.join(folderOf({ 'mangled.parquet': mangled }), 'mangled.parquet'))).rejects.toThrow(
      'damaged',
    );
    const locked = folderOf({ 'locked.parquet': Buffer.concat([Buffer.from('PARE'), bytes]) });
    await expect(inspect(path.join(locked, 'locked.parquet'))).rejects.toThrow('is an encrypted Parquet file');
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('reading ends when it is cancelled, and leaves nothing', async () => {
    const file = path.join(root, 'many.parquet');
    await writeParquet(file, 'SELECT range AS "customerId" FROM range(3000000)');
    const stop = new AbortController();
    const reading = lookAtTable(file, 'many.parquet', {}, 'customers', stop.signal);
    const outcome = expect(reading).rejects.toThrow('Cancelled');
    await vi.waitFor(() => expect(readdirSync(temporary)).not.toEqual([]), { interval: 1 });
    stop.abort();
    await outcome;
    expect(readdirSync(temporary)).toEqual([]);
  });
});
