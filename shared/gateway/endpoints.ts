import type { RequestFunction } from './call';
import type { EndpointName } from './endpoint-words';
import { setActivation } from './requests/activation';
import { badgeById } from './requests/badge-by-id';
import { claimBadge, unclaimBadge } from './requests/claim';
import { createBadge } from './requests/create-badge';
import { createCustomField, customFieldById, listCustomFields, updateCustomField } from './requests/custom-fields';
import { customerBadgeDetails } from './requests/customer-badge-details';
import { customerBadges } from './requests/customer-badges';
import { customerManagement } from './requests/customer-management';
import { earn } from './requests/earn';
import { earnBulk } from './requests/earn-bulk';
import { fixedWindowDetails } from './requests/fixed-window-details';
import { createGroup, groupById, listGroups, updateGroup } from './requests/groups';
import { importAwards } from './requests/import-awards';
import { issueBulk } from './requests/issue-bulk';
import { listBadges } from './requests/list-badges';
import { createOrgMeta, readOrgMeta, updateOrgMeta } from './requests/org-meta';
import { revokeEarn } from './requests/revoke-earn';
import { revokeIssue } from './requests/revoke-issue';
import { updateBadge } from './requests/update-badge';

export { BASE_PATH } from './base-path';

export interface Endpoint {
  /** Short name for logs, faults and reports. */
  name: EndpointName;
  method: 'GET' | 'POST' | 'PUT';
  /** Segments below BASE_PATH; `{name}` stands for one segment, `{name:one|two}` for one of these in any case. */
  path: string;
  writes: boolean;
  handle: RequestFunction;
}

const endpoint = (
  name: EndpointName,
  method: Endpoint['method'],
  path: string,
  writes: boolean,
  handle: RequestFunction,
): Endpoint => ({ name, method, path, writes, handle });

/**
 * The 28 endpoints and their documented aliases (gateway-api). The first that fits is taken, so that a fixed segment
 * stands before a placeholder.
 */
export const ENDPOINTS: readonly Endpoint[] = [
  endpoint('earn', 'POST', 'customer/earn', true, earn),
  endpoint('earnBulk', 'POST', 'customer/earnBulk', true, earnBulk),
  endpoint('issueBulk', 'POST', 'badgeMeta/customer/issueBulk', true, issueBulk),
  endpoint('revokeIssue', 'POST', 'badgeMeta/customer/revokeIssue', true, revokeIssue),
  endpoint('revokeEarn', 'POST', 'customer/revokeEarn', true, revokeEarn),
  endpoint('import', 'POST', 'import/customerBadges', true, importAwards),
  endpoint('import', 'PUT', 'import/customerBadges', true, importAwards),
  endpoint('createBadge', 'POST', 'badgeMeta', true, createBadge),
  endpoint('updateBadge', 'PUT', 'badgeMeta', true, updateBadge),
  endpoint('listBadges', 'GET', 'badgeMeta', false, listBadges),
  endpoint('fixedWindowDetails', 'GET', 'badgeMeta/getFixedWindowDetails', false, fixedWindowDetails),
  endpoint('badgeById', 'GET', 'badgeMeta/{badgeId}', false, badgeById),
  endpoint('setActivation', 'PUT', 'badgeMeta/{badgeId}/{word:activate|deactivate}', true, setActivation),
  endpoint('claim', 'POST', 'badgeMeta/{badgeId}/claim', true, claimBadge),
  endpoint('unclaim', 'POST', 'badgeMeta/{badgeId}/unclaim', true, unclaimBadge),
  endpoint('customerBadges', 'GET', 'customer/{customerId}', false, customerBadges),
  endpoint('customerManagement', 'GET', 'management/{customerId}', false, customerManagement),
  endpoint('customerBadgeDetails', 'GET', 'management/{customerId}/badge/{badgeId}', false, customerBadgeDetails),
  endpoint('createGroup', 'POST', 'group', true, createGroup),
  endpoint('listGroups', 'GET', 'group', false, listGroups),
  endpoint('groupById', 'GET', 'group/{groupId}', false, groupById),
  endpoint('updateGroup', 'PUT', 'group/{groupId}', true, updateGroup),
  endpoint('updateGroup', 'POST', 'group/{groupId}', true, updateGroup),
  endpoint('createCustomField', 'POST', 'customField', true, createCustomField),
  endpoint('listCustomFields', 'GET', 'customField', false, listCustomFields),
  endpoint('customFieldById', 'GET', 'customField/{fieldId}', false, customFieldById),
  endpoint('updateCustomField', 'PUT', 'customField/{fieldId}', true, updateCustomField),
  endpoint('createOrgMeta', 'POST', 'orgMeta', true, createOrgMeta),
  endpoint('updateOrgMeta', 'PUT', 'orgMeta', true, updateOrgMeta),
  endpoint('readOrgMeta', 'GET', 'orgMeta', false, readOrgMeta),
  endpoint('updateGroup', 'PUT', '{groupId}', true, updateGroup),
];
