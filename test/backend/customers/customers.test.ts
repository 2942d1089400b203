import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcomeName } from '../../../db/org/outcomes';
import { customersHandlers } from '../../../electron/backend/customers/handlers';
import { resolveSource } from '../../../electron/backend/customers/resolve-source';
import { CustomerBatch } from '../../../electron/backend/customers/batch';
import { openCustomers, type CustomerStream, type ResolvedSource } from '../../../electron/backend/customers/source';
import { GrantedFiles } from '../../../electron/backend/files/granted-files';
import type { IssuanceOrder } from '../../../electron/backend/issuance/order';
import { carryOut } from '../../../electron/backend/issuance/work';
import type { Claim } from '../../../shared/domain/badge';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings';
import { definition, openOrg, START } from '../../db/org/opened-org';
import { temporaryFolder } from '../../db/temporary-folder';
import { OWNER } from '../../domain/badge-bodies';
import { message } from '../../../shared/words/message';

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

async function openFile(file: string, column?: number, poll?: () => void): Promise<CustomerStream> {
  const files = new GrantedFiles();
  files.grant('t', { path: file, name: 'customers.csv', bytes: 1, mode: 'read' });
  const source = { kind: 'file', token: 't', ...(column === undefined ? {} : { column }) } as const;
  return openCustomers(await resolveSource({ files }, source), poll);
}

async function readFile(bytes: string | Buffer, column?: number): Promise<Row[]> {
  const file = path.join(temporaryFolder(), 'customers.csv');
  writeFileSync(file, bytes);
  const stream = await openFile(file, column);
  const rows = rowsOf(stream);
  stream.close();
  return rows;
}

const utf16 = (text: string, order: 'le' | 'be'): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

describe('a customer file', () => {
  it('is read whatever its line ends, delimiter, quotes and header', async () => {
    expect(await readFile('1\n2\n3\n')).toEqual([1, 2, 3]);
    expect(await readFile('1\r\n2\r\n3')).toEqual([1, 2, 3]);
    expect(await readFile('1\r2\r3\r')).toEqual([1, 2, 3]);
    expect(await readFile('customerId\n7\n8')).toEqual([7, 8]);
    expect(await readFile('name;Customer ID;city\nA;7;X\n"B;b";8;Y\n')).toEqual([7, 8]);
    expect(await readFile('id\tuserId\n1\t70\n2\t80\n')).toEqual([70, 80]);
    expect(await readFile('name|customer_id\n"a ""quoted"" name"|"9"\n"two\nlines"|10\n')).toEqual([9, 10]);
    expect(await readFile('\ufeffcustomer_id,x\n5,a\n')).toEqual([5]);
    expect(await readFile(utf16('customer_id,x\n5,ä\n6,ö\n', 'le'))).toEqual([5, 6]);
    expect(await readFile(utf16('customer_id\r\n5\r\n6', 'be'))).toEqual([5, 6]);
    expect(await readFile('  12 ,a\n13\t,b\n')).toEqual([12, 13]);
    expect(await readFile('a,1\nb,2\n')).toEqual([1, 2]);
    expect(await readFile('00012\n')).toEqual([12]);
    expect(await readFile('9007199254740991\n')).toEqual([9_007_199_254_740_991]);
    expect(await readFile('city,number,code\nX,5,a\nY,6,b\n', 2)).toEqual(['not-a-number: a', 'not-a-number: b']);
    await expect(readFile('')).rejects.toThrow('is empty');
  });

  it('turns bad lines into rows with a reason and loses nothing else', async () => {
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
    expect(await readFile(`customer_id\n${bad.join('\n')}`)).toEqual([
      5,
      'not-a-number: abc',
      'negative: -4',
      5,
      'too-large: 123456789012345678901234567890',
      'decimal: 1.5',
      'zero: 0',
      7,
      `not-a-number: ${'x'.repeat(200)}`,
      6,
    ]);
    expect(await readFile('a,customer_id\nx,1\ny\nz,3\n')).toEqual([1, 'empty: y', 3]);
  });

  it('does not let a quote that is never closed swallow what follows', async () => {
    const rest = Array.from({ length: 200_000 }, (_, index) => `x,${String(index + 1)}`);
    const rows = await readFile(`name,customer_id\n"open,0\n${rest.join('\n')}\n`);
    expect(rows).toHaveLength(200_001);
    expect(rows.slice(1)).toEqual(Array.from({ length: 200_000 }, (_, index) => index + 1));
  });
});

