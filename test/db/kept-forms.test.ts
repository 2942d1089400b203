/** The forms in which numbers, texts and lists are kept in a file or an export, each at its bounds. */
import { describe, expect, test } from 'vitest';
import { surplusBackups, type DatedBackup } from '../../db/backups/rotation';
import { capNumber, capOfNumber, UNIT_NUMBERS } from '../../db/org/caps-on-rows';
import { CustomerFilter } from '../../db/org/customer-filter';
import { InstantTally } from '../../db/org/instant-tally';
import { readRows, UnreadableTable, writeCell, type Cell, type FileCell } from '../../db/portable/cells';
import {
  isRecordId,
  outcomeAt,
  packCustomers,
  packOutcomes,
  unpackCustomers,
  unpackOutcomes,
  type CustomerOutcome,
} from '../../db/workspace/live-chunks';
import { openStateOf, reasonOf } from '../../db/workspace/live-jobs';
import { OWNER_BITS, ownerBits, ownersOfBits } from '../../db/workspace/stored-owners';
import type { Cap } from '../../shared/domain/caps';
import { BADGE_OWNERS } from '../../shared/domain/badge';
import { DAY, instantOf } from '../../shared/domain/instant';

describe('a cell of an export', () => {
  const CELLS: readonly (readonly [Cell | FileCell, string])[] = [
    [null, ''],
    ['', '""'],
    ['a"b\n,', '"a""b\n,"'],
    ['7', '"7"'],
    [7n, '7'],
    [-(2n ** 63n), '-9223372036854775808'],
    [7, '7e+0'],
    [-1_500, '-1.5e+3'],
    [0.25, '0.25'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [Uint8Array.from([0, 255]), 'base64:AP8='],
    [{ file: 'a/b.json', deflated: false }, 'file:a/b.json'],
    [{ file: 'a/b.json', deflated: true }, 'deflated-file:a/b.json'],
  ];
  async function rowsOf(...portions: string[]): Promise<(Cell | FileCell)[][]> {
    const rows: (Cell | FileCell)[][] = [];
    async function* all(): AsyncGenerator<string> {
      for (const portion of portions) yield await Promise.resolve(portion);
    }
    for await (const row of readRows(all())) rows.push(row);
    return rows;
  }

  test('is written so that nothing is taken for anything else, and read back', async () => {
    expect(CELLS.map(([cell]) => writeCell(cell))).toEqual(CELLS.map(([, text]) => text));
    const text = `${CELLS.map(([, each]) => each).join(',')}\n`;
    const expected = CELLS.map(([cell]) => (cell instanceof Uint8Array ? Buffer.from(cell) : cell));
    expect(await rowsOf(text)).toEqual([expected]);
    expect(await rowsOf(...text.split(''))).toEqual([expected]);
    for (let cut = 1; cut < text.length; cut += 1)
      expect(await rowsOf(text.slice(0, cut), text.slice(cut))).toEqual([expected]);
  });

  test('rows end with their lines', async () => {
    expect(await rowsOf('1,2\n,\n\n"a"\n')).toEqual([[1n, 2n], [null, null], [null], ['a']]);
    expect(await rowsOf()).toEqual([]);
    expect(await rowsOf('')).toEqual([]);
  });

  test.each([
    ['abc\n', /abc is no value/],
    [`${'y'.repeat(50)}\n`, new RegExp(`^${'y'.repeat(40)} is no value`)],
    ['1-2\n', /1-2 is no value/],
    ['a"b"\n', /a quote stands inside a value/],
    ['"a"b\n', /something follows a text/],
    ['"a', /its end is missing/],
    ['a', /its end is missing/],
    ['1,', /its end is missing/],
  ])('%j is refused', async (text, said) => {
    await expect(rowsOf(text)).rejects.toThrow(UnreadableTable);
    await expect(rowsOf(text)).rejects.toThrow(said);
  });

  test('a text whose end is its line’s is whole only with it', async () => {
    await expect(rowsOf('"a"')).rejects.toThrow(/its end is missing/);
    await expect(rowsOf('""')).resolves.toEqual([]);
  });
});

describe('which backups are kept', () => {
  const NOW = instantOf('2026-06-10T12:00:00Z');
  // 2026-06-10 is a Wednesday; days and weeks are those of UTC, and weeks begin on Mondays.
  const at = (days: number, id: string, occasion: DatedBackup['occasion'] = 'interval'): DatedBackup => ({
    ...{ id, occasion },
    madeOn: NOW - days * DAY,
  });
  /** Ten newest of one moment, which leave every other backup to the other rules. */
  const newest = Array.from({ length: 10 }, (_, index) => at(0, `z${String(index)}`));
  const surplus = (...backups: DatedBackup[]): string[] => surplusBackups([...newest, ...backups], NOW).sort();

  test('the newest of each of fourteen days', () => {
    expect(surplus(at(13, 'a'), at(13.2, 'b'))).toEqual(['b']);
    // Fourteen days ago is the newest of its week, fifteen is not.
    expect(surplus(at(14, 'a'), at(15, 'b'))).toEqual(['b']);
    expect(surplus(at(12, 'a'), at(13, 'b'), at(14, 'c'))).toEqual(['c']);
  });

  test('the newest of each of eight weeks', () => {
    const weeks = [16, 23, 30, 37, 44, 51, 58].map((days) => at(days, `w${String(days)}`));
    expect(surplus(...weeks)).toEqual(['w58']);
    expect(surplus(at(17, 'a'), at(18, 'b'))).toEqual(['b']);
    // Sunday and Monday are of two weeks.
    const sunday = instantOf('2026-05-24T23:59:59Z');
    const monday = instantOf('2026-05-25T00:00:00Z');
    expect(surplus({ ...at(0, 'a'), madeOn: sunday }, { ...at(0, 'b'), madeOn: monday })).toEqual([]);
    const tuesday = instantOf('2026-05-26T00:00:00Z');
    expect(surplus({ ...at(0, 'a'), madeOn: monday }, { ...at(0, 'b'), madeOn: tuesday })).toEqual(['a']);
  });

  test('three of each risky occasion and all by hand', () => {
    const old = (id: string, days: number, occasion: DatedBackup['occasion']): DatedBackup =>
      at(100 + days, id, occasion);
    const risky = [1, 2, 3, 4].map((days) => old(`u${String(days)}`, days, 'update'));
    const others = [1, 2, 3, 4].map((days) => old(`r${String(days)}`, days, 'restore' as DatedBackup['occasion']));
    const byHand = [1, 2, 3, 4, 5].map((days) => old(`h${String(days)}`, days, 'by-hand'));
    const hourly = [1, 2].map((days) => old(`i${String(days)}`, days, 'interval'));
    expect(surplus(...risky, ...others, ...byHand, ...hourly)).toEqual(['i1', 'i2', 'r4', 'u4']);
  });

  test('of one moment the later id is the newer', () => {
    const twelve = Array.from({ length: 12 }, (_, index) => at(100, `a${String(index + 10)}`));
    expect(surplusBackups(twelve, NOW)).toEqual(['a11', 'a10']);
    expect(surplusBackups([...twelve].reverse(), NOW)).toEqual(['a11', 'a10']);
  });
});

test('the cap that a row ran into is kept as one number', () => {
  const cap = (level: 'CUSTOMER' | 'BADGE', index: number, unit?: 'DAYS' | 'WEEKS' | 'MONTHS'): Cap =>
    ({ level, index, roll: unit && { unit, value: 1 } }) as unknown as Cap;
  expect(UNIT_NUMBERS).toEqual({ none: 0, DAYS: 1, WEEKS: 2, MONTHS: 3 });
  const caps = [
    ...[cap('CUSTOMER', 0), cap('CUSTOMER', 0, 'DAYS'), cap('CUSTOMER', 1, 'WEEKS'), cap('CUSTOMER', 2, 'MONTHS')],
    ...[cap('BADGE', 0), cap('BADGE', 3, 'DAYS')],
  ];
  expect(caps.map(capNumber)).toEqual([0, 1, 6, 11, 1_000_000, 1_000_013]);
  expect(caps.map((each) => capOfNumber(caps, capNumber(each)))).toEqual(caps);
  expect(capOfNumber(caps, 2)).toBeUndefined();
});

test('owner kinds are bits that are never given away', () => {
  expect(OWNER_BITS).toEqual({
    ...{ Loyalty: 1, Loyalty_Promotion: 2, Referral_Campaigns: 4, Journeys: 8, Audience_Campaigns: 16 },
    ...{ Rewards_Catalog: 32, Goodwill_Module: 64, Milestones: 128, Historical_Import: 256, Membercare: 512 },
  });
  expect(ownerBits([])).toBe(0);
  expect(ownerBits(['Loyalty', 'Milestones', 'Loyalty'])).toBe(129);
  expect(ownersOfBits(ownerBits(BADGE_OWNERS))).toEqual([...BADGE_OWNERS]);
  expect(ownersOfBits(0)).toEqual([]);
});

describe('a chunk of customers', () => {
  const id = 'ab'.repeat(12);
  const outcomes: CustomerOutcome[] = [
    ...([{ kind: 'open' }, { kind: 'done', issuedId: id }, { kind: 'done', issuedId: null }] as CustomerOutcome[]),
    ...[0, 811, 2 ** 32 - 1].map((code): CustomerOutcome => ({ kind: 'refused', code })),
  ];

  test('is packed in eight and in seventeen bytes each', () => {
    const customers = [1, 2 ** 53 - 1];
    expect(packCustomers(customers)).toHaveLength(16);
    expect(unpackCustomers(packCustomers(customers))).toEqual(customers);
    const bytes = packOutcomes(outcomes);
    expect(bytes).toHaveLength(6 * 17);
    expect(unpackOutcomes(bytes, 6)).toEqual(outcomes);
    expect(outcomes.map((_, index) => outcomeAt(bytes, index))).toEqual(outcomes);
    // These bytes stand on people's disks.
    expect(bytes.subarray(0, 17)).toEqual(Buffer.alloc(17));
    expect(bytes.subarray(17, 34).toString('hex')).toBe(`0100000000${id}`);
    expect(bytes.subarray(34, 39).toString('hex')).toBe('0200000000');
    expect(bytes.subarray(68, 73).toString('hex')).toBe('032b030000');
  });

  test('that is all open is no byte at all', () => {
    expect(packOutcomes([{ kind: 'open' }, { kind: 'open' }])).toHaveLength(0);
    expect(unpackOutcomes(Buffer.alloc(0), 2)).toEqual([{ kind: 'open' }, { kind: 'open' }]);
    expect(packOutcomes([])).toHaveLength(0);
    expect([id, id.toUpperCase(), id.slice(1), `${id}0`, `g${id.slice(1)}`].map(isRecordId)).toEqual([
      ...[true, true, false, false, false],
    ]);
  });

  test('shares its state with its open customers', () => {
    const states = ['waiting', 'settled', 'sent', 'unknown', 'consumed', 'newer'] as never[];
    expect(states.map(openStateOf)).toEqual(['waiting', 'waiting', 'sent', 'unknown', 'unknown', 'unknown']);
    expect(reasonOf([0, 1, 'a'])).not.toBe(reasonOf([0, 1, 'b']));
    expect(reasonOf([811, 1, 'a'])).toBe(reasonOf([811, 2, 'b']));
  });
});

describe('a tally of instants', () => {
  test('counts from the start of a span to before its end', () => {
    const tally = new InstantTally();
    expect([tally.total, tally.count(null), tally.count({ from: 0, to: 9 })]).toEqual([0, 0, 0]);
    for (const instant of [5, 1, 3, 3]) tally.add(instant, 2);
    tally.add(4, 0);
    expect(tally.total).toBe(8);
    expect(tally.count(null)).toBe(8);
    expect(tally.count({ from: 1, to: 5 })).toBe(6);
    expect(tally.count({ from: 2, to: 6 })).toBe(6);
    expect(tally.count({ from: 3, to: 3 })).toBe(0);
    expect(tally.count({ from: 6, to: 9 })).toBe(0);
    tally.add(3, -3);
    expect([tally.total, tally.count({ from: 3, to: 4 })]).toEqual([5, 1]);
  });

  test.each([
    ['in order', (index: number) => index],
    ['backwards', (index: number) => 3_000 - index],
    ['anyhow', (index: number) => (index * 1_237) % 3_001],
  ])('holds thousands that come %s', (_, instantAt) => {
    const tally = new InstantTally();
    const plain = new Map<number, number>();
    for (let index = 0; index < 3_000; index += 1) {
      const instant = instantAt(index);
      tally.add(instant, 1 + (index % 3));
      plain.set(instant, (plain.get(instant) ?? 0) + 1 + (index % 3));
    }
    for (const [from, to] of [
      [0, 1],
      [0, 1_024],
      [1_023, 1_025],
      [500, 2_600],
      [2_999, 4_000],
      [-5, 9_999],
    ] as const) {
      let sum = 0;
      for (const [instant, count] of plain) if (instant >= from && instant < to) sum += count;
      expect(tally.count({ from, to })).toBe(sum);
    }
  });
});

describe('a filter of customers', () => {
  test('is crowded when it holds more than it can tell apart well', () => {
    const addedUntilCrowded = (bytes: number): number => {
      const filter = new CustomerFilter(bytes);
      let added = 0;
      for (let customer = 1; !filter.isCrowded; customer += 1) if (filter.add(customer)) added += 1;
      return added;
    };
    // 64 bytes are 512 bits, twelve for each customer; sizes go up to the next power of two.
    expect([1, 64, 65, 128, 1_000].map(addedUntilCrowded)).toEqual([43, 43, 86, 86, 683]);
  });

  test('knows most of those that were never added', () => {
    const filter = new CustomerFilter(4_096);
    for (let customer = 1; customer <= 1_000; customer += 1)
      expect(filter.mayHold(customer) || filter.add(customer)).toBe(true);
    let mistaken = 0;
    for (let customer = 10_001; customer <= 12_000; customer += 1) if (filter.mayHold(customer)) mistaken += 1;
    expect(mistaken).toBeLessThan(20);
    expect(new CustomerFilter(64).mayHold(7)).toBe(false);
  });
});
