/** The gateway's endpoints as people say them, by their short names. */
const WORDS = {
  earn: 'Award one',
  earnBulk: 'Award many',
  issueBulk: 'Enrol',
  revokeIssue: 'Revoke an enrolment',
  revokeEarn: 'Revoke an award',
  import: 'Import awards',
  createBadge: 'Make a badge',
  updateBadge: 'Change a badge',
  listBadges: 'List badges',
  fixedWindowDetails: 'Fixed window details',
  badgeById: 'Read a badge',
  setActivation: 'Activate or deactivate',
  claim: 'Claim',
  unclaim: 'Unclaim',
  customerBadges: 'Badges of a customer',
  customerManagement: 'Customer overview',
  customerBadgeDetails: 'Badge of a customer in detail',
  createGroup: 'Make a group',
  listGroups: 'List groups',
  groupById: 'Read a group',
  updateGroup: 'Change a group',
  createCustomField: 'Make a custom field',
  listCustomFields: 'List custom fields',
  customFieldById: 'Read a custom field',
  updateCustomField: 'Change a custom field',
  createOrgMeta: 'Set the org’s tags',
  updateOrgMeta: 'Change the org’s tags',
  readOrgMeta: 'Read the org’s tags',
} as const;

export type EndpointName = keyof typeof WORDS;
export const ENDPOINT_NAMES = Object.keys(WORDS) as readonly EndpointName[];

/** The words of an endpoint; any other text is answered as it is. */
export function endpointWord(name: string): string {
  return (WORDS as Readonly<Record<string, string>>)[name] ?? name;
}
