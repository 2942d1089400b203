import { renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { badgeFileText } from '../../../shared/gateway/badge-file';
import { badgeBody } from '../../domain/badge-bodies';
import { aDesk, type Desk } from './folder-work';

const kinds = (state: { questions: readonly { kind: string }[] }): string[] =>
  state.questions.map(({ kind }) => kind).sort();

/** The one file of a folder with one badge. */
async function withOne(fields: Record<string, unknown> = {}): Promise<{ desk: Desk; id: string; file: string }> {
  const desk = await aDesk();
  const id = await desk.create({ name: 'Summer visitor', description: 'first', ...fields });
  const state = await desk.choose();
  expect(state).toMatchObject({ presence: 'there', badges: 1, questions: [], last: { written: 1, taken: 0 } });
  const [file = ''] = desk.files();
  return { desk, id, file };
}

test('a draft becomes a file with keys in one order, and a look that finds nothing new writes nothing', async () => {
  const { desk, id, file } = await withOne();
  expect(file).toMatch(/^summer-visitor-[0-9a-f]{8}\.badge\.json$/);
  const text = desk.text(file);
  expect(text).toBe(badgeFileText(await desk.body(id)));
  expect(text.endsWith('}\n')).toBe(true);
  // The same badge with its keys turned round is another text here and the same one there.
  const body = await desk.body(id);
  await desk.edit(id, { extra: 1 });
  await desk.sync();
  const reversed = JSON.stringify(Object.fromEntries(Object.entries({ ...body, extra: 1 }).reverse()));
  const { revision } = await desk.backend.call('badges.get', { id });
  await desk.backend.call('badges.save', { id, baseRevision: revision, body: reversed, migration: false, label: 'x' });
  const before = desk.text(file);
  const state = await desk.sync();
  expect([desk.text(file), state.last?.written]).toEqual([before, 1]);
});

test('each side comes to the other; both at once are put together by field; unknown fields travel along', async () => {
  const { desk, id, file } = await withOne();
  await desk.edit(id, { description: 'second' });
  await desk.sync();
  expect(JSON.parse(desk.text(file))).toMatchObject({ description: 'second' });
  desk.editFile(file, { description: 'third', campaignNote: { a: [1, 2] } });
  await desk.sync();
  expect(await desk.body(id)).toMatchObject({ description: 'third', campaignNote: { a: [1, 2] } });
  // Both at once, in other places.
  await desk.edit(id, { badgeRank: 7 });
  desk.editFile(file, { description: 'fourth' });
  const state = await desk.sync();
  expect(state.questions).toEqual([]);
  for (const body of [await desk.body(id), JSON.parse(desk.text(file))])
    expect(body).toMatchObject({ description: 'fourth', badgeRank: 7, campaignNote: { a: [1, 2] } });
  // What came from the file is a step of the draft that undo takes back, and the file follows.
  await desk.backend.call('badges.undo', { id });
  await desk.sync();
  expect(JSON.parse(desk.text(file))).toMatchObject({ description: 'third', badgeRank: 7 });
});

test('the same place changed on both sides waits for a person; nothing is written or taken meanwhile', async () => {
  const { desk, id, file } = await withOne();
  await desk.edit(id, { description: 'mine', badgeRank: 3 });
  desk.editFile(file, { description: 'theirs' });
  const asked = await desk.sync();
  expect(kinds(asked)).toEqual(['conflict']);
  expect([(await desk.body(id))['description'], JSON.parse(desk.text(file)).description]).toEqual(['mine', 'theirs']);
  const place = asked.questions[0]?.place ?? '';
  const { differences } = await desk.backend.call('folder.compare', { place });
  expect(differences.map(({ unit, change }) => [unit, change])).toEqual([
    ['description', 'conflict'],
    ['badgeRank', 'draft'],
  ]);
  const settled = await desk.backend.call('folder.resolve', {
    place,
    choices: [{ unit: 'description', take: 'file' }],
  });
  expect(settled.questions).toEqual([]);
  for (const body of [await desk.body(id), JSON.parse(desk.text(file))])
    expect(body).toMatchObject({ description: 'theirs', badgeRank: 3 });
  // And the other way round.
  await desk.edit(id, { description: 'mine again' });
  desk.editFile(file, { description: 'theirs again' });
  await desk.sync();
  await desk.backend.call('folder.resolve', { place, choices: [{ unit: 'description', take: 'draft' }] });
  expect(JSON.parse(desk.text(file)).description).toBe('mine again');
});

test('a file without a past and the draft of its name are one badge; what differs is asked about field by field', async () => {
  const desk = await aDesk();
  const id = await desk.create({ name: 'Gold', description: 'here', badgeRank: 1 });
  desk.write('team/gold.badge.json', {
    ...badgeBody({ name: 'Gold', description: 'there', badgeRank: 1 }),
    badgeRank: 2,
  });
  desk.write('team/silver.badge.json', badgeBody({ name: 'Silver' }));
  expect(await desk.look()).toMatchObject({ made: 1, written: 0, questions: 1 });
  expect(desk.files()).toHaveLength(2);
  const state = await desk.choose();
  expect(kinds(state)).toEqual(['conflict']);
  expect(await desk.names()).toEqual(['Gold', 'Silver']);
  const { differences } = await desk.backend.call('folder.compare', { place: 'team/gold' });
  expect(differences.map(({ unit, base }) => [unit, base])).toEqual([
    ['description', null],
    ['badgeRank', null],
  ]);
  const one = [{ unit: 'description', take: 'draft' as const }];
  expect(kinds(await desk.backend.call('folder.resolve', { place: 'team/gold', choices: one }))).toEqual(['conflict']);
  const other = [{ unit: 'badgeRank', take: 'file' as const }];
  expect(kinds(await desk.backend.call('folder.resolve', { place: 'team/gold', choices: other }))).toEqual([]);
  expect(await desk.body(id)).toMatchObject({ description: 'here', badgeRank: 2 });
  expect(JSON.parse(desk.text('team/gold.badge.json'))).toMatchObject({ description: 'here', badgeRank: 2 });
});

test('a removed file is asked about: the draft goes to the trash, or the file is written again', async () => {
  const { desk, id, file } = await withOne();
  const place = file.replace('.badge.json', '');
  desk.remove(file);
  expect(kinds(await desk.sync())).toEqual(['removed']);
  expect(await desk.names()).toEqual(['Summer visitor']);
  expect(kinds(await desk.backend.call('folder.settle', { places: [place], action: 'write' }))).toEqual([]);
  expect(desk.files()).toEqual([file]);
  desk.remove(file);
  await desk.edit(id, { description: 'changed since' });
  expect(kinds(await desk.sync())).toEqual(['removed-changed']);
  expect(kinds(await desk.backend.call('folder.settle', { places: [place], action: 'trash' }))).toEqual([]);
  expect([await desk.names(), desk.files()]).toEqual([[], []]);
  // It is a step of undo like any other.
  const { steps } = await desk.backend.call('bulk.later', { after: 0 });
  expect(steps.map(({ kind, changed }) => [kind, changed])).toEqual([['deletion', 1]]);
  expect((await desk.backend.call('bulk.undo', { key: steps[0]?.key ?? 0 })).moved).toEqual([id]);
  expect((await desk.backend.call('bulk.redo', { key: steps[0]?.key ?? 0 })).moved).toEqual([id]);
  // Brought back from the trash it has its file again; a file that comes back brings its draft.
  await desk.backend.call('badges.undelete', { ids: [id] });
  await desk.sync();
  const kept = desk.text(file);
  desk.remove(file);
  await desk.sync();
  await desk.backend.call('folder.settle', { places: [place], action: 'trash' });
  desk.write(file, kept.replace('changed since', 'from the branch'));
  await desk.sync();
  expect((await desk.body(id))['description']).toBe('from the branch');
});

test('a draft in the trash takes its file with it, unless somebody changed that', async () => {
  const { desk, id, file } = await withOne();
  const place = file.replace('.badge.json', '');
  await desk.backend.call('badges.delete', { ids: [id] });
  expect((await desk.sync()).last).toMatchObject({ removed: 1 });
  expect(desk.files()).toEqual([]);
  await desk.backend.call('badges.undelete', { ids: [id] });
  await desk.sync();
  await desk.backend.call('badges.delete', { ids: [id] });
  desk.editFile(file, { description: 'still wanted' });
  expect(kinds(await desk.sync())).toEqual(['deleted-changed']);
  expect(kinds(await desk.backend.call('folder.settle', { places: [place], action: 'bring' }))).toEqual([]);
  expect((await desk.body(id))['description']).toBe('still wanted');
  await desk.backend.call('badges.delete', { ids: [id] });
  desk.editFile(file, { description: 'once more' });
  await desk.sync();
  await desk.backend.call('folder.settle', { places: [place], action: 'remove' });
  expect(desk.files()).toEqual([]);
});

test('what cannot be read is told and left alone: merge markers, broken JSON, lists, bytes, a text that is no badge', async () => {
  const { desk, id, file } = await withOne();
  const whole = desk.text(file);
  desk.write(file, `<<<<<<< HEAD\n${whole}=======\n${whole}>>>>>>> other\n`);
  await desk.edit(id, { description: 'meanwhile' });
  const marked = await desk.sync();
  expect([kinds(marked), marked.questions[0]?.actions]).toEqual([['markers'], []]);
  desk.write(file, whole.slice(0, -4));
  const broken = await desk.sync();
  expect(kinds(broken)).toEqual(['broken']);
  expect(desk.text(file)).toBe(whole.slice(0, -4));
  for (const [name, text] of [
    ['list', '[]'],
    ['empty', ''],
    ['half', '{"name": "x"'],
  ] as const)
    desk.write(`${name}.badge.json`, text);
  const all = await desk.sync();
  expect(kinds(all)).toEqual(['broken', 'broken', 'broken', 'broken']);
  expect(await desk.names()).toEqual(['Summer visitor']);
  const place = file.replace('.badge.json', '');
  await desk.backend.call('folder.settle', { places: [place], action: 'write' });
  expect(JSON.parse(desk.text(file)).description).toBe('meanwhile');
  // Mended, they come by themselves.
  desk.write('half.badge.json', badgeBody({ name: 'Mended' }));
  await desk.sync();
  expect(await desk.names()).toEqual(['Mended', 'Summer visitor']);
});

test('a draft that is no JSON leaves its file as it is, and asks where the file moved meanwhile', async () => {
  const { desk, id, file } = await withOne();
  const { revision, body } = await desk.backend.call('badges.get', { id });
  const typed = { id, baseRevision: revision, body: body.slice(0, -3), migration: false, label: 'Typed' };
  await desk.backend.call('badges.save', typed);
  const before = desk.text(file);
  expect([kinds(await desk.sync()), desk.text(file)]).toEqual([['unwritable'], before]);
  desk.editFile(file, { description: 'from elsewhere' });
  expect(kinds(await desk.sync())).toEqual(['unwritable-changed']);
  const place = file.replace('.badge.json', '');
  await desk.backend.call('folder.settle', { places: [place], action: 'take' });
  expect((await desk.body(id))['description']).toBe('from elsewhere');
});

test('a folder that vanishes takes nothing with it: editing goes on, and what was edited comes when it is back', async () => {
  const { desk, id, file } = await withOne();
  renameSync(desk.folder, `${desk.folder}-away`);
  expect(await desk.sync()).toMatchObject({ presence: 'absent', questions: [] });
  await desk.edit(id, { description: 'without the folder' });
  await desk.backend.restart();
  expect(await desk.sync()).toMatchObject({ presence: 'absent' });
  expect(await desk.names()).toEqual(['Summer visitor']);
  renameSync(`${desk.folder}-away`, desk.folder);
  expect(await desk.sync()).toMatchObject({ presence: 'there', questions: [] });
  expect(JSON.parse(desk.text(file)).description).toBe('without the folder');
  // A drive that is not mounted leaves an empty folder: every file is gone, and none of the drafts goes.
  await desk.create({ name: 'Second' });
  await desk.sync();
  for (const one of desk.files()) desk.remove(one);
  expect(kinds(await desk.sync())).toEqual(['removed', 'removed']);
  expect(await desk.names()).toHaveLength(2);
});

test('a moved or renamed file stays the file of its badge, in other letters too', async () => {
  const { desk, id, file } = await withOne();
  desk.write('Team/SUMMER.badge.json', desk.text(file));
  desk.remove(file);
  expect((await desk.sync()).questions).toEqual([]);
  await desk.edit(id, { description: 'after the move' });
  await desk.sync();
  expect(desk.files()).toEqual(['Team/SUMMER.badge.json']);
  // In other letters and with another text at once.
  desk.write('Team/summer.badge.json', desk.text('Team/SUMMER.badge.json').replace('after the move', 'and an edit'));
  desk.remove('Team/SUMMER.badge.json');
  expect((await desk.sync()).questions).toEqual([]);
  expect((await desk.body(id))['description']).toBe('and an edit');
  expect(await desk.names()).toHaveLength(1);
  // Both at once: another system takes them for one file.
  desk.write('Team/Summer.badge.json', badgeBody({ name: 'Another' }));
  desk.write('copy.badge.json', desk.text('Team/summer.badge.json'));
  const state = await desk.sync();
  expect(kinds(state)).toEqual(['case-clash', 'same-name']);
  expect(await desk.names()).toHaveLength(3);
});

test('a file that cannot be written is told with its reason, and written when it can', async () => {
  const { desk, id, file } = await withOne();
  const place = file.replace('.badge.json', '');
  desk.remove(file);
  desk.write(`${file}/in-the-way.txt`, 'a folder of this name');
  await desk.sync();
  const state = await desk.backend.call('folder.settle', { places: [place], action: 'write' });
  expect(state.questions).toMatchObject([{ kind: 'unwritten', place, badgeId: id, actions: ['again'] }]);
  expect(desk.files()).toEqual([`${file}/in-the-way.txt`]);
  rmSync(path.join(desk.folder, file), { recursive: true });
  expect(kinds(await desk.sync())).toEqual([]);
  expect(desk.files()).toEqual([file]);
});

test('another folder knows nothing of the first one; none at all leaves files and drafts', async () => {
  const { desk } = await withOne();
  await expect(desk.backend.call('folder.look', { token: 'nothing' })).rejects.toMatchObject({ code: 'not-found' });
  const left = await desk.backend.call('folder.choose', { token: null });
  expect([left.presence, desk.files().length, (await desk.names()).length]).toEqual(['none', 1, 1]);
  const back = await desk.choose();
  expect(back).toMatchObject({ badges: 1, questions: [] });
  expect(desk.files()).toHaveLength(1);
});

test('git at work is waited for', async () => {
  const { desk, id, file } = await withOne();
  desk.write('.git/index.lock', '');
  desk.write('.git/HEAD', 'ref: refs/heads/main\n');
  await desk.edit(id, { description: 'later' });
  expect(await desk.sync()).toMatchObject({ presence: 'busy' });
  expect(JSON.parse(desk.text(file)).description).toBe('first');
  rmSync(path.join(desk.folder, '.git/index.lock'));
  await desk.sync();
  expect(JSON.parse(desk.text(file)).description).toBe('later');
});

test('a link that comes in the place of a badge is said, and a badge never goes where one lies', async () => {
  const { desk, id, file } = await withOne();
  const place = file.replace('.badge.json', '');
  desk.write('elsewhere.json', badgeFileText(badgeBody({ name: 'Somebody else' })));
  desk.remove(file);
  symlinkSync(path.join(desk.folder, 'elsewhere.json'), path.join(desk.folder, file));
  const state = await desk.sync();
  expect(state.questions).toMatchObject([{ kind: 'in-the-way', place, badgeId: id, actions: [] }]);
  await desk.edit(id, { description: 'edited here' });
  const edited = await desk.sync();
  expect(edited.questions).toEqual(state.questions);
  expect((await desk.sync()).number).toBe(edited.number);
  expect(JSON.parse(desk.text('elsewhere.json'))).toMatchObject({ name: 'Somebody else' });
  desk.remove(file);
  expect(kinds(await desk.sync())).toEqual(['removed-changed']);
  await desk.backend.call('folder.settle', { places: [place], action: 'write' });
  expect(JSON.parse(desk.text(file))).toMatchObject({ description: 'edited here' });
});

test('names and places that others have, too, are said of badges that nobody touched since', async () => {
  const { desk, id, file } = await withOne();
  // A file of the same name beside a badge in step; then both are in step and are still said.
  desk.write('b/twin.badge.json', badgeBody({ name: 'Summer visitor', description: 'another' }));
  const twin = { kind: 'same-name', name: 'Summer visitor', place: 'b/twin' };
  const { questions } = await desk.sync();
  expect(questions).toMatchObject([twin]);
  expect((await desk.sync()).questions).toEqual(questions);
  desk.write('b/TWIN.badge.json', badgeBody({ name: 'Winter visitor' }));
  desk.write('B/Twin.badge.json', badgeBody({ name: 'Autumn visitor' }));
  const clash = { kind: 'case-clash', place: 'B/Twin', reason: 'b/TWIN, b/twin' };
  for (let look = 0; look < 2; look += 1) expect((await desk.sync()).questions).toMatchObject([clash, twin]);
  desk.remove('b/TWIN.badge.json');
  desk.remove('B/Twin.badge.json');
  await desk.edit(id, { name: 'Summer guest' });
  expect(kinds(await desk.sync())).toEqual(['removed', 'removed']);
  expect(JSON.parse(desk.text(file))).toMatchObject({ name: 'Summer guest' });
});
