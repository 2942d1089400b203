import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, describe, expect, test } from 'vitest';
import { readDateFormat } from '../../../electron/backend/tables/date-format';
import { inspectTable, type TablePurpose } from '../../../electron/backend/tables/inspect-table';
import type { ReadingChoices } from '../../../electron/backend/tables/table-reading';
import { message } from '../../../shared/words/message';
import { inEnglish } from '../../../shared/words/english';

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-tables-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

async function inspect(content: string | Uint8Array, choices: ReadingChoices = {}, purpose: TablePurpose = 'any') {
  const file = path.join(folder, `t${String((files += 1))}.csv`);
  writeFileSync(file, content);
  const { inspection, dispose } = await inspectTable(file, 't.csv', choices, purpose);
  dispose();
  return inspection;
}

const roles = ({ columns }: Awaited<ReturnType<typeof inspect>>): Record<string, string> =>
  Object.fromEntries(columns.flatMap(({ name, role }) => (role === null ? [] : [[role, name]])));

describe('customer ids', () => {
  test.each([
    ['1.00045E+11', 'customer-scientific'],
    ['5,66E+08', 'customer-scientific'],
    ['1111aaaa2222bbbb3333cccc4444dddd', 'customer-text-id'],
    ['ada@example.org', 'customer-text-id'],
    ['"12,345"', 'customer-grouped'],
    ['"1,234,567"', 'customer-grouped'],
    ['12.345', 'customer-grouped'],
    ['12 345', 'customer-grouped'],
    ["1'234", 'customer-grouped'],
    ['9007199254740993', 'customer-too-large'],
    ['１２３', 'customer-other-digits'],
    ['٤٥٦', 'customer-other-digits'],
    ['-5', 'customer-negative'],
    ['0', 'customer-zero'],
    ['1.5', 'customer-decimal'],
    ['abc', 'customer-not-a-number'],
    ['=HYPERLINK(1)', 'customer-not-a-number'],
  ])('%s is refused as %s', async (cell, code) => {
    const found = await inspect(`customerId;name\n7;x\n${cell};y\n`, { delimiter: ';' });
    expect(found).toMatchObject({ rows: 2, good: 1, bad: 1, reasons: [{ code, count: 1, lines: [3] }] });
  });

  test.each([
    ['000123', 'customer-leading-zeros'],
    ['90001.0', 'customer-decimals'],
    ["'100045000123", 'customer-apostrophe'],
    ['\u00a01', 'customer-invisible'],
    ['2\u200b', 'customer-invisible'],
    ['"=""100"""', 'customer-formula'],
  ])('%s is read and said to be cleaned', async (cell, code) => {
    const found = await inspect(`customerId,name\n7,x\n${cell},y\n`);
    expect(found).toMatchObject({ good: 2, cleaned: 1, bad: 0, reasons: [{ code, verdict: 'cleaned', lines: [3] }] });
  });
});

describe('which column is what', () => {
  test('headings of other languages', async () => {
    const found = await inspect('Name;Punkte;Kundennummer\r\nAda;100;88001\r\nBo;250;88002\r\n');
    expect(roles(found)).toEqual({ customer: 'Kundennummer' });
    expect(found.delimiter).toBe(';');
  });

  test('an order number is no customer', async () => {
    expect(roles(await inspect('order_id,user_id,qty\n9001,11,1\n9002,12,2\n'))).toEqual({ customer: 'user_id' });
  });

  test('a heading that stands twice over different values is asked about, and over the same values is not', async () => {
    const twice = await inspect('id,name,id\n1,A,901\n2,B,902\n');
    expect(twice.questions).toMatchObject([{ code: 'column', choices: ['id#1', 'id#2'] }]);
    const chosen = await inspect('id,name,id\n1,A,901\n2,B,902\n', { columns: { customer: 'id#2' } });
    expect(chosen.questions).toEqual([]);
    expect(chosen.columns[2]).toMatchObject({ role: 'customer', why: message('tables.chosenByYou') });
    expect((await inspect('id,name,id\n1,A,1\n2,B,2\n')).questions).toEqual([]);
  });

  test('two columns of numbers without a heading are asked about', async () => {
    expect((await inspect('11,5000\n12,70\n')).questions).toMatchObject([{ code: 'column', choices: ['#1', '#2'] }]);
    expect((await inspect('Wert A,Wert B\n11,5000\n12,70\n')).questions).toMatchObject([{ code: 'column' }]);
  });

  test('a first row of values is no header', async () => {
    const found = await inspect('1.00045E+11,Ana\n100045000124,Bo\n100045000125,Cy\n');
    expect(found).toMatchObject({ header: false, rows: 3, good: 2, bad: 1, reasons: [{ lines: [1] }] });
  });

  test('a column that is not there is named with those that are', async () => {
    await expect(inspect('a,b\n1,2\n', { columns: { customer: 'c' } })).rejects.toThrow(
      't.csv has no column “c”; its columns are “a”, “b”.',
    );
  });
});

