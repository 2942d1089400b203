import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { differenceIn } from '../simulation/compare-with-rules';
import type { FuzzRun } from './fuzz';

const HISTORIES = 1_000_000;
const REPORT_EVERY = 20_000;

/** Seeds from `first` on, one after the other; tells how many more were decided alike. */
function decideAlike(first: number, histories: number, tell: (more: number) => void): void {
  let told = 0;
  for (let done = 1; done <= histories; done += 1) {
    const difference = differenceIn(first + done - 1);
    if (difference !== null) throw new Error(difference);
    if (done - told < REPORT_EVERY && done < histories) continue;
    tell(done - told);
    told = done;
  }
}

/** Has a process of its own decide a share of the histories. */
function share(first: number, histories: number, tell: (more: number) => void): Promise<void> {
  const env = { ...process.env, LAUREL_FUZZ_SHARE: `${first} ${histories}` };
  const child = fork(process.argv[1]!, [fuzzSimulationHistories.name], { env, stdio: 'inherit' });
  child.on('message', (more) => tell(Number(more)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`the histories from seed ${first} on were not all decided alike`)),
    );
  });
}

/**
 * A million random histories through the simulation's kernel and through the rules, on all processors; LAUREL_FUZZ_FROM
 * moves the first.
 */
export const fuzzSimulationHistories: FuzzRun = {
  name: 'simulation-histories',
  run: async (report) => {
    const own = process.env['LAUREL_FUZZ_SHARE']?.split(' ').map(Number);
    if (own !== undefined) {
      const [first = 1, histories = 0] = own;
      decideAlike(first, histories, (more) => process.send?.(more));
      return;
    }
    const start = Number(process.env['LAUREL_FUZZ_FROM'] ?? 1);
    const processes = availableParallelism();
    const edges = Array.from({ length: processes + 1 }, (_, edge) => Math.floor((HISTORIES * edge) / processes));
    let done = 0;
    const tell = (more: number): void => {
      done += more;
      report(`${done.toLocaleString('en')} histories decided alike`);
    };
    await Promise.all(edges.slice(1).map((end, index) => share(start + edges[index]!, end - edges[index]!, tell)));
  },
};
