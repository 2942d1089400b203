import { bandCoverage, BAND_KINDS, inGroups } from '../simulation/learning/band-coverage';
import type { FuzzRun } from './fuzz';

const SETTINGS = Number(process.env['LAUREL_SETTINGS'] ?? 200);
/** Least share of each kind: nine of ten, but for chance. */
const LEAST = 0.83;

/** How often what came lies between P5 and P95 of what a learned scenario forecasts. */
export const fuzzBandCoverage: FuzzRun = {
  name: 'bands',
  run(report) {
    const missed: string[] = [];
    const look = (name: string, { learned, seasons, off, ...shares }: ReturnType<typeof bandCoverage>): void => {
      report(`${name}, a season learned: ${(seasons * 100).toFixed(1)} %`);
      report(`${name}, the middle is off by ${(off * 100).toFixed(1)} % on average`);
      for (const [what, share] of Object.entries(shares)) {
        report(`${name}, ${what}: ${(share * 100).toFixed(1)} % of ${String(learned)} forecasts covered`);
        if (!(share >= LEAST)) missed.push(`${name}, ${what}`);
      }
    };
    for (const kind of BAND_KINDS) look(kind, bandCoverage(kind, SETTINGS));
    for (const kind of ['staying', 'coming'] as const)
      look(`${kind}, in three groups`, bandCoverage(kind, SETTINGS, inGroups));
    return missed.length === 0
      ? Promise.resolve()
      : Promise.reject(new Error(`less covered than they have to be: ${missed.join('; ')}`));
  },
};
