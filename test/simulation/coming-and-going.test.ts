import { describe, expect, test } from 'vitest';
import { dateAt } from '../../shared/domain/calendar';
import { expectedByDay, expectedCustomers, SyntheticSource } from '../../shared/simulation/arrivals';
import { EnrolmentWaves } from '../../shared/simulation/enrolment-waves';
import { lintScenario } from '../../shared/simulation/lint';
import type { CustomerPart } from '../../shared/simulation/parts';
import { RandomStream } from '../../shared/simulation/random';
import { betaShapes, drawnProbability, expectedEvents } from '../../shared/simulation/drop-out';
import { readScenario, type Scenario } from '../../shared/simulation/scenario';
import { Timeline } from '../../shared/simulation/timeline';
import { prepared, scenarioBody } from './scenarios';

const DAY = 86_400_000_000;

function bodyWith(segment: object, activity: object, given: object = {}): object {
  return {
    ...{ schema: 'laurel/scenario@1', name: 'coming and going', seed: 5 },
    ...{ from: '2026-01-05T00:00:00Z', to: '2026-07-06T00:00:00Z' },
    badges: [{ key: 'badge', badge: { name: 'Badge' } }],
    customers: {
      segments: [{ name: 'a', size: 4000, ...segment, activity: { perWeek: 1, dispersion: 0.5, ...activity } }],
    },
    ...given,
  };
}

function scenarioOf(body: object): Scenario {
  const reading = readScenario(body);
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
  return reading.scenario;
}

const timelineOf = ({ from, to, timeZone }: Scenario): Timeline => new Timeline(from, to, timeZone);
const sourceOf = (scenario: Scenario, replication = 0, part?: CustomerPart): SyntheticSource =>
  new SyntheticSource(scenario, timelineOf(scenario), replication, part);

/** All events, cut at some instants on the way. */
function eventsOf(source: SyntheticSource, stops: readonly number[] = [], mayBeApart = false) {
  const events: { at: number; customer: number; amount: number | null }[] = [];
  for (const stop of [...stops, Infinity]) {
    for (let slice = source.next(stop, mayBeApart); slice !== null; slice = source.next(stop, mayBeApart)) {
      for (let index = 0; index < slice.length; index += 1)
        events.push({ at: slice.at[index]!, customer: slice.customer[index]!, amount: slice.amount?.[index] ?? null });
      let late = 0;
      for (const { low, high } of slice.ranges)
        for (let index = low + 1; index < high; index += 1) if (slice.at[index]! < slice.at[index - 1]!) late += 1;
      expect(late).toBe(0);
    }
  }
  return events;
}

/** χ² of counts against what is expected of them, beyond its mean in its own standard deviations. */
const beyond = (counts: readonly number[], expected: readonly number[]): number =>
  (counts.reduce((sum, count, index) => sum + (count - expected[index]!) ** 2 / expected[index]!, 0) - counts.length) /
  Math.sqrt(2 * counts.length);

const WEEKDAYS = [0.6, 0.8, 1, 1, 1.2, 1.6, 0.8];

describe('newcomers', () => {
  const joining = bodyWith({ size: 500, joins: { perWeek: 400 } }, { weekdays: WEEKDAYS, growthPerMonth: 0.05 });

  test('join by a Poisson process that follows the days, each with a first event when they join', () => {
    const scenario = scenarioOf(joining);
    const timeline = timelineOf(scenario);
    const perDay = new Array<number>(timeline.days).fill(0);
    let newcomers = 0;
    for (let replication = 0; replication < 5; replication += 1) {
      const source = sourceOf(scenario, replication);
      const first = new Map<number, number>();
      for (const { at, customer } of eventsOf(source)) if (!first.has(customer)) first.set(customer, at);
      expect(source.joinsAt).toHaveLength(source.customers);
      for (let customer = 500; customer < source.customers; customer += 1) {
        expect(first.get(customer)).toBe(source.joinsAt![customer]);
        perDay[timeline.dayAt(first.get(customer)!)]! += 1;
      }
      newcomers += source.customers - 500;
    }
    // What 400 a week of average activity come to, by the same weights and growth as events.
    const month = (365.2425 / 12) * DAY;
    const expected = perDay.map((_, day) => {
      const growth = 1.05 ** ((timeline.starts[day]! - timeline.from) / month);
      return (5 * 400 * ((WEEKDAYS[timeline.weekDay(day)]! * 7) / 7) * growth) / 7;
    });
    expect(beyond(perDay, expected)).toBeLessThan(4);
    const all = expected.reduce((sum, one) => sum + one, 0);
    expect(Math.abs(newcomers - all) / Math.sqrt(all)).toBeLessThan(4);
  });

  test('are nobody before they join, and no wave enrols them before', () => {
    const scenario = scenarioOf(joining);
    const source = sourceOf(scenario);
    expect(eventsOf(source).every(({ at, customer }) => at >= source.joinsAt![customer]!)).toBe(true);
    const body = scenarioBody({
      ...{ from: '2026-01-05T00:00:00Z', to: '2026-07-06T00:00:00Z' },
      customers: { segments: [{ name: 'a', size: 500, joins: { perWeek: 400 }, activity: { perWeek: 1 } }] },
      badges: [{ ...(scenarioBody() as { badges: object[] }).badges[0], enrol: [{ at: '2026-01-06T00:00:00Z' }] }],
    });
    const whole = prepared(body);
    const people = new SyntheticSource(whole.scenario, whole.timeline, 0);
    const waves = new EnrolmentWaves(whole.badges[0]!, people, whole.scenario, 0);
    const at = waves.nextAt;
    const there = people.joinsAt!.filter((joined) => joined <= at).length;
    waves.runNext();
    const touched = waves.enrolled + [...waves.rejected.values()].reduce((sum, one) => sum + one, 0);
    expect(there).toBeGreaterThan(500);
    expect(there).toBeLessThan(people.customers);
    expect(touched).toBe(there);
  });
});

