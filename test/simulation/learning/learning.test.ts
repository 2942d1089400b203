import { describe, expect, test } from 'vitest';
import { exposureOf, fitProfile } from '../../../shared/simulation/learning/activity-profile';
import { fitCounts, posterior } from '../../../shared/simulation/learning/count-model';
import { holdOut, learnGroups, learnSegment } from '../../../shared/simulation/learning/learn';
import { RandomStream } from '../../../shared/simulation/random';
import { coverageOf, drawnCounts } from './drawn-counts';
import { drawnDays } from './drawn-days';

describe('counts of customers at rates of their own', () => {
  test.each([false, true])(
    'nine of ten intervals cover the truth (customers without an event unseen: %s)',
    (truncated) => {
      const { mean, dispersion, settings } = coverageOf(100, truncated, fitCounts);
      expect(settings).toBe(100);
      // Of a hundred with a true coverage of 0.9, all but one run in some thousands; `npm run fuzz -- learning` takes 500.
      for (const share of [mean, dispersion]) expect(share).toBeGreaterThan(0.8);
      for (const share of [mean, dispersion]) expect(share).toBeLessThan(0.99);
    },
  );

  test.each([true, false])(
    'counts that are geometric to the last customer are fitted as what they are (all known: %s)',
    (known) => {
      // Shape 1 and mean 2: a third has none, and each further event is had by two thirds of those with one less.
      const geometric = Array.from({ length: 80 }, (_, count) => [count, 1e6 * (1 / 3) * (2 / 3) ** count] as const);
      const fit = fitCounts(known ? geometric : geometric.slice(1), known ? 1e6 : null)!;
      expect(fit.mean.value).toBeCloseTo(2, 3);
      expect(fit.dispersion.value).toBeCloseTo(1, 3);
      expect(fit.customers / 1e6).toBeCloseTo(1, 3);
    },
  );

  test('who was not seen is found from those who were', () => {
    const drawn = drawnCounts(5, 5000, 1.5, 1);
    const fit = fitCounts(
      drawn.filter(([count]) => count > 0),
      null,
    );
    expect(fit!.customers).toBeGreaterThan(4500);
    expect(fit!.customers).toBeLessThan(5600);
  });

  test('customers who are all alike have a dispersion whose interval begins at nothing; one customer tells nothing', () => {
    const fit = fitCounts(drawnCounts(3, 3000, 4, 0), 3000);
    expect(fit!.dispersion.low).toBe(0);
    expect(fit!.dispersion.high).toBeLessThan(0.02);
    expect(fitCounts([[7, 1]], null)).toBeNull();
    expect(fitCounts([], 100)).toBeNull();
  });

  test('what is expected of all customers together is what they had', () => {
    const drawn = drawnCounts(9, 4000, 3, 0.7);
    const fit = fitCounts(drawn, 4000)!;
    const expected = drawn.reduce((sum, [count, customers]) => sum + customers * posterior(fit, count).mean, 0);
    expect(expected / 4000).toBeCloseTo(1, 3);
  });
});

describe('weekdays and growth', () => {
  const weights = [0.6, 0.8, 1, 1, 1.2, 1.6, 0.8];

  test('are found with intervals that cover them', () => {
    const found = fitProfile(drawnDays(364, 500, weights, 0.03, 1), true);
    found.weekdays.forEach((weight, index) => expect(weight).toBeCloseTo(weights[index] ?? 0, 1));
    expect(found.growthPerMonth.low).toBeLessThan(0.03);
    expect(found.growthPerMonth.high).toBeGreaterThan(0.03);
    expect(found.growthPerMonth.high - found.growthPerMonth.low).toBeLessThan(0.01);
    expect(found.scatter).toBeLessThan(1.3);
  });

  test('the growth’s interval covers the truth in nine of ten cases', () => {
    let covered = 0;
    for (let seed = 0; seed < 100; seed += 1) {
      const { low, high } = fitProfile(drawnDays(182, 40, weights, 0.05, seed), true).growthPerMonth;
      if (low <= 0.05 && 0.05 <= high) covered += 1;
    }
    expect(covered).toBeGreaterThan(80);
    expect(covered).toBeLessThan(99);
  });

  test('a week of average days is worth a week', () => {
    const flat = drawnDays(70, 100, [1, 1, 1, 1, 1, 1, 1], 0, 2);
    expect(exposureOf(flat, fitProfile(flat, false))).toBeCloseTo(10, 6);
  });

  test('few days tell neither', () => {
    const few = fitProfile(drawnDays(10, 50, weights, 0, 3), true);
    expect(few.weekdays).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(few.growthPerMonth.value).toBe(0);
  });
});

