import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CancelSource } from '../../../shared/ipc/cancel';
import { Failure } from '../../../shared/ipc/errors';
import { percentile } from '../../../shared/simulation/bands';
import { serialiseResult } from '../../../shared/simulation/result';
import { withSettings } from '../../../shared/simulation/scenario-value';
import { drawnAheadLink, DrawnAheadSource } from '../../../electron/backend/simulation/drawn-ahead';
import { withWorkers } from '../../../electron/backend/simulation/worker-pool';
import { runSimulation } from '../../../electron/backend/simulation/run';
import { badgeBody, scenarioBody, springScenario, type Json } from '../../simulation/scenarios';
import { enrolFirst } from '../../domain/badge-bodies';

const run = async (body: unknown, workers = 1): Promise<string> =>
  serialiseResult((await runSimulation({ body, csv: null }, { workers })).result);

describe('the same bytes', () => {
  test('on any number of workers', async () => {
    const body = withSettings(springScenario(), [
      { path: 'replications', value: 5 },
      { path: 'customers.segments.0.size', value: 3000 },
    ]);
    const alone = await run(body, 1);
    expect(await run(body, 2)).toBe(alone);
    expect(await run(body, 7)).toBe(alone);
  });

  test.each(['in order', 'enrolled', 'joining'] as const)(
    'where another thread draws what is judged: %s',
    async (kind) => {
      const activity = { perWeek: 0.8, dispersion: 0.5, amount: { mean: 30, spread: 0.5 } };
      const segments = [
        { name: 'all', size: 150_000, activity },
        { name: 'few', size: 900, activity: { perWeek: 3 } },
      ];
      const total = { constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: kind === 'enrolled' ? 60_000 : 150_000 };
      const month = {
        constraintType: 'BADGE_FIXED_WINDOW',
        durationType: 'DAYS',
        refreshRate: 7,
        maxEarnLimit: 40_000,
      };
      const twice = { constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 9, maxEarnForDays: 2 };
      const waves = ['2026-03-03T07:00:00Z', '2026-03-12T00:00:00Z'].map((at) => ({ at, share: 0.4 }));
      const limits = { customerConstraints: [twice], badgeConstraints: kind === 'joining' ? [month] : [total] };
      const [badge, entry] =
        kind === 'enrolled'
          ? [badgeBody({ ...enrolFirst(), ...limits }), { enrol: waves, trigger: { minAmount: 25, probability: 0.9 } }]
          : [badgeBody(limits), {}];
      const joining = { joins: { perWeek: 5000 }, activity: { ...activity, dropOut: { probability: 0.1 } } };
      const body = scenarioBody(
        {
          to: '2026-03-29T00:00:00Z',
          customers: { segments: kind === 'joining' ? [{ ...segments[0], ...joining }, segments[1]] : segments },
        },
        { badge, ...entry },
      );
      const alone = await runSimulation({ body, csv: null, detail: true }, { workers: 1 });
      const paired = await runSimulation({ body, csv: null, detail: true }, { workers: 2 });
      expect(paired).toEqual(alone);
      expect(serialiseResult(paired.result)).toBe(serialiseResult(alone.result));
      const { awarded, rejectedByConstraint } = alone.result.badges['badge']!;
      expect(awarded).toBeGreaterThan(50_000);
      expect(Object.keys(rejectedByConstraint)).toContain(
        kind === 'joining' ? 'BADGE_FIXED_WINDOW' : 'BADGE_FIXED_VALUE',
      );
    },
  );

  test('the first replication is what one replication alone gives', async () => {
    const body = withSettings(springScenario(), [{ path: 'customers.segments.0.size', value: 1000 }]);
    const one = JSON.parse(await run(body)) as Json;
    const many = JSON.parse(await run(withSettings(body, [{ path: 'replications', value: 3 }]))) as Json;
    expect(many['badges']).toEqual(one['badges']);
    expect(many['bands']).not.toBeNull();
  });

  test('another seed gives other bytes', async () => {
    const body = withSettings(springScenario(), [{ path: 'customers.segments.0.size', value: 1000 }]);
    expect(await run(withSettings(body, [{ path: 'seed', value: 8 }]))).not.toBe(await run(body));
  });

  test('as this engine version has always given for the ready fixture', async () => {
    // When this changes on purpose, ENGINE_VERSION rises with it; when it changes by itself, something is not portable.
    const hash = createHash('sha256')
      .update(await run(springScenario()))
      .digest('hex');
    expect(hash).toBe('48c1466134d665b47e22575ba1ab5c2c45f30999a8a15e4361d2c43f92cbfac2');
  });
});

