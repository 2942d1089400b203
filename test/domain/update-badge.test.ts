import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BadgeDefinition, Constraint, FixedWindowConstraint } from '../../shared/domain/badge';
import { capsInForce } from '../../shared/domain/caps';
import { dateAt } from '../../shared/domain/calendar';
import { configurationDates, configurationView, cyclesTouching } from '../../shared/domain/cycles';
import { DAY, instantOf, toIso, type Instant } from '../../shared/domain/instant';
import { MemoryOrg } from '../../shared/domain/memory-org';
import type { StoredBadge } from '../../shared/domain/org';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import { applyUpdate } from '../../shared/domain/update-badge';
import { badgeDefinition } from './badge-bodies';
import { customerConstraint, fixedWindow } from './arbitraries';

const days = (refreshRate: number, maxEarnLimit = 1): FixedWindowConstraint => ({
  kind: 'FIXED_WINDOW',
  durationType: 'DAYS',
  refreshRate,
  startDayOfTheWeek: null,
  maxEarnLimit,
  fromDate: null,
  untilDate: null,
});
const months: FixedWindowConstraint = { ...days(1), durationType: 'MONTHS', refreshRate: null };
const weeks: FixedWindowConstraint = {
  ...days(1),
  durationType: 'WEEKS',
  refreshRate: null,
  startDayOfTheWeek: 'WEDNESDAY',
};

function stored(definition: BadgeDefinition): StoredBadge {
  return new MemoryOrg().addBadge(definition, definition.startOn);
}

function edit(badge: StoredBadge, constraints: readonly Constraint[], now: Instant): StoredBadge {
  const next = applyUpdate(badge, { ...badge.definition, customerConstraints: constraints }, now, DEFAULT_SETTINGS);
  return { ...badge, definition: next };
}

function cyclesOf(definition: BadgeDefinition): string[] {
  const text = (date: number): string => toIso(date * DAY, 'UTC').slice(0, 10);
  return definition.customerConstraints
    .filter((constraint): constraint is FixedWindowConstraint => constraint.kind === 'FIXED_WINDOW')
    .flatMap((window) => {
      const dates = configurationDates(definition, window, 'UTC');
      return [...cyclesTouching(window, dates, dates.firstDate, dates.lastDate ?? 0, DEFAULT_SETTINGS)];
    })
    .map((cycle) => `${text(cycle.firstDate)}..${text(cycle.lastDate)}`);
}

const april = badgeDefinition({
  startOn: instantOf('2024-04-15T00:00:00Z'),
  expiresOn: instantOf('2027-12-14T03:15:10Z'),
  customerConstraints: [days(5)],
});

