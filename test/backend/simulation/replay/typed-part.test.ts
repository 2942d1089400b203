import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readReplayFile, type ReplayFile } from '../../../../electron/backend/simulation/replay/replay-file';
import { planReplay } from '../../../../electron/backend/simulation/replay/replay-part';
import { replaySource } from '../../../../electron/backend/simulation/replay/spilled-source';
import { instantOf } from '../../../../shared/domain/instant';
import type { ReplayEvents } from '../../../../shared/simulation/scenario';
import { writeParquet } from '../../tables/parquet-files';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laurel-typed-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const PERIOD = { from: instantOf('2026-03-01T00:00:00Z'), to: instantOf('2026-06-01T00:00:00Z') };

/** Types of a column, and values of each as SQL writes them. */
const IDS: Record<string, readonly string[]> = {
  TINYINT: ['1', '7', '0', '-3'],
  INTEGER: ['7', '8', '2147483647', '-1', '0'],
  BIGINT: ['7', '8', '123456789012345', '9007199254740991', '9007199254740993', '0', '-9223372036854775807'],
  UBIGINT: ['7', '18446744073709551615', '0'],
  HUGEINT: ['7', '123456789012345', '-5', '99999999999999999999'],
  'DECIMAL(18,0)': ['7', '8', '0', '-2', '999999999999999999'],
  'DECIMAL(9,3)': ['7', '8', '1.5', '12345'],
  DOUBLE: ['7', '8.0', '90001.0', '1.5', '0', '-4', '1e15', '1e300', "'nan'", "'infinity'", '123456789012345'],
  VARCHAR: ["'7'", "'007'", "'x'", "' 8 '", "'a@b.de'", "''"],
};
const TIMES = [
  '2026-04-01 00:00:00',
  '2026-03-29 02:30:00',
  '2026-03-31 23:59:59.999999',
  '2026-05-31 22:00:00.25',
  '2026-10-25 02:30:00',
  '1969-12-31 23:59:59.5',
  '1899-12-31 00:00:00',
  '1900-01-01 00:00:00',
  '2199-12-31 23:59:59.999999',
  '2200-01-01 00:00:00',
  '9999-12-31 00:00:00',
  '0044-03-15 12:00:00',
  '12000-01-01 00:00:00',
].map((time) => `'${time}'`);
const LONG = ["'infinity'", "'-infinity'", "'0044-03-15 (BC) 12:00:00'"];
const INSTANTS: Record<string, readonly string[]> = {
  'TIMESTAMP WITH TIME ZONE': [...TIMES.map((time) => `${time.slice(0, -1)}+00'`), ...LONG.slice(0, 2)],
  TIMESTAMP: [...TIMES, ...LONG],
  TIMESTAMP_S: TIMES.filter((time) => !time.includes('.')),
  TIMESTAMP_MS: TIMES.filter((time) => !time.includes('.999999')),
  TIMESTAMP_NS: [...TIMES.slice(0, 9), "'2026-04-01 10:00:00.123456789'", "'1960-04-01 10:00:00.123456001'"],
  DATE: ["'2026-04-01'", "'2026-03-29'", "'2026-05-31'", "'2199-12-31'", "'2200-01-01'", "'1899-12-31'", "'infinity'"],
  BIGINT: [
    '1777541415',
    '177754141',
    '99999999',
    '100000000',
    '4000000000',
    '20260401',
    '1777541415123',
    '-5',
    '46113',
  ],
  DOUBLE: ['1777541415.5', '46113.25', "'nan'"],
  VARCHAR: ["'2026-04-01T10:00:00Z'", "'01.04.2026'", "'x'"],
};
const AMOUNTS: Record<string, readonly string[]> = {
  INTEGER: ['0', '5', '-7', '2147483647'],
  BIGINT: ['5', '999999999999999', '1000000000000000', '-9223372036854775807'],
  'DECIMAL(9,2)': ['12.34', '-0.01', '0', '9999999.99'],
  'DECIMAL(12,3)': ['1.234', '123456.789', '-12.5', '0'],
  'DECIMAL(38,4)': ['1.2345', '9999999999999999999999.9999', '-99999999999.9999', '0.0001'],
  DOUBLE: [
    '12.34',
    '1.234',
    '-0.0',
    '0',
    '0.1',
    '1e-5',
    '1.234e-5',
    '1e15',
    '1e300',
    "'nan'",
    "'-infinity'",
    '123.456',
  ],
  FLOAT: ['12.34', '1.234', '0.1', '16777217', '1e10', "'nan'", '0.3333333'],
  VARCHAR: ["'12,34'", "'12.34'", "'€ 5'", "'(3)'"],
};
const SEGMENTS: Record<string, readonly string[]> = {
  VARCHAR: ["'gold'", "' gold '", "'silver'", "''", "'   '", "'a\"b'", "'tab\tinside'", "'line\nend'", "'Ünï'"],
  INTEGER: ['1', '2', '-3'],
  BOOLEAN: ['true', 'false'],
  'INTEGER[]': ['[1, 2]'],
};

