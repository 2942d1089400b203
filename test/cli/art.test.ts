import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../db/temporary-folder';
import { askInProcess } from './command-line';

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
const ask = async (cwd: string, ...args: string[]) => {
  const { code, out, error } = await askInProcess(cwd, 'art', ...args, '--json');
  return { code, error, document: JSON.parse(out) as Record<string, unknown> };
};

it('draws every design of a folder in three states and two formats, under stable names, and the same a second time', async () => {
  const cwd = temporaryFolder();
  mkdirSync(path.join(cwd, 'designs', 'spring'), { recursive: true });
  await askInProcess(cwd, 'art', 'start', 'crest', '--title', 'Crest', '--out', 'designs/crest.badge-art.json');
  await askInProcess(cwd, 'art', 'start', 'gem', '--title', '夜', '--out', 'designs/spring/gem.badge-art.json');
  const { code, document } = await ask(cwd, 'draw', 'designs', '--out', 'pictures', '--size', '128');
  expect([code, document['ok']]).toEqual([0, true]);
  const names = ['UN_EARNED', 'IN_PROGRESS', 'EARNED'].flatMap((state) => [`${state}.png`, `${state}.svg`]);
  const expected = ['crest', 'gem'].flatMap((key) => names.map((name) => `${key}.${name}`)).toSorted();
  expect(readdirSync(path.join(cwd, 'pictures')).toSorted()).toEqual(expected);
  const first = expected.map((name) => digest(path.join(cwd, 'pictures', name)));
  await ask(cwd, 'draw', 'designs', '--out', 'pictures', '--size', '128');
  expect(expected.map((name) => digest(path.join(cwd, 'pictures', name)))).toEqual(first);
  const head = readFileSync(path.join(cwd, 'pictures', 'gem.EARNED.png'));
  expect([head.readUInt32BE(16), head.readUInt32BE(20)]).toEqual([128, 128]);
});

it('draws the others where one design has mistakes or lacks a character, and says which', async () => {
  const cwd = temporaryFolder();
  await askInProcess(cwd, 'art', 'start', 'gem', '--out', 'good.badge-art.json');
  await askInProcess(cwd, 'art', 'start', 'gem', '--title', 'Party 🎉', '--out', 'party.badge-art.json');
  writeFileSync(path.join(cwd, 'broken.badge-art.json'), '{"schema":"laurel/badge-art@1"}');
  const { code, document } = await ask(cwd, 'draw', '.', '--out', 'pictures', '--state', 'EARNED', '--format', 'png');
  const badges = document['badges'] as { key: string; ok: boolean; reason: string | null }[];
  expect(code).toBe(1);
  expect(badges.map(({ key, ok }) => [key, ok])).toEqual([
    ['broken', false],
    ['good', true],
    ['party', false],
  ]);
  expect(badges[0]?.reason).toContain('palette is missing');
  expect(badges[2]?.reason).toContain('🎉');
  expect(readdirSync(path.join(cwd, 'pictures'))).toEqual(['good.EARNED.png']);
});

it('writes of a long title as much as a design holds, in whole characters, so that every design can be drawn', async () => {
  const cwd = temporaryFolder();
  for (const [design, title, kept] of [
    ['gem', 'a'.repeat(3000), `${'a'.repeat(79)}…`],
    ['crest', `${'b'.repeat(78)}é and more`.normalize('NFD'), `${'b'.repeat(78)}…`],
    ['gem', 'c'.repeat(80), 'c'.repeat(80)],
  ] as const) {
    const started = await ask(cwd, 'start', design, '--title', title, '--out', `${kept[0] ?? ''}.badge-art.json`);
    expect([started.code, started.document['title']]).toEqual([0, kept]);
  }
  const { code, document } = await ask(cwd, 'check', '.');
  expect([code, document['ok']]).toEqual([0, true]);
});

