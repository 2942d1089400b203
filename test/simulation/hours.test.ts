import { describe, expect, test } from 'vitest';
import { expectedByDay, expectedCustomers, expectedShares, SyntheticSource } from '../../shared/simulation/arrivals';
import { lintScenario } from '../../shared/simulation/lint';
import { joinParts, type CustomerPart } from '../../shared/simulation/parts';
import { readScenario, type Scenario } from '../../shared/simulation/scenario';
import { runReplication } from '../../shared/simulation/simulate';
import { Timeline } from '../../shared/simulation/timeline';
import { badgeBody, prepared, scenarioBody } from './scenarios';

const HOUR = 3_600_000_000;
/** Nobody at night, a rush at noon and another in the evening; their sum is not 24. */
const HOURS = [0.5, 0.2, 3, 0, 0, 0, 1, 4, 9, 7, 5, 6, 14, 9, 6, 6, 8, 12, 15, 11, 6, 3, 2, 1];
const WEEKDAYS = [1, 1, 1, 1, 2, 3, 0.5];

function bodyWith(given: object, segment: object, activity: object): object {
  return {
    ...{ schema: 'laurel/scenario@1', name: 'hours', seed: 5, timeZone: 'Europe/Berlin' },
    ...{ from: '2026-03-16T00:00:00+01:00', to: '2026-04-13T00:00:00+02:00' },
    badges: [{ key: 'badge', badge: { name: 'Badge' } }],
    customers: {
      segments: [
        { name: 'a', size: 20_000, ...segment, activity: { perWeek: 3, dispersion: 0, hours: HOURS, ...activity } },
      ],
    },
    ...given,
  };
}

function scenarioOf(given: object, activity: object = {}, segment: object = {}): Scenario {
  const reading = readScenario(bodyWith(given, segment, activity));
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
  return reading.scenario;
}

const timelineOf = ({ from, to, timeZone }: Scenario): Timeline => new Timeline(from, to, timeZone);
const sourceOf = (scenario: Scenario, replication = 0, part?: CustomerPart): SyntheticSource =>
  new SyntheticSource(scenario, timelineOf(scenario), replication, part);

function instantsOf(source: SyntheticSource): number[] {
  const instants: number[] = [];
  for (let slice = source.next(Infinity); slice !== null; slice = source.next(Infinity))
    for (let index = 0; index < slice.length; index += 1) instants.push(slice.at[index]!);
  return instants;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** `2026-03-29 02`, and the weekday, Monday 0, as another calendar than that of the engine has it. */
function shown(instant: number, zone: string): { hour: string; weekDay: number } {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', weekday: 'short' },
      hourCycle: 'h23',
    });
  clocks.set(zone, clock);
  const parts = Object.fromEntries(clock.formatToParts(instant / 1000).map(({ type, value }) => [type, value]));
  const { year, month, day, hour, weekday } = parts as Record<string, string>;
  return {
    hour: `${year}-${month}-${day} ${hour}`,
    weekDay: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(weekday!),
  };
}

/** How many events each hour of each day is expected to have, added up by stretches of five minutes. */
function expectedByHour({ from, to, timeZone }: Scenario, perWeek: number): Map<string, number> {
  const step = HOUR / 12;
  const sum = HOURS.reduce((all, weight) => all + weight, 0);
  const week = WEEKDAYS.reduce((all, weight) => all + weight, 0);
  const expected = new Map<string, number>();
  for (let at = from; at < to; at += step) {
    const { hour, weekDay } = shown(at, timeZone);
    const weight = ((HOURS[Number(hour.slice(-2))]! * 24) / sum) * ((WEEKDAYS[weekDay]! * 7) / week);
    expected.set(hour, (expected.get(hour) ?? 0) + (weight * perWeek * step) / (7 * 24 * HOUR));
  }
  return expected;
}

