import { bandCoverage, BAND_KINDS } from '../simulation/learning/band-coverage';
import type { FuzzRun } from './fuzz';

const SETTINGS = Number(process.env['LAUREL_SETTINGS'] ?? 200);
/** Least share of each kind: nine of ten, but for chance. */
const LEAST = 0.83;

/** How often what came lies between P5 and P95 of what a learned scenario forecasts. */
export const fuzzBandCoverage: FuzzRun = {
  name: 'bands',
  run(report) {
    const missed: string[] = [];
    for (const kind of BAND_KINDS) {
      const { learned, seasons, ...shares } = bandCoverage(kind, SETTINGS);
      report(`${kind}, a season learned: ${(seasons * 100).toFixed(1)} %`);
      for (const [what, share] of Object.entries(shares)) {
        report(`${kind}, ${what}: ${(share * 100).toFixed(1)} % of ${String(learned)} forecasts covered`);
        if (!(share >= LEAST)) missed.push(`${kind}, ${what}`);
      }
    }
    return missed.length === 0
      ? Promise.resolve()
      : Promise.reject(new Error(`less covered than they have to be: ${missed.join('; ')}`));
  },
};
