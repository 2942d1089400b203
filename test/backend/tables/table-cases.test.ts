/** Tables as people really have them, each with what is right for it: the readers of customers and of transactions. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CustomerBatch } from '../../../electron/backend/customers/batch';
import { requireColumn } from '../../../electron/backend/customers/rows';
import { openCustomers } from '../../../electron/backend/customers/source';
import { inspectTable } from '../../../electron/backend/tables/inspect-table';
import { outcomeName } from '../../../db/org/outcomes';
import { instantOf } from '../../../shared/domain/instant';
import { inEnglish } from '../../../shared/words/english';
import { readInMemory } from '../simulation/replay/read-in-memory';

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-table-cases-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Read {
  /** Of each row in the order of the table: the customer, or the cell and what is wrong with it. */
  rows: string[];
  /** What the look says of rows that are read though something was taken off or is odd. */
  said: string;
}

/** Reads the customers of a table as a request does. */
async function customersOf(content: string | Uint8Array, column?: string): Promise<Read> {
  const file = path.join(folder, 'c.csv');
  writeFileSync(file, content);
  const choices = column === undefined ? {} : { columns: { customer: column } };
  const { inspection, reading, dispose } = await inspectTable(file, 'c.csv', choices, 'customers');
  requireColumn(inspection.questions, 'c.csv');
  const customers = openCustomers({ kind: 'file', name: 'c.csv', reading });
  const batch = new CustomerBatch();
  const rows: string[] = [];
  for (customers.fill(batch); batch.length > 0; customers.fill(batch))
    for (let row = 0; row < batch.length; row += 1)
      rows.push(
        batch.faults[row] === 0
          ? `${String(batch.customerIds[row])} ok`
          : `${batch.lines[row]!} ${outcomeName(batch.faults[row]!)}`,
      );
  customers.close();
  dispose();
  const column0 = inspection.columns.find(({ role }) => role === 'customer');
  const said = [
    ...(column0?.why ? [`“${column0.name}”: ${inEnglish(column0.why)}`] : []),
    ...inspection.reasons.map(({ count, verdict, words }) => `${String(count)} ${verdict}: ${inEnglish(words)}`),
  ].join('\n');
  return { rows, said };
}

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const manyRows = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, row) => `${String(from + row)},n\n`).join('');

