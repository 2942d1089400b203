import { expect, test } from 'vitest';
import { HOUR, instantOf } from '../../shared/domain/instant';
import { decisionsIn, decisionsOfRules, differenceIn, differenceOf } from './compare-with-rules';
import { badgeBody } from '../domain/badge-bodies';

/** `npm run fuzz -- simulation-histories` goes through a million. */
const HISTORIES = 2_000;

test(`the kernel decides ${HISTORIES} random histories as the rules do`, () => {
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

test('a date in two pieces keeps one cap in the kernel as in the rules: St John’s, November 2010 (T4)', () => {
  const minutes = (text: string, count: number): number[] =>
    Array.from({ length: count }, (_, minute) => instantOf(text) + (minute * HOUR) / 60);
  // The evening of the 6th, the first minute of the 7th, the 6th again from 23:01, and the 7th again.
  const instants = minutes('2010-11-07T02:00:00Z', 120);
  for (const [level, customers] of [
    ['customer', 1],
    ['customer', 3],
    ['badge', 3],
  ] as const) {
    for (const limit of [1, 20, 45, 61]) {
      const type = level === 'customer' ? 'CUSTOMER_BADGE_FIXED_WINDOW' : 'BADGE_FIXED_WINDOW';
      const history = {
        settings: { zone: 'America/St_Johns' },
        body: badgeBody({
          startOn: '2010-11-01T00:00:00Z',
          expiresOn: '2010-12-01T00:00:00Z',
          [`${level}Constraints`]: [
            { constraintType: type, durationType: 'DAYS', refreshRate: 1, maxEarnLimit: limit },
          ],
        }),
        owner: { ownerType: 'Loyalty', referenceId: '626' },
        from: instantOf('2010-11-05T00:00:00Z'),
        to: instantOf('2010-11-09T00:00:00Z'),
        customers,
        waves: [],
        events: instants.flatMap((at) => Array.from({ length: customers }, (_, customer) => ({ at, customer }))),
      };
      expect(differenceOf(history)).toBeNull();
      const awards = decisionsOfRules(history).filter((decision) => decision === 'ok').length;
      // Both dates give what they allow, and no more: the 6th has 90 minutes here, the 7th 30.
      const most = (1 + Number(level === 'customer') * (customers - 1)) * 2 * limit;
      expect(awards).toBeLessThanOrEqual(most);
    }
  }
});
