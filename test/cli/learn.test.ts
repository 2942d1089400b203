import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../db/temporary-folder';
import { asTable, drawnTransactions, type DrawnSegment } from '../simulation/learning/drawn-transactions';
import { askInProcess } from './command-line';

const SEGMENTS: readonly DrawnSegment[] = [
  {
    name: 'regulars',
    size: 1500,
    activity: { perWeek: 1.2, dispersion: 0.5, weekdays: [1, 1, 1, 1, 1, 2, 1], amount: { mean: 40, spread: 0.6 } },
  },
  { name: 'newcomers', size: 800, activity: { perWeek: 0.3, dispersion: 1, amount: { mean: 25 } } },
];

function folderWithSales(): string {
  const folder = temporaryFolder();
  const rows = drawnTransactions(7, '2025-01-06T00:00:00Z', '2025-07-07T00:00:00Z', SEGMENTS);
  writeFileSync(path.join(folder, 'sales.csv'), asTable(rows));
  return folder;
}

interface Interval {
  value: number;
  low: number;
  high: number;
}

interface LearnedJson {
  segments: {
    name: string;
    size: number;
    perWeek: Interval;
    dispersion: Interval;
    coming: { joins: Interval; probability: Interval; newcomers: { perWeek: Interval } } | null;
    notes: string[];
  }[];
  holdOut: { forecast: number; actual: number; error: number; naiveError: number };
}

it('learns what a file was drawn with, forecasts the part held back, and writes a scenario that runs', async () => {
  const folder = folderWithSales();
  const end = await askInProcess(folder, 'learn', 'sales.csv', '--out', 'next.scenario.json', '--json');
  expect([end.code, end.error]).toEqual([0, '']);
  const { segments, holdOut } = JSON.parse(end.out) as LearnedJson;
  expect(segments.map(({ name }) => name)).toEqual(['regulars', 'newcomers']);
  segments.forEach(({ perWeek, dispersion }, index) => {
    // The intervals cover the truth nine times of ten, which the tests of the fit hold; here they only have to be near.
    expect(Math.abs(perWeek.value / ([1.2, 0.3][index] ?? 0) - 1)).toBeLessThan(0.1);
    expect(Math.abs(dispersion.value / ([0.5, 1][index] ?? 0) - 1)).toBeLessThan(0.25);
    expect(perWeek.low).toBeLessThan(perWeek.value);
    expect(perWeek.high).toBeGreaterThan(perWeek.value);
  });
  expect(Math.abs((segments[1]?.size ?? 0) - 800)).toBeLessThan(40);
  expect(Math.abs(holdOut.error)).toBeLessThan(0.05);

  const scenario = JSON.parse(readFileSync(path.join(folder, 'next.scenario.json'), 'utf8')) as {
    from: string;
    customers: { segments: { activity: { amount: { mean: number } } }[] };
  };
  expect(scenario.from).toBe('2025-07-07T00:00:00Z');
  expect(scenario.customers.segments[0]?.activity.amount.mean).toBeCloseTo(40, -1);
  const checked = await askInProcess(folder, 'check', 'next.scenario.json');
  expect([checked.code, checked.out]).toEqual([0, 'next.scenario.json: no mistakes\n']);
});

interface LearnedUncertainty {
  perWeek: number;
  sameCustomers?: boolean;
  together: { draw: string; growthPerMonth?: number; joins?: number; leaving?: number; season?: number[] }[];
}

