import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instantOf } from '../../../../shared/domain/instant';
import { prepareScenario } from '../../../../shared/simulation/prepared-scenario';
import { explainSimulation, runSimulation } from '../../../../electron/backend/simulation/run';
import { planReplay } from '../../../../electron/backend/simulation/replay/replay-part';
import { OWNER } from '../../../domain/badge-bodies';
import { badgeBody, scenarioBody, type Json } from '../../../simulation/scenarios';
import { readInMemory } from './read-in-memory';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laurel-replay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function csv(text: string | Buffer, name = 'events.csv'): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const EVENTS = { csv: 'events.csv', customer: 'customerId', at: 'eventDate', amount: 'amount', segment: null };
const PERIOD = { from: instantOf('2026-03-01T00:00:00Z'), to: instantOf('2026-06-01T00:00:00Z') };

describe('reading transactions', () => {
  test('rows come in the order of their instants, ties in file order, in every spelling of an instant', async () => {
    const file = await readInMemory(
      csv(
        [
          'amount,eventDate,customerId,note',
          '3.5,2026-03-05T10:00:00Z,7,a',
          '1,2026-03-05T11:00:00+01:00,8,"quoted, with ""marks""\nand a second line"',
          '"2",1772355600,7,1 March nine',
          '4,1772355600.5,9,',
          '5,2026-03-05 10:00:00.000001Z,7,x',
          '6,2026-03-05T09:59:59.9999999Z,8,cut to microseconds',
          '',
        ].join('\r\n'),
      ),
      EVENTS,
      PERIOD,
    );
    expect(file.badRows).toBe(0);
    expect([...file.columns.at]).toEqual([
      ...[1772355600_000000, 1772355600_500000],
      ...[
        '2026-03-05T09:59:59.999999Z',
        '2026-03-05T10:00:00Z',
        '2026-03-05T10:00:00Z',
        '2026-03-05T10:00:00.000001Z',
      ].map(instantOf),
    ]);
    expect([...(file.columns.amount ?? [])]).toEqual([2, 4, 6, 3.5, 1, 5]);
    expect([...file.columns.customer].map((index) => file.columns.ids[index])).toEqual([7, 9, 8, 7, 8, 7]);
  });

  test('bad rows are named by line and reason, rows outside the period are counted', async () => {
    const file = await readInMemory(
      csv(
        [
          'customerId,eventDate,amount',
          '1,2026-03-01T00:00:00Z,1',
          'x7,2026-03-02T00:00:00Z,1',
          '2,yesterday,1',
          '3,2026-03-02T00:00:00,1',
          '"4\n",2026-03-02T00:00:00Z,1',
          '4,2026-02-30T00:00:00Z,1',
          '5,2026-03-02T00:00:00Z,a lot',
          '6,2026-03-02T00:00:00Z',
          '0,2026-03-02T00:00:00Z,1',
          ',2026-03-02T00:00:00Z,1',
          '-3,2026-03-02T00:00:00Z,1',
          '12345678901234567890,2026-03-02T00:00:00Z,1',
          '7,,1',
          '8,2026-03-02T00:00:00Z,',
          '9,2026-02-28T23:59:59.999999Z,1',
          '9,2026-06-01T00:00:00Z,1',
          '10,2026-05-31T23:59:59.999999Z,-1.5',
        ].join('\n'),
      ),
      EVENTS,
      PERIOD,
    );
    expect([...(file.columns.amount ?? [])]).toEqual([1, 1, -1.5]);
    expect(file.skipped).toBe(2);
    expect(file.badRows).toBe(12);
    expect(file.firstBadRows.map(({ line }) => line)).toEqual([3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
    expect(file.firstBadRows.map(({ reason }) => reason)).toEqual([
      'the customer id “x7” is not a whole number',
      'the date “yesterday” is not read as a date: write it as 2026-03-01T09:30:00Z',
      expect.stringContaining('has no time zone'),
      'the date “2026-02-30T00:00:00Z” does not exist: month 2 of 2026 has no day 30',
      'the amount “a lot” is not a number',
      'has 2 fields where 3 are needed',
      'the customer id “0” is 0',
      'has no customer id',
      'the customer id “-3” is negative',
      expect.stringContaining('is larger than 9,007,199,254,740,991'),
      'has no date',
      'has no amount',
    ]);
    // Customers of skipped rows appear in the file as well.
    expect([...file.columns.ids]).toEqual([1, 4, 9, 10]);
  });

  test.each([
    ['semicolons and comma decimals', 'customerId;eventDate;amount\n1;2026-03-02T00:00:00Z;12,5\n'],
    ['tabs and a byte-order mark', '\ufeffcustomerId\teventDate\tamount\n1\t2026-03-02T00:00:00Z\t12.5'],
    ['blanks around fields', ' customerId , eventDate , amount\n 1 , 2026-03-02T00:00:00Z , 12.5 \n\n\n'],
  ])('%s', async (_, text) => {
    const { columns, badRows } = await readInMemory(csv(text), EVENTS, PERIOD);
    expect([badRows, columns.at.length, columns.amount?.[0]]).toEqual([0, 1, 12.5]);
  });

  test('UTF-16 as a spreadsheet saves it', async () => {
    const text = Buffer.from('\ufeffcustomerId\teventDate\tamount\r\n1\t2026-03-02T00:00:00Z\t12.5\r\n', 'utf16le');
    expect((await readInMemory(csv(text), EVENTS, PERIOD)).columns.at).toHaveLength(1);
  });

  test('a missing column names those that there are', async () => {
    await expect(readInMemory(csv('a,b\n1,2\n'), EVENTS, PERIOD)).rejects.toThrow(
      'no column “customerId”; its columns are “a”, “b”',
    );
    await expect(readInMemory(csv(''), EVENTS, PERIOD)).rejects.toThrow('events.csv is empty');
  });

  test('numbers that are no instants are said to be none, unless the period is where they lead', async () => {
    const rows = ['45321.5', '20240331', '1772355600000', '14', '-5', '1e15', '1000000000', '1770000000'];
    const text = `customerId,eventDate\n${rows.map((at) => `1,${at}\n`).join('')}`;
    const events = { ...EVENTS, amount: null };
    const file = await readInMemory(csv(text), events, PERIOD);
    expect(file.firstBadRows).toEqual([
      { line: 2, reason: expect.stringMatching(/“45321.5” looks like an Excel date: 2024-01-30 12:00/) as string },
      { line: 3, reason: expect.stringMatching(/“20240331” looks like a date written without separators/) as string },
      { line: 4, reason: expect.stringMatching(/looks like milliseconds, not seconds/) as string },
      { line: 5, reason: expect.stringMatching(/“14” is a number and no instant/) as string },
      { line: 6, reason: expect.stringMatching(/“-5” is a number and no instant/) as string },
      { line: 7, reason: expect.stringMatching(/out of range/) as string },
    ]);
    expect([file.skipped, file.skippedSpan]).toEqual([
      2,
      { first: instantOf('2001-09-09T01:46:40Z'), last: instantOf('2026-02-02T02:40:00Z') },
    ]);
    const seventies = { from: 0, to: instantOf('1970-06-01T00:00:00Z') };
    expect((await readInMemory(csv(text), events, seventies)).columns.at).toHaveLength(2);
  });

  test('lines are counted as an editor counts them, blank ones too', async () => {
    const text =
      'customerId,eventDate\n\n1,2026-03-02T00:00:00Z\n\n\nx,2026-03-02T00:00:00Z\n2,2026-03-02T00:00:00Z\r\n\r\ny,1\n';
    for (const lanes of [1, 3]) {
      const file = await readInMemory(csv(text), { ...EVENTS, amount: null }, PERIOD, lanes);
      expect(file.firstBadRows.map(({ line }) => line)).toEqual([6, 9]);
    }
  });

  test('lines end as they like, and one decimal comma makes points group', async () => {
    const text =
      'customerId;eventDate;amount\r1;2026-03-02T00:00:00Z;1.234\r\n2;2026-03-03T00:00:00Z;99,90\n3;2026-03-04T00:00:00Z;7\r';
    const { columns, badRows } = await readInMemory(csv(text), EVENTS, PERIOD);
    expect([badRows, [...(columns.amount ?? [])]]).toEqual([0, [1234, 99.9, 7]]);
    const late = `customerId,eventDate,amount\n${'1,2026-03-02T00:00:00Z,1.234\n'.repeat(2000)}2,2026-03-02T00:00:00Z,"9,5"\n`;
    expect((await readInMemory(csv(late), EVENTS, PERIOD)).columns.amount?.[0]).toBe(1234);
    const unsaid = 'customerId,eventDate,amount\n1,2026-03-02T00:00:00Z,1.234\n2,2026-03-02T00:00:00Z,5\n';
    expect((await readInMemory(csv(unsaid), EVENTS, PERIOD)).firstBadRows).toEqual([
      {
        line: 2,
        reason: expect.stringContaining('can be read with a decimal point and with a decimal comma') as string,
      },
    ]);
    const said = await readInMemory(csv(unsaid), { ...EVENTS, decimal: '.' }, PERIOD);
    expect([...(said.columns.amount ?? [])]).toEqual([1.234, 5]);
  });

  test('dates as people write them, once a scenario says how', async () => {
    const text = 'customerId,eventDate,amount\n1,02/03/2026 10:00,1\n2,31/03/2026,2\n3,2026-04-01T00:00:00Z,3\n';
    const zoned = { ...EVENTS, dateFormat: 'dd/MM/yyyy', zone: 'Europe/Berlin' };
    expect([...(await readInMemory(csv(text), zoned, PERIOD)).columns.at]).toEqual(
      ['2026-03-02T09:00:00Z', '2026-03-30T22:00:00Z', '2026-04-01T00:00:00Z'].map(instantOf),
    );
    expect((await readInMemory(csv(text), EVENTS, PERIOD)).firstBadRows.map(({ line }) => line)).toEqual([2, 3]);
    await expect(readInMemory(csv(text), { ...EVENTS, dateFormat: 'soon' }, PERIOD)).rejects.toThrow(
      'events.dateFormat',
    );
  });

  test('all that is wrong with a row is told', async () => {
    const text = 'customerId,eventDate,amount\nx,soon,much\n1,2026-03-02T00:00:00Z,1\n';
    const [bad] = (await readInMemory(csv(text), EVENTS, PERIOD)).firstBadRows;
    expect(bad?.reason).toBe(
      'the customer id “x” is not a whole number; the date “soon” is not read as a date: write it as 2026-03-01T09:30:00Z; the amount “much” is not a number',
    );
  });

  test('a doubled column and a missing one among thousands are told in a few words', async () => {
    await expect(
      readInMemory(csv('customerId,eventDate,amount,customerId\n1,2026-03-02T00:00:00Z,1,2\n'), EVENTS, PERIOD),
    ).rejects.toThrow(/more than one column “customerId”.*“customerId#1” to “customerId#2”/);
    const header = Array.from({ length: 1000 }, (_, column) => `${column}\u0007${'x'.repeat(100)}`).join(',');
    const refused = await readInMemory(csv(`${header}\n`), EVENTS, PERIOD).then(
      () => 'read',
      (error: unknown) => String(error),
    );
    expect(refused).toMatch(/and 980 more\./);
    expect(refused.length).toBeLessThan(2000);
    // oxlint-disable-next-line no-control-regex
    expect(refused).not.toMatch(/[\u0000-\u001f]/);
  });

  test('a line of megabytes ends in words', async () => {
    const long = `customerId,eventDate\n1,"${'x'.repeat(18 * 1024 * 1024)}\n`;
    expect((await readInMemory(csv(long), { ...EVENTS, amount: null }, PERIOD)).firstBadRows).toEqual([
      { line: 2, reason: 'is longer than 1,048,576 bytes' },
    ]);
    const plain = `customerId,eventDate\n1,${'x'.repeat(1024 * 1024 + 3)}\n2,2026-03-02T00:00:00Z\n`;
    const file = await readInMemory(csv(plain), { ...EVENTS, amount: null }, PERIOD);
    expect([file.columns.at.length, file.badRows]).toEqual([1, 1]);
  });

  test('a customer without an event in the period is in no segment', async () => {
    const name = csv(
      'customerId,eventDate,kind\n1,2026-01-02T00:00:00Z,gold\n2,2026-03-02T00:00:00Z,gold\n3,2026-03-03T00:00:00Z,plain\n1,2026-07-01T00:00:00Z,plain\n',
    );
    const events = { csv: 'events.csv', customer: 'customerId', at: 'eventDate', segment: 'kind' };
    const { result } = await runSimulation({ body: scenarioBody({ customers: null, events }), csv: name });
    expect(result.badges['badge']?.bySegment).toMatchObject({ gold: { customers: 1 }, plain: { customers: 1 } });
    expect(result.events).toEqual({ total: 2, skipped: 2, badRows: 0 });
  });

  test('an enrolment may only name segments that the file has', async () => {
    const name = csv('customerId,eventDate,kind\n2,2026-03-02T00:00:00Z,gold\n');
    const events = { csv: 'events.csv', customer: 'customerId', at: 'eventDate', segment: 'kind' };
    const enrol = [{ at: '2026-03-01T00:00:00Z', segments: ['gold', 'golds'] }];
    const job = { body: scenarioBody({ customers: null, events }, { enrol }), csv: name };
    const mistake =
      /badges\[0\]\.enrol\[0\]\.segments\[1\]: names no segment of events\.csv: golds[^]*segments are gold\./;
    await expect(runSimulation(job)).rejects.toThrow(mistake);
    await expect(explainSimulation(job, 0, 2)).rejects.toThrow(mistake);
    const without = prepareScenario(scenarioBody({ customers: null, events: { ...events, segment: null } }, { enrol }));
    expect(without).toMatchObject({ ok: false, findings: [{ path: 'badges[0].enrol[0].segments' }] });
  });

  test('a customer belongs to the segment of the first event', async () => {
    const text =
      'customerId,eventDate,amount,kind\n5,2026-03-09T00:00:00Z,1,late\n5,2026-03-02T00:00:00Z,1,early\n6,2026-03-02T00:00:00Z,1,late\n';
    const { columns } = await readInMemory(csv(text), { ...EVENTS, segment: 'kind' }, PERIOD);
    expect([...columns.ids].map((id, index) => [id, columns.segmentNames[columns.segmentOf?.[index] ?? 9]])).toEqual([
      [5, 'early'],
      [6, 'late'],
    ]);
  });

  test('files larger than what is read at once keep every row', async () => {
    const rows = 300_000;
    const text = Array.from(
      { length: rows },
      (_, index) => `${1 + (index % 1000)},${1772323200 + ((index * 7919) % 7_000_000)},${index / 100}`,
    ).join('\n');
    const file = csv(`customerId,eventDate,amount\n${text}`);
    const { columns, badRows } = await readInMemory(file, EVENTS, PERIOD);
    expect([columns.at.length, badRows, columns.ids.length]).toEqual([rows, 0, 1000]);
    expect(columns.at.every((at, index) => index === 0 || at >= columns.at[index - 1]!)).toBe(true);
    expect(columns.amount?.reduce((sum, amount) => sum + Math.round(amount * 100), 0)).toBe((rows * (rows - 1)) / 2);
  });
});

test('reading in parts changes nothing: rows, ties, customers, segments, bad rows and their lines', async () => {
  const rows = Array.from({ length: 700_000 }, (_, index) => {
    const customer = index % 9973 === 5 ? 'who' : 1 + ((index * 7) % 5003);
    return `${customer},${1772323200 + ((index * 7919) % 70_000)},${index / 4},kind ${(index * 31) % 11}`;
  });
  const read = async (file: string, most: number): Promise<unknown> => {
    const { columns, ...rest } = await readInMemory(file, { ...EVENTS, segment: 'kind' }, PERIOD, most);
    const named = [...columns.ids].map((id, index) => [id, columns.segmentNames[columns.segmentOf?.[index] ?? -1]]);
    return {
      ...rest,
      named: named.sort(([left], [right]) => Number(left) - Number(right)),
      at: columns.at,
      amount: columns.amount,
      who: columns.customer.map((customer) => columns.ids[customer]!),
    };
  };
  const plain = csv(`customerId,eventDate,amount,kind\n${rows.join('\n')}`, 'plain.csv');
  expect((await planReplay(plain, EVENTS, 3, 'as-it-comes')).parts.length).toBeGreaterThan(1);
  const whole = await read(plain, 1);
  expect(await read(plain, 2)).toEqual(whole);
  expect(await read(plain, 3)).toEqual(whole);
  // A line end within quotes just where the file would be cut.
  rows.splice(350_000, 0, ...Array.from({ length: 2000 }, () => '7,1772323200,"1\n2",kind 1'));
  const quoted = csv(`customerId,eventDate,amount,kind\n${rows.join('\n')}`, 'quoted.csv');
  expect(await read(quoted, 2)).toEqual(await read(quoted, 1));
});

describe('a replay by hand', () => {
  // Customer 1 buys four times, 2 twice, 3 once; at most one award in 7 days each, and three in all.
  const TEXT = [
    'customerId,eventDate,amount,kind',
    '1,2026-03-01T10:00:00Z,50,gold',
    '2,2026-03-02T10:00:00Z,9.99,plain',
    '1,2026-03-08T09:59:59Z,50,gold',
    '1,2026-03-08T10:00:00Z,50,gold',
    '2,2026-03-09T10:00:00Z,10,plain',
    '3,2026-03-10T10:00:00Z,10,plain',
    '1,2026-04-10T10:00:00Z,10,gold',
    '3,2025-03-10T10:00:00Z,10,plain',
    'nobody,2026-03-10T10:00:00Z,10,plain',
  ].join('\n');
  const scenario = (changes: Json = {}): Json =>
    scenarioBody(
      {
        customers: null,
        events: { csv: 'events.csv', customer: 'customerId', at: 'eventDate', amount: 'amount', segment: 'kind' },
        ...changes,
      },
      {
        badge: badgeBody({
          customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 7, maxEarnForDays: 1 }],
          badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 3 }],
        }),
        owner: OWNER,
        trigger: { every: 1, minAmount: 10 },
        cost: { perAward: 2.5, redemptionRate: 0.4, currency: 'EUR' },
      },
    );

  test('gives the numbers one gets on paper', async () => {
    const { result, badRows } = await runSimulation({ body: scenario(), csv: csv(TEXT) });
    expect(result).toMatchObject({
      schema: 'laurel/result@1',
      engine: '1.0.0',
      scenario: 'Test',
      seed: 3,
      replications: 1,
      events: { total: 7, skipped: 1, badRows: 1 },
      bands: null,
    });
    expect(badRows).toEqual([{ line: 10, reason: 'the customer id “nobody” is not a whole number' }]);
    const { byDay, ...badge } = result.badges['badge']!;
    expect(badge).toEqual({
      enrolled: 0,
      enrolRejected: {},
      qualifying: 6,
      attempts: 6,
      awarded: 3,
      customersAwarded: 2,
      customersTurnedAway: 1,
      rejected: { '990001': 1, '990002': 2 },
      rejectedByConstraint: { BADGE_FIXED_VALUE: 2, CUSTOMER_BADGE_ROLLING_WINDOW: 1 },
      firstRejectedAt: '2026-03-08T09:59:59Z',
      exhaustedAt: '2026-03-09T10:00:00Z',
      bySegment: {
        gold: { customers: 1, awarded: 2, customersAwarded: 1, customersTurnedAway: 0 },
        plain: { customers: 2, awarded: 1, customersAwarded: 1, customersTurnedAway: 1 },
      },
      awardsPerCustomer: { '1': 1, '2': 1 },
      cost: { expected: 3, currency: 'EUR' },
    });
    expect(byDay).toHaveLength(92);
    expect(byDay.filter((day) => day.attempts > 0)).toEqual([
      { day: '2026-03-01', attempts: 1, awarded: 1, rejected: 0 },
      { day: '2026-03-08', attempts: 2, awarded: 1, rejected: 1 },
      { day: '2026-03-09', attempts: 1, awarded: 1, rejected: 0 },
      { day: '2026-03-10', attempts: 1, awarded: 0, rejected: 1 },
      { day: '2026-04-10', attempts: 1, awarded: 0, rejected: 1 },
    ]);
  });

  test('days are those of the time zone', async () => {
    const { result } = await runSimulation({ body: scenario({ timeZone: 'Pacific/Auckland' }), csv: csv(TEXT) });
    const days = result.badges['badge']!.byDay;
    expect([days[0]?.day, days.at(-1)?.day]).toEqual(['2026-03-01', '2026-06-01']);
    expect(days.filter((day) => day.attempts > 0).map(({ day }) => day)).toEqual([
      '2026-03-01',
      '2026-03-08',
      '2026-03-09',
      '2026-03-10',
      '2026-04-10',
    ]);
  });

  test('enrolment without segments takes every customer of the file, before events of the same instant', async () => {
    const body = scenario() as Json & { badges: (Json & { badge: Json })[] };
    const badge = body.badges[0]!;
    badge.badge = {
      ...badge.badge,
      earnType: 'ISSUE_EARN',
      issuedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpiryType: 'DAYS', value: 7 },
    };
    badge['enrol'] = [
      { at: '2026-03-01T10:00:00Z' },
      { at: '2026-03-05T00:00:00Z', segments: ['plain'] },
      { at: '2026-03-08T10:00:00Z', segments: ['gold'] },
    ];
    const { result } = await runSimulation({ body, csv: csv(TEXT) });
    expect(result.badges['badge']).toMatchObject({
      enrolled: 4,
      enrolRejected: { '1040': 2 },
      awarded: 2,
      rejected: { '811': 3, '990001': 1 },
    });
  });
});

