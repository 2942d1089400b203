import { dateAt, startOfDate, type Zone } from '../domain/calendar';
import { readInstant, type Instant } from '../domain/instant';
import { exhaustionOf } from './exhaustion';
import type { SimulationResult } from './result';
import { dayInWords } from './why-nobody';

const grouped = new Intl.NumberFormat('en');
const share = (part: number, whole: number): string =>
  `${new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format((100 * part) / whole)} %`;

const instantOrNull = (iso: string | null): Instant | null => {
  const reading = readInstant(iso);
  return reading.ok ? reading.instant : null;
};

/** In how many of the runs something had happened: a half is only called so where it is one. */
function inRuns(count: number, runs: number): string {
  if (count === runs) return 'in every run';
  return 2 * count === runs ? 'in half of the runs' : `in ${grouped.format(count)} of ${grouped.format(runs)} runs`;
}

/** What happens to the badge's cap; null when it has none. */
function capSentence({ result, key, zone, cap, exhausted }: Answered): string | null {
  const answer = exhaustionOf(result, key);
  if (cap === null || answer === null) return null;
  const limit = `The cap of ${grouped.format(cap)}`;
  const middle = instantOrNull(answer.p50);
  if (middle === null) {
    return result.replications === 1
      ? `${limit} does not run out in the period.`
      : `${limit} never runs out in any of ${grouped.format(result.replications)} runs.`;
  }
  const day = dayInWords(middle, zone);
  if (result.replications === 1) return `${limit} runs out on ${day}.`;
  const nextDay = startOfDate(dateAt(middle, zone) + 1, zone);
  const gone = exhausted.filter((at) => (instantOrNull(at) ?? Infinity) < nextDay).length;
  const ever = exhausted.filter((at) => at !== null).length;
  const later =
    ever > gone && ever < result.replications ? `, and in ${grouped.format(ever)} by the end of the period` : '';
  return `${limit} is gone by ${day} ${inRuns(gone, result.replications)}${later}.`;
}

/** A badge with what became of it. */
export interface Answered {
  result: SimulationResult;
  key: string;
  /** The badge's name. */
  name: string;
  zone: Zone;
  /** The smallest BADGE_FIXED_VALUE limit; null for none. */
  cap: number | null;
  /** By replication: when the cap ran out. */
  exhausted: readonly (string | null)[];
  /** Why nobody at all can get the badge; it is the whole answer then. */
  nobody: string | null;
}

/**
 * The answer to a simulation in one or two plain sentences: that nobody can get the badge; or when the cap runs out, and
 * how many customers who try for the badge get it.
 */
export function answerSentence(answered: Answered): string {
  const { result, key, name, nobody } = answered;
  const badge = result.badges[key];
  if (badge === undefined) return '';
  if (nobody !== null) return nobody;
  const served = result.bands?.[key]?.customersAwarded.mean ?? badge.customersAwarded;
  const turnedAway = result.bands?.[key]?.customersTurnedAway.mean ?? badge.customersTurnedAway;
  const tried = served + turnedAway;
  if (tried === 0) return `Nobody tries for “${name}” in this period.`;
  const people =
    Math.round(tried) === 1
      ? `The only customer who tries for “${name}” ${served >= turnedAway ? 'gets it' : 'is turned away'}.`
      : turnedAway === 0
        ? `All ${grouped.format(Math.round(tried))} customers who try for “${name}” get it.`
        : served === 0
          ? `None of the ${grouped.format(Math.round(tried))} customers who try for “${name}” get it.`
          : `${share(turnedAway, tried)} of the ${grouped.format(Math.round(tried))} customers who try for “${name}” are turned away.`;
  const aboutCap = capSentence(answered);
  return aboutCap === null ? people : `${aboutCap} ${people}`;
}
