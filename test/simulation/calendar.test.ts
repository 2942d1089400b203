import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { dateAt } from '../../shared/domain/calendar';
import { SyntheticSource } from '../../shared/simulation/arrivals';
import { lintScenario } from '../../shared/simulation/lint';
import type { CustomerPart } from '../../shared/simulation/parts';
import { readScenario, type Scenario } from '../../shared/simulation/scenario';
import { Timeline } from '../../shared/simulation/timeline';
import { prepared, scenarioBody } from './scenarios';

const ACTIVITY = { perWeek: 2, dispersion: 0.5, weekdays: [1, 1, 1, 1, 2, 3, 0.5] };

function bodyWith(given: object, activity: object = {}, size = 30_000): object {
  return {
    schema: 'laurel/scenario@1',
    name: 'calendar',
    seed: 5,
    from: '2026-11-02T00:00:00Z',
    to: '2027-02-01T00:00:00Z',
    badges: [{ key: 'badge', badge: { name: 'Badge' } }],
    customers: { segments: [{ name: 'a', size, activity: { ...ACTIVITY, ...activity } }] },
    ...given,
  };
}

function scenarioOf(body: object): Scenario {
  const reading = readScenario(body);
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
  return reading.scenario;
}

function sourceOf(scenario: Scenario, replication = 0, part?: CustomerPart): SyntheticSource {
  return new SyntheticSource(scenario, new Timeline(scenario.from, scenario.to, scenario.timeZone), replication, part);
}

test('a calendar on all of whose days nobody comes is warned of', () => {
  const codes = (...calendar: object[]): string[] => {
    const body = scenarioBody({ from: '2026-11-02T00:00:00Z', to: '2027-02-01T00:00:00Z', calendar });
    return lintScenario(prepared(body), body).flatMap(({ words }) => words?.key ?? []);
  };
  const [before, after] = ['2026-11-30', '2026-12-01'];
  const closed = [
    { from: '2026-11-02', to: before, factor: 0 },
    { from: after, to: '2027-01-31', factor: 0 },
  ];
  expect(codes(...closed)).toContain('scenarios.calendarClosesAll');
  expect(codes(closed[0]!)).not.toContain('scenarios.calendarClosesAll');
  expect(codes(closed[0]!, { from: after, to: '2027-01-30', factor: 0 })).not.toContain('scenarios.calendarClosesAll');
});

/** Events by day of the period, and by customer. */
function countsOf(scenario: Scenario, replication = 0): { days: number[]; customers: number[] } {
  const { from, to, timeZone } = scenario;
  const source = sourceOf(scenario, replication);
  const first = dateAt(from, timeZone);
  const days = new Array<number>(dateAt(to - 1, timeZone) - first + 1).fill(0);
  const customers = new Array<number>(source.customers).fill(0);
  for (let slice = source.next(Infinity); slice !== null; slice = source.next(Infinity)) {
    for (let index = 0; index < slice.length; index += 1) {
      days[dateAt(slice.at[index]!, timeZone) - first]! += 1;
      customers[slice.customer[index]!]! += 1;
    }
  }
  return { days, customers };
}

const CALENDAR = [
  { from: '2026-11-27', to: '2026-11-28', factor: 3, name: 'Campaign' },
  { from: '2026-12-24', to: '2026-12-26', factor: 0, name: 'Closed' },
  { from: '2026-12-01', to: '2026-12-31', factor: 0.8, name: 'Roadworks' },
  { from: '2026-12-05', factor: 2 },
];
const SEASON = [0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.2, 1.7];

/** What each day is multiplied by, spelt out. */
function wanted(day: number): number {
  const date = new Date(Date.UTC(2026, 10, 2 + day));
  const text = date.toISOString().slice(0, 10);
  const weight = [0.5, 1, 1, 1, 1, 2, 3][date.getUTCDay()]! * (7 / 9.5);
  const month = text.startsWith('2026-12') ? 1.7 * 0.8 : text.startsWith('2026-11') ? 1.2 : 0.5;
  const entry =
    text === '2026-11-27' || text === '2026-11-28'
      ? 3
      : text === '2026-12-05'
        ? 2
        : text >= '2026-12-24' && text <= '2026-12-26'
          ? 0
          : 1;
  return weight * month * entry;
}

