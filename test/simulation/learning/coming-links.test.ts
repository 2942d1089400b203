import { expect, test } from 'vitest';
import { fitProfile } from '../../../shared/simulation/learning/activity-profile';
import { fitComingDays, type ComingAndProfile } from '../../../shared/simulation/learning/coming';
import { fitComing } from '../../../shared/simulation/learning/coming-fit';
import { linkedMoves, monthsByNumbers, numbersByMonths } from '../../../shared/simulation/learning/coming-links';
import { drawnHistoryOf } from './band-coverage';

const BEGIN = { perWeek: 0.6, dispersion: 0.8, there: 700 };

/** A history of a season, newcomers and drop-out, as it is fitted. */
function fitted(): { coming: ComingAndProfile; seenInAll: number } {
  const season = Array.from({ length: 12 }, (_, month) => 1 + 0.4 * Math.cos((Math.PI * (month - 11)) / 6));
  const dropOut = { probability: 0.08, dispersion: 1 };
  const activity = { perWeek: 0.7, dispersion: 0.8, season, dropOut };
  const { observed } = drawnHistoryOf(5, 95, { size: 700, joins: { perWeek: 14 }, activity });
  const seenInAll = observed.counts.reduce((sum, [count, customers]) => sum + (count > 0 ? customers : 0), 0);
  const plain = fitProfile(observed.days, true);
  const coming = fitComingDays(observed.days, observed.comings!, false, seenInAll, null, BEGIN, plain);
  if (!coming?.season.season) throw new Error('No season was found beside who joins and leaves');
  return { coming, seenInAll };
}

const { coming, seenInAll } = fitted();
const { fit, sample, season, seasonBy, unseen } = coming;

test('a month that counts more moves the numbers as a fit by that clock does', () => {
  const byMonths = numbersByMonths(fit, sample);
  for (const month of [1, 6, 10]) {
    const more = Array.from({ length: 12 }, (_, other) => (other === month ? 0.05 : 0));
    const again = fitComing(sample.byMonths(more), unseen, BEGIN, seenInAll, fit)!;
    again.at.forEach((value, axis) => {
      const off = Math.sqrt(fit.covariance[axis]![axis]!);
      expect(Math.abs(value - fit.at[axis]! - 0.05 * byMonths[month]![axis]!)).toBeLessThan(0.05 * off);
    });
  }
});

test('the season of the fit is what the days say given its own customers', () => {
  seasonBy(fit.model).forEach((factor, month) => expect(factor).toBeCloseTo(season.season!.season[month]!, 2));
});

test('an error goes round until neither side moves the other any more, and makes months less certain, not more', () => {
  const moves = linkedMoves(fit, season, sample, seasonBy);
  const [byMonths, byNumbers] = [numbersByMonths(fit, sample), monthsByNumbers(fit, seasonBy)];
  const [ofNumbers, ofMonths] = [moves.slice(0, fit.at.length), moves.slice(fit.at.length)];
  // An error of the numbers alone: the months hold nothing but what it moves of them.
  for (const { numbers, months } of ofNumbers)
    months.forEach((value, month) => {
      const moved = numbers.reduce((sum, by, axis) => sum + by * byNumbers[axis]![month]!, 0);
      expect(value).toBeCloseTo(moved, 6);
    });
  // One of the months alone: the numbers hold nothing but what the months, as they are in the end, move of them.
  for (const { numbers, months } of ofMonths)
    numbers.forEach((value, axis) => {
      const moved = months.reduce((sum, by, month) => sum + by * byMonths[month]![axis]!, 0);
      expect(value).toBeCloseTo(moved, 6);
    });
  const variance = (of: readonly { months: readonly number[] }[], month: number): number =>
    of.reduce((sum, { months }) => sum + months[month]! ** 2, 0);
  const alone = Array.from({ length: 12 }, (_, month) =>
    season.season!.covariance(
      { growth: 0, months: Array.from({ length: 12 }, (__, other) => (other === month ? 1 : 0)) },
      { growth: 0, months: Array.from({ length: 12 }, (__, other) => (other === month ? 1 : 0)) },
    ),
  );
  const sum = (of: readonly number[]): number => of.reduce((all, one) => all + one, 0);
  expect(sum(alone.map((_, month) => variance(moves, month)))).toBeGreaterThan(sum(alone));
});
