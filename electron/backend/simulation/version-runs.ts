import type { VersionRuns } from '../../../shared/simulation/decided';
import type { ReplicationRange } from '../../../shared/simulation/slice';
import type { SimulationJob } from './run';

/**
 * The runs of a job, in slices as they are asked for.
 *
 * @param most how many its scenario asks for
 * @param run runs a slice of them
 */
export function versionRuns(
  job: SimulationJob,
  most: number,
  run: (job: SimulationJob, range: ReplicationRange) => Promise<Awaited<ReturnType<VersionRuns['more']>>>,
): VersionRuns {
  let given = 0;
  return {
    most,
    async more(count) {
      const range = { first: given, count };
      given += count;
      return count === 0 ? [] : run(job, range);
    },
  };
}