test('triggers: every N-th, N within days, amounts within days', async () => {
  const rows = (list: readonly (readonly [number, string, number])[]): string =>
    [
      'customerId,eventDate,amount',
      ...list.map(([customer, day, amount]) => `${customer},2026-03-${day},${amount}`),
    ].join('\n');
  const attempts = async (trigger: Json, text: string): Promise<string[]> => {
    const body = scenarioBody(
      { customers: null, events: { csv: 'events.csv', customer: 'customerId', at: 'eventDate', amount: 'amount' } },
      { trigger },
    );
    const { result } = await runSimulation({ body, csv: csv(text), settings: {} });
    return result.badges['badge']!.byDay.filter((day) => day.attempts > 0).map(
      ({ day, attempts: count }) => `${day.slice(-2)}x${count}`,
    );
  };
  const text = rows([
    [1, '01T00:00:00Z', 0.1],
    [1, '03T00:00:00Z', 0.2],
    [2, '03T00:00:00Z', 5],
    [1, '04T00:00:00Z', 0.3],
    [1, '10T00:00:00Z', 0.1],
    [1, '11T00:00:00Z', 0.2],
    [1, '13T00:00:00Z', 7],
  ]);
  expect(await attempts({ every: 2 }, text)).toEqual(['03x1', '10x1', '13x1']);
  // Two events exactly two days apart do not both lie in (t − 2 days, t].
  expect(await attempts({ count: 2, withinDays: 2 }, text)).toEqual(['04x1', '11x1']);
  expect(await attempts({ count: 2, withinDays: 2.5 }, text)).toEqual(['03x1', '11x1']);
  expect(await attempts({ count: 3, withinDays: 4 }, text)).toEqual(['04x1', '13x1']);
  // 0.1 + 0.2 reaches 0.3, whatever binary fractions say.
  expect(await attempts({ amount: 0.3, withinDays: 3 }, text)).toEqual(['03x2', '04x1', '11x1', '13x1']);
  expect(await attempts({ amount: 0.3, withinDays: 2 }, text)).toEqual(['03x1', '04x1', '11x1', '13x1']);
  expect(await attempts({ every: 1, minAmount: 0.2, probability: 1 }, text)).toEqual(['03x2', '04x1', '11x1', '13x1']);
  expect(await attempts({ every: 1, probability: 0 }, text)).toEqual([]);
});
