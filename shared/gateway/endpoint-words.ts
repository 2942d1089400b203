import type { PlainKey } from '../words/message';

/** The gateway's endpoints as people say them, by their short names. */
export const ENDPOINT_WORDS = {
  earn: 'practice.earn',
  earnBulk: 'practice.earnBulk',
  issueBulk: 'practice.issueBulk',
  revokeIssue: 'practice.revokeIssue',
  revokeEarn: 'practice.revokeEarn',
  import: 'practice.importAwards',
  createBadge: 'practice.createBadge',
  updateBadge: 'practice.updateBadge',
  listBadges: 'practice.listBadges',
  fixedWindowDetails: 'practice.fixedWindowDetails',
  badgeById: 'practice.badgeById',
  setActivation: 'practice.setActivation',
  claim: 'practice.claim',
  unclaim: 'practice.unclaim',
  customerBadges: 'practice.customerBadges',
  customerManagement: 'practice.customerManagement',
  customerBadgeDetails: 'practice.customerBadgeDetails',
  createGroup: 'practice.createGroup',
  listGroups: 'practice.listGroups',
  groupById: 'practice.groupById',
  updateGroup: 'practice.updateGroup',
  createCustomField: 'practice.createCustomField',
  listCustomFields: 'practice.listCustomFields',
  customFieldById: 'practice.customFieldById',
  updateCustomField: 'practice.updateCustomField',
  createOrgMeta: 'practice.createOrgMeta',
  updateOrgMeta: 'practice.updateOrgMeta',
  readOrgMeta: 'practice.readOrgMeta',
} as const satisfies Readonly<Record<string, PlainKey>>;

export type EndpointName = keyof typeof ENDPOINT_WORDS;