describe('segments', () => {
  const observed = {
    ...{ name: 'all', days: drawnDays(364, 571.4, [1, 1, 1, 1, 1, 1, 1], 0, 4) },
    ...{ counts: drawnCounts(11, 4000, 52, 0.5), untilCut: drawnCounts(11, 4000, 41.6, 0.5) },
    amounts: { many: 4, sum: 100, squares: 3000 },
  };

  test('groups by how many events customers had add up to the whole, and nobody’s luck is taken for their rate', () => {
    const whole = learnSegment(observed, 12, 4000)!;
    const groups = learnGroups(observed, 12, 4000, 3)!;
    expect(groups.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^0 to \d+ events$/),
      expect.stringMatching(/^\d+ to \d+ events$/),
      expect.stringMatching(/^\d+ or more events$/),
    ]);
    expect(groups.reduce((sum, { size }) => sum + size, 0)).toBe(4000);
    const perWeek = groups.reduce((sum, group) => sum + (group.size * group.perWeek.value) / 4000, 0);
    expect(perWeek).toBeCloseTo(whole.perWeek.value, 3);
    for (const { perWeek: rate, dispersion } of groups) {
      expect(rate.low).toBeLessThanOrEqual(rate.value);
      expect(rate.high).toBeGreaterThanOrEqual(rate.value);
      // Within a group customers differ less than in the whole.
      expect(dispersion.value).toBeLessThan(whole.dispersion.value);
    }
    expect(whole.amount).toEqual({ mean: 25, spread: Math.sqrt(750 - 625) / 25 });
  });

  test('the days held back are forecast from those before, beside the year before', () => {
    const held = holdOut([observed], 291, () => 4000)!;
    expect(held.naiveDaysBack).toBe(77);
    expect(Math.abs(held.error!)).toBeLessThan(0.05);
    expect(held.forecast).toBeCloseTo(held.actual * (1 + held.error!), 6);
    expect(holdOut([observed], 3, () => 4000)).toBeNull();
  });

  test.each([12_000, 25_000])('groups of %d customers are known as well as so many tell', (many) => {
    const counts = drawnCounts(13, many, 5, 0.5);
    const days = drawnDays(60, (5 * many) / 60, [1, 1, 1, 1, 1, 1, 1], 0, 4);
    const groups = learnGroups({ name: 'all', days, counts, untilCut: counts, amounts: null }, 2, many, 3)!;
    for (const { perWeek, dispersion } of groups)
      for (const { value, low, high } of [perWeek, dispersion]) {
        // Neither end is the value, and neither is further from it than a few parts of a hundred.
        expect(low / value).toBeLessThan(0.9995);
        expect(low / value).toBeGreaterThan(0.9);
        expect(high / value).toBeGreaterThan(1.0005);
        expect(high / value).toBeLessThan(1.1);
      }
  });

  test('a plain forecast of more days than it repeats knows nothing of those held back', () => {
    const step = (cut: number, many: number) =>
      Array.from({ length: many }, (_, day) => ({
        ...{ events: day < cut ? 20 : 60, weekDay: day % 7, month: 0, length: 1, months: day / 30.4 },
      }));
    const counts = [[10, 1000]] as const;
    const of = (cut: number, many: number) =>
      holdOut([{ name: 'all', days: step(cut, many), counts, untilCut: counts, amounts: null }], cut, () => 1000)!;
    expect([of(548, 1095).naive, of(548, 1095).naiveDaysBack]).toEqual([547 * 20, 364]);
    // Of three fifths held back the weeks before are repeated once and a half.
    expect([of(40, 100).naive, of(40, 100).naiveDaysBack]).toEqual([60 * 20, 35]);
    expect(of(40, 100).forecast).toBeGreaterThan(0);
  });

  test('where days scatter more than the model’s, the level of all of them is known less well', () => {
    const stream = new RandomStream([17, 'weather']);
    const logs: number[] = [];
    const said: number[] = [];
    const covered: boolean[] = [];
    for (let file = 0; file < 40; file += 1) {
      const days = drawnDays(84, 170, [1, 1, 1, 1, 1, 1, 1], 0, file).map((day) => ({
        ...day,
        events: Math.round(day.events * 0.09 * stream.gamma(1 / 0.09)),
      }));
      const events = days.reduce((sum, day) => sum + day.events, 0);
      const counts = drawnCounts(file, 1500, events / 1500, 0.3);
      const { perWeek, uncertainty } = learnSegment(
        { name: 'all', days, counts, untilCut: counts, amounts: null },
        2.76,
        1500,
      )!;
      logs.push(Math.log(perWeek.value));
      said.push(uncertainty.alone);
      const truth = (170 * 7) / 1500;
      covered.push(perWeek.low <= truth && truth <= perWeek.high);
    }
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const sd = Math.sqrt(mean(logs.map((log) => (log - mean(logs)) ** 2)));
    expect(mean(said) / sd).toBeGreaterThan(0.7);
    expect(mean(said) / sd).toBeLessThan(1.4);
    expect(covered.filter(Boolean).length).toBeGreaterThanOrEqual(32);
  });

  test('where nobody came twice nobody can tell how many there are, unless it is said', () => {
    const days = drawnDays(90, 3.4, [1, 1, 1, 1, 1, 1, 1], 0, 4);
    const counts = [[1, 300]] as const;
    const once = { name: 'all', days, counts, untilCut: counts, amounts: null };
    expect(learnSegment(once, 3, null)).toMatchObject({ isSizeKnown: false });
    expect(learnSegment(once, 3, 900)).toMatchObject({ isSizeKnown: true, size: 900 });
    const twice = { ...once, counts: [[1, 280] as const, [2, 20] as const] };
    expect(learnSegment(twice, 3, null)).toMatchObject({ isSizeKnown: true });
  });
});
