import { describe, expect, test } from 'vitest';
import type { FixedWindowConstraint } from '../../shared/domain/badge';
import { clockStretches, dateAt, doubledMidnight, existsIn, skippedDate } from '../../shared/domain/calendar';
import { capsInForce, countTowards } from '../../shared/domain/caps';
import { configurationDates, cycleSpan, cyclesTouching } from '../../shared/domain/cycles';
import { DAY, HOUR, instantOf, toIso, type Instant } from '../../shared/domain/instant';
import { isWithin, type Award } from '../../shared/domain/org';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import { pageOfCycles } from '../../shared/gateway/cycle-pages';
import { badgeDefinition } from './badge-bodies';

const window = (changes: Partial<FixedWindowConstraint> = {}): FixedWindowConstraint => ({
  kind: 'FIXED_WINDOW',
  durationType: 'DAYS',
  refreshRate: 1,
  startDayOfTheWeek: null,
  maxEarnLimit: 1,
  fromDate: null,
  untilDate: null,
  ...changes,
});
const dateText = (date: number): string => toIso(date * DAY, 'UTC').slice(0, 10);
const at = (text: string): Instant => instantOf(text);

describe('clocks that go back over midnight: St John’s, 7 November 2010, 00:01 to 23:01', () => {
  const zone = 'America/St_Johns';
  const noon = at('2010-11-06T12:00:00-02:30');
  const firstOf7th = at('2010-11-07T00:00:30-02:30');
  const againOf6th = at('2010-11-06T23:30:00-03:30');
  const noonOf7th = at('2010-11-07T12:00:00-03:30');
  const definition = badgeDefinition({
    startOn: at('2010-11-01T00:00:00Z'),
    expiresOn: at('2010-12-01T00:00:00Z'),
    customerConstraints: [window()],
  });
  const award = (eventDate: Instant): Award => ({
    ...{ key: 1, customerId: 1, enrolmentKey: null, revokedOn: null },
    ...{ earnedOn: eventDate, eventDate, expiresOn: eventDate },
  });
  const counted = (earlier: Instant, now: Instant, constraint = window()): number => {
    const settings = { ...DEFAULT_SETTINGS, zone };
    const [cap] = capsInForce({ ...definition, customerConstraints: [constraint] }, now, now, settings);
    return cap === undefined ? NaN : countTowards([award(earlier)], cap);
  };

  test('the midnight comes twice', () => {
    const date = dateAt(noonOf7th, zone);
    expect(doubledMidnight(date, zone)).toEqual({
      first: at('2010-11-07T00:00:00-02:30'),
      change: at('2010-11-07T00:01:00-02:30'),
      second: at('2010-11-07T00:00:00-03:30'),
    });
    expect(doubledMidnight(date - 1, zone)).toBeNull();
    // A midnight that is skipped, and one that merely is the end of an hour that comes twice, come once.
    expect(doubledMidnight(dateAt(at('2018-11-04T12:00:00Z'), 'America/Sao_Paulo'), 'America/Sao_Paulo')).toBeNull();
    expect(doubledMidnight(dateAt(at('2018-02-18T12:00:00Z'), 'America/Sao_Paulo'), 'America/Sao_Paulo')).toBeNull();
  });

  test('each date keeps one cap over its two pieces (W2)', () => {
    expect(counted(noon, againOf6th)).toBe(1);
    expect(counted(againOf6th, noon)).toBe(1);
    expect(counted(firstOf7th, noonOf7th)).toBe(1);
    expect(counted(firstOf7th, againOf6th)).toBe(0);
    expect(counted(againOf6th, noonOf7th)).toBe(0);
    expect(counted(noon, firstOf7th)).toBe(0);
    // Both dates lie in one cycle here: nothing between them is left out.
    const weekly = window({ durationType: 'WEEKS', refreshRate: null, startDayOfTheWeek: 'MONDAY' });
    for (const earlier of [noon, firstOf7th, againOf6th]) expect(counted(earlier, noonOf7th, weekly)).toBe(1);
  });

  test('every instant lies in the span of the cycle of its own date and of no other', () => {
    const dates = configurationDates(definition, window(), zone);
    const first = dateAt(noon, zone) - 2;
    const cycles = [...cyclesTouching(window(), dates, first, first + 5, { ...DEFAULT_SETTINGS, zone })];
    for (let instant = at('2010-11-05T06:00:00Z'); instant < at('2010-11-08T20:00:00Z'); instant += HOUR / 240) {
      const within = cycles.filter((cycle) => isWithin(cycleSpan(cycle, zone), instant));
      expect(within.map(({ firstDate }) => firstDate)).toEqual([dateAt(instant, zone)]);
    }
  });
});