describe('customers of a table', () => {
  test.each<[what: string, content: string | Uint8Array, rows: string[], said?: RegExp]>([
    [
      'ids that Excel has shortened are refused with the reason',
      'customerId\n1.00045E+11\n8,80012E+15\n100045000123\n',
      ['1.00045E+11 scientific', '8,80012E+15 scientific', '100045000123 ok'],
      /2 bad: .*Excel shortened this number/,
    ],
    [
      'an apostrophe in front is left out and said',
      "customerId,name\n'100045000123,A\n’100045000124,B\n",
      ['100045000123 ok', '100045000124 ok'],
      /2 cleaned: An apostrophe in front of the customer id was left out/,
    ],
    [
      'thousands separators are refused, none is cut in two',
      'customerId;n\n12,345;a\n12.345;b\n1 234;c\n1’234’567;d\n',
      ['12,345 grouped', '12.345 grouped', '1 234 grouped', '1’234’567 grouped'],
    ],
    [
      'zeros in front make no other customer, and are said',
      'customerId\n000123\n123\n0456\n',
      ['123 ok', '123 ok', '456 ok'],
      /2 cleaned: Zeros in front of the customer id were left out/,
    ],
    ['a byte-order mark', '\ufeffcustomerId\n1\n2\n', ['1 ok', '2 ok']],
    ['a mark and a quoted heading', '\ufeff"customerId","n"\n"1","a"\n', ['1 ok']],
    ['UTF-16 parted by tabs', utf16('customer id\tname\r\n101\tÄ\r\n102\tß\r\n'), ['101 ok', '102 ok']],
    ['UTF-16 without a mark', utf16('customer id;name\n101;Ä\n').subarray(2), ['101 ok']],
    ['a separator line is no row', 'sep=;\ncustomerId;n\n11;a\n12;b\n', ['11 ok', '12 ok']],
    ['a separator line in quotes', '"sep=;"\r\ncustomerId;n\r\n11;a\r\n', ['11 ok']],
    ['only CR', 'customerId,n\r1,a\r2,b\r', ['1 ok', '2 ok']],
    ['line ends of all kinds', 'customerId,n\r\n1,a\n2,b\r3,c', ['1 ok', '2 ok', '3 ok']],
    ['line ends in a quoted note', 'customerId,note\n1,"a\nb, 99"\n2,c\n', ['1 ok', '2 ok']],
    ['a stray quote', 'customerId,note\n1,5" disk\n2,"6"" disk"\n3,b\n', ['1 ok', '2 ok', '3 ok']],
    [
      'an id whose quotes end before it does',
      'customerId,note\n"1"23,a\n"4"5"6",b\n"7" ,c\n8,"Café" Bleu\n',
      ['"1"23 not-a-number', '"4"5"6" not-a-number', '7 ok', '8 ok'],
    ],
    [
      'a quote that is never closed',
      'customerId,note\n1,a\n2,"b\n3,c\n',
      ['1 ok', '2 ok', '3 ok'],
      /1 doubtful: A quote/,
    ],
    [
      'a quote closed by one in a much later row',
      `customerId,note\n1,a\n2,"b\n${manyRows(3, 49)}50,c"d\n51,e\n`,
      Array.from({ length: 51 }, (_, row) => `${String(row + 1)} ok`),
    ],
    ['empty columns and rows behind', 'customerId,n,,\n1,a,,\n2,b,,\n,,,\n,,,\n', ['1 ok', '2 ok']],
    [
      'rows of differing length',
      'n,customerId\nA,1\nB\nC,3,extra\n',
      ['1 ok', 'B empty', '3 ok'],
      /1 bad: The customer id is missing/,
    ],
    ['case and blanks of a heading', ' CUSTOMER ID ;n\n1;a\n', ['1 ok']],
    [
      'an order number first',
      'order_id,user_id,total\n9001,11,5\n9002,12,6\n',
      ['11 ok', '12 ok'],
      /“user_id”: its heading is “user_id”/,
    ],
    ['e-mail addresses beside ids', 'email,id\na@b.de,1\nA@B.de,1\nc@d.de,2\n', ['1 ok', '1 ok', '2 ok']],
    ['German headings, points first', 'Name;Punkte;Kundennummer\nA;100;88001\nB;250;88002\n', ['88001 ok', '88002 ok']],
    ['French headings', 'Nom;Points;N° client\nA;100;88001\n', ['88001 ok']],
    ['Spanish headings', 'Nombre;Puntos;Número de cliente\nA;100;88001\n', ['88001 ok']],
    ['Windows-1252', Buffer.from('Kundennummer;Name\n1;M\xfcller\n2;Gro\xdf\n', 'latin1'), ['1 ok', '2 ok']],
    ['several ids in a line', '11;12\n13;14\n15\n', ['11 ok', '12 ok', '13 ok', '14 ok', '15 ok']],
    [
      'digits of other scripts are refused with the reason',
      'customerId\n１２３\n٤٥٦\n789\n',
      ['１２３ other-digits', '٤٥٦ other-digits', '789 ok'],
    ],
    [
      'formulas are nobody',
      'customerId\n1\n=1+1\n@SUM(A1)\n-2+3\n',
      ['1 ok', '=1+1 not-a-number', '@SUM(A1) not-a-number', '-2+3 not-a-number'],
    ],
    [
      'a first row of a shortened number is no header',
      '1.00045E+11,A\n100045000124,B\n',
      ['1.00045E+11 scientific', '100045000124 ok'],
    ],
    [
      'no-break and zero-width blanks',
      'customerId\n\u00a01\n2\u200b\n',
      ['1 ok', '2 ok'],
      /2 cleaned: Invisible blanks/,
    ],
    ['decimals of zero', 'customerId\n90001.0\n90002,00\n', ['90001 ok', '90002 ok']],
    ['title rows above', 'Members of 2026\n\ncustomerId;n\n1;a\n2;b\n', ['1 ok', '2 ok']],
    [
      'a header that comes again',
      'customerId,n\n1,a\ncustomerId,n\n2,b\n',
      ['1 ok', 'customerId not-a-number', '2 ok'],
    ],
  ])('%s', async (_, content, rows, said) => {
    const read = await customersOf(content);
    expect(read.rows).toEqual(rows);
    if (said !== undefined) expect(read.said).toMatch(said);
  });

  test.each(
    [
      ...['Nr klienta', 'Müşteri No', 'Codice cliente', 'ID клиента', 'Номер клиента', 'ID do Cliente', 'Kundenummer'],
      ...[
        'Asiakasnumero',
        'Číslo zákazníka',
        'Ügyfélszám',
        '顾客编号',
        '会員番号',
        '고객번호',
        'رقم العميل',
        'Κωδικός πελάτη',
      ],
      ...[
        'Customer #',
        'Cust. No.',
        'Membership No.',
        'Kd.-Nr.',
        'Debitorennummer',
        'N° adhérent',
        'Identifiant client',
      ],
      ...['Account Number', 'player_id', 'Klantnr.'],
    ].map((heading) => [heading]),
  )('the heading “%s” means the customers', async (heading) => {
    expect((await customersOf(`X;${heading};Y\n7;88001;5\n8;88002;6\n`)).rows).toEqual(['88001 ok', '88002 ok']);
  });

  test('of headings that mean them alike it asks, and of others the more telling one holds', async () => {
    await expect(customersOf('Kd-Nr;Member code\n1;2\n')).rejects.toThrow(
      'Several headings may mean the customers: “Kd-Nr”',
    );
    expect((await customersOf('Account no;Customer id\n7;1\n')).rows).toEqual(['1 ok']);
  });

  test.each<[what: string, content: string | Uint8Array, error: RegExp]>([
    ['a heading that stands twice', 'id,name,id\n1,a,9\n', /“id” stands twice: “id#1”, “id#2”/],
    [
      'points and no customers',
      'Name;Punkte\nA;100\nB;250\n',
      /under headings of something else.*--column customer=NAME/s,
    ],
    ['an empty file', '', /c\.csv is empty/],
    ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>', /is a web page/],
    [
      'half a workbook',
      Buffer.from('PK\x03\x04 xl/workbook.xml xl/worksheets/sheet1.xml'),
      /is an Excel workbook that cannot/,
    ],
  ])('%s is refused', async (_, content, error) => {
    await expect(customersOf(content)).rejects.toThrow(error);
  });

  test('a header alone names nobody', async () => {
    expect((await customersOf('customerId,name\n')).rows).toEqual([]);
  });

  test('a column is chosen by its name, by its place among its name, and by its place', async () => {
    const table = 'id,name,id\n1,a,9\n';
    for (const [column, customer] of [
      ['id#1', '1'],
      ['id#2', '9'],
      ['#3', '9'],
    ])
      expect((await customersOf(table, column)).rows).toEqual([`${customer!} ok`]);
  });
});

const PERIOD = { from: instantOf('2024-01-01T00:00:00Z'), to: instantOf('2025-01-01T00:00:00Z') };

/** Reads the transactions of a table as a replay does. @returns also each bad row as the command line names it */
async function replayed(content: string | Uint8Array, events: object = {}) {
  const file = path.join(folder, 'e.csv');
  writeFileSync(file, content);
  const all = { csv: 'e.csv', customer: 'customer', at: 'at', amount: null, segment: null, ...events };
  const read = await readInMemory(file, all, PERIOD);
  return { ...read, said: read.firstBadRows.map(({ line, reason }) => `${String(line)}: ${reason}`) };
}

const bad = (line: number, reason: string): RegExp => new RegExp(`^${String(line)}: ${reason}`);

describe('transactions of a table', () => {
  test.each<[what: string, content: string | Uint8Array, events: object, total: number, said: RegExp[]]>([
    ['only CR', 'customer,at\r1,2024-03-01T00:00:00Z\r2,2024-03-02T00:00:00Z\r', {}, 2, []],
    ['case of the headings', 'Customer,AT\n1,2024-03-01T00:00:00Z\n', {}, 1, []],
    ['a separator line', 'sep=;\ncustomer;at\n1;2024-03-01T00:00:00Z\n', {}, 1, []],
    ['a mark and quoted headings', '\ufeff"customer","at"\n"1","2024-03-01T00:00:00Z"\n', {}, 1, []],
    [
      'a row that is too short',
      'customer,at\n1,2024-03-01T00:00:00Z\n2\n3,2024-03-02T00:00:00Z\n',
      {},
      2,
      [bad(3, 'has 1 fields where 2 are needed')],
    ],
    [
      'a quote that is never closed',
      'customer,at,n\n1,2024-03-01T00:00:00Z,a\n2,2024-03-02T00:00:00Z,"b\n3,2024-03-03T00:00:00Z,c\n',
      {},
      3,
      [],
    ],
    [
      'no-break blanks and zeros in front',
      'customer,at\n\u00a01,2024-03-01T00:00:00Z\n001,2024-03-02T00:00:00Z\n',
      {},
      2,
      [],
    ],
    [
      'dates of both orders, each told what it can be',
      'customer,at\n1.0,12/1/2024 7:45\n,13/12/2024 11:01\n3,12/13/2024 11:01\n',
      {},
      0,
      [
        bad(
          2,
          'the date “12/1/2024 7:45” may be day-month or month-day: .* write it as 2024-01-12T07:45:00Z or 2024-12-01T07:45:00Z',
        ),
        bad(
          3,
          'has no customer id; the date “13/12/2024 11:01” has its day in front.*write it as 2024-12-13T11:01:00Z',
        ),
        bad(4, 'the date “12/13/2024 11:01” has its month in front.*write it as 2024-12-13T11:01:00Z'),
      ],
    ],
    [
      'dates of one order that is said',
      'customer,at\n1,12/1/2024 7:45\n2,31.01.2024 7:45\n',
      { dateFormat: 'day-month-year', zone: 'Europe/Berlin' },
      2,
      [],
    ],
    [
      'dates without a zone',
      'customer,at\n1,2024-03-01 07:45:00\n2,2024-03-01T07:45:00\n3,2024-03-01\n',
      {},
      0,
      [2, 3, 4].map((line) => bad(line, 'the date “2024-03-01.*” has no time zone: end it with Z or an offset')),
    ],
    [
      'the same with their zone said',
      'customer,at\n1,2024-03-01 07:45:00\n2,2024-03-01\n',
      { zone: 'America/Sao_Paulo' },
      2,
      [],
    ],
    [
      'day numbers are no instants',
      'customer,at\n1,1\n2,94\n3,711\n',
      {},
      0,
      [2, 3, 4].map((line) => bad(line, 'the date “.*” is a number and no instant.*may count days')),
    ],
    [
      'day numbers with their start said',
      'customer,at\n1,1\n2,94\n',
      { dateFormat: 'day-number@2024-01-01', zone: 'UTC' },
      2,
      [],
    ],
    [
      'Excel dates are told as such',
      'customer,at\n1,45321.5\n',
      {},
      0,
      [bad(2, '.*looks like an Excel date: 2024-01-30 12:00')],
    ],
    ['milliseconds are told as such', 'customer,at\n1,1706702400000\n', {}, 0, [bad(2, '.*looks like milliseconds')]],
    [
      'dates without separators are told as such',
      'customer,at\n1,20240331\n',
      {},
      0,
      [bad(2, '.*written without separators')],
    ],
    [
      'offsets in every form of ISO 8601',
      'customer,at\n1,2024-01-31T10:00:00+0530\n2,2024-01-31T10:00:00+05\n3,20240131T100000Z\n4,2024-01-31 10:00:00 +05:30\n5,2024-01-31T10:00Z\n',
      {},
      5,
      [],
    ],
    [
      'times that there are not',
      'customer,at\n1,2024-01-31T24:00:00Z\n2,2024-01-31T10:00:60Z\n3,2024-02-30T10:00:00Z\n4,2024-W05-3T10:00:00Z\n',
      {},
      0,
      [
        bad(2, '.*no time 24:00:00'),
        bad(3, '.*no time 10:00:60'),
        bad(4, '.*month 2 of 2024 has no day 30'),
        bad(5, '.*not read as a date: write it as'),
      ],
    ],
    [
      'a date and a time of day in two columns',
      'customer;at;clock\n1;20240331;023000\n2;20240401;1015\n',
      { time: 'clock', dateFormat: 'compact', zone: 'Europe/Berlin' },
      2,
      [],
    ],
    [
      'ids of letters and digits, without a zone: the zone is what is wrong',
      'customer,at\n1111aaaa2222bbbb3333cccc4444dddd,2024-03-01 10:00:00\n',
      {},
      0,
      [bad(2, 'the date “2024-03-01 10:00:00” has no time zone')],
    ],
  ])('%s', async (_, content, events, total, said) => {
    const read = await replayed(content, events);
    expect([read.columns.at.length, read.skipped, read.badRows]).toEqual([total, 0, said.length]);
    for (const [place, one] of said.entries()) expect(read.said[place]).toMatch(one);
  });

  test.each<[what: string, amounts: string[], read: number[], said: RegExp[]]>([
    [
      'points that group where a comma is the decimal sign',
      ['1.234', '12,50', '1.500', '999,99'],
      [1234, 12.5, 1500, 999.99],
      [],
    ],
    ['commas that group where a point is the decimal sign', ['1,234.56', '12.5', '-1500'], [1234.56, 12.5, -1500], []],
    ['one currency', ['$1200', '$45.00'], [1200, 45], []],
    ['one currency by sign and by name', ['12 €', '13,50 EUR', 'EUR 7'], [12, 13.5, 7], []],
    [
      'several currencies, brackets, nothing, and the other decimal sign',
      ['1,234.56', '$45.00', '45.00 EUR', '(12.50)', '', '-12.5', '12,5'],
      [1234.56, -12.5],
      [
        bad(3, '.*several'),
        bad(4, '.*several'),
        bad(5, '.*in brackets'),
        bad(6, 'has no amount'),
        bad(8, '.*other decimal sign'),
      ],
    ],
  ])('amounts: %s', async (_, amounts, numbers, said) => {
    const rows = amounts.map((amount, row) => `${String(row + 1)},2024-03-01T00:00:00Z,"${amount}"`);
    const read = await replayed(['customer,at,amount', ...rows].join('\n'), { amount: 'amount' });
    expect([...read.columns.amount!]).toEqual(numbers);
    expect(read.badRows).toBe(said.length);
    for (const [place, one] of said.entries()) expect(read.said[place]).toMatch(one);
  });

  test('a heading that stands twice, a column that is not there and a file that is not there are told', async () => {
    await expect(replayed('customer,at,customer\n1,2024-03-01T00:00:00Z,2\n')).rejects.toThrow(
      'more than one column “customer”: name the one that is meant',
    );
    await expect(replayed('who,at\n1,2024-03-01T00:00:00Z\n')).rejects.toThrow(
      'no column “customer”; its columns are “who”, “at”',
    );
  });

  test('rows of another year are told with their span', async () => {
    const read = await replayed('customer,at\n1,2023-03-01T00:00:00Z\n2,2023-03-02T00:00:00Z\n');
    expect([read.columns.at.length, read.skipped]).toEqual([0, 2]);
    expect(read.skippedSpan).toEqual({
      first: instantOf('2023-03-01T00:00:00Z'),
      last: instantOf('2023-03-02T00:00:00Z'),
    });
  });

  test('an export that begins with the latest is put in order, and ties stay in that of the file', async () => {
    const rows = ['3,2024-03-03', '2,2024-03-01', '1,2024-03-01', '4,2024-03-02'].map((row) => `${row}T00:00:00Z`);
    const { columns } = await replayed(['customer,at', ...rows].join('\n'));
    expect([...columns.customer].map((customer) => columns.ids[customer])).toEqual([2, 1, 4, 3]);
  });
});
