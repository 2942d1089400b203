import { expect, test } from 'vitest';
import { SyntheticSource } from '../../shared/simulation/arrivals';
import { readScenario, type Scenario } from '../../shared/simulation/scenario';
import { Timeline } from '../../shared/simulation/timeline';
import { segmentsOfRun } from '../../shared/simulation/uncertain-segments';

function scenarioOf(activity: object, segment: object = {}): Scenario {
  const reading = readScenario({
    ...{ schema: 'laurel/scenario@1', name: 'uncertain', seed: 5 },
    ...{ from: '2026-01-05T00:00:00Z', to: '2026-03-02T00:00:00Z' },
    badges: [{ key: 'badge', badge: { name: 'Badge' } }],
    customers: {
      segments: [{ name: 'a', size: 3000, ...segment, activity: { perWeek: 1, growthPerMonth: 0.02, ...activity } }],
    },
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
  return reading.scenario;
}

function eventsOf(scenario: Scenario, replication: number): number {
  const source = new SyntheticSource(scenario, new Timeline(scenario.from, scenario.to, 'UTC'), replication);
  let events = 0;
  for (let slice = source.next(Infinity); slice !== null; slice = source.next(Infinity)) events += slice.length;
  return events;
}

const UNCERTAIN = { perWeek: 0.1, growthPerMonth: 0.02, joins: 0.2 };

test('each run draws its own numbers, as uncertain as they are said to be, and the same ones each time', () => {
  const scenario = scenarioOf({ uncertainty: UNCERTAIN }, { joins: { perWeek: 50 } });
  const runs = Array.from({ length: 2000 }, (_, replication) => segmentsOfRun(scenario, replication)[0]!);
  const deviation = (of: (run: (typeof runs)[number]) => number): number => {
    const values = runs.map(of);
    const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
    // Six standard errors of the widest from nothing.
    expect(Math.abs(mean)).toBeLessThan(0.03);
    return Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length);
  };
  expect(deviation(({ activity }) => Math.log(activity.perWeek))).toBeCloseTo(0.1, 2);
  expect(deviation(({ activity }) => Math.log((1 + activity.growthPerMonth) / 1.02))).toBeCloseTo(0.02, 2);
  expect(deviation(({ joins }) => Math.log(joins!.perWeek / 50))).toBeCloseTo(0.2, 1);
  expect(segmentsOfRun(scenario, 7)).toEqual(segmentsOfRun(scenario, 7));
  // What one number is drawn to moves no other.
  const [alone] = segmentsOfRun(scenarioOf({ uncertainty: { perWeek: 0.1 } }, { joins: { perWeek: 50 } }), 7);
  expect(alone!.activity.perWeek).toBe(segmentsOfRun(scenario, 7)[0]!.activity.perWeek);
});

test('the spread of runs holds it, and a scenario that says nothing, or nothing of it, is as it was', () => {
  const [plain, none] = [scenarioOf({}), scenarioOf({ uncertainty: { perWeek: 0 } })];
  const uncertain = scenarioOf({ uncertainty: { perWeek: 0.1 } });
  const totals = (scenario: Scenario): number[] => Array.from({ length: 60 }, (_, run) => eventsOf(scenario, run));
  const spread = (values: readonly number[]): number => {
    const logs = values.map(Math.log);
    const mean = logs.reduce((sum, one) => sum + one, 0) / logs.length;
    return Math.sqrt(logs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / logs.length);
  };
  const before = totals(plain);
  expect(totals(none)).toEqual(before);
  expect(segmentsOfRun(plain, 0)[0]).toBe(plain.customers!.segments[0]);
  expect(spread(before)).toBeLessThan(0.02);
  expect(spread(totals(uncertain))).toBeGreaterThan(0.07);
  expect(spread(totals(uncertain))).toBeLessThan(0.14);
});

test('what nobody can be so unsure of is refused', () => {
  expect(() => scenarioOf({ uncertainty: { perWeek: 2 } })).toThrow(/uncertainty/);
});

test('how far a run may draw counts for what a scenario may come to', () => {
  const read = (activity: object, size: number): boolean =>
    readScenario({
      ...{ schema: 'laurel/scenario@1', name: 'uncertain', seed: 5 },
      ...{ from: '2026-01-05T00:00:00Z', to: '2030-01-05T00:00:00Z' },
      badges: [{ key: 'badge', badge: { name: 'Badge' } }],
      customers: { segments: [{ name: 'a', size, joins: { perWeek: 1000 }, activity: { perWeek: 1, ...activity } }] },
    }).ok;
  expect(read({}, 1_000_000)).toBe(true);
  expect(read({ uncertainty: { perWeek: 0.1, growthPerMonth: 0.01, joins: 0.2 } }, 1_000_000)).toBe(true);
  expect(read({ uncertainty: { growthPerMonth: 1 } }, 1_000_000)).toBe(false);
  expect(read({ uncertainty: { joins: 1 } }, 45_000_000)).toBe(false);
  expect(read({}, 45_000_000)).toBe(true);
});

const DRAWS = [
  { draw: 'all 1', perWeek: 0.03, joins: -0.02, dispersion: 0.2, leaving: 0.3, leavingDispersion: -0.4, amount: 0.05 },
  {
    draw: 'all 2',
    perWeek: -0.04,
    growthPerMonth: 0.01,
    season: Array.from({ length: 12 }, (_, month) => month / 100),
  },
];
const MOVING = {
  ...{ dispersion: 0.5, season: Array.from({ length: 12 }, () => 1), amount: { mean: 10, spread: 1 } },
  dropOut: { probability: 0.1, dispersion: 1 },
};

test('one draw moves several numbers together, and those of another segment that names it', () => {
  const runs = Array.from({ length: 2000 }, (_, replication) => {
    const scenario = scenarioOf({ ...MOVING, uncertainty: { together: DRAWS } }, { joins: { perWeek: 50 } });
    return segmentsOfRun(scenario, replication)[0]!;
  });
  const { activity } = runs[3]!;
  const odds = (probability: number): number => Math.log(probability / (1 - probability));
  const first = Math.log(runs[3]!.joins!.perWeek / 50) / -0.02;
  const second = Math.log((1 + activity.growthPerMonth) / 1.02) / 0.01;
  expect(Math.log(activity.perWeek)).toBeCloseTo(0.03 * first - 0.04 * second, 9);
  expect(Math.log(activity.dispersion / 0.5)).toBeCloseTo(0.2 * first, 9);
  expect(odds(activity.dropOut!.probability) - odds(0.1)).toBeCloseTo(0.3 * first, 9);
  expect(Math.log(activity.dropOut!.dispersion)).toBeCloseTo(-0.4 * first, 9);
  expect(Math.log(activity.amount!.mean / 10)).toBeCloseTo(0.05 * first, 9);
  expect(Math.log(activity.season![11]!)).toBeCloseTo(0.11 * second, 9);
  const rates = runs.map((run) => Math.log(run.activity.perWeek));
  expect(Math.sqrt(rates.reduce((sum, one) => sum + one * one, 0) / rates.length)).toBeCloseTo(0.05, 2);
  const other = scenarioOf({ ...MOVING, uncertainty: { together: [DRAWS[0]!] } }, { name: 'b' });
  expect(Math.log(segmentsOfRun(other, 3)[0]!.activity.amount!.mean / 10)).toBeCloseTo(0.05 * first, 9);
});

test('a dispersion of leaving that a run draws too wide stays within its bound', () => {
  const wide = scenarioOf({
    dropOut: { probability: 0.4, dispersion: 1.4 },
    uncertainty: { together: [{ draw: 'x', leaving: 2, leavingDispersion: 3 }] },
  });
  for (let run = 0; run < 50; run += 1) {
    const { probability, dispersion } = segmentsOfRun(wide, run)[0]!.activity.dropOut!;
    expect(probability).toBeGreaterThan(0);
    expect(dispersion).toBeLessThan((1 - probability) / probability);
    expect(Number.isFinite(eventsOf(wide, run))).toBe(true);
  }
});

test('the same customers come as often in all as it is said, and differ from each other as before', () => {
  const totals = (sameCustomers: boolean): number[] =>
    Array.from({ length: 60 }, (_, run) =>
      eventsOf(scenarioOf({ dispersion: 3, growthPerMonth: 0, uncertainty: { sameCustomers } }, { size: 500 }), run),
    );
  const deviation = (values: readonly number[]): number => {
    const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
    return Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length) / mean;
  };
  // 500 customers × 8 weeks: Poisson alone is 1.6 %, rates of their own add 7.7 %.
  expect(deviation(totals(true))).toBeLessThan(0.025);
  expect(deviation(totals(false))).toBeGreaterThan(0.05);
  expect(totals(false)).toEqual(
    Array.from({ length: 60 }, (_, run) =>
      eventsOf(scenarioOf({ dispersion: 3, growthPerMonth: 0 }, { size: 500 }), run),
    ),
  );
});

