import { describe, expect, test } from 'vitest';
import { crowdingTotal } from './crowding-total';
import { instantOf } from '../../shared/domain/instant';
import { digitsApart } from '../../shared/simulation/digits-apart';
import { exhaustionOf } from '../../shared/simulation/exhaustion';
import { mostTrials, seekGoal, type Trial } from '../../shared/simulation/goal';
import { decisionLooks, farthest, type VersionRuns } from '../../shared/simulation/decided';
import { goalNumbers, measureGoal, readKnob, reasonsOf } from '../../shared/simulation/knob';
import { lintScenario } from '../../shared/simulation/lint';
import { lintCaps } from '../../shared/simulation/lint-caps';
import { monthlyCost } from '../../shared/simulation/monthly-cost';
import { RandomStream } from '../../shared/simulation/random';
import { withSettings, type Setting } from '../../shared/simulation/scenario-value';
import { tornado, tornadoKnobs } from '../../shared/simulation/tornado';
import { compareVariants, type Variant } from '../../shared/simulation/variants';
import { NOBODY } from '../../electron/backend/simulation/replay/customer-texts';
import {
  explainSimulation,
  runReplications,
  runSimulation,
  type SimulationJob,
  type SimulationOptions,
  type SimulationOutcome,
} from '../../electron/backend/simulation/run';
import { versionRuns } from '../../electron/backend/simulation/version-runs';
import { withWorkers } from '../../electron/backend/simulation/worker-pool';
import { seekKnob, soundRange } from '../../electron/backend/simulation/seek';
import { badgeBody, prepared, scenarioBody, springScenario, type Json } from './scenarios';
import { inEnglish } from '../../shared/words/english';
import { enrolFirst } from '../domain/badge-bodies';

const LIMIT = 'badges.0.badge.badgeConstraints.0.maxEarnLimit';
const small = (changes: readonly Setting[] = []): unknown =>
  withSettings(springScenario(), [
    { path: 'customers.segments.0.size', value: 900 },
    { path: 'customers.segments.1.size', value: 300 },
    { path: LIMIT, value: 1500 },
    ...changes,
  ]);
const run = (body: unknown): Promise<SimulationOutcome> => runSimulation({ body, csv: null, detail: true });

/** The runs of a scenario, slice by slice. @param made hears of each slice */
const runsOf = (
  body: unknown,
  job: Partial<SimulationJob> = {},
  made: (count: number) => void = () => undefined,
  options: SimulationOptions = {},
): VersionRuns =>
  versionRuns({ body, csv: null, ...job }, Number((body as Json)['replications'] ?? 1), async (version, range) => {
    made(range.count);
    return (await runReplications(version, options, range)).answers.map(({ badges }) => badges);
  });

test('cap exhaustion: the date with its spread and the chance that it never happens', async () => {
  const { result } = await run(small([{ path: 'replications', value: 6 }]));
  const answer = exhaustionOf(result, 'streak');
  expect(answer?.never).toBe(0);
  expect([answer?.p10, answer?.p50, answer?.p90]).toEqual([answer?.p10, answer?.p50, answer?.p90].sort());
  expect(exhaustionOf((await run(small([{ path: LIMIT, value: 1e6 }]))).result, 'streak')).toEqual({
    p10: null,
    p50: null,
    p90: null,
    never: 1,
  });
});

