import { Gate } from '../../electron/backend/practice/credentials';
import { PracticeOrg } from '../../electron/backend/practice/org';
import { PracticeServer } from '../../electron/backend/practice/server/practice-server';
import { fromMilliseconds, DAY } from '../../shared/domain/instant';
import { badgeDefinition } from '../domain/badge-bodies';

export const BADGE_ID = '0000000000000000000000b1';

/** A practice org with a direct badge under a customer's rolling limit and a badge's fixed window, and its port. */
export async function servePractice(file: string): Promise<number> {
  const org = await PracticeOrg.open({ file, settings: {}, now: null });
  const now = fromMilliseconds(Date.now());
  org.store.transaction(() => {
    const badge = org.store.addBadge(
      badgeDefinition({
        startOn: now - DAY,
        expiresOn: now + 100 * DAY,
        earnedBadgeExpiry: { kind: 'RELATIVE', unit: 'WEEKS', value: 2 },
        customerConstraints: [
          {
            kind: 'CUSTOMER_ROLLING_WINDOW',
            rollForDays: 7,
            maxEarnForDays: 1_000_000,
            rollForWeeks: 0,
            maxEarnForWeeks: 0,
            rollForMonths: 0,
            maxEarnForMonths: 0,
          },
        ],
        badgeConstraints: [
          {
            kind: 'FIXED_WINDOW',
            durationType: 'DAYS',
            refreshRate: 3,
            startDayOfTheWeek: null,
            maxEarnLimit: 1_000_000_000,
            fromDate: null,
            untilDate: null,
          },
        ],
      }),
      now,
      BADGE_ID,
    );
    org.store.setClaims(badge, [{ ownerType: 'Loyalty', referenceId: '1', isActive: true }]);
  });
  const server = new PracticeServer({
    org,
    gate: new Gate(null),
    faults: null,
    onActivity: null,
    onFailure: (error) => console.error(error),
  });
  return server.listen(0);
}
