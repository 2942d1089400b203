import { expect, test } from 'vitest';
import { valueInWords } from '../../../../electron/backend/badges/value-words';
import { instantOf } from '../../../../shared/domain/instant';
import { inEnglish } from '../../../../shared/words/english';
import type { MeaningField } from '../../../../shared/gateway/meaning';

const words = (field: MeaningField, value: unknown, zone = 'UTC'): string =>
  inEnglish(valueInWords(field, JSON.stringify(value), zone));
const start = (iso: string, zone = 'UTC'): string => words('startOn', instantOf(iso), zone);

test.each([
  ['2027-01-31T09:00:00Z', 'UTC', '31 Jan 2027, 09:00 UTC'],
  ['2027-01-31T09:00:07Z', 'UTC', '31 Jan 2027, 09:00:07 UTC'],
  ['2024-05-07T08:14:15.447744Z', 'Asia/Kolkata', '7 May 2024, 13:44:15.447744 (+05:30)'],
  ['2024-05-07T08:14:00.5Z', 'UTC', '7 May 2024, 08:14:00.5 UTC'],
  ['1969-12-31T23:59:59.25Z', 'UTC', '31 Dec 1969, 23:59:59.25 UTC'],
  ['2027-07-01T00:00:00Z', 'America/New_York', '30 Jun 2027, 20:00 (-04:00)'],
])('%s in %s is shown as %s', (iso, zone, shown) => {
  expect(start(iso, zone)).toBe(shown);
});

test('two dates that differ in their fraction never look the same', () => {
  expect(start('2026-01-01T00:00:00Z')).not.toBe(start('2026-01-01T00:00:00.000001Z'));
});

test('an expiry on a date is told in the same way', () => {
  const expiry = { kind: 'FIXED_DATE', expiresOn: instantOf('2027-01-31T09:00:00.125Z') };
  expect(words('earnedBadgeExpiry', expiry)).toBe('On 31 Jan 2027, 09:00:00.125 UTC');
});

test('limits are told with the separators of large numbers, and one day is a day', () => {
  const limits = [
    { kind: 'FIXED_VALUE', maxEarnLimit: 10_000 },
    { kind: 'BADGE_ROLLING_WINDOW', maxEarnLimit: 300, rollType: 'DAYS', rollValue: 1 },
    { kind: 'BADGE_ROLLING_WINDOW', maxEarnLimit: 3_000, rollType: 'WEEKS', rollValue: 2 },
  ];
  expect(words('badgeConstraints', limits)).toBe('10,000 in all; 300 in the last day; 3,000 in the last 2 weeks');
});
