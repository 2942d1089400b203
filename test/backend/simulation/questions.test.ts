import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { GrantedFiles } from '../../../electron/backend/files/granted-files';
import { openSimulation } from '../../../electron/backend/simulation/open-simulation';
import { contract, type Input, type JobName, type Output, type Progress } from '../../../shared/ipc/contract';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings';
import type { ScenarioBody } from '../../../shared/ipc/simulation-contract';
import { temporaryFolder } from '../../db/temporary-folder';
import { NOW, testWorkspace } from '../../db/workspace/open-workspace';
import { badgeBody, scenarioBody } from '../../simulation/scenarios';

/** The simulating side on a real workspace, asked as the page asks it. */
async function openQuestions() {
  const { current: workspace } = await testWorkspace();
  const files = new GrantedFiles();
  const side = openSimulation({
    workspace,
    files,
    now: () => NOW,
    settings: () => DEFAULT_SETTINGS,
    beforeDeletion: () => Promise.resolve(),
  });
  onTestFinished(() => side.close());
  async function ask<N extends Extract<JobName, `simulation.${string}`>>(
    name: N,
    input: Input<N>,
    host: { signal?: AbortSignal; progress?: (report: Progress<N>) => void } = {},
  ): Promise<Output<N>> {
    const handler = side.handlers[name] as unknown as (given: unknown, context: object) => Promise<Output<N>>;
    return handler(contract[name].input.parse(input), {
      signal: host.signal ?? new AbortController().signal,
      progress: host.progress ?? (() => undefined),
    });
  }
  return { side, files, ask };
}

/** 400 customers, a cap of 100 awards and one award each. */
const CAPPED = scenarioBody(
  { name: 'Capped', replications: 4 },
  {
    badge: badgeBody({
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 1 }],
      badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 100 }],
    }),
  },
) as ScenarioBody;
const CAP = 'badges.0.badge.badgeConstraints.0.maxEarnLimit';

test('a question that runs a scenario many times starts its threads once, also over versions', async () => {
  const { ask } = await openQuestions();
  const { summary } = await ask('simulation.run', { body: CAPPED });
  const { id } = summary;
  let started = 0;
  const count = (): void => {
    started += 1;
  };
  process.on('worker', count);
  onTestFinished(() => void process.off('worker', count));
  for (const question of [
    () => ask('simulation.tornado', { id, badge: 0, measure: 'awarded' }),
    () => ask('simulation.seek', { id, badge: 0, knob: CAP, goal: { serve: 0.8 } }),
    () => ask('simulation.compare', { ids: [id, id, id] }),
  ]) {
    started = 0;
    await question();
    expect(started).toBeGreaterThan(0);
    expect(started).toBeLessThanOrEqual(availableParallelism());
  }
});

test('a question that is cancelled between its runs ends there, and the next one is answered', async () => {
  const { ask } = await openQuestions();
  const { id } = (await ask('simulation.run', { body: CAPPED })).summary;
  const abort = new AbortController();
  // The runs of the scenario as it stands and of one end, four each.
  const done: number[] = [];
  const turning = ask(
    'simulation.tornado',
    { id, badge: 0, measure: 'awarded' },
    {
      signal: abort.signal,
      progress: (report) => {
        done.push(report.done);
        if (report.done === 8) abort.abort();
      },
    },
  );
  await expect(turning).rejects.toMatchObject({ code: 'cancelled' });
  expect(done.at(-1)).toBe(8);
  const { bars } = await ask('simulation.tornado', { id, badge: 0, measure: 'awarded' });
  expect(bars[0]).toMatchObject({ path: CAP, low: -25, high: 25 });
});

test('the customers a result served are those with an award; simulated ones are made up', async () => {
  const { ask, side } = await openQuestions();
  const view = await ask('simulation.run', { body: CAPPED });
  const served = await side.served(view.summary.id, 'badge');
  expect(served).toMatchObject({ description: 'Customers served in “Capped”', areMadeUp: true });
  const first = view.result.badges['badge'];
  expect(served.customers).toHaveLength(first?.customersAwarded ?? 0);
  const whys = await Promise.all(
    [...served.customers]
      .slice(0, 3)
      .map((customerId) => ask('simulation.explain', { id: view.summary.id, badge: 0, customer: customerId })),
  );
  for (const why of whys) expect(why?.attempts.filter(({ code }) => code === null)).toHaveLength(1);
  await expect(side.served(view.summary.id, 'no such badge')).rejects.toMatchObject({ code: 'not-found' });
  await expect(side.served(999, 'badge')).rejects.toMatchObject({ code: 'not-found' });
});

test('customers who were served in a replay keep their own ids, unless the ids were replaced', async () => {
  const { ask, side, files } = await openQuestions();
  const file = path.join(temporaryFolder(), 'events.csv');
  const rows = ['900007,2026-03-02T10:00:00Z', '900001,2026-03-03T10:00:00Z', '900009,2026-03-04T10:00:00Z'];
  writeFileSync(file, `who,when\n${rows.join('\n')}\n`);
  files.grant('token', { path: file, name: 'events.csv', bytes: 1, mode: 'read' });
  const body = {
    ...scenarioBody(
      { customers: null, events: { csv: 'events.csv', customer: 'who', at: 'when' } },
      { badge: badgeBody({ badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 2 }] }) },
    ),
  };
  const input = { body, events: { token: 'token' } };
  const real = await side.served((await ask('simulation.run', input)).summary.id, 'badge');
  expect([...real.customers]).toEqual([900_007, 900_001]);
  expect(real.areMadeUp).toBe(false);
  const { summary } = await ask('simulation.run', { ...input, pseudonyms: true });
  const hidden = await side.served(summary.id, 'badge');
  expect([...hidden.customers]).toEqual([1, 2]);
  expect(hidden.areMadeUp).toBe(true);
});
