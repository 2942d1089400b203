import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BadgeDefinition, FixedWindowConstraint } from '../../shared/domain/badge';
import { dateAt } from '../../shared/domain/calendar';
import { configurationDates, constraintEnd, cycleOn, cycleSpan, cyclesTouching } from '../../shared/domain/cycles';
import { DAY, instantOf, toIso } from '../../shared/domain/instant';
import { windowReferenceId } from '../../shared/domain/window-reference';
import { badgeDefinition } from './badge-bodies';
import { badge, fixedWindow, zone } from './arbitraries';

const windowOf = (changes: Partial<FixedWindowConstraint>): FixedWindowConstraint => ({
  kind: 'FIXED_WINDOW',
  durationType: 'DAYS',
  refreshRate: 3,
  startDayOfTheWeek: null,
  maxEarnLimit: 1,
  fromDate: null,
  untilDate: null,
  ...changes,
});

function datesOf(definition: BadgeDefinition, window: FixedWindowConstraint, inZone = 'UTC'): string[] {
  const dates = configurationDates(definition, window, inZone);
  const cycles = cyclesTouching(window, dates, dates.firstDate, dates.lastDate ?? dates.firstDate + 400, {
    zone: inZone,
    weeklyCycles: 'weekday',
  });
  const text = (date: number): string => toIso(date * DAY, 'UTC').slice(0, 10);
  return [...cycles].map((cycle) => `${text(cycle.firstDate)}..${text(cycle.lastDate)}`);
}

describe('fixed windows', () => {
  test('the week example of the create document: 25 Sep–1 Oct, 2–8 Oct, … until 30 Oct (W4)', () => {
    const definition = badgeDefinition({
      startOn: instantOf('2023-09-25T10:00:00Z'),
      expiresOn: instantOf('2023-10-30T10:00:00Z'),
    });
    expect(
      datesOf(definition, windowOf({ durationType: 'WEEKS', refreshRate: null, startDayOfTheWeek: 'MONDAY' })),
    ).toEqual([
      '2023-09-25..2023-10-01',
      '2023-10-02..2023-10-08',
      '2023-10-09..2023-10-15',
      '2023-10-16..2023-10-22',
      '2023-10-23..2023-10-29',
      '2023-10-30..2023-10-30',
    ]);
  });

  test('a badge that starts at 10:33 has its first cycle from midnight of that day (W3)', () => {
    const definition = badgeDefinition({
      startOn: instantOf('2025-03-03T10:33:00Z'),
      expiresOn: instantOf('2025-03-11T01:00:00Z'),
    });
    expect(datesOf(definition, windowOf({}))).toEqual([
      '2025-03-03..2025-03-05',
      '2025-03-06..2025-03-08',
      '2025-03-09..2025-03-11',
    ]);
  });

  test('months: the first runs to month end, the last is cut (W11)', () => {
    const definition = badgeDefinition({
      startOn: instantOf('2024-01-15T00:00:00Z'),
      expiresOn: instantOf('2024-03-05T00:00:00Z'),
    });
    expect(datesOf(definition, windowOf({ durationType: 'MONTHS', refreshRate: null }))).toEqual([
      '2024-01-15..2024-01-31',
      '2024-02-01..2024-02-29',
      '2024-03-01..2024-03-05',
    ]);
  });

  test('reference ids are those printed in the documents (W10)', () => {
    expect(windowReferenceId(windowOf({}), 'CUSTOMER')).toBe('e6791ec9-e92f-34af-bdc3-be2607fdf82c');
    expect(windowReferenceId(windowOf({}), 'BADGE')).toBe('a1350b49-eb8e-3500-9e43-01f5493c91c1');
    expect(windowReferenceId(windowOf({ refreshRate: 5 }), 'CUSTOMER')).toBe('1c11e757-4f00-3bb2-8aa0-b34e25083bb3');
    expect(
      windowReferenceId(
        windowOf({ durationType: 'WEEKS', refreshRate: null, startDayOfTheWeek: 'TUESDAY' }),
        'CUSTOMER',
      ),
    ).toBe('53b1267d-4907-364a-a2ae-5989a9b2123a');
  });

  test('the constraint end follows the enrolment expiry (W9)', () => {
    const end = (changes: Partial<BadgeDefinition>): number | null =>
      constraintEnd(badgeDefinition({ earnType: 'ISSUE_EARN', ...changes }), 'UTC');
    expect(end({ issuedBadgeExpiry: { kind: 'NEVER' } })).toBeNull();
    expect(end({ issuedBadgeExpiry: { kind: 'WITH_BADGE_META' } })).toBe(instantOf('2026-12-31T00:00:00Z'));
    expect(end({ issuedBadgeExpiry: { kind: 'FIXED_DATE', expiresOn: 1926235957000000 } })).toBe(1926235957000000);
    expect(end({ issuedBadgeExpiry: { kind: 'RELATIVE', unit: 'MONTHS', value: 2 } })).toBe(
      instantOf('2027-02-28T00:00:00Z'),
    );
    expect(constraintEnd(badgeDefinition({ issuedBadgeExpiry: { kind: 'NEVER' } }), 'UTC')).toBe(
      instantOf('2026-12-31T00:00:00Z'),
    );
  });

  test('cycles tile the life of the badge without gap or overlap, in every zone', () => {
    fc.assert(
      fc.property(badge, fixedWindow, zone, (definition, window, inZone) => {
        const settings = { zone: inZone, weeklyCycles: 'weekday' as const };
        const dates = configurationDates(definition, window, inZone);
        const to = dates.lastDate ?? dates.firstDate + 500;
        fc.pre(to >= dates.firstDate && to - dates.firstDate < 5_000);
        let next = dates.firstDate;
        let previousEnd: number | null = null;
        for (const cycle of cyclesTouching(window, dates, dates.firstDate, to, settings)) {
          expect(cycle.firstDate).toBe(next);
          expect(cycle.lastDate).toBeGreaterThanOrEqual(cycle.firstDate);
          const span = cycleSpan(cycle, inZone);
          expect(span.to).toBeGreaterThan(span.from);
          if (previousEnd !== null) expect(span.from).toBe(previousEnd);
          for (const at of [span.from, span.to - 1]) {
            expect(cycleOn(window, dates, dateAt(at, inZone), settings)).toEqual(cycle);
          }
          previousEnd = span.to;
          next = cycle.lastDate + 1;
        }
        expect(next).toBeGreaterThan(to);
        expect(cycleOn(window, dates, dates.firstDate - 1, settings)).toBeNull();
      }),
      { numRuns: 400 },
    );
  });
});
