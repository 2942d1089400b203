import { fitSeason } from '../../../shared/simulation/learning/season-profile';
import { RandomStream } from '../../../shared/simulation/random';
import { drawnDays } from './drawn-days';

/** In which share of random settings of 18 months to three years the 90 % intervals of season and growth cover the truth. */
export function seasonCoverage(settings: number): { settings: number; factor: number; growth: number } {
  const stream = new RandomStream([3, 'seasons']);
  const covers = ({ low, high }: { low: number; high: number }, truth: number): boolean =>
    low <= truth && truth <= high;
  let [factor, growth, fitted] = [0, 0, 0];
  for (let setting = 0; setting < settings; setting += 1) {
    const drawn = Array.from({ length: 12 }, () => 0.5 + stream.uniform());
    const mean = drawn.reduce((sum, one) => sum + one, 0) / 12;
    const season = drawn.map((one) => one / mean);
    const truth = 0.06 * stream.uniform() - 0.02;
    const days = Math.round(550 + 550 * stream.uniform());
    const perDay = 10 * 20 ** stream.uniform();
    const found = fitSeason(drawnDays(days, perDay, [0.6, 0.8, 1, 1, 1.2, 1.6, 0.8], truth, setting, season)).season;
    if (found === null) continue;
    fitted += 1;
    // One month of each setting, by turns: the twelve of one setting hang together.
    if (covers(found.factors[setting % 12]!, season[setting % 12]!)) factor += 1;
    if (covers(found.growthPerMonth, truth)) growth += 1;
  }
  return { settings: fitted, factor: factor / fitted, growth: growth / fitted };
}
