import { createHash } from 'node:crypto';
import { whyNobody } from '../../../shared/simulation/why-nobody';
import { ENGINE_VERSION } from '../../../shared/simulation/engine';
import type { PreparedScenario } from '../../../shared/simulation/prepared-scenario';
import { PART_SCHEMA, rangeOfSlice, type Part, type Slice } from '../../../shared/simulation/slice';
import { streamRegular } from '../../disk/regular-file';
import { pathsOfTable } from '../tables/table-files';
import {
  judgedBy,
  leftOutOf,
  runReplications,
  type Replications,
  type SimulationJob,
  type SimulationOptions,
} from './run';
import { sortedJson } from './sorted-json';

/** A hash of all that a scenario's numbers depend on; of the transactions their bytes, wherever the file lies. */
async function fingerprintOf({ body, settings, csv }: SimulationJob): Promise<string> {
  const hash = createHash('sha256').update(sortedJson({ body, settings: settings ?? {} }));
  for (const file of csv === null ? [] : pathsOfTable(csv))
    for await (const bytes of streamRegular(file)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}

/**
 * Runs one slice of a scenario's replications, to be merged with the others by `mergeParts`.
 *
 * @param prepared the job's scenario
 * @returns the part, and what was read of a replayed file
 * @throws Failure as `runSimulation` does
 */
export async function runSlice(
  job: SimulationJob,
  prepared: PreparedScenario,
  slice: Slice,
  options: SimulationOptions,
): Promise<{ part: Part; replay: Replications['replay'] }> {
  const { name, seed, replications } = prepared.scenario;
  const range = rangeOfSlice(slice, replications);
  const { answers, replay } = await runReplications(job, options, range);
  const nobodyOf = (badges: Part['runs'][number]['badges']): [string, string][] =>
    prepared.badges.flatMap((badge): [string, string][] => {
      const { key } = badge.entry;
      const why = whyNobody(badge, prepared.scenario, badges[key]!);
      return why === null ? [] : [[key, why]];
    });
  const part: Part = {
    schema: PART_SCHEMA,
    engine: ENGINE_VERSION,
    fingerprint: await fingerprintOf(job),
    slice,
    scenario: { name, seed, replications },
    ...judgedBy(job),
    events: leftOutOf(replay),
    runs: answers.map(({ replication, events, badges }) => ({
      replication,
      events,
      badges,
      nobody: Object.fromEntries(nobodyOf(badges)),
    })),
  };
  return { part, replay };
}