describe('bands', () => {
  test('percentiles are interpolated linearly', () => {
    expect([0, 0.1, 0.5, 0.9, 1].map((share) => percentile([10, 20, 40, 80], share))).toEqual([10, 13, 30, 68, 80]);
    expect(percentile([7], 0.9)).toBe(7);
  });

  test('every number has one, days by their place, exhaustion over the replications that ran out', async () => {
    const badge = badgeBody({ badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 6300 }] });
    const outcome = await runSimulation({
      body: scenarioBody({ replications: 20 }, { badge, cost: { perAward: 2 } }),
      csv: null,
    });
    const { bands, badges } = outcome.result;
    const all = outcome.replications.map((replication) => replication['badge']!);
    const band = bands!['badge']!;
    const sorted = all.map((result) => result.awarded).sort((left, right) => left - right);
    expect(band.awarded).toEqual({
      p10: percentile(sorted, 0.1),
      p50: percentile(sorted, 0.5),
      p90: percentile(sorted, 0.9),
      mean: all.reduce((sum, result) => sum + result.awarded, 0) / 20,
    });
    const ranOut = all.flatMap((result) => (result.exhaustedAt === null ? [] : [Date.parse(result.exhaustedAt)]));
    expect(ranOut.length).toBeGreaterThan(0);
    expect(ranOut.length).toBeLessThan(20);
    expect(band.exhaustedAt.share).toBe(ranOut.length / 20);
    const middle = percentile(
      ranOut.sort((left, right) => left - right),
      0.5,
    );
    expect(Math.abs(Date.parse(band.exhaustedAt.p50 ?? '') - middle)).toBeLessThanOrEqual(1);
    expect(band.byDay).toHaveLength(92);
    expect(band.byDay[9]).toMatchObject({
      day: badges['badge']!.byDay[9]!.day,
      attempts: { mean: all.reduce((sum, result) => sum + result.byDay[9]!.attempts, 0) / 20 },
    });
    expect(Object.keys(band)).toEqual(Object.keys(badges['badge']!).filter((key) => key !== 'firstRejectedAt'));
    expect(band.cost?.expected.p90).toBe(band.awarded.p90 * 2);
  });
});

describe('a run under way', () => {
  const long = scenarioBody({
    customers: { segments: [{ name: 's', size: 2_000_000, activity: { perWeek: 5, dispersion: 0.5 } }] },
  });

  test('reports progress and is cancelled, leaving nothing behind', async () => {
    const source = new CancelSource();
    const shares: number[] = [];
    let cancelled = 0;
    const running = runSimulation(
      { body: long, csv: null },
      {
        signal: source.signal,
        progress: (report) => {
          shares.push(report.share);
          if (shares.length === 3) {
            cancelled = performance.now();
            source.cancel();
          }
        },
      },
    );
    const failure = await running.then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).code).toBe('cancelled');
    expect(cancelled).toBeGreaterThan(0);
    expect(
      shares.every((share, index) => share >= 0 && share <= 1 && (index === 0 || share >= shares[index - 1]!)),
    ).toBe(true);
  });

  test('is cancelled while one thread waits for the other, and the threads can be used again', async () => {
    const capped = withSettings(long, [
      {
        path: 'badges.0.badge.badgeConstraints',
        value: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 1_000_000 }],
      },
    ]);
    const source = new CancelSource();
    const options = { workers: 2, signal: source.signal, progress: () => source.cancel() };
    await expect(runSimulation({ body: capped, csv: null }, options)).rejects.toMatchObject({ code: 'cancelled' });
    const small = withSettings(capped, [{ path: 'customers.segments.0.size', value: 100_000 }]);
    await withWorkers(false, async (pool) => {
      const { result } = await runSimulation({ body: small, csv: null }, { workers: 2, pool });
      const again = await runSimulation({ body: small, csv: null }, { workers: 2, pool });
      expect(again.result).toEqual(result);
    });
  });

  test('an end that gave up lets the other one go', () => {
    const { judging, giveUp } = drawnAheadLink();
    giveUp();
    expect(() => new DrawnAheadSource(judging)).toThrow('gave up');
  });

  test('is refused when it was cancelled before, or is not sound', async () => {
    const source = new CancelSource();
    source.cancel();
    await expect(runSimulation({ body: long, csv: null }, { signal: source.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    await expect(runSimulation({ body: scenarioBody({ to: 0 }), csv: null })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('to: must be after from') as string,
    });
    await expect(
      runSimulation({
        body: scenarioBody({ customers: null, events: { csv: 'x', customer: 'c', at: 'a' } }),
        csv: '/nowhere/x',
      }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('a share is exact, its choice depends on the seed, and 0 and 1 are none and all', async () => {
  const enrolled = async (share: number, seed: number): Promise<{ enrolled: number; served: string }> => {
    const badge = badgeBody(enrolFirst());
    const body = scenarioBody(
      { seed },
      { badge, enrol: [{ at: '2026-03-01T00:00:00Z', segments: ['regulars'], share }] },
    );
    const { result, detail } = await runSimulation({ body, csv: null, detail: true });
    return { enrolled: result.badges['badge']!.enrolled, served: (detail?.awards['badge'] ?? []).join('') };
  };
  expect((await enrolled(0, 1)).enrolled).toBe(0);
  expect((await enrolled(1, 1)).enrolled).toBe(400);
  const [one, other] = [await enrolled(0.333, 1), await enrolled(0.333, 2)];
  expect([one.enrolled, other.enrolled]).toEqual([133, 133]);
  expect(one.served).not.toBe(other.served);
});
