import { fitProfile } from '../../shared/simulation/learning/activity-profile';
import { fitCounts } from '../../shared/simulation/learning/count-model';
import { comingCoverage } from '../simulation/learning/drawn-customers';
import { coverageOf } from '../simulation/learning/drawn-counts';
import { drawnDays } from '../simulation/learning/drawn-days';
import { seasonCoverage } from '../simulation/learning/season-coverage';
import { shapeCoverage } from '../simulation/learning/shape-coverage';
import type { FuzzRun } from './fuzz';

const SETTINGS = Number(process.env['LAUREL_SETTINGS'] ?? 500);
const inRange = (share: number): boolean => share >= 0.85 && share <= 0.95;

/** How often the 90 % intervals of what `laurel learn` fits cover the truth, over random settings. */
export const fuzzLearningCoverage: FuzzRun = {
  name: 'learning',
  run(report) {
    const missed: string[] = [];
    const settle = (...shares: [what: string, share: number][]): void => {
      for (const [what, share] of shares) {
        report(`${what}: ${(share * 100).toFixed(1)} % of ${String(SETTINGS)} settings covered`);
        if (!inRange(share)) missed.push(what);
      }
    };
    for (const isTruncated of [false, true]) {
      const { mean, dispersion } = coverageOf(SETTINGS, isTruncated, fitCounts);
      const who = isTruncated ? 'customers without an event unseen' : 'all customers known';
      settle([`rate, ${who}`, mean], [`dispersion, ${who}`, dispersion]);
    }
    let growth = 0;
    for (let seed = 0; seed < SETTINGS; seed += 1) {
      const { low, high } = fitProfile(
        drawnDays(182, 40, [0.6, 0.8, 1, 1, 1.2, 1.6, 0.8], 0.05, seed),
        true,
      ).growthPerMonth;
      if (low <= 0.05 && 0.05 <= high) growth += 1;
    }
    settle(['growth a month', growth / SETTINGS]);
    const seasons = seasonCoverage(SETTINGS);
    settle(['growth a month, beside a season', seasons.growth], ['factor of a month', seasons.factor]);
    const shapes = shapeCoverage(SETTINGS);
    settle(['weight of a weekday', shapes.weekday], ['weight of an hour', shapes.hour]);
    settle(['mean of amounts', shapes.mean], ['spread of amounts', shapes.spread]);
    for (const isKnown of [false, true]) {
      const who = isKnown ? 'all customers known' : 'customers without an event unseen';
      const coming = comingCoverage(SETTINGS, isKnown);
      settle([`newcomers a week, ${who}`, coming.joins], [`probability to leave, ${who}`, coming.probability]);
      settle([`dispersion of leaving, ${who}`, coming.spread]);
      settle([`rate of newcomers, ${who}`, coming.perWeek], [`their dispersion, ${who}`, coming.dispersion]);
      settle([`rate of who is there at the end, ${who}`, coming.atEnd]);
    }
    return missed.length === 0
      ? Promise.resolve()
      : Promise.reject(new Error(`not covered in 85 to 95 % of cases: ${missed.join(', ')}`));
  },
};