describe('cutting', () => {
  test.each([
    ['CR alone', 'customerId,name\r1,A\r2,B\r3,C\r'],
    ['mixed line ends', 'customerId,name\n1,A\r\n2,B\r3,C\n'],
    ['a separator line', 'sep=;\r\ncustomerId;name\r\n1;A\r\n2;B\r\n3;C\r\n'],
    ['titles above', 'Members of March\n\ncustomerId,name\n1,A\n2,B\n3,C\n'],
    ['line ends in quotes', 'customerId,note\n1,"a\nb"\n2,"say ""hi"", ok"\n3,x\n'],
    ['stray quotes', 'customerId,size\n1,24" box\n2,"12"" box"\n3,a\n'],
    ['rows of nothing but delimiters', 'customerId,name,,\n1,A,,\n2,B,,\n,,,\n3,C,,\n,,,\n'],
    ['tabs', 'customerId\tname\n1\tA\n2\tB\n3\tC\n'],
    ['bars', 'customerId|name\n1|A\n2|B\n3|C\n'],
    ['carets', 'customerId^name\n1^A\n2^B\n3^C\n'],
    ['a mark and quoted headings', '\ufeff"customerId","x"\r\n"1","a"\r\n"2","b"\r\n"3","c"\r\n'],
    ['no line end at the end', 'customerId\n1\n2\n3'],
  ])('%s', async (_, text) => {
    expect(await inspect(text)).toMatchObject({ rows: 3, good: 3, bad: 0, questions: [], header: true });
  });

  test.each([
    ['UTF-16 LE', Buffer.from('\ufeffcustomerId\tname\r\n1\tŻ\r\n2\té\r\n', 'utf16le'), 'utf-16le'],
    ['UTF-16 LE without a mark', Buffer.from('customerId\tname\r\n1\tŻ\r\n2\té\r\n', 'utf16le'), 'utf-16le'],
    ['UTF-16 BE', Buffer.from('\ufeffcustomerId\tname\r\n1\tŻ\r\n2\té\r\n', 'utf16le').swap16(), 'utf-16be'],
    ['Windows-1252', Buffer.from('customerId,name\n1,Jos\xe9\n2,Zo\xeb\n', 'latin1'), 'windows-1252'],
    ['gzip', gzipSync('customerId,name\n1,José\n2,Zoë\n'), 'utf-8'],
    ['several gzip members', Buffer.concat([gzipSync('customerId,name\n1,José\n'), gzipSync('2,Zoë\n')]), 'utf-8'],
    ['zstd', zstdCompressSync('customerId,name\n1,José\n2,Zoë\n'), 'utf-8'],
  ])('%s', async (_, bytes, encoding) => {
    expect(await inspect(bytes)).toMatchObject({ rows: 2, good: 2, encoding });
  });

  test('a quote that is never closed swallows no row and is named', async () => {
    const found = await inspect('customerId,note\n1,ok\n2,"open\n3,c\n4,d\n');
    expect(found).toMatchObject({ rows: 4, good: 3, doubtful: 1, reasons: [{ code: 'unclosed-quote', lines: [3] }] });
  });

  test('a quote closed by that of a later cell swallows no row', async () => {
    const found = await inspect('customerId,note\n2,"open\n3,plain\n4,"quoted"\n5,x\n');
    expect(found).toMatchObject({ rows: 4, good: 3, doubtful: 1 });
  });

  test('a quoted cell over many lines is pointed out', async () => {
    const found = await inspect(`customerId,note\n1,"${'line\n'.repeat(40)}"\n2,x\n`);
    expect(found).toMatchObject({ rows: 2, doubtful: 1, reasons: [{ code: 'many-lines', lines: [2] }] });
  });

  test('a row of more than a mebibyte is one row, and left out', async () => {
    const found = await inspect(`customerId,note\n1,${'x'.repeat(3_000_000)}\n2,"${'y'.repeat(3_000_000)}"\n777,z\n`);
    expect(found).toMatchObject({ rows: 3, good: 1, bad: 2, reasons: [{ code: 'row-too-long', lines: [2, 3] }] });
  });

  test('ids in several cells of a row', async () => {
    expect(await inspect('11;12;13;14')).toMatchObject({ isList: true, good: 1, questions: [] });
    expect(await inspect('11,12,13\n14,15\n16\n')).toMatchObject({ isList: true, good: 3, questions: [] });
  });

  test('line numbers are those of the file', async () => {
    const found = await inspect('customerId,note\n1,"a\r\nb\r\nc"\n\n\nx,y\n');
    expect(found.reasons).toMatchObject([{ code: 'customer-not-a-number', lines: [7] }]);
  });
});