describe('why not me', () => {
  test('every rejection of a customer is explained and adds up', async () => {
    const body = small();
    const { result, detail } = await run(body);
    const awards = detail!.awards['streak']!;
    const customer = awards.findIndex((count) => count >= 3);
    const why = await explainSimulation({ body, csv: null }, 0, customer + 1);
    expect(why?.attempts.filter(({ code }) => code === null)).toHaveLength(awards[customer]!);
    const byCustomerCap = why!.attempts.find(({ code }) => code === 990001);
    if (byCustomerCap?.cap) {
      expect(byCustomerCap.cap.count).toBe(byCustomerCap.cap.limit);
      expect(byCustomerCap.cap.usedUpBy.every(({ customerId }) => customerId === customer + 1)).toBe(true);
    }
    const byBadgeCap = why!.attempts.find(({ code }) => code === 990002);
    expect(byBadgeCap).toMatchObject({
      cap: {
        constraintType: 'BADGE_FIXED_VALUE',
        limit: 1500,
        count: 1500,
        from: null,
        to: null,
        freesAt: null,
        limitInWords: '1,500 in all',
      },
    });
    expect(byBadgeCap?.cap?.neverBecause).toContain('whole life');
    // The award that filled the cap is the last that used it up.
    expect(byBadgeCap?.cap?.usedUpBy.at(-1)?.at).toBe(result.badges['streak']!.exhaustedAt);
  });

  test('a window says from when to when it counts, and when it frees', async () => {
    const badge = badgeBody({
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 7, maxEarnForDays: 1 }],
    });
    const body = scenarioBody({}, { badge });
    const why = await explainSimulation({ body, csv: null }, 0, 5);
    const rejected = why!.attempts.findIndex(({ code }) => code === 990001);
    const attempt = why!.attempts[rejected]!;
    const earlier = why!.attempts
      .slice(0, rejected)
      .filter(({ code }) => code === null)
      .at(-1)!;
    expect(attempt.cap?.usedUpBy).toEqual([{ at: earlier.at, customerId: 5 }]);
    const week = 7 * 86_400_000;
    expect(Date.parse(attempt.cap?.freesAt ?? '')).toBe(Date.parse(earlier.at) + week);
    expect(Date.parse(attempt.cap?.to ?? '') - Date.parse(attempt.cap?.from ?? '')).toBeLessThanOrEqual(week);
    expect(await explainSimulation({ body, csv: null }, 0, 401)).toBeNull();
  });

  test('the observed run decides as the plain one does', async () => {
    const body = small([
      {
        path: 'badges.0.badge.badgeConstraints',
        value: [{ constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 2, maxEarnLimit: 25 }],
      },
    ]);
    const { detail } = await run(body);
    for (const customer of [1, 17, 300, 899, 1100]) {
      const why = await explainSimulation({ body, csv: null }, 0, customer);
      expect(why?.attempts.filter(({ code }) => code === null).length).toBe(detail!.awards['streak']![customer - 1]);
    }
  });
});

