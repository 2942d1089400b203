import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseArt, readArtFile } from '../../electron/backend/art/art-file';
import { ownPicture } from '../../electron/backend/art/own-picture';
import { writeArt } from '../../shared/art/art-text';
import { DESIGN_NAMES, startingDesign } from '../../shared/art/designs';
import { layerOf } from '../../shared/art/layers';
import { LAYER_KINDS, type BadgeArt } from '../../shared/art/model';
import { statesOf } from '../../shared/art/states';
import { Failure } from '../../shared/ipc/errors';

const crest = startingDesign('crest', 'Crest');
const mistake = async (text: string): Promise<string> => {
  try {
    await parseArt(text, 'a.badge-art.json');
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
  return 'none';
};
type Loose = { layers: object[]; palette?: object };
const changed = (change: (art: Loose) => void): string => {
  const copy = JSON.parse(writeArt(crest)) as Loose;
  change(copy);
  return JSON.stringify(copy);
};

it('writes every starting design as a file that gives the same design and the same text', async () => {
  for (const name of DESIGN_NAMES) {
    const text = writeArt(startingDesign(name, 'Name'));
    const read = await parseArt(text, name);
    expect(read).toEqual(startingDesign(name, 'Name'));
    expect(writeArt(read)).toBe(text);
  }
});

it('writes the same text whatever the order of keys was', () => {
  fc.assert(
    fc.property(fc.constantFrom(...DESIGN_NAMES), fc.infiniteStream(fc.nat(1_000)), (name, chance) => {
      const art = startingDesign(name, 'Name');
      const shuffled = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(shuffled);
        if (typeof value !== 'object' || value === null) return value;
        const entries = Object.entries(value).map((entry) => [Number(chance.next().value), entry] as const);
        return Object.fromEntries(
          entries.toSorted(([one], [other]) => one - other).map(([, [key, held]]) => [key, shuffled(held)]),
        );
      };
      return writeArt(shuffled(art) as BadgeArt) === writeArt(art);
    }),
    { numRuns: 50 },
  );
});

it.each([
  ['{', /is no design: Line 1, column 2/],
  ['{"schema":"laurel/scenario@1"}', /says “schema”: “laurel\/scenario@1”/],
  ['{"schema":"laurel/badge-art@2"}', /A newer Laurel made/],
  [changed((art) => delete art.palette), /palette is missing/],
  [changed((art) => Object.assign(art, { extra: 1 })), /extra is not known/],
  [changed((art) => Object.assign(art.palette ?? {}, { primary: 'red' })), /palette\.primary is none of the values/],
  [
    changed((art) => Object.assign(art.layers[0] ?? {}, { opacity: 101 })),
    /layers\[0\]\.opacity is more than it may be \(100\)/,
  ],
  [
    changed((art) => Object.assign(art.layers[3] ?? {}, { icon: 'nothing' })),
    /layers\[3\]\.icon is none of the values/,
  ],
  [changed((art) => Object.assign(art.layers[1] ?? {}, { id: 'layer-1' })), /layers\[1\]\.id names two layers alike/],
  [
    changed((art) => Object.assign(art, { layers: Array(41).fill(art.layers[0]) })),
    /layers is more than it may be \(40\)/,
  ],
])('refuses %s in a sentence that names the place', async (text, words) => {
  expect(await mistake(text)).toMatch(words);
});

it('keeps own pictures, leaves out those that no layer shows, and refuses one that was edited by hand', async () => {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>',
  );
  const { key, picture } = await ownPicture(svg, 'dot.svg', false);
  const art: BadgeArt = {
    ...crest,
    layers: [layerOf('picture', { id: 'p', picture: key })],
    pictures: { [key]: picture, '0123456789abcdef': picture },
  };
  const text = writeArt(art);
  expect((await parseArt(text, 'a')).pictures).toEqual({ [key]: picture });

  const evil = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script><rect/></svg>').toString(
    'base64',
  );
  expect(await mistake(text.replace(picture.data, evil))).toMatch(
    /“dot\.svg” inside a\.badge-art\.json is not as Laurel wrote it/,
  );
  expect(await mistake(text.replaceAll(key, 'fedcba9876543210'))).toMatch(/is not as Laurel wrote it/);
});

it('reads a file with a byte order mark, and says why one cannot be read', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-art-'));
  const file = path.join(folder, 'a.badge-art.json');
  writeFileSync(file, `\ufeff${writeArt(crest)}`);
  expect(await readArtFile(file, 'a')).toEqual(crest);
  await expect(readArtFile(folder, 'folder')).rejects.toThrow(/folder cannot be read/);
  await expect(readArtFile(path.join(folder, 'none'), 'none')).rejects.toThrow(/none cannot be read/);
});

it('makes the two states before earning from one style, and leaves the design itself for the third', () => {
  for (const style of ['grey', 'outline', 'ghost', 'ring'] as const) {
    const states = statesOf(style);
    expect([states.UN_EARNED.style, states.IN_PROGRESS.style, states.EARNED.style]).toEqual([style, style, 'plain']);
  }
});

it('still reads a design with every kind of layer as the first version wrote it, and writes it the same', async () => {
  const file = path.join(import.meta.dirname, 'records', 'v1.badge-art.json');
  const text = readFileSync(file, 'utf8');
  const art = await readArtFile(file, 'v1');
  expect(new Set(art.layers.map(({ kind }) => kind))).toEqual(new Set(LAYER_KINDS));
  expect(writeArt(art)).toBe(text);
});
