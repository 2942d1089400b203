import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateField } from '../../shared/domain/body-dates';
import { dateAt, weekDayOf } from '../../shared/domain/calendar';
import { instantOf, toIso } from '../../shared/domain/instant';
import { bodyOfTemplate } from '../../shared/domain/own-template';

const now = instantOf('2026-11-28T12:00:00Z');
const zone = 'Europe/Berlin';
const use = (body: Record<string, unknown>) => bodyOfTemplate(body, { name: 'Next', now, zone });

test('what lies in the past is moved by whole weeks, on the local clock; what is counted from an award is not', () => {
  expect(
    use({
      name: 'Summer',
      startOn: '2026-06-01T00:00:00+02:00',
      expiresOn: '2026-08-31T23:59:59+02:00',
      issuedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn: '2026-08-31T12:00:00+02:00' },
      earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpiryType: 'DAYS', value: 30 },
      badgeRank: 3,
    }),
  ).toEqual({
    name: 'Next',
    startOn: '2026-11-30T00:00:00+01:00',
    expiresOn: '2027-03-01T23:59:59+01:00',
    issuedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn: '2027-03-01T12:00:00+01:00' },
    earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpiryType: 'DAYS', value: 30 },
    badgeRank: 3,
  });
});

test('what begins in the future stays, and so does what cannot be read', () => {
  const future = { name: 'A', startOn: '2026-11-28T12:00:01Z', expiresOn: '2027-01-01T00:00:00Z' };
  expect(use(future)).toEqual({ ...future, name: 'Next' });
  const odd = { name: 'A', startOn: 'soon', expiresOn: '2020-01-01T00:00:00Z' };
  expect(use(odd)).toEqual({ ...odd, name: 'Next' });
  expect(use({})).toEqual({ name: 'Next' });
});

test('without an end only the start moves', () => {
  expect(use({ name: 'A', startOn: '2026-11-28T12:00:00Z' })).toEqual({
    ...{ name: 'Next', startOn: '2026-12-05T13:00:00+01:00' },
  });
});

test('whatever start was kept, the badge begins within eight days, on the same day of the week at the same time', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2019, 0, 1), max: Date.UTC(2026, 10, 28) }),
      fc.constantFrom('Europe/Berlin', 'Asia/Kolkata', 'America/Sao_Paulo', 'Australia/Lord_Howe'),
      (milliseconds, place) => {
        const start = Math.floor(milliseconds / 1_000) * 1_000_000;
        const body = { name: 'A', startOn: toIso(start, place), expiresOn: toIso(start + 86_400_000_000, place) };
        const moved = bodyOfTemplate(body, { name: 'B', now, zone: place });
        const begins = dateField(moved, 'startOn').instant ?? 0;
        expect(begins).toBeGreaterThan(now);
        expect(begins - now).toBeLessThan(8 * 86_400_000_000);
        expect(weekDayOf(dateAt(begins, place))).toBe(weekDayOf(dateAt(start, place)));
      },
    ),
  );
});
