import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MOST_REVISIONS } from '../../../db/workspace/drafts';
import { startingDesign } from '../../../shared/art/designs';
import { layerOf } from '../../../shared/art/layers';
import type { BadgeArt } from '../../../shared/art/model';
import { pictureKey } from '../../../shared/art/picture-key';
import type { Output } from '../../../shared/ipc/contract';
import { ownPicture } from '../../../electron/backend/art/own-picture';
import { temporaryFolder } from '../../db/temporary-folder';
import { goodBody } from '../../db/workspace/open-workspace';
import { testBackend, type TestBackend } from '../open-backend';

const create = async (backend: TestBackend, name: string): Promise<string> =>
  (await backend.call('badges.create', { body: JSON.stringify(goodBody({ name })) })).id;

/** Saves a badge with a design as the page does: the design is kept first, and named by its digest then. */
async function saveArt(backend: TestBackend, id: string, art: BadgeArt | null): Promise<Output<'badges.save'>> {
  const digest = art === null ? null : (await backend.call('art.keep', { art })).digest;
  const { body, migration, revision } = await backend.call('badges.get', { id });
  return backend.call('badges.save', { id, baseRevision: revision, body, migration, label: 'Art', art: digest });
}

async function dotted(): Promise<BadgeArt> {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>',
  );
  const { key, picture } = await ownPicture(svg, 'dot.svg', false);
  const crest = startingDesign('crest', 'Crest');
  return {
    ...crest,
    layers: [...crest.layers, layerOf('picture', { id: 'dot', picture: key })],
    pictures: { [key]: picture },
  };
}

test('a design is a step of its badge: undone, redone, kept over a restart, and copied with the badge', async () => {
  const backend = await testBackend();
  const id = await create(backend, 'Crest');
  const [first, second] = [await dotted(), startingDesign('gem', 'Gem')];
  const saved = await saveArt(backend, id, first);
  expect(saved.summary.art).toBe(saved.art);
  const changed = await saveArt(backend, id, second);
  expect(changed.art).not.toBe(saved.art);
  expect((await backend.call('badges.undo', { id })).art).toBe(saved.art);
  await backend.restart();
  expect((await backend.call('badges.get', { id })).art).toBe(saved.art);
  expect((await backend.call('art.get', { digest: saved.art! })).art).toEqual(first);
  const redone = await backend.call('badges.redo', { id });
  expect((await backend.call('art.get', { digest: redone.art! })).art).toEqual(second);
  const { created } = await backend.call('badges.duplicate', { ids: [id] });
  expect((await backend.call('badges.get', { id: created[0]! })).art).toBe(changed.art);
  expect((await saveArt(backend, id, null)).summary.art).toBeNull();
});

test('a save that says nothing of the design leaves it, and one of a design that is not kept is refused', async () => {
  const backend = await testBackend();
  const id = await create(backend, 'Crest');
  const { art, revision, body } = await saveArt(backend, id, startingDesign('gem', 'Gem'));
  const next = { id, baseRevision: revision, body: body.replace('Crest', 'Other'), migration: false, label: 'Name' };
  expect((await backend.call('badges.save', next)).art).toBe(art);
  await expect(
    backend.call('badges.save', { ...next, baseRevision: revision + 1, art: 'f'.repeat(32) }),
  ).rejects.toThrow(/no longer kept/);
});

test('designs and own pictures that no saved state shows are removed at the next start, and no others', async () => {
  const backend = await testBackend();
  const id = await create(backend, 'Crest');
  const first = await saveArt(backend, id, await dotted());
  const other = await saveArt(backend, await create(backend, 'Other'), startingDesign('gem', 'Gem'));
  const lone = await backend.call('art.keep', { art: startingDesign('night', 'Never saved') });
  for (let number = 0; number < MOST_REVISIONS; number += 1)
    await saveArt(backend, id, startingDesign('summit', `Summit ${String(number)}`));
  await backend.restart();
  for (const digest of [first.art!, lone.digest])
    await expect(backend.call('art.get', { digest })).rejects.toThrow(/no longer kept/);
  expect((await backend.call('art.get', { digest: other.art! })).art).toEqual(startingDesign('gem', 'Gem'));
});

test('an own picture that was edited on its way is refused, and nothing of it is kept', async () => {
  const backend = await testBackend();
  const art = await dotted();
  const evil = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script><rect/></svg>').toString(
    'base64',
  );
  const [key] = Object.keys(art.pictures);
  const pictures = { [key!]: { ...art.pictures[key!]!, data: evil } };
  await expect(backend.call('art.keep', { art: { ...art, pictures } })).rejects.toThrow(/is not as Laurel wrote it/);
});

test('pictures of many badges go out under stable names; a badge without art or with a lack is told', async () => {
  const backend = await testBackend();
  const folder = temporaryFolder();
  backend.backend.grantFile('out', { path: folder, name: 'pictures', bytes: 0, mode: 'folder' });
  const [crest, plain, party] = [
    await create(backend, 'Crest & Co'),
    await create(backend, 'Plain'),
    await create(backend, 'Party'),
  ];
  await saveArt(backend, crest, startingDesign('crest', 'Crest'));
  await saveArt(backend, party, startingDesign('gem', '🎉'));
  const handler = backend.backend.handlers['art.export'];
  const reports: unknown[] = [];
  const outcome = await handler(
    {
      folder: 'out',
      ids: [crest, plain, party],
      states: ['UN_EARNED', 'IN_PROGRESS', 'EARNED'],
      formats: ['png', 'svg'],
      side: 64,
    },
    { signal: new AbortController().signal, progress: (report) => reports.push(report) },
  );
  expect(outcome).toMatchObject({ written: 6, badges: 1, without: 1, folder: 'pictures' });
  expect(outcome.refused.map(({ name }) => name)).toEqual(['Party']);
  const key = pictureKey({ name: 'Crest & Co', id: crest });
  expect(key).toBe(`crest-co-${crest.slice(-8)}`);
  expect(readdirSync(folder).toSorted()).toEqual(
    ['EARNED', 'IN_PROGRESS', 'UN_EARNED'].flatMap((state) => [`${key}.${state}.png`, `${key}.${state}.svg`]),
  );
  expect(reports.at(-1)).toEqual({ done: 3, total: 3 });
});

