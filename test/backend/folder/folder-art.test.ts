import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeArt } from '../../../shared/art/art-text';
import type { BadgeArt } from '../../../shared/art/model';
import { startingDesign } from '../../../shared/art/designs';
import { aDesk, type Desk } from './folder-work';

const ENDING = '.badge-art.json';

/** A badge with a design, in a folder that knows it. */
async function withDesign(): Promise<{ desk: Desk; id: string; file: string; place: string }> {
  const desk = await aDesk();
  const id = await desk.create({ name: 'Gem' });
  await draw(desk, id, startingDesign('gem', 'Gem'));
  await desk.choose();
  const file = desk.files().find((name) => name.endsWith(ENDING)) ?? '';
  return { desk, id, file, place: file.slice(0, -ENDING.length) };
}

async function draw(desk: Desk, id: string, art: BadgeArt | null): Promise<void> {
  const digest = art === null ? null : (await desk.backend.call('art.keep', { art })).digest;
  const { revision, body, migration } = await desk.backend.call('badges.get', { id });
  await desk.backend.call('badges.save', { id, baseRevision: revision, body, migration, art: digest, label: 'Drawn' });
}

async function designOf(desk: Desk, id: string): Promise<string | null> {
  const { art } = await desk.backend.call('badges.get', { id });
  return art === null ? null : writeArt((await desk.backend.call('art.get', { digest: art })).art);
}

const coloured = (primary: string): BadgeArt => {
  const art = startingDesign('gem', 'Gem');
  return { ...art, palette: { ...art.palette, primary } };
};

test('a design lies beside its badge and follows it both ways; taken away on one side it goes on the other', async () => {
  const { desk, id, file, place } = await withDesign();
  expect(desk.files()).toEqual([file, `${place}.badge.json`]);
  expect(desk.text(file)).toBe(await designOf(desk, id));
  const body = desk.text(`${place}.badge.json`);
  desk.write(file, writeArt(coloured('#112233')));
  expect((await desk.sync()).questions).toEqual([]);
  expect(await designOf(desk, id)).toBe(writeArt(coloured('#112233')));
  await draw(desk, id, coloured('#445566'));
  await desk.sync();
  expect([desk.text(file), desk.text(`${place}.badge.json`)]).toEqual([writeArt(coloured('#445566')), body]);
  // A design there and a field here are put together.
  desk.write(file, writeArt(coloured('#778899')));
  await desk.edit(id, { badgeRank: 2 });
  expect((await desk.sync()).questions).toEqual([]);
  expect([await designOf(desk, id), JSON.parse(desk.text(`${place}.badge.json`)).badgeRank]).toEqual([
    writeArt(coloured('#778899')),
    2,
  ]);
  desk.remove(file);
  await desk.sync();
  expect(await designOf(desk, id)).toBeNull();
  await draw(desk, id, coloured('#112233'));
  await desk.sync();
  expect(desk.files()).toContain(file);
  await draw(desk, id, null);
  await desk.sync();
  expect(desk.files()).not.toContain(file);
});

test('two designs of one badge are asked about; one that cannot be read is left alone until it is mended', async () => {
  const { desk, id, file, place } = await withDesign();
  await draw(desk, id, coloured('#112233'));
  desk.write(file, writeArt(coloured('#445566')));
  expect((await desk.sync()).questions.map(({ kind }) => kind)).toEqual(['conflict']);
  const { differences } = await desk.backend.call('folder.compare', { place });
  expect(differences.map(({ change }) => change)).toEqual(['conflict']);
  const unit = differences[0]?.unit ?? '';
  const settled = await desk.backend.call('folder.resolve', { place, choices: [{ unit, take: 'file' }] });
  expect([settled.questions, await designOf(desk, id)]).toEqual([[], writeArt(coloured('#445566'))]);
  await draw(desk, id, coloured('#112233'));
  desk.write(file, writeArt(coloured('#778899')));
  await desk.sync();
  await desk.backend.call('folder.resolve', { place, choices: [{ unit, take: 'draft' }] });
  expect(desk.text(file)).toBe(writeArt(coloured('#112233')));
  desk.write(file, '{"schema": "laurel/badge-art@9"}');
  await draw(desk, id, coloured('#000000'));
  expect((await desk.sync()).questions).toMatchObject([{ kind: 'broken-art', actions: ['write'] }]);
  expect(desk.text(file)).toBe('{"schema": "laurel/badge-art@9"}');
  expect((await desk.backend.call('folder.settle', { places: [place], action: 'write' })).questions).toEqual([]);
  expect(desk.text(file)).toBe(writeArt(coloured('#000000')));
});

test('designs that both changed are compared by their pictures', async () => {
  const { desk, id, file, place } = await withDesign();
  desk.write(file, writeArt(coloured('#112233')));
  await draw(desk, id, coloured('#445566'));
  expect((await desk.sync()).questions).toMatchObject([{ kind: 'conflict', place }]);
  const { differences } = await desk.backend.call('folder.compare', { place });
  const earned = async (art: BadgeArt) => (await desk.backend.call('art.draw', { art })).states.EARNED.svg;
  expect(differences).toMatchObject([
    {
      unit: '/art',
      change: 'conflict',
      pictures: {
        base: await earned(startingDesign('gem', 'Gem')),
        draft: await earned(coloured('#445566')),
        file: await earned(coloured('#112233')),
      },
    },
  ]);
});

test('a link in the place of a design is said, and takes no design with it', async () => {
  const { desk, id, file, place } = await withDesign();
  const design = await designOf(desk, id);
  desk.write('elsewhere.json', writeArt(coloured('#112233')));
  desk.remove(file);
  symlinkSync(path.join(desk.folder, 'elsewhere.json'), path.join(desk.folder, file));
  const state = await desk.sync();
  expect(state.questions).toMatchObject([{ kind: 'in-the-way', place, actions: [] }]);
  await draw(desk, id, coloured('#445566'));
  const drawn = await desk.sync();
  expect(drawn.questions).toEqual(state.questions);
  expect((await desk.sync()).number).toBe(drawn.number);
  expect(desk.text('elsewhere.json')).toBe(writeArt(coloured('#112233')));
  expect(design).not.toBeNull();
  // A link that no design of ours is to go to is nobody's business.
  await draw(desk, id, null);
  desk.remove(file);
  expect((await desk.sync()).questions).toEqual([]);
  symlinkSync(path.join(desk.folder, 'elsewhere.json'), path.join(desk.folder, file));
  expect((await desk.sync()).questions).toEqual([]);
});
