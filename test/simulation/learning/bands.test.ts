/** The short form of `npm run fuzz -- bands`. */
import { describe, expect, test } from 'vitest';
import type { Comings } from '../../../shared/simulation/learning/coming';
import { holdOut, learnGroups, learnSegment, type Observed } from '../../../shared/simulation/learning/learn';
import { bandCoverage, drawnHistoryOf, inGroups } from './band-coverage';

test.each(['staying', 'growing'] as const)('what came lies in the bands of what was learned: %s', (kind) => {
  const { learned, events, money, saturdays } = bandCoverage(kind, 20);
  expect(learned).toBe(20);
  // Of 20 with a true coverage of 0.9, fewer than 14 hardly ever.
  expect(events).toBeGreaterThanOrEqual(0.7);
  expect(money).toBeGreaterThanOrEqual(0.7);
  expect(saturdays).toBeGreaterThanOrEqual(0.7);
});

test('what came lies in the bands of groups of customers who join and leave', () => {
  const { learned, events, money, off } = bandCoverage('coming', 5, inGroups);
  expect(learned).toBe(5);
  // Of 5 with a true coverage of 0.9, fewer than 3 in one of a hundred sets of seeds; `npm run fuzz -- bands` takes 200.
  expect(events).toBeGreaterThanOrEqual(0.6);
  expect(money).toBeGreaterThanOrEqual(0.6);
  expect(off).toBeLessThan(0.08);
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

describe('groups of customers who join and leave', () => {
  const segment = {
    ...{ size: 1_000, joins: { perWeek: 20 } },
    activity: { perWeek: 0.5, dispersion: 0.8, dropOut: { probability: 0.1, dispersion: 0.8 } },
  };
  const { observed, months } = drawnHistoryOf(5, 50, segment);
  const whole = learnSegment(observed, months, null)!;

  test('add up to those who are there, by what is expected of each, with newcomers beside them', () => {
    const [low, middle, high, newcomers, ...more] = learnGroups(observed, months, null, 3)!;
    expect(more).toEqual([]);
    const groups = [low!, middle!, high!];
    const ends = groups.map(({ name }) => name.match(/[\d.]+/g)!.map(Number));
    expect(groups.map(({ name }) => name)).toEqual([
      `less than ${String(ends[0]![0])} events a week`,
      `${String(ends[0]![0])} to less than ${String(ends[2]![0])} events a week`,
      `${String(ends[2]![0])} or more events a week`,
    ]);
    const sum = (of: (group: (typeof groups)[number]) => number): number =>
      groups.reduce((all, group) => all + of(group), 0);
    expect(Math.abs(sum(({ size }) => size) - whole.size)).toBeLessThanOrEqual(2);
    expect(sum(({ seen }) => seen)).toBe(whole.seen);
    expect(sum(({ size, perWeek }) => size * perWeek.value) / (whole.size * whole.perWeek.value)).toBeCloseTo(1, 2);
    for (const [place, { size, perWeek, dispersion, coming, drawnAs }] of groups.entries()) {
      expect(Math.abs(size / (whole.size / 3) - 1)).toBeLessThan(0.1);
      expect(perWeek.value).toBeGreaterThan(ends[place]![place === 0 ? 1 : 0] ?? 0);
      expect(perWeek.value).toBeLessThan(place === 2 ? Infinity : ends[place]!.at(-1)!);
      expect(dispersion.value).toBeLessThan(whole.dispersion.value);
      expect([coming!.joins, drawnAs]).toEqual([null, whole.drawnAs]);
      expect(coming!.dropOut!.probability).toBeGreaterThan(0);
    }
    // Whoever comes often and is still there leaves less often.
    expect(high!.coming!.dropOut!.probability).toBeLessThan(low!.coming!.dropOut!.probability);
    expect(newcomers).toMatchObject({ name: 'newcomers', size: 0, seen: 0, coming: { joins: whole.coming!.joins } });
  });

  test('forecast the days held back as all together do', () => {
    const [together, apart] = [1, 3].map((groups) => holdOut([observed], 280, () => null, groups)!);
    expect(apart!.forecast / together!.forecast).toBeCloseTo(1, 2);
    expect(apart!.actual).toBe(together!.actual);
  });
});
