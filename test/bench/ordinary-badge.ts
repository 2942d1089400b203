/** The body of a badge of an ordinary size: limits, tags, benefits, custom fields. `limit` is the cap over all customers. */
export function ordinaryBadge(
  number: number,
  { startOn = '2026-01-01T00:00:00Z', limit = 100_000 } = {},
): Record<string, unknown> {
  return {
    name: `Badge ${String(number)}`,
    description: `Given to those who came back in season ${String(number)}, and kept for two weeks after that.`,
    startOn,
    expiresOn: '2099-12-31T00:00:00Z',
    earnType: 'ISSUE_EARN',
    earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpirytype: 'WEEKS', value: 2 },
    issuedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META' },
    ownership: { restrictedToOwners: ['Loyalty', 'Milestones', 'Journeys'] },
    customerConstraints: [
      { constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 12 },
      { constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 7, maxEarnForDays: 2 },
    ],
    badgeConstraints: [
      { constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: limit },
      { constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 1, maxEarnLimit: 500 },
    ],
    tags: [
      { name: 'region', value: `r${String(number % 40)}` },
      { name: 'season', value: 'spring' },
    ],
    benefits: [{ benefitType: 'LOYALTY_POINTS', points: 50, programId: 7 }],
    badgeRank: number % 9,
    customFields: { department: 'Retail', costCentre: String(number % 100) },
  };
}
