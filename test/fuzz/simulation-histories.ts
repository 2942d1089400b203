import { differenceIn } from '../simulation/compare-with-rules';
import type { FuzzRun } from './fuzz';

const HISTORIES = 1_000_000;
const REPORT_EVERY = 20_000;

/** A million random histories through the simulation's kernel and through the rules; LAUREL_FUZZ_FROM moves the first. */
export const fuzzSimulationHistories: FuzzRun = {
  name: 'simulation-histories',
  run: (report) => {
    const first = Number(process.env['LAUREL_FUZZ_FROM'] ?? 1);
    for (let seed = first; seed < first + HISTORIES; seed += 1) {
      const difference = differenceIn(seed);
      if (difference !== null) return Promise.reject(new Error(difference));
      const done = seed - first + 1;
      if (done % REPORT_EVERY === 0) report(`${done.toLocaleString('en')} histories decided alike`);
    }
    return Promise.resolve();
  },
};