interface Cells {
  who: string;
  when: string;
  amount: string;
  kind: string;
}
type Types = { [column in keyof Cells]: string };

const POOLS = { who: IDS, when: INSTANTS, amount: AMOUNTS, kind: SEGMENTS };
const COLUMNS = ['who', 'when', 'amount', 'kind'] as const;

const types: fc.Arbitrary<Types> = fc.record({
  who: fc.constantFrom('BIGINT', 'INTEGER', 'DOUBLE', ...Object.keys(IDS)),
  when: fc.constantFrom('TIMESTAMP WITH TIME ZONE', 'TIMESTAMP', ...Object.keys(INSTANTS)),
  amount: fc.constantFrom('DOUBLE', 'DECIMAL(9,2)', ...Object.keys(AMOUNTS)),
  kind: fc.constantFrom('VARCHAR', ...Object.keys(SEGMENTS)),
});

const fileOf = types.chain((of) => {
  const cell = (column: keyof Cells): fc.Arbitrary<string> => {
    const pool = POOLS[column][of[column]]!;
    // Mostly values that make good rows: the rows in between them are what two ways could disagree about.
    return fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...pool.slice(0, 2)) },
      { weight: 3, arbitrary: fc.constantFrom(...pool) },
      { weight: 1, arbitrary: fc.constant('NULL') },
    );
  };
  const row = fc.record({ who: cell('who'), when: cell('when'), amount: cell('amount'), kind: cell('kind') });
  return fc.record({
    of: fc.constant(of),
    rows: fc.array(row, { minLength: 1, maxLength: 40 }),
    lacks: fc.option(fc.constantFrom(...COLUMNS), { freq: 8 }),
  });
});

const events = fc.record(
  {
    amount: fc.constantFrom('amount', null),
    segment: fc.constantFrom('kind', null),
    zone: fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Pacific/Apia'),
    dateFormat: fc.constantFrom('milliseconds', 'microseconds', 'seconds', 'excel', 'day-month-year'),
    decimal: fc.constantFrom('.' as const, ',' as const),
  },
  { requiredKeys: ['amount', 'segment'] },
);

function queryOf({ of, rows, lacks }: { of: Types; rows: readonly Cells[]; lacks: keyof Cells | null }): string {
  const columns = COLUMNS.filter((column) => column !== lacks);
  const values = rows.map((row) => `(${columns.map((column) => `${row[column]}::${of[column]}`).join(', ')})`);
  return `SELECT * FROM (VALUES ${values.join(', ')}) AS rows(${columns.map((column) => `"${column}"`).join(', ')})`;
}

/** Everything that was read, row by row. */
function contents({ columns, dispose, ...rest }: ReplayFile): unknown {
  const source = replaySource(columns);
  const rows: unknown[] = [];
  for (let slice = source.next(Infinity); slice !== null; slice = source.next(Infinity))
    for (let row = 0; row < slice.length; row += 1) {
      const who = slice.customer[row]!;
      const segment = columns.segmentOf === null ? null : columns.segmentNames[columns.segmentOf[who]!];
      rows.push([slice.at[row], who, source.idOf(who), slice.amount?.[row], segment]);
    }
  dispose();
  return { ...rest, rows, ids: [...columns.ids], segments: columns.segmentNames };
}

async function read(file: string, of: ReplayEvents, way: 'as-it-comes' | 'as-text', rowsInMemory?: number) {
  try {
    const limits = { way, ...(rowsInMemory === undefined ? {} : { rowsInMemory }) };
    return contents(await readReplayFile(file, of, PERIOD, 1, undefined, undefined, limits));
  } catch (error) {
    return String(error);
  }
}

let folders = 0;
function newFolder(): string {
  const place = path.join(folder, String((folders += 1)));
  mkdirSync(place);
  return place;
}

