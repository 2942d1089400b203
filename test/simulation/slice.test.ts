import { describe, expect, it } from 'vitest';
import { ENGINE_VERSION } from '../../shared/simulation/engine';
import { resultOfReplications } from '../../shared/simulation/bands';
import { serialiseResult, type BadgeResult } from '../../shared/simulation/result';
import { mergeParts, PART_SCHEMA, rangeOfSlice, readPart, type Part } from '../../shared/simulation/slice';

const badge = (awarded: number): BadgeResult => ({
  enrolled: 0,
  enrolRejected: {},
  qualifying: 10,
  attempts: 10,
  awarded,
  customersAwarded: awarded,
  customersTurnedAway: 10 - awarded,
  rejected: { 990002: 10 - awarded },
  rejectedByConstraint: {},
  firstRejectedAt: null,
  exhaustedAt: awarded > 4 ? '2026-03-02T00:00:00.000001Z' : null,
  byDay: [{ day: '2026-03-01', attempts: 10, awarded, rejected: 10 - awarded }],
  bySegment: { all: { customers: 10, awarded, customersAwarded: awarded, customersTurnedAway: 10 - awarded } },
  awardsPerCustomer: { 1: awarded },
  cost: { expected: awarded * 0.1, currency: 'EUR' },
});

const scenario = { name: 'Test', seed: 3, replications: 5 };
const AWARDED = [3, 7, 5, 4, 6];

function part(number: number, of: number, changes: Partial<Part> = {}): { name: string; part: Part } {
  const { first, count } = rangeOfSlice({ number, of }, scenario.replications);
  const made: Part = {
    schema: PART_SCHEMA,
    engine: ENGINE_VERSION,
    fingerprint: 'abc',
    slice: { number, of },
    scenario,
    events: { skipped: 2, badRows: 1 },
    runs: AWARDED.slice(first, first + count).map((awarded, place) => ({
      replication: first + place,
      events: 100 + first + place,
      badges: { streak: badge(awarded) },
      nobody: {},
    })),
    ...changes,
  };
  const read = readPart(JSON.parse(JSON.stringify(made)));
  if (read === null) throw new Error('not a part');
  return { name: `p${String(number)}`, part: read };
}

describe('slices of a simulation', () => {
  it('take every replication once, in order, whatever the number of slices', () => {
    for (const replications of [1, 2, 5, 64, 1000])
      for (const of of [1, 2, 3, 7, 64, 1001]) {
        const taken = Array.from({ length: of }, (_, index) => rangeOfSlice({ number: index + 1, of }, replications));
        const numbers = taken.flatMap(({ first, count }) => Array.from({ length: count }, (_, place) => first + place));
        expect(numbers).toEqual(Array.from({ length: replications }, (_, index) => index));
      }
  });

  it('are merged, in any order, to the bytes of one run', () => {
    const whole = resultOfReplications(
      scenario,
      { total: 100, skipped: 2, badRows: 1 },
      AWARDED.map((awarded) => ({ streak: badge(awarded) })),
    );
    for (const of of [1, 2, 3, 5, 8]) {
      const parts = Array.from({ length: of }, (_, index) => part(index + 1, of)).reverse();
      const merge = mergeParts(parts);
      expect(merge.ok && serialiseResult(merge.result)).toBe(serialiseResult(whole));
    }
  });

  it('are named where they are lost, doubled or of something else', () => {
    const wrong = (...parts: { name: string; part: Part }[]) => {
      const merge = mergeParts(parts);
      return merge.ok ? [] : merge.mistakes;
    };
    expect(wrong(part(2, 5), part(5, 5))).toEqual(['slices 1, 3 to 4 of 5 are missing']);
    expect(wrong(part(1, 2))).toEqual(['slice 2 of 2 is missing']);
    expect(wrong(part(1, 2), part(2, 2), { ...part(1, 2), name: 'again' })).toEqual([
      'again: is slice 1/2 again, which is p1',
    ]);
    expect(wrong(part(1, 2), part(2, 3))).toEqual(['p2: is slice 2/3, and p1 (1/2) was cut into 2']);
    expect(wrong(part(1, 2), part(2, 2, { fingerprint: 'def' }))).toEqual([
      'p2: is of another scenario, setting or file of transactions than p1 (1/2)',
    ]);
    expect(wrong(part(1, 2, { engine: '0.9.0' }), part(2, 2))[0]).toContain('was made by engine 0.9.0');
  });

  it('are no parts when replications are missing from them, or anything else is not as it was written', () => {
    const { part: good } = part(1, 2);
    expect(readPart(good)).not.toBeNull();
    expect(readPart({ ...good, runs: good.runs.slice(1) })).toBeNull();
    expect(readPart({ ...good, runs: [...good.runs].reverse() })).toBeNull();
    expect(readPart({ ...good, slice: { number: 3, of: 2 } })).toBeNull();
    expect(readPart({ ...good, runs: [{ ...good.runs[0], badges: { streak: { awarded: 'x' } } }] })).toBeNull();
    for (const other of [null, 3, [], {}, { schema: 'laurel/result@1' }]) expect(readPart(other)).toBeNull();
  });
});