describe('dates, by the whole column', () => {
  const at = (cells: readonly string[], choices: ReadingChoices = {}) =>
    inspect(`customer;at\n${cells.map((cell, row) => `${String(row + 1)};${cell}`).join('\n')}\n`, choices);

  test('ISO-8601 in its forms', async () => {
    const found = await at([
      '2024-01-31T10:00:00+0530',
      '2024-01-31 10:00Z',
      '2024-01-31T10:00:00 +01:00',
      '20240131T100000Z',
    ]);
    expect(found).toMatchObject({ good: 4, questions: [] });
    expect(found.span).toEqual({ from: '2024-01-31T04:30:00Z', to: '2024-01-31T10:00:00Z' });
  });

  test('a zone is asked for once, and taken', async () => {
    const asked = await at(['2024-01-31 10:00', '2024-07-31T10:00:00', '2024-03-01']);
    expect(asked).toMatchObject({
      bad: 3,
      questions: [{ code: 'zone' }],
      reasons: [{ code: 'date-no-zone', count: 3 }],
    });
    const read = await at(['2024-01-31 10:00', '2024-07-31T10:00:00', '2024-03-01'], { zone: 'Europe/Berlin' });
    expect(read).toMatchObject({
      good: 3,
      questions: [],
      span: { from: '2024-01-31T09:00:00Z', to: '2024-07-31T08:00:00Z' },
    });
  });

  test('one day above 12 tells the order of all', async () => {
    const found = await at(['01/02/2024 10:00', '31/01/2024 10:00'], { zone: 'UTC' });
    expect(found.columns[1]).toMatchObject({ dateOrder: 'day-month-year' });
    expect(found.span).toEqual({ from: '2024-01-31T10:00:00Z', to: '2024-02-01T10:00:00Z' });
    const other = await at(['02/01/2024 10:00 am', '01/31/2024 1:00 PM'], { zone: 'UTC' });
    expect(other.span).toEqual({ from: '2024-01-31T13:00:00Z', to: '2024-02-01T10:00:00Z' });
  });

  test('where no day tells, it asks', async () => {
    expect(await at(['01/02/2024', '03/04/2024'], { zone: 'UTC' })).toMatchObject({
      bad: 2,
      questions: [{ code: 'date-order', choices: ['day-month-year', 'month-day-year'] }],
    });
    const chosen = await at(['01/02/2024', '03/04/2024'], {
      zone: 'UTC',
      date: { format: 'month-day-year', dayOne: null },
    });
    expect(chosen.span).toEqual({ from: '2024-01-02T00:00:00Z', to: '2024-03-04T00:00:00Z' });
  });

  test.each([
    ['excel', ['45321.5', '45322.25'], '2024-01-30T12:00:00Z', '2024-01-31T06:00:00Z'],
    ['milliseconds', ['1706702400000', '1706702460000'], '2024-01-31T12:00:00Z', '2024-01-31T12:01:00Z'],
    ['seconds', ['1706702400', '1706702460'], '2024-01-31T12:00:00Z', '2024-01-31T12:01:00Z'],
    ['compact', ['20240131', '20240201'], '2024-01-31T00:00:00Z', '2024-02-01T00:00:00Z'],
    ['iso', ['1. März 2027', '31-Jan-2024'], '2024-01-31T00:00:00Z', '2027-03-01T00:00:00Z'],
  ])('%s', async (format, cells, from, to) => {
    const found = await at(cells, { zone: 'UTC' });
    expect(found).toMatchObject({ good: 2, questions: [], span: { from, to } });
    expect(found.columns[1]).toMatchObject({ role: 'at', dateOrder: format });
  });

  test.each([
    ['day-month-year', ['03012026', '25122025', '31012026'], '2025-12-25T00:00:00Z', '2026-01-31T00:00:00Z'],
    ['month-day-year', ['01032026', '12252025', '01312026'], '2025-12-25T00:00:00Z', '2026-01-31T00:00:00Z'],
    // A spreadsheet takes the zero in front away.
    ['day-month-year', ['3012026', '25122025', '31012026'], '2025-12-25T00:00:00Z', '2026-01-31T00:00:00Z'],
    ['day-month-year', ['310120261015', '251220250930'], '2025-12-25T09:30:00Z', '2026-01-31T10:15:00Z'],
    ['day-month-year', ['31012026101559', '25122025093001'], '2025-12-25T09:30:01Z', '2026-01-31T10:15:59Z'],
  ])('digits that end with their year: %s %j', async (format, cells, from, to) => {
    const found = await at(cells, { zone: 'UTC' });
    expect(found).toMatchObject({ good: cells.length, bad: 0, questions: [], span: { from, to } });
    expect(found.columns[1]).toMatchObject({ role: 'at', dateOrder: format });
  });

  test('digits that end with their year are asked for where no day tells, and for their zone', async () => {
    const cells = ['03012026', '04122025'];
    expect(await at(cells, { zone: 'UTC' })).toMatchObject({ bad: 2, questions: [{ code: 'date-order' }] });
    const chosen = { zone: 'UTC', date: readDateFormat('MMddyyyy')! };
    expect((await at(cells, chosen)).span).toEqual({ from: '2025-04-12T00:00:00Z', to: '2026-03-01T00:00:00Z' });
    expect((await at(['31012026'])).questions).toMatchObject([{ code: 'zone' }]);
    expect((await at(['31012026', '01312026', '25122025', '24122025'], { zone: 'UTC' })).bad).toBe(1);
  });

  test('a column under any heading is that of the dates where only it holds some, as digits too', async () => {
    const found = await inspect('cust,txn,amt\n1,03012026,5.0\n2,25122025,7.5\n3,31012026,2\n', { zone: 'UTC' });
    expect(roles(found)).toEqual({ customer: 'cust', at: 'txn', amount: 'amt' });
    const none = await inspect('cust,code,amt\n1,03912026,5.0\n2,25922025,7.5\n3,31912026,2\n', { zone: 'UTC' });
    expect(roles(none)).not.toHaveProperty('at');
  });

  test('day numbers are no instants until the date of day 1 is said', async () => {
    expect(await at(['1', '94'])).toMatchObject({ bad: 2, questions: [{ code: 'day-one' }] });
    const found = await at(['1', '94'], { zone: 'UTC', date: { format: 'day-number', dayOne: '2024-01-01' } });
    expect(found.span).toEqual({ from: '2024-01-01T00:00:00Z', to: '2024-04-03T00:00:00Z' });
  });

  test('a time of day in a column of its own', async () => {
    const found = await inspect('customer;date;time\n1;20240331;023000\n2;20240401;1015\n', { zone: 'UTC' });
    expect(roles(found)).toEqual({ customer: 'customer', at: 'date', time: 'time' });
    expect(found.span).toEqual({ from: '2024-03-31T02:30:00Z', to: '2024-04-01T10:15:00Z' });
  });

  test.each([
    ['as a database writes it', '2024-03-31 00:00:00', '9:05', '2024-03-31T09:05:00Z'],
    ['with its zone', '2024-03-31T00:00:00Z', '09:05:30', '2024-03-31T09:05:30Z'],
    ['day first', '31.03.2024 00:00', '9:05 PM', '2024-03-31T21:05:00Z'],
    ['as a spreadsheet keeps both', '45382', '0.4375', '2024-03-31T10:30:00Z'],
    ['as a date of its own', '2024-03-31', '1899-12-31T09:05:00', '2024-03-31T09:05:00Z'],
    ['that is not filled', '2024-03-31 00:00:00', '', '2024-03-31T00:00:00Z'],
  ])('a midnight beside a time of day, %s', async (_, date, time, instant) => {
    const found = await inspect(`customer;date;time\n1;${date};${time}\n`, { zone: 'UTC' });
    expect(found).toMatchObject({ good: 1, span: { from: instant, to: instant } });
  });

  test('a column called time is none where the dates say theirs', async () => {
    const found = await inspect(
      'customer;date;time\n1;2024-03-31 10:00;35\n2;2024-03-31 00:00;12\n3;2024-04-01 11:30;7\n',
    );
    expect(roles(found)).toEqual({ customer: 'customer', at: 'date' });
  });

  test('a time that the clock of its zone shows twice, or never, is pointed out', async () => {
    const times = ['2026-10-25 02:30', '2026-10-25 03:30', '2026-03-29 02:30', '2026-03-29', '2026-10-25 02:30Z'];
    const found = await at(times, { zone: 'Europe/Berlin' });
    expect(found).toMatchObject({ good: 3, doubtful: 2, bad: 0 });
    expect(found.reasons).toMatchObject([
      { code: 'date-clock-twice', verdict: 'doubtful', lines: [2] },
      { code: 'date-clock-never', verdict: 'doubtful', lines: [4] },
    ]);
    expect(found.span).toEqual({ from: '2026-03-28T23:00:00Z', to: '2026-10-25T02:30:00Z' });
  });

  test('a date that does not exist is said', async () => {
    const found = await at(['31/01/2024', '31/02/2024'], { zone: 'UTC' });
    expect(found.reasons).toMatchObject([{ code: 'date-impossible', lines: [3] }]);
  });
});

