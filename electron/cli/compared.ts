import { pairedDifferences } from '../../shared/simulation/paired';
import { compareVariants } from '../../shared/simulation/variants';
import type { LoadedScenario } from '../backend/simulation/load-scenario';
import { runSimulation, type SimulationOutcome, type SimulationProgress } from '../backend/simulation/run';
import { withWorkers } from '../backend/simulation/worker-pool';

/** A scenario to compare, under the name that the comparison calls it by. */
export interface ComparedScenario {
  name: string;
  scenario: Extract<LoadedScenario, { ok: true }>;
}

/** What a comparison came to. */
export interface Comparison {
  variants: readonly { name: string; outcome: SimulationOutcome }[];
  /** `laurel/comparison@1`. */
  document: {
    schema: 'laurel/comparison@1';
    engine: string;
    seed: number;
    replications: number;
    variants: { name: string; scenario: string }[];
  } & ReturnType<typeof compareVariants> & { paired: ReturnType<typeof pairedDifferences> };
}

/**
 * Runs scenarios that were loaded with one seed and one number of replications, and compares all with the first.
 *
 * @throws Failure as runSimulation does
 */
export async function compareScenarios(
  scenarios: readonly ComparedScenario[],
  options: { signal: AbortSignal; progress(name: string, report: SimulationProgress): void },
): Promise<Comparison> {
  const variants = await withWorkers(false, async (pool) => {
    const done: { name: string; outcome: SimulationOutcome }[] = [];
    for (const { name, scenario } of scenarios) {
      const outcome = await runSimulation(
        { ...scenario.job, detail: true },
        { signal: options.signal, pool, progress: (report) => options.progress(name, report) },
      );
      outcome.replay?.dispose();
      done.push({ name, outcome });
    }
    return done;
  });
  const { differences, people } = compareVariants(
    variants.map(({ name, outcome }) => ({ name, result: outcome.result, awards: outcome.detail?.awards ?? null })),
  );
  const paired = pairedDifferences(variants.map(({ outcome }) => outcome.replications));
  const { seed, replications, engine } = variants[0]!.outcome.result;
  const names = variants.map(({ name, outcome }) => ({ name, scenario: outcome.result.scenario }));
  return {
    variants,
    document: {
      schema: 'laurel/comparison@1',
      engine,
      seed,
      replications,
      variants: names,
      differences,
      paired,
      people,
    },
  };
}
