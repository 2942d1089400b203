import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instantOf } from '../../../../shared/domain/instant';
import { readInMemory } from './read-in-memory';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laurel-plain-rows-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const PERIOD = { from: instantOf('2026-03-01T00:00:00Z'), to: instantOf('2026-06-01T00:00:00Z') };
const EVENTS = { csv: 'events.csv', customer: 'who', at: 'when', amount: 'amount', segment: 'kind' };

const FIELDS: Record<string, readonly string[]> = {
  who: [
    '7',
    '8',
    '007',
    '4294967296',
    '123456789012345',
    '1234567890123456',
    '99999999999999999',
    '0',
    '',
    'x',
    '-3',
    '1.5',
  ],
  when: [
    '2026-03-01T00:00:00Z',
    '2026-05-31T23:59:59Z',
    '2026-06-01T00:00:00Z',
    '2026-04-30T09:30:15Z',
    '2026-04-31T09:30:15Z',
    '2026-04-30T24:00:00Z',
    '2026-04-30T19:60:00Z',
    '2026-04-30T19:00:60Z',
    '2026-00-10T00:00:00Z',
    '2026-13-10T00:00:00Z',
    '2026-04-00T00:00:00Z',
    '2024-02-29T12:00:00Z',
    '1969-12-31T23:59:59Z',
    '2100-01-01T00:00:00Z',
    '2026-04-30T09:30:15.25Z',
    '2026-04-30T09:30:15+05:30',
    '2026-04-30 09:30:15Z',
    '2026-04-30T09:30:15',
    '2026-O4-30T09:30:15Z',
    '1777541415',
    '1777541415.5',
    '',
  ],
  amount: [
    '1',
    '0',
    '12.50',
    '-2.25',
    '1.',
    '.5',
    '-.5',
    '+3',
    '1e3',
    '123456789012345',
    '1234567890.123456',
    '1.2.3',
    '-',
    '',
  ],
  kind: ['gold', 'gold plate', 'a"b', 'ünï', 'silver', 'x', ''],
  note: ['', 'n', 'a note'],
};

/** Customers that are known by texts, and what stands among them. */
const TEXTS = [
  'ada@example.org',
  'bo@example.org',
  'A-1001',
  '1111aaaa2222bbbb',
  'a1',
  '1.0E+11',
  '12e5a',
  'undefined',
  'ann.lee',
  'somebodyelse',
  'NULL',
  'a@b@c.de',
  '@b.de',
  'b@',
  '@SUM(A1)',
  '-a1b2c3d4e5',
  '-5-3a',
  '-5',
  '7',
  '007',
  '1234567890123456789',
  '+49 170 1234567',
  '=A1',
  "'A-7",
  'ünï@example.org',
  '',
];

/** Plain values come most often, so that many rows are plain from end to end. */
const value = (name: string, known = FIELDS[name]!): fc.Arbitrary<string> => {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(known[0]!) },
    { weight: 3, arbitrary: fc.constantFrom(...known) },
  );
};

async function reading(text: string): Promise<unknown> {
  const file = path.join(folder, 'events.csv');
  writeFileSync(file, text);
  const { columns, ...rest } = await readInMemory(file, EVENTS, PERIOD);
  return { ...rest, columns };
}

test.each([
  ['numbers', FIELDS['who']!],
  ['texts', TEXTS],
])('a row with %s is read alike in one walk and, with blanks around its fields, the careful way', async (_, who) => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(Object.keys(FIELDS), { minLength: 5 }),
      fc.array(
        fc.record(
          Object.fromEntries(Object.keys(FIELDS).map((name) => [name, value(name, name === 'who' ? who : undefined)])),
        ),
        {
          maxLength: 20,
        },
      ),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      async (columns, rows, lineEnd, endsWithLine) => {
        const textWith = (blank: string): string =>
          [columns, ...rows.map((row) => columns.map((name) => `${blank}${row[name] ?? ''}${blank}`))]
            .map((fields) => fields.join(','))
            .join(lineEnd) + (endsWithLine ? lineEnd : '');
        expect(await reading(textWith(''))).toEqual(await reading(textWith(' ')));
      },
    ),
    { numRuns: 100 },
  );
});

test('a column that is named twice is read as both', async () => {
  const file = path.join(folder, 'twice.csv');
  writeFileSync(file, 'who,when,amount\n7,1777541415,5\n9,2026-04-30T09:30:15Z,4\n');
  const { columns } = await readInMemory(file, { ...EVENTS, amount: 'who', segment: 'who' }, PERIOD);
  expect([columns.ids, columns.amount, columns.segmentNames]).toEqual([
    Float64Array.of(7, 9),
    Float64Array.of(7, 9),
    ['7', '9'],
  ]);
});

test('a formula among texts is nobody, however its row is read', async () => {
  const rows = ['ada@example.org', 'bo@example.org', '-5-3a', 'ada@example.org'].map(
    (who) => `${who},2026-04-30T09:30:15Z,1,gold`,
  );
  const file = path.join(folder, 'formula.csv');
  writeFileSync(file, ['who,when,amount,kind', ...rows].join('\n'));
  const { columns, firstBadRows } = await readInMemory(file, EVENTS, PERIOD);
  expect([...columns.customer]).toEqual([0, 1, 0]);
  expect(firstBadRows).toMatchObject([{ line: 4, reason: expect.stringContaining('is a formula') as string }]);
});

test('a row that is longer than any is read is refused wherever it stands, whatever its cells hold', async () => {
  const row = (note: string): string => `7,2026-04-30T09:30:15Z,1,gold,${note}`;
  const file = path.join(folder, 'long.csv');
  const rows = [row('a'), row('x'.repeat(2_000_000)), row('b'), row('x'.repeat(1_200_000)), row('c')];
  writeFileSync(file, `${['who,when,amount,kind,note', ...rows].join('\n')}\n`);
  const { columns, firstBadRows } = await readInMemory(file, EVENTS, PERIOD);
  expect(columns.at.length).toBe(3);
  expect(firstBadRows.map(({ line }) => line)).toEqual([3, 5]);
});
