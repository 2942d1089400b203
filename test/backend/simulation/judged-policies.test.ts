import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { GrantedFiles } from '../../../electron/backend/files/granted-files';
import { judgePolicies } from '../../../electron/backend/simulation/judged-policies';
import { openSimulation } from '../../../electron/backend/simulation/open-simulation';
import { runPolicy } from '../../../electron/backend/simulation/policies';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings';
import { contract } from '../../../shared/ipc/contract';
import type { ScenarioBody } from '../../../shared/ipc/simulation-contract';
import { temporaryFolder } from '../../db/temporary-folder';
import { NOW, testWorkspace } from '../../db/workspace/open-workspace';
import { badgeBody, scenarioBody } from '../../simulation/scenarios';

const SCENARIO = scenarioBody(
  { name: 'Capped', replications: 4 },
  {
    badge: badgeBody({ badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 100 }] }),
    cost: { perAward: 2, redemptionRate: 1, currency: 'EUR' },
  },
) as ScenarioBody;

const policy = (expected: Record<string, unknown>[], set: Record<string, unknown> = {}) => ({
  ...{ schema: 'laurel/policy@1', scenario: 'capped.scenario.json', set, expect: expected },
});
const CHEAP = { badge: 'badge', measure: 'cost.expected', at: 'p90', max: 150 };
const SERVED = { badge: 'badge', segment: 'regulars', measure: 'servedShare', at: 'p10', min: 0.1 };

async function opened() {
  const { current: workspace } = await testWorkspace();
  const files = new GrantedFiles();
  const side = openSimulation({
    ...{ workspace, files, now: () => NOW, settings: () => DEFAULT_SETTINGS },
    beforeDeletion: () => Promise.resolve(),
  });
  onTestFinished(() => side.close());
  const host = { signal: new AbortController().signal, progress: () => undefined };
  const { handlers } = side;
  return {
    files,
    handlers,
    run: async (policies: { name: string; body: Record<string, unknown> }[]) =>
      handlers['simulation.run'](contract['simulation.run'].input.parse({ body: SCENARIO, policies }), host),
    judge: async (id: number, policies: { name: string; body: Record<string, unknown> }[]) =>
      handlers['simulation.judge']({ id, policies }, host),
    get: async (id: number) => handlers['simulation.get']({ id }),
  };
}

test('policies stand beside the answer with the very numbers of the command line, and are kept with it', async () => {
  const { run, get } = await opened();
  const body = policy([CHEAP, SERVED, { lint: 'clean' }]);
  const view = await run([{ name: 'board.policy.json', body }]);
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'capped.scenario.json'), JSON.stringify(SCENARIO));
  writeFileSync(path.join(folder, 'board.policy.json'), JSON.stringify(body));
  const report = await runPolicy(folder, 'board.policy.json', { paths: [] }, {});
  const [judged] = view.policies ?? [];
  expect(judged?.verdicts.map(({ ok }) => ok)).toEqual([false, true, true]);
  expect(judged?.verdicts).toEqual(report.verdicts);
  expect(judged?.verdicts[0]).toMatchObject({ value: 200, lines: [{ line: 'max', ok: false, margin: -50 }] });
  expect(judged).toMatchObject({ name: 'board.policy.json', ok: false, set: [], replications: 4 });
  expect((await get(view.summary.id)).policies).toEqual(view.policies);
});

test('one with settings of its own is judged by a run with them, and says so', async () => {
  const { run } = await opened();
  const cap = 'badges.0.badge.badgeConstraints.0.maxEarnLimit';
  const view = await run([{ name: 'a', body: policy([CHEAP], { [cap]: 60, replications: 3, seed: 3 }) }]);
  expect(view.policies).toMatchObject([{ ok: true, set: [cap, 'replications'], replications: 3 }]);
  expect(view.policies?.[0]?.verdicts).toMatchObject([{ value: 120, lines: [{ margin: 30 }] }]);
  expect(view.summary.replications).toBe(4);
});

