import { ruleError, type RuleError } from '../../domain/codes';
import type { BadgeGroup, OrgState } from '../../domain/org';
import { refusal, refusalWithStatus, success, successBare } from '../answer';
import { bodyForm, flag, text, wholeNumber } from '../body-form';
import { fieldError } from '../body-values';
import type { RequestFunction } from '../call';
import { dated } from '../instant-view';
import { cutPage, ORDER, pageOf } from '../query-values';

function groupView(org: OrgState, group: BadgeGroup): Record<string, unknown> {
  return {
    id: group.id,
    orgId: org.orgId,
    name: group.name,
    rank: group.rank,
    createdBy: group.createdBy,
    ...dated('createdOn', group.createdOn, org.settings.zone),
    lastUpdatedBy: group.lastUpdatedBy,
    ...dated('lastUpdatedOn', group.lastUpdatedOn, org.settings.zone),
    isActive: group.isActive,
  };
}

const UNKNOWN: RuleError = { code: 404, message: 'Passed group is not found', reference: null };
const USER = 1;

export const GROUP_BODY = bodyForm({ name: text('name'), rank: wholeNumber('rank'), isActive: flag('isActive') }, [
  'name',
  'rank',
]);
type GroupReading = ReturnType<typeof GROUP_BODY.read>;

/** 733 and 732, both at once (semantics G1). */
function judge(org: OrgState, reading: GroupReading, self: BadgeGroup | null): RuleError[] {
  const errors: RuleError[] = [];
  const staysActive = reading.isActive ?? self?.isActive ?? true;
  if (reading.name === null) errors.push(fieldError('name', 'name is mandatory'));
  else if (
    staysActive &&
    org.groups().some((group) => group.isActive && group.name === reading.name && group.id !== self?.id)
  ) {
    errors.push(ruleError(733));
  }
  if (reading.rank === null) errors.push(ruleError(732));
  return errors;
}

/** POST /group (gateway-api section 6; semantics G1). */
export const createGroup: RequestFunction = (org, call, { now }) => {
  const reading = GROUP_BODY.read(call.body);
  const errors = judge(org, reading, null);
  if (reading.name === null || reading.rank === null || errors.length > 0) return refusal(errors, org.settings);
  const group = org.addGroup({
    name: reading.name,
    rank: reading.rank,
    isActive: reading.isActive ?? true,
    createdOn: now,
    createdBy: USER,
    lastUpdatedOn: now,
    lastUpdatedBy: USER,
  });
  return success(groupView(org, group));
};

/** PUT /group/{groupId}, and the two other spellings of the documents (gateway-api section 10, number 12). */
export const updateGroup: RequestFunction = (org, call, { now }) => {
  const reading = GROUP_BODY.read(call.body);
  const stored = org.findGroup(call.path['groupId'] ?? '');
  if (!stored) return refusalWithStatus(404, [UNKNOWN]);
  const errors = judge(org, reading, stored);
  if (reading.name === null || reading.rank === null || errors.length > 0) return refusal(errors, org.settings);
  const group: BadgeGroup = {
    ...stored,
    name: reading.name,
    rank: reading.rank,
    isActive: reading.isActive ?? stored.isActive,
    lastUpdatedOn: now,
    lastUpdatedBy: USER,
  };
  org.updateGroup(group);
  return success(groupView(org, group));
};

/** GET /group/{groupId}. */
export const groupById: RequestFunction = (org, call) => {
  const group = org.findGroup(call.path['groupId'] ?? '');
  return group ? successBare(groupView(org, group)) : refusalWithStatus(404, [UNKNOWN]);
};

/** GET /group: disabled groups too, by rank, then in the order of creation. */
export const listGroups: RequestFunction = (org, call) => {
  const page = pageOf(call.query);
  const sign = ORDER.of(call.query) === 'DESC' ? -1 : 1;
  const groups = [...org.groups()].sort((one, other) => sign * (one.rank - other.rank));
  const { rows, pagination } = cutPage(groups, page);
  return success({ badgeGroups: rows.map((group) => groupView(org, group)), pagination });
};