describe('goal seek', () => {
  const byRule =
    (passes: (position: number) => boolean) =>
    (position: number): Promise<Trial> =>
      Promise.resolve({ position, passes: passes(position), measure: position, runs: 1, reasons: [] });

  test('N passes and N − 1 fails, from either side and for any N', async () => {
    for (const edge of [1, 2, 37, 999, 1000]) {
      expect(
        await seekGoal(
          0,
          1000,
          byRule((n) => n >= edge),
        ),
      ).toMatchObject({
        found: true,
        best: { position: edge, passes: true },
        neighbour: { position: edge - 1, passes: false },
      });
      expect(
        await seekGoal(
          0,
          1000,
          byRule((n) => n < edge),
        ),
      ).toMatchObject({
        found: true,
        best: { position: edge - 1, passes: true },
        neighbour: { position: edge, passes: false },
      });
    }
    expect(
      await seekGoal(
        -5,
        5,
        byRule((n) => n >= -1),
      ),
    ).toMatchObject({ best: { position: -1 }, neighbour: { position: -2 } });
    expect(
      await seekGoal(
        3,
        90,
        byRule(() => true),
      ),
    ).toMatchObject({ best: { position: 3 }, neighbour: null });
    expect(
      await seekGoal(
        3,
        90,
        byRule(() => false),
      ),
    ).toMatchObject({ found: false, low: { position: 3 }, high: { position: 90 } });
  });

  const byMeasure =
    (measure: (position: number) => number, goal: number) =>
    (position: number): Promise<Trial> =>
      Promise.resolve({
        position,
        measure: measure(position),
        passes: measure(position) >= goal,
        runs: 1,
        reasons: [],
      });

  test('a measure that rises and falls again is searched as such, and none is only said of what was tried', async () => {
    expect(
      await seekGoal(
        0,
        2,
        byMeasure((n) => [0, 1, 0.67][n]!, 1),
      ),
    ).toEqual({
      found: true,
      best: { position: 1, measure: 1, passes: true, runs: 1, reasons: [] },
      neighbour: { position: 0, measure: 0, passes: false, runs: 1, reasons: [] },
      beyond: { position: 2, measure: 0.67, passes: false, runs: 1, reasons: [] },
      trials: 3,
      all: true,
    });
    expect(
      await seekGoal(
        0,
        1_500,
        byMeasure((n) => [0, 1, 0.95][n] ?? 0.8, 0.9),
      ),
    ).toMatchObject({
      best: { position: 1 },
      neighbour: { position: 0 },
      beyond: { passes: false },
    });
    // A hill far from both ends, whose top of one position alone is high enough.
    for (const top of [700, 123_456, 999_998]) {
      const hill = byMeasure((n) => 1 - Math.abs(n - top) / 1e6, 1);
      expect(await seekGoal(0, 1_000_000, hill)).toMatchObject({
        found: true,
        best: { position: top },
        neighbour: { position: top - 1 },
        beyond: { passes: false },
      });
    }
    // Less is better of a cost, which may be lowest in the middle.
    const cost = async (position: number): Promise<Trial> =>
      Promise.resolve({
        position,
        measure: Math.abs(position - 70_000),
        passes: position === 70_000,
        runs: 1,
        reasons: [],
      });
    expect(await seekGoal(0, 1_000_000, cost, 'lower')).toMatchObject({ best: { position: 70_000 } });
    expect(
      await seekGoal(
        0,
        40,
        byMeasure((n) => n % 7, 9),
      ),
    ).toMatchObject({
      found: false,
      closest: { position: 6 },
      trials: 41,
      all: true,
    });
    let runs = 0;
    const none = await seekGoal(-1e9, 1e9, (position) => {
      runs += 1;
      return Promise.resolve({ position, measure: NaN, passes: false, runs: 1, reasons: [] });
    });
    expect(none).toMatchObject({ found: false, all: false, trials: runs });
    expect(runs).toBeLessThanOrEqual(mostTrials(-1e9, 1e9));
  });

  test('both ends may pass while something between them does not: that is not called every setting', async () => {
    const dip = byMeasure((n) => (n > 300 && n < 400 ? 0 : 1), 1);
    expect(await seekGoal(0, 1000, dip)).toMatchObject({ best: { position: 0 }, neighbour: null, all: false });
  });

  test('a limit for each customer that serves some and then lets them take the places of others', async () => {
    const events = { csv: 'e.csv', customer: 'c', at: 'at' };
    const badge = badgeBody({
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 2 }],
      badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 2 }],
    });
    const body = scenarioBody({ customers: null, events }, { badge });
    const at = ['2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z', '2026-03-04T00:00:00Z'].map(instantOf);
    const replay = {
      columns: {
        at: Float64Array.from(at),
        customer: Uint32Array.of(0, 0, 1),
        amount: null,
        ids: Float64Array.of(1, 2),
        segmentNames: [],
        segmentOf: null,
      },
      skipped: 0,
      repeated: 0,
      badRows: 0,
      firstBadRows: [],
      skippedSpan: null,
      customers: NOBODY,
      dispose: () => undefined,
    };
    const knobPath = 'badges.0.badge.customerConstraints.0.maxEarnLimit';
    const simulate = async (changed: unknown) => (await runSimulation({ body: changed, csv: 'e.csv', replay })).result;
    const reading = readKnob(body, knobPath, prepared(body).scenario, await simulate(body));
    if (!reading.ok) throw new Error(inEnglish(reading.reason));
    const range = soundRange({ body }, { ...reading.knob, low: -1e12 });
    expect(range).toEqual({ low: 0, high: 3 });
    const runs = (changed: unknown) => runsOf(changed, { csv: 'e.csv', replay });
    const answer = await seekKnob({ body }, { ...reading.knob, ...range }, 'badge', { serve: 1 }, runs);
    expect(answer).toMatchObject({
      found: true,
      best: { position: 1, measure: 1 },
      neighbour: { position: 0, measure: 0 },
      beyond: { position: 2, measure: 0.5 },
    });
  });

  test('what just misses a goal does not read like it', () => {
    expect(digitsApart([95, 94.99999], 2)).toBe(5);
    expect(digitsApart([95, 95], 2)).toBe(2);
    expect(digitsApart([95, NaN], 2)).toBe(2);
  });

  test('finds the smallest cap that serves a share, checked by running both neighbours', async () => {
    const body = small();
    const base = await run(body);
    const reading = readKnob(body, LIMIT, prepared(body).scenario, base.result);
    if (!reading.ok) throw new Error(inEnglish(reading.reason));
    const tryAt = async (position: number): Promise<Trial> => {
      const badge = (await run(withSettings(body, [reading.knob.at(position)]))).result.badges['streak']!;
      const measured = measureGoal([goalNumbers(badge)], { serve: 0.7 });
      return { position, ...measured, runs: 1, reasons: reasonsOf([badge]) };
    };
    const answer = await seekGoal(reading.knob.low, reading.knob.high, tryAt);
    if (!answer.found) throw new Error('not found');
    const share = async (limit: number): Promise<number> => {
      const badge = (await run(small([{ path: LIMIT, value: limit }]))).result.badges['streak']!;
      return badge.customersAwarded / (badge.customersAwarded + badge.customersTurnedAway);
    };
    expect(await share(answer.best.position)).toBeGreaterThanOrEqual(0.7);
    expect(await share(answer.best.position - 1)).toBeLessThan(0.7);
    expect(answer.neighbour?.reasons[0]?.[0]).toBe('BADGE_FIXED_VALUE');
  });

  test('a knob must be a whole number or a date that is there', async () => {
    const body = small();
    const { result } = await run(body);
    const { scenario } = prepared(body);
    expect(readKnob(body, 'badges.0.badge.name', scenario, result)).toMatchObject({ ok: false });
    expect(readKnob(body, 'badges.3.badge.name', scenario, result)).toMatchObject({ ok: false });
    const date = readKnob(body, 'badges.0.badge.expiresOnISO', scenario, result);
    expect(date.ok && date.knob.at(-1).value).toBe('2026-05-31T00:00:00Z');
    expect(readKnob(body, 'badges.0.badge.customerConstraints.0.rollForDays', scenario, result)).toMatchObject({
      ok: true,
      knob: { low: 0, high: 92 },
    });
  });

  test('only what somebody decides is a knob: no luck, no weight, no id, no date that is a fact', async () => {
    const shape = { hours: Array.from({ length: 24 }, () => 1), weekdays: [1, 1, 1, 1, 1, 2, 2] };
    const body = small([
      { path: 'seed', value: 4 },
      { path: 'replications', value: 2 },
      { path: 'customers.segments.0.activity.hours', value: shape.hours },
      { path: 'customers.segments.0.activity.weekdays', value: shape.weekdays },
      { path: 'customers.segments.0.activity.perWeek', value: 2 },
      { path: 'badges.0.badge.id', value: 4711 },
      { path: 'badges.0.badge.badgeRank', value: 3 },
      { path: 'badges.0.owner', value: { ownerType: 'Loyalty', referenceId: 626 } },
      { path: 'badges.0.badge.lastUpdatedOn', value: '2026-01-01T00:00:00Z' },
      { path: 'calendar', value: [{ from: '2026-04-01', to: '2026-04-03', factor: 2 }] },
    ]);
    const { result } = await run(body);
    const { scenario } = prepared(body);
    const refusal = (path: string): string | null => {
      const reading = readKnob(body, path, scenario, result);
      return reading.ok ? null : reading.reason.key;
    };
    for (const path of ['seed', 'replications']) expect([path, refusal(path)]).toEqual([path, 'scenarios.knobDraws']);
    for (const path of [
      ...['schema', 'name', 'timeZone', 'badges.0.key', 'badges.0.badge.id', 'badges.0.badge.badgeRank'],
      ...['badges.0.owner.referenceId', 'badges.0.badge.lastUpdatedOn', 'calendar.0.factor', 'badges.0.badge'],
      ...['customers.segments.0.activity.hours.3', 'customers.segments[0].activity.weekdays[5]'],
    ]) {
      expect([path, refusal(path)]).toEqual([path, 'scenarios.knobOther']);
    }
    expect(refusal('badges.0.trigger.nothing')).toBe('scenarios.noValueThere');
    const slip = readKnob(body, 'badges.0.badge.expiresOn', scenario, result);
    expect(slip.ok ? '' : inEnglish(slip.reason)).toMatch(/no value there; badges\.0\.badge has .*expiresOnISO/);
    const nowhere = readKnob(body, 'badge', scenario, result);
    expect(nowhere.ok ? '' : inEnglish(nowhere.reason)).toMatch(/no value there; it has schema, name/);
    for (const path of [LIMIT, 'from', 'to', 'customers.segments.0.size', 'customers.segments[0].activity.perWeek'])
      expect([path, refusal(path)]).toEqual([path, null]);
    // A day of the calendar stays one, or no setting of it could be read.
    const day = readKnob(body, 'calendar.0.from', scenario, result);
    expect(day.ok && day.knob.at(1)).toEqual({ path: 'calendar.0.from', value: '2026-04-02' });
    expect(day.ok && soundRange({ body }, day.knob)?.high).toBe(2);
  });

  test('whatever the window offers to turn in whole steps can be turned', async () => {
    const body = small();
    const { result } = await run(body);
    const { scenario } = prepared(body);
    const offered = tornadoKnobs(body, 0).filter(({ low: [setting] }) => Number.isInteger(setting?.value));
    expect(offered.length).toBeGreaterThan(2);
    for (const { path } of offered)
      expect([path, readKnob(body, path, scenario, result)]).toMatchObject([path, { ok: true }]);
  });

  test('what refused is the mean of the runs, as the measure is', async () => {
    const body = small([{ path: 'replications', value: 8 }]);
    const { result, replications } = await run(body);
    const reading = readKnob(body, LIMIT, prepared(body).scenario, result);
    if (!reading.ok) throw new Error(inEnglish(reading.reason));
    const knob = { ...reading.knob, low: 1500, high: 1500 };
    const answer = await seekKnob({ body }, knob, 'streak', { serve: 1 }, (changed) => runsOf(changed));
    if (answer.found) throw new Error('found');
    const refused = replications.map(({ streak }) => streak!.rejectedByConstraint['BADGE_FIXED_VALUE'] ?? 0);
    const mean = refused.reduce((sum, one) => sum + one, 0) / refused.length;
    expect(refused[0]).not.toBe(mean);
    expect(Object.fromEntries(answer.low.reasons)['BADGE_FIXED_VALUE']).toBeCloseTo(mean, 9);
  });
});

