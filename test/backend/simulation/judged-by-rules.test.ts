/** Whose rules a simulation of the window is judged by, and what its result says of them. */
import { expect, onTestFinished, test } from 'vitest';
import { openSimulation, type SimulationSide } from '../../../electron/backend/simulation/open-simulation';
import type { RulesInUse } from '../../../electron/backend/simulation/simulations';
import { GrantedFiles } from '../../../electron/backend/files/granted-files';
import { instantOf } from '../../../shared/domain/instant';
import { DEFAULT_SETTINGS, SETTING_VALUES } from '../../../shared/domain/settings';
import { GATEWAY_SWITCHES } from '../../../shared/gateway/switches';
import { contract } from '../../../shared/ipc/contract';
import type { ScenarioBody, SimulationView } from '../../../shared/ipc/simulation-contract';
import { readResult } from '../../../shared/simulation/read-result';
import { serialiseResult } from '../../../shared/simulation/result';
import { judgedInWords } from '../../../shared/simulation/result-rules';
import { inEnglish } from '../../../shared/words/english';
import { badgeBody, scenarioBody } from '../../simulation/scenarios';
import { testWorkspace } from '../../db/workspace/open-workspace';

const ACME = { org: 'Acme', learnedOn: instantOf('2026-11-28T10:00:00Z') };
const weekly = { option: 'weekly-cycles', value: 'from-start', isLearned: true };
const code = { option: 'customer-limit-code', value: '4711', isLearned: true };

/** A badge of one award a week. It starts on a Sunday, and its weeks on Mondays. */
const BODY = scenarioBody(
  {},
  {
    badge: badgeBody({
      customerConstraints: [
        {
          ...{ constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'WEEKS', maxEarnLimit: 1 },
          startDayOfTheWeek: 'MONDAY',
        },
      ],
    }),
  },
) as ScenarioBody;

async function simulating(): Promise<{ side: SimulationSide; use(rules: RulesInUse): void }> {
  const { current: workspace } = await testWorkspace();
  let rules: RulesInUse = { from: null, switches: [] };
  const side = openSimulation(
    {
      ...{ workspace, files: new GrantedFiles(), now: () => instantOf('2026-11-28T12:00:00Z') },
      ...{ settings: () => workspace.settings.current, beforeDeletion: () => Promise.resolve() },
    },
    () => [],
    () => rules,
  );
  onTestFinished(() => side.close());
  return { side, use: (now) => (rules = now) };
}

function run(side: SimulationSide): Promise<SimulationView> {
  const input = contract['simulation.run'].input.parse({ body: BODY });
  const watch = { signal: new AbortController().signal, progress: () => undefined };
  return side.handlers['simulation.run'](input, watch) as Promise<SimulationView>;
}

test('a result says whose rules it used, and nothing where they are as documented; a kept one stays by its own', async () => {
  const { side, use } = await simulating();
  const documented = await run(side);
  expect(documented.result).not.toHaveProperty('rules');
  use({ from: ACME, switches: [weekly, code, { option: 'status-801', value: '400', isLearned: true }] });
  const learned = await run(side);
  expect(learned.result.rules).toEqual({
    ...{ from: { org: 'Acme', learnedOn: '2026-11-28T10:00:00Z' }, switches: [weekly, code] },
  });
  expect(learned.result.badges['badge']?.byDay).not.toEqual(documented.result.badges['badge']?.byDay);
  expect(Object.keys(learned.result.badges['badge']?.rejected ?? {})).toContain('4711');
  expect(readResult(JSON.parse(serialiseResult(learned.result)))).toEqual(learned.result);
  for (const odd of [{ ...weekly, value: 'never' }, { ...weekly, option: 'status-801', value: '400' }, 7]) {
    const body: unknown = { ...learned.result, rules: { from: null, switches: [odd] } };
    expect(readResult(body), 'rules that cannot be set are none of a result').toBeNull();
  }
  const day = (): string => '28 November 2026';
  expect(inEnglish(judgedInWords(learned.result.rules ?? never(), day))).toBe(
    'Judged by the rules of Acme, learned on 28 November 2026: Weekly cycles change: Every 7 days from the start; Code of a customer limit: 4711.',
  );

  use({ from: null, switches: [{ ...weekly, isLearned: false }] });
  const byHand = (await run(side)).result.rules ?? never();
  expect(inEnglish(judgedInWords(byHand, day))).toMatch(/^Judged by rules that were set by hand: /);
  use({ from: ACME, switches: [weekly, { ...code, isLearned: false }] });
  const partly = (await run(side)).result.rules ?? never();
  expect(inEnglish(judgedInWords(partly, day))).toMatch(
    /Acme, learned on 28 November 2026, and by what was set by hand/,
  );

  use({ from: null, switches: [] });
  const watch = { signal: new AbortController().signal, progress: () => undefined };
  const why = await side.handlers['simulation.explain']({ id: learned.summary.id, badge: 0, customer: 1 }, watch);
  expect(JSON.stringify(why), 'a kept result is explained by the rules it was judged by').toContain('4711');
  expect(side.handlers['simulation.get']({ id: learned.summary.id })).toMatchObject({
    result: { rules: learned.result.rules },
  });
});

test('a switch that a simulation does not look at changes nothing of it', async () => {
  const { side, use } = await simulating();
  const plain = serialiseResult((await run(side)).result);
  for (const { key, option } of GATEWAY_SWITCHES) {
    const values = SETTING_VALUES[key];
    const standard = DEFAULT_SETTINGS[key];
    const value =
      values.kind === 'flag'
        ? standard === true
          ? 'off'
          : 'on'
        : values.kind === 'choice'
          ? (values.of.find((one) => one !== standard) ?? '')
          : values.kind === 'word'
            ? 'Goodwill_Module'
            : '418';
    use({ from: null, switches: [{ option, value, isLearned: false }] });
    const { result } = await run(side);
    const { rules, ...rest } = result;
    const isSaid = rules !== undefined;
    const isSame = serialiseResult(rest) === plain;
    expect(isSaid || isSame, `${option} changes a result that does not say so`).toBe(true);
  }
});

function never(): never {
  throw new Error('The result says whose rules it used.');
}
