import { describe, expect, test } from 'vitest';
import { DAY, instantOf } from '../../shared/domain/instant';
import { SyntheticSource } from '../../shared/simulation/arrivals';
import { exp, ln } from '../../shared/simulation/portable-math';
import { RandomStream } from '../../shared/simulation/random';
import { readScenario, type Scenario } from '../../shared/simulation/scenario';
import { Timeline } from '../../shared/simulation/timeline';

function scenarioWith(segments: unknown[], from: string, to: string, timeZone = 'UTC', seed = 1): Scenario {
  const badges = [{ key: 'badge', badge: {} }];
  const reading = readScenario({
    schema: 'laurel/scenario@1',
    name: 'arrivals',
    seed,
    timeZone,
    from,
    to,
    badges,
    customers: { segments },
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
  return reading.scenario;
}

interface Event {
  at: number;
  customer: number;
  amount: number | null;
}

function eventsOf(scenario: Scenario, replication = 0): Event[] {
  const source = new SyntheticSource(
    scenario,
    new Timeline(scenario.from, scenario.to, scenario.timeZone),
    replication,
  );
  const events: Event[] = [];
  for (let batch = source.next(Infinity); batch !== null; batch = source.next(Infinity)) {
    for (let index = 0; index < batch.length; index += 1) {
      events.push({
        at: batch.at[index]!,
        customer: batch.customer[index]!,
        amount: batch.amount === null ? null : batch.amount[index]!,
      });
    }
  }
  // Ties keep the order of the ranges.
  return events.sort((left, right) => left.at - right.at);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]): number => {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
};

describe('portable mathematics', () => {
  test('logarithm and exponential agree with the built-in ones to the last digits', () => {
    for (let step = 0; step < 20_000; step += 1) {
      const x = 10 ** (-30 + step * 0.003);
      expect(Math.abs(ln(x) - Math.log(x))).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(Math.log(x))));
      const y = -700 + step * 0.07;
      expect(Math.abs(exp(y) / Math.exp(y) - 1)).toBeLessThan(1e-13);
    }
    expect(ln(1)).toBe(0);
    expect(exp(0)).toBe(1);
  });
});

describe('draws', () => {
  const many = (draw: (stream: RandomStream) => number): number[] => {
    const stream = new RandomStream(['test', 5]);
    return Array.from({ length: 200_000 }, () => draw(stream));
  };

  test('the exponential has mean 1, variance 1 and its own tail', () => {
    const draws = many((stream) => stream.exponential());
    expect(mean(draws)).toBeCloseTo(1, 1.7);
    expect(variance(draws)).toBeCloseTo(1, 1);
    for (const edge of [0.1, 1, 3, 6, 8]) {
      const share = draws.filter((draw) => draw > edge).length / draws.length;
      expect(Math.abs(share - Math.exp(-edge))).toBeLessThan(4.5 * Math.sqrt(Math.exp(-edge) / draws.length) + 1e-5);
    }
  });

  test.each([0.2, 0.5, 1, 2, 9])('the gamma of shape %d has mean and variance equal to its shape', (shape) => {
    const draws = many((stream) => stream.gamma(shape));
    expect(Math.abs(mean(draws) / shape - 1)).toBeLessThan(5 / Math.sqrt(shape * draws.length));
    expect(Math.abs(variance(draws) / shape - 1)).toBeLessThan(0.06);
  });

  test('the normal has mean 0, variance 1 and a fourth moment of 3', () => {
    const draws = many((stream) => stream.normal());
    expect(Math.abs(mean(draws))).toBeLessThan(0.012);
    expect(variance(draws)).toBeCloseTo(1, 1);
    expect(mean(draws.map((draw) => draw ** 4))).toBeCloseTo(3, 0);
  });

  test('streams of different names have nothing in common', () => {
    const [one, other] = [new RandomStream(['picks', 1]), new RandomStream(['picks', 2])];
    const pairs = Array.from({ length: 50_000 }, () => [one.uniform() - 0.5, other.uniform() - 0.5] as const);
    expect(Math.abs(12 * mean(pairs.map(([left, right]) => left * right)))).toBeLessThan(0.025);
  });
});