test('an order that nobody has said is not told as another one', async () => {
  const found = await inspect('customer;date\n1;03/04/2024 10:00Z\n');
  expect(found).toMatchObject({ bad: 1, questions: [{ code: 'date-order' }] });
  expect(found.columns[1]).toMatchObject({ role: 'at', dateOrder: null });
});

describe('amounts, by the whole column', () => {
  const amounts = (cells: readonly string[], choices: ReadingChoices = {}) =>
    inspect(
      `customer;at;amount\n${cells.map((cell, row) => `${String(row + 1)};2024-03-01T10:00:00Z;${cell}`).join('\n')}\n`,
      choices,
    );

  test('one decimal comma makes points group', async () => {
    const found = await amounts(['1.234', '99,90', '1.500']);
    expect(found).toMatchObject({ good: 3, cleaned: 2, questions: [] });
    expect(found.columns[2]).toMatchObject({ role: 'amount', decimal: ',' });
  });

  test('where nothing tells, it asks and reads none of them', async () => {
    expect(await amounts(['1.234', '5'])).toMatchObject({ good: 1, bad: 1, questions: [{ code: 'decimal' }] });
    expect(await amounts(['1.234', '5'], { decimal: '.' })).toMatchObject({ good: 2, questions: [] });
  });

  test('one currency is taken off, several are refused', async () => {
    expect(await amounts(['$45.00', '$1,234.50', '-$3.00'])).toMatchObject({ good: 3, cleaned: 3 });
    expect(await amounts(['$45.00', '45.00 EUR', '3.10'])).toMatchObject({ good: 1, bad: 2 });
  });

  test('all faults of a row are listed', async () => {
    const found = await inspect(
      'customer,at,amount\nx,soon,"12,5"\n1,2024-03-01T10:00:00Z,1.50\n2,2024-03-01T10:00:00Z,2.50\n3,2024-03-01T10:00:00Z,2.75\n',
    );
    expect(found.reasons.map(({ code }) => code).sort()).toEqual([
      'amount-other-decimal',
      'customer-not-a-number',
      'date-not-a-date',
    ]);
    expect(found.bad).toBe(1);
  });
});

