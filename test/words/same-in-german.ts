/** Keys whose text is the same word in German. */
export const SAME_IN_GERMAN: readonly string[] = [
  'domain.ownerJourneys',
  'domain.ownerMembercare',
  'domain.statusLive',
];