describe('drop-out', () => {
  test('of customers all alike leaves each with a geometric number of events', () => {
    // So many a week that all who stay would have hundreds: whoever is there has left long before the end.
    const scenario = scenarioOf(
      bodyWith({ size: 20_000 }, { perWeek: 30, dispersion: 0, dropOut: { probability: 0.25 } }),
    );
    const counts = new Array<number>(20_000).fill(0);
    for (const { customer } of eventsOf(sourceOf(scenario))) counts[customer]! += 1;
    const found = Array.from({ length: 15 }, (_, index) => counts.filter((count) => count === index + 1).length);
    const expected = found.map((_, index) => 20_000 * 0.25 * 0.75 ** index);
    expect(beyond(found, expected)).toBeLessThan(4);
  });

  test('with probabilities of their own leaves what is expected on each day', () => {
    for (const dispersion of [0, 0.05, 1, 5]) {
      const activity = { weekdays: WEEKDAYS, dropOut: { probability: 0.1, dispersion } };
      const scenario = scenarioOf(bodyWith({ size: 20_000, joins: { perWeek: 300 } }, activity));
      const timeline = timelineOf(scenario);
      const days = new Array<number>(timeline.days).fill(0);
      for (const { at } of eventsOf(sourceOf(scenario))) days[dateAt(at, 'UTC') - timeline.firstDate]! += 1;
      // By weeks: the customers' own rates make days hang together, by little where they are so many.
      const weeks = (of: ArrayLike<number>): number[] =>
        Array.from({ length: 26 }, (_, week) =>
          Array.from({ length: 7 }, (__, day) => of[week * 7 + day]!).reduce((sum, one) => sum + one, 0),
        );
      const [found, expected] = [weeks(days), weeks(expectedByDay(scenario, timeline)!)];
      found.forEach((count, week) => expect(Math.abs(count / expected[week]! - 1)).toBeLessThan(0.08));
      const sum = (of: readonly number[]): number => of.reduce((all, one) => all + one, 0);
      expect(Math.abs(sum(found) / sum(expected) - 1)).toBeLessThan(0.015);
    }
  });

  test('probabilities have the mean and the dispersion that are said', () => {
    const dropOut = { probability: 0.08, dispersion: 2 };
    const stream = new RandomStream([1, 'probabilities']);
    const drawn = Array.from({ length: 50_000 }, () => drawnProbability(dropOut, stream));
    const mean = drawn.reduce((sum, p) => sum + p, 0) / drawn.length;
    const square = drawn.reduce((sum, p) => sum + p * p, 0) / drawn.length;
    expect(mean).toBeCloseTo(0.08, 2);
    expect(square / mean ** 2 - 1).toBeCloseTo(2, 0);
    expect(betaShapes(dropOut)).toMatchObject({ a: expect.closeTo(0.08 * (0.92 / 0.16 - 1), 9) as number });
  });

  test('what is expected is the closed form where there is one', () => {
    // All alike: (1 − e^(−p m t)) / p. With rates of their own and p = 1: the share who had an event.
    expect(expectedEvents(2, 0, { probability: 0.2, dispersion: 0 })(10)).toBeCloseTo((1 - Math.exp(-4)) / 0.2, 9);
    expect(expectedEvents(2, 0.5, { probability: 1, dispersion: 0 })(10)).toBeCloseTo(1 - 11 ** -2, 9);
    expect(expectedEvents(2, 0.5, null)(10)).toBe(20);
    // The mean of many draws.
    const dropOut = { probability: 0.1, dispersion: 3 };
    const stream = new RandomStream([2, 'probabilities']);
    let sum = 0;
    for (let draw = 0; draw < 40_000; draw += 1)
      sum += expectedEvents(2, 0.5, { probability: drawnProbability(dropOut, stream), dispersion: 0 })(10);
    expect(expectedEvents(2, 0.5, dropOut)(10) / (sum / 40_000)).toBeCloseTo(1, 1);
  });
});