describe('workbooks', () => {
  const data = [
    { id: '000123', when: new Date(Date.UTC(2024, 0, 30, 12)) },
    { id: 100_045_000_123, when: new Date(Date.UTC(2024, 0, 31)) },
  ];
  const members = {
    name: 'Members',
    columns: [
      { header: 'Customer id', key: 'id' },
      { header: 'Date', key: 'when', numFmt: 'yyyy-mm-dd hh:mm' },
    ],
    data,
  };

  test('the sheet with customers is found, its dates are dates, its ids keep their zeros until they are read', async () => {
    const book = await writeXlsx({ sheets: [{ name: 'Notes', rows: [['read me']] }, members] });
    const found = await inspect(book, { zone: 'Europe/Berlin' });
    expect(found).toMatchObject({
      kind: 'excel',
      sheet: 'Members',
      sheets: ['Notes', 'Members'],
      rows: 2,
      good: 2,
      cleaned: 1,
    });
    expect(found.span).toEqual({ from: '2024-01-30T11:00:00Z', to: '2024-01-30T23:00:00Z' });
    expect(inEnglish(found.sentence)).toBe('Excel workbook, sheet “Members”, 2 rows, 2 columns');
  });

  test('of two such sheets it asks', async () => {
    const book = await writeXlsx({ sheets: [members, { ...members, name: 'Old' }] });
    expect((await inspect(book, { zone: 'UTC' })).questions).toMatchObject([
      { code: 'sheet', choices: ['Members', 'Old'] },
    ]);
    expect((await inspect(book, { zone: 'UTC', sheet: 'Old' })).questions).toEqual([]);
    await expect(inspect(book, { sheet: 'New' })).rejects.toThrow(
      'has no sheet “New”; its sheets are “Members”, “Old”',
    );
  });

  test('a damaged one is named', async () => {
    const book = await writeXlsx({ sheets: [members] });
    const damaged = Uint8Array.from(book, (byte, at) => (at > 300 && at < book.length - 400 ? byte ^ 0x55 : byte));
    await expect(inspect(damaged)).rejects.toThrow('t.csv is an Excel workbook that cannot be read');
  });
});

