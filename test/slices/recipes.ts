/**
 * The recipes of `docs/simulation-in-scripts.md`, word for word: `carriers.test.ts` holds the page to them, and
 * `npm run slices` runs them with fewer slices.
 */

/** As many processes as processors. */
export const XARGS =
  'seq 64 | xargs -P "$(nproc)" -I{} laurel simulate spring.scenario.json --slice {}/64 --workers 1 --out part-{}.json';

/** Several hosts that share the folder, by ssh. */
export const PARALLEL =
  'seq 64 | parallel --sshloginfile hosts --workdir "$PWD" laurel simulate spring.scenario.json --slice {}/64 --workers 1 --out part-{}.json';

/** A job array: `slices.sh`, and how it is handed in. */
export const SLURM_SCRIPT = `#!/bin/sh
#SBATCH --array=1-64
#SBATCH --cpus-per-task=1
laurel simulate spring.scenario.json --slice "$SLURM_ARRAY_TASK_ID/64" --workers "$SLURM_CPUS_PER_TASK" --out "part-$SLURM_ARRAY_TASK_ID.json"
`;
export const SLURM = 'sbatch --wait slices.sh';

/** Whatever carried them. */
export const MERGE = 'laurel merge part-*.json --json > spring.result.json';

/** Which slices a carrier is to run. */
export interface Order {
  /** From 1 on. */
  slices: readonly number[];
  /** How many there are. */
  of: number;
  /** What the files are called by, in the place of `part`. */
  part: string;
}

/** `1-4,6-8`, as Slurm writes numbers that ascend. */
function inRanges(numbers: readonly number[]): string {
  return numbers
    .filter((number) => !numbers.includes(number - 1))
    .map((from) => {
      let to = from;
      while (numbers.includes(to + 1)) to += 1;
      return to === from ? String(from) : `${String(from)}-${String(to)}`;
    })
    .join(',');
}

/** @returns a recipe that runs only these slices */
export function ordered(recipe: string, { slices, of, part }: Order): string {
  return recipe
    .replaceAll('seq 64', String.raw`printf '%s\n' ${slices.join(' ')}`)
    .replaceAll('--array=1-64', `--array=${inRanges(slices)}`)
    .replaceAll('/64', `/${String(of)}`)
    .replaceAll('part-', `${part}-`);
}