function countsByHour(instants: readonly number[], zone: string): Map<string, number> {
  const counts = new Map<string, number>();
  // Formatted once for each five minutes: clocks of these zones change at multiples of them.
  const known = new Map<number, string>();
  for (const at of instants) {
    const place = Math.floor(at / (HOUR / 12));
    const hour = known.get(place) ?? shown(at, zone).hour;
    known.set(place, hour);
    counts.set(hour, (counts.get(hour) ?? 0) + 1);
  }
  return counts;
}

/** χ² beyond its mean in its own standard deviations; what is not expected must not be there. */
function beyond(counts: ReadonlyMap<string, number>, expected: ReadonlyMap<string, number>): number {
  let [square, freedom] = [0, 0];
  for (const [hour, wanted] of expected) {
    const count = counts.get(hour) ?? 0;
    if (wanted === 0) expect(`${hour}: ${String(count)}`).toBe(`${hour}: 0`);
    else {
      square += (count - wanted) ** 2 / wanted;
      freedom += 1;
    }
  }
  for (const hour of counts.keys()) expect([...expected.keys()]).toContain(hour);
  return (square - freedom) / Math.sqrt(2 * freedom);
}

const AUTUMN = { from: '2026-10-12T00:00:00+02:00', to: '2026-11-09T00:00:00+01:00' };