describe('arrivals', () => {
  test('as many events come as the rates say, over replications', () => {
    const segments = [{ name: 'a', size: 300, activity: { perWeek: 1.5, dispersion: 0.5 } }];
    const scenario = scenarioWith(segments, '2026-01-05T00:00:00Z', '2026-03-02T00:00:00Z');
    const totals = Array.from({ length: 200 }, (_, replication) => eventsOf(scenario, replication).length);
    const expected = 300 * 1.5 * 8;
    // Poisson variance plus that of the customers' own rates.
    const spread = expected + 300 * 0.5 * (1.5 * 8) ** 2;
    expect(Math.abs(mean(totals) - expected)).toBeLessThan(4 * Math.sqrt(spread / totals.length));
    expect(variance(totals) / spread).toBeGreaterThan(0.65);
    expect(variance(totals) / spread).toBeLessThan(1.45);
  });

  test('customers differ as the dispersion says: counts have variance m + dispersion m²', () => {
    const segments = [{ name: 'a', size: 20_000, activity: { perWeek: 1, dispersion: 0.8 } }];
    const scenario = scenarioWith(segments, '2026-01-05T00:00:00Z', '2026-02-02T00:00:00Z');
    const counts = new Array<number>(20_000).fill(0);
    for (const event of eventsOf(scenario)) counts[event.customer] = (counts[event.customer] ?? 0) + 1;
    expect(mean(counts)).toBeCloseTo(4, 0);
    expect(variance(counts) / (4 + 0.8 * 16)).toBeGreaterThan(0.93);
    expect(variance(counts) / (4 + 0.8 * 16)).toBeLessThan(1.07);
  });

  test('dispersion 0: all customers alike', () => {
    const scenario = scenarioWith(
      [{ name: 'a', size: 20_000, activity: { perWeek: 1 } }],
      '2026-01-05T00:00:00Z',
      '2026-02-02T00:00:00Z',
    );
    const counts = new Array<number>(20_000).fill(0);
    for (const event of eventsOf(scenario)) counts[event.customer] = (counts[event.customer] ?? 0) + 1;
    expect(Math.abs(variance(counts) / mean(counts) - 1)).toBeLessThan(0.05);
  });

  test('weekdays are weighted in the zone of the scenario, also on the day of 25 hours', () => {
    const segments = [{ name: 'a', size: 5000, activity: { perWeek: 7, weekdays: [0, 0, 0, 0, 0, 0, 1] } }];
    const scenario = scenarioWith(segments, '2026-10-19T00:00:00+02:00', '2026-10-26T00:00:00+01:00', 'Europe/Berlin');
    const sunday = instantOf('2026-10-25T00:00:00+02:00');
    const events = eventsOf(scenario);
    expect(events.every((event) => event.at >= sunday && event.at < sunday + (25 / 24) * DAY)).toBe(true);
    expect(Math.abs(events.length / ((5000 * 7 * 25) / 24) - 1)).toBeLessThan(0.03);
  });

  test('growth compounds by the month', () => {
    const segments = [{ name: 'a', size: 3000, activity: { perWeek: 7, growthPerMonth: 0.5 } }];
    const scenario = scenarioWith(segments, '2026-01-01T00:00:00Z', '2026-05-03T00:00:00Z');
    const events = eventsOf(scenario);
    const fourMonths = (365.2425 / 12) * 4 * DAY;
    const from = scenario.from;
    const early = events.filter((event) => event.at < from + DAY).length;
    const late = events.filter((event) => event.at >= from + fourMonths - DAY && event.at < from + fourMonths).length;
    expect(late / early / 1.5 ** 4).toBeGreaterThan(0.93);
    expect(late / early / 1.5 ** 4).toBeLessThan(1.05);
  });

  test('amounts are log-normal with the mean and the coefficient of variation', () => {
    const segments = [{ name: 'a', size: 5000, activity: { perWeek: 7, amount: { mean: 40, spread: 0.6 } } }];
    const amounts = eventsOf(scenarioWith(segments, '2026-01-05T00:00:00Z', '2026-02-02T00:00:00Z')).map(
      (event) => event.amount ?? NaN,
    );
    expect(mean(amounts)).toBeCloseTo(40, 0);
    expect(Math.sqrt(variance(amounts)) / mean(amounts)).toBeCloseTo(0.6, 1);
    expect(mean(amounts.map((amount) => Math.log(amount)))).toBeCloseTo(Math.log(40) - Math.log(1 + 0.36) / 2, 1);
  });

  test('events come in order, within the period, on whole microseconds', () => {
    const segments = [
      { name: 'a', size: 700, activity: { perWeek: 3, dispersion: 2 } },
      { name: 'b', size: 0, activity: { perWeek: 3 } },
      { name: 'c', size: 40, activity: { perWeek: 30, amount: { mean: 3 } } },
    ];
    const scenario = scenarioWith(segments, '2026-01-05T10:20:30.5Z', '2026-02-02T03:00:00Z', 'Asia/Kolkata');
    const events = eventsOf(scenario);
    expect(
      events.every((event) => Number.isInteger(event.at) && event.at >= scenario.from && event.at < scenario.to),
    ).toBe(true);
    expect(events.every((event, index) => index === 0 || event.at >= events[index - 1]!.at)).toBe(true);
    expect(events.every((event) => (event.customer >= 700 ? event.amount === 3 : Number.isNaN(event.amount)))).toBe(
      true,
    );
  });

  test('a segment keeps its events when another one is added, and the replications differ', () => {
    const one = { name: 'a', size: 500, activity: { perWeek: 2, dispersion: 1, amount: { mean: 9, spread: 1 } } };
    const other = { name: 'b', size: 100, activity: { perWeek: 5 } };
    const period = ['2026-01-05T00:00:00Z', '2026-02-02T00:00:00Z'] as const;
    const alone = eventsOf(scenarioWith([one], ...period));
    const together = eventsOf(scenarioWith([one, other], ...period)).filter((event) => event.customer < 500);
    expect(together).toEqual(alone);
    expect(eventsOf(scenarioWith([one], ...period), 1)).not.toEqual(alone);
    expect(eventsOf(scenarioWith([one], ...period, 'UTC', 2))).not.toEqual(alone);
  });
});