it('learns the season and the growth of two years, and a scenario that has both forecasts the next', async () => {
  const folder = temporaryFolder();
  const season = [0.7, 0.75, 0.9, 1, 1, 1.05, 0.8, 0.8, 1, 1.1, 1.2, 1.7];
  const rows = drawnTransactions(3, '2024-01-01T00:00:00Z', '2026-01-01T00:00:00Z', [
    { name: 'all', size: 600, activity: { perWeek: 0.8, dispersion: 0.5, growthPerMonth: 0.02, season } },
  ]);
  writeFileSync(path.join(folder, 'sales.csv'), asTable(rows));
  const end = await askInProcess(folder, 'learn', 'sales.csv', '--segments', '1', '--out', 'n.scenario.json');
  expect([end.code, end.error]).toEqual([0, '']);
  expect(end.out).toMatch(/Growth a month: [12]\.?\d*%/);
  expect(end.out).toMatch(/Season: Jan 0\.[67]\d* \(0\.\d+ to 0\.\d+\), .*Dec 1\.[67]\d* \([\d.]+ to [\d.]+\)/);
  const scenario = JSON.parse(readFileSync(path.join(folder, 'n.scenario.json'), 'utf8')) as {
    customers: { segments: { activity: { season: number[]; perWeek: number; uncertainty: LearnedUncertainty } }[] };
  };
  const { activity } = scenario.customers.segments[0]!;
  activity.season.forEach((factor, month) => expect(Math.abs(factor / season[month]! - 1)).toBeLessThan(0.1));
  // At the end of the file, in an average month.
  expect(Math.abs(activity.perWeek / (0.8 * 1.02 ** 24) - 1)).toBeLessThan(0.1);
  // How often these very customers come is known to 1 / √events; growth and months move together.
  const { perWeek, sameCustomers, together } = activity.uncertainty;
  expect(perWeek * Math.sqrt(rows.length)).toBeCloseTo(1, 1);
  expect(sameCustomers).toBe(true);
  const growth = Math.hypot(...together.map((draw) => draw.growthPerMonth ?? 0));
  expect(growth).toBeGreaterThan(0.0005);
  expect(growth).toBeLessThan(0.005);
  const december = Math.hypot(...together.map((draw) => draw.season?.[11] ?? 0));
  expect(december).toBeGreaterThan(0.005);
  expect(december).toBeLessThan(0.05);
  expect(activity.season.reduce((sum, factor) => sum + factor, 0)).toBeCloseTo(12, 2);
  const ran = await askInProcess(folder, 'check', 'n.scenario.json');
  expect(ran.code).toBe(0);
});