test.each([
  ['gzip', gzipSync('')],
  ['zstd', zstdCompressSync('')],
])('a file of nothing that is packed with %s is empty, and damaged where it is cut', async (_, packed) => {
  await expect(inspect(packed)).rejects.toThrow('is empty');
  for (let length = 4; length < Math.min(packed.length, 9); length += 1)
    await expect(inspect(packed.subarray(0, length))).rejects.toThrow('damaged or end too early');
});

test('a packed file that is cut short is named', async () => {
  const packed = gzipSync(`customerId\n${Array.from({ length: 5000 }, (_, id) => String(id * 7919)).join('\n')}\n`);
  await expect(inspect(packed.subarray(0, packed.length / 2))).rejects.toThrow(
    'compressed bytes are damaged or end too early',
  );
});

describe('what is no table is named by its content', () => {
  test.each([
    ['a web page', '<!DOCTYPE html>\n<html><body>Session expired</body></html>', 'is a web page'],
    ['JSON', '[{"customerId": 1}]', 'is JSON'],
    ['PDF', '%PDF-1.7\n1', 'is a PDF document'],
    ['old Excel', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'older than Excel 97'],
    ['Parquet', 'PAR1abc', 'is a Parquet file'],
    ['SQLite', 'SQLite format 3\0', 'is a database file'],
    ['nothing', '', 'is empty'],
    ['blank lines', '\n\n  \n', 'is empty'],
  ])('%s', async (_, content, words) => {
    await expect(inspect(content)).rejects.toThrow(words);
  });
});
