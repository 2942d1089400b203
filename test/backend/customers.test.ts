import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeName } from '../../db/org/outcomes';
import { TextBytes, type ByteSource } from '../../electron/backend/customers-bytes';
import { readCustomer } from '../../electron/backend/customers-line';
import { CustomerBatch, CustomerScanner, type CustomerLayout } from '../../electron/backend/customers-scanner';
import { openCustomers, type CustomerStream } from '../../electron/backend/customers-source';
import { customersHandlers } from '../../electron/backend/customers';
import { GrantedFiles } from '../../electron/backend/files';
import { temporaryFolder } from '../db/temporary-folder';

type Row = number | string;

function drain(fill: (batch: CustomerBatch) => void): Row[] {
  const rows: Row[] = [];
  const batch = new CustomerBatch();
  for (fill(batch); batch.length > 0; fill(batch)) {
    for (let index = 0; index < batch.length; index++) {
      const fault = batch.faults[index] as number;
      rows.push(
        fault === 0 ? (batch.customerIds[index] as number) : `${outcomeName(fault)}: ${batch.lines[index] as string}`,
      );
    }
  }
  return rows;
}

const rowsOf = (stream: CustomerStream): Row[] => drain((batch) => stream.fill(batch));

function readFile(bytes: string | Buffer, column?: number): Row[] {
  const file = path.join(temporaryFolder(), 'customers.csv');
  writeFileSync(file, bytes);
  const stream = openCustomers({ kind: 'file', path: file, name: 'customers.csv', column: column ?? null });
  const rows = rowsOf(stream);
  stream.close();
  return rows;
}

const utf16 = (text: string, order: 'le' | 'be'): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