test('what is wrong with a policy is told in its place, and a result without policies has none', async () => {
  const { run, judge } = await opened();
  const plain = await run([]);
  expect('policies' in plain).toBe(false);
  const { policies } = await judge(plain.summary.id, [
    { name: 'no line', body: policy([{ badge: 'badge', measure: 'awarded', at: 'p90' }]) },
    { name: 'no badge', body: policy([{ ...CHEAP, badge: 'other' }]) },
    { name: 'no place', body: policy([{ ...CHEAP, at: undefined }]) },
    { name: 'slip', body: policy([CHEAP], { replicatons: 3 }) },
    { name: 'wrong', body: policy([CHEAP], { to: 'soon' }) },
  ]);
  expect(
    policies.map(({ mistakes, verdicts }) => [mistakes.map(({ path }) => path), verdicts.map(({ kind }) => kind)]),
  ).toEqual([
    [['expect[0]'], []],
    [[], ['mistake']],
    [[], ['mistake']],
    [['set: replicatons'], []],
    [['to'], []],
  ]);
  const [, noBadge] = policies;
  expect(noBadge?.verdicts[0]).toMatchObject({ words: { key: 'scenarios.policyNoSuch', values: { names: 'badge' } } });
});

test('a policy file leads to its scenario, and a scenario file brings the policies beside it that name it', async () => {
  const { files, handlers } = await opened();
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'deep'));
  const file = path.join(folder, 'capped.scenario.json');
  writeFileSync(file, JSON.stringify(SCENARIO));
  writeFileSync(path.join(folder, 'a.policy.json'), JSON.stringify(policy([CHEAP])));
  writeFileSync(path.join(folder, 'b.policy.json'), JSON.stringify({ scenario: 'capped.scenario.json' }));
  writeFileSync(
    path.join(folder, 'c.policy.json'),
    JSON.stringify({ ...policy([CHEAP]), scenario: 'other.scenario.json' }),
  );
  writeFileSync(path.join(folder, 'd.policy.json'), '{');
  for (const name of ['capped.scenario.json', 'a.policy.json', 'd.policy.json', 'c.policy.json'])
    files.grant(name, { path: path.join(folder, name), name, bytes: 1, mode: 'read' });
  const scenario = await handlers['simulation.open']({ token: 'capped.scenario.json' });
  expect(scenario.ok && scenario.scenario.policies.map(({ name }) => name)).toEqual(['a.policy.json', 'b.policy.json']);
  const opening = await handlers['simulation.openPolicy']({ token: 'a.policy.json' });
  expect(opening).toMatchObject({
    ok: true,
    policy: { name: 'a.policy.json' },
    scenario: { name: 'capped.scenario.json' },
  });
  if (opening.ok && opening.scenario !== null)
    expect(await handlers['simulation.open']({ token: opening.scenario.token })).toMatchObject({ ok: true });
  expect(await handlers['simulation.openPolicy']({ token: 'c.policy.json' })).toMatchObject({
    ok: true,
    scenario: null,
  });
  expect(await handlers['simulation.openPolicy']({ token: 'd.policy.json' })).toMatchObject({
    ok: false,
    mistakes: [{ path: '' }],
  });
});

test('where no row of a replayed file was played, nothing is judged', async () => {
  const events = { csv: 'e.csv', customer: 'customer', at: 'at' };
  const body = { ...SCENARIO, customers: null, events };
  const text = {
    name: 'board.policy.json',
    body: policy([{ badge: 'badge', measure: 'servedShare', at: 'first', min: 0.9 }]),
  };
  const nothing = { replications: [], events: 0 };
  const [judged] = await judgePolicies(body, undefined, [text], nothing, () => Promise.resolve(nothing));
  expect(judged).toMatchObject({ ok: false, mistakes: [{ words: { key: 'scenarios.policyNothingPlayed' } }] });
});
