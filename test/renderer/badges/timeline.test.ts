import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { drawTimeline } from '../../../renderer/features/badges/timeline';
import { readableDefinition } from '../../../shared/report/badge-timeline';
import { locale } from '../../../renderer/lib/locale.svelte';
import { DAY, instantOf } from '../../../shared/domain/instant';

// Files share one page: what another one chose, or the system, orders no date here.
beforeEach(() => locale.choose('en-US'));
afterEach(() => locale.choose(null));

const body = {
  name: 'Sprint',
  startOn: '2027-01-01T10:33:00Z',
  expiresOn: '2027-03-01T00:00:00Z',
  earnType: 'ISSUE_EARN',
  issuedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpiryType: 'DAYS', value: 10 },
  earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpiryType: 'WEEKS', value: 2 },
  customerConstraints: [
    { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', maxEarnLimit: 2, durationType: 'DAYS', refreshRate: 3 },
  ],
  badgeConstraints: [{ constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 7, maxEarnLimit: 300 }],
};
const at = instantOf('2027-01-05T12:00:00Z');

function draw(change: Record<string, unknown> = {}) {
  const badge = readableDefinition({ ...body, ...change });
  if (badge === null) throw new Error('There is nothing to draw.');
  const { lanes, ...rest } = drawTimeline(badge, at, 'UTC');
  return { ...rest, lane: (id: string) => lanes.find((lane) => lane.id === id), lanes };
}

describe('what is drawn', () => {
  test('an enrolment and an award made then end where the rules say', () => {
    const { lane } = draw();
    expect(lane('enrolment')?.bars[0]).toMatchObject({ from: at, to: at + 10 * DAY });
    expect(lane('award')?.bars[0]).toMatchObject({ from: at, to: at + 14 * DAY });
  });

  test('fixed windows stand side by side, and the one that counts is marked', () => {
    const bars = draw().lane('CUSTOMER-0')?.bars ?? [];
    expect(bars.length).toBeGreaterThan(15);
    for (const [index, bar] of bars.entries()) if (index > 0) expect(bar.from).toBe(bars[index - 1]?.to);
    expect(bars.filter((bar) => bar.current)).toEqual([
      expect.objectContaining({ from: instantOf('2027-01-04T00:00:00Z'), to: instantOf('2027-01-07T00:00:00Z') }),
    ]);
  });

  test('a rolling window looks back', () => {
    const bar = draw().lane('BADGE-0')?.bars[0];
    expect(bar?.to).toBe(at + 1);
    expect((bar?.to ?? 0) - (bar?.from ?? 0)).toBeLessThanOrEqual(7 * DAY);
  });

  test('an award that never expires runs out of the drawing instead of squeezing it', () => {
    const drawing = draw({ earnedBadgeExpiry: { expiryType: 'NEVER' } });
    expect(drawing.lane('award')?.bars[0]?.open).toBe(true);
    expect(drawing.to).toBeLessThan(instantOf('2027-05-01T00:00:00Z'));
  });

  test('too many windows become one band that still says which one counts', () => {
    const drawing = draw({ expiresOn: '2047-03-01T00:00:00Z' });
    const lane = drawing.lane('CUSTOMER-0');
    expect(lane?.dense).toBe(true);
    expect(lane?.bars.length).toBeLessThan(4);
    expect(lane?.sentence).toMatch(/Jan 4, 2027 to Jan 6, 2027/);
  });

  test('every lane says itself in words', () => {
    for (const lane of draw().lanes) expect(lane.sentence).toMatch(/^.{10,}\.$/);
  });
});

describe('a badge under construction', () => {
  test('a limit being typed does not take the drawing away', () => {
    const half = [
      { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'DAYS' },
      { constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 3 },
    ];
    const badge = readableDefinition({ ...body, name: '', earnedBadgeExpiry: null, customerConstraints: half });
    expect(badge?.customerConstraints).toEqual([{ kind: 'FIXED_VALUE', maxEarnLimit: 3 }]);
    expect(badge?.earnType).toBe('ISSUE_EARN');
  });

  test.each([{ startOn: null }, { expiresOn: 'whenever' }, { expiresOn: '2026-01-01T00:00:00Z' }])(
    'without a life there is nothing to draw: %j',
    (change) => {
      expect(readableDefinition({ ...body, ...change })).toBeNull();
    },
  );
});
