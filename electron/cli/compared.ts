import { Failure } from '../../shared/ipc/errors';
import { looksOf, whyNoBadge } from '../../shared/simulation/known-width';
import { decidedAfter, pairedDifferences, type Decided, type DecidedTarget } from '../../shared/simulation/paired';
import { compareVariants } from '../../shared/simulation/variants';
import { message, type Message } from '../../shared/words/message';
import type { LoadedScenario } from '../backend/simulation/load-scenario';
import type { ReplayFile } from '../backend/simulation/replay/replay-file';
import type { ReplicationAnswer } from '../backend/simulation/replication-work';
import {
  runReplications,
  runSimulation,
  type SimulationOutcome,
  type SimulationProgress,
} from '../backend/simulation/run';
import { outcomeOfRuns } from '../backend/simulation/until-known';
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
    /** Where runs were to end once it is known which version has more. */
    decided?: Decided;
  } & ReturnType<typeof compareVariants> & { paired: ReturnType<typeof pairedDifferences> };
}

interface ComparedOptions {
  signal: AbortSignal;
  progress(name: string, report: SimulationProgress): void;
  /** Ends the runs as soon as it is known which version has more of this. */
  untilDecided?: DecidedTarget;
}

/** All runs of each version, one version after the other. */
function runAll(scenarios: readonly ComparedScenario[], options: ComparedOptions): Promise<Comparison['variants']> {
  return withWorkers(false, async (pool) => {
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
}

/** That there is no number to decide by, and in which of the versions, where it is not in all. */
function noNumber(
  { reason, version }: { reason: Message; version: number | null },
  scenarios: readonly ComparedScenario[],
): Failure {
  const name = version === null ? undefined : scenarios[version]?.name;
  return new Failure(
    'invalid-input',
    name === undefined ? reason : message('known.ofVersion', { version: name, reason }),
  );
}

/** Slices of the runs of all versions, until it is decided or all are made. */
function runUntilDecided(
  scenarios: readonly ComparedScenario[],
  target: DecidedTarget,
  options: ComparedOptions,
): Promise<{ variants: Comparison['variants']; decided: Decided }> {
  // A badge that is not there is told before anything is run.
  const missing = scenarios.map(({ scenario }) =>
    whyNoBadge(
      target.badge,
      scenario.prepared.scenario.badges.map(({ key }) => key),
    ),
  );
  const version = missing.findIndex((reason) => reason !== null);
  const reason = missing[version];
  if (reason) throw noNumber({ reason, version: missing.includes(null) ? version : null }, scenarios);
  return withWorkers(false, async (pool) => {
    const most = scenarios[0]!.scenario.prepared.scenario.replications;
    const looks = looksOf(most);
    const versions = scenarios.map(({ name, scenario }) => ({
      ...{ name, job: { ...scenario.job, detail: true } },
      answers: [] as ReplicationAnswer[],
    }));
    const read: ReplayFile[] = [];
    try {
      for (const runs of looks) {
        for (const version of versions) {
          const { name, answers } = version;
          const range = { first: answers.length, count: runs - answers.length };
          const progress = (report: SimulationProgress): void => options.progress(name, report);
          const more = await runReplications(version.job, { signal: options.signal, pool, progress }, range);
          if (more.replay !== null && !read.includes(more.replay)) read.push(more.replay);
          version.job = { ...version.job, replay: more.replay };
          answers.push(...more.answers);
        }
        const all = versions.map(({ answers }) => answers.map(({ badges }) => badges));
        const reading = decidedAfter(target, all, looks.length, most, versions[0]?.job.settings);
        if (!reading.ok) throw noNumber(reading, scenarios);
        const { decided } = reading;
        if (!decided.reached && runs < most) continue;
        const variants = versions.map(({ name, job, answers }) => ({
          ...{ name, outcome: outcomeOfRuns(job, answers, job.replay ?? null).outcome },
        }));
        return { variants, decided };
      }
      throw new Error('There is no look after all runs');
    } finally {
      for (const file of read) file.dispose();
    }
  });
}

/**
 * Runs scenarios that were loaded with one seed and one number of replications, and compares all with the first.
 *
 * @throws Failure as runSimulation does; `invalid-input` where there is no number to decide by
 */
export async function compareScenarios(
  scenarios: readonly ComparedScenario[],
  options: ComparedOptions,
): Promise<Comparison> {
  const { variants, decided } =
    options.untilDecided === undefined
      ? { variants: await runAll(scenarios, options), decided: undefined }
      : await runUntilDecided(scenarios, options.untilDecided, options);
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
      ...(decided === undefined ? {} : { decided }),
      differences,
      paired,
      people,
    },
  };
}
