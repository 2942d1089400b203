import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadScenario } from '../../../electron/backend/simulation/load-scenario';
import { runSimulation } from '../../../electron/backend/simulation/run';
import { contract, type Input, type JobName, type Output, type Progress } from '../../../shared/ipc/contract';
import type { ScenarioBody, SimulationView } from '../../../shared/ipc/simulation-contract';
import { serialiseResult } from '../../../shared/simulation/result';
import { withSettings } from '../../../shared/simulation/scenario-value';
import { temporaryFolder } from '../../db/temporary-folder';
import { badgeBody, scenarioBody } from '../../simulation/scenarios';
import { testBackend, type TestBackend } from '../open-backend';

const never = new AbortController().signal;

/** Runs a job as the page does: the input is parsed by the contract first. */
async function work<N extends JobName>(
  backend: TestBackend,
  name: N,
  input: Input<N>,
  host: { signal?: AbortSignal; progress?: (report: Progress<N>) => void } = {},
): Promise<Output<N>> {
  const parsed: unknown = contract[name].input.parse(input);
  const handler = backend.backend.handlers[name] as unknown as (given: unknown, context: object) => Promise<Output<N>>;
  return handler(parsed, { signal: host.signal ?? never, progress: host.progress ?? (() => undefined) });
}

/** 400 customers, a cap of 100 awards and one award each. */
const CAPPED = scenarioBody(
  { name: 'Capped', replications: 4 },
  {
    badge: badgeBody({
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 1 }],
      badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 100 }],
    }),
    cost: { perAward: 2, redemptionRate: 0.5, currency: 'EUR' },
  },
) as ScenarioBody;
const CAP = 'badges.0.badge.badgeConstraints.0.maxEarnLimit';

const run = (backend: TestBackend, body: ScenarioBody): Promise<SimulationView> =>
  work(backend, 'simulation.run', { body });

test('the ready scenarios are sound, run as they are, and each has something to say', async () => {
  const backend = await testBackend();
  const { scenarios } = await backend.call('simulation.ready', {});
  expect(scenarios.map(({ id }) => id)).toEqual(['cap', 'shared', 'enrol']);
  for (const { id, body } of scenarios) {
    expect(await backend.call('simulation.check', { body }), id).toMatchObject({ mistakes: [] });
    const view = await run(backend, withSettings(body, [{ path: 'replications', value: 2 }]) as ScenarioBody);
    for (const badge of view.badges) {
      const result = view.result.badges[badge.key];
      expect(result?.awarded, `${id} ${badge.key}`).toBeGreaterThan(0);
      expect(badge.sentence, `${id} ${badge.key}`).toContain(badge.name);
      expect(badge.cost?.months.length).toBeGreaterThan(1);
    }
  }
});

test('a result is kept with scenario, seed and engine, survives a restart, is renamed and deleted', async () => {
  const backend = await testBackend();
  const view = await run(backend, CAPPED);
  expect(view.summary).toMatchObject({ name: 'Capped', seed: 3, engine: '1.0.0', replications: 4, ranOn: backend.now });
  expect(view.summary.sentence).toMatch(/^The cap of 100 is gone by \d+ March 2026 in every run\. .* turned away\.$/);
  expect(view.badges[0]).toMatchObject({ cap: 100, awarded: [100, 100, 100, 100], cost: { expected: 100 } });
  await backend.restart();
  expect(await backend.call('simulation.get', { id: view.summary.id })).toEqual(view);
  await backend.call('simulation.rename', { id: view.summary.id, name: 'A hundred' });
  const { rows, total } = await backend.call('simulation.list', {});
  expect({ total, rows }).toEqual({ total: 1, rows: [{ ...view.summary, name: 'A hundred' }] });
  expect(await backend.call('simulation.delete', { ids: [view.summary.id] })).toEqual({ deleted: 1 });
  await expect(backend.call('simulation.get', { id: view.summary.id })).rejects.toMatchObject({ code: 'not-found' });
});

test('the exported scenario gives the same bytes without a window', async () => {
  const backend = await testBackend();
  const { scenarios } = await backend.call('simulation.ready', {});
  const view = await run(backend, scenarios[0]!.body);
  const file = path.join(temporaryFolder(), 'pumpkin.scenario.json');
  writeFileSync(file, JSON.stringify(view.body, null, 2));
  const loaded = loadScenario(file);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.findings));
  const { result } = await runSimulation(loaded.job, { workers: 1 });
  expect(serialiseResult(result)).toBe(serialiseResult(view.result));
});

