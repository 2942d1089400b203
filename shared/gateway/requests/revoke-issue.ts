import { isObject } from '../../domain/body-reader';
import { ruleError } from '../../domain/codes';
import type { OrgState, StoredBadge } from '../../domain/org';
import { refusal, success } from '../answer';
import { customerIdOf, customerIdsOf, objectBody, textOf, unreadable } from '../body-values';
import type { RequestFunction } from '../call';

const MOST_ENTRIES = 20;

interface NamedEnrolment {
  customerId: number;
  issueId: string;
}

interface RevokedRow {
  customerId: number;
  issuedId: string | null;
  error: { code?: number; message: string; reference: null } | null;
}

const NO_ENROLMENT = { code: 404, message: "Customer doesn't have issue instance", reference: null };
/** The documents print this one without a code (error-codes). */
const FOREIGN_ENROLMENT = { message: "issue doesn't belong to customer", reference: null };

function readNamed(value: unknown): NamedEnrolment[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw unreadable('revokeIssuals must be a list');
  return value.map((element: unknown, index) => {
    const path = `revokeIssuals[${index}]`;
    if (!isObject(element)) throw unreadable(`${path} must be an object`);
    const customerId = customerIdOf(element['customerId'], `${path}.customerId`);
    if (customerId === null) throw unreadable(`${path}.customerId is mandatory`);
    return { customerId, issueId: textOf(element, 'issueId', `${path}.issueId`) ?? '' };
  });
}

function revokeNamed(org: OrgState, badge: StoredBadge, named: NamedEnrolment, now: number): RevokedRow {
  const { customerId, issueId } = named;
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
  const body = objectBody(call.body);
  const badgeId = textOf(body, 'badgeMetaId');
  const named = readNamed(body['revokeIssuals']);
  const customers = customerIdsOf(body['customers'], 'customers');
  if (named.length === 0 && customers.length === 0) return refusal([ruleError(1051)], org.settings);
  if (named.length > MOST_ENTRIES) return refusal([ruleError(990004, 'revokeIssuals')], org.settings);
  if (customers.length > MOST_ENTRIES) return refusal([ruleError(990004, 'customers')], org.settings);
  const badge = org.findBadge(badgeId ?? '');
  if (!badge) return refusal([ruleError(404)], org.settings);
  const revokedIssuedBadges =
    named.length > 0
      ? named.map((entry) => revokeNamed(org, badge, entry, now))
      : customers.flatMap((customerId) => revokeAllOf(org, badge, customerId, now));
  return success({ badgeMetaId: badge.id, revokedIssuedBadges, requestId: null });
};
