import { renameSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { aDesk, type Desk } from './folder-work';

const kinds = (state: { questions: readonly { kind: string }[] }): string[] =>
  state.questions.map(({ kind }) => kind).sort();

const FILE = 'programme.definitions.json';
const PLACE = `./${FILE}`;

/** A workspace with one group, which its folder has as a file. */
async function withGroup(): Promise<{ desk: Desk; id: string }> {
  const desk = await aDesk();
  const { id } = await desk.backend.call('badges.createGroup', { name: 'Summer', id: '' });
  expect(await desk.choose()).toMatchObject({ documents: 1, questions: [], last: { written: 1 } });
  return { desk, id };
}

const definitions = (desk: Desk, file = FILE) =>
  JSON.parse(desk.text(file)) as { groups: { id: string; name: string }[]; customFields: object[] };
const names = async (desk: Desk): Promise<(string | null)[]> =>
  (await desk.backend.call('badges.groups', {})).groups.map(({ name }) => name);
const edit = (desk: Desk, change: (body: ReturnType<typeof definitions>) => void, file = FILE): void => {
  const body = definitions(desk, file);
  change(body);
  desk.write(file, body);
};

test('groups and custom fields are a file beside the badges, and come from it; in step nothing is written', async () => {
  const { desk, id } = await withGroup();
  expect(definitions(desk)).toEqual({
    ...{ schema: 'laurel/definitions@1', customFields: [] },
    groups: [{ id, name: 'Summer' }],
  });
  await desk.backend.call('badges.nameGroup', { id, name: 'Sommer' });
  await desk.sync();
  expect(definitions(desk).groups).toEqual([{ id, name: 'Sommer' }]);
  const tier = { name: 'tier', dataType: 'STRING', isMandatory: true, defaultValue: null };
  edit(desk, (body) => {
    body.groups.unshift({ id: 'other', name: 'Winter' });
    body.customFields.push(tier);
  });
  const text = desk.text(FILE);
  expect(await desk.sync()).toMatchObject({ questions: [], last: { taken: 1, written: 0 } });
  expect(await names(desk)).toEqual(['Winter', 'Sommer']);
  // Another spelling of the same is left as it is.
  desk.write(FILE, JSON.stringify(JSON.parse(text)));
  const before = desk.text(FILE);
  const { number } = await desk.sync();
  expect([desk.text(FILE), (await desk.sync()).number]).toEqual([before, number]);
  await desk.backend.call('badges.nameGroup', { id, name: 'Summer' });
  await desk.sync();
  expect(definitions(desk)).toMatchObject({ groups: [{}, { name: 'Summer' }], customFields: [tier] });
  // A workspace without any has no such file.
  const other = await aDesk();
  await other.choose();
  expect(other.files()).toEqual([]);
});

test('both at once are put together group by group; the same name changed on both sides waits for a person', async () => {
  const { desk, id } = await withGroup();
  await desk.backend.call('badges.createGroup', { name: 'Mine', id: 'mine' });
  edit(desk, (body) => body.groups.push({ id: 'theirs', name: 'Theirs' }));
  expect((await desk.sync()).questions).toEqual([]);
  expect(new Set(await names(desk))).toEqual(new Set(['Summer', 'Mine', 'Theirs']));
  expect(definitions(desk).groups.map(({ name }) => name)).toEqual(await names(desk));

  await desk.backend.call('badges.nameGroup', { id, name: 'Here' });
  edit(desk, (body) => {
    for (const group of body.groups) if (group.id === id) group.name = 'There';
  });
  const text = desk.text(FILE);
  const asked = await desk.sync();
  expect(asked.questions).toMatchObject([{ kind: 'conflict', place: PLACE, badgeId: null }]);
  expect([desk.text(FILE), (await names(desk)).includes('Here')]).toEqual([text, true]);
  const { differences } = await desk.backend.call('folder.compare', { place: PLACE });
  expect(differences).toMatchObject([{ unit: `groups/${id}/name`, change: 'conflict' }]);
  const wrong = [{ unit: 'groups', take: 'file' as const }];
  await expect(desk.backend.call('folder.resolve', { place: PLACE, choices: wrong })).rejects.toMatchObject({
    code: 'conflict',
  });
  const choices = [{ unit: `groups/${id}/name`, take: 'draft' as const }];
  expect((await desk.backend.call('folder.resolve', { place: PLACE, choices })).questions).toEqual([]);
  expect(definitions(desk).groups.find((group) => group.id === id)?.name).toBe('Here');
});

test('without a common past both are put together, and what contradicts itself is asked about', async () => {
  const desk = await aDesk();
  await desk.backend.call('badges.createGroup', { name: 'Summer', id: 'one' });
  await desk.backend.call('badges.createGroup', { name: 'Mine', id: 'two' });
  const groups = [
    { id: 'one', name: 'Sommer' },
    { id: 'three', name: 'Theirs' },
  ];
  desk.write('team/all.definitions.json', { schema: 'laurel/definitions@1', groups, customFields: [] });
  expect(await desk.look()).toMatchObject({ questions: 1, written: 0, made: 0 });
  const place = './team/all.definitions.json';
  expect(kinds(await desk.choose())).toEqual(['conflict']);
  const choices = [{ unit: 'groups/one/name', take: 'file' as const }];
  expect((await desk.backend.call('folder.resolve', { place, choices })).questions).toEqual([]);
  expect(new Set(await names(desk))).toEqual(new Set(['Sommer', 'Mine', 'Theirs']));
  expect(definitions(desk, 'team/all.definitions.json').groups).toHaveLength(3);
  expect(desk.files()).toEqual(['team/all.definitions.json']);
});

test('a file that is removed, broken, half merged or there twice is said, and nothing is lost', async () => {
  const { desk } = await withGroup();
  const text = desk.text(FILE);
  desk.remove(FILE);
  expect(kinds(await desk.sync())).toEqual(['removed']);
  expect(await names(desk)).toEqual(['Summer']);
  expect(kinds(await desk.backend.call('folder.settle', { places: [PLACE], action: 'trash' }))).toEqual(['removed']);
  expect(kinds(await desk.backend.call('folder.settle', { places: [PLACE], action: 'write' }))).toEqual([]);
  expect(desk.text(FILE)).toBe(text);

  desk.write(FILE, `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> other\n`);
  expect((await desk.sync()).questions).toMatchObject([{ kind: 'markers', actions: [] }]);
  await desk.backend.call('folder.settle', { places: [PLACE], action: 'write' });
  expect(desk.text(FILE)).toContain('<<<<<<<');
  for (const broken of ['{"schema":', '[]', '{"schema":"laurel/definitions@2","groups":[],"customFields":[]}']) {
    desk.write(FILE, broken);
    expect((await desk.sync()).questions).toMatchObject([{ kind: 'broken', actions: ['write'] }]);
    expect([desk.text(FILE), await names(desk)]).toEqual([broken, ['Summer']]);
  }
  expect(kinds(await desk.backend.call('folder.settle', { places: [PLACE], action: 'write' }))).toEqual([]);
  expect(desk.text(FILE)).toBe(text);

  desk.write('copy.definitions.json', { schema: 'laurel/definitions@1', groups: [], customFields: [] });
  expect((await desk.sync()).questions).toMatchObject([{ kind: 'same-name', reason: FILE }]);
  expect(await names(desk)).toEqual(['Summer']);
  desk.remove('copy.definitions.json');
  expect(kinds(await desk.sync())).toEqual([]);
});

test('a file that was renamed or moved is the same one; another folder begins anew', async () => {
  const { desk } = await withGroup();
  renameSync(path.join(desk.folder, FILE), path.join(desk.folder, 'Programme.definitions.json'));
  expect(kinds(await desk.sync())).toEqual([]);
  renameSync(path.join(desk.folder, 'Programme.definitions.json'), path.join(desk.folder, 'all.definitions.json'));
  edit(desk, (body) => body.groups.push({ id: 'new', name: 'New' }), 'all.definitions.json');
  expect(kinds(await desk.sync())).toEqual([]);
  expect(await names(desk)).toEqual(['Summer', 'New']);
  expect(desk.files()).toEqual(['all.definitions.json']);
  // What both agreed on before means nothing once they parted.
  await desk.backend.call('folder.choose', { token: null });
  await desk.backend.call('badges.nameGroup', { id: 'new', name: 'Newer' });
  expect(kinds(await desk.choose())).toEqual(['conflict']);
});
