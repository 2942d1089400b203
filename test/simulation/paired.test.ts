import { expect, it } from 'vitest';
import { decidedAfter, pairedDifferences } from '../../shared/simulation/paired';
import { runReplication } from '../../shared/simulation/simulate';
import { SyntheticSource } from '../../shared/simulation/arrivals';
import { inEnglish } from '../../shared/words/english';
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

it('is decided once the mean difference is told from none, of 20 runs at least', () => {
  const [badge] = run(capped(100), 1).map((badges) => badges['badge']!);
  const of = (values: readonly number[]) => values.map((awarded) => ({ badge: { ...badge!, awarded } }));
  const target = { badge: null, measure: 'awarded' };
  const decide = (...variants: number[][]) => {
    const reading = decidedAfter(target, variants.map(of), 4, 200);
    if (!reading.ok) throw new Error('It is a number');
    return reading.decided;
  };
  const base = Array.from({ length: 24 }, (_, run) => [10, 12, 11, 13, 12, 11][run % 6]!);
  const [more, loose] = [
    [1, 2, 1, 2, 1, 2],
    [5, -6, 4, -3, 6, -5],
  ].map((by) => base.map((value, at) => value + by[at % 6]!));
  expect(decide(base, more!)).toMatchObject({ badge: 'badge', measure: 'awarded', reached: true, most: 200 });
  expect(decide(base, more!).differences[1]!.mean).toBeCloseTo(1.5, 9);
  expect(decide(base, loose!).reached).toBe(false);
  // Each version has to be told from the first.
  expect(decide(base, more!, loose!).reached).toBe(false);
  // None of 24 runs differs, and one of a hundred may; and of fewer than 20 nothing is told.
  expect(decide(base, base)).toMatchObject({ reached: false, differences: [null, { mean: 0 }] });
  expect(decide(base.slice(5), more!.slice(5)).reached).toBe(false);
  // Where runs differ by much more than the versions do, what none of 24 showed may turn it.
  const wide = base.map((value, at) => value + 10 * (at % 3));
  const nearly = wide.map((value, at) => value + [1, 2][at % 2]!);
  expect(decide(wide, nearly).reached).toBe(false);
  const long = Array.from({ length: 8 }, () => [wide, nearly]);
  expect(decide(...([0, 1].map((which) => long.flatMap((both) => both[which]!)) as [number[], number[]])).reached).toBe(
    true,
  );
  // What no run showed: ln(80) / 24 of the runs at the most, and runs differ by 3 to 5.
  const { low, high } = decide(base, more!).differences[1]!;
  expect((high - low) / 2).toBeCloseTo((Math.log(80) / 24) * 4, 9);
  // z of 0.05 / 4 looks, two sides: 2.4977.
  const scattering = base.map((value, at) => value + 20 * (at % 2));
  const apart = decide(base, scattering).differences[1]!;
  expect((apart.high - apart.low) / 2 / Math.sqrt((24 * 100) / 23 / 24)).toBeCloseTo(2.4977, 3);
  expect(decidedAfter({ badge: 'badge', measure: 'exhaustedAt' }, [of(base), of(base)], 1, 6).ok).toBe(false);
  const others = (badge: string) => of(base).map((badges) => ({ [badge]: badges.badge }));
  const refusal = (badge: string, measure: string, ...variants: Parameters<typeof decidedAfter>[1]) => {
    const reading = decidedAfter({ badge, measure }, variants, 1, 6);
    return reading.ok ? null : { version: reading.version, said: inEnglish(reading.reason) };
  };
  expect(refusal('other', 'awarded', of(base), of(base))).toEqual({
    version: null,
    said: 'The scenario has no badge “other”; its badges are badge.',
  });
  expect(refusal('badge', 'awarded', of(base), others('another'))).toEqual({
    version: 1,
    said: 'The scenario has no badge “badge”; its badges are another.',
  });
  expect(refusal('badge', 'nonsense', of(base), of(base))).toMatchObject({
    version: null,
    said: expect.stringMatching(/^“nonsense” is no number of the badge: servedShare, /) as string,
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
