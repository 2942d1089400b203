import { dateAt, startOfDate, type Zone } from '../domain/calendar';
import { readInstant, type Instant } from '../domain/instant';
import { exhaustionOf } from './exhaustion';
import type { SimulationResult } from './result';
import { inEnglish } from '../words/english';
import { message, type Message } from '../words/message';
import { dayInWords } from './day-in-words';

const instantOrNull = (iso: string | null): Instant | null => {
  const reading = readInstant(iso);
  return reading.ok ? reading.instant : null;
};

/** What happens to the badge's cap; null when it has none. */
function capSentence({ result, key, zone, cap, exhausted }: Answered): Message | null {
  const answer = exhaustionOf(result, key);
  if (cap === null || answer === null) return null;
  const runs = result.replications;
  const middle = instantOrNull(answer.p50);
  if (middle === null)
    return runs === 1 ? message('answers.capLasts', { cap }) : message('answers.capLastsInRuns', { cap, runs });
  const day = dayInWords(middle, zone);
  if (runs === 1) return message('answers.capRunsOut', { cap, day });
  const nextDay = startOfDate(dateAt(middle, zone) + 1, zone);
  const count = exhausted.filter((at) => (instantOrNull(at) ?? Infinity) < nextDay).length;
  const ever = exhausted.filter((at) => at !== null).length;
  if (count === runs) return message('answers.capGoneInAll', { cap, day });
  // A half is only called so where it is one.
  const isHalf = 2 * count === runs;
  if (ever > count && ever < runs)
    return isHalf
      ? message('answers.capGoneInHalfLater', { cap, day, ever })
      : message('answers.capGoneInSomeLater', { cap, day, count, runs, ever });
  return isHalf
    ? message('answers.capGoneInHalf', { cap, day })
    : message('answers.capGoneInSome', { cap, day, count, runs });
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
  const people = inEnglish(peopleSentence(name, served, turnedAway));
  const aboutCap = tried === 0 ? null : capSentence(answered);
  return aboutCap === null ? people : `${inEnglish(aboutCap)} ${people}`;
}

function peopleSentence(name: string, served: number, turnedAway: number): Message {
  const tried = served + turnedAway;
  if (tried === 0) return message('answers.nobodyTries', { name });
  const count = Math.round(tried);
  if (count === 1) return message(served >= turnedAway ? 'answers.onlyOneGets' : 'answers.onlyOneTurnedAway', { name });
  if (turnedAway === 0) return message('answers.allGet', { name, count });
  if (served === 0) return message('answers.noneGet', { name, count });
  return message('answers.shareTurnedAway', { name, count, share: turnedAway / tried });
}