test('what draws move together counts for what a scenario may come to', () => {
  expect(() => scenarioOf({ uncertainty: { together: [{ draw: 'x', perWeek: 2 }] } })).toThrow(/together/);
  const all = Array.from({ length: 40 }, (_, index) => ({ draw: String(index), perWeek: 1 }));
  expect(() => scenarioOf({ uncertainty: { together: all } }, { size: 1_000_000 })).toThrow();
});

test('weekdays and the spread of amounts move by draws, too; the events of a week stay, and who says nothing of them is as before', () => {
  const own = (place: number, by: number): number[] => Array.from({ length: 7 }, (_, day) => (day === place ? by : 0));
  const activity = { weekdays: [1, 1, 1, 1, 1, 2, 0], amount: { mean: 20, spread: 0.5 } };
  const together = [
    { draw: 'a 1', weekdays: own(5, 0.3), amountSpread: 0.2 },
    { draw: 'a 2', weekdays: own(6, 0.3) },
  ];
  const scenario = scenarioOf({ ...activity, uncertainty: { together } });
  const runs = Array.from({ length: 2000 }, (_, run) => segmentsOfRun(scenario, run)[0]!.activity);
  const deviation = (of: (run: (typeof runs)[number]) => number): number =>
    Math.sqrt(runs.reduce((sum, run) => sum + of(run) ** 2, 0) / runs.length);
  expect(deviation(({ weekdays }) => Math.log(weekdays[5]! / 2))).toBeCloseTo(0.3, 1);
  expect(deviation(({ amount }) => Math.log(amount!.spread / 0.5))).toBeCloseTo(0.2, 1);
  // No event ever came on a Sunday, and none does now.
  expect(runs.every(({ weekdays, amount }) => weekdays[6] === 0 && weekdays[0] === 1 && amount!.mean === 20)).toBe(
    true,
  );
  const certain = scenarioOf({ ...activity, uncertainty: { together: [{ draw: 'a 1', amount: 0.01 }] } });
  expect(segmentsOfRun(certain, 3)[0]!.activity.weekdays).toEqual(activity.weekdays);
  // Eight whole weeks have as many events however they are spread over their days.
  const totals = Array.from({ length: 30 }, (_, run) => eventsOf(scenario, run));
  expect(Math.max(...totals) / Math.min(...totals)).toBeLessThan(1.05);
  expect(() => scenarioOf({ uncertainty: { together: [{ draw: 'a', weekdays: [0.1] }] } })).toThrow(/weekdays/);
});
