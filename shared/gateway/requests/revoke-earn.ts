import { ruleError, type RuleError } from '../../domain/codes';
import { refusal, success } from '../answer';
import { bodyForm, text, type BodyField } from '../body-form';
import { fieldError, textOf } from '../body-values';
import type { RequestFunction } from '../call';
import { identifierKindOf, resolveCustomer } from '../customer-identifier';

/** A customer id is a number like any other; only what names a customer otherwise is text. */
const customer: BodyField<{ id: string | null; name: string | null }> = {
  keys: text('customerId').keys,
  read: (body) => {
    const name = textOf(body, 'customerId');
    const { customerId } = body;
    return { id: typeof customerId === 'number' ? String(customerId) : name, name };
  },
};

export const REVOKE_EARN_BODY = bodyForm(
  { badgeMetaId: text('badgeMetaId'), customer, earnedBadgeId: text('earnedBadgeId') },
  ['badgeMetaId', 'customer', 'earnedBadgeId'],
);

/** POST /customer/revokeEarn: takes one award back, if it is neither revoked nor expired (section 4; semantics R2). */
export const revokeEarn: RequestFunction = (org, call, { now }) => {
  const identifier = identifierKindOf(call.headers);
  if (!identifier.ok) return refusal(identifier.errors, org.settings);
  const body = REVOKE_EARN_BODY.read(call.body);
  const { badgeMetaId: badgeId, earnedBadgeId: awardId } = body;
  const named = identifier.kind === 'id' ? body.customer.id : body.customer.name;
  const missing: RuleError[] = [
    { key: 'badgeMetaId', value: badgeId },
    { key: 'customerId', value: named },
    { key: 'earnedBadgeId', value: awardId },
  ]
    .filter(({ value }) => value === null)
    .map(({ key }) => fieldError(key, `${key} is mandatory`));
  if (missing.length > 0) return refusal(missing, org.settings);
  const badge = org.findBadge(badgeId ?? '');
  if (!badge) return refusal([ruleError(404)], org.settings);
  const customerId = resolveCustomer(org, identifier.kind, named ?? '');
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
