import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';
import { resultOfReplications } from '../../../shared/simulation/bands';
import { knownAfter, looksOf, whyNoBadge, type Known, type KnownTarget } from '../../../shared/simulation/known-width';
import { prepareScenario } from '../../../shared/simulation/prepared-scenario';
import { withSettings } from '../../../shared/simulation/scenario-value';
import type { ReplicationAnswer } from './replication-work';
import {
  judgedBy,
  leftOutOf,
  runReplications,
  type SimulationJob,
  type SimulationOptions,
  type SimulationOutcome,
} from './run';
import { withWorkers } from './worker-pool';

/**
 * Runs a scenario as often as it takes until a number is known to a width, or so often as is the most. The result is that of
 * so many replications asked for at once, to the byte, but for what is known.
 *
 * @returns the outcome, and the scenario with as many replications as were run
 * @throws Failure as `runSimulation`, and `invalid-input` where there is no such number
 */
export function runUntilKnown(
  job: SimulationJob,
  target: KnownTarget,
  options: SimulationOptions = {},
): Promise<{ outcome: SimulationOutcome; body: unknown }> {
  if (options.pool !== undefined) return work(job, target, { ...options, pool: options.pool });
  return withWorkers(options.yields ?? false, (pool) => work(job, target, { ...options, pool }));
}

const bodyWith = (body: unknown, replications: number): unknown =>
  withSettings(body, [{ path: 'replications', value: replications }]);

/** As many as a scenario of its length may have. */
function mostOf({ body, settings }: SimulationJob, looks: readonly number[]): number[] {
  const possible = looks.filter((runs) => prepareScenario(bodyWith(body, runs), settings).ok);
  return possible.length > 0 ? possible : [2];
}

async function work(
  job: SimulationJob,
  target: KnownTarget,
  options: SimulationOptions,
): Promise<{ outcome: SimulationOutcome; body: unknown }> {
  const preparation = prepareScenario(job.body, job.settings);
  const missing = preparation.ok
    ? whyNoBadge(
        target.badge,
        preparation.prepared.scenario.badges.map(({ key }) => key),
      )
    : null;
  if (missing !== null) throw new Failure('invalid-input', missing);
  const looks = mostOf(job, looksOf(target.most));
  const most = looks.at(-1)!;
  const answers: ReplicationAnswer[] = [];
  let replay = job.replay ?? null;
  let known: Known | null = null;
  try {
    for (const runs of looks) {
      const [first, count] = [answers.length, runs - answers.length];
      const progress = options.progress?.bind(options);
      const more = await runReplications(
        { ...job, replay },
        {
          ...options,
          ...(progress === undefined
            ? {}
            : {
                progress: (report) =>
                  progress(
                    report.phase === 'reading'
                      ? report
                      : { ...report, share: (first + report.share * count) / most, secondsLeft: null },
                  ),
              }),
        },
        { first, count },
      );
      replay = more.replay;
      answers.push(...more.answers);
      const reading = knownAfter(
        target,
        answers.map(({ badges }) => badges),
        looks.length,
        job.settings,
      );
      if (!reading.ok) throw new Failure('invalid-input', reading.reason);
      ({ known } = reading);
      if (known.reached) break;
    }
  } catch (error) {
    if (replay !== (job.replay ?? null)) replay?.dispose();
    throw error;
  }
  const { body, outcome } = outcomeOfRuns(job, answers, replay);
  if (known === null) throw new Failure('internal', message('scenarios.notReadAgain'));
  return { body, outcome: { ...outcome, result: { ...outcome.result, known } } };
}

/**
 * What so many first runs of a scenario came to, as if it had asked for just as many.
 *
 * @returns with it the scenario that does
 */
export function outcomeOfRuns(
  job: SimulationJob,
  answers: readonly ReplicationAnswer[],
  replay: SimulationOutcome['replay'],
): { outcome: SimulationOutcome; body: unknown } {
  const body = bodyWith(job.body, answers.length);
  const preparation = prepareScenario(body, job.settings);
  if (!preparation.ok) throw new Failure('internal', message('scenarios.notReadAgain'));
  const first = answers[0]!;
  const replications = answers.map(({ badges }) => badges);
  const events = { total: first.events, ...leftOutOf(replay) };
  return {
    body,
    outcome: {
      result: { ...resultOfReplications(preparation.prepared.scenario, events, replications), ...judgedBy(job) },
      replications,
      skippedSpan: replay?.skippedSpan ?? null,
      badRows: replay?.firstBadRows ?? [],
      detail: first.detail,
      replay,
    },
  };
}
