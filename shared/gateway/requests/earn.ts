import { openAward } from '../../domain/award';
import type { OrgState, StoredBadge } from '../../domain/org';
import { refusal, success } from '../answer';
import { awardError } from '../award-errors';
import type { RequestFunction } from '../call';
import { CustomersOfRequest } from '../customers-of-request';
import { dated } from '../instant-view';
import { readIssuance } from '../issuance-body';

function enrolmentIdOf(org: OrgState, badge: StoredBadge, customerId: number, key: number | null): string | null {
  if (key === null) return null;
  const enrolment = org.enrolmentsOf(badge, customerId).find((candidate) => candidate.key === key);
  return enrolment === undefined ? null : org.enrolmentId(enrolment);
}

/** POST /customer/earn: one award; a refused one consumes no request id (gateway-api section 4; semantics E, C, Q2). */
export const earn: RequestFunction = (org, call, { now }) => {
  const { input, customers, warnings } = readIssuance('earn', call.body, org.settings.memberCareOwnerType);
  const [customerId] = customers;
  const opening = openAward(
    org,
    input,
    'earn',
    customerId === undefined ? 'missing' : 'given',
    now,
    new CustomersOfRequest(),
  );
  if (!opening.ok || customerId === undefined) return refusal(opening.ok ? [] : opening.errors, org.settings, warnings);
  const { run } = opening;
  const decision = run.decide(customerId);
  if (!decision.ok) return refusal([awardError(decision, org.settings)], org.settings, warnings);
  run.begin();
  const key = run.record(customerId, decision.enrolmentKey);
  return success(
    {
      badgeMetaId: run.request.badge.id,
      customerId,
      earnedBadgeId: org.awardId({ key, earnedOn: now }),
      ...dated('expiresOn', run.request.expiresOn, org.settings.zone),
      requestId: run.request.requestId,
      issuedId: enrolmentIdOf(org, run.request.badge, customerId, decision.enrolmentKey),
    },
    warnings,
  );
};
