import { expect, test } from 'vitest';
import { SyntheticSource } from '../../shared/simulation/arrivals';
import { isSeparable, joinParts } from '../../shared/simulation/parts';
import { prepareScenario, type PreparedScenario } from '../../shared/simulation/prepared-scenario';
import { runReplication } from '../../shared/simulation/simulate';
import { badgeBody } from './scenarios';

const WINDOW = { constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 9, maxEarnForDays: 2 };

function prepared(badges: readonly object[], change: object = {}): PreparedScenario {
  const owner = { ownerType: 'Loyalty', referenceId: '626' };
  const preparation = prepareScenario({
    schema: 'laurel/scenario@1',
    name: 'parts',
    seed: 5,
    from: '2026-01-05T00:00:00Z',
    to: '2026-02-16T00:00:00Z',
    badges: badges.map((badge, index) => ({ key: `b${index}`, owner, ...badge })),
    customers: {
      segments: [
        { name: 'many', size: 30_000, activity: { perWeek: 1.3, dispersion: 0.7 } },
        { name: 'few', size: 700, activity: { perWeek: 4, amount: { mean: 30, spread: 0.5 } } },
        { name: 'some', size: 9_000, activity: { perWeek: 0.1 } },
      ],
    },
    ...change,
  });
  if (!preparation.ok) throw new Error(JSON.stringify(preparation.findings));
  return preparation.prepared;
}

const body = (customerConstraints: object[], badgeConstraints: object[] = []): object =>
  badgeBody({
    startOnISO: '2026-01-10T00:00:00Z',
    expiresOnISO: '2026-02-10T00:00:00Z',
    customerConstraints,
    badgeConstraints,
  }) as object;

const SEPARABLE = [
  { badge: body([WINDOW]), cost: { perAward: 0.3, currency: 'EUR', redemptionRate: 0.7 } },
  { badge: body([{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 3 }]), trigger: { probability: 0.6 } },
];

test.each([2, 3, 7])('%i parts of the customers come to what all of them do', (of) => {
  const scenario = prepared(SEPARABLE);
  expect(isSeparable(scenario)).toBe(true);
  const run = (part?: { index: number; of: number }): ReturnType<typeof runReplication> =>
    runReplication(scenario, new SyntheticSource(scenario.scenario, scenario.timeline, 1, part), 1);
  const whole = run();
  const parts = Array.from({ length: of }, (_, index) => run({ index, of }));
  expect(parts.reduce((sum, { events }) => sum + events, 0)).toBe(whole.events);
  expect(parts.filter(({ events }) => events > 0).length).toBeGreaterThan(1);
  const joined = joinParts(
    scenario,
    parts.map(({ badges }) => badges),
  );
  expect(JSON.stringify(joined)).toBe(JSON.stringify(whole.badges));
  expect(joined['b0']!.firstRejectedAt).not.toBeNull();
});

test('customers who share a limit or a wave of enrolments are never parted', () => {
  const total = { constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 1_000_000_000 };
  expect(isSeparable(prepared([{ badge: body([WINDOW], [total]) }]))).toBe(false);
  const enrolled = badgeBody({ earnType: 'ISSUE_EARN', issuedBadgeExpiry: { expiryType: 'NEVER' } }) as object;
  const wave = { at: '2026-01-12T00:00:00Z', share: 0.5 };
  expect(isSeparable(prepared([{ badge: enrolled, enrol: [wave] }]))).toBe(false);
});