it('says of an SVG that is no square that it is none, and keeps the shapes of a link', async () => {
  const cwd = temporaryFolder();
  const shape = '<path d="M0 0h9v9z"/>';
  for (const [name, size, inner] of [
    ['wide', 'viewBox="0 0 100 30"', shape],
    ['high', 'width="10mm" height="20mm" viewBox="0 0 5 5"', shape],
    ['square', 'width="100%" height="50%" viewBox="0,0 5 5"', shape],
    ['plain', 'width="64px" height="64.01px" viewBox="0 0 9 5"', shape],
    ['sizeless', '', shape],
    ['link', 'viewBox="0 0 9 9"', `<a>${shape}</a>`],
  ] as const)
    writeFileSync(path.join(cwd, `${name}.svg`), `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${inner}</svg>`);
  const names = ['wide', 'high', 'square', 'plain', 'sizeless', 'link'].map((name) => `${name}.svg`);
  const { code, document } = await ask(cwd, 'check', ...names);
  const files = document['files'] as { file: string; troubles: string[] }[];
  expect([code, files.flatMap(({ troubles }) => troubles)]).toEqual([
    1,
    [
      expect.stringContaining('wide.svg is 100 × 30, and'),
      expect.stringContaining('high.svg is 10 × 20, and'),
      expect.stringContaining('<a>'),
    ],
  ]);
});

it('refuses two designs whose pictures would have one name, and a picture that would replace a design', async () => {
  const cwd = temporaryFolder();
  for (const folder of ['a', 'b']) {
    mkdirSync(path.join(cwd, folder));
    await askInProcess(cwd, 'art', 'start', 'gem', '--out', `${folder}/gem.badge-art.json`);
  }
  const twice = await askInProcess(cwd, 'art', 'draw', 'a', 'b', '--out', 'pictures');
  expect([twice.code, twice.error]).toEqual([2, expect.stringContaining('have one name')]);
  copyFileSync(path.join(cwd, 'a/gem.badge-art.json'), path.join(cwd, 'a/gem.EARNED.svg'));
  const over = await askInProcess(cwd, 'art', 'draw', 'a/gem.EARNED.svg', 'a/gem.badge-art.json', '--out', 'a');
  expect(over.code).toBe(1);
  expect(over.error).toContain('a design that is read');
});

it('checks designs and own pictures, and mends a PNG that is not square', async () => {
  const cwd = temporaryFolder();
  await askInProcess(cwd, 'art', 'start', 'gem', '--out', 'gem.badge-art.json');
  writeFileSync(
    path.join(cwd, 'evil.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg"><script/><rect width="1" height="1"/></svg>',
  );
  writeFileSync(path.join(cwd, 'no.png'), 'no picture');
  const { code, document } = await ask(cwd, 'check', 'gem.badge-art.json', 'evil.svg', 'no.png');
  expect(code).toBe(1);
  expect((document['files'] as { troubles: string[] }[]).map(({ troubles }) => troubles.length)).toEqual([0, 1, 1]);
  const wide = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAADklEQVR4nGP4z8DwHwQBEPgD/U6VwW8AAAAASUVORK5CYII=',
    'base64',
  );
  writeFileSync(path.join(cwd, 'wide.png'), wide);
  const mended = await ask(cwd, 'mend', 'wide.png', '--out', 'square.png');
  expect([mended.code, mended.document['before'], mended.document['after']]).toMatchObject([
    0,
    { width: 2, height: 1 },
    { width: 2, height: 2 },
  ]);
  expect(readFileSync(path.join(cwd, 'wide.png'))).toEqual(wide);
});

it.each([
  [[], 'Say what to do'],
  [['paint'], 'There is no art paint'],
  [['start', 'nothing', '--out', 'x'], 'There is no design nothing'],
  [['draw', '--out', 'x'], 'Name a design'],
  [['draw', 'a', '--state', 'DONE', '--out', 'x'], '--state is UN_EARNED'],
  [['draw', 'a', '--size', '9000', '--out', 'x'], '--size is at most 2048'],
  [['mend', 'a.png'], 'Say where it goes'],
])('says how it is called where it was called wrongly: %j', async (args, words) => {
  const { code, error } = await askInProcess(temporaryFolder(), 'art', ...args);
  expect([code, error]).toEqual([2, expect.stringContaining(words)]);
});

it('begins a design in a new file only, which is called a design', async () => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'mine.badge-art.json'), 'kept');
  const over = await askInProcess(cwd, 'art', 'start', 'gem', '--out', 'mine.badge-art.json');
  expect([over.code, over.error]).toEqual([1, expect.stringContaining('is there already')]);
  expect(readFileSync(path.join(cwd, 'mine.badge-art.json'), 'utf8')).toBe('kept');
  const other = await askInProcess(cwd, 'art', 'start', 'gem', '--out', 'logo.png');
  expect([other.code, other.error]).toEqual([2, expect.stringContaining('end it with .badge-art.json')]);
});
