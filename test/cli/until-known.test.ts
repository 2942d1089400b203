import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../db/temporary-folder';
import { badgeBody, scenarioBody } from '../simulation/scenarios';
import { askInProcess } from './command-line';

function folderWithScenario(): string {
  const folder = temporaryFolder();
  const body = scenarioBody(
    { name: 'Known', customers: { segments: [{ name: 'all', size: 40, activity: { perWeek: 1, dispersion: 0.5 } }] } },
    { badge: badgeBody({ badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 400 }] }) },
  );
  writeFileSync(path.join(folder, 'known.scenario.json'), JSON.stringify(body));
  return folder;
}

const simulate = (folder: string, ...options: string[]) =>
  askInProcess(folder, 'simulate', 'known.scenario.json', ...options);

it('runs until a percentile is known, says how well, and gives the bytes of so many runs at once', async () => {
  const folder = folderWithScenario();
  const end = await simulate(folder, '--until-known', 'badge:attempts@p50=15%', '--json');
  expect([end.code, end.error]).toEqual([0, '']);
  const { known, ...result } = JSON.parse(end.out) as { replications: number; known: Record<string, unknown> };
  expect(known).toMatchObject({ badge: 'badge', measure: 'attempts', at: 'p50', confidence: 0.95, reached: true });
  const fixed = await simulate(folder, '--replications', String(result.replications), '--json');
  expect(JSON.parse(fixed.out)).toEqual(result);
  expect(fixed.out).not.toContain('"known"');

  const words = await simulate(folder, '--until-known', 'attempts@mean=0.001', '--most-runs', '60');
  expect(words.out).toMatch(
    /badge: the mean of attempts lies between [\d.,]+ and [\d.,]+ \(95%\), known after 60 runs: not as well/,
  );
});

it('what never comes is said to, and an end that so few runs do not tell is not named', async () => {
  const folder = folderWithScenario();
  const never = await simulate(
    ...[folder, '--until-known', 'exhaustedAt@p10=3d', '--set', 'badges.0.badge.badgeConstraints=[]'],
  );
  expect(never.out).toMatch(/badge: P10 of exhaustedAt never comes \(95%\), known after 75 runs\n/);
  const few = await simulate(folder, '--until-known', 'attempts@p90=1', '--most-runs', '20');
  expect(few.out).toMatch(/P90 of attempts is at least [\d.,]+ \(95%\), known after 20 runs: not as well as was asked/);
  const none = await simulate(folder, '--until-known', 'attempts@p50=1', '--most-runs', '2');
  expect(none.out).toMatch(/P50 of attempts cannot be told by so few runs \(95%\)/);
});

it('an instant that never comes in some run has no mean, and says so after the first look', async () => {
  const folder = folderWithScenario();
  const never = await simulate(
    ...[folder, '--until-known', 'exhaustedAt@mean=3d', '--set', 'badges.0.badge.badgeConstraints=[]'],
  );
  expect([never.code, never.error]).toEqual([
    1,
    expect.stringContaining('“exhaustedAt” has no mean, however many runs are made: in some of them it never comes.'),
  ]);
  expect(never.out).not.toContain('2,000 runs');
  const always = await simulate(
    folder,
    '--until-known',
    'firstRejectedAt@mean=60d',
    '--most-runs',
    '60',
    ...['--set', 'badges.0.badge.badgeConstraints.0.maxEarnLimit=1'],
  );
  expect([always.code, always.error]).toEqual([0, '']);
});

it('a width of another kind, a place, a number that is none, and two ways at once are refused', async () => {
  const folder = folderWithScenario();
  for (const wrong of ['attempts@p50=3d', 'exhaustedAt@p50=3', 'attempts@p95=3', 'attempts@p50=0', 'attempts'])
    expect((await simulate(folder, '--until-known', wrong)).code).toBe(2);
  expect((await simulate(folder, '--until-known', 'attempts@p50=3', '--replications', '4')).code).toBe(2);
  expect((await simulate(folder, '--most-runs', '4')).code).toBe(2);
  const none = await simulate(folder, '--until-known', 'nonsense@p50=3', '--most-runs', '2');
  expect(none.code).toBe(1);
  expect(none.error).toMatch(/“nonsense” is no number of the badge/);
  const badge = await simulate(folder, '--until-known', 'budge:attempts@p50=3', '--most-runs', '2');
  expect([badge.code, badge.error]).toEqual([
    1,
    expect.stringContaining('has no badge “budge”; its badges are badge.'),
  ]);
});
