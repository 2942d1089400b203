import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadScenario } from '../../../electron/backend/simulation/load-scenario';
import { runSimulation } from '../../../electron/backend/simulation/run';
import type { Input, Output } from '../../../shared/ipc/contract';
import { serialiseResult } from '../../../shared/simulation/result';
import { serialiseScenario } from '../../../shared/simulation/scenario-file';
import { withSettings } from '../../../shared/simulation/scenario-value';
import { temporaryFolder } from '../../db/temporary-folder';
import { testBackend, type TestBackend } from '../open-backend';
import { message } from '../../../shared/words/message';

const FIXTURES = path.join(import.meta.dirname, '../../fixtures/scenarios');

function grant(backend: TestBackend, file: string, mode: 'read' | 'write'): string {
  const token = `${mode} ${file}`.slice(-100);
  backend.backend.grantFile(token, { path: file, name: path.basename(file), bytes: 0, mode });
  return token;
}

const open = (backend: TestBackend, file: string): Promise<Output<'simulation.open'>> =>
  backend.call('simulation.open', { token: grant(backend, file, 'read') });

/** Bytes of the result of a scenario file, as the command line makes them. */
async function bytesOfFile(file: string, allowed: readonly string[] = []): Promise<string> {
  const loaded = loadScenario(file, [], { paths: allowed });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.findings));
  return serialiseResult((await runSimulation(loaded.job, { workers: 1 })).result);
}

/** The kept result of a scenario of the window. */
function runInWindow(backend: TestBackend, input: Input<'simulation.run'>): Promise<Output<'simulation.run'>> {
  const run = backend.backend.handlers['simulation.run'] as unknown as (
    given: object,
    host: object,
  ) => Promise<Output<'simulation.run'>>;
  return run(
    { language: 'en', numbers: [], pseudonyms: false, events: null, ...input },
    { signal: new AbortController().signal, progress: () => undefined },
  );
}

const bytesOfWindow = async (backend: TestBackend, input: Input<'simulation.run'>): Promise<string> =>
  serialiseResult((await runInWindow(backend, input)).result);

/** The scenario of the fixtures in a folder of its own, small, with badges in files, as described or as a replay. */
function scenarioFolder(replay: boolean): { folder: string; file: string } {
  const folder = temporaryFolder();
  cpSync(FIXTURES, folder, { recursive: true });
  const file = path.join(folder, 'spring.scenario.json');
  const spring = JSON.parse(readFileSync(file, 'utf8')) as unknown;
  const small = [
    { path: 'customers.segments.0.size', value: 300 },
    { path: 'customers.segments.1.size', value: 50 },
  ];
  const events = { csv: 'data/visits.csv', customer: 'who', at: 'when' };
  const asReplay = [
    { path: 'customers', value: null },
    { path: 'events', value: events },
    { path: 'badges.0.enrol', value: [{ at: '2026-03-01T00:00:00Z' }] },
  ];
  writeFileSync(file, JSON.stringify(withSettings(spring, replay ? asReplay : small)));
  mkdirSync(path.join(folder, 'data'));
  const rows = Array.from(
    { length: 60 },
    (_, day) => `${1 + (day % 7)},2026-0${day < 30 ? 3 : 4}-${String((day % 30) + 1).padStart(2, '0')}T10:00:00Z`,
  );
  writeFileSync(path.join(folder, 'data', 'visits.csv'), `who,when\n${rows.join('\n')}\n`);
  return { folder, file };
}

test.each([
  ['described', false],
  ['replayed', true],
])(
  'a %s scenario gives the same bytes from its file, in the window, and saved to another folder',
  async (_, replay) => {
    const backend = await testBackend();
    const { folder, file } = scenarioFolder(replay);
    const opening = await open(backend, file);
    if (!opening.ok) throw new Error(JSON.stringify(opening.mistakes));
    const { body, badgeFiles, events } = opening.scenario;
    expect(badgeFiles).toEqual(['badges/streak.badge.json']);
    expect(JSON.stringify(opening)).not.toContain(folder);
    const asked = { body, events: events?.found === true ? { token: events.file.token } : null };
    expect(asked.events === null).toBe(!replay);
    const expected = await bytesOfFile(file);
    expect(await bytesOfWindow(backend, asked)).toBe(expected);

    const elsewhere = path.join(folder, 'kept', 'again.scenario.json');
    mkdirSync(path.dirname(elsewhere));
    const target = grant(backend, elsewhere, 'write');
    expect(await backend.call('simulation.saveScenario', { target, scenario: asked })).toEqual({
      name: 'again.scenario.json',
    });
    expect(await bytesOfFile(elsewhere, [path.join(folder, 'data')])).toBe(expected);
    const written = readFileSync(elsewhere, 'utf8');
    const saved = JSON.parse(written) as { events: { csv: string } | null };
    expect(saved.events?.csv).toBe(replay ? '../data/visits.csv' : undefined);
    expect(written).toBe(serialiseScenario(saved));
  },
);