describe('the hours of a day', () => {
  test.each<[string, object]>([
    ['Europe/Berlin in spring', {}],
    ['Europe/Berlin in autumn', AUTUMN],
    ['Asia/Kolkata', { timeZone: 'Asia/Kolkata' }],
    ['half an hour forward and back', { timeZone: 'Australia/Lord_Howe', to: '2026-10-19T00:00:00+02:00' }],
    ['a midnight that is skipped', { timeZone: 'America/Havana', from: '2026-03-02T00:00:00Z' }],
    ['a period that begins and ends within an hour', { from: '2026-03-16T08:25:00Z', to: '2026-04-08T18:40:00Z' }],
  ])('are as busy as their weights and those of the weekdays say: %s', (_, given) => {
    const scenario = scenarioOf(given, { weekdays: WEEKDAYS });
    const counts = countsByHour(instantsOf(sourceOf(scenario)), scenario.timeZone);
    expect(beyond(counts, expectedByHour(scenario, 60_000))).toBeLessThan(4);
  });

  test('an hour that is left out has nobody, and one that comes twice has twice as many', () => {
    const spring = scenarioOf({});
    const at = (counts: ReadonlyMap<string, number>, hour: string): number => counts.get(hour) ?? 0;
    const ofSpring = countsByHour(instantsOf(sourceOf(spring)), spring.timeZone);
    expect(at(ofSpring, '2026-03-29 02')).toBe(0);
    expect(at(ofSpring, '2026-03-28 02')).toBeGreaterThan(100);
    const autumn = scenarioOf(AUTUMN);
    const ofAutumn = countsByHour(instantsOf(sourceOf(autumn)), autumn.timeZone);
    const usual = at(ofAutumn, '2026-10-24 02');
    expect(Math.abs(at(ofAutumn, '2026-10-25 02') - 2 * usual)).toBeLessThan(4 * Math.sqrt(6 * usual));
  });

  test('what is expected of a day is the sum of the hours it has', () => {
    const [sum, lost] = [HOURS.reduce((all, weight) => all + weight, 0), HOURS[2]!];
    const perDay = 60_000 / 7;
    for (const [given, date, times] of [
      [{}, 13, 1 - lost / sum],
      [AUTUMN, 13, 1 + lost / sum],
    ] as const) {
      const scenario = scenarioOf(given);
      const timeline = timelineOf(scenario);
      const expected = expectedByDay(scenario, timeline)!;
      expected.forEach((events, day) => expect(events).toBeCloseTo(day === date ? perDay * times : perDay, 6));
      const leaving = scenarioOf(given, { dropOut: { probability: 1e-12 } });
      expectedByDay(leaving, timeline)!.forEach((events, day) => expect(events).toBeCloseTo(expected[day]!, 4));
    }
    const morning = scenarioOf({ to: '2026-03-16T09:00:00+01:00' });
    const early = HOURS.slice(0, 9).reduce((all, weight) => all + weight, 0) / sum;
    expect(expectedByDay(morning, timelineOf(morning))![0]).toBeCloseTo(perDay * early, 6);
  });

  test('of a day that goes on, so much has come as its hours let expect', () => {
    const scenario = scenarioOf({});
    const timeline = timelineOf(scenario);
    const shareOf = expectedShares(scenario, timeline)!;
    const sum = HOURS.reduce((all, weight) => all + weight, 0);
    const until = (hour: number): number => HOURS.slice(0, hour).reduce((all, weight) => all + weight, 0);
    const [monday, change] = [timeline.starts[1]!, timeline.starts[13]!];
    expect(shareOf(1, monday)).toBe(0);
    expect(shareOf(1, monday + 9.5 * HOUR)).toBeCloseTo((until(9) + HOURS[9]! / 2) / sum, 10);
    expect(shareOf(1, monday + 24 * HOUR)).toBeCloseTo(1, 10);
    // Two o'clock is left out: nine hours after midnight the clock shows ten.
    expect(shareOf(13, change + 9 * HOUR)).toBeCloseTo((until(10) - HOURS[2]!) / (sum - HOURS[2]!), 10);
    // Beside as many events a day that come evenly it is the mean of both.
    const { activity } = scenario.customers!.segments[0]!;
    const even = { name: 'even', size: 20_000, activity: { ...activity, hours: null } };
    const both = { ...scenario, customers: { segments: [scenario.customers!.segments[0]!, even], learned: null } };
    expect(expectedShares(both, timeline)!(1, monday + 9 * HOUR)).toBeCloseTo((until(9) / sum + 9 / 24) / 2, 10);
    expect(expectedShares({ ...both, customers: { segments: [even], learned: null } }, timeline)).toBeNull();
    expect(expectedShares({ ...scenario, customers: null }, timeline)).toBeNull();
  });

  test('newcomers join by them, and whoever leaves leaves as many as are expected', () => {
    const segment = { size: 500, joins: { perWeek: 4000 } };
    const scenario = scenarioOf({}, { weekdays: WEEKDAYS, dispersion: 0.5, dropOut: { probability: 0.1 } }, segment);
    const timeline = timelineOf(scenario);
    const source = sourceOf(scenario);
    const joins = [...source.joinsAt!].filter((at) => at > -Infinity);
    const expected = expectedByHour(scenario, 4000);
    expect(beyond(countsByHour(joins, scenario.timeZone), expected)).toBeLessThan(4);
    const all = [...expected.values()].reduce((sum, count) => sum + count, 0);
    const [described] = scenario.customers!.segments;
    expect(expectedCustomers(described!, scenario, timeline, timeline.days)).toBeCloseTo(500 + all, 5);
    const instants = instantsOf(source);
    const events = expectedByDay(scenario, timeline)!.reduce((sum, count) => sum + count, 0);
    expect(Math.abs(instants.length / events - 1)).toBeLessThan(0.03);
    const night = countsByHour(instants, scenario.timeZone);
    expect([...night.keys()].filter((hour) => /0[345]$/.test(hour))).toEqual([]);
  });

  test('weights that are alike draw what a scenario without them is expected to have, and any scale is the same', () => {
    const plain = expectedByDay(scenarioOf({}, { hours: null }), timelineOf(scenarioOf({})))!;
    const even = scenarioOf({}, { hours: new Array<number>(24).fill(7) });
    expectedByDay(even, timelineOf(even))!.forEach((events, day) => expect(events).toBeCloseTo(plain[day]!, 6));
    const doubled = scenarioOf({}, { hours: HOURS.map((weight) => weight * 2) });
    expect(instantsOf(sourceOf(doubled))).toEqual(instantsOf(sourceOf(scenarioOf({}))));
  });

  test('a segment beside others with hours draws what it draws without them', () => {
    const body = bodyWith({}, {}, {}) as { customers: { segments: object[] } };
    const plain = { name: 'plain', size: 9000, activity: { perWeek: 1, dispersion: 1 } };
    const of = (segments: object[], name: string): number[] => {
      const reading = readScenario({ ...body, customers: { segments } });
      if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
      const source = sourceOf(reading.scenario);
      const place = source.segmentNames.indexOf(name);
      const instants: number[] = [];
      for (let slice = source.next(Infinity); slice !== null; slice = source.next(Infinity))
        for (let index = 0; index < slice.length; index += 1)
          if (source.segmentOf[slice.customer[index]!] === place) instants.push(slice.at[index]!);
      return instants;
    };
    const [other] = body.customers.segments;
    const alone = of([plain], 'plain').toSorted((one, another) => one - another);
    expect(alone.length).toBeGreaterThan(1000);
    expect(of([other!, plain], 'plain').toSorted((one, another) => one - another)).toEqual(alone);
  });

  test('where a stretch ends moves nothing, and parts of the customers are all of them', () => {
    const badge = { key: 'b', badge: badgeBody(), owner: { ownerType: 'Loyalty', referenceId: '626' } };
    const given = bodyWith(
      { badges: [badge] },
      { joins: { perWeek: 50 } },
      { dispersion: 0.5, weekdays: WEEKDAYS, dropOut: { probability: 0.02 }, amount: { mean: 20, spread: 0.5 } },
    );
    const whole = prepared(given);
    const run = (part?: CustomerPart): ReturnType<typeof runReplication> =>
      runReplication(whole, sourceOf(whole.scenario, 1, part), 1);
    const parts = [0, 1, 2].map((index) => run({ index, of: 3 }));
    const all = run();
    expect(all.events).toBeGreaterThan(10_000);
    expect(
      JSON.stringify(
        joinParts(
          whole,
          parts.map(({ badges }) => badges),
        ),
      ),
    ).toBe(JSON.stringify(all.badges));
    const stopped = sourceOf(whole.scenario);
    const cut: number[] = [];
    for (let stop = whole.scenario.from; stop <= whole.scenario.to + HOUR; stop += 7.3 * HOUR)
      for (let slice = stopped.next(stop); slice !== null; slice = stopped.next(stop))
        for (let index = 0; index < slice.length; index += 1) cut.push(slice.at[index]!);
    const sorted = (instants: readonly number[]): number[] => instants.toSorted((one, other) => one - other);
    expect(sorted(cut)).toEqual(sorted(instantsOf(sourceOf(whole.scenario))));
  });
});

describe('what is wrong with hours', () => {
  const mistakes = (hours: unknown): string[] => {
    const reading = readScenario(bodyWith({}, {}, { hours }));
    return reading.ok ? [] : reading.findings.map(({ path, message }) => `${path} ${message}`);
  };
  const place = 'customers.segments[0].activity.hours';

  test('mistakes name their place', () => {
    expect(mistakes([1, 2, 3])).toEqual([`${place} must be 24 weights, midnight first`]);
    expect(mistakes(new Array(25).fill(1))).toEqual([`${place} must be 24 weights, midnight first`]);
    expect(mistakes(new Array(24).fill(0))).toEqual([`${place} must not all be zero`]);
    expect(mistakes([...HOURS.slice(1), -1])).toEqual([`${place}[23] must be 0 or more`]);
    expect(mistakes(null)).toEqual([]);
  });

  test('the field is known', () => {
    const body = scenarioBody({
      customers: { segments: [{ name: 'a', size: 5, activity: { perWeek: 1, hours: HOURS, huors: HOURS } }] },
    });
    const about = lintScenario(prepared(body), body).filter(({ path }) => /h(ou|uo)rs/.test(path));
    expect(about.map(({ path }) => path)).toEqual(['customers.segments[0].activity.huors']);
  });
});