it('learns the hours of the clock back, by segments, and its scenario draws them', async () => {
  const folder = temporaryFolder();
  const shop = [0, 0, 0, 0, 0, 0, 0, 1, 4, 7, 6, 5, 9, 6, 4, 4, 6, 9, 11, 8, 3, 1, 0, 0];
  const bar = [9, 7, 4, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1, 1, 1, 2, 4, 6, 8, 10, 12, 12, 11];
  const weekdays = [1, 1, 1, 1, 1.5, 2, 0.5];
  const rows = drawnTransactions(11, '2025-01-06T00:00:00Z', '2025-07-07T00:00:00Z', [
    { name: 'shop', size: 900, activity: { perWeek: 1.2, dispersion: 0.5, hours: shop, weekdays } },
    { name: 'bar', size: 700, activity: { perWeek: 0.8, dispersion: 0.5, hours: bar } },
    { name: 'evenly', size: 500, activity: { perWeek: 0.8 } },
  ]);
  writeFileSync(path.join(folder, 'sales.csv'), asTable(rows));
  const end = await askInProcess(folder, 'learn', 'sales.csv', '--out', 'n.scenario.json', '--json');
  expect([end.code, end.error]).toEqual([0, '']);
  const { segments, times } = JSON.parse(end.out) as {
    segments: { name: string; hours: number[] | null; notes: string[] }[];
    times: object;
  };
  expect(times).toEqual({ kind: 'timed' });
  const scenario = JSON.parse(readFileSync(path.join(folder, 'n.scenario.json'), 'utf8')) as {
    customers: { segments: { activity: { hours?: number[] } }[] };
  };
  for (const [place, weights] of [shop, bar].entries()) {
    const learned = segments[place]!.hours!;
    const events = rows.filter(({ segment }) => segment === segments[place]!.name).length;
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    // Each count scatters as a Poisson count does: four deviations of it, of 24 and 24 counts.
    learned.forEach((weight, hour) => {
      const expected = (events * weights[hour]!) / all;
      expect(Math.abs((weight * events) / 24 - expected)).toBeLessThanOrEqual(4 * Math.sqrt(expected) + 0.01);
    });
    expect(scenario.customers.segments[place]!.activity.hours).toEqual(learned);
  }
  expect([segments[2]!.hours, segments[2]!.notes]).toEqual([null, expect.arrayContaining(['hours-not-told'])]);
  expect(scenario.customers.segments[2]!.activity).not.toHaveProperty('hours');
  expect((await askInProcess(folder, 'check', 'n.scenario.json')).out).toBe('n.scenario.json: no mistakes\n');
  const words = await askInProcess(folder, 'learn', 'sales.csv', '--out', 'n.scenario.json');
  expect(words.out).toMatch(
    /“shop”[\s\S]+Hours: 00 0 \(0 to 0\.\d+\), 01 0 .*12 2\.\d+ \([\d.]+ to [\d.]+\), [\s\S]+no hours of the day that chance could not/,
  );

  const berlin = await askInProcess(
    folder,
    'learn',
    'sales.csv',
    '--zone',
    'Europe/Berlin',
    '--out',
    'b.scenario.json',
  );
  const zoned = JSON.parse(readFileSync(path.join(folder, 'b.scenario.json'), 'utf8')) as { from: string };
  expect(berlin.out).toContain('Days and hours are those of Europe/Berlin.');
  expect(words.out).toContain('Days and hours are those of UTC; --zone');
  // Days are those of the zone: what the scenario goes on with is where the file ends.
  expect(berlin.out).toContain(`to before ${zoned.from.slice(0, 10)}.`);

  // In another zone the same instants are other hours, and newcomers of groups have them, too.
  const args = ['--zone', 'Asia/Kolkata', '--segments', '2', '--out', 'k.scenario.json', '--json'];
  const east = JSON.parse((await askInProcess(folder, 'learn', 'sales.csv', ...args)).out) as typeof scenario.customers;
  const kolkata = east.segments.map((segment) => (segment as unknown as { hours: number[] }).hours);
  expect(kolkata[0]).toEqual(kolkata[1]);
  // 18:00 to 19:00 is the strongest hour of all; half an hour further on it is half of each.
  expect(kolkata[0]!.indexOf(Math.max(...kolkata[0]!))).toBeOneOf([23, 0]);
});

it.each([
  ['dates alone', (at: string) => at.slice(0, 10), { kind: 'dates' }, 'The dates have no time of day: no hours are'],
  [
    'a nightly import',
    (at: string) => `${at.slice(0, 10)}T02:00:00Z`,
    { kind: 'stamped', share: 1, at: ['02:00'] },
    '100% of the events are at exactly 02:00, as imports or dates',
  ],
])('no hours are learned from %s, and that is said', async (_, rewritten, times, said) => {
  const folder = temporaryFolder();
  const rows = drawnTransactions(7, '2025-01-06T00:00:00Z', '2025-04-07T00:00:00Z', SEGMENTS);
  writeFileSync(path.join(folder, 'sales.csv'), asTable(rows.map((row) => ({ ...row, at: rewritten(row.at) }))));
  const args = ['learn', 'sales.csv', '--out', 'n.scenario.json'];
  expect((await askInProcess(folder, ...args)).out).toContain(said);
  expect(readFileSync(path.join(folder, 'n.scenario.json'), 'utf8')).not.toContain('"hours"');
  const told = JSON.parse((await askInProcess(folder, ...args, '--json')).out) as { times: object; segments: object[] };
  expect(told).toMatchObject({ times, segments: [{ hours: null }, { hours: null }] });
});