test('what the engine does not know is kept when a scenario is opened and saved', async () => {
  const backend = await testBackend();
  const folder = temporaryFolder();
  const { file } = scenarioFolder(false);
  const more = withSettings(JSON.parse(readFileSync(file, 'utf8')), [
    { path: 'owner', value: 'Ada' },
    { path: 'customers.segments.0.note', value: 'from the survey' },
  ]);
  writeFileSync(file, JSON.stringify(more));
  const opening = await open(backend, file);
  if (!opening.ok) throw new Error(JSON.stringify(opening.mistakes));
  const saved = path.join(folder, 'again.scenario.json');
  await backend.call('simulation.saveScenario', {
    target: grant(backend, saved, 'write'),
    scenario: { body: opening.scenario.body },
  });
  expect(JSON.parse(readFileSync(saved, 'utf8'))).toMatchObject({
    owner: 'Ada',
    customers: { segments: [{ note: 'from the survey' }, {}] },
  });
});

test('numbers keep the digits they were written with, from badge file and scenario to what is saved, also after a run', async () => {
  const backend = await testBackend();
  const { folder, file } = scenarioFolder(false);
  const badge = path.join(folder, 'badges', 'streak.badge.json');
  const digits =
    '"customFields": { "serial": 12345678901234567890, "price": 1.10 }, "note": [1.10, -0, 9007199254740993]';
  const shown = '"serial": "12345678901234567890",\n          "price": "1.10"';
  writeFileSync(badge, readFileSync(badge, 'utf8').trim().replace('{', `{ ${digits},`));
  writeFileSync(file, readFileSync(file, 'utf8').replace('{', '{ "survey": 0.50, "big": { "one": 1E400 },'));
  const opening = await open(backend, file);
  if (!opening.ok) throw new Error(JSON.stringify(opening.mistakes));
  // The way to the page and back takes only plain values.
  const { body, numbers } = structuredClone(opening.scenario);
  const view = structuredClone(await runInWindow(backend, { body, numbers }));
  for (const { body: plain, numbers: texts } of [opening.scenario, view]) {
    const scenario = structuredClone({ body: plain, numbers: texts });
    const saved = path.join(temporaryFolder(), 'again.scenario.json');
    await backend.call('simulation.saveScenario', { target: grant(backend, saved, 'write'), scenario });
    const again = readFileSync(saved, 'utf8');
    expect(again).toContain(shown);
    expect(again.replaceAll(/\s+/g, '')).toContain('"note":[1.10,-0,9007199254740993]');
    expect(again).toContain('"survey": 0.50');
    expect(again).toContain('"one": 1E400');
  }
});

test('a file that is no scenario is refused with the place and the sentence of each mistake', async () => {
  const backend = await testBackend();
  const { folder, file } = scenarioFolder(false);
  const broken = path.join(folder, 'broken.scenario.json');
  writeFileSync(broken, '{ "schema": ');
  expect(await open(backend, broken)).toMatchObject({
    ok: false,
    name: 'broken.scenario.json',
    mistakes: [{ path: '', message: expect.stringContaining('is not JSON') as string }],
  });
  const spring = JSON.parse(readFileSync(file, 'utf8')) as unknown;
  const wrong = withSettings(spring, [
    { path: 'badges.0.trigger.every', value: 0 },
    { path: 'to', value: '2020-01-01T00:00:00Z' },
  ]);
  writeFileSync(broken, JSON.stringify(wrong));
  const refused = await open(backend, broken);
  expect(refused.ok ? [] : refused.mistakes.map(({ path: at }) => at)).toContain('badges[0].trigger.every');
  writeFileSync(broken, JSON.stringify(withSettings(spring, [{ path: 'badges.0.badge', value: 'nowhere.json' }])));
  expect(await open(backend, broken)).toMatchObject({
    ok: false,
    mistakes: [{ path: 'badges[0].badge', message: 'nowhere.json cannot be read: there is no such file' }],
  });
});

test('transactions that are not where the scenario says are told, and the scenario opens without them', async () => {
  const backend = await testBackend();
  const { file } = scenarioFolder(true);
  writeFileSync(
    file,
    JSON.stringify(withSettings(JSON.parse(readFileSync(file, 'utf8')), [{ path: 'events.csv', value: 'gone.csv' }])),
  );
  expect(await open(backend, file)).toMatchObject({
    ok: true,
    scenario: {
      events: {
        found: false,
        name: 'gone.csv',
        reason: message('scenarios.ofFile', {
          file: 'gone.csv',
          reason: message('scenarios.cannotBeRead', { reason: message('system.noFile') }),
        }),
      },
      body: { events: { csv: 'gone.csv' } },
    },
  });
});