test('rows that come as numbers are read as their texts are: values, customers, segments, reasons and lines', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fileOf, { minLength: 1, maxLength: 2 }),
      events,
      fc.constantFrom(undefined, 7),
      async (files, said, rowsInMemory) => {
        const place = newFolder();
        for (const [number, file] of files.entries())
          await writeParquet(path.join(place, `${String(number)}.parquet`), queryOf(file));
        const of: ReplayEvents = { csv: 'events', customer: 'who', at: 'when', ...said };
        const typed = await read(place, of, 'as-it-comes', rowsInMemory);
        expect(typed).toEqual(await read(place, of, 'as-text', rowsInMemory));
      },
    ),
    { numRuns: 12 },
  );
}, 120_000);

const COMMON: ReplayEvents = { csv: 'events', customer: 'who', at: 'when', amount: 'amount', segment: 'kind' };

test.each([
  ['BIGINT', 'TIMESTAMP WITH TIME ZONE', 'DECIMAL(9,2)', undefined],
  ['DOUBLE', 'TIMESTAMP', 'DOUBLE', 'Europe/Berlin'],
  ['INTEGER', 'DATE', 'FLOAT', 'Europe/Berlin'],
  ['UBIGINT', 'TIMESTAMP_NS', 'INTEGER', 'Europe/Berlin'],
  ['DECIMAL(18,0)', 'BIGINT', 'DECIMAL(38,4)', undefined],
])('no text is made of %s, %s and %s', async (who, when, amount, zone) => {
  const place = newFolder();
  const of = { who, when, amount, kind: 'VARCHAR' };
  const row = { who: '7', when: INSTANTS[when]![0]!, amount: AMOUNTS[amount]![0]!, kind: "'gold'" };
  await writeParquet(path.join(place, 'a.parquet'), queryOf({ of, rows: [row, row], lacks: null }));
  const plan = await planReplay(place, { ...COMMON, ...(zone === undefined ? {} : { zone }) }, 1, 'as-it-comes');
  plan.dispose();
  expect(plan.typed?.rows).toBe(2);
});

test('rows of many chunks keep their order and their lines, in memory and in files', async () => {
  const place = newFolder();
  await writeParquet(
    path.join(place, 'a.parquet'),
    `SELECT CASE WHEN range % 3001 = 0 THEN -range ELSE 1 + hash(range) % 500 END AS who,
       TIMESTAMPTZ '2026-03-01 00:00:00+00' + INTERVAL (hash(range) % 2000) HOUR AS "when",
       (hash(range) % 10000)::DOUBLE / 100 AS amount, 's' || (range % 7) AS kind FROM range(20000)`,
    ', ROW_GROUP_SIZE 4096',
  );
  const text = await read(place, COMMON, 'as-text');
  expect(text).toHaveProperty('badRows', 7);
  expect(await read(place, COMMON, 'as-it-comes')).toEqual(text);
  expect(await read(place, COMMON, 'as-it-comes', 5000)).toEqual(await read(place, COMMON, 'as-text', 5000));
});

test('ids beyond those that are kept exactly are texts, whichever row tells', async () => {
  const place = newFolder();
  await writeParquet(
    path.join(place, 'a.parquet'),
    `SELECT CASE WHEN range < 1000 THEN range + 1 ELSE 9100000000000000000 + range END AS who,
       TIMESTAMPTZ '2026-03-01 00:00:00+00' AS "when", 1 AS amount, 's' AS kind FROM range(3000)`,
  );
  const typed = await read(place, COMMON, 'as-it-comes');
  expect(typed).toEqual(await read(place, COMMON, 'as-text'));
  expect(typed).toHaveProperty('badRows', 0);
});

test('a cancel ends it and leaves nothing behind', async () => {
  const place = newFolder();
  await writeParquet(
    path.join(place, 'a.parquet'),
    `SELECT range + 1 AS who, TIMESTAMPTZ '2026-03-01 00:00:00+00' AS "when", 1 AS amount, 's' AS kind FROM range(200000)`,
  );
  const temporary = newFolder();
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = temporary;
  try {
    const stop = new AbortController();
    const shares: number[] = [];
    const reading = readReplayFile(place, COMMON, PERIOD, 1, undefined, stop.signal, {}, (share, rows) => {
      if (rows === 0) return;
      shares.push(share);
      stop.abort();
    });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(shares).toHaveLength(1);
    expect(shares[0]).toBeGreaterThan(0);
    expect(readdirSync(temporary)).toEqual([]);
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
});