it('tells newcomers and drop-out from a season, and its scenario goes on as the file would have', async () => {
  const folder = temporaryFolder();
  const season = [0.7, 0.75, 0.9, 1, 1, 1.05, 0.8, 0.8, 1, 1.1, 1.2, 1.7];
  const activity = { perWeek: 0.9, dispersion: 0.8, dropOut: { probability: 0.1, dispersion: 1 }, season };
  const rows = drawnTransactions(3, '2024-01-01T00:00:00Z', '2026-01-01T00:00:00Z', [
    { name: 'all', size: 800, joins: { perWeek: 15 }, activity },
  ]);
  writeFileSync(path.join(folder, 'sales.csv'), asTable(rows));
  const args = ['learn', 'sales.csv', '--segments', '1', '--out', 'n.scenario.json', '--json'];
  const end = await askInProcess(folder, ...args);
  expect([end.code, end.error]).toEqual([0, '']);
  const { segments, holdOut } = JSON.parse(end.out) as LearnedJson;
  const { coming, notes } = segments[0]!;
  expect(Math.abs(coming!.joins.value / 15 - 1)).toBeLessThan(0.12);
  expect(Math.abs(coming!.probability.value / 0.1 - 1)).toBeLessThan(0.25);
  expect(Math.abs(coming!.newcomers.perWeek.value / 0.9 - 1)).toBeLessThan(0.15);
  expect(notes).toContain('growth-as-coming');
  // Repeating the year before knows nothing of those who came and went since.
  expect(Math.abs(holdOut.error)).toBeLessThan(0.06);
  const scenario = JSON.parse(readFileSync(path.join(folder, 'n.scenario.json'), 'utf8')) as {
    customers: { segments: { activity: { uncertainty: LearnedUncertainty } }[] };
  };
  // Both are of one fit: its draws move both.
  const [there, joining] = scenario.customers.segments.map(({ activity: { uncertainty } }) => uncertainty);
  const names = (of: LearnedUncertainty): string[] => of.together.map(({ draw }) => draw);
  expect(names(there!)).toEqual(expect.arrayContaining(names(joining!)));
  expect([there!.sameCustomers, joining!.sameCustomers]).toEqual([true, undefined]);
  expect(Math.hypot(...joining!.together.map((draw) => draw.joins ?? 0))).toBeGreaterThan(0.01);
  expect(Math.hypot(...there!.together.map((draw) => draw.leaving ?? 0))).toBeGreaterThan(0.01);
  expect(scenario.customers.segments).toMatchObject([
    { name: 'all', activity: { dropOut: { probability: expect.any(Number) as number } } },
    { name: 'all, newcomers', size: 0, joins: { perWeek: expect.any(Number) as number } },
  ]);
  expect((await askInProcess(folder, 'check', 'n.scenario.json')).out).toBe('n.scenario.json: no mistakes\n');
  const words = await askInProcess(folder, ...args.slice(0, -1));
  expect(words.out).toMatch(/Newcomers: 1\d(\.\d)? \([\d.]+ to [\d.]+\) a week/);
  expect(words.out).toMatch(/A newcomer leaves after an event with [\d.]+%/);

  // In groups the same customers leave, and newcomers stand beside them.
  const apart = await askInProcess(folder, 'learn', 'sales.csv', '--segments', '2', '--out', 'g.scenario.json');
  expect(apart.out).toMatch(
    /“less than ([\d.]+) events a week”: [\s\S]+“\1 or more events a week”: [\s\S]+“newcomers”: 0/,
  );
  expect(apart.out).toMatch(/\n {2}Of those there at the end [\d.]+% of events are the last\.\n/);
  const grouped = JSON.parse(readFileSync(path.join(folder, 'g.scenario.json'), 'utf8')) as {
    customers: { segments: { activity: { uncertainty: LearnedUncertainty } }[] };
  };
  expect(grouped.customers.segments).toMatchObject([
    { activity: { dropOut: { probability: expect.any(Number) as number } } },
    { activity: { dropOut: { probability: expect.any(Number) as number } } },
    { name: 'newcomers', size: 0, joins: { perWeek: expect.any(Number) as number } },
  ]);
  // What is not known of one fit moves all of them.
  const draws = grouped.customers.segments.map(({ activity: { uncertainty } }) => uncertainty.together![0]!.draw);
  expect(new Set(draws)).toEqual(new Set(['all 1']));
  expect((await askInProcess(folder, 'check', 'g.scenario.json')).out).toBe('g.scenario.json: no mistakes\n');
});

