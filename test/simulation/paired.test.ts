import { expect, it } from 'vitest';
import { pairedDifferences } from '../../shared/simulation/paired';
import { runReplication } from '../../shared/simulation/simulate';
import { SyntheticSource } from '../../shared/simulation/arrivals';
import { badgeBody, prepared, scenarioBody } from './scenarios';

function run(changes: Record<string, unknown>, replications: number) {
  const scenario = prepared(scenarioBody({ replications }, { badge: badgeBody(changes) }));
  return Array.from({ length: replications }, (_, replication) => {
    const source = new SyntheticSource(scenario.scenario, scenario.timeline, replication);
    return runReplication(scenario, source, replication, {}).badges;
  });
}

const capped = (maxEarnLimit: number) => ({
  badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit }],
});

it('differs replication by replication, and shows nothing where nothing differs', () => {
  const low = run(capped(100), 4);
  const high = run(capped(130), 4);
  expect(pairedDifferences([low, low])).toEqual([]);
  const awarded = pairedDifferences([low, high]).find(({ measure }) => measure === 'awarded');
  // Both caps are filled in every run: the difference is exactly theirs, with no spread at all.
  expect(awarded).toEqual({
    badge: 'badge',
    measure: 'awarded',
    means: [100, 130],
    differences: [
      { p10: 0, p50: 0, p90: 0, mean: 0 },
      { p10: 30, p50: 30, p90: 30, mean: 30 },
    ],
    above: [0, 4],
    below: [0, 0],
  });
});

it('has no difference where a variant lacks the badge, and counts what is left out as zero', () => {
  const [base] = run(capped(100), 1);
  const other = [{ another: base!['badge']! }];
  const rows = pairedDifferences([[base!], other]);
  expect(rows.find(({ badge, measure }) => badge === 'badge' && measure === 'awarded')).toMatchObject({
    means: [100, null],
    differences: [{ mean: 0 }, null],
  });
  const without = [{ badge: { ...base!['badge']!, rejectedByConstraint: {} } }];
  const refused = pairedDifferences([[base!], without]).find(({ measure }) =>
    measure.startsWith('rejectedByConstraint'),
  );
  expect(refused?.means[1]).toBe(0);
});
