import type { GoalAnswer, Trial } from '../../shared/simulation/goal';
import type { Goal, Knob } from '../../shared/simulation/knob';
import { readKnob, whyNoKnob } from '../../shared/simulation/knob';
import { partsOfPath } from '../../shared/simulation/scenario-value';
import { inEnglish } from '../../shared/words/english';
import type { Message } from '../../shared/words/message';
import type { LoadedScenario } from '../backend/simulation/load-scenario';
import { runReplications, runSimulation } from '../backend/simulation/run';
import { seekKnob, soundRange } from '../backend/simulation/seek';
import { versionRuns } from '../backend/simulation/version-runs';
import type { WorkerPool } from '../backend/simulation/worker-pool';
import { UsageError } from './command';
import { plainFailure } from './plain-failure';
import { replayLines } from './simulation-words';

/** A goal, and the value that is turned for it. */
export interface SoughtGoal {
  goal: Goal;
  /** Path of the value in the scenario. */
  knob: string;
  /** Whose goal it is; undefined: the badge that the knob is a part of, or the first. */
  badge: string | undefined;
  low: number | undefined;
  high: number | undefined;
}

/** What came of it, or why the value cannot be turned. */
export type Sought =
  /** `runs`: how many the scenario asks for; `fewest`: after how many the first setting was decided. */
  | { ok: true; key: string; knob: Knob; answer: GoalAnswer; runs: number; fewest: number }
  | { ok: false; path: string; message: string };

interface SeekOptions {
  pool: WorkerPool;
  signal: AbortSignal;
  trying(trial: number): void;
  /** Hears what is to be said of a file that is replayed. */
  told?(line: string): void;
}

/** The badge a goal is about. @throws UsageError where there is none of that name */
function badgeKey(keys: readonly string[], { badge, knob }: SoughtGoal): string {
  const [list, index] = partsOfPath(knob);
  const key = badge ?? (list === 'badges' ? keys[Number(index)] : undefined) ?? keys[0] ?? '';
  if (!keys.includes(key)) throw new UsageError(`The scenario has no badge ${key}; its badges are ${keys.join(', ')}.`);
  return key;
}

/**
 * Seeks the setting of a value with which a badge of a scenario meets a goal.
 *
 * @param file as the person named the scenario
 * @param trying hears of every simulation before it is run, counted from 1
 * @throws UsageError where no such badge or range is there; Failure where it has no cost, or as runSimulation does
 */
export async function seekSetting(
  file: string,
  loaded: Extract<LoadedScenario, { ok: true }>,
  sought: SoughtGoal,
  { pool, signal, trying, told = () => undefined }: SeekOptions,
): Promise<Sought> {
  const { scenario } = loaded.prepared;
  const keys = scenario.badges.map(({ key }) => key);
  const key = badgeKey(keys, sought);
  if ('budget' in sought.goal && scenario.badges.find((badge) => badge.key === key)?.cost === null) {
    throw plainFailure(
      'invalid-input',
      `${file}: ${key} has no cost, so that no budget can be kept. Give it one: badges[…].cost.`,
    );
  }
  const refused = (reason: Message): Sought => ({
    ...{ ok: false, path: sought.knob, message: `cannot be turned: ${inEnglish(reason)}` },
  });
  // Before anything is run, which may take long.
  const reason = whyNoKnob(loaded.job.body, sought.knob);
  if (reason !== null) return refused(reason);
  let trials = 1;
  let fewest = Infinity;
  trying(trials);
  const base = await runSimulation(loaded.job, { signal, pool });
  for (const line of replayLines(scenario, base.result.events, base.replay)) told(line);
  try {
    const reading = readKnob(loaded.job.body, sought.knob, scenario, base.result);
    if (!reading.ok) return refused(reading.reason);
    const asked = { ...reading.knob, low: sought.low ?? reading.knob.low, high: sought.high ?? reading.knob.high };
    if (asked.low > asked.high) throw new UsageError(`--low ${asked.low} is above --high ${asked.high}.`);
    const range = soundRange(loaded.job, asked);
    if (range === null) {
      const from = `from ${asked.words(asked.low)} to ${asked.words(asked.high)}`;
      return { ok: false, path: sought.knob, message: `cannot be turned: ${from} every setting has mistakes` };
    }
    const knob = { ...asked, ...range };
    // A knob that moves the period changes which rows of a replayed file count, so the file must be read again.
    const replay = partsOfPath(sought.knob)[0] === 'badges' ? base.replay : null;
    const answer = await seekKnob(
      loaded.job,
      knob,
      key,
      sought.goal,
      (body) =>
        versionRuns({ ...loaded.job, body, replay }, scenario.replications, async (job, range) => {
          const done = await runReplications(job, { signal, pool }, range);
          if (done.replay !== base.replay) done.replay?.dispose();
          return done.answers.map(({ badges }) => badges);
        }),
      ({ runs }) => {
        if (runs > 0) fewest = Math.min(fewest, runs);
        trials += 1;
        trying(trials);
      },
    );
    return { ok: true, key, knob, answer, runs: scenario.replications, fewest };
  } finally {
    base.replay?.dispose();
  }
}

/** The answer as one JSON document (`laurel/goal@1`). */
export function goalDocument({ key, knob, answer, runs }: Extract<Sought, { ok: true }>, goal: Goal): object {
  const named = (trial: Trial | null) => (trial === null ? null : { ...trial, value: knob.at(trial.position).value });
  const shown = answer.found
    ? { ...answer, best: named(answer.best), neighbour: named(answer.neighbour), beyond: named(answer.beyond) }
    : { ...answer, low: named(answer.low), high: named(answer.high), closest: named(answer.closest) };
  return { schema: 'laurel/goal@1', badge: key, knob: knob.path, goal, runs, ...shown };
}