describe('variants', () => {
  const variant = async (name: string, body: unknown): Promise<Variant> => {
    const { result, detail } = await run(body);
    return { name, result, awards: detail?.awards ?? null };
  };

  test('a scenario against itself shows nothing at all', async () => {
    expect(compareVariants([await variant('A', small()), await variant('A again', small())])).toEqual({
      differences: [],
      people: [{ badge: 'streak', variant: 'A again', winners: 0, newlyServed: 0, losers: 0, noLongerServed: 0 }],
    });
  });

  test('a larger cap on the same draws has winners and no losers, and moves no arrival', async () => {
    const [a, b] = [await variant('A', small()), await variant('B', small([{ path: LIMIT, value: 2000 }]))];
    const { differences, people } = compareVariants([a, b]);
    const awarded = differences.find(({ path }) => path === 'badges.streak.awarded');
    expect(awarded).toMatchObject({ values: [1500, 2000], differences: [0, 500] });
    expect(
      differences.some(
        ({ path }) => path.startsWith('events') || path.endsWith('attempts') || path.endsWith('qualifying'),
      ),
    ).toBe(false);
    expect(people?.[0]).toMatchObject({ losers: 0, noLongerServed: 0 });
    expect(people?.[0]?.winners).toBeGreaterThan(0);
  });

  test('customers are compared only where they are the same', async () => {
    const other = small([{ path: 'customers.segments.0.size', value: 901 }]);
    expect(compareVariants([await variant('A', small()), await variant('B', other)]).people).toBeNull();
  });
});

