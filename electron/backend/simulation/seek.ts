import { seekGoal, type GoalAnswer, type Trial } from '../../../shared/simulation/goal';
import { measureGoal, reasonsOf, type Goal, type Knob } from '../../../shared/simulation/knob';
import { prepareScenario } from '../../../shared/simulation/prepared-scenario';
import type { SimulationResult } from '../../../shared/simulation/result';
import { withSettings } from '../../../shared/simulation/scenario-value';
import type { SimulationJob } from './run';

/**
 * The part of a knob's range in which the badges are sound: an end before its start, say, is not. Null when there is
 * none.
 */
export function soundRange(job: SimulationJob, knob: Knob): { low: number; high: number } | null {
  const isSound = (position: number): boolean =>
    prepareScenario(withSettings(job.body, [knob.at(position)]), job.settings).ok;
  let { low, high } = knob;
  while (low <= high && !isSound(low)) low += 1;
  while (high > low && !isSound(high)) high -= 1;
  return low <= high ? { low, high } : null;
}

/**
 * Answer 3: the position of a knob with which a badge meets a goal.
 *
 * @param knob with a range in which the scenario is sound
 * @param run runs a changed scenario
 * @param tried hears of every position once, in the order in which they were tried
 */
export function seekKnob(
  body: unknown,
  knob: Knob,
  key: string,
  goal: Goal,
  run: (body: unknown) => Promise<SimulationResult>,
  tried: (trial: Trial) => void = () => undefined,
): Promise<GoalAnswer> {
  const tryAt = async (position: number): Promise<Trial> => {
    const result = await run(withSettings(body, [knob.at(position)]));
    const trial = { position, ...measureGoal(result, key, goal), reasons: reasonsOf(result, key) };
    tried(trial);
    return trial;
  };
  return seekGoal(knob.low, knob.high, tryAt);
}
