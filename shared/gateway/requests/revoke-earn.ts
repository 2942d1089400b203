import type { JsonObject } from '../../domain/body-reader';
import { ruleError, type RuleError } from '../../domain/codes';
import { refusal, success } from '../answer';
import { fieldError, objectBody, textOf } from '../body-values';
import type { RequestFunction } from '../call';
import { identifierKindOf, resolveCustomer } from '../customer-identifier';

function idText(body: JsonObject): string | null {
  const { customerId } = body;
  return typeof customerId === 'number' ? String(customerId) : textOf(body, 'customerId');
}

/** POST /customer/revokeEarn: takes one award back, if it is neither revoked nor expired (section 4; semantics R2). */
export const revokeEarn: RequestFunction = (org, call, { now }) => {
  const identifier = identifierKindOf(call.headers);
  if (!identifier.ok) return refusal(identifier.errors, org.settings);
  const body = objectBody(call.body);
  const badgeId = textOf(body, 'badgeMetaId');
  // A customer id is a number like any other; only what names a customer otherwise is text.
  const customer = identifier.kind === 'id' ? idText(body) : textOf(body, 'customerId');
  const awardId = textOf(body, 'earnedBadgeId');
  const missing: RuleError[] = [
    { key: 'badgeMetaId', value: badgeId },
    { key: 'customerId', value: customer },
    { key: 'earnedBadgeId', value: awardId },
  ]
    .filter(({ value }) => value === null)
    .map(({ key }) => fieldError(key, `${key} is mandatory`));
  if (missing.length > 0) return refusal(missing, org.settings);
  const badge = org.findBadge(badgeId ?? '');
  if (!badge) return refusal([ruleError(404)], org.settings);
  const customerId = resolveCustomer(org, identifier.kind, customer ?? '');
  if (customerId === null) return refusal([ruleError(1026)], org.settings);
  const award = org.findAward(awardId ?? '');
  const isHeld =
    award?.badgeKey === badge.key &&
    award.customerId === customerId &&
    award.revokedOn === null &&
    award.expiresOn > now;
  if (!isHeld) return refusal([ruleError(814)], org.settings);
  org.revokeAward(award.key, now);
  return success({ badgeMetaId: badge.id, customerId, earnedBadgeId: org.awardId(award), isActive: false });
};