describe('a line that is longer than is read', () => {
  const NOTE = 'x\n777\n'.repeat(400_000);

  it('is one row with a reason, and the rows around it are read', async () => {
    expect(await readFile(`1,a\n2,${'x'.repeat(1_100_000)}\n3,b\n`)).toEqual([
      1,
      expect.stringMatching(/^too-long: 2,x/),
      3,
    ]);
    expect(await readFile('1'.repeat(3_000_000))).toEqual([expect.stringMatching(/^too-long: 111/)]);
    expect(await readFile(`customer_id,${'x'.repeat(2_000_000)}\n5,a\n`)).toEqual([5]);
  });

  it('does not award what stands inside a long note', async () => {
    const doubled = NOTE.replaceAll('x', '""');
    for (const note of [NOTE, doubled]) {
      const text = `customer_id,note\n1,"short"\n2,"${note}"\n3,"b"\n`;
      for (const bytes of [text, utf16(text, 'le'), utf16(text, 'be')]) {
        expect(await readFile(bytes)).toEqual([1, expect.stringMatching(/^too-long: 2/), 3]);
      }
    }
  });

  it('takes a quote that is never closed for a character, however much follows', async () => {
    const rows = await readFile(`customer_id,note\n1,a\n2,"open\n${NOTE.replaceAll('x\n', '')}8,""\n9,b\n`);
    expect([rows.length, rows[0], rows[1], rows[2], rows.at(-2), rows.at(-1)]).toEqual([400_004, 1, 2, 777, 8, 9]);
  });

  it('can be stopped', async () => {
    const file = path.join(temporaryFolder(), 'endless.csv');
    writeFileSync(file, 'x'.repeat(5_000_000));
    let polls = 0;
    const stream = await openFile(file, undefined, () => {
      polls += 1;
      if (polls === 3) throw new RangeError('stopped');
    });
    expect(() => rowsOf(stream)).toThrow('stopped');
    stream.close();
  });
});

describe('numbers that are no ids', () => {
  const pasted = (text: string): Promise<Row[]> =>
    Promise.resolve().then(() => rowsOf(openCustomers({ kind: 'text', text })));

  it('are refused whole, from a file as from the clipboard', async () => {
    for (const read of [readFile, pasted]) {
      expect(await read('5,66E+08')).toEqual(['scientific: 5,66E+08']);
      expect(await read('5,66E+08\n4,1E+09\n7\n')).toEqual(['scientific: 5,66E+08', 'scientific: 4,1E+09', 7]);
      expect(await read('12,345\n12,346\n')).toEqual(['grouped: 12,345', 'grouped: 12,346']);
      expect(await read('5.66E+08\n12.345\n1.5\n')).toEqual([
        'scientific: 5.66E+08',
        'grouped: 12.345',
        'decimal: 1.5',
      ]);
      expect(await read('11;12;13;14')).toEqual([11, 12, 13, 14]);
      expect(await read('5,Anna\n6,Bob\n')).toEqual([5, 6]);
      expect(await read('1.00045E+11,Ana\n7,Bo\n8,Cy\n')).toEqual(['scientific: 1.00045E+11', 7, 8]);
      await expect(read('Bestellung;Anzahl;Punkte\n1;88001;100\n2;88002;250\n')).rejects.toThrow(
        /no heading says which column holds the customers/,
      );
      expect(await read('Bestellung;Kunde;Punkte\n1;88001;100\n2;88002;250\n')).toEqual([88001, 88002]);
    }
    expect(await pasted('7;5,66E+08,8 9')).toEqual([7, 'scientific: 5,66E+08', 8, 9]);
    expect(await readFile('Bestellung;Kunde;Punkte\n1;88001;100\n2;88002;250\n', 1)).toEqual([88001, 88002]);
  });
});

describe('blank lines', () => {
  it('are no rows and count as lines, those of delimiters alone among them', async () => {
    const file = path.join(temporaryFolder(), 'customers.csv');
    writeFileSync(file, '\n,,\ncustomer_id,note,x\r\n1,a,b\n\n,,\n2,"two\nlines",c\nx,y,z\n,,\n3,"q\nx",\n');
    const stream = await openFile(file);
    const batch = new CustomerBatch();
    stream.fill(batch);
    expect([...batch.customerIds.slice(0, batch.length)]).toEqual([1, 2, expect.anything(), 3]);
    expect([...batch.lineNumbers.slice(0, batch.length)]).toEqual([4, 7, 9, 11]);
    stream.close();
  });
});

