import { describe, expect, test } from 'vitest';
import { withWorkers } from '../../../electron/backend/simulation/worker-pool';
import { Failure } from '../../../shared/ipc/errors';
import { prepareScenario } from '../../../shared/simulation/prepared-scenario';
import { badgeBody, scenarioBody, type Json } from '../../simulation/scenarios';

function findings(body: unknown): string[] {
  const preparation = prepareScenario(body);
  if (preparation.ok) throw new Error('The scenario was found sound.');
  return preparation.findings.map(({ path, message }) => `${path}: ${message}`);
}

function deep(levels: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

const segment = (changes: Json, activity: Json = {}) => ({
  customers: { segments: [{ name: 's', size: 10, activity: { perWeek: 1, ...activity }, ...changes }] },
});

describe('odd scenarios are mistakes in words', () => {
  test('nested thousands of levels deep, wherever', () => {
    for (const body of [
      deep(100_000),
      { a: deep(5_000) },
      scenarioBody({}, { badge: badgeBody({ tags: deep(5_000) }) }),
    ])
      expect(findings(body)).toEqual([expect.stringMatching(/nested more than 100 levels/)]);
  });

  test('with a date in milliseconds', () => {
    expect(findings(scenarioBody({ to: 1780272000000 }))).toEqual([
      expect.stringMatching(/^to: looks like milliseconds/),
    ]);
    expect(findings(scenarioBody({}, { enrol: [{ at: 1780272000000 }] }))[0]).toMatch(/enrol\[0\]\.at: looks like/);
  });

  test('of centuries, of runs without end, of more events than can be made', () => {
    expect(findings(scenarioBody({ to: '2126-06-01T00:00:00Z' }))).toEqual([
      expect.stringMatching(/^to: is more than 50 years/),
    ]);
    expect(findings(scenarioBody({ to: '2066-06-01T00:00:00Z', replications: 100_000 }))).toEqual([
      expect.stringMatching(/^replications: is too much for .* days/),
    ]);
    expect(findings(scenarioBody(segment({ size: 50_000_000 }, { perWeek: 10_000, growthPerMonth: 100 })))).toEqual([
      expect.stringMatching(/more events than any machine/),
    ]);
    expect(findings(scenarioBody({ ...segment({}, { growthPerMonth: 100 }), to: '2075-06-01T00:00:00Z' }))).toEqual([
      expect.stringMatching(/more events than any machine/),
    ]);
    expect(findings(scenarioBody(segment({ size: 60_000_000 })))[0]).toMatch(/50000000 customers/);
  });

  test('with lists of a hundred thousand entries', () => {
    const many = Array.from({ length: 100_000 }, () => ({ name: 's', size: 1, activity: { perWeek: 1 } }));
    const answer = findings(scenarioBody({ customers: { segments: many } }));
    expect(answer[0]).toMatch(/more segments than 10,000/);
    expect(answer.length).toBeLessThanOrEqual(101);
    const wrong = Array.from({ length: 100_000 }, () => 7);
    expect(findings(scenarioBody({ badges: wrong })).length).toBeLessThanOrEqual(101);
  });
});

describe('a run that fails', () => {
  test('for want of memory says so', async () => {
    const failure: unknown = await withWorkers(false, async (pool) => {
      const columns = { at: new Float64Array(0), ids: { length: 2 ** 53 - 1 } } as never;
      const request = { kind: 'replicate' as const, replication: 0, columns, detail: false };
      await pool.ask(0, { body: scenarioBody(), settings: {} }, request, 'answer', () => undefined);
    }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toMatch(/more memory than there is/);
  });

  test('by a fault of its own keeps the stack out of what a person reads, and gives it to the log', async () => {
    const failure: unknown = await withWorkers(false, async (pool) => {
      const columns = { at: null } as never;
      const request = { kind: 'replicate' as const, replication: 0, columns, detail: false };
      await pool.ask(0, { body: scenarioBody(), settings: {} }, request, 'answer', () => undefined);
    }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    // What is no Failure is logged in full by whoever serves the person, who reads a sentence.
    expect(failure).not.toBeInstanceOf(Failure);
    expect(String(failure)).toMatch(/TypeError[^]*at /);
  });
});
