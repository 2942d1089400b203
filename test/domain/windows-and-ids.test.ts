/** Limits in force, configurations of windows, calendar edges and ids, each with the values that the rules give. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { FixedWindowConstraint } from '../../shared/domain/badge';
import {
  addMonths,
  addYears,
  dateAt,
  startOfDate,
  startOfNextMonth,
  weekDayOf,
  WEEK_DAYS,
} from '../../shared/domain/calendar';
import { capsInForce, countTowards, rollingSpan } from '../../shared/domain/caps';
import { configurationView, firstDateAfter } from '../../shared/domain/cycles';
import { DAY, FARTHEST, instantOf, readInstant, toIso, toSecondsText } from '../../shared/domain/instant';
import { MemoryOrg } from '../../shared/domain/memory-org';
import { keyOfRecordId, recordId } from '../../shared/domain/object-id';
import type { Award } from '../../shared/domain/org';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import { windowReferenceId } from '../../shared/domain/window-reference';
import { badgeDefinition } from './badge-bodies';

const NOW = instantOf('2026-05-04T09:30:00Z');
const IN_BERLIN = { ...DEFAULT_SETTINGS, zone: 'Europe/Berlin' };
const window = (changes: Partial<FixedWindowConstraint> = {}): FixedWindowConstraint => ({
  kind: 'FIXED_WINDOW',
  durationType: 'MONTHS',
  refreshRate: null,
  startDayOfTheWeek: null,
  maxEarnLimit: 3,
  fromDate: null,
  untilDate: null,
  ...changes,
});
const date = (iso: string): number => dateAt(instantOf(`${iso}T00:00:00Z`), 'UTC');
const shown = (instant: number | null): string | null => (instant === null ? null : toIso(instant, 'UTC'));

describe('limits in force (C1–C5)', () => {
  const badge = badgeDefinition({
    customerConstraints: [
      { kind: 'NO_LIMIT' },
      {
        kind: 'CUSTOMER_ROLLING_WINDOW',
        ...{
          rollForDays: 1,
          maxEarnForDays: 2,
          rollForWeeks: 2,
          maxEarnForWeeks: 4,
          rollForMonths: 3,
          maxEarnForMonths: 6,
        },
      },
      { kind: 'FIXED_VALUE', maxEarnLimit: 9 },
      window(),
    ],
    badgeConstraints: [
      { kind: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 5, maxEarnLimit: 7 },
      { kind: 'FIXED_VALUE', maxEarnLimit: 0 },
    ],
  });

  test.each([
    [
      'hours' as const,
      ['2026-05-03T09:30:00Z', '2026-04-20T09:30:00Z', '2026-02-04T10:30:00Z', '2026-04-29T09:30:00Z'],
    ],
    [
      'dates' as const,
      ['2026-05-03T22:00:00Z', '2026-04-20T22:00:00Z', '2026-02-04T10:30:00Z', '2026-04-29T22:00:00Z'],
    ],
  ])('with rolling windows by %s: the customer’s first, each list in its own order', (rollingWindows, starts) => {
    const caps = capsInForce(badge, NOW, instantOf('2026-04-15T00:00:00Z'), { ...IN_BERLIN, rollingWindows });
    const exclusive = rollingWindows === 'hours' ? 1 : 0;
    const [day, weeks, months, ofBadge] = starts.map((start) => instantOf(start));
    const rolling = (from: number | undefined, add: number) => ({ from: (from ?? 0) + add, to: NOW + 1 });
    expect(
      caps.map(({ level, constraintType, index, limit, by, span, roll }) => [
        level,
        constraintType,
        index,
        limit,
        by,
        span,
        roll,
      ]),
    ).toEqual([
      ...[
        ['DAYS', 1, 2, rolling(day, exclusive)] as const,
        ['WEEKS', 2, 4, rolling(weeks, exclusive)] as const,
        ['MONTHS', 3, 6, rolling(months, 1)] as const,
      ].map(([unit, value, limit, span]) => [
        ...['CUSTOMER', 'CUSTOMER_BADGE_ROLLING_WINDOW', 1, limit, 'earnedOn'],
        ...[span, { unit, value }],
      ]),
      ['CUSTOMER', 'CUSTOMER_BADGE_FIXED_VALUE', 2, 9, 'earnedOn', null, null],
      [
        ...['CUSTOMER', 'CUSTOMER_BADGE_FIXED_WINDOW', 3, 3, 'eventDate'],
        ...[{ from: instantOf('2026-03-31T22:00:00Z'), to: instantOf('2026-04-30T22:00:00Z') }, null],
      ],
      ['BADGE', 'BADGE_ROLLING_WINDOW', 0, 7, 'earnedOn', rolling(ofBadge, exclusive), { unit: 'DAYS', value: 5 }],
      ['BADGE', 'BADGE_FIXED_VALUE', 1, 0, 'earnedOn', null, null],
    ]);
  });

  test('an award counts by its own date, from the first instant of the span, not at its end', () => {
    const all = capsInForce(badge, NOW, NOW, DEFAULT_SETTINGS);
    const fixed = all.find(({ by }) => by === 'eventDate');
    const rolling = all.find(({ roll }) => roll?.unit === 'DAYS');
    const forLife = all.find(({ span }) => span === null);
    const award = (eventDate: string, earnedOn = eventDate) =>
      ({ eventDate: instantOf(eventDate), earnedOn: instantOf(earnedOn) }) as Award;
    const awards = [
      award('2026-05-01T00:00:00Z', '2026-05-03T09:30:00Z'),
      award('2026-05-31T23:59:59.999999Z', '2026-05-03T09:30:00.000001Z'),
      award('2026-06-01T00:00:00Z', '2026-05-04T09:30:00Z'),
      award('2026-04-30T23:59:59.999999Z', '2026-05-04T09:30:00.000001Z'),
    ];
    expect([fixed, rolling, forLife].map((cap) => cap && countTowards(awards, cap))).toEqual([2, 2, 4]);
  });

  test.each([
    ['DAYS', '2026-05-01T09:30:00.000001Z'],
    ['WEEKS', '2026-04-13T09:30:00.000001Z'],
    ['MONTHS', '2026-02-04T09:30:00.000001Z'],
  ] as const)('three %s back', (unit, from) => {
    expect(rollingSpan(unit, 3, NOW, DEFAULT_SETTINGS)).toEqual({ from: instantOf(from), to: NOW + 1 });
  });
});

describe('a configuration of fixed windows as it is printed (W2, W6, W9)', () => {
  const badge = badgeDefinition();
  test.each([
    [{}, NOW, ['2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z', 'ACTIVE']],
    [{}, badge.startOn - 1, ['2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z', 'UPCOMING']],
    [{}, badge.startOn, ['2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z', 'ACTIVE']],
    [{}, badge.expiresOn - 1, ['2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z', 'ACTIVE']],
    [{}, badge.expiresOn, ['2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z', 'EXPIRED']],
    [{ untilDate: date('2026-05-04') }, NOW, ['2026-01-01T00:00:00Z', '2026-05-04T00:00:00Z', 'ACTIVE']],
    [{ untilDate: date('2026-05-03') }, NOW, ['2026-01-01T00:00:00Z', '2026-05-03T00:00:00Z', 'EXPIRED']],
    [{ untilDate: date('2027-05-03') }, NOW, ['2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z', 'ACTIVE']],
    [{ fromDate: date('2026-06-01') }, NOW, ['2026-06-01T00:00:00Z', '2026-12-31T00:00:00Z', 'UPCOMING']],
    [{ fromDate: date('2026-05-01') }, NOW, ['2026-05-01T00:00:00Z', '2026-12-31T00:00:00Z', 'ACTIVE']],
  ])('%o', (changes, now, expected) => {
    const { startDate, endDate, cycleStatus } = configurationView(badge, window(changes), now, 'UTC');
    expect([shown(startDate), shown(endDate), cycleStatus]).toEqual(expected);
  });

  test.each([
    ['DAYS', null, '2026-05-06', '2026-05-07'],
    ['WEEKS', 'THURSDAY', '2026-05-06', '2026-05-07'],
    ['WEEKS', 'WEDNESDAY', '2026-05-06', '2026-05-13'],
    ['WEEKS', null, '2026-05-06', '2026-05-11'],
    ['WEEKS', 'SUNDAY', '2026-05-06', '2026-05-10'],
    ['MONTHS', null, '2026-05-06', '2026-06-01'],
    ['MONTHS', null, '2026-05-31', '2026-06-01'],
    ['MONTHS', null, '2026-12-30', '2027-01-01'],
  ] as const)('a form of %s from %s, after a cycle that ends on %s, begins on %s', (durationType, day, last, first) => {
    const running = { firstDate: date(last) - 3, lastDate: date(last) };
    const form = window({ durationType, startDayOfTheWeek: day });
    expect(shown(firstDateAfter(running, form) * DAY)?.slice(0, 10)).toBe(first);
  });

  test('each form has the name-based id of its text (W10)', () => {
    const forms = [
      ...WEEK_DAYS.map((day) => window({ durationType: 'WEEKS', startDayOfTheWeek: day })),
      ...[1, 5, 30].map((refreshRate) => window({ durationType: 'DAYS', refreshRate })),
      window(),
    ];
    for (const form of forms) {
      for (const [level, type] of [
        ['CUSTOMER', 'CUSTOMER_BADGE_FIXED_WINDOW'],
        ['BADGE', 'BADGE_FIXED_WINDOW'],
      ] as const) {
        const text = `${type}${form.durationType}${String(form.refreshRate)}${String(form.startDayOfTheWeek)}`;
        const bytes = createHash('md5').update(text).digest();
        bytes[6] = (bytes.readUInt8(6) % 16) + 3 * 16;
        bytes[8] = (bytes.readUInt8(8) % 64) + 128;
        const hex = bytes.toString('hex');
        const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
        expect(windowReferenceId(form, level)).toBe(id);
      }
    }
  });
});

describe('ids of records', () => {
  test.each([
    ['2026-05-04T09:30:00.999999Z', '69f86718'],
    ['1970-01-01T00:00:00Z', '00000000'],
    ['1969-12-31T23:59:59Z', 'ffffffff'],
    ['2106-02-07T06:28:16Z', '00000000'],
    ['2106-02-07T06:28:17Z', '00000001'],
  ])('created on %s', (iso, head) => {
    expect(recordId('award', instantOf(iso), '00beef', 0x12345)).toBe(`${head}00beefe000012345`);
  });

  test('are read back as their kind and org only', () => {
    const id = recordId('enrolment', NOW, 'abcdef', 77);
    expect(keyOfRecordId('enrolment', id, 'abcdef')).toBe(77);
    expect(keyOfRecordId('award', id, 'abcdef')).toBeNull();
    expect(keyOfRecordId('enrolment', id, 'abcde0')).toBeNull();
    for (const other of [`${id}0`, `x${id}`, id.toUpperCase(), id.slice(1), '']) {
      expect(keyOfRecordId('enrolment', other, 'abcdef')).toBeNull();
    }
    const kinds = ['enrolment', 'badge', 'customField', 'group', 'award', 'orgMeta'] as const;
    expect(kinds.map((kind) => recordId(kind, 0, '000000', 1)[14])).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  test('customers are whole numbers from one', () => {
    const org = new MemoryOrg();
    const known = [0, 1, -1, 1.5, 2 ** 53 - 1, 2 ** 53, Number.NaN].map((id) => org.isKnownCustomer(id));
    expect(known).toEqual([false, true, false, false, true, false, false]);
  });
});

describe('the calendar at its edges', () => {
  test.each([
    [1, '2026-01-31T10:00:00.123456Z', 'UTC', '2026-02-28T10:00:00.123456Z'],
    [-1, '2026-03-31T10:00:00.5Z', 'UTC', '2026-02-28T10:00:00.5Z'],
    [1, '2026-02-28T12:00:00Z', 'Europe/Berlin', '2026-03-28T12:00:00Z'],
    [1, '2026-02-28T23:30:00Z', 'Europe/Berlin', '2026-03-31T22:30:00Z'],
    [12, '2024-02-29T00:00:00Z', 'UTC', '2025-02-28T00:00:00Z'],
  ])('%i months after %s in %s', (months, from, zone, to) => {
    expect(toIso(addMonths(instantOf(from), months, zone), 'UTC')).toBe(toIso(instantOf(to), 'UTC'));
    expect(addMonths(instantOf(from), months, zone) % 1_000_000).toBe(instantOf(from) % 1_000_000);
  });

  test('stops at the farthest instant, in both directions', () => {
    expect([1, -1].map((sign) => addMonths(NOW, sign * 3_000_000_000, 'UTC'))).toEqual([FARTHEST, -FARTHEST]);
    expect(addYears(NOW, 10, 'UTC')).toBe(instantOf('2036-05-04T09:30:00Z'));
    expect(toIso(addMonths(NOW, 12 * 5_000, 'UTC'), 'UTC')).toBe('7026-05-04T09:30:00Z');
    expect([1e9, -1e9].map((days) => startOfDate(days, 'Europe/Berlin'))).toEqual([FARTHEST, -FARTHEST]);
  });

  test.each([
    ['2026-05-04', 0],
    ['2026-05-10', 6],
    ['1970-01-01', 3],
    ['1969-12-29', 0],
    ['1969-12-28', 6],
  ])('%s is weekday %i', (iso, day) => {
    expect(weekDayOf(date(iso))).toBe(day);
  });

  test.each([
    ['2026-01-01', '2026-02-01'],
    ['2026-12-31', '2027-01-01'],
  ])('the month after %s begins on %s', (iso, next) => {
    expect(startOfNextMonth(date(iso))).toBe(date(next));
  });

  test('a microsecond is read and printed, and less than one is nothing', () => {
    expect([1e-6, 9.9e-7].map(readInstant)).toMatchObject([{ instant: 1 }, { instant: 0 }]);
    expect([1, -1, 1_500_000, -1_500_000].map(toSecondsText)).toEqual([
      ...['0.000001000', '-0.000001000', '1.500000000', '-1.500000000'],
    ]);
  });
});