test('tornado: knobs that matter have bars, a knob without effect has one of zero', async () => {
  const body = small();
  const knobs = tornadoKnobs(body, 0);
  expect(knobs.map(({ path }) => path)).toEqual([
    'badges.0.badge.customerConstraints.0.rollForDays',
    'badges.0.badge.customerConstraints.0.maxEarnForDays',
    'badges.0.badge.customerConstraints.0.rollForMonths',
    'badges.0.badge.customerConstraints.0.maxEarnForMonths',
    LIMIT,
    'badges.0.badge.expiresOnISO',
    'badges.0.badge.earnedBadgeExpiry.value',
    'badges.0.trigger.every',
    'badges.0.trigger.minAmount',
    'customers.segments.activity.perWeek',
  ]);
  const answer = await tornado(knobs, 'streak', 'customersAwarded', (settings) => runsOf(small(settings)));
  const { bars } = answer;
  expect(answer).toMatchObject({ runs: 1 + 2 * knobs.length, of: 1 + 2 * knobs.length });
  const bar = (path: string) => bars.find((candidate) => candidate.path === path)!;
  expect(bar('badges.0.badge.earnedBadgeExpiry.value')).toMatchObject({ low: 0, high: 0 });
  expect(bar(LIMIT).low).toBeLessThan(0);
  expect(bar(LIMIT).high).toBeGreaterThan(0);
  const reach = bars.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high)));
  expect(reach).toEqual([...reach].sort((left, right) => right - left));
});