it('says it in words, in groups, and what it does not know', async () => {
  const folder = folderWithSales();
  const args = ['learn', 'sales.csv', '--segments', '3', '--population', '2300', '--out', 'g.scenario.json'];
  const { code, out } = await askInProcess(folder, ...args);
  expect(code).toBe(0);
  expect(out).toMatch(/“\d+ or more events”: [\d,]+ customers/);
  // The same of each of them, and said once.
  expect(out.match(/no growth that chance could not explain/g)).toHaveLength(1);
  expect(out).toMatch(/^Every group: no growth that chance could not explain\.$/m);
  expect(out).toMatch(/no newcomers and no drop-out that chance could not explain/);
  expect(out).toMatch(/Held back, from 2025-06-01: [\d,]+ events\. Forecast from the days before: [\d,]+/);
  expect(out).toContain('g.scenario.json was written.');
});

/** The sales again, with `many` more on each Sunday from a day on. */
function withSundays(from: string, many: number): string {
  const rows = drawnTransactions(7, '2025-01-06T00:00:00Z', '2025-07-07T00:00:00Z', SEGMENTS);
  const sundays = rows.filter(({ at }) => at >= from && new Date(at).getUTCDay() === 0);
  const more = Array.from({ length: many - 1 }, () => sundays).flat();
  return asTable([...rows, ...more].toSorted((one, other) => (one.at < other.at ? -1 : 1)));
}

it('says how good the fit is and what it has wrong, in words and as codes', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'sales.csv'), withSundays('2025-06-01', 3));
  const args = ['learn', 'sales.csv', '--segments', '1', '--out', 'n.scenario.json'];
  const { out } = await askInProcess(folder, ...args);
  expect(out).toMatch(/^(Fair|Poor): for the last 36 days, held back, the forecast says [\d.]+% too few events\.$/m);
  expect(out).toMatch(/^Sundays are underestimated by [\d.]+%\.$/m);
  const told = JSON.parse((await askInProcess(folder, ...args, '--json')).out) as {
    verdict: { grade: string; weekday: { day: number; error: number } };
  };
  expect(told.verdict).toMatchObject({ weekday: { day: 6 }, hour: null, isBeaten: false });
  expect(told.verdict.grade).toBeOneOf(['fair', 'poor']);
  expect(told.verdict.weekday.error).toBeLessThan(-0.4);

  const untold = await askInProcess(folder, ...args, '--hold-out', '0');
  expect(untold.out).toMatch(/^How good it is nobody can tell: no days were held back/m);
});

it('every number has its interval, in words and as numbers', async () => {
  const folder = folderWithSales();
  const args = ['learn', 'sales.csv', '--out', 'n.scenario.json'];
  const { out } = await askInProcess(folder, ...args);
  const one = String.raw`[\d.,]+ \([\d.,]+ to [\d.,]+\)`;
  expect(out).toMatch(new RegExp(`^  Weekdays: Mon ${one}, Tue ${one}, .*Sun ${one}\\.$`, 'm'));
  expect(out).toMatch(new RegExp(`^  Amounts: ${one} on average, spread ${one}\\.$`, 'm'));
  interface Ends {
    low: number;
    high: number;
  }
  const { segments } = JSON.parse((await askInProcess(folder, ...args, '--json')).out) as {
    segments: {
      weekdays: number[];
      amount: { mean: number; spread: number } | null;
      intervals: { weekdays: Ends[]; hours: null; amount: { mean: Ends; spread: Ends } | null };
    }[];
  };
  const { weekdays, amount, intervals } = segments[0]!;
  // Of a week with two parts in eight on its Saturday.
  expect(intervals.weekdays[5]!.low).toBeLessThan(1.75);
  expect(intervals.weekdays[5]!.high).toBeGreaterThan(1.75);
  expect(intervals.weekdays.every(({ low, high }, day) => low < weekdays[day]! && weekdays[day]! < high)).toBe(true);
  expect(intervals.amount!.mean.low).toBeLessThan(amount!.mean);
  expect(intervals.amount!.spread.high).toBeGreaterThan(amount!.spread);
  expect(intervals.hours).toBeNull();
});

