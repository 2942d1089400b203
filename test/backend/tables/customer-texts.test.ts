/** Customers that a file knows by texts: read as what they are where they need only be told apart. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { TextIndex } from '../../../electron/backend/tables/text-index';
import { inspectTable, type TablePurpose } from '../../../electron/backend/tables/inspect-table';
import type { ReadingChoices } from '../../../electron/backend/tables/table-reading';
import { inEnglish } from '../../../shared/words/english';
import { askInProcess } from '../../cli/command-line';
import { badgeBody, scenarioBody } from '../../simulation/scenarios';

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-customer-texts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function inspect(content: string, purpose: TablePurpose = 'events', choices: ReadingChoices = {}) {
  const file = path.join(folder, 't.csv');
  writeFileSync(file, content);
  const { inspection, dispose } = await inspectTable(file, 't.csv', choices, purpose);
  dispose();
  const { good, doubtful, bad, cleaned, reasons, notes, questions, columns } = inspection;
  return {
    counts: { good, doubtful, bad, cleaned },
    reasons: reasons.map(({ code }) => code),
    notes: notes.map((note) => inEnglish(note)),
    questions: questions.map(({ words, choices: among }) => `${inEnglish(words)} ${among.join(' ')}`),
    customer: columns.find(({ role }) => role === 'customer'),
  };
}

const table = (heading: string, ...ids: string[]): string =>
  [`${heading};date`, ...ids.map((id) => `${id};2026-03-01T00:00:00Z`)].join('\n');

describe('a column of texts', () => {
  test.each([
    ['email', ['ada@example.org', 'bo@example.org', 'ada@example.org'], '2 different e-mail addresses'],
    ['Mobile', ['+49 170 1234567', '+491701234567', '(555) 123-4567'], '3 different telephone numbers'],
    ['External ID', ['A-1001', 'A-1002', 'B-1001'], '3 different texts'],
    ['Kartennummer', ['9912345678901234', '9912345678901235', '9912345678901234'], '2 different texts'],
    ['customer_id', ['1111aaaa2222bbbb', '5555eeee6666ffff'], '2 different texts'],
    ['customer', ['ann', 'Ann', 'bo'], '3 different texts'],
    ['uuid', ['2b1f1c9e-6a3b-4b57-9a5e-0c1f6a1d2e3f', 'c0ffee00-0000-4000-8000-000000000001'], '2 different texts'],
  ])('%s is counted, and each gets a number', async (heading, ids, words) => {
    const found = await inspect(table(heading, ...ids));
    expect(found).toMatchObject({ counts: { good: ids.length, bad: 0 }, customer: { name: heading }, questions: [] });
    expect(found.notes).toEqual([
      `${words} in the column of the customers: each gets a number of its own for the simulation, from 1 in the order of the rows`,
    ]);
  });

  test('whoever may send it is told that requests take numbers', async () => {
    const emails = table('email', 'ada@example.org', 'bo@example.org');
    const any = await inspect(emails, 'any');
    expect(any.counts.good).toBe(2);
    expect(any.notes[1]).toContain('a gateway takes their whole numbers only there');
    const request = await inspect(emails, 'customers', { columns: { customer: 'email' } });
    expect(request).toMatchObject({ counts: { good: 0, bad: 2 }, reasons: ['customer-text-id'] });
    expect(request.notes[0]).toContain('The customers are known by e-mail addresses');
  });

  test('what stands for nothing, formulas and shortened numbers are no customers', async () => {
    const ids = ['A-1', 'A-2', 'A-3', 'A-4', 'NULL', 'n/a', '-', '', '=A1', '1.0E+11', '7', "'A-5", '\u00a0A-1'];
    const found = await inspect(table('External id', ...ids));
    expect(found.counts).toEqual({ good: 6, doubtful: 1, bad: 6, cleaned: 2 });
    expect(found.reasons.toSorted()).toEqual([
      'customer-apostrophe',
      'customer-empty',
      'customer-formula',
      'customer-invisible',
      'customer-number-among-texts',
      'customer-scientific',
      'customer-stand-in',
    ]);
    expect(found.notes[0]).toMatch(/^6 different texts/);
  });

  test('the whole column decides, not its beginning', async () => {
    const numbers = Array.from({ length: 3000 }, (_, id) => String(id + 1));
    const texts = Array.from({ length: 3001 }, (_, id) => `K-${String(id)}`);
    expect((await inspect(table('id', ...numbers, ...texts))).counts).toMatchObject({ bad: 0, doubtful: 3000 });
    expect((await inspect(table('id', ...numbers, ...texts.slice(2)))).counts).toMatchObject({ good: 3000, bad: 2999 });
  });

  test('numbers that are wrong stay wrong', async () => {
    const found = await inspect(table('id', '12,345', '1.234', '1.0E+11', 'abc'));
    expect(found).toMatchObject({ counts: { good: 0, bad: 4 }, notes: [] });
  });
});

test('lines of one purchase are pointed out, since each counts', async () => {
  const rows = ['1;a', '1;a', '2;a', '1;a', '1;b'].map((row) =>
    row.replace(/[ab]/, (day) => `2026-03-0${day === 'a' ? '1' : '2'}`),
  );
  const found = await inspect(['id;date', ...rows].join('\n'), 'events', { zone: 'UTC' });
  expect(found.notes[0]).toMatch(/^1 row has the customer and the time of the row before/);
});

describe('which column it is', () => {
  test('numbers come before texts', async () => {
    expect(await inspect('email;id;date\na@b.de;1;2026-03-01T00:00:00Z\n')).toMatchObject({ customer: { name: 'id' } });
  });

  test('numbers under a heading of something else are nobody', async () => {
    for (const heading of [
      'Punkte',
      'points',
      'order_id',
      'Bestellnummer',
      'PLZ',
      'qty',
      'amount',
      'phone',
      'store_id',
    ]) {
      const found = await inspect(`Name;${heading}\nAnna;100\nBert;250\n`, 'customers');
      expect(found.customer).toBeUndefined();
      expect(found.questions).toEqual([
        `The whole numbers stand under headings of something else, and no heading says which column holds the customers: “Name”, “${heading}”. Name ${heading}`,
      ]);
    }
  });

  test('e-mail addresses without a heading that says so are found, of several kinds it asks', async () => {
    const emails = await inspect('wer;wann\na@b.de;2026-03-01T00:00:00Z\nc@d.de;2026-03-02T00:00:00Z\n');
    expect(emails.customer?.name).toBe('wer');
    const two = await inspect('a;b;wann\nAB1234;XY9876;2026-03-01T00:00:00Z\nAB1235;XY9875;2026-03-02T00:00:00Z\n');
    expect(two.questions).toEqual([
      'Several columns hold texts that customers may be known by, and no heading says which one counts: “a”, “b”. a b',
    ]);
  });
});

test('laurel simulate numbers them, says so, and laurel why takes and names them by their texts', async () => {
  const events = { csv: 'e.csv', customer: 'email', at: 'when' };
  const body = scenarioBody(
    { customers: null, events },
    { badge: badgeBody({ badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 2 }] }) },
  );
  writeFileSync(path.join(folder, 's.scenario.json'), JSON.stringify(body));
  const rows = (...who: string[]): string =>
    ['email,when', ...who.map((one, day) => `${one},2026-03-0${String(day + 3)}T00:00:00Z`)].join('\n');
  writeFileSync(path.join(folder, 'e.csv'), rows('zoe@example.org', 'ada@example.org', 'zoe@example.org'));
  const texts = await askInProcess(folder, 'simulate', 's.scenario.json', '--json');
  expect(texts.error).toContain('e.csv: 2 different e-mail addresses in the column of the customers');
  const why = await askInProcess(folder, 'why', 's.scenario.json', '--customer', 'zoe@example.org');
  expect(why.out).toContain('Customer zoe@example.org tries for');
  expect(why.out).toContain('(customer ada@example.org)');
  writeFileSync(path.join(folder, 'e.csv'), rows('zoe@example.org').replace('Z', ''));
  const none = await askInProcess(folder, 'simulate', 's.scenario.json');
  expect(none.error).toMatch(
    /^e\.csv: The e-mail addresses in the column of the customers: each gets a number.*\ne\.csv:2: .*no time zone/,
  );
  writeFileSync(path.join(folder, 'e.csv'), rows('1', '2', '1'));
  expect((await askInProcess(folder, 'simulate', 's.scenario.json', '--json')).out).toBe(texts.out);
});

test('more texts than are kept have no number', () => {
  const index = new TextIndex(3, 8);
  const of = (text: string): number => index.of(Buffer.from(text), 0, Buffer.byteLength(text));
  expect(['aa', 'bb', 'aa', 'cccc', 'd', 'bb'].map(of)).toEqual([0, 1, 0, 2, -1, 1]);
  expect(index.names()).toEqual(['aa', 'bb', 'cccc']);
});