describe('a customer file', () => {
  it('is read whatever its line ends, delimiter, quotes and header', () => {
    expect(readFile('1\n2\n3\n')).toEqual([1, 2, 3]);
    expect(readFile('1\r\n2\r\n3')).toEqual([1, 2, 3]);
    expect(readFile('1\r2\r3\r')).toEqual([1, 2, 3]);
    expect(readFile('customerId\n7\n8')).toEqual([7, 8]);
    expect(readFile('name;Customer ID;city\nA;7;X\n"B;b";8;Y\n')).toEqual([7, 8]);
    expect(readFile('id\tuserId\n1\t70\n2\t80\n')).toEqual([70, 80]);
    expect(readFile('name|customer_id\n"a ""quoted"" name"|"9"\n"two\nlines"|10\n')).toEqual([9, 10]);
    expect(readFile('\ufeffcustomer_id,x\n5,a\n')).toEqual([5]);
    expect(readFile(utf16('customer_id,x\n5,ä\n6,ö\n', 'le'))).toEqual([5, 6]);
    expect(readFile(utf16('customer_id\r\n5\r\n6', 'be'))).toEqual([5, 6]);
    expect(readFile('  12 ,a\n13\t,b\n')).toEqual([12, 13]);
    expect(readFile('a,1\nb,2\n')).toEqual([1, 2]);
    expect(readFile('00012\n')).toEqual([12]);
    expect(readFile('9007199254740991\n')).toEqual([9_007_199_254_740_991]);
    expect(readFile('city,number,code\nX,5,a\nY,6,b\n', 2)).toEqual(['not-a-number: a', 'not-a-number: b']);
    expect(readFile('')).toEqual([]);
  });

  it('turns bad lines into rows with a reason and loses nothing else', () => {
    const bad = [
      '5',
      'abc',
      '-4',
      '',
      '5',
      '123456789012345678901234567890',
      '1.5',
      '0',
      '',
      '"7"',
      'x'.repeat(500),
      '6',
      '',
      '',
    ];
    expect(readFile(`customer_id\n${bad.join('\n')}`)).toEqual([
      5,
      'not-a-number: abc',
      'negative: -4',
      'empty: ',
      5,
      'too-large: 123456789012345678901234567890',
      'decimal: 1.5',
      'zero: 0',
      'empty: ',
      7,
      `not-a-number: ${'x'.repeat(200)}`,
      6,
    ]);
    expect(readFile('a,customer_id\nx,1\ny\nz,3\n')).toEqual([1, 'empty: y', 3]);
  });

  it('does not let a quote that is never closed swallow what follows', () => {
    const rest = Array.from({ length: 200_000 }, (_, index) => `x,${String(index + 1)}`);
    const rows = readFile(`name,customer_id\n"open,0\n${rest.join('\n')}\n`);
    expect(rows).toHaveLength(200_001);
    expect(rows.slice(1)).toEqual(Array.from({ length: 200_000 }, (_, index) => index + 1));
  });

  it('is read the same in whatever portions its bytes arrive', () => {
    const plain = fc.oneof(
      fc.nat().map(String),
      fc.constantFrom('', '0', '-1', '1.5', 'abc', 'äöü', ' 12 ', '1234567890123456789', 'in"side'),
    );
    const field = fc.oneof(
      plain.map((value) => ({ raw: value, value })),
      fc
        .oneof(plain, fc.constantFrom('a,b', 'two\nlines', '"', '7'))
        .map((value) => ({ raw: `"${value.replaceAll('"', '""')}"`, value })),
    );
    const lines = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        lines,
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 0, max: 3 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        (table, lineEnd, column, portions) => {
          const text = table.map((line) => line.map(({ raw }) => raw).join(',')).join(lineEnd);
          const layout: CustomerLayout = { delimiter: 44, newline: 10, column, hasHeader: false };
          const scanner = new CustomerScanner(inPortions(text, portions), layout);
          const expected = table.map((line): Row => {
            const cell = line[column];
            if (!cell)
              return `empty: ${line
                .map(({ value }) => value)
                .join(' ')
                .trim()}`;
            const reading = readCustomer(cell.value);
            return reading.ok ? reading.customerId : `${reading.fault}: ${reading.line}`;
          });
          expect(drain((batch) => scanner.fill(batch))).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** A text that arrives a few bytes at a time. */
function inPortions(text: string, portions: readonly number[]): ByteSource {
  const whole = new TextBytes(text);
  let turn = 0;
  return {
    size: whole.size,
    get consumed() {
      return whole.consumed;
    },
    read: (into, offset) => {
      const length = portions[turn++ % portions.length] as number;
      return whole.read(into.subarray(0, Math.min(into.length, offset + length)), offset);
    },
    close: () => whole.close(),
  };
}

describe('other ways to name customers', () => {
  it('takes a pasted list parted by anything, or a pasted table', () => {
    const text = (pasted: string): Row[] => rowsOf(openCustomers({ kind: 'text', text: pasted }));
    expect(text('1, 2;3\n4  5\t6|abc')).toEqual([1, 2, 3, 4, 5, 6, 'not-a-number: abc']);
    expect(text(' \n ')).toEqual([]);
    expect(text('name\tcustomer id\nA b\t7\nC\t8\n')).toEqual([7, 8]);
  });

  it('takes a range, and one customer', () => {
    expect(rowsOf(openCustomers({ kind: 'range', from: 5, to: 7 }))).toEqual([5, 6, 7]);
    expect(rowsOf(openCustomers({ kind: 'range', from: 1, to: 5_000 }))).toHaveLength(5_000);
    expect(rowsOf(openCustomers({ kind: 'one', customerId: ' 12 ' }))).toEqual([12]);
    expect(rowsOf(openCustomers({ kind: 'one', customerId: '12, 13' }))).toEqual(['not-a-number: 12, 13']);
  });
});

describe('customers.inspectFile', () => {
  it('says what a file looks like and why a column was taken', async () => {
    const file = path.join(temporaryFolder(), 'members.csv');
    writeFileSync(file, 'name;Customer-ID\nA;7\n"B;b";8\nC;x\n');
    const files = new GrantedFiles();
    files.grant('t', { path: file, name: 'members.csv', bytes: 1, mode: 'read' });
    const inspect = customersHandlers({ files })['customers.inspectFile'];
    expect(await inspect({ token: 't' })).toMatchObject({
      delimiter: ';',
      encoding: 'utf-8',
      header: ['name', 'Customer-ID'],
      column: 1,
      columnReason: 'its heading is “Customer-ID”',
      columns: 2,
      sample: [
        ['A', '7'],
        ['B;b', '8'],
        ['C', 'x'],
      ],
      estimatedLines: 3,
    });
    expect(await inspect({ token: 't', column: 0 })).toMatchObject({ column: 0, columnReason: 'chosen by you' });
    expect(() => inspect({ token: 'other' })).toThrow(/Choose it again/);
  });
});