it('asks what only a person can say, refuses what nothing can be learned from, and never writes over the file', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'two.csv'), 'a,b,when\n1,2,2025-01-01T10:00:00Z\n3,4,2025-01-02T10:00:00Z\n');
  const asked = await askInProcess(folder, 'learn', 'two.csv', '--out', 'x.scenario.json');
  expect([asked.code, asked.error]).toEqual([1, expect.stringContaining('Say it with --column customer=')]);
  writeFileSync(path.join(folder, 'one.csv'), 'customerId,date\n1,2025-01-01T10:00:00Z\n1,2025-01-02T10:00:00Z\n');
  const little = await askInProcess(folder, 'learn', 'one.csv', '--out', 'x.scenario.json');
  expect([little.code, little.error]).toEqual([1, expect.stringContaining('fewer than two customers')]);
  const over = await askInProcess(folder, 'learn', 'one.csv', '--out', 'one.csv');
  expect([over.code, over.error]).toEqual([1, expect.stringContaining('Nothing was learned')]);
  for (const [name, code] of [
    ['streak.scenario.json', 1],
    ['mine.badge-art.json', 2],
  ] as const) {
    writeFileSync(path.join(folder, name), 'kept');
    const lost = await askInProcess(folder, 'learn', 'one.csv', '--badge', 'streak.scenario.json', '--out', name);
    expect([lost.code, readFileSync(path.join(folder, name), 'utf8')]).toEqual([code, 'kept']);
    if (code === 1) expect(lost.error).toContain('a badge file');
  }
  expect((await askInProcess(folder, 'learn', 'one.csv')).code).toBe(2);
  expect((await askInProcess(folder, 'learn', 'one.csv', '--out', 'x', '--hold-out', '2')).code).toBe(2);
});

const ordinary = (count: number): string[] =>
  Array.from({ length: count }, (_, row) => {
    const at = new Date(Date.UTC(2025, 0, 6) + row * 7_200_000).toISOString();
    return `${String(1 + (row % 37))},${at},10`;
  });

it.each([
  ['9999-12-31T10:00:00Z', /lie 7,974 years apart, from 2025-01-06 to 9999-12-31/],
  ['1990-03-01T10:00:00Z', /has no row on 12,729 days between 1990-03-01 and 2025-01-06/],
])('one date that is far from all others, %s, is said, and nothing is written', async (at, said) => {
  const folder = temporaryFolder();
  writeFileSync(
    path.join(folder, 'far.csv'),
    ['customerId,date,amount', ...ordinary(800), `5,${at},10`, ''].join('\n'),
  );
  const end = await askInProcess(folder, 'learn', 'far.csv', '--out', 'next.scenario.json');
  expect([end.code, end.out]).toEqual([1, '']);
  expect(end.error).toMatch(said);
  expect(existsSync(path.join(folder, 'next.scenario.json'))).toBe(false);
  const part = await askInProcess(
    ...[folder, 'learn', 'far.csv', '--from', '2025-01-06T00:00:00Z', '--to', '2025-03-13T00:00:00Z'],
    ...['--out', 'next.scenario.json'],
  );
  expect(part.code).toBe(0);
});

it('learns from days of the zone, both included, and refuses a day that there is not', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'a.csv'), ['customerId,date,amount', ...ordinary(800), ''].join('\n'));
  const period = async (...args: string[]) => {
    const end = await askInProcess(folder, 'learn', 'a.csv', '--out', 'next.scenario.json', '--json', ...args);
    return end.code === 0 ? (JSON.parse(end.out) as { period: object }).period : [end.code, end.error];
  };
  expect(await period('--from', '2025-01-08', '--to', '2025-02-28')).toEqual({
    from: '2025-01-08T00:00:00Z',
    to: '2025-03-01T00:00:00Z',
  });
  expect(await period('--to', '2025-02-28', '--zone', 'Europe/Berlin')).toMatchObject({ to: '2025-02-28T23:00:00Z' });
  expect(await period('--to', '2025-02-28T12:00:00Z')).toMatchObject({ to: '2025-02-28T12:00:00Z' });
  expect(await period('--to', '2025-02-30')).toEqual([
    2,
    expect.stringMatching(/--to is a day such as .*“2025-02-30”/),
  ]);
});

