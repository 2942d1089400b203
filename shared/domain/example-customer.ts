import { openAward } from './award';
import type { BadgeDefinition } from './badge';
import { dateAt, startOfDate } from './calendar';
import { countsTowards, type Cap } from './caps';
import { openEnrolment } from './enrolment';
import { awardsEnd, freesAt, type Freeing } from './explain';
import { HOUR, type Instant } from './instant';
import { MemoryOrg } from './memory-org';
import type { OrgSettings } from './settings';

/** What became of one attempt of the example customer. */
export type ExampleOutcome =
  | { kind: 'enrolled'; until: Instant }
  | { kind: 'awarded'; until: Instant }
  /** A limit is reached; when a place frees, or why none ever does. */
  | { kind: 'limited'; cap: Cap; frees: Freeing }
  | { kind: 'refused'; code: number };

export interface ExampleAttempt {
  at: Instant;
  outcome: ExampleOutcome;
}

const CUSTOMER = 1;
const CLAIM = { ownerType: 'Loyalty' as const, referenceId: 'example' };

/**
 * What a badge does for one customer who tries at noon of each day from its start, by the rules, in an org in which nobody
 * else does. A badge that asks for it is enrolled into at the first attempt.
 *
 * @param days how many are tried
 */
export function exampleCustomer(
  definition: BadgeDefinition,
  settings: Readonly<OrgSettings>,
  days: number,
): ExampleAttempt[] {
  const org = new MemoryOrg(settings);
  const added = org.addBadge({ ...definition, active: true }, definition.startOn);
  const badge = org.setClaims(added, [{ ...CLAIM, isActive: true }]);
  const attempts: ExampleAttempt[] = [];
  const { zone } = settings;
  const first = dateAt(definition.startOn, zone);
  for (let day = 0; day < days; day += 1) {
    const noon = startOfDate(first + day, zone) + 12 * HOUR;
    const at = Math.max(noon, definition.startOn);
    if (at >= definition.expiresOn) break;
    const input = { badgeMetaId: badge.id, requestId: `example ${String(day)}`, triggeredBy: CLAIM, eventDate: null };
    const once = { add: () => true };
    if (day === 0 && definition.earnType === 'ISSUE_EARN') {
      const opening = openEnrolment(org, { ...input, requestId: 'enrolment' }, at, once);
      if (opening.ok) {
        opening.run.enrol(CUSTOMER);
        attempts.push({ at, outcome: { kind: 'enrolled', until: opening.run.request.expiresOn } });
      }
    }
    const opening = openAward(org, input, 'earnBulk', 'given', at, once);
    if (!opening.ok) {
      attempts.push({ at, outcome: { kind: 'refused', code: opening.errors[0]?.code ?? 0 } });
      continue;
    }
    const decision = opening.run.decide(CUSTOMER);
    if (decision.ok) {
      opening.run.begin();
      opening.run.record(CUSTOMER, decision.enrolmentKey);
      attempts.push({ at, outcome: { kind: 'awarded', until: opening.run.request.expiresOn } });
    } else if (decision.breach === null) {
      attempts.push({ at, outcome: { kind: 'refused', code: decision.code } });
    } else {
      const { cap } = decision.breach;
      const counted = org
        .countedAwardsOf(badge, CUSTOMER)
        .filter((award) => countsTowards(award, cap))
        .map((award) => (cap.by === 'eventDate' ? award.eventDate : award.earnedOn));
      const end = awardsEnd(definition, [...org.enrolmentsOf(badge, CUSTOMER)]);
      attempts.push({ at, outcome: { kind: 'limited', cap, frees: freesAt(cap, counted, end, settings) } });
    }
  }
  return attempts;
}
