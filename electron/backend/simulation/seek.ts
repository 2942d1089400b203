import { seekGoal, type GoalAnswer, type Trial } from '../../../shared/simulation/goal';
import { decisionLooks, farthest, type VersionRuns } from '../../../shared/simulation/decided';
import {
  beyondGoal,
  goalNumbers,
  measureGoal,
  reasonsOf,
  type Goal,
  type GoalNumbers,
  type Knob,
} from '../../../shared/simulation/knob';
import { prepareScenario } from '../../../shared/simulation/prepared-scenario';
import { withSettings } from '../../../shared/simulation/scenario-value';
import type { BadgeResult } from '../../../shared/simulation/result';
import type { SimulationJob } from './run';

function isSoundAt(job: Pick<SimulationJob, 'body' | 'settings'>, knob: Knob, position: number): boolean {
  return prepareScenario(withSettings(job.body, [knob.at(position)]), job.settings).ok;
}

/** The last sound position on the way from a sound one to one that is not: neighbours are looked at, halving the way. */
function lastSound(isSound: (position: number) => boolean, sound: number, unsound: number): number {
  let [good, bad] = [sound, unsound];
  while (Math.abs(good - bad) > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isSound(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/**
 * The part of a knob's range in which the badges are sound: an end before its start, say, is not. Null when there is
 * none. The scenario is sound where the knob stands; where that is outside the range, its ends and its middle are asked.
 */
export function soundRange(
  job: Pick<SimulationJob, 'body' | 'settings'>,
  knob: Knob,
): { low: number; high: number } | null {
  const { low, high, now } = knob;
  const isSound = (position: number): boolean => isSoundAt(job, knob, position);
  const ends = { low: isSound(low), high: isSound(high) };
  if (ends.low && ends.high) return { low, high };
  const inside = now >= low && now <= high ? now : [low, high, Math.floor((low + high) / 2)].find(isSound);
  if (inside === undefined) return null;
  return {
    low: ends.low ? low : lastSound(isSound, inside, low),
    high: ends.high ? high : lastSound(isSound, inside, high),
  };
}

/** Deviations that a trial's runs must lie away from the goal for the rest of them to be spared. */
const DECIDED = 6;

/**
 * Answer 3: the position of a knob with which a badge meets a goal.
 *
 * A trial ends as soon as its runs leave no doubt of the rest; the settings that the answer names are run whole. Should one
 * of these turn out on the other side, all are.
 *
 * @param job whose scenario is turned
 * @param knob with a range whose ends are sound
 * @param runsOf the runs of a changed scenario
 * @param tried hears of every position once, in the order in which they were tried; of one that was run on, again
 */
export async function seekKnob(
  job: Pick<SimulationJob, 'body' | 'settings'>,
  knob: Knob,
  key: string,
  goal: Goal,
  runsOf: (body: unknown) => VersionRuns,
  tried: (trial: Trial) => void = () => undefined,
): Promise<GoalAnswer> {
  /** Positions all of whose runs were made, or where there are none to make. */
  const whole = new Map<number, Trial>();
  const measured = async (position: number, isWhole: boolean): Promise<Trial> => {
    const version = runsOf(withSettings(job.body, [knob.at(position)]));
    const numbers: GoalNumbers[] = [];
    const results: BadgeResult[] = [];
    for (const look of isWhole ? [version.most] : decisionLooks(version.most)) {
      for (const badges of await version.more(look - numbers.length)) {
        results.push(badges[key]!);
        numbers.push(goalNumbers(badges[key]!));
      }
      const { mean, off } = farthest(
        numbers.map((run) => beyondGoal(run, goal)),
        version.most,
        DECIDED,
      );
      if (Math.abs(mean) > off) break;
    }
    const trial = { position, ...measureGoal(numbers, goal), runs: numbers.length, reasons: reasonsOf(results) };
    if (numbers.length === version.most) whole.set(position, trial);
    return trial;
  };
  const tryAt = async (position: number, isWhole: boolean): Promise<Trial> => {
    const known = whole.get(position);
    if (known !== undefined) return known;
    // Between two sound positions there may be one that breaks a rule: it serves nobody.
    const isSound = isSoundAt(job, knob, position);
    const trial = isSound
      ? await measured(position, isWhole)
      : { position, passes: false, measure: NaN, runs: 0, reasons: [] };
    if (!isSound) whole.set(position, trial);
    tried(trial);
    return trial;
  };
  const seek = (isWhole: boolean): Promise<GoalAnswer> =>
    seekGoal(
      knob.low,
      knob.high,
      (position) => tryAt(position, isWhole),
      'budget' in goal ? 'lower' : 'higher',
      knob.now,
    );
  const answer = await seek(false);
  let isSame = true;
  const runOn = async (trial: Trial): Promise<Trial> => {
    if (whole.has(trial.position)) return trial;
    const again = await tryAt(trial.position, true);
    if (again.passes !== trial.passes) isSame = false;
    return again;
  };
  const perhaps = async (trial: Trial | null): Promise<Trial | null> => (trial === null ? null : runOn(trial));
  const confirmed: GoalAnswer = answer.found
    ? {
        ...answer,
        best: await runOn(answer.best),
        neighbour: await perhaps(answer.neighbour),
        beyond: await perhaps(answer.beyond),
      }
    : {
        ...answer,
        low: await runOn(answer.low),
        high: await runOn(answer.high),
        closest: await runOn(answer.closest),
      };
  return isSame ? confirmed : seek(true);
}
