import { partsOfDate, dateAt, type Zone } from '../domain/calendar';
import type { Instant } from '../domain/instant';
import type { BadgeResult } from './result';
import type { Scenario } from './scenario';
import type { SimulatedBadge } from './simulated-badge';

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** `14 March 2026` in a zone. */
export function dayInWords(at: Instant, zone: Zone): string {
  const { year, month, day } = partsOfDate(dateAt(at, zone));
  return `${day} ${MONTHS[month - 1] ?? ''} ${year}`;
}

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
  if (result.awarded > 0) return null;
  const nobody = `Nobody can get “${definition.name}”`;
  if (!definition.active) return `${nobody}: it is not active, so every attempt is refused (815).`;
  if (claimRefusal !== null)
    return `${nobody}: it is not claimed, so every attempt is refused (810). In short: ${claimRefusal}.`;
  if (definition.startOn >= to)
    return `${nobody} in this period: it starts on ${dayInWords(definition.startOn, timeZone)}, and the period is over then.`;
  if (definition.earnType === 'EARN' && definition.expiresOn <= from)
    return `${nobody} in this period: it ended on ${dayInWords(definition.expiresOn, timeZone)}, before the period begins.`;
  if (definition.earnType === 'ISSUE_EARN' && result.enrolled === 0)
    return `${nobody}: it needs an enrolment first, and nobody is enrolled${entry.enrol.length === 0 ? '' : ', because every enrolment is refused or takes nobody'} (811).`;
  if (entry.trigger.probability === 0) return `${nobody}: no event qualifies, because the probability is 0.`;
  const zero = [...definition.customerConstraints, ...definition.badgeConstraints].some(
    (limit) => limit.kind !== 'NO_LIMIT' && 'maxEarnLimit' in limit && limit.maxEarnLimit === 0,
  );
  return zero ? `${nobody}: one of its limits is zero.` : null;
}
