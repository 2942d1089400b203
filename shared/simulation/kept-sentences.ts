import type { Message, MessageKey } from '../words/message';
import { keysOf, readerOf } from '../words/read-back';
import { dayOfWords } from './day-in-words';

/** Reasons inside a sentence that are messages of their own. */
const REASONS = [
  'scenarios.noOwner',
  'scenarios.noKindOfOwner',
  'scenarios.claimRefused',
] as const satisfies readonly MessageKey[];

/** Limits and why they never free, as `domain/explain` says them. */
const LIMITS = [
  'answers.limitInAll',
  'answers.limitEachCycle',
  'answers.limitLastDay',
  'answers.limitLastWeek',
  'answers.limitLastMonth',
  'answers.limitLastDays',
  'answers.limitLastWeeks',
  'answers.limitLastMonths',
  'answers.neverLimitIsZero',
  'answers.neverForEver',
  'answers.neverLastCycle',
  'answers.neverBadgeEnds',
  'answers.neverEnrolmentEnds',
] as const satisfies readonly MessageKey[];

const readReason = readerOf(REASONS);
const read = readerOf([...LIMITS, ...keysOf('answers')], {
  day: { looks: '\\d{1,2} [A-Z][a-z]+ \\d{4}', read: (text) => dayOfWords(text) ?? text },
  reason: { read: (text) => readReason(text) ?? text },
});

/**
 * The messages of an answer that is kept as its English text, for a page in another language.
 *
 * @returns null for a text that no message gives, such as one of an older version; a `day` is `2026-03-14`
 */
export function readKeptSentence(text: string): readonly Message[] | null {
  const whole = read(text);
  if (whole !== null) return [whole];
  // What becomes of the cap stands before what becomes of the customers.
  const end = text.startsWith('The cap of ') ? text.indexOf('. ') : -1;
  const cap = end < 0 ? null : read(text.slice(0, end + 1));
  const people = end < 0 ? null : read(text.slice(end + 2));
  return cap === null || people === null ? null : [cap, people];
}