describe('answers that are decided before all runs are made', () => {
  test('a mean is as far from that of all runs as chance allows, and nowhere else once all are made', () => {
    expect(decisionLooks(1)).toEqual([1]);
    expect(decisionLooks(20)).toEqual([20]);
    expect(decisionLooks(100)).toEqual([20, 30, 45, 68, 100]);
    const values = [1, 3];
    // s² = 2, and of four runs two are known: 2 · (1/2 − 1/4).
    expect(farthest(values, 4, 3)).toEqual({ mean: 2, off: 3 * Math.sqrt(0.5) });
    expect(farthest(values, 2, 3)).toEqual({ mean: 2, off: 0 });
  });

  test('a goal is found as with all runs, of which few are made where a setting is far from it', async () => {
    const body = small([{ path: 'replications', value: 60 }]);
    const reading = readKnob(body, LIMIT, prepared(body).scenario, (await run(small())).result);
    if (!reading.ok) throw new Error(inEnglish(reading.reason));
    const knob = { ...reading.knob, low: 600, high: 1600 };
    let made = 0;
    const tried = new Map<number, Trial>();
    const answer = await withWorkers(false, (pool) =>
      seekKnob(
        { body },
        knob,
        'streak',
        { serve: 0.7 },
        (changed) => runsOf(changed, {}, (count) => (made += count), { pool }),
        (trial) => tried.set(trial.position, trial),
      ),
    );
    if (!answer.found || answer.neighbour === null) throw new Error('not found');
    const trials = [...tried.values()];
    expect(trials.map(({ runs }) => runs)).toContain(20);
    expect(made).toBeLessThan(60 * trials.length);
    // What the answer names was run whole, and is what all runs give.
    expect([answer.best.runs, answer.neighbour.runs]).toEqual([60, 60]);
    const whole = async (limit: number): Promise<number> => {
      const { replications } = await run(
        small([
          { path: 'replications', value: 60 },
          { path: LIMIT, value: limit },
        ]),
      );
      return measureGoal(
        replications.map((badges) => goalNumbers(badges['streak']!)),
        { serve: 0.7 },
      ).measure;
    };
    expect(answer.best.measure).toBe(await whole(answer.best.position));
    expect(answer.neighbour).toMatchObject({ position: answer.best.position - 1, passes: false });
    expect(answer.neighbour.measure).toBe(await whole(answer.neighbour.position));
  });

  test('where runs that were spared turn out otherwise, all are made', async () => {
    const badge = (await run(small())).result.badges['streak']!;
    const served = (many: number) => ({
      streak: { ...badge, customersAwarded: many, customersTurnedAway: 100 - many },
    });
    // From 50 on the first runs meet the goal, and the later ones only from 70 on.
    const runs = (body: unknown): VersionRuns => {
      const { badges } = body as { badges: { badge: { badgeConstraints: { maxEarnLimit: number }[] } }[] };
      const limit = badges[0]!.badge.badgeConstraints[0]!.maxEarnLimit;
      let given = 0;
      return {
        most: 200,
        more: (count) => {
          const from = given;
          given += count;
          return Promise.resolve(
            Array.from({ length: count }, (_, index) =>
              served(limit >= 70 || (limit >= 50 && from + index < 20) ? 90 : 10),
            ),
          );
        },
      };
    };
    const body = small();
    const reading = readKnob(body, LIMIT, prepared(body).scenario, (await run(body)).result);
    if (!reading.ok) throw new Error(inEnglish(reading.reason));
    const answer = await seekKnob({ body }, { ...reading.knob, low: 0, high: 100 }, 'streak', { serve: 0.8 }, runs);
    expect(answer).toMatchObject({
      best: { position: 70, passes: true, runs: 200 },
      neighbour: { position: 69, passes: false, runs: 200 },
    });
  });

  /** Bars of knobs whose runs are made up, with how many were asked for, beside what all of them would have said. */
  async function madeUpBars(paths: readonly string[], scatter: number) {
    const badge = (await run(small())).result.badges['streak']!;
    const knob = (path: string) => ({
      path,
      lowWords: '',
      highWords: '',
      low: [{ path, value: 0 }],
      high: [{ path, value: 1 }],
    });
    const most = 400;
    // What each run of a version awards: the luck of a run is that of all versions, and of one knob a luck of its own.
    const awardsOf = (settings: readonly Setting[]): number[] => {
      const [luck, own] = [new RandomStream(['luck']), new RandomStream(['own', String(settings[0]?.value)])];
      const [path, value] = [settings[0]?.path, Number(settings[0]?.value)];
      return Array.from({ length: most }, (_, run) => {
        const [base, noise] = [1000 + scatter * luck.normal(), own.normal()];
        if (path === 'strong') return base + (value === 0 ? -100 : 80) + 3 * noise;
        // Near enough for its length, and not for its direction.
        if (path === 'faint') return base + (value === 0 ? -0.1 : 0.1) + 0.8 * noise;
        // In one of fifty runs, and in none of the first.
        if (path === 'rare') return base + (value === 1 && run % 50 === 45 ? 150 : 0);
        if (path === 'loose') return base + (value === 0 ? -20 : 20) + 60 * noise;
        return base;
      });
    };
    let made = 0;
    const { bars, runs, of } = await tornado(paths.map(knob), 'streak', 'awarded', (settings) => {
      const values = awardsOf(settings);
      return {
        most,
        more: (count) => {
          made += count;
          return Promise.resolve(values.splice(0, count).map((awarded) => ({ streak: { ...badge, awarded } })));
        },
      };
    });
    expect([runs, of]).toEqual([made, (1 + 2 * paths.length) * most]);
    const base = awardsOf([]);
    for (const { path, low, high } of bars)
      [low, high].forEach((bar, value) => {
        const all = awardsOf([{ path, value }]).reduce((sum, awarded, at) => sum + awarded - base[at]!, 0) / most;
        expect(Math.abs(bar - all), path).toBeLessThan(0.02 * 100);
      });
    return { bars, made, most };
  }

  test('bars are those of all runs to a fiftieth of the longest, and only those that scatter take all of them', async () => {
    const { bars, made, most } = await madeUpBars(['none', 'faint', 'loose', 'strong'], 20);
    expect(bars.map(({ path }) => path)).toEqual(['strong', 'loose', 'faint', 'none']);
    // The scenario as it stands, both ends of the loose knob and of the faint one; the others after the second look.
    expect(made).toBeGreaterThan(3 * most + 4 * 20 + 2 * 20);
    expect(made).toBeLessThanOrEqual(5 * most + 4 * 30);
  });

  test('what hardly any run shows is looked for where runs differ by as much, before a knob is said to do nothing', async () => {
    const { bars, made, most } = await madeUpBars(['none', 'rare', 'strong'], 200);
    expect(bars.map(({ path }) => path)).toEqual(['strong', 'rare', 'none']);
    expect(made).toBeLessThan(7 * most);
  });
});

