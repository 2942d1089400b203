/** The short form of `npm run fuzz -- bands`. */
import { expect, test } from 'vitest';
import { bandCoverage } from './band-coverage';

test.each(['staying', 'growing'] as const)('what came lies in the bands of what was learned: %s', (kind) => {
  const { learned, events, money } = bandCoverage(kind, 12);
  expect(learned).toBe(12);
  // Of 12 with a true coverage of 0.9, fewer than 8 hardly ever.
  expect(events).toBeGreaterThanOrEqual(0.66);
  expect(money).toBeGreaterThanOrEqual(0.66);
});

test('the luck of who joined and who left is taken for no season, and for no certainty', () => {
  const { learned, events, money, seasons } = bandCoverage('coming', 10);
  expect(learned).toBe(10);
  expect(seasons).toBe(0);
  expect(events).toBeGreaterThanOrEqual(0.7);
  expect(money).toBeGreaterThanOrEqual(0.7);
});
