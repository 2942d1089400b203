import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startingDesign } from '../../../shared/art/designs';
import { BADGE_TEMPLATES } from '../../../shared/domain/templates';
import { MOST_TEMPLATES } from '../../../shared/ipc/templates-contract';
import { aDesk, type Desk } from '../folder/folder-work';

const keep = (desk: Desk, badge: string, name: string, replace = false) =>
  desk.backend.call('ownTemplates.keep', { badge, name, replace });
const names = async (desk: Desk): Promise<string[]> =>
  (await desk.backend.call('ownTemplates.list', {})).templates.map(({ place, name }) => `${place}: ${name}`);
const made = async (desk: Desk, id: string) =>
  desk.body((await desk.backend.call('ownTemplates.use', { id, label: 'Made' })).id);

test('a template is kept in the workspace over a restart, makes badges under free names, and is deleted', async () => {
  const desk = await aDesk();
  const badge = await desk.create({
    ...{ name: 'Summer', startOn: '2026-01-05T00:00:00Z', expiresOn: '2026-03-05T00:00:00Z', badgeRank: 7 },
  });
  const { art } = await desk.backend.call('badges.get', { id: badge });
  expect(art).toBeNull();
  await keep(desk, badge, ' Seasonal ');
  await desk.backend.restart();
  const { templates, keptIn, passedOver } = await desk.backend.call('ownTemplates.list', {});
  expect([keptIn, passedOver]).toEqual(['workspace', []]);
  expect(templates).toMatchObject([{ name: 'Seasonal', place: 'workspace', hasArt: false }]);

  const id = templates[0]?.id ?? '';
  const first = await made(desk, id);
  const second = await made(desk, id);
  expect([first['name'], second['name'], first['badgeRank']]).toEqual(['Seasonal', 'Seasonal 2', 7]);
  // It is 4 May 2026, a Monday, and begins on the next one.
  expect(first['startOn']).toMatch(/^2026-05-11T/);

  expect((await desk.backend.call('ownTemplates.remove', { id })).templates).toEqual([]);
  await expect(desk.backend.call('ownTemplates.use', { id, label: 'Made' })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(desk.backend.call('ownTemplates.remove', { id })).rejects.toMatchObject({ code: 'not-found' });
});

test('what the campaign of a streak counts stays with the badge, its copies, and badges of a template of it', async () => {
  const desk = await aDesk();
  const triggerOf = async (id: string) => (await desk.backend.call('badges.get', { id })).trigger;
  const template = BADGE_TEMPLATES.find(({ id }) => id === 'weeks-in-a-row');
  const body = JSON.stringify(template?.build({ name: 'Streak', description: '', now: desk.backend.now, zone: 'UTC' }));
  const streak = await desk.backend.call('badges.create', { body, template: 'weeks-in-a-row' });
  expect(streak).toMatchObject({ trigger: { weeksInRow: 4 }, problems: [] });
  const { created } = await desk.backend.call('badges.duplicate', { ids: [streak.id] });
  const { templates } = await keep(desk, streak.id, 'Our streak');
  const { id: used } = await desk.backend.call('ownTemplates.use', { id: templates[0]?.id ?? '', label: 'Made' });
  await desk.backend.restart();
  for (const id of [streak.id, created[0] ?? '', used]) expect(await triggerOf(id)).toEqual({ weeksInRow: 4 });

  // Any other badge asks with every event.
  expect((await desk.backend.call('badges.create', { body, template: 'no such template' })).trigger).toBeNull();
  const plain = await desk.create({ name: 'Plain' });
  expect(await triggerOf(plain)).toBeNull();
  const other = await keep(desk, plain, 'Plain');
  const { id: ofPlain } = await desk.backend.call('ownTemplates.use', {
    id: other.templates.find(({ name }) => name === 'Plain')?.id ?? '',
    label: 'Made',
  });
  expect(await triggerOf(ofPlain)).toBeNull();
});

test('a name is taken once, unless the template is to be replaced', async () => {
  const desk = await aDesk();
  const one = await desk.create({ name: 'One', badgeRank: 1 });
  const two = await desk.create({ name: 'Two', badgeRank: 2 });
  await keep(desk, one, 'T');
  await expect(keep(desk, two, 'T')).rejects.toMatchObject({ code: 'conflict' });
  const { templates } = await keep(desk, two, 'T', true);
  expect(templates).toHaveLength(1);
  expect((await made(desk, templates[0]?.id ?? ''))['badgeRank']).toBe(2);
});

test('with a folder they are files there, with art, for every workspace that has it', async () => {
  const desk = await aDesk();
  const badge = await desk.create({ name: 'Gem' });
  const { digest } = await desk.backend.call('art.keep', { art: startingDesign('gem', 'Gem') });
  const { revision, body, migration } = await desk.backend.call('badges.get', { id: badge });
  await desk.backend.call('badges.save', {
    id: badge,
    baseRevision: revision,
    body,
    migration,
    art: digest,
    label: 'A',
  });
  await desk.choose();
  await keep(desk, badge, 'Gem of the month');
  const file = 'templates/gem-of-the-month.badge-template.json';
  expect(desk.files()).toContain(file);
  expect(JSON.parse(desk.text(file))).toMatchObject({
    ...{ schema: 'laurel/badge-template@1', name: 'Gem of the month', badge: { name: 'Gem' } },
  });
  // Looking at the folder makes no badge of it, and writing the same again changes no byte.
  expect((await desk.sync()).questions).toEqual([]);
  expect(await desk.names()).toEqual(['Gem']);
  const before = desk.text(file);
  await keep(desk, badge, 'Gem of the month', true);
  expect(desk.text(file)).toBe(before);

  const { templates } = await desk.backend.call('ownTemplates.list', {});
  expect(templates).toMatchObject([{ place: 'folder', hasArt: true }]);
  const { id } = await desk.backend.call('ownTemplates.use', { id: templates[0]?.id ?? '', label: 'Made' });
  expect((await desk.backend.call('badges.get', { id })).art).toBe(digest);

  await desk.backend.call('ownTemplates.remove', { id: templates[0]?.id ?? '' });
  expect(desk.files()).not.toContain(file);
});

test('a file that is no template is named with the reason, and the others are there', async () => {
  const desk = await aDesk();
  const badge = await desk.create({ name: 'Gem' });
  await desk.choose();
  await keep(desk, badge, 'Good');
  await keep(desk, badge, '★');
  await keep(desk, badge, '☆');
  const good = desk.text('templates/good.badge-template.json');
  desk.write('templates/broken.badge-template.json', '{ "schema": ');
  desk.write('templates/merge.badge-template.json', `<<<<<<< ours\n${good}`);
  desk.write('templates/list.badge-template.json', '[1]');
  desk.write('templates/newer.badge-template.json', good.replace('@1', '@2'));
  desk.write('templates/nameless.badge-template.json', good.replace('"Good"', '""'));
  desk.write('templates/odd-ids.badge-template.json', good.replace('"schema"', '"idsOf": ["Trial"], "schema"'));
  desk.write('templates/read me.txt', 'hello');
  const { templates, passedOver } = await desk.backend.call('ownTemplates.list', {});
  expect(templates.map(({ name }) => name).toSorted()).toEqual(['Good', '★', '☆'].toSorted());
  expect(desk.files().filter((file) => file.startsWith('templates/template'))).toHaveLength(2);
  expect(passedOver.map(({ file }) => file)).toEqual(
    ['broken', 'list', 'merge', 'nameless', 'newer', 'odd-ids'].map((name) => `${name}.badge-template.json`),
  );
  expect(passedOver.map(({ reason }) => (reason as { key?: string }).key)).toEqual(
    expect.arrayContaining(['templates.noTemplate', 'templates.incomplete', 'templates.newer']),
  );
});

test('a folder that vanished keeps its own to itself; what is kept meanwhile goes into the workspace', async () => {
  const desk = await aDesk();
  const badge = await desk.create({ name: 'Gem' });
  await desk.choose();
  await keep(desk, badge, 'Shared');
  rmSync(desk.folder, { recursive: true });
  expect(await names(desk)).toEqual([]);
  await keep(desk, badge, 'Mine');
  expect(await names(desk)).toEqual(['workspace: Mine']);
});

test('numbers keep their digits, a draft that is no JSON object is refused, and there is an end to how many', async () => {
  const desk = await aDesk();
  const { id } = await desk.backend.call('badges.create', {
    body: '{"name":"Big","defaultTillId":12345678901234567890}',
  });
  const { templates } = await keep(desk, id, 'Big');
  const made = await desk.backend.call('ownTemplates.use', { id: templates[0]?.id ?? '', label: 'Made' });
  expect((await desk.backend.call('badges.get', { id: made.id })).body).toContain('12345678901234567890');
  const broken = await desk.backend.call('badges.create', { body: '{"name":' });
  await expect(keep(desk, broken.id, 'Broken')).rejects.toMatchObject({ code: 'invalid-input' });
  for (let number = 1; number < MOST_TEMPLATES; number += 1) await keep(desk, id, `T ${String(number)}`);
  await expect(keep(desk, id, 'One more')).rejects.toThrow(/200/);
});

test('a name in any script becomes a file name that every disk takes, and one that is too long is no template', async () => {
  const desk = await aDesk();
  const badge = await desk.create({ name: 'Gem' });
  await desk.choose();
  const long =
    '春の新しいお客様向けの来店記念バッジ、毎週ひとつだけ受け取ることができます、期間は一か月です、詳しくは店頭でお尋ねください';
  await keep(desk, badge, long.repeat(2).slice(0, 120));
  await keep(desk, badge, '𠮷'.repeat(60));
  const files = desk.files().filter((file) => file.startsWith('templates/'));
  expect(files).toHaveLength(2);
  for (const file of files) expect(Buffer.byteLength(file.slice('templates/'.length))).toBeLessThan(256);
  expect(files.join()).not.toContain('\ufffd');
  desk.write('templates/long.badge-template.json', {
    ...{ schema: 'laurel/badge-template@1', name: 'x'.repeat(200), badge: { name: 'Gem' }, art: null },
  });
  const { templates, passedOver } = await desk.backend.call('ownTemplates.list', {});
  expect([templates.length, passedOver.map(({ file }) => file)]).toEqual([2, ['long.badge-template.json']]);
  await expect(
    desk.backend.call('ownTemplates.use', { id: 'folder:../long.badge-template.json', label: 'Made' }),
  ).rejects.toMatchObject({ code: 'not-found' });
});
