import { seekGoal, type GoalAnswer, type Trial } from '../../../shared/simulation/goal';
import { measureGoal, reasonsOf, type Goal, type Knob } from '../../../shared/simulation/knob';
import { prepareScenario } from '../../../shared/simulation/prepared-scenario';
import type { SimulationResult } from '../../../shared/simulation/result';
import { withSettings } from '../../../shared/simulation/scenario-value';
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

/**
 * Answer 3: the position of a knob with which a badge meets a goal.
 *
 * @param job whose scenario is turned
 * @param knob with a range whose ends are sound
 * @param run runs a changed scenario
 * @param tried hears of every position once, in the order in which they were tried
 */
export function seekKnob(
  job: Pick<SimulationJob, 'body' | 'settings'>,
  knob: Knob,
  key: string,
  goal: Goal,
  run: (body: unknown) => Promise<SimulationResult>,
  tried: (trial: Trial) => void = () => undefined,
): Promise<GoalAnswer> {
  const tryAt = async (position: number): Promise<Trial> => {
    // Between two sound positions there may be one that breaks a rule: it serves nobody.
    const trial = isSoundAt(job, knob, position)
      ? await measured(position)
      : { position, passes: false, measure: NaN, reasons: [] };
    tried(trial);
    return trial;
  };
  const measured = async (position: number): Promise<Trial> => {
    const result = await run(withSettings(job.body, [knob.at(position)]));
    return { position, ...measureGoal(result, key, goal), reasons: reasonsOf(result, key) };
  };
  return seekGoal(knob.low, knob.high, tryAt, 'budget' in goal ? 'lower' : 'higher', knob.now);
}
