import { DAY, readInstant, toIsoExact, toSecondsText, type Instant } from '../domain/instant';
import { band } from './bands';
import type { BadgeResult, SimulationResult } from './result';
import { partsOfPath, valueAt, type Setting } from './scenario-value';
import type { Scenario } from './scenario';
import { message, type Message } from '../words/message';
import { instantReason } from './instant-reasons';

/** A value of a scenario that can be turned, in whole steps. */
export interface Knob {
  path: string;
  low: number;
  high: number;
  /** Where it stands in the scenario as it is. */
  now: number;
  /** The change that puts it at a position. */
  at(position: number): Setting;
  /** A position in words: a number, or a date. */
  words(position: number): string;
}

export type KnobReading = { ok: true; knob: Knob } | { ok: false; reason: Message };

const SPANS = new Set([
  'rollForDays',
  'rollForWeeks',
  'rollForMonths',
  'rollValue',
  'refreshRate',
  'withinDays',
  'value',
]);
const FROM_ONE = new Set(['rollValue', 'refreshRate', 'every', 'count', 'value', 'withinDays', 'weeksInRow', 'size']);
const DATES = new Set(['startOn', 'expiresOn', 'startOnISO', 'expiresOnISO', 'from', 'to', 'at']);
const LONGEST_STREAK = 1000;

function dateKnob(path: string, value: unknown, scenario: Pick<Scenario, 'from' | 'to'>): KnobReading {
  const reading = readInstant(value);
  if (!reading.ok)
    return { ok: false, reason: message('scenarios.theDateThere', { reason: instantReason(reading.reason) }) };
  const { instant } = reading;
  const days = Math.ceil((scenario.to - scenario.from) / DAY);
  const dateAt = (position: number): Instant => instant + position * DAY;
  const asWritten = (at: Instant): unknown => (typeof value === 'number' ? Number(toSecondsText(at)) : toIsoExact(at));
  return {
    ok: true,
    knob: {
      path,
      low: Math.min(0, Math.floor((scenario.from - instant) / DAY) + 1),
      high: Math.max(days, Math.ceil((scenario.to - instant) / DAY)),
      now: 0,
      at: (position) => ({ path, value: asWritten(dateAt(position)) }),
      words: (position) => toIsoExact(dateAt(position)),
    },
  };
}

/**
 * Reads what can be turned at a path of a scenario: a whole number, or a date in steps of a day.
 *
 * @param result of the scenario as it is: attempts bound how large a cap can matter
 */
export function readKnob(
  body: unknown,
  path: string,
  scenario: Pick<Scenario, 'from' | 'to'>,
  result: SimulationResult,
): KnobReading {
  const value = valueAt(body, path);
  const field = partsOfPath(path).at(-1) ?? '';
  if (value === undefined) return { ok: false, reason: message('scenarios.noValueThere') };
  if (DATES.has(field)) return dateKnob(path, value, scenario);
  if (typeof value !== 'number' || !Number.isInteger(value))
    return { ok: false, reason: message('scenarios.neitherNumberNorDate') };
  const days = Math.ceil((scenario.to - scenario.from) / DAY);
  const attempts = Math.max(...Object.values(result.badges).map((badge) => badge.attempts));
  const high = SPANS.has(field)
    ? days
    : field === 'every' || field === 'count'
      ? LONGEST_STREAK
      : field === 'weeksInRow'
        ? Math.max(value, Math.ceil(days / 7))
        : Math.max(attempts, value);
  const low = FROM_ONE.has(field) ? 1 : 0;
  return {
    ok: true,
    knob: {
      path,
      low,
      high: Math.max(low, high),
      now: value,
      at: (position) => ({ path, value: position }),
      words: String,
    },
  };
}

/** What is wanted of a badge: to serve a share of those who attempt it, or to cost no more than a budget. */
export type Goal = { serve: number } | { budget: number };

/** What a goal asks of one run of a badge. */
export interface GoalNumbers {
  served: number;
  turnedAway: number;
  /** NaN where the badge has no cost. */
  cost: number;
}

export const goalNumbers = ({ customersAwarded, customersTurnedAway, cost }: BadgeResult): GoalNumbers => ({
  served: customersAwarded,
  turnedAway: customersTurnedAway,
  cost: cost?.expected ?? NaN,
});

/** How far a run is beyond the goal; below 0, short of it. Of all runs together the goal is met where the sum is not below 0. */
export function beyondGoal({ served, turnedAway, cost }: GoalNumbers, goal: Goal): number {
  return 'budget' in goal ? goal.budget - cost : served - goal.serve * (served + turnedAway);
}

/** How far some runs meet a goal: by their means. */
export function measureGoal(runs: readonly GoalNumbers[], goal: Goal): { measure: number; passes: boolean } {
  const meanOf = (of: (run: GoalNumbers) => number): number => band(runs.map(of)).mean;
  if ('budget' in goal) {
    const measure = meanOf(({ cost }) => cost);
    return { measure, passes: measure <= goal.budget };
  }
  const served = meanOf((run) => run.served);
  const turnedAway = meanOf((run) => run.turnedAway);
  const measure = served / (served + turnedAway);
  return { measure, passes: measure >= goal.serve };
}

/** Why attempts were refused in a run, most frequent first: constraint types, and the codes that are no limits. */
export function reasonsOf(badge: BadgeResult): (readonly [string, number])[] {
  const limits = Object.entries(badge.rejectedByConstraint);
  const others = Object.entries(badge.rejected).filter(([code]) => !code.startsWith('9900'));
  return [...limits, ...others].sort(([, left], [, right]) => right - left);
}