test('mistakes and warnings of a scenario are told with their places, and a mistaken one does not run', async () => {
  const backend = await testBackend();
  const { warnings } = await backend.call('simulation.check', {
    body: withSettings(CAPPED, [{ path: 'badges.0.owner', value: null }]) as ScenarioBody,
  });
  expect(warnings.map(({ path: at }) => at)).toContain('badges[0].owner');
  const broken = withSettings(CAPPED, [{ path: 'customers.segments.0.size', value: -1 }]) as ScenarioBody;
  const { mistakes } = await backend.call('simulation.check', { body: broken });
  expect(mistakes.map(({ path: at }) => at)).toEqual(['customers.segments[0].size']);
  await expect(run(backend, broken)).rejects.toMatchObject({ code: 'invalid-input' });
  expect((await backend.call('simulation.list', {})).total).toBe(0);
});

test('a cancelled run keeps nothing', async () => {
  const backend = await testBackend();
  const abort = new AbortController();
  const large = withSettings(CAPPED, [
    { path: 'customers.segments.0.size', value: 2_000_000 },
    { path: 'replications', value: 50 },
  ]) as ScenarioBody;
  const running = work(
    backend,
    'simulation.run',
    { body: large },
    { signal: abort.signal, progress: () => abort.abort() },
  );
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  expect((await backend.call('simulation.list', {})).total).toBe(0);
});

test('why not: a refusal names the cap, what used it up, and when it frees', async () => {
  const backend = await testBackend();
  const { summary, result } = await run(backend, CAPPED);
  expect(result.badges['badge']?.customersTurnedAway).toBeGreaterThan(0);
  let refusal;
  for (let customerId = 1; customerId <= 400 && refusal === undefined; customerId += 1) {
    const why = await work(backend, 'simulation.explain', { id: summary.id, badge: 0, customer: customerId });
    refusal = why?.attempts.find(({ cap }) => cap?.constraintType === 'BADGE_FIXED_VALUE')?.cap;
  }
  expect(refusal).toMatchObject({ limit: 100, count: 100, freesAt: null });
  expect(refusal?.usedUpBy).toHaveLength(100);
  expect(refusal?.neverBecause).not.toBeNull();
  expect(await work(backend, 'simulation.explain', { id: summary.id, badge: 0, customer: 401 })).toBeNull();
});

test('goal: the cap found passes, one less fails, and an impossible goal says why', async () => {
  const backend = await testBackend();
  const { summary } = await run(backend, CAPPED);
  const answer = await work(backend, 'simulation.seek', { id: summary.id, badge: 0, knob: CAP, goal: { serve: 0.8 } });
  if (!answer.found || answer.neighbour === null) throw new Error('The goal was not found between two settings.');
  expect(answer.best.position - answer.neighbour.position).toBe(1);
  expect(answer.best.measure).toBeGreaterThanOrEqual(0.8);
  expect(answer.neighbour.measure).toBeLessThan(0.8);
  const seen = await run(backend, withSettings(CAPPED, [{ path: CAP, value: answer.best.value }]) as ScenarioBody);
  const bands = seen.result.bands?.['badge'];
  const [served, away] = [bands?.customersAwarded.mean ?? 0, bands?.customersTurnedAway.mean ?? 0];
  expect(served / (served + away)).toBe(answer.best.measure);

  const knob = 'badges.0.badge.customerConstraints.0.maxEarnLimit';
  const impossible = await work(backend, 'simulation.seek', { id: summary.id, badge: 0, knob, goal: { serve: 0.99 } });
  expect(impossible).toMatchObject({ found: false });
  if (!impossible.found) expect(impossible.high.reasons[0]?.[0]).toBe('BADGE_FIXED_VALUE');
});

test('what matters most: the cap has the longest bar, and a knob without effect none', async () => {
  const backend = await testBackend();
  const { summary } = await run(backend, CAPPED);
  const progress: number[] = [];
  const { bars } = await work(
    backend,
    'simulation.tornado',
    { id: summary.id, badge: 0, measure: 'awarded' },
    { progress: ({ share }) => progress.push(share) },
  );
  expect(bars[0]).toMatchObject({ path: CAP, low: -25, high: 25 });
  expect(bars.find(({ path: at }) => at.endsWith('expiresOnISO'))).toMatchObject({ low: 0, high: 0 });
  expect(progress.at(-1)).toBe(1);
});

test('versions side by side: more places make winners only, and a result against itself shows nothing', async () => {
  const backend = await testBackend();
  const [less, more] = [
    await run(backend, CAPPED),
    await run(
      backend,
      withSettings(CAPPED, [
        { path: CAP, value: 150 },
        { path: 'name', value: 'More' },
      ]) as ScenarioBody,
    ),
  ];
  const { differences, people, versions } = await work(backend, 'simulation.compare', {
    ids: [less.summary.id, more.summary.id],
  });
  expect(versions.map(({ name }) => name)).toEqual(['Capped', 'More']);
  expect(versions.map(({ badges }) => badges[0]?.cap)).toEqual([100, 150]);
  expect(versions[0]?.result).toEqual(less.result);
  expect(differences.find(({ path: at }) => at === 'badges.badge.awarded')).toMatchObject({
    values: [100, 150],
    differences: [0, 50],
  });
  expect(people).toEqual([
    { badge: 'badge', variant: 'More', winners: 50, newlyServed: 50, losers: 0, noLongerServed: 0 },
  ]);
  const same = await work(backend, 'simulation.compare', { ids: [less.summary.id, less.summary.id] });
  expect(same.differences).toEqual([]);
});

