/** Keys whose text is the same word in German. */
export const SAME_IN_GERMAN: readonly string[] = [
  'domain.ownerJourneys',
  'domain.ownerMembercare',
  'domain.statusLive',
  'practice.badges',
  'practice.code',
  'practice.colBadge',
  'practice.colCodes',
  'practice.colMilliseconds',
  'practice.colStatus',
  'practice.port',
  'sync.connectionOffline',
  'sync.connectionOnline',
  'sync.kindTest',
  'sync.name',
  'sync.tabBadges',
];
