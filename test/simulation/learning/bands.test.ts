/** The short form of `npm run fuzz -- bands`. */
import { expect, test } from 'vitest';
import type { Comings } from '../../../shared/simulation/learning/coming';
import { learnSegment, type Observed } from '../../../shared/simulation/learning/learn';
import { bandCoverage, drawnHistoryOf } from './band-coverage';

test.each(['staying', 'growing'] as const)('what came lies in the bands of what was learned: %s', (kind) => {
  const { learned, events, money, saturdays } = bandCoverage(kind, 20);
  expect(learned).toBe(20);
  // Of 20 with a true coverage of 0.9, fewer than 14 hardly ever.
  expect(events).toBeGreaterThanOrEqual(0.7);
  expect(money).toBeGreaterThanOrEqual(0.7);
  expect(saturdays).toBeGreaterThanOrEqual(0.7);
});

test('the luck of who joined and who left is taken for no season', () => {
  expect(bandCoverage('coming', 10)).toMatchObject({ learned: 10, seasons: 0 });
});

test('who is there is asked of everybody, however few the numbers are fitted to', () => {
  const segment = {
    ...{ size: 2_000, joins: { perWeek: 40 } },
    activity: { perWeek: 0.5, dispersion: 0.8, dropOut: { probability: 0.1, dispersion: 0.8 } },
  };
  const { observed, months } = drawnHistoryOf(5, 50, segment);
  const eventsAWeek = (of: Observed): number => {
    const learned = learnSegment(of, months, null)!;
    return learned.size * learned.perWeek.value;
  };
  const comings = observed.comings!;
  const whole = eventsAWeek(observed);
  const fewFitted = eventsAWeek({ ...observed, comings: { ...comings, fitted: 600 } });
  // As if only they were known.
  const alone = [0, 6].map((from) => {
    const some = (of: ArrayLike<number>): number[] => Array.from(of).filter((_, at) => at % 7 === from);
    const { firsts, ...columns } = comings;
    const few = Object.fromEntries(Object.entries(columns).map(([name, of]) => [name, some(of as number[])]));
    return eventsAWeek({ ...observed, comings: { ...few, firsts } as unknown as Comings });
  });
  expect(Math.abs(fewFitted / whole - 1)).toBeLessThan(0.015);
  expect(Math.max(...alone.map((of) => Math.abs(of / whole - 1)))).toBeGreaterThan(0.025);
});
