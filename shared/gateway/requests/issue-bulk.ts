import { ruleError, ruleWarning } from '../../domain/codes';
import { enrolmentStatus, openEnrolment } from '../../domain/enrolment';
import { inParts } from '../../domain/org';
import { refusal, success } from '../answer';
import type { RequestFunction } from '../call';
import { dated } from '../instant-view';
import { readIssuance, triggerView } from '../issuance-body';
import { CustomersOfRequest } from '../customers-of-request';

/** POST /badgeMeta/customer/issueBulk: enrols customers (gateway-api section 3; semantics I, D1, B1). */
export const issueBulk: RequestFunction = (org, call, { now }) => {
  const { input, customers, warnings } = readIssuance('issueBulk', call.body, org.settings.memberCareOwnerType);
  const opening = openEnrolment(org, input, now, new CustomersOfRequest());
  if (!opening.ok) return refusal(opening.errors, org.settings, warnings);
  const { run } = opening;
  const issuedOn = run.request.processedOn;
  const rowOf = (customerId: number): Record<string, unknown> => {
    const outcome = run.enrol(customerId);
    if (outcome.ok)
      return { customerId, issuedId: org.enrolmentId({ key: outcome.key, issuedOn }), status: run.status };
    return {
      customerId,
      issuedId: outcome.existing && org.enrolmentId(outcome.existing),
      error: ruleError(outcome.code),
      status: outcome.existing && enrolmentStatus(outcome.existing, now),
    };
  };
  const issuedBadges: Record<string, unknown>[] = [];
  for (const part of inParts(customers)) {
    run.expect(part);
    for (const customerId of part) issuedBadges.push(rowOf(customerId));
  }
  return success(
    {
      badgeMetaId: run.request.badge.id,
      triggeredBy: triggerView(run.request),
      ...dated('expiresOn', run.request.expiresOn, org.settings.zone),
      issuedBadges,
      requestId: run.request.requestId,
    },
    customers.length === 0 ? [...warnings, ruleWarning(990102)] : warnings,
  );
};
