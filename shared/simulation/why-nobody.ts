import { inEnglish } from '../words/english';
import { message, type Message } from '../words/message';
import { dayInWords } from './day-in-words';
import type { BadgeResult } from './result';
import type { Scenario } from './scenario';
import type { SimulatedBadge } from './simulated-badge';

/**
 * Why nobody at all can get a badge in the period, whatever customers do; null: somebody might. Numbers of such a badge
 * answer nothing that was asked, so this is said in their place.
 *
 * @param result of any replication: enrolments do not depend on luck where nobody is enrolled
 */
export function whyNobody(
  { definition, entry, claimRefusal }: SimulatedBadge,
  { from, to, timeZone }: Pick<Scenario, 'from' | 'to' | 'timeZone'>,
  result: Pick<BadgeResult, 'enrolled' | 'awarded'>,
): string | null {
  const words = why({ definition, entry, claimRefusal }, { from, to, timeZone }, result);
  return words === null ? null : inEnglish(words);
}

function why(
  { definition, entry, claimRefusal }: Pick<SimulatedBadge, 'definition' | 'entry' | 'claimRefusal'>,
  { from, to, timeZone }: Pick<Scenario, 'from' | 'to' | 'timeZone'>,
  result: Pick<BadgeResult, 'enrolled' | 'awarded'>,
): Message | null {
  const { name } = definition;
  if (result.awarded > 0) return null;
  if (!definition.active) return message('answers.nobodyNotActive', { name });
  if (claimRefusal !== null) return message('answers.nobodyNotClaimed', { name, reason: claimRefusal });
  if (definition.startOn >= to)
    return message('answers.nobodyStartsLater', { name, day: dayInWords(definition.startOn, timeZone) });
  if (definition.earnType === 'EARN' && definition.expiresOn <= from)
    return message('answers.nobodyEndedBefore', { name, day: dayInWords(definition.expiresOn, timeZone) });
  if (definition.earnType === 'ISSUE_EARN' && result.enrolled === 0)
    return message(entry.enrol.length === 0 ? 'answers.nobodyEnrolled' : 'answers.nobodyEnrolledRefused', { name });
  if (entry.trigger.probability === 0) return message('answers.nobodyQualifies', { name });
  const zero = [...definition.customerConstraints, ...definition.badgeConstraints].some(
    (limit) => limit.kind !== 'NO_LIMIT' && 'maxEarnLimit' in limit && limit.maxEarnLimit === 0,
  );
  return zero ? message('answers.nobodyZeroLimit', { name }) : null;
}
