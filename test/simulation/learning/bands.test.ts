/** The short form of `npm run fuzz -- bands`. */
import { expect, test } from 'vitest';
import { bandCoverage } from './band-coverage';

test.each(['staying', 'growing'] as const)('what came lies in the bands of what was learned: %s', (kind) => {
  const { learned, events, money } = bandCoverage(kind, 20);
  expect(learned).toBe(20);
  // Of 20 with a true coverage of 0.9, fewer than 14 hardly ever.
  expect(events).toBeGreaterThanOrEqual(0.7);
  expect(money).toBeGreaterThanOrEqual(0.7);
});

test('the luck of who joined and who left is taken for no season', () => {
  expect(bandCoverage('coming', 10)).toMatchObject({ learned: 10, seasons: 0 });
});
