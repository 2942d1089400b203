import { z } from 'zod';
import { SECOND, toIsoExact } from '../domain/instant';
import { message, type Message } from '../words/message';
import { inOrder, percentile } from './bands';
import { measureValues, type LimitCodes } from './policy-verdict';
import { exp, ln } from './portable-math';
import type { BadgeResult } from './result';

/** Places of a spread that can be known to a width; nothing can be known of the first run but itself. */
export const KNOWN_PLACES = ['p10', 'p50', 'p90', 'mean'] as const;

/** What is to be known, and how well. */
export const knownTarget = z.object({
  /** Key of the badge; null: the first one. */
  badge: z.string().nullable().default(null),
  /** As in a policy: a path in the badge's block, `servedShare`, or an instant. */
  measure: z.string().min(1).max(300),
  at: z.enum(KNOWN_PLACES),
  /** Width of the interval: absolute, of an instant in days, or a share of the value. */
  width: z.number().positive(),
  isShare: z.boolean().default(false),
  most: z.int().min(2).max(100_000).default(2000),
});
export type KnownTarget = z.output<typeof knownTarget>;

/** How well a number is known, in the place of a result: instants as ISO texts, what never comes as null. */
export interface Known {
  badge: string;
  measure: string;
  at: KnownTarget['at'];
  value: number | string | null;
  low: number | string | null;
  high: number | string | null;
  /** Width asked for, in the unit of the value; of an instant in days. */
  wanted: number;
  /** At least so sure, over all looks that were taken. */
  confidence: number;
  /** Whether the interval became as narrow as was wanted before the most runs were done. */
  reached: boolean;
}

/** How sure what is looked for again and again is, over all looks together. */
export const CONFIDENCE = 0.95;
/** Of fewer runs a normal interval of their mean holds less often than it says, so that nothing is known by it. */
export const LEAST_OF_MEAN = 20;
/** What comes in fewer of the runs may stay unseen in all that are made, where each of them has the same value. */
const RARE = 0.01;
/** Runs before the first look, unless the most are fewer. */
const FIRST_LOOK = 50;
const GROWTH = 1.5;
const QUANTILES = { p10: 0.1, p50: 0.5, p90: 0.9 } as const;
const DAY_SECONDS = 86_400;

/** After how many runs it is looked whether the number is known: so few times that all looks together may err seldom. */
export function looksOf(most: number): number[] {
  const looks: number[] = [];
  for (let runs = Math.min(FIRST_LOOK, most); runs < most; runs = Math.ceil(runs * GROWTH)) looks.push(runs);
  return [...looks, most];
}

/**
 * Ranks, from 1, of the ordered runs between which a quantile lies with a probability of at least 1 − `error`, whatever the
 * distribution: the count of runs below it is binomial. Null: so many runs do not tell it on one of the sides.
 */
export function ranksOf(runs: number, share: number, error: number): { low: number | null; high: number | null } {
  // Each side may err by half.
  const most = error / 2;
  const logOdds = ln(share) - ln(1 - share);
  let logMass = runs * ln(1 - share);
  let atMost = 0;
  let low: number | null = null;
  let high: number | null = null;
  for (let count = 0; count < runs; count += 1) {
    if (count > 0 && atMost <= most) low = count;
    atMost += exp(logMass);
    if (high === null && atMost >= 1 - most) high = count + 1;
    logMass += ln((runs - count) / (count + 1)) + logOdds;
  }
  return { low, high };
}

