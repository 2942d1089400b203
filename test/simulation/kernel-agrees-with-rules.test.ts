import { expect, test } from 'vitest';
import { decisionsIn, differenceIn } from './compare-with-rules';

const HISTORIES = 20_000;

test(`the kernel decides ${HISTORIES} random histories as the rules do`, { timeout: 900_000 }, () => {
  const differences: string[] = [];
  for (let seed = 1; seed <= HISTORIES && differences.length < 3; seed += 1) {
    const difference = differenceIn(seed);
    if (difference !== null) differences.push(difference);
  }
  expect(differences).toEqual([]);
});

test('random histories reach every decision the rules can take', () => {
  const reached = new Set<string>();
  for (let seed = 1; seed <= 600; seed += 1)
    for (const decision of decisionsIn(seed)) reached.add(decision.replace(/^\d+ enrolled.*?(\d{3,4})?$/, 'wave $1'));
  expect([...reached].sort()).toEqual(
    [
      ...['wave ', 'wave 1039', 'wave 1040', 'wave 801', 'ok', '810', '811', '815'],
      ...['FIXED_VALUE', 'FIXED_WINDOW', 'ROLLING_WINDOW'].flatMap((kind) => [
        `990001 CUSTOMER_BADGE_${kind}`,
        `990002 BADGE_${kind}`,
      ]),
    ].sort(),
  );
});