describe('editing the fixed windows of a live badge', () => {
  test('five days to months: the old cycles go on to the month end, 48 cycles in all (W6)', () => {
    const edited = edit(stored(april), [months], instantOf('2024-04-16T09:00:00Z'));
    const cycles = cyclesOf(edited.definition);
    expect(cycles.slice(0, 6)).toEqual([
      '2024-04-15..2024-04-19',
      '2024-04-20..2024-04-24',
      '2024-04-25..2024-04-29',
      '2024-04-30..2024-04-30',
      '2024-05-01..2024-05-31',
      '2024-06-01..2024-06-30',
    ]);
    expect(cycles).toHaveLength(48);
    expect(cycles.at(-1)).toBe('2027-12-01..2027-12-14');
  });

  test('days start the day after the running cycle, weeks on the first configured weekday after it (W6)', () => {
    const now = instantOf('2024-04-21T00:00:00Z');
    expect(cyclesOf(edit(stored(april), [days(7)], now).definition).slice(0, 3)).toEqual([
      '2024-04-15..2024-04-19',
      '2024-04-20..2024-04-24',
      '2024-04-25..2024-05-01',
    ]);
    expect(cyclesOf(edit(stored(april), [weeks], now).definition).slice(1, 5)).toEqual([
      '2024-04-20..2024-04-24',
      '2024-04-25..2024-04-29',
      '2024-04-30..2024-04-30',
      '2024-05-01..2024-05-07',
    ]);
  });

  test('a further edit replaces the pending configuration, from the running cycle of the active one (W7)', () => {
    const first = edit(stored(april), [months], instantOf('2024-04-16T00:00:00Z'));
    const second = edit(first, [days(2)], instantOf('2024-04-17T00:00:00Z'));
    expect(cyclesOf(second.definition).slice(0, 3)).toEqual([
      '2024-04-15..2024-04-19',
      '2024-04-20..2024-04-21',
      '2024-04-22..2024-04-23',
    ]);
    expect(second.definition.customerConstraints).toHaveLength(2);
  });

  test('sending back what the gateway answered changes nothing', () => {
    const edited = edit(stored(april), [months], instantOf('2024-04-16T00:00:00Z'));
    const echoed = edited.definition.customerConstraints.map((constraint) => ({
      ...constraint,
      fromDate: null,
      untilDate: null,
    }));
    expect(edit(edited, echoed, instantOf('2024-04-22T00:00:00Z')).definition).toEqual(edited.definition);
    expect(edit(edited, echoed, instantOf('2024-07-22T00:00:00Z')).definition).toEqual(edited.definition);
  });

  test('going back to the running form drops the pending one', () => {
    const edited = edit(stored(april), [months], instantOf('2024-04-16T00:00:00Z'));
    const back = edit(edited, [days(5, 9)], instantOf('2024-04-17T00:00:00Z'));
    expect(back.definition.customerConstraints).toEqual([days(5, 9)]);
  });

  test('a new limit alone takes hold at once (W7)', () => {
    expect(edit(stored(april), [days(5, 4)], instantOf('2024-04-16T00:00:00Z')).definition.customerConstraints).toEqual(
      [days(5, 4)],
    );
  });

  test('past configurations stay on record, dropping all limits removes them', () => {
    const first = edit(stored(april), [months], instantOf('2024-04-16T00:00:00Z'));
    const second = edit(first, [days(10)], instantOf('2024-06-10T00:00:00Z'));
    expect(cyclesOf(second.definition).slice(0, 7)).toEqual([
      '2024-04-15..2024-04-19',
      '2024-04-20..2024-04-24',
      '2024-04-25..2024-04-29',
      '2024-04-30..2024-04-30',
      '2024-05-01..2024-05-31',
      '2024-06-01..2024-06-30',
      '2024-07-01..2024-07-10',
    ]);
    expect(edit(second, [], instantOf('2024-06-11T00:00:00Z')).definition.customerConstraints).toEqual([]);
  });

  test('while the badge is upcoming every edit simply replaces (W7)', () => {
    expect(edit(stored(april), [months], instantOf('2024-04-01T00:00:00Z')).definition.customerConstraints).toEqual([
      months,
    ]);
  });

  test('constraints keep the order in which they were sent, so that the same limit is reported first (C5)', () => {
    const total: Constraint = { kind: 'FIXED_VALUE', maxEarnLimit: 9 };
    const now = instantOf('2024-04-16T00:00:00Z');
    const before = stored({ ...april, customerConstraints: [days(5), total] });
    const kinds = (constraints: readonly Constraint[]): string[] =>
      edit(before, constraints, now).definition.customerConstraints.map((constraint) =>
        constraint.kind === 'FIXED_WINDOW'
          ? `${constraint.durationType} ${constraint.untilDate === null ? 'open' : 'cut'}`
          : constraint.kind,
      );
    expect(kinds([total, days(5, 2)])).toEqual(['FIXED_VALUE', 'DAYS open']);
    expect(kinds([days(5, 2), total])).toEqual(['DAYS open', 'FIXED_VALUE']);
    // A new form stands, with the running one that it ends, where it was sent.
    expect(kinds([total, months])).toEqual(['FIXED_VALUE', 'DAYS cut', 'MONTHS open']);
    expect(kinds([months, total, days(5)])).toEqual(['MONTHS open', 'FIXED_VALUE', 'DAYS open']);
  });

  test('a direct badge whose window changed reports the limit that was sent first', () => {
    const total: Constraint = { kind: 'FIXED_VALUE', maxEarnLimit: 1 };
    const now = instantOf('2024-04-16T00:00:00Z');
    const badge = edit(stored({ ...april, customerConstraints: [days(5), total] }), [total, days(5)], now);
    expect(capsInForce(badge.definition, now, now, DEFAULT_SETTINGS).map((cap) => cap.constraintType)).toEqual([
      'CUSTOMER_BADGE_FIXED_VALUE',
      'CUSTOMER_BADGE_FIXED_WINDOW',
    ]);
  });

  test('any edit keeps what was sent in its order, whatever windows of the past stand between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(customerConstraint, { maxLength: 4 }), fc.integer({ min: 0, max: 25 })), {
          minLength: 1,
          maxLength: 5,
        }),
        (edits) => {
          let badge = stored(april);
          let now = april.startOn;
          for (const [sent, gap] of edits) {
            now += gap * DAY;
            badge = edit(badge, sent, now);
            const kept = badge.definition.customerConstraints;
            const form = (constraint: Constraint): string =>
              JSON.stringify({ ...constraint, fromDate: null, untilDate: null });
            let from = 0;
            for (const constraint of sent) {
              const at = kept.findIndex((candidate, index) => index >= from && form(candidate) === form(constraint));
              expect(at).toBeGreaterThanOrEqual(from);
              from = at + 1;
            }
          }
        },
      ),
    );
  });

  test('any series of edits leaves cycles that tile the life, with at most one active and one upcoming configuration', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fixedWindow, fc.integer({ min: 0, max: 25 })), { minLength: 1, maxLength: 6 }),
        (edits) => {
          let badge = stored(april);
          let now = april.startOn;
          for (const [window, gap] of edits) {
            now += gap * DAY;
            badge = edit(badge, [window], now);
          }
          const windows = badge.definition.customerConstraints as FixedWindowConstraint[];
          const statuses = windows.map((window) => configurationView(badge.definition, window, now, 'UTC').cycleStatus);
          expect(statuses.filter((status) => status === 'ACTIVE').length).toBe(1);
          expect(statuses.filter((status) => status === 'UPCOMING').length).toBeLessThanOrEqual(1);
          let next = dateAt(april.startOn, 'UTC');
          for (const window of windows) {
            const dates = configurationDates(badge.definition, window, 'UTC');
            expect(dates.firstDate).toBe(next);
            next = (dates.lastDate ?? 0) + 1;
          }
          expect(next).toBe(dateAt(april.expiresOn, 'UTC') + 1);
        },
      ),
      { numRuns: 500 },
    );
  });
});
