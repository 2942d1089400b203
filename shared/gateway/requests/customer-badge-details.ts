import { awardStatus } from '../../domain/award';
import { badgeStatus } from '../../domain/badge';
import { ruleError } from '../../domain/codes';
import { enrolmentStatus } from '../../domain/enrolment';
import type { Instant } from '../../domain/instant';
import type { OrgState, StoredBadge } from '../../domain/org';
import { refusal, success } from '../answer';
import { customFieldsView, expiryView } from '../badge-view';
import type { RequestFunction } from '../call';
import { constraintStatistics, counterOf } from '../constraint-statistics';
import { holdingOf, latestEnrolment, type Holding } from '../customer-holdings';
import { customerOfPath } from '../customer-identifier';
import { dated } from '../instant-view';
import { yesOrNo } from '../query-values';

export const WITH_STATISTICS = yesOrNo('includeStatistics', true);

type Json = Record<string, unknown>;

function issuals(org: OrgState, holding: Holding, now: Instant): Json[] {
  const { zone } = org.settings;
  return holding.enrolments.map((enrolment) => ({
    ...dated('issuedOn', enrolment.issuedOn, zone),
    issuedStatus: enrolmentStatus(enrolment, now),
    ...dated('issueExpiresOn', enrolment.expiresOn, zone),
    issueId: org.enrolmentId(enrolment),
    ownerType: enrolment.ownerType,
    ownerReferenceId: enrolment.referenceId,
    ...dated('revokedOn', enrolment.revokedOn, zone),
    ...dated('issueEventDate', enrolment.eventDate, zone),
  }));
}

function earns(org: OrgState, holding: Holding, now: Instant): Json[] {
  const { zone } = org.settings;
  const enrolmentByKey = new Map(holding.enrolments.map((enrolment) => [enrolment.key, enrolment]));
  return holding.awards.map((award) => {
    const enrolment = award.enrolmentKey === null ? undefined : enrolmentByKey.get(award.enrolmentKey);
    return {
      ...dated('earnedOn', award.earnedOn, zone),
      earnStatus: awardStatus(award, now),
      ...dated('earnExpiresOn', award.expiresOn, zone),
      earnId: org.awardId(award),
      issueId: enrolment ? org.enrolmentId(enrolment) : null,
      ownerType: award.ownerType,
      ownerReferenceId: award.referenceId,
      ...dated('revokedOn', award.revokedOn, zone),
      ...dated('earnEventDate', award.eventDate, zone),
    };
  });
}

function statisticsOf(org: OrgState, badge: StoredBadge, holding: Holding, customerId: number, now: Instant): Json {
  const constraints = (level: 'CUSTOMER' | 'BADGE'): Json[] => {
    const { customerConstraints, badgeConstraints } = badge.definition;
    const count = counterOf(org, badge, level, customerId);
    return (level === 'CUSTOMER' ? customerConstraints : badgeConstraints).map((constraint) =>
      constraintStatistics(org, badge, constraint, level, count, now),
    );
  };
  return {
    customerConstraints: constraints('CUSTOMER'),
    badgeConstraints: constraints('BADGE'),
    issualDetails: { issuedCount: holding.enrolments.length, issuals: issuals(org, holding, now) },
    earnDetails: { earnCount: holding.awards.length, earns: earns(org, holding, now) },
  };
}

/** GET /management/{customerId}/badge/{badgeId}: one badge with everything one customer has of it (section 5). */
export const customerBadgeDetails: RequestFunction = (org, call, { now }) => {
  const withStatistics = WITH_STATISTICS.of(call.query);
  const customer = customerOfPath(org, call);
  if (!customer.ok) return refusal(customer.errors, org.settings);
  const badge = org.findBadge(call.path['badgeId'] ?? '');
  if (!badge) return refusal([ruleError(404)], org.settings);
  const { definition } = badge;
  const { zone } = org.settings;
  const holding = holdingOf(org, badge, customer.customerId);
  const enrolment = latestEnrolment(holding);
  return success({
    id: badge.id,
    name: definition.name,
    description: definition.description,
    ...dated('startsOn', definition.startOn, zone),
    ...dated('expiresOn', definition.expiresOn, zone),
    action: definition.active ? 'ACTIVATED' : 'DE_ACTIVATED',
    badgeType: definition.earnType,
    badgeStatus: badgeStatus(definition, now),
    owner: definition.restrictedToOwners,
    claimedBy: [...new Set(badge.claims.filter((claim) => claim.isActive).map((claim) => claim.ownerType))],
    images: definition.images,
    earnExpiry: expiryView(definition.earnedBadgeExpiry, zone),
    issueExpiry: expiryView(definition.issuedBadgeExpiry, zone),
    tags: definition.tags,
    badgeRank: definition.badgeRank,
    ...(withStatistics ? statisticsOf(org, badge, holding, customer.customerId, now) : {}),
    issuedStatus: enrolment && enrolmentStatus(enrolment, now),
    activeEarnedCount: holding.standing.filter((award) => award.expiresOn > now).length,
    customFields: customFieldsView(org, badge),
  });
};
