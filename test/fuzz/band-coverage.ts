import { bandCoverage, BAND_KINDS, type BandKind } from '../simulation/learning/band-coverage';
import type { FuzzRun } from './fuzz';

const SETTINGS = Number(process.env['LAUREL_SETTINGS'] ?? 200);
/**
 * Least share of each kind. Nine of ten where a file tells what it is; less where one story may be taken for another: a season for
 * none, or the luck of who joined and left for a season (docs/learning.md).
 */
const LEAST: Readonly<Record<BandKind, number>> = { staying: 0.85, growing: 0.85, seasonal: 0.75, coming: 0.6 };

/** How often what came lies between P5 and P95 of what a learned scenario forecasts. */
export const fuzzBandCoverage: FuzzRun = {
  name: 'bands',
  run(report) {
    const missed: string[] = [];
    for (const kind of BAND_KINDS) {
      const { learned, ...shares } = bandCoverage(kind, SETTINGS);
      for (const [what, share] of Object.entries(shares)) {
        report(`${kind}, ${what}: ${(share * 100).toFixed(1)} % of ${String(learned)} forecasts covered`);
        if (!(share >= LEAST[kind])) missed.push(`${kind}, ${what}`);
      }
    }
    return missed.length === 0
      ? Promise.resolve()
      : Promise.reject(new Error(`less covered than they have to be: ${missed.join('; ')}`));
  },
};
