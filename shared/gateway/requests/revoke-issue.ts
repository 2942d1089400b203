import { ruleError } from '../../domain/codes';
import type { OrgState, StoredBadge } from '../../domain/org';
import { refusal, success } from '../answer';
import { bodyForm, customerId, customerIds, listOf, text, type BodyField } from '../body-form';
import { unreadable } from '../body-values';
import type { RequestFunction } from '../call';

const MOST_ENTRIES = 20;

interface RevokedRow {
  customerId: number;
  issuedId: string | null;
  error: { code?: number; message: string; reference: null } | null;
}

const NO_ENROLMENT = { code: 404, message: "Customer doesn't have issue instance", reference: null };
/** The documents print this one without a code (error-codes). */
const FOREIGN_ENROLMENT = { message: "issue doesn't belong to customer", reference: null };

const anyCustomer = customerId('customerId');
/** Without one nobody knows whose enrolment is meant. */
const mandatoryCustomer: BodyField<number> = {
  keys: anyCustomer.keys,
  read: (holder, path) => {
    const id = anyCustomer.read(holder, path);
    if (id === null) throw unreadable(`${path}customerId is mandatory`);
    return id;
  },
};

export const REVOKE_ISSUE_BODY = bodyForm(
  {
    badgeMetaId: text('badgeMetaId'),
    revokeIssuals: listOf('revokeIssuals', { customerId: mandatoryCustomer, issueId: text('issueId') }, ['customerId']),
    customers: customerIds('customers'),
  },
  ['badgeMetaId'],
);

type NamedEnrolment = ReturnType<typeof REVOKE_ISSUE_BODY.read>['revokeIssuals'][number];

function revokeNamed(org: OrgState, badge: StoredBadge, named: NamedEnrolment, now: number): RevokedRow {
  const { customerId } = named;
  const issueId = named.issueId ?? '';
  const enrolment = org.findEnrolment(issueId);
  const row = (error: RevokedRow['error']): RevokedRow => ({ customerId, issuedId: issueId || null, error });
  if (enrolment?.badgeKey !== badge.key) return row(NO_ENROLMENT);
  if (enrolment.customerId !== customerId) return row(FOREIGN_ENROLMENT);
  if (enrolment.revokedOn !== null) return row(NO_ENROLMENT);
  org.revokeEnrolment(enrolment.key, now);
  return row(null);
}

function revokeAllOf(org: OrgState, badge: StoredBadge, customerId: number, now: number): RevokedRow[] {
  const enrolments = org.enrolmentsOf(badge, customerId);
  if (enrolments.length === 0) return [{ customerId, issuedId: null, error: NO_ENROLMENT }];
  return enrolments.map((enrolment) => {
    org.revokeEnrolment(enrolment.key, now);
    return { customerId, issuedId: org.enrolmentId(enrolment), error: null };
  });
}

/** POST /badgeMeta/customer/revokeIssue: up to 20 customers, or exact enrolments, which win (section 3; semantics R1). */
export const revokeIssue: RequestFunction = (org, call, { now }) => {
  const { badgeMetaId, revokeIssuals: named, customers } = REVOKE_ISSUE_BODY.read(call.body);
  if (named.length === 0 && customers.length === 0) return refusal([ruleError(1051)], org.settings);
  if (named.length > MOST_ENTRIES) return refusal([ruleError(990004, 'revokeIssuals')], org.settings);
  if (customers.length > MOST_ENTRIES) return refusal([ruleError(990004, 'customers')], org.settings);
  const badge = org.findBadge(badgeMetaId ?? '');
  if (!badge) return refusal([ruleError(404)], org.settings);
  const revokedIssuedBadges =
    named.length > 0
      ? named.map((entry) => revokeNamed(org, badge, entry, now))
      : customers.flatMap((customerId) => revokeAllOf(org, badge, customerId, now));
  return success({ badgeMetaId: badge.id, revokedIssuedBadges, requestId: null });
};