test('crowding out: served and turned away by segment and month of joining add up', async () => {
  const { result, detail } = await run(small());
  const rows = detail!.crowding['streak']!;
  expect(crowdingTotal(rows, null)).toEqual({
    served: result.badges['streak']!.customersAwarded,
    turnedAway: result.badges['streak']!.customersTurnedAway,
  });
  for (const [segment, counts] of Object.entries(result.badges['streak']!.bySegment)) {
    expect(crowdingTotal(rows, segment)).toEqual({
      served: counts.customersAwarded,
      turnedAway: counts.customersTurnedAway,
    });
  }
  expect(new Set(rows.map(({ joined }) => joined)).size).toBeGreaterThan(1);
  // Who joins after the cap ran out is turned away.
  const late = rows.filter(({ joined }) => joined === '2026-05');
  expect(late.every(({ served, turnedAway }) => served < turnedAway)).toBe(true);
});

test('cost by month: expected, at risk, exposure by expiry, and a budget', async () => {
  const body = small([{ path: 'replications', value: 8 }]);
  const { replications, result } = await run(body);
  const { badges, timeline } = prepared(body);
  const results = replications.map((replication) => replication['streak']!);
  const answer = monthlyCost(badges[0]!, timeline, results, 1000)!;
  expect(answer.months.map(({ month }) => month)).toEqual(['2026-03', '2026-04', '2026-05']);
  expect(answer.months.reduce((sum, { expected }) => sum + expected, 0)).toBeCloseTo(answer.expected, 6);
  expect(answer.expected).toBeCloseTo(result.bands!['streak']!.cost!.expected.mean, 6);
  expect(answer.p90).toBeGreaterThan(answer.p50);
  // Awards last 60 days: at the end of March all of March's are alive.
  expect(answer.months[0]!.exposure).toBeCloseTo(answer.months[0]!.awarded * 2.5, 6);
  expect(answer.months[2]!.exposure).toBeLessThan(1500 * 2.5);
  expect(answer.budget).toMatchObject({ limit: 1000, chanceToKeep: 0 });
  expect(answer.budget?.firstMonthOver).not.toBeNull();
});