describe('a file that is no list', () => {
  it('is named by its content and refused', async () => {
    const word = (bytes: string): Promise<unknown> =>
      readFile(Buffer.from(bytes, 'latin1')).catch((error: unknown) => (error as Error).message);
    expect(await word('PK\u0003\u0004\u0014\0[Content_Types].xml')).toMatch(/is a zip archive/);
    expect(await word('PK\u0003\u0004\u0014\0list.csv')).toMatch(/zip archive/);
    expect(await word('\u001f\u008b\b\0')).toMatch(/compressed bytes are damaged/);
    expect(await word('%PDF-1.7\n')).toMatch(/a PDF document/);
    expect(await word('<!DOCTYPE html>\n<html>')).toMatch(/web page/);
    expect(await word('{"data": [1, 2]}')).toMatch(/JSON/);
    expect(await word('1\n2\n\0\0\0\n')).toMatch(/is no text/);
    expect(await word('[id],[name]\n5,a\n')).toEqual([5]);
  });
});

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

describe('more customers than a request may name', () => {
  const most = (source: ResolvedSource, limit: number): Row[] => rowsOf(openCustomers(source, undefined, limit));

  it.each<[string, ResolvedSource]>([
    ['a range', { kind: 'range', from: 1, to: 4 }],
    ['a pasted list', { kind: 'text', text: '1 2 3 4' }],
    ['a pasted table', { kind: 'text', text: 'customer;n\n1;a\nx;b\n3;c\n4;d\n' }],
  ])('are refused from %s, bad rows counted', (_, source) => {
    expect(most(source, 4)).toHaveLength(4);
    expect(() => most(source, 3)).toThrow(/up to 3 customers, and there are more\. Nothing was issued/);
  });

  it('end a request of a file half-way, and nothing of it stays', async () => {
    const file = path.join(temporaryFolder(), 'customers.csv');
    writeFileSync(file, Array.from({ length: 3_001 }, (_, index) => `${String(index + 1)}\n`).join(''));
    const files = new GrantedFiles();
    files.grant('t', { path: file, name: 'customers.csv', bytes: 1, mode: 'read' });
    const { connection, org } = openOrg();
    const order: IssuanceOrder = {
      badge: { id: '1'.repeat(24), definition: definition(), claims: [{ ...OWNER, isActive: true } as Claim] },
      action: 'award',
      source: await resolveSource({ files }, { kind: 'file', token: 't' }),
      owner: OWNER,
      requestId: 'many',
      at: START,
      eventDate: null,
      madeOn: START,
      settings: DEFAULT_SETTINGS,
    };
    const host = { isCancelled: () => false, progress: () => undefined, clock: () => 0 };
    expect(() => carryOut(org, order, host, 3_000)).toThrow(/up to 3,000 customers.*Nothing was issued/);
    const count = (table: string): unknown => connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect(['requests', 'awards', 'refusals', 'badges'].map(count)).toEqual([0, 0, 0, 0]);
    expect(carryOut(org, order, host, 3_001)).toBe(1);
    expect(count('awards')).toBe(3_001);
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
      columnReason: message('tables.itsHeading', { heading: 'Customer-ID' }),
      columns: 2,
      sample: [
        ['A', '7'],
        ['B;b', '8'],
        ['C', 'x'],
      ],
      estimatedLines: 3,
    });
    expect(await inspect({ token: 't', column: 0 })).toMatchObject({
      column: 0,
      columnReason: message('tables.chosenByYou'),
    });
    await expect(inspect({ token: 'other' })).rejects.toThrow(/Choose it again/);
  });
});

describe('a folder of customer files', () => {
  it('is read in the order of the names, and a fault names its file', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'b.csv'), 'customerId,name\n3,c\nx,d\n');
    writeFileSync(path.join(folder, 'a.csv'), 'name,customerId\na,1\nb,2\n');
    const stream = await openFile(folder);
    expect(rowsOf(stream)).toEqual([1, 2, 3, 'not-a-number: b.csv: x']);
    stream.close();
  });
});