describe('a date that a zone skips: Apia, 30 December 2011', () => {
  const zone = 'Pacific/Apia';
  const settings = { ...DEFAULT_SETTINGS, zone };
  const badge = badgeDefinition({ startOn: at('2011-12-20T12:00:00Z'), expiresOn: at('2012-01-10T12:00:00Z') });
  const skipped = at('2011-12-30T00:00:00Z') / DAY;
  const listed = (constraint: FixedWindowConstraint, from: number, to: number): string[] =>
    [...cyclesTouching(constraint, configurationDates(badge, constraint, zone), from, to, settings)].map(
      ({ firstDate, lastDate }) => `${dateText(firstDate)}..${dateText(lastDate)}`,
    );

  test('the date is known to be missing', () => {
    expect(existsIn(skipped, zone)).toBe(false);
    expect([skipped - 1, skipped + 1].map((date) => existsIn(date, zone))).toEqual([true, true]);
    expect(skippedDate(skipped - 400, skipped + 400, zone)).toBe(skipped);
    expect(skippedDate(skipped - 1, skipped + 1, zone)).toBe(skipped);
    expect(skippedDate(skipped + 1, skipped + 20_000_000, zone)).toBeNull();
    expect(skippedDate(skipped - 400, skipped + 400, 'Europe/Berlin')).toBeNull();
  });

  test('it is no cycle, and the next date is listed once', () => {
    expect(listed(window(), skipped - 1, skipped + 2)).toEqual([
      '2011-12-29..2011-12-29',
      '2011-12-31..2011-12-31',
      '2012-01-01..2012-01-01',
    ]);
    expect(listed(window({ refreshRate: 2 }), skipped - 2, skipped + 2)).toEqual(
      expect.arrayContaining([expect.stringMatching(/2011-12-29\.\.2011-12-29|2011-12-31\.\.2011-12-31/)]),
    );
  });

  test.each([1, 2, 3, 7])('pages of cycles of %d days count what they list', (refreshRate) => {
    const constraint = window({ refreshRate });
    const source = {
      level: 'CUSTOMER' as const,
      window: constraint,
      dates: configurationDates(badge, constraint, zone),
    };
    const [from, to] = [dateAt(badge.startOn, zone), dateAt(badge.expiresOn, zone)];
    const all = listed(constraint, from, to);
    const paged: string[] = [];
    for (let page = 0; page < 20; page += 1) {
      const { cycles, total } = pageOfCycles([source], from, to, settings, { page, size: 2 });
      expect(total).toBe(all.length);
      paged.push(...cycles.map((cycle) => `${dateText(cycle.firstDate)}..${dateText(cycle.lastDate)}`));
    }
    expect(paged).toEqual(all);
  });
});

describe('the stretches between changes of a clock', () => {
  test('are one in UTC and where no clock is changed', () => {
    const [from, to] = [at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z')];
    expect(clockStretches(from, to, 'UTC')).toEqual([{ from, to, offset: 0 }]);
    expect(clockStretches(from, to, 'Asia/Kolkata')).toEqual([{ from, to, offset: 5.5 * HOUR }]);
  });

  test('are cut at each change, and lie within what was asked for', () => {
    const [from, to] = [at('2026-03-29T00:30:00Z'), at('2026-10-25T02:00:00Z')];
    expect(clockStretches(from, to, 'Europe/Berlin')).toEqual([
      { from, to: at('2026-03-29T01:00:00Z'), offset: HOUR },
      { from: at('2026-03-29T01:00:00Z'), to: at('2026-10-25T01:00:00Z'), offset: 2 * HOUR },
      { from: at('2026-10-25T01:00:00Z'), to, offset: HOUR },
    ]);
  });

  test.each(['Europe/Berlin', 'Australia/Lord_Howe', 'America/Havana', 'Africa/Casablanca', 'America/Sao_Paulo'])(
    'show what the clock of %s shows, for decades',
    (zone) => {
      const [from, to] = [at('1995-01-01T00:00:00Z'), at('2060-01-01T00:00:00Z')];
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
      const stretches = clockStretches(from, to, zone);
      expect(stretches.length).toBeGreaterThan(2);
      expect(stretches.at(-1)!.to).toBe(to);
      for (const { from: first, to: end, offset } of stretches) {
        for (const instant of [first, Math.floor((first + end) / 2), end - 1000])
          expect(clock.format(instant / 1000)).toBe(new Date((instant + offset) / 1000).toISOString().slice(11, 16));
      }
    },
  );
});
