import { lstatSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { badgeFileText } from '../../../shared/gateway/badge-file';
import { badgeBody } from '../../domain/badge-bodies';
import { springScenario } from '../../simulation/scenarios';
import { aDesk, type Desk } from './folder-work';

const kinds = (state: { questions: readonly { kind: string }[] }): string[] =>
  state.questions.map(({ kind }) => kind).sort();
const json = (desk: Desk, file: string) => JSON.parse(desk.text(file)) as Record<string, unknown>;

const POLICY = { name: 'Own lines', body: { schema: 'laurel/policy@1', expect: [{ lint: 'clean' }] } };

async function keep(desk: Desk, body: Record<string, unknown>, policies = [POLICY]) {
  return desk.backend.call('scenarios.keep', { scenario: { body }, policies, kept: null });
}

/** Opens a kept scenario and keeps it with other values, as the window does. */
async function edit(desk: Desk, file: string, fields: Record<string, unknown>) {
  const opening = await desk.backend.call('scenarios.open', { file });
  if (!opening.ok) throw new Error(JSON.stringify(opening.mistakes));
  const { body, numbers, policies } = opening.scenario;
  const scenario = { body: { ...body, ...fields }, numbers };
  return desk.backend.call('scenarios.keep', { scenario, policies: [...policies], kept: opening.kept });
}

test('a scenario is kept with its policies, opened again as it was, and is a file of the folder with them', async () => {
  const desk = await aDesk();
  const kept = await keep(desk, { ...springScenario(), name: 'Spring 2027' });
  expect(kept).toMatchObject({ file: 'spring-2027.scenario.json', policies: [{ name: 'own-lines.policy.json' }] });
  expect(await desk.backend.call('scenarios.list', {})).toMatchObject([{ name: 'Spring 2027', policies: 1 }]);
  expect(await desk.choose()).toMatchObject({ documents: 2, questions: [], last: { written: 2 } });
  expect(desk.files()).toEqual(['own-lines.policy.json', 'spring-2027.scenario.json']);
  expect(json(desk, kept.file)).toEqual({ ...springScenario(), name: 'Spring 2027' });
  expect(json(desk, 'own-lines.policy.json')).toMatchObject({ scenario: kept.file, expect: [{ lint: 'clean' }] });

  // There and back: each side has what the other one changed, and nothing else of the file moves.
  desk.editFile(kept.file, { seed: 99 });
  expect(await desk.sync()).toMatchObject({ questions: [], last: { taken: 1, written: 0 } });
  const text = desk.text(kept.file);
  await edit(desk, kept.file, { replications: 7 });
  await desk.sync();
  expect(json(desk, kept.file)).toMatchObject({ seed: 99, replications: 7 });
  const [before, after] = [text.split('\n'), desk.text(kept.file).split('\n')];
  expect(after.filter((line, index) => line !== before[index])).toHaveLength(1);

  // It is found by words of its name and its file.
  const find = (search: string) => desk.backend.call('scenarios.find', { search, limit: 5 });
  expect(await find('2027 SPRING')).toEqual([{ file: kept.file, name: 'Spring 2027' }]);
  expect(await find('spring-2027.sc')).toHaveLength(1);
  expect(await find('spring autumn')).toEqual([]);

  // A scenario of the same name is another one.
  const second = await keep(desk, { ...springScenario(), name: 'Spring 2027' }, [POLICY]);
  expect(second).toMatchObject({
    file: 'spring-2027-2.scenario.json',
    policies: [{ name: 'own-lines-2.policy.json' }],
  });
});

test('an editor that has an older state writes nothing over a newer one, unless somebody says so', async () => {
  const desk = await aDesk();
  const { file, version } = await keep(desk, springScenario());
  await desk.choose();
  desk.editFile(file, { seed: 99 });
  await desk.sync();
  const mine = { scenario: { body: { ...springScenario(), seed: 5 } }, policies: [] };
  await expect(desk.backend.call('scenarios.keep', { ...mine, kept: { file, version } })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(json(desk, file)['seed']).toBe(99);
  const kept = await desk.backend.call('scenarios.keep', { ...mine, kept: { file, version, replace: true } });
  await desk.sync();
  expect([json(desk, file)['seed'], desk.files()]).toEqual([5, [file]]);
  // A policy beside it is part of what was opened.
  desk.write('line.policy.json', { ...POLICY.body, scenario: file });
  await desk.sync();
  await expect(desk.backend.call('scenarios.keep', { ...mine, kept })).rejects.toMatchObject({ code: 'conflict' });
});

test('both at once are put together by value; the same value waits for a person', async () => {
  const desk = await aDesk();
  const { file } = await keep(desk, springScenario(), []);
  await desk.choose();
  const place = `./${file}`;
  await edit(desk, file, { seed: 1 });
  desk.editFile(file, { replications: 3 });
  expect(kinds(await desk.sync())).toEqual([]);
  expect(json(desk, file)).toMatchObject({ seed: 1, replications: 3 });
  await edit(desk, file, { seed: 2 });
  desk.editFile(file, { seed: 3 });
  expect(kinds(await desk.sync())).toEqual(['conflict']);
  const choices = [{ unit: 'seed', take: 'file' as const }];
  expect(kinds(await desk.backend.call('folder.resolve', { place, choices }))).toEqual([]);
  expect(await desk.backend.call('scenarios.open', { file })).toMatchObject({ scenario: { body: { seed: 3 } } });
});

test('what is taken away here goes from the folder and can be had back; what is removed there is asked about', async () => {
  const desk = await aDesk();
  const { file } = await keep(desk, springScenario());
  await desk.choose();
  const text = desk.text(file);
  const { removed } = await desk.backend.call('scenarios.remove', { file });
  await desk.sync();
  expect([desk.files(), removed.map((one) => one.file)]).toEqual([[], [file, 'own-lines.policy.json']]);
  await desk.backend.call('scenarios.putBack', { documents: [...removed] });
  await desk.sync();
  expect(desk.text(file)).toBe(text);

  desk.remove(file);
  expect((await desk.sync()).questions).toMatchObject([{ kind: 'removed', actions: ['trash', 'write'] }]);
  expect(await desk.backend.call('scenarios.list', {})).toHaveLength(1);
  await desk.backend.call('folder.settle', { places: [`./${file}`], action: 'write' });
  expect(desk.text(file)).toBe(text);
  desk.remove(file);
  await desk.sync();
  await desk.backend.call('folder.settle', { places: [`./${file}`], action: 'trash' });
  expect(await desk.backend.call('scenarios.list', {})).toEqual([]);

  // Taken away here while it was changed there: neither happens by itself.
  desk.write(file, text);
  await desk.sync();
  await desk.backend.call('scenarios.remove', { file });
  desk.editFile(file, { seed: 8 });
  expect(kinds(await desk.sync())).toContain('deleted-changed');
  await desk.backend.call('folder.settle', { places: [`./${file}`], action: 'bring' });
  expect(await desk.backend.call('scenarios.open', { file })).toMatchObject({ scenario: { body: { seed: 8 } } });
});

test('a folder brings its scenarios, whose names of badge files and transactions stay as they are', async () => {
  const desk = await aDesk();
  const badge = badgeBody({ name: 'Gold' });
  const spring = springScenario() as { badges: object[] };
  desk.write('sims/gold.badge.json', badgeFileText(badge));
  desk.write('sims/spring.scenario.json', { ...spring, badges: [{ ...spring.badges[0], badge: 'gold.badge.json' }] });
  desk.write('sims/spring.policy.json', { ...POLICY.body, scenario: 'spring.scenario.json' });
  desk.write('sims/broken.scenario.json', '{"name":');
  expect((await desk.choose()).questions).toMatchObject([{ kind: 'broken', place: './sims/broken.scenario.json' }]);
  const file = 'sims/spring.scenario.json';
  expect(await desk.backend.call('scenarios.list', {})).toMatchObject([{ file, policies: 1 }]);
  const opening = await desk.backend.call('scenarios.open', { file });
  expect(opening.ok ? [] : opening.mistakes).toEqual([]);
  expect(opening).toMatchObject({ ok: true, scenario: { badgeFiles: ['gold.badge.json'] } });
  await edit(desk, file, { seed: 12 });
  await desk.sync();
  expect(json(desk, file)).toMatchObject({ seed: 12, badges: [{ badge: 'gold.badge.json' }] });
  // Other letters, and another folder: the same scenario.
  renameSync(path.join(desk.folder, 'sims'), path.join(desk.folder, 'studies'));
  await desk.sync();
  expect(await desk.backend.call('scenarios.list', {})).toMatchObject([{ file: 'studies/spring.scenario.json' }]);
  // Without the folder it can still be told why it cannot be read whole.
  await desk.backend.call('folder.choose', { token: null });
  expect(await desk.backend.call('scenarios.open', { file: 'studies/spring.scenario.json' })).toMatchObject({
    ok: false,
    mistakes: [{ path: 'badges[0].badge' }],
  });
});

test('a scenario that was opened before its badge file changed still names that file when it is kept, and says so', async () => {
  const desk = await aDesk();
  const spring = springScenario() as { badges: object[] };
  const write = (description: string): void =>
    desk.write('gold.badge.json', badgeFileText(badgeBody({ name: 'Gold', description })));
  write('as opened');
  desk.write('spring.scenario.json', { ...spring, badges: [{ ...spring.badges[0], badge: 'gold.badge.json' }] });
  await desk.choose();
  const file = 'spring.scenario.json';
  const opening = await desk.backend.call('scenarios.open', { file });
  if (!opening.ok) throw new Error('it has no mistakes');
  write('changed since');
  const body = { ...opening.scenario.body, seed: 12 };
  const kept = { ...opening.kept, replace: false };
  const state = await desk.backend.call('scenarios.keep', { scenario: { body }, policies: [], kept });
  expect(state.moved).toEqual(['gold.badge.json']);
  await desk.sync();
  expect(json(desk, file)).toMatchObject({ seed: 12, badges: [{ badge: 'gold.badge.json' }] });
  // Kept once more, it is so again; a badge that was turned in the editor stands in the scenario itself.
  const again = { scenario: { body: { ...body, seed: 13 } }, policies: [], kept: { ...state, replace: false } };
  const next = await desk.backend.call('scenarios.keep', again);
  expect(next.moved).toEqual(['gold.badge.json']);
  const badges = [{ ...spring.badges[0], badge: badgeBody({ name: 'Gold', description: 'turned here' }) }];
  const turned = { scenario: { body: { ...body, badges } }, policies: [], kept: { ...next, replace: false } };
  expect((await desk.backend.call('scenarios.keep', turned)).moved).toEqual([]);
  await desk.sync();
  expect(json(desk, file)).toMatchObject({ badges: [{ badge: { description: 'turned here' } }] });
});

test('without a folder no file of this computer is read for a scenario that names one', async () => {
  const desk = await aDesk();
  const { customers: _, ...rest } = springScenario() as Record<string, unknown>;
  const csv = path.join(desk.folder, 'sales.csv');
  writeFileSync(csv, 'customer,at\n1,2027-03-01\n');
  const { file } = await keep(desk, { ...rest, events: { csv, customer: 'customer', at: 'at', segment: 'segment' } });
  const opening = await desk.backend.call('scenarios.open', { file });
  expect(opening.ok ? [] : opening.mistakes).toEqual([]);
  expect(opening).toMatchObject({ ok: true, scenario: { events: { found: false, name: 'sales.csv' } } });
  expect(JSON.stringify(opening)).toContain('noFolder');
});

test('a policy in another folder still names its scenario once it was kept', async () => {
  const desk = await aDesk();
  const { file } = await keep(desk, springScenario(), []);
  await desk.choose();
  const policy = { ...POLICY.body, scenario: `../${file}` };
  mkdirSync(path.join(desk.folder, 'policies'));
  writeFileSync(path.join(desk.folder, 'policies', 'own.policy.json'), `${JSON.stringify(policy, null, 2)}\n`);
  await desk.sync();
  expect(await desk.backend.call('scenarios.list', {})).toMatchObject([{ policies: 1 }]);
  await edit(desk, file, { seed: 5 });
  await desk.sync();
  expect(json(desk, 'policies/own.policy.json')).toMatchObject({ scenario: `../${file}` });
  expect(await desk.backend.call('scenarios.list', {})).toMatchObject([{ policies: 1 }]);
});

test('no file is called as a device of Windows', async () => {
  const desk = await aDesk();
  expect(await keep(desk, { ...springScenario(), name: 'Con' }, [])).toMatchObject({ file: 'con-1.scenario.json' });
});

test('a link where the file of a scenario would be is said once, and neither read nor written over', async () => {
  const desk = await aDesk();
  const { file } = await keep(desk, { ...springScenario(), name: 'Spring' }, []);
  desk.write('elsewhere.json', { name: 'of somebody else' });
  const at = path.join(desk.folder, file);
  symlinkSync(path.join(desk.folder, 'elsewhere.json'), at);
  const before = desk.text('elsewhere.json');
  const state = await desk.choose();
  expect(state.questions).toMatchObject([{ kind: 'in-the-way', place: `./${file}`, actions: [] }]);
  // Looking again finds the same, and nothing to do.
  expect((await desk.sync()).number).toBe(state.number);
  expect(desk.text('elsewhere.json')).toBe(before);
  expect(lstatSync(at).isSymbolicLink()).toBe(true);
  rmSync(at);
  expect((await desk.sync()).questions).toEqual([]);
  expect(json(desk, file)).toMatchObject({ name: 'Spring' });

  // A folder that became a link takes its documents with it, as far as Laurel can see.
  renameSync(at, path.join(desk.folder, 'moved.scenario.json'));
  mkdirSync(path.join(desk.folder, 'sims'));
  renameSync(path.join(desk.folder, 'moved.scenario.json'), path.join(desk.folder, 'sims', file));
  expect(await desk.sync()).toMatchObject({ questions: [] });
  const [sims, outside] = [
    path.join(desk.folder, 'sims'),
    path.join(desk.folder, '..', path.basename(desk.folder) + '-out'),
  ];
  renameSync(sims, outside);
  symlinkSync(outside, sims);
  expect((await desk.sync()).questions).toMatchObject([{ kind: 'in-the-way', place: `./sims/${file}` }]);
  rmSync(sims);
  renameSync(outside, sims);
  expect(await desk.sync()).toMatchObject({ questions: [] });
  // What nobody here has may be a link.
  symlinkSync(path.join(sims, file), path.join(desk.folder, 'latest.scenario.json'));
  expect(await desk.sync()).toMatchObject({ questions: [], documents: 1 });
});