describe('calendar and season', () => {
  test('the days are as busy as their factors say: chi-square', () => {
    const scenario = scenarioOf(bodyWith({ calendar: CALENDAR }, { season: SEASON, dispersion: 0 }));
    let [square, freedom] = [0, 0];
    for (let replication = 0; replication < 3; replication += 1) {
      countsOf(scenario, replication).days.forEach((count, day) => {
        const expected = (30_000 * 2 * wanted(day)) / 7;
        if (expected === 0) expect(count).toBe(0);
        else {
          square += (count - expected) ** 2 / expected;
          freedom += 1;
        }
      });
    }
    expect(freedom).toBe(3 * 88);
    // 264 degrees of freedom have a deviation of 23: four of them.
    expect(Math.abs(square - freedom)).toBeLessThan(4 * Math.sqrt(2 * freedom));
  });

  test('customers differ as much as their dispersion says, of the events the calendar leaves', () => {
    const scenario = scenarioOf(bodyWith({ calendar: CALENDAR }, { season: SEASON }));
    const { customers } = countsOf(scenario);
    const m = Array.from({ length: 91 }, (_, day) => (2 * wanted(day)) / 7).reduce((sum, value) => sum + value, 0);
    const mean = customers.reduce((sum, count) => sum + count, 0) / customers.length;
    const variance = customers.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (customers.length - 1);
    expect(Math.abs(mean / m - 1)).toBeLessThan(0.02);
    expect(Math.abs(variance / (m + 0.5 * m * m) - 1)).toBeLessThan(0.06);
  });

  test('days of the scenario’s zone are meant, also of 23 hours', () => {
    const scenario = scenarioOf(
      bodyWith({
        ...{ timeZone: 'Europe/Berlin', from: '2026-03-27T00:00:00+01:00', to: '2026-03-31T00:00:00+02:00' },
        calendar: [
          { from: '2026-03-28', factor: 0 },
          { from: '2026-03-30', factor: 0 },
        ],
      }),
    );
    const { days } = countsOf(scenario);
    expect(days.map((count) => count > 0)).toEqual([true, false, true, false]);
  });

  test('parts of the customers draw what all of them together draw', () => {
    const scenario = scenarioOf(bodyWith({ calendar: CALENDAR }, { season: SEASON }, 40_000));
    const totalOf = (source: SyntheticSource): number => {
      let total = 0;
      for (let slice = source.next(Infinity); slice !== null; slice = source.next(Infinity)) total += slice.length;
      return total;
    };
    const parts = [0, 1].map((index) => sourceOf(scenario, 0, { index, of: 2 }));
    expect(parts.flatMap(({ blocks }) => blocks)).toEqual(sourceOf(scenario).blocks);
    expect(parts.map(totalOf).reduce((sum, value) => sum + value, 0)).toBe(totalOf(sourceOf(scenario)));
  });

  test('a period that is closed as a whole has no events, and ends', () => {
    const scenario = scenarioOf(bodyWith({ calendar: [{ from: '2020-01-01', to: '2030-01-01', factor: 0 }] }));
    expect(sourceOf(scenario).next(Infinity)).toBeNull();
  });

  test('a scenario without them draws what it drew before there were any', () => {
    const scenario = scenarioOf(bodyWith({}, { growthPerMonth: 0.1, amount: { mean: 20, spread: 0.5 } }, 9000));
    const hash = createHash('sha256');
    const source = sourceOf(scenario);
    for (let slice = source.next(Infinity); slice !== null; slice = source.next(Infinity)) {
      hash.update(slice.at.subarray(0, slice.length));
      hash.update(slice.customer.subarray(0, slice.length));
      hash.update(slice.amount!.subarray(0, slice.length));
    }
    expect(hash.digest('hex')).toBe('9aa3184ba7bd83a0890ea6a8d17a381128644378cb8049442039a6d0435d7eab');
  });
});

describe('what is wrong with a calendar', () => {
  const mistakes = (given: object, activity: object = {}): string[] => {
    const reading = readScenario(bodyWith(given, activity));
    return reading.ok ? [] : reading.findings.map(({ path, message }) => `${path} ${message}`);
  };

  test('mistakes name their place', () => {
    expect(
      mistakes({
        calendar: [
          { from: '2026-12-24', factor: 0 },
          { from: '24.12.2026', factor: -1 },
        ],
      }),
    ).toEqual(['calendar[1].from must be a day such as 2026-12-24', 'calendar[1].factor must be 0 or more']);
    expect(mistakes({ calendar: [{ from: '2026-02-30', factor: 1 }] })).toEqual([
      'calendar[0].from must be a day such as 2026-12-24',
    ]);
    expect(mistakes({ calendar: [{ from: '2026-12-24', to: '2026-12-23', factor: 1 }] })).toEqual([
      'calendar[0].to is before from',
    ]);
    expect(mistakes({}, { season: [1, 2] })).toEqual([
      'customers.segments[0].activity.season must be twelve factors, January first',
    ]);
    expect(mistakes({}, { season: new Array(12).fill(0) })).toEqual([
      'customers.segments[0].activity.season must not all be zero',
    ]);
    const twice = { from: '2026-12-24', factor: 900 };
    expect(mistakes({ calendar: [twice, twice] })).toEqual([
      'calendar multiplies a day by more than 1,000: lower the factors of the entries that share it',
    ]);
  });

  test('days outside of the period and days of two entries are warned of', () => {
    const body = scenarioBody({
      calendar: [
        { from: '2026-04-01', to: '2026-04-30', factor: 2 },
        { from: '2026-04-24', factor: 0, nmae: 'Closed' },
        { from: '2026-06-01', factor: 0 },
      ],
    });
    const about = (changes: object): string[] =>
      lintScenario(prepared({ ...body, ...changes }), body)
        .filter(({ path }) => path.startsWith('calendar'))
        .map(({ path, message }) => `${path} ${message}`);
    expect(about({})).toEqual([
      'calendar[1].nmae The engine does not know this field and leaves it out.',
      'calendar[1] These days overlap with calendar[0]: on the days of both, the factors multiply.',
      'calendar[2] These days are outside of the period and change nothing.',
    ]);
    const events = { csv: 'events.csv', customer: 'customer', at: 'at' };
    expect(about({ customers: null, events })).toContain(
      'calendar The calendar changes nothing here: the events are replayed from a file, as they were.',
    );
  });
});