describe('the rest', () => {
  const both = bodyWith(
    { size: 9000, joins: { perWeek: 700 } },
    { dropOut: { probability: 0.05, dispersion: 1 }, amount: { mean: 40, spread: 0.5 } },
  );

  test('a scenario with neither, or with nothing of either, draws what it drew before', () => {
    const plain = eventsOf(sourceOf(scenarioOf(bodyWith({}, { amount: { mean: 40, spread: 0.5 } }))));
    const none = bodyWith(
      { joins: { perWeek: 0 } },
      { dropOut: { probability: 0, dispersion: 0 }, amount: { mean: 40, spread: 0.5 } },
    );
    expect(eventsOf(sourceOf(scenarioOf(none)))).toEqual(plain);
    // Who is described stays who they are beside newcomers.
    const beside = eventsOf(
      sourceOf(scenarioOf(bodyWith({ joins: { perWeek: 50 } }, { amount: { mean: 40, spread: 0.5 } }))),
    );
    expect(beside.filter(({ customer }) => customer < 4000)).toEqual(plain);
    expect(beside.length).toBeGreaterThan(plain.length);
  });

  test('where a stretch ends moves nothing, and the same seed gives the same', () => {
    const scenario = scenarioOf(both);
    const inOrder = (events: ReturnType<typeof eventsOf>) =>
      events.toSorted((one, other) => one.at - other.at || one.customer - other.customer);
    const whole = inOrder(eventsOf(sourceOf(scenario)));
    const stops = [3, 10.5, 77].map((days) => scenario.from + days * DAY);
    expect(inOrder(eventsOf(sourceOf(scenario), stops))).toEqual(whole);
    expect(inOrder(eventsOf(sourceOf(scenario), stops, true))).toEqual(whole);
    expect(inOrder(eventsOf(sourceOf(scenario, 1)))).not.toEqual(whole);
    expect(whole.every(({ amount }) => amount !== null && amount > 0)).toBe(true);
  });

  test('parts of the customers together are all of them', () => {
    const scenario = scenarioOf(both);
    const whole = eventsOf(sourceOf(scenario));
    const parts = [0, 1, 2].map((index) => sourceOf(scenario, 0, { index, of: 3 }));
    const instants = parts.flatMap((part) => eventsOf(part).map(({ at }) => at));
    expect(instants.toSorted((one, other) => one - other)).toEqual(
      whole.map(({ at }) => at).toSorted((one, other) => one - other),
    );
    expect(parts.reduce((sum, { customers }) => sum + customers, 0)).toBe(sourceOf(scenario).customers);
  });

  test('what cannot be is refused in words, and both fields are known', () => {
    const wide = readScenario(bodyWith({}, { dropOut: { probability: 0.5, dispersion: 1 } }));
    expect(wide).toMatchObject({
      ok: false,
      findings: [{ path: 'customers.segments[0].activity.dropOut' }],
    });
    expect(readScenario(bodyWith({ joins: { perWeek: 1e9 } }, {}))).toMatchObject({ ok: false });
    const body = both as { customers: unknown };
    expect(
      lintScenario(prepared(scenarioBody({ customers: body.customers })), scenarioBody({ customers: body.customers })),
    ).not.toContainEqual(expect.objectContaining({ path: expect.stringMatching(/joins|dropOut/) as string }));
  });
});

test('customers who were there are those of the beginning and all who joined, whether they left or not', () => {
  const scenario = scenarioOf(bodyWith({ size: 5000, joins: { perWeek: 40 } }, { dropOut: { probability: 0.1 } }));
  const timeline = timelineOf(scenario);
  const [segment] = scenario.customers!.segments;
  const weeks = (scenario.to - scenario.from) / (7 * 86_400_000_000);
  expect(expectedCustomers(segment!, scenario, timeline, timeline.days)).toBeCloseTo(5000 + 40 * weeks, 6);
  expect(expectedCustomers(segment!, scenario, timeline, 0)).toBe(5000);
  expect(expectedCustomers({ ...segment!, joins: null }, scenario, timeline, timeline.days)).toBe(5000);
});

test('there is room for those who are described and those who join, however many', () => {
  // The activity of a segment's days is held once; held twice, its last part lay beyond the memory for some sizes.
  const to = '2027-11-29T00:00:00Z';
  for (let size = 500; size < 8000; size += 400) {
    const scenario = scenarioOf(bodyWith({ size, joins: { perWeek: 1 } }, { perWeek: 0.01 }, { to }));
    expect(eventsOf(sourceOf(scenario)).length).toBeGreaterThan(0);
  }
});
