/** What a table of past awards is: its customers, dates and expiries (docs/decisions/0198). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { inspectTable, type TablePurpose } from '../../../electron/backend/tables/inspect-table';
import type { ReadingChoices } from '../../../electron/backend/tables/table-reading';

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-tables-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

async function inspect(content: string, choices: ReadingChoices = {}, purpose: TablePurpose = 'awards') {
  const file = path.join(folder, `t${String((files += 1))}.csv`);
  writeFileSync(file, content);
  const { inspection, reading, dispose } = await inspectTable(file, 't.csv', choices, purpose);
  dispose();
  const { places, date, expiryDate } = reading;
  return { ...inspection, places, formats: [date?.format, expiryDate?.format] };
}

const asked = ({ questions }: Awaited<ReturnType<typeof inspect>>): string[] =>
  questions.map(({ code, role }) => (role === undefined ? code : `${code} ${role}`)).sort();

describe('a table of past awards', () => {
  test.each([
    'customerId,earnEventDate,earnExpiresOn',
    'Kundennummer,Vergabedatum,gültig bis',
    'member id,awarded on,Expiry Date',
    'customer,date,valid until',
    'id,day,Ablaufdatum',
    'customer,anything,expires',
    'customer,event date,anything',
  ])('of %s has its columns found', async (header) => {
    const found = await inspect(`${header}\n1,2021-03-01T10:00:00Z,2031-01-01T00:00:00Z\n`);
    expect(found.places).toEqual({ customer: 0, at: 1, expiry: 2 });
    expect([asked(found), found.good]).toEqual([[], 1]);
  });

  test('whose headings say nothing is asked about, and answered by name', async () => {
    const text = 'customer,one,two\n1,2021-03-01T10:00:00Z,2031-01-01T00:00:00Z\n';
    const found = await inspect(text);
    expect(asked(found)).toEqual(['column at', 'column expiry']);
    const half = await inspect(text, { columns: { at: 'one' } });
    expect([asked(half), half.places.expiry]).toEqual([[], 2]);
    const none = await inspect('customer,name\n1,Ada\n');
    expect(asked(none)).toEqual(['column at', 'column expiry']);
    expect(none.questions[0]?.choices).toEqual(['name']);
  });

  test('may write its two dates in two ways; what is said of an order is for the one that has one', async () => {
    const text = 'customer,date,expiry\n1,1614592800,1.2.2031\n2,1614679200,3.4.2031\n';
    const found = await inspect(text);
    expect([asked(found), found.formats[0]]).toEqual([['date-order', 'zone'], 'seconds']);
    const said = await inspect(text, { date: { format: 'day-month-year', dayOne: null }, zone: 'UTC' });
    expect([asked(said), said.formats, said.good, said.bad]).toEqual([[], ['seconds', 'day-month-year'], 2, 0]);
    const ordered = await inspect('customer,date,expiry\n1,13/02/2021,2031-02-01\n', { zone: 'UTC' });
    expect([asked(ordered), ordered.good]).toEqual([[], 1]);
    expect(ordered.formats[0]).toBe('day-month-year');
    const eitherEnd = await inspect('customer,date,expiry\n1,2021-02-13,01/02/2031\n', { zone: 'UTC' });
    expect(asked(eitherEnd)).toEqual(['date-order']);
  });

  test('says of each row why it is none: its customer, its date, its expiry', async () => {
    const { good, bad, reasons } = await inspect(
      [
        'customer,date,expiry',
        '1,2021-03-01T10:00:00Z,2031-01-01T00:00:00Z',
        'x,2021-03-01T10:00:00Z,2031-01-01T00:00:00Z',
        '2,never,2031-01-01T00:00:00Z',
        '3,2021-03-01T10:00:00Z,',
        '4,2021-03-01T10:00:00Z,2031-02-30T00:00:00Z',
      ].join('\n'),
    );
    expect([good, bad]).toEqual([1, 4]);
    expect(reasons.map(({ code }) => code).sort()).toEqual([
      'customer-not-a-number',
      'date-not-a-date',
      'expiry-empty',
      'expiry-impossible',
    ]);
  });

  test('has its time of day beside the date, and is for customers by their ids alone', async () => {
    const timed = await inspect('customer,date,time,expiry\n1,2021-03-01,10:15,2031-01-01\n', { zone: 'UTC' });
    expect(timed.places).toEqual({ customer: 0, at: 1, time: 2, expiry: 3 });
    const texts = await inspect('email,date,expiry\na@b.example,2021-03-01T10:00:00Z,2031-01-01T00:00:00Z\n');
    expect(asked(texts)).toEqual(['column customer']);
  });

  test('is none of events: there nothing expires', async () => {
    const text = 'customer,date,expiry\n1,2021-03-01T10:00:00Z,2031-01-01T00:00:00Z\n';
    expect((await inspect(text, {}, 'events')).places).toEqual({ customer: 0, at: 1 });
    expect((await inspect(text, {}, 'customers')).places).toEqual({ customer: 0 });
  });
});
