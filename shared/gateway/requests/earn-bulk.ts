import { awardStatus, openAward } from '../../domain/award';
import { inParts } from '../../domain/org';
import { refusal, success } from '../answer';
import { awardError } from '../award-errors';
import type { RequestFunction } from '../call';
import { CustomersOfRequest } from '../customers-of-request';
import { dated } from '../instant-view';
import { readIssuance, triggerView } from '../issuance-body';

/**
 * POST /customer/earnBulk: awards in request order; failing customers are rows, and both documented shapes are answered
 * (gateway-api section 4; semantics E, D1, B1).
 */
export const earnBulk: RequestFunction = (org, call, { now }) => {
  const { input, customers, warnings } = readIssuance('earnBulk', call.body, org.settings.memberCareOwnerType);
  const given = customers.length === 0 ? 'missing' : 'given';
  const opening = openAward(org, input, 'earnBulk', given, now, new CustomersOfRequest());
  if (!opening.ok) return refusal(opening.errors, org.settings, warnings);
  const { run } = opening;
  run.begin();
  const issuedBadges: Record<string, unknown>[] = [];
  const earnedBadgesList: { customerId: number; earnedBadgeId: string }[] = [];
  const failedEarnBadgeErrorList: { customerId: number; errorCode: number; errorMessage: string }[] = [];
  const answer = (customerId: number): void => {
    const outcome = run.award(customerId);
    if (outcome.ok) {
      const earnedBadgeId = org.awardId({ key: outcome.key, earnedOn: now });
      issuedBadges.push({ customerId, issuedId: earnedBadgeId, status: run.status });
      earnedBadgesList.push({ customerId, earnedBadgeId });
      return;
    }
    const error = awardError(outcome, org.settings);
    const { existing } = outcome;
    issuedBadges.push({
      customerId,
      issuedId: existing && org.awardId(existing),
      error,
      status: existing && awardStatus(existing, now),
    });
    failedEarnBadgeErrorList.push({ customerId, errorCode: error.code, errorMessage: error.message });
  };
  for (const part of inParts(customers)) {
    run.expect(part);
    for (const customerId of part) answer(customerId);
  }
  return success(
    {
      badgeMetaId: run.request.badge.id,
      triggeredBy: triggerView(run.request),
      ...dated('expiresOn', run.request.expiresOn, org.settings.zone),
      issuedBadges,
      totalCount: customers.length,
      earnedCount: earnedBadgesList.length,
      failedCount: failedEarnBadgeErrorList.length,
      earnedBadgesList,
      failedEarnBadgeErrorList,
      requestId: run.request.requestId,
    },
    warnings,
  );
};