test('thumbnails are those of the export, and a design that is not there is left out', async () => {
  const backend = await testBackend();
  const art = startingDesign('crest', 'Crest');
  const { digest } = await backend.call('art.keep', { art });
  const { states } = await backend.call('art.draw', { art });
  for (const _ of [1, 2]) {
    const { pictures } = await backend.call('art.thumbnails', { digests: [digest, '0'.repeat(32)] });
    expect(pictures).toEqual({ [digest]: states.EARNED.svg });
  }
});

test('addresses find back to their badges by file name, name or id, and what cannot be taken over is said', async () => {
  const backend = await testBackend();
  const [spring, twin] = [await create(backend, 'Spring'), await create(backend, 'Twin')];
  await create(backend, 'Twin');
  const key = pictureKey({ name: 'Spring, before it was renamed', id: spring });
  const text = [
    'Name;Address;Handle',
    `${key}.EARNED.png;https://cdn.example.org/a.png;h-1`,
    `Spring;IN_PROGRESS;https://cdn.example.org/b.png`,
    `${twin}.UN_EARNED;https://cdn.example.org/c.png`,
    `Spring;EARNED;https://cdn.example.org/d.png`,
    `Twin;EARNED;https://cdn.example.org/e.png`,
    `Nobody;EARNED;https://cdn.example.org/f.png`,
    `Spring;https://cdn.example.org/g.png`,
    `Spring;EARNED`,
  ].join('\r\n');
  const { matches } = await backend.call('art.matchAddresses', { text });
  expect(matches.map(({ line, trouble }) => [line, trouble?.key ?? null])).toEqual([
    [2, null],
    [3, null],
    [4, null],
    [5, 'art.lineTwice'],
    [6, 'art.lineSeveral'],
    [7, 'art.lineUnknown'],
    [8, 'art.lineStateless'],
    [9, 'art.lineWithout'],
  ]);
  const { badges, images } = await backend.call('art.useAddresses', { text, label: 'Addresses' });
  expect([badges, images]).toEqual([[spring, twin], 3]);
  const { body } = await backend.call('badges.get', { id: spring });
  expect((JSON.parse(body) as { images: unknown }).images).toEqual([
    { name: `${key}.EARNED`, url: 'https://cdn.example.org/a.png', fileSvcHandle: 'h-1', tag: 'EARNED' },
    { name: 'Spring.IN_PROGRESS', url: 'https://cdn.example.org/b.png', tag: 'IN_PROGRESS' },
  ]);
  // Once more with another address: the image is changed, not added, and undo takes it back.
  await backend.call('art.useAddresses', {
    text: `${key}.EARNED.png,https://new.example.org/a.png`,
    label: 'Addresses',
  });
  const changed = JSON.parse((await backend.call('badges.get', { id: spring })).body) as { images: { url: string }[] };
  expect(changed.images.map(({ url }) => url)).toEqual([
    'https://new.example.org/a.png',
    'https://cdn.example.org/b.png',
  ]);
  expect((await backend.call('badges.undo', { id: spring })).body).toBe(body);
});

test('a badge whose text is no JSON keeps it when addresses come back', async () => {
  const backend = await testBackend();
  const { id } = await backend.call('badges.create', { body: '{"name": ' });
  const { badges } = await backend.call('art.useAddresses', {
    text: `${id}.EARNED\thttps://example.org/a.png`,
    label: 'Addresses',
  });
  expect(badges).toEqual([]);
  expect((await backend.call('badges.get', { id })).body).toBe('{"name": ');
});

test('a chosen picture comes in cleaned and says what was left out; a design goes to a file and comes back', async () => {
  const backend = await testBackend();
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const svg = path.join(folder, 'logo.svg');
  writeFileSync(svg, '<svg xmlns="http://www.w3.org/2000/svg"><script/><rect width="9" height="9"/></svg>');
  backend.backend.grantFile('svg', { path: svg, name: 'logo.svg', bytes: 1, mode: 'read' });
  const { picture, notes } = await backend.call('art.ownPicture', { token: 'svg', mend: false });
  expect(picture).toMatchObject({ name: 'logo.svg', type: 'svg' });
  expect(notes.map(({ key }) => key)).toEqual(['art.leftOut']);

  const art = await dotted();
  const file = path.join(folder, 'a.badge-art.json');
  backend.backend.grantFile('save', { path: file, name: 'a.badge-art.json', bytes: 0, mode: 'write' });
  backend.backend.grantFile('open', { path: file, name: 'a.badge-art.json', bytes: 0, mode: 'read' });
  await backend.call('art.saveFile', { token: 'save', art });
  expect((await backend.call('art.openFile', { token: 'open' })).art).toEqual(art);
});
