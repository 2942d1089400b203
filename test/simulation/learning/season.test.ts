import { describe, expect, test } from 'vitest';
import { seasonSpan, fitSeason } from '../../../shared/simulation/learning/season-profile';
import { learnSegment } from '../../../shared/simulation/learning/learn';
import { drawnCounts } from './drawn-counts';
import { drawnDays } from './drawn-days';
import { seasonCoverage } from './season-coverage';

const WEEK = [0.6, 0.8, 1, 1, 1.2, 1.6, 0.8];
/** Of mean 1. */
const SEASON = [0.7, 0.75, 0.9, 1, 1, 1.05, 0.8, 0.8, 1, 1.1, 1.2, 1.7];
const EVEN = new Array<number>(12).fill(1);

describe('a yearly season', () => {
  test('needs every month of the calendar, and growth beside it half of them twice', () => {
    const span = (many: number): string => seasonSpan(drawnDays(many, 1, WEEK, 0, 1));
    expect([span(340), span(358), span(366), span(520), span(560)]).toEqual([
      ...['less-than-a-year', 'one-year', 'one-year'],
      ...['one-year', 'told-apart'],
    ]);
  });

  test('is found beside the growth of two years, and each within its interval', () => {
    const { span, season } = fitSeason(drawnDays(731, 400, WEEK, 0.02, 3, SEASON));
    expect(span).toBe('told-apart');
    expect(season!.season.reduce((sum, factor) => sum + factor, 0)).toBeCloseTo(12, 9);
    season!.season.forEach((factor, month) => expect(Math.abs(factor / SEASON[month]! - 1)).toBeLessThan(0.05));
    const { low, high } = season!.growthPerMonth;
    expect([low < 0.02, high > 0.02, high - low < 0.01]).toEqual([true, true, true]);
  });

  test('of one year holds whatever the year did: then growth is none, and is not known', () => {
    const { span, season } = fitSeason(drawnDays(366, 400, WEEK, 0.02, 3, SEASON));
    expect(span).toBe('one-year');
    expect(season!.growthPerMonth.value).toBe(0);
    expect(season!.growthPerMonth.high).toBeGreaterThan(0.02);
    const rise = season!.season[11]! / season!.season[0]! / (SEASON[11]! / SEASON[0]!);
    expect(rise).toBeGreaterThan(1.1);
  });

  test('is none where chance or an even growth explains the months', () => {
    let found = 0;
    for (let seed = 0; seed < 100; seed += 1)
      if (fitSeason(drawnDays(400, 60, WEEK, 0.02, seed, EVEN)).season !== null) found += 1;
    // One in a hundred is allowed: four or more are drawn of that once in fifty sets of seeds.
    expect(found).toBeLessThanOrEqual(4);
  });

  test('knows a month in which nobody comes', () => {
    const { season } = fitSeason(drawnDays(731, 100, WEEK, 0, 5, [1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1]));
    expect(season!.factors[7]).toMatchObject({ value: 0, low: 0 });
    expect(season!.factors[7]!.high).toBeLessThan(0.05);
    expect(season!.season[0]).toBeCloseTo(12 / 11, 1);
  });

  test('has intervals that cover the truth in nine of ten settings', () => {
    const { factor, growth, settings } = seasonCoverage(60);
    expect(settings).toBe(60);
    for (const share of [factor, growth]) {
      expect(share).toBeGreaterThan(0.78);
      expect(share).toBeLessThan(1);
    }
  });
});

test('a segment says what its days cannot tell apart, and its rate is that of an average month', () => {
  const observed = (days: number, season: readonly number[], growth = 0) => ({
    ...{ name: 'all', days: drawnDays(days, 571.4, new Array<number>(7).fill(1), growth, 4, season) },
    ...{ counts: drawnCounts(11, 4000, days / 7, 0.5), untilCut: [], amounts: null },
  });
  const two = learnSegment(observed(731, SEASON), 24, 4000)!;
  expect(two.season).toHaveLength(12);
  expect(two.notes).toEqual(['growth-not-told']);
  expect(two.perWeek.value).toBeGreaterThan(0.95);
  expect(two.perWeek.value).toBeLessThan(1.05);
  expect(learnSegment(observed(366, SEASON), 12, 4000)!.notes).toEqual(['season-or-growth']);
  expect(learnSegment(observed(366, EVEN, 0.05), 12, 4000)!.notes).toEqual(['growth-or-season']);
  expect(learnSegment(observed(200, SEASON), 6.5, 4000)!.notes).toContain('season-needs-year');
  expect(learnSegment(observed(731, EVEN), 24, 4000)!).toMatchObject({
    season: null,
    notes: ['growth-not-told', 'season-not-told'],
  });
});