test('a replayed file is read by its token; ids can be replaced, bad rows are told, and no path leaves the backend', async () => {
  const backend = await testBackend();
  const file = path.join(temporaryFolder(), 'events.csv');
  const rows = [
    'customerId,eventDate,amount',
    '900001,2026-03-02T10:00:00Z,5',
    'x,2026-03-02T10:00:00Z,5',
    '900002,2026-03-03T10:00:00Z,7',
    '900001,2027-01-01T00:00:00Z,5',
  ];
  writeFileSync(file, `${rows.join('\n')}\n`);
  backend.backend.grantFile('token', { path: file, name: 'events.csv', bytes: 1, mode: 'read' });
  const body = {
    ...CAPPED,
    replications: 1,
    customers: null,
    events: { csv: 'events.csv', customer: 'customerId', at: 'eventDate', amount: 'amount' },
  };
  const input = { body, events: { token: 'token' } };
  expect(await backend.call('simulation.check', input)).toMatchObject({ mistakes: [] });
  const view = await work(backend, 'simulation.run', { ...input, pseudonyms: true });
  expect(view.result.events).toEqual({ total: 2, skipped: 1, badRows: 1 });
  expect(view.badRows).toEqual([{ line: 3, reason: expect.any(String) as string }]);
  expect(view.replay).toEqual({ name: 'events.csv', isAtHand: true, pseudonyms: true });
  expect(JSON.stringify(view)).not.toContain(path.dirname(file));
  const why = await work(backend, 'simulation.explain', { id: view.summary.id, badge: 0, customer: 2 });
  expect(why?.attempts).toMatchObject([{ at: '2026-03-03T10:00:00Z', code: null }]);
  expect(await work(backend, 'simulation.explain', { id: view.summary.id, badge: 0, customer: 900_002 })).toBeNull();
  // The kept result is enough to run the same file again, also after a restart has forgotten the token.
  await backend.restart();
  const again = await work(backend, 'simulation.run', { body, events: { resultId: view.summary.id } });
  expect(again.result).toEqual(view.result);
  await expect(work(backend, 'simulation.run', input)).rejects.toMatchObject({ code: 'not-found' });
});

test('a chart or a table is written whole to the place that was chosen', async () => {
  const backend = await testBackend();
  const target = path.join(temporaryFolder(), 'chart.png');
  backend.backend.grantFile('place', { path: target, name: 'chart.png', bytes: 0, mode: 'write' });
  const content = { base64: Buffer.from([0x89, 1, 2]).toString('base64') };
  expect(await backend.call('simulation.saveFile', { target: 'place', content })).toEqual({ name: 'chart.png' });
  expect([...readFileSync(target)]).toEqual([0x89, 1, 2]);
  const sheet = path.join(temporaryFolder(), 'numbers.csv');
  backend.backend.grantFile('sheet', { path: sheet, name: 'numbers.csv', bytes: 0, mode: 'write' });
  const table = {
    columns: ['=name', 'count'],
    rows: [
      ['-x', -1.5],
      ['007', null],
    ],
  };
  await backend.call('simulation.saveFile', { target: 'sheet', content: { table } });
  expect(readFileSync(sheet, 'utf8')).toBe("\ufeff'=name,count\r\n'-x,-1.5\r\n007,\r\n");
  await expect(backend.call('simulation.saveFile', { target: 'elsewhere', content })).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('a customer that the file knows by a text is explained by that text, whatever blanks are typed around it', async () => {
  const backend = await testBackend();
  const file = path.join(temporaryFolder(), 'mail.csv');
  writeFileSync(file, 'customerId,eventDate\na@x.de,2026-03-02T10:00:00Z\nb@x.de,2026-03-03T10:00:00Z\n');
  backend.backend.grantFile('mail', { path: file, name: 'mail.csv', bytes: 1, mode: 'read' });
  const events = { csv: 'mail.csv', customer: 'customerId', at: 'eventDate' };
  const body = { ...CAPPED, replications: 1, customers: null, events };
  const view = await work(backend, 'simulation.run', { body, events: { token: 'mail' } });
  const ask = (customer: string | number) =>
    work(backend, 'simulation.explain', { id: view.summary.id, badge: 0, customer });
  expect(await ask(' b@x.de ')).toMatchObject({ customerId: 2, texts: { 2: 'b@x.de' }, attempts: [{ code: null }] });
  expect(await ask('c@x.de')).toBeNull();
});