/** Standard normal quantile by halving; its error function by a series, so that it is the same on every platform. */
function normalQuantile(share: number): number {
  let [low, high] = [0, 12];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function normalBelow(x: number): number {
  let [sum, term] = [x, x];
  for (let k = 1; k < 400; k += 1) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + (sum * exp((-x * x) / 2)) / 2.5066282746310002;
}

export type KnownReading = { ok: true; known: Known } | { ok: false; reason: Message };

/** Why there is no such number: the badge is not there, or it has none of that name. */
export function whyNoNumber(
  { badge, measure }: { badge: string; measure: string },
  { field, names }: { field: 'badge' | 'measure'; names: string },
): Message {
  return field === 'badge' ? message('known.noBadge', { badge, names }) : message('known.noSuch', { measure, names });
}

/** That a scenario with these badges has none of this key; null: it has, or none was named. */
export function whyNoBadge(badge: string | null, keys: readonly string[]): Message | null {
  if (badge === null || keys.includes(badge)) return null;
  return whyNoNumber({ badge, measure: '' }, { field: 'badge', names: keys.join(', ') });
}

/**
 * How well a number is known after some runs.
 *
 * @param looks how often it is looked in all
 * @param own codes by which the org of the scenario answers a full limit
 * @returns why not, where there is no such number: an instant that never comes in some run has no mean, however many are made
 */
export function knownAfter(
  { badge, measure, at, width, isShare }: KnownTarget,
  runs: readonly Readonly<Record<string, BadgeResult>>[],
  looks: number,
  own: LimitCodes = {},
): KnownReading {
  const key = badge ?? Object.keys(runs[0] ?? {})[0] ?? '';
  const taken = measureValues({ badge: key, measure }, runs, own);
  if ('field' in taken) return { ok: false, reason: whyNoNumber({ badge: key, measure }, taken) };
  const { values, isInstant } = taken;
  if (at === 'mean' && isInstant && values.some((value) => !Number.isFinite(value)))
    return { ok: false, reason: message('known.neverMean', { measure }) };
  const error = (1 - CONFIDENCE) / looks;
  const order = inOrder(values);
  const { value, low, high } = at === 'mean' ? meanOf(values, error) : quantileOf(order, QUANTILES[at], error);
  // Instants are microseconds, their widths days.
  const unit = isInstant ? SECOND * DAY_SECONDS : 1;
  const wanted = isShare && !isInstant ? width * Math.abs(value) : width;
  const told = (number: number): number | string | null =>
    !isInstant ? number : Number.isFinite(number) ? toIsoExact(Math.round(number)) : null;
  // What never comes in any of the runs between is known to be so. Of a mean one that was not made may be anything.
  const isSame = low === high;
  const isTold = at !== 'mean' || (isSame ? shareUnseen(values.length, error) <= RARE : values.length >= LEAST_OF_MEAN);
  return {
    ok: true,
    known: {
      ...{ badge: key, measure, at, value: told(value), low: told(low), high: told(high) },
      ...{ wanted, confidence: CONFIDENCE, reached: isTold && (isSame || (high - low) / unit <= wanted) },
    },
  };
}

function quantileOf(order: readonly number[], share: number, error: number) {
  const { low, high } = ranksOf(order.length, share, error);
  return {
    value: percentile(order, share),
    low: low === null ? -Infinity : order[low - 1]!,
    high: high === null ? Infinity : order[high - 1]!,
  };
}

/** In what share of the runs something comes at the most, but for `error`, that came in none of so many. */
function shareUnseen(runs: number, error: number): number {
  return Math.min(1, -ln(error) / runs);
}

const spreadOf = (values: readonly number[]): number => {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return most - least;
};

/**
 * The mean of some runs, and between what that of all runs there could be lies but for `error`: the normal interval, or where that is
 * wider, what comes so seldom that it came in none of them, were it off by as much as any two runs are.
 *
 * @param like values that differ as those may which were not seen, such as of both versions of which these are the differences
 */
export function meanOf(
  values: readonly number[],
  error: number,
  like: readonly (readonly number[])[] = [values],
): { value: number; low: number; high: number } {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2 / Math.max(1, values.length - 1), 0);
  const normal = normalQuantile(1 - error / 2) * Math.sqrt(variance / values.length);
  const unseen = shareUnseen(values.length, error) * Math.max(...like.map(spreadOf));
  const reach = Math.max(normal, unseen);
  return Number.isFinite(mean)
    ? { value: mean, low: mean - reach, high: mean + reach }
    : { value: Infinity, low: -Infinity, high: Infinity };
}
