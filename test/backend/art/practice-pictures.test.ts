import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { practicePicturesOf } from '../../../db/kinds';
import { startingDesign } from '../../../shared/art/designs';
import type { PracticePictures } from '../../../shared/ipc/art-contract';
import { goodBody } from '../../db/workspace/open-workspace';
import { testBackend, type TestBackend } from '../open-backend';

async function badgeWithArt(backend: TestBackend, name: string): Promise<string> {
  const { id, revision, body, migration } = await backend.call('badges.create', {
    body: JSON.stringify(goodBody({ name })),
  });
  const { digest } = await backend.call('art.keep', { art: startingDesign('crest', name) });
  await backend.call('badges.save', { id, baseRevision: revision, body, migration, label: 'Art', art: digest });
  return id;
}

const put = async (backend: TestBackend, ids: string[]): Promise<PracticePictures> =>
  backend.backend.handlers['art.toPractice'](
    { ids, side: 64 },
    { signal: new AbortController().signal, progress: () => undefined },
  );

test('pictures that are put on the practice org answer there, and their addresses come back into the badge', async () => {
  const backend = await testBackend();
  const id = await badgeWithArt(backend, 'Été');
  const bare = (await backend.call('badges.create', { body: JSON.stringify(goodBody({ name: 'Bare' })) })).id;
  const { url, addresses, ...told } = await put(backend, [id, bare]);
  expect(told).toEqual({ written: 3, badges: 1, without: 1, refused: [] });
  const lines = addresses.split('\n').map((line) => line.split(','));
  expect(lines.map(([file]) => file)).toEqual(
    ['UN_EARNED', 'IN_PROGRESS', 'EARNED'].map((state) => `ete-${id.slice(-8)}.${state}.png`),
  );
  for (const [file, address] of lines) {
    expect(address).toBe(`${url}/pictures/${String(file)}`);
    const answer = await fetch(String(address));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    const png = Buffer.from(await answer.arrayBuffer());
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([64, 64]);
  }
  const taken = await backend.call('art.useAddresses', { text: addresses, label: 'Images' });
  expect(taken).toEqual({ badges: [id], images: 3 });
  const { images } = JSON.parse((await backend.call('badges.get', { id })).body) as { images: { url: string }[] };
  expect(images.map((image) => image.url)).toEqual(expect.arrayContaining(lines.map(([, address]) => address)));
});

test('nothing but pictures is served so, and no page of another address reads them', async () => {
  const backend = await testBackend();
  const { url, addresses } = await put(backend, [await badgeWithArt(backend, 'Crest')]);
  const address = addresses.split('\n')[0]?.split(',')[1] ?? '';
  expect((await fetch(address, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(address, { method: 'POST' })).status).toBe(404);
  expect((await fetch(address, { headers: { origin: 'https://example.org' } })).status).toBe(403);
  for (const name of ['none-00000000.EARNED.png', '..%2ftest.laurel', 'a/..%2f..%2ftest.laurel', 'x.EARNED.png/', ''])
    expect((await fetch(`${url}/pictures/${name}`)).status, name).toBe(404);
  expect((await fetch(`${url}/picturesque`)).status).toBe(401);
});

test('they are there after a restart, and go with the org when it is emptied', async () => {
  const backend = await testBackend();
  const id = await badgeWithArt(backend, 'Crest');
  const { addresses } = await put(backend, [id]);
  const address = addresses.split('\n')[0]?.split(',')[1] ?? '';
  await backend.restart();
  await backend.call('practice.start', {});
  expect((await fetch(address)).status).toBe(200);
  const folder = practicePicturesOf(backend.workspacePath);
  expect(readdirSync(folder)).toHaveLength(3);
  await backend.call('practice.reset', {});
  expect(existsSync(folder)).toBe(false);
  expect((await fetch(address)).status).toBe(404);
  expect((await put(backend, [id])).written).toBe(3);
});
