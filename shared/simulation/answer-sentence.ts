import { dateAt, partsOfDate, type Zone } from '../domain/calendar';
import { readInstant } from '../domain/instant';
import { exhaustionOf } from './exhaustion';
import type { SimulationResult } from './result';

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

const grouped = new Intl.NumberFormat('en');
const share = (part: number, whole: number): string =>
  `${new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format((100 * part) / whole)} %`;

/** `14 March 2026` in a zone, of an instant as a result writes it. */
export function dayInWords(iso: string, zone: Zone): string {
  const reading = readInstant(iso);
  if (!reading.ok) return iso;
  const { year, month, day } = partsOfDate(dateAt(reading.instant, zone));
  return `${day} ${MONTHS[month - 1] ?? ''} ${year}`;
}

/** What happens to the badge's cap; null when it has none. */
function capSentence(result: SimulationResult, key: string, zone: Zone, cap: number | null): string | null {
  const answer = exhaustionOf(result, key);
  if (cap === null || answer === null) return null;
  const limit = `The cap of ${grouped.format(cap)}`;
  if (answer.p50 === null) {
    return result.replications === 1
      ? `${limit} does not run out in the period.`
      : `${limit} never runs out in any of ${grouped.format(result.replications)} runs.`;
  }
  const day = dayInWords(answer.p50, zone);
  if (result.replications === 1) return `${limit} runs out on ${day}.`;
  const runs =
    answer.never === 0
      ? 'in half of the runs'
      : `in half of the ${share(1 - answer.never, 1)} of runs in which it runs out at all`;
  return `${limit} is gone by ${day} ${runs}.`;
}

/**
 * The answer to a simulation in one or two plain sentences: when the cap runs out, and how many customers who try for
 * the badge get it.
 *
 * @param cap the smallest BADGE_FIXED_VALUE limit; null for none
 */
export function answerSentence(
  result: SimulationResult,
  key: string,
  name: string,
  zone: Zone,
  cap: number | null,
): string {
  const badge = result.badges[key];
  if (badge === undefined) return '';
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
  const aboutCap = capSentence(result, key, zone, cap);
  return aboutCap === null ? people : `${aboutCap} ${people}`;
}
