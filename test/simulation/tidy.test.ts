import { expect, test } from 'vitest';
import type { BadgeResult } from '../../shared/simulation/result';
import { TIDY_COLUMNS, tidyRows } from '../../shared/simulation/tidy';

const RESULT: BadgeResult = {
  enrolled: 3,
  enrolRejected: {},
  qualifying: 9,
  attempts: 8,
  awarded: 5,
  customersAwarded: 2,
  customersTurnedAway: 1,
  rejected: { 1061: 3 },
  rejectedByConstraint: {},
  firstRejectedAt: '2026-01-01T10:00:00Z',
  exhaustedAt: null,
  byDay: [{ day: '2026-01-01', attempts: 8, awarded: 5, rejected: 3 }],
  bySegment: { regulars: { customers: 4, awarded: 5, customersAwarded: 2, customersTurnedAway: 1 } },
  awardsPerCustomer: { 2: 1, 3: 1 },
  cost: { expected: 12.5, currency: 'EUR' },
};

test('one row for each variant, badge, segment, day and measure, and no number is left out', () => {
  const rows = [
    ...tidyRows([
      { name: 'A', result: { badges: { streak: RESULT }, bands: null } },
      { name: 'B', result: { badges: { streak: RESULT }, bands: null } },
    ]),
  ];
  const keys = rows.map((row) => JSON.stringify(row.slice(0, 5)));
  expect(new Set(keys).size).toBe(keys.length);
  expect(rows.every((row) => row.length === TIDY_COLUMNS.length)).toBe(true);
  const find = (segment: string | null, day: string | null, measure: string): unknown =>
    rows.find((row) => row[0] === 'B' && row[2] === segment && row[3] === day && row[4] === measure)?.[5];
  expect(find(null, null, 'awarded')).toBe(5);
  expect(find(null, '2026-01-01', 'rejected')).toBe(3);
  expect(find('regulars', null, 'customers')).toBe(4);
  expect(find(null, null, 'rejected.1061')).toBe(3);
  expect(find(null, null, 'awardsPerCustomer.3')).toBe(1);
  expect(find(null, null, 'cost.expected')).toBe(12.5);
  expect(find(null, null, 'firstRejectedAt')).toBe(Date.UTC(2026, 0, 1, 10) / 1000);
  expect(find(null, null, 'exhausted')).toBe(0);
});
