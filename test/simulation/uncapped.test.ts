import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toIsoExact } from '../../shared/domain/instant';
import { uncappedDates } from '../../shared/domain/lint-badge';
import { enrolmentAt } from '../../shared/simulation/simulated-badge';
import { badgeBody, prepared, scenarioBody } from './scenarios';

/** Zones that move their clocks, have halves of hours, and have skipped a date. */
const ZONES = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia'];
const FROM = Date.parse('2026-01-01T00:00:00Z') / 1000;
const DAY_SECONDS = 86_400;

const expiries = fc.oneof(
  fc.constant({ expiryType: 'NEVER' }),
  fc.constant({ expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META', expireWithBadgeMeta: true }),
  fc.record({
    expiryType: fc.constant('RELATIVE'),
    relativeExpiryType: fc.constantFrom('DAYS', 'WEEKS', 'MONTHS'),
    value: fc.integer({ min: 1, max: 14 }),
  }),
);

test('no enrolment of a scenario outlives the cycles of its badge, so there is nothing to warn of (990106)', () => {
  let enrolled = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: 0, max: 400 * DAY_SECONDS }),
      fc.integer({ min: 1, max: 200 * DAY_SECONDS }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      expiries,
      fc.constantFrom('DAYS', 'WEEKS', 'MONTHS'),
      (timeZone, start, life, part, issuedBadgeExpiry, durationType) => {
        const startOn = FROM + start;
        const at = startOn + Math.floor(part * (life - 1));
        const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
        const badge = badgeBody({
          startOnISO: iso(startOn),
          expiresOnISO: iso(startOn + life),
          earnType: 'ISSUE_EARN',
          issuedBadgeExpiry,
          customerConstraints: [
            {
              ...{ constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType, refreshRate: 1, maxEarnLimit: 1 },
              ...(durationType === 'WEEKS' ? { startDayOfTheWeek: 2 } : {}),
            },
          ],
          badgeConstraints: [
            { constraintType: 'BADGE_FIXED_WINDOW', durationType: 'DAYS', refreshRate: 1, maxEarnLimit: 9 },
          ],
        });
        const entry = { badge, enrol: [{ at: iso(at), share: 1 }] };
        const period = { timeZone, from: iso(startOn), to: iso(startOn + DAY_SECONDS) };
        const customers = { segments: [{ name: 'one', size: 1, activity: { perWeek: 0 } }] };
        const scenario = prepared(scenarioBody({ ...period, customers }, entry));
        for (const simulated of scenario.badges) {
          for (const wave of simulated.entry.enrol) {
            const readiness = enrolmentAt(simulated, wave.at);
            if ('refused' in readiness) throw new Error(`${toIsoExact(wave.at)}: ${readiness.refused}`);
            enrolled += 1;
            expect(uncappedDates(simulated.definition, readiness.expiresOn, timeZone)).toEqual([]);
          }
        }
      },
    ),
    { numRuns: 200 },
  );
  expect(enrolled).toBe(200);
});