it('dates without a zone are read in UTC, and that is said', async () => {
  const folder = temporaryFolder();
  const rows = ordinary(800).map((row) => row.replace('T', ' ').replace(/\.000Z/, ''));
  writeFileSync(path.join(folder, 'local.csv'), ['customerId,date,amount', ...rows, ''].join('\n'));
  const end = await askInProcess(folder, 'learn', 'local.csv', '--out', 'next.scenario.json');
  expect(end.code).toBe(0);
  expect(end.error).toMatch(/local\.csv: its dates name no time zone, and were read in UTC; --zone says another/);
  const named = await askInProcess(folder, 'learn', 'local.csv', '--zone', 'Europe/Berlin', '--out', 'b.scenario.json');
  expect([named.code, named.error]).toEqual([0, '']);
});

it('what could not be simulated is not written', async () => {
  const folder = folderWithSales();
  const end = await askInProcess(
    ...[folder, 'learn', 'sales.csv', '--badge', 'nowhere.badge.json', '--out', 'next.scenario.json'],
  );
  expect([end.code, end.out]).toEqual([1, '']);
  expect(end.error).toMatch(/cannot be simulated.* badges\[0\]\.badge: .*nowhere\.badge\.json/);
  expect(existsSync(path.join(folder, 'next.scenario.json'))).toBe(false);
});

it('a population below the customers of the file is refused, and one that is not used is said', async () => {
  const folder = folderWithSales();
  const learn = (...args: string[]) => askInProcess(folder, 'learn', 'sales.csv', ...args, '--out', 'n.scenario.json');
  const few = await learn('--segments', '1', '--population', '10');
  expect([few.code, few.out]).toEqual([1, '']);
  expect(few.error).toMatch(/has 2,\d{3} customers in the period, and 10 are said to be all/);
  const apart = await learn('--population', '5000');
  expect(apart.code).toBe(0);
  expect(apart.error).toMatch(/^--population was not used/);
});

it('where hardly any customer came twice it asks how many there are, and says what that may be', async () => {
  const folder = temporaryFolder();
  const order = (index: number): string =>
    `${String(index + 1)},2025-0${String(1 + (index % 3))}-1${String(index % 9)}T10:00:00Z`;
  writeFileSync(
    path.join(folder, 'orders.csv'),
    `customerId,date\n${Array.from({ length: 300 }, (_, index) => order(index)).join('\n')}\n`,
  );
  const args = ['learn', 'orders.csv', '--out', 'n.scenario.json'];
  const asked = await askInProcess(folder, ...args);
  expect([asked.code, asked.out]).toEqual([1, '']);
  expect(asked.error).toMatch(/hardly any customer came twice.*Say how many customers there are.*an order number/);
  expect(existsSync(path.join(folder, 'n.scenario.json'))).toBe(false);
  expect((await askInProcess(folder, ...args, '--population', '5000')).code).toBe(0);
});

it('a column that may hold amounts is named where none was found to', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 's.csv'), ['customerId,date,Total so far', ...ordinary(800), ''].join('\n'));
  const end = await askInProcess(folder, 'learn', 's.csv', '--out', 'n.scenario.json');
  expect(end.out).toContain('“Total so far” may be one: say it with --column "amount=Total so far".');
  const named = await askInProcess(
    folder,
    'learn',
    's.csv',
    '--column',
    'amount=Total so far',
    '--out',
    'm.scenario.json',
  );
  expect(named.out).not.toContain('No column of amounts');
});