describe('lint', () => {
  const lint = (body: Json): Record<string, string> =>
    Object.fromEntries(lintScenario(prepared(body), body).map(({ path, message }) => [path, message]));
  const caps = (customerConstraints: Json[], badgeConstraints: Json[] = []): Json =>
    scenarioBody({}, { badge: badgeBody({ customerConstraints, badgeConstraints }) });
  const rolling = (days: number, limit: number, weeks: number, weekly: number): Json => ({
    constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW',
    ...{ rollForDays: days, maxEarnForDays: limit, rollForWeeks: weeks, maxEarnForWeeks: weekly },
  });

  test('a sound scenario has nothing to say', () => {
    expect(lint(scenarioBody())).toEqual({});
    expect(lint(caps([rolling(1, 1, 1, 6)]))).toEqual({});
    expect(lint(springScenario())).toEqual({});
  });

  test('what the body of a badge says and no rule reads, a limit of zero only once', () => {
    const odd = { constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', durationType: 'MONTHS', value: 3 };
    const findings = lint(caps([odd], [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 0 }]));
    expect(Object.entries(findings).map(([path, words]) => `${path}: ${words}`)).toEqual([
      expect.stringContaining('badges[0].badge.customerConstraints[0].value: The gateway knows no field value'),
      expect.stringContaining('customerConstraints[0].durationType: CUSTOMER_BADGE_ROLLING_WINDOW does not read'),
      expect.stringContaining('customerConstraints[0].rollForDays: No window is switched on'),
      'badges[0].badge.badgeConstraints[0].maxEarnLimit: The limit is zero: nobody can ever earn this badge.',
    ]);
  });

  test('of ten thousand limits the first hundred are held against each other', () => {
    const limit = { constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 0 };
    expect(
      lintCaps(
        prepared(
          caps(
            [],
            Array.from({ length: 10_000 }, () => limit),
          ),
        ).badges[0]!.definition,
        'badge',
      ),
    ).toHaveLength(100);
  });

  test('a weekly limit that a daily one makes unreachable', () => {
    expect(Object.keys(lint(caps([rolling(1, 1, 1, 7)])))).toEqual([
      'badges[0].badge.customerConstraints[0].rollForWeeks',
    ]);
    const daily = {
      constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW',
      durationType: 'DAYS',
      refreshRate: 1,
      maxEarnLimit: 1,
    };
    const weekly = (maxEarnLimit: number): Json => ({
      constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW',
      durationType: 'WEEKS',
      maxEarnLimit,
    });
    expect(Object.keys(lint(caps([daily, weekly(7)])))).toEqual([
      'badges[0].badge.customerConstraints[1].maxEarnLimit',
    ]);
    expect(lint(caps([daily, weekly(6)]))).toEqual({});
  });

  test.each<[string, Json, string]>([
    [
      'a limit of zero',
      caps([], [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 0 }]),
      'badges[0].badge.badgeConstraints[0].maxEarnLimit',
    ],
    [
      'a rolling window longer than the life',
      caps([rolling(93, 1, 0, 0)]),
      'badges[0].badge.customerConstraints[0].rollForDays',
    ],
    ['a missing claim', scenarioBody({}, { owner: { ownerType: 'Journeys', referenceId: '1' } }), 'badges[0].owner'],
    ['no owner', scenarioBody({}, { owner: null }), 'badges[0].owner'],
    [
      'an inactive badge',
      scenarioBody({}, { badge: badgeBody({ active: false }), owner: { ownerType: 'Membercare', referenceId: '1' } }),
      'badges[0].badge.active',
    ],
    ['nobody enrolled', scenarioBody({}, { badge: badgeBody(enrolFirst()) }), 'badges[0].enrol'],
    [
      'enrolment in a direct badge',
      scenarioBody({}, { enrol: [{ at: '2026-03-01T00:00:00Z' }] }),
      'badges[0].enrol[0]',
    ],
    [
      'a badge that has ended',
      scenarioBody(
        {},
        { badge: badgeBody({ startOnISO: '2025-01-01T00:00:00Z', expiresOnISO: '2026-03-01T00:00:00Z' }) },
      ),
      'badges[0].badge.expiresOn',
    ],
    [
      'a badge that has not begun',
      scenarioBody(
        {},
        { badge: badgeBody({ startOnISO: '2027-01-01T00:00:00Z', expiresOnISO: '2027-03-01T00:00:00Z' }) },
      ),
      'badges[0].badge.startOn',
    ],
    ['a field the engine does not know', { ...scenarioBody(), replicatons: 20 }, 'replicatons'],
    [
      'an enrolment that ends before the first possible award',
      scenarioBody(
        {},
        {
          badge: badgeBody({
            earnType: 'ISSUE_EARN',
            issuedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOnISO: '2026-03-05T00:00:00Z' },
          }),
          enrol: [{ at: '2026-03-05T00:00:00Z' }],
        },
      ),
      'badges[0].enrol[0]',
    ],
    [
      'a cap below the enrolled customers',
      scenarioBody(
        {},
        {
          badge: badgeBody({
            earnType: 'ISSUE_EARN',
            issuedBadgeExpiry: { expiryType: 'NEVER' },
            badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 399 }],
          }),
          enrol: [{ at: '2026-03-05T00:00:00Z' }],
        },
      ),
      'badges[0].badge.badgeConstraints[0].maxEarnLimit',
    ],
  ])('%s', (_, body, path) => {
    expect(Object.keys(lint(body))).toEqual([path]);
  });
});
