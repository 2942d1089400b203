import { DAY, readInstant, toIsoExact, toSecondsText, type Instant } from '../domain/instant';
import { band } from './bands';
import type { BadgeResult, SimulationResult } from './result';
import { partsOfPath, reachOf, valueAt, type Setting } from './scenario-value';
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

/** Numbers of a limit. */
const LIMIT = 'maxEarnLimit|refreshRate|rollValue|(roll|maxEarn)For(Days|Weeks|Months)';
/** What people decide or may ask of as whole numbers: the rest are names, ids, shares, weights, or what made the scenario. */
const NUMBERS = [
  `badges.N.badge.(customer|badge)Constraints.N.(${LIMIT})`,
  'badges.N.badge.(earned|issued)BadgeExpiry.value',
  'badges.N.trigger.(every|count|amount|withinDays|weeksInRow|minAmount)',
  'badges.N.cost.perAward',
  'customers.segments.N.(size|joins.perWeek|activity.perWeek|activity.amount.mean)',
];
const DATES = [
  'badges.N.badge.(startOn|expiresOn)(ISO)?',
  'badges.N.badge.(earned|issued)BadgeExpiry.expiresOn(ISO)?',
  'badges.N.enrol.N.at',
  'calendar.N.(from|to)',
  'from|to',
];
const asPattern = (paths: readonly string[]): RegExp =>
  new RegExp(
    `^(${paths
      .join('|')
      .replaceAll('.', String.raw`\.`)
      .replaceAll('N', String.raw`\d+`)})$`,
  );
const NUMBER_PATHS = asPattern(NUMBERS);
const DATE_PATHS = asPattern(DATES);
/** Another seed draws other luck, and more replications know the same better: neither is a decision. */
const DRAWS = /^(seed|replications)$/;
/** As a scenario's calendar has its days. */
const DAY_TEXT = /^\d{4}-\d{2}-\d{2}$/;

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
const LONGEST_STREAK = 1000;

function dateKnob(path: string, value: unknown, scenario: Pick<Scenario, 'from' | 'to'>): KnobReading {
  const isDay = typeof value === 'string' && DAY_TEXT.test(value);
  const reading = readInstant(isDay ? `${value}T00:00:00Z` : value);
  if (!reading.ok)
    return { ok: false, reason: message('scenarios.theDateThere', { reason: instantReason(reading.reason) }) };
  const { instant } = reading;
  const days = Math.ceil((scenario.to - scenario.from) / DAY);
  const dateAt = (position: number): Instant => instant + position * DAY;
  const dayOrInstant = (at: Instant): string => (isDay ? toIsoExact(at).slice(0, value.length) : toIsoExact(at));
  const asWritten = (at: Instant): unknown =>
    typeof value === 'number' ? Number(toSecondsText(at)) : dayOrInstant(at);
  return {
    ok: true,
    knob: {
      path,
      low: Math.min(0, Math.floor((scenario.from - instant) / DAY) + 1),
      high: Math.max(days, Math.ceil((scenario.to - instant) / DAY)),
      now: 0,
      at: (position) => ({ path, value: asWritten(dateAt(position)) }),
      words: (position) => dayOrInstant(dateAt(position)),
    },
  };
}

/** Why nothing can be turned at a path of a scenario; null: something can, unless it is a date that cannot be read. */
export function whyNoKnob(body: unknown, path: string): Message | null {
  const value = valueAt(body, path);
  const place = partsOfPath(path).join('.');
  if (DRAWS.test(place)) return message('scenarios.knobDraws');
  if (value === undefined) {
    const { place: reached, names } = reachOf(body, path);
    return reached === ''
      ? message('scenarios.noValueOf', { names })
      : message('scenarios.noValueThere', { place: reached, names });
  }
  if (DATE_PATHS.test(place)) return null;
  if (!NUMBER_PATHS.test(place)) return message('scenarios.knobOther');
  return typeof value === 'number' && Number.isInteger(value) ? null : message('scenarios.noWholeNumber');
}

/**
 * Reads what can be turned at a path of a scenario: a whole number, or a date in steps of a day, that somebody decides or may
 * ask of. Nothing else is a knob: a goal that is met by another seed is met by luck.
 *
 * @param result of the scenario as it is: attempts bound how large a cap can matter
 */
export function readKnob(
  body: unknown,
  path: string,
  scenario: Pick<Scenario, 'from' | 'to'>,
  result: SimulationResult,
): KnobReading {
  const reason = whyNoKnob(body, path);
  if (reason !== null) return { ok: false, reason };
  const value = valueAt(body, path);
  const parts = partsOfPath(path);
  const field = parts.at(-1) ?? '';
  if (DATE_PATHS.test(parts.join('.')) || typeof value !== 'number') return dateKnob(path, value, scenario);
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

/**
 * Why attempts were refused, by the mean of some runs, most frequent first: constraint types, and the codes that are no
 * limits.
 */
export function reasonsOf(runs: readonly BadgeResult[]): (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const { rejected, rejectedByConstraint } of runs) {
    const others = Object.entries(rejected).filter(([code]) => !code.startsWith('9900'));
    for (const [reason, count] of [...Object.entries(rejectedByConstraint), ...others])
      sums.set(reason, (sums.get(reason) ?? 0) + count);
  }
  return [...sums]
    .map(([reason, sum]) => [reason, sum / runs.length] as const)
    .sort(([, left], [, right]) => right - left);
}
