import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MainPrinter } from '../../../electron/backend/report/main-printer';
import { startingDesign } from '../../../shared/art/designs';
import { contract, type Input } from '../../../shared/ipc/contract';
import type { ScenarioBody, SimulationView } from '../../../shared/ipc/simulation-contract';
import { withSettings } from '../../../shared/simulation/scenario-value';
import { temporaryFolder } from '../../db/temporary-folder';
import { at, figuresOf, wordsOf } from '../../report/read-report';
import { badgeBody, scenarioBody } from '../../simulation/scenarios';
import { testBackend, type TestBackend } from '../open-backend';

/** A cap of 100 awards, and one award each. */
const CAPPED = scenarioBody(
  { name: 'Cups & costs', replications: 3 },
  {
    badge: badgeBody({
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 1 }],
      badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 100 }],
    }),
    cost: { perAward: 2, redemptionRate: 0.5, currency: 'EUR' },
  },
) as ScenarioBody;
const CAP = 'badges.0.badge.badgeConstraints.0.maxEarnLimit';

async function run(backend: TestBackend, body: ScenarioBody): Promise<SimulationView> {
  const handler = backend.backend.handlers['simulation.run'] as unknown as (
    given: unknown,
    context: object,
  ) => Promise<SimulationView>;
  const context = { signal: new AbortController().signal, progress: () => undefined };
  return handler(contract['simulation.run'].input.parse({ body }), context);
}

async function written(backend: TestBackend, ids: readonly number[], more: Partial<Input<'report.write'>> = {}) {
  const file = path.join(temporaryFolder(), 'report.html');
  const target = 'out';
  backend.backend.grantFile(target, { path: file, name: 'report.html', bytes: 0, mode: 'write' });
  const input = { ...{ target, ids: [...ids], format: 'html', title: '', brandColour: '', language: 'en' }, ...more };
  await backend.call('report.write', input as Input<'report.write'>);
  return readFileSync(file, 'utf8');
}

test('versions of one name are told apart, every figure is that of its result, and each can be run again', async () => {
  const backend = await testBackend();
  const first = await run(backend, CAPPED);
  const second = await run(backend, withSettings(CAPPED, [{ path: CAP, value: 60 }]) as ScenarioBody);
  const page = await written(backend, [first.summary.id, second.summary.id]);
  const words = wordsOf(page);
  expect(words).toContain('Cups & costs (2)');
  expect(words).toContain(first.badges[0]!.sentence);
  expect(words).toContain('laurel simulate cups-costs.scenario.json --json --seed');
  const figures = figuresOf(page).filter(({ path: place }) => place !== null);
  expect(new Set(figures.map(({ version }) => version))).toEqual(new Set([0, 1]));
  for (const { value, version, path: place } of figures)
    expect(at(version === 0 ? first.result : second.result, place!), JSON.stringify(place)).toBe(value);
  expect(await written(backend, [first.summary.id], { language: 'de' })).toContain('<html lang="de">');
});

test('a badge that was copied from the library has its picture, beside its answer', async () => {
  const backend = await testBackend();
  const { digest } = await backend.call('art.keep', { art: startingDesign('gem', 'Gem') });
  const badge = (CAPPED as { badges: { badge: object }[] }).badges[0]!.badge;
  const draft = await backend.call('badges.create', { body: JSON.stringify({ ...badge, name: 'Renamed since' }) });
  const { id, revision, body, migration } = await backend.call('badges.get', { id: draft.id });
  await backend.call('badges.save', { id, baseRevision: revision, body, migration, art: digest, label: 'Drawn' });
  const copied = withSettings(CAPPED, [{ path: 'badges.0.library', value: { badge: id, revision } }]) as ScenarioBody;
  const [bare, drawn] = [await run(backend, CAPPED), await run(backend, copied)];
  expect(await written(backend, [bare.summary.id])).not.toContain('class="picture"');
  const page = await written(backend, [drawn.summary.id]);
  const picture = /<img class="picture" alt="" src="(data:image\/svg[^"]*)"/.exec(page)?.[1] ?? '';
  const { states } = await backend.call('art.draw', { art: startingDesign('gem', 'Gem') });
  expect(decodeURIComponent(picture.slice(picture.indexOf(',') + 1)).replaceAll('&#39;', "'")).toBe(states.EARNED.svg);
});

test('a colour that is none, and a place that holds the workspace, write nothing and forget nothing', async () => {
  const backend = await testBackend();
  const { summary } = await run(backend, CAPPED);
  await written(backend, [summary.id], { brandColour: ' #7A1F5C ' });
  const look = { format: 'html', brandColour: '#7a1f5c', logo: null };
  expect(await backend.call('report.look', {})).toEqual(look);
  await expect(written(backend, [summary.id], { brandColour: 'red' })).rejects.toMatchObject({ code: 'invalid-input' });
  const before = readFileSync(backend.workspacePath);
  backend.backend.grantFile('store', { path: backend.workspacePath, name: 'test.laurel', bytes: 0, mode: 'write' });
  await expect(written(backend, [summary.id], { target: 'store' })).rejects.toMatchObject({ code: 'invalid-input' });
  expect(readFileSync(backend.workspacePath).equals(before)).toBe(true);
  await backend.restart();
  expect(await backend.call('report.look', {})).toEqual(look);
});

test('a logo is kept with its bytes: its file may go', async () => {
  const backend = await testBackend();
  const { summary } = await run(backend, CAPPED);
  const file = path.join(temporaryFolder(), 'acme.svg');
  writeFileSync(
    file,
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="2"><rect width="8" height="2"/></svg>',
  );
  const token = 'logo';
  backend.backend.grantFile(token, { path: file, name: 'acme.svg', bytes: 0, mode: 'read' });
  expect(await backend.call('report.useLogo', { token })).toMatchObject({ logo: 'acme.svg' });
  writeFileSync(file, 'no picture');
  expect(await written(backend, [summary.id])).toContain('data:image/svg+xml');
  await expect(backend.call('report.useLogo', { token })).rejects.toMatchObject({ code: 'invalid-input' });
  expect(await backend.call('report.look', {})).toMatchObject({ logo: 'acme.svg' });
  await backend.call('report.useLogo', { token: null });
  expect(await written(backend, [summary.id])).not.toContain('data:image/svg+xml');
});

test('without a window there is nothing that prints, and no file is begun', async () => {
  const backend = await testBackend();
  const { summary } = await run(backend, CAPPED);
  const file = path.join(temporaryFolder(), 'report.pdf');
  backend.backend.grantFile('pdf', { path: file, name: 'report.pdf', bytes: 0, mode: 'write' });
  await expect(written(backend, [summary.id], { target: 'pdf', format: 'pdf' })).rejects.toMatchObject({
    message: expect.stringContaining('HTML') as string,
  });
  expect(existsSync(file)).toBe(false);
});

test('main answers each page by its number, and what failed or hung is told', async () => {
  const asked: [number, string][] = [];
  const printer = new MainPrinter((id, page) => asked.push([id, page]));
  const [one, other, late] = [printer.print('a'), printer.print('b'), printer.print('c')];
  expect(asked.map(([, page]) => page)).toEqual(['a', 'b', 'c']);
  printer.receive(asked[1]![0], { kind: 'printed', pdf: Uint8Array.of(2) });
  printer.receive(asked[0]![0], { kind: 'failed', reason: 'ERR_FAILED' });
  printer.receive(asked[2]![0], { kind: 'late' });
  await expect(other).resolves.toEqual(Uint8Array.of(2));
  await expect(one).rejects.toThrow(/ERR_FAILED/);
  await expect(late).rejects.toThrow(/two minutes/);
});
