import { describe, expect, test } from 'vitest';
import { knownAfter, knownTarget, looksOf, ranksOf } from '../../shared/simulation/known-width';
import { RandomStream } from '../../shared/simulation/random';
import type { BadgeResult } from '../../shared/simulation/result';

const runsOf = (values: readonly number[]) =>
  values.map((awarded) => ({ badge: { awarded, bySegment: {} } as unknown as BadgeResult }));
const target = (change: object = {}) => knownTarget.parse({ measure: 'awarded', at: 'p90', width: 5, ...change });

describe('the ranks between which a quantile lies', () => {
  test('are those of the tables', () => {
    // David and Nagaraja, Order Statistics: the median of 100 lies between the 40th and the 61st.
    expect(ranksOf(100, 0.5, 0.05)).toEqual({ low: 40, high: 61 });
    expect(ranksOf(10, 0.5, 0.05)).toEqual({ low: 2, high: 9 });
    // So few runs do not tell what lies above the P90.
    expect(ranksOf(20, 0.9, 0.05)).toEqual({ low: 15, high: null });
  });

  test('cover it as often as they say, over all looks, whatever the distribution', () => {
    const stream = new RandomStream([1, 'known-width']);
    const shapes: Record<string, { draw: () => number; p90: number; mean: number }> = {
      even: { draw: () => stream.uniform(), p90: 0.9, mean: 0.5 },
      skewed: { draw: () => -Math.log(1 - stream.uniform()), p90: Math.LN10, mean: 1 },
    };
    const looks = looksOf(400);
    for (const { draw, p90, mean } of Object.values(shapes)) {
      const missed = { p90: 0, mean: 0 };
      for (let trial = 0; trial < 300; trial += 1) {
        const values = Array.from({ length: 400 }, draw);
        for (const at of ['p90', 'mean'] as const) {
          const isMissed = looks.some((runs) => {
            const reading = knownAfter(target({ at }), runsOf(values.slice(0, runs)), looks.length);
            const truth = at === 'p90' ? p90 : mean;
            return reading.ok && !(Number(reading.known.low) <= truth && truth <= Number(reading.known.high));
          });
          if (isMissed) missed[at] += 1;
        }
      }
      // One of twenty at most; 300 trials scatter by less than four beyond it.
      expect(missed.p90).toBeLessThan(300 * 0.05 + 12);
      expect(missed.mean).toBeLessThan(300 * 0.05 + 12);
    }
  });
});

test('a number is known where its interval is as narrow as was wanted, absolute or as a share', () => {
  const values = Array.from({ length: 200 }, (_, run) => 1000 + (run % 20));
  const at = (change: object) => {
    const reading = knownAfter(target(change), runsOf(values), 1);
    return reading.ok ? reading.known : null;
  };
  expect(at({ width: 0.5 })).toMatchObject({ reached: false, wanted: 0.5, confidence: 0.95, badge: 'badge' });
  expect(at({ width: 10 })).toMatchObject({ reached: true });
  expect(at({ width: 0.01, isShare: true })).toMatchObject({ reached: true });
  expect(at({ width: 0.0001, isShare: true })).toMatchObject({ reached: false });
  expect(knownAfter(target({ measure: 'nonsense' }), runsOf(values), 1)).toMatchObject({
    reason: { key: 'known.noSuch' },
  });
  expect(knownAfter(target({ badge: 'other' }), runsOf(values), 1)).toMatchObject({
    reason: { key: 'known.noBadge', values: { badge: 'other' } },
  });
});

test('what is the same in all runs is known at once, and so is what never comes', () => {
  const same = knownAfter(target({ width: 1e-9 }), runsOf(new Array<number>(60).fill(7)), 1);
  expect(same).toMatchObject({ known: { low: 7, high: 7, reached: true } });
  const never = Array.from({ length: 60 }, () => ({
    badge: { exhaustedAt: null, bySegment: {} } as unknown as BadgeResult,
  }));
  expect(knownAfter(target({ measure: 'exhaustedAt', at: 'p50' }), never, 1)).toMatchObject({
    known: { value: null, low: null, high: null, reached: true },
  });
});

test('of a mean that is the same in each of a few runs little is known: one that was not made may be anything', () => {
  const same = (many: number) =>
    knownAfter(target({ at: 'mean', width: 0.1 }), runsOf(new Array<number>(many).fill(0)), 10);
  expect(same(50)).toMatchObject({ known: { low: 0, high: 0, reached: false } });
  // ln(0.05 / 10) / ln(0.99): what comes in one of a hundred runs would have come in one of 530.
  expect([same(529), same(530)]).toMatchObject([{ known: { reached: false } }, { known: { reached: true } }]);
});

test('a mean is seldom said to be known where a rare run makes it', () => {
  const stream = new RandomStream([2, 'rare runs']);
  const looks = looksOf(400);
  let wrong = 0;
  for (let trial = 0; trial < 200; trial += 1) {
    const values = Array.from({ length: 400 }, () => (stream.uniform() < 0.02 ? 100 : 0));
    const known = looks
      .map((runs) => knownAfter(target({ at: 'mean', width: 1 }), runsOf(values.slice(0, runs)), looks.length))
      .find((reading) => reading.ok && reading.known.reached);
    if (known?.ok && !(Number(known.known.low) <= 2 && 2 <= Number(known.known.high))) wrong += 1;
  }
  expect(wrong).toBeLessThan(200 * 0.05 + 10);
});

test('it is looked seldom, and last at the most', () => {
  expect(looksOf(2)).toEqual([2]);
  expect(looksOf(60)).toEqual([50, 60]);
  expect(looksOf(2000).length).toBeLessThan(12);
  expect(looksOf(2000).at(-1)).toBe(2000);
});

test('a percentile that falls on a run is that run’s instant, whatever never comes after it', () => {
  const day = '2026-05-01T00:00:00.000000Z';
  const runs = [day, day, day, null, null].map((exhaustedAt) => ({
    badge: { exhaustedAt, bySegment: {} } as unknown as BadgeResult,
  }));
  expect(knownAfter(target({ measure: 'exhaustedAt', at: 'p50' }), runs, 1)).toMatchObject({
    known: { value: expect.stringMatching(/^2026-05-01/) as string },
  });
});
