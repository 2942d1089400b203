import { expect, it } from 'vitest';
import { readAddresses } from '../../shared/art/addresses';
import { contrastFindings, groundContrast, LIGHT_GROUND, DARK_GROUND } from '../../shared/art/contrast-check';
import { DESIGN_NAMES, startingDesign } from '../../shared/art/designs';
import { cosine, decimal, sine } from '../../shared/art/geometry';
import { layerOf } from '../../shared/art/layers';
import { idEndOf, pictureKey, slugOf } from '../../shared/art/picture-key';
import type { BadgeArt } from '../../shared/art/model';

it('computes sines and cosines as near to the built-in ones as a picture shows', () => {
  for (let degrees = -720; degrees <= 720; degrees += 0.7) {
    expect(Math.abs(sine(degrees) - Math.sin((degrees * Math.PI) / 180))).toBeLessThan(1e-8);
    expect(Math.abs(cosine(degrees) - Math.cos((degrees * Math.PI) / 180))).toBeLessThan(1e-8);
  }
});

it('writes numbers one way, without exponents and without a negative nought', () => {
  expect([1.005, -0.0001, 1e-9, 512, 1 / 3].map((value) => decimal(value))).toEqual(['1', '0', '0', '512', '0.33']);
});

it('finds in every starting design that its texts and icons can be read', () => {
  const weak = DESIGN_NAMES.flatMap((name) =>
    contrastFindings(startingDesign(name, 'Name')).flatMap(({ layer, verdict, ratio }) =>
      verdict === 'weak' ? [[name, layer.id, ratio]] : [],
    ),
  );
  expect(weak).toEqual([]);
});

it('finds a text that cannot be read, against the nearest layer that covers, hidden ones left out', () => {
  const crest = startingDesign('crest', 'Name');
  const art: BadgeArt = {
    ...crest,
    layers: [
      layerOf('shape', { id: 'back', colour: '#000000' }),
      layerOf('shape', { id: 'front', colour: '#ffffff' }),
      layerOf('shape', { id: 'hidden', colour: '#000000', hidden: true }),
      layerOf('letters', { id: 'text', colour: '#eeeeee' }),
    ],
  };
  expect(contrastFindings(art)).toMatchObject([{ layer: { id: 'text' }, verdict: 'weak' }]);
  expect(groundContrast(art, LIGHT_GROUND)).toBeGreaterThan(20);
  expect(groundContrast({ ...art, layers: art.layers.slice(1) }, LIGHT_GROUND)).toBe(1);
  expect(groundContrast({ ...art, layers: [] }, DARK_GROUND)).toBeNull();
});

it('calls pictures after their badge, whatever writing its name is in', () => {
  const id = '69f86ea0000000000000abcd';
  expect(slugOf('Größte “Été” 2027!')).toBe('grosste-ete-2027');
  expect([pictureKey({ name: '🏅', id }), pictureKey({ name: 'A', id })]).toEqual(['badge-0000abcd', 'a-0000abcd']);
  expect([idEndOf('a-0000abcd'), idEndOf('spring-visitor')]).toEqual(['0000abcd', null]);
});

it.each([
  ['شارة الصيف', 'شارة-الصيف'],
  ['شارة 1', 'شارة-1'],
  ['夏のバッジ', '夏のバッジ'],
  ['夏のバッジ'.normalize('NFD'), '夏のバッジ'],
  ['ग्रीष्म', 'ग्रीष्म'],
  ['Ёлка ❤️ Été', 'ёлка-été'],
  ['١٢٣', '١٢٣'],
  ['a/b:c\\夏\u0000*?', 'a-b-c-夏'],
  ['\u202eقف\u200cز', 'قفز'],
  // Names in Latin letters are called as ever.
  ['Łódź & Æther, 5 µm', 'odz-ther-5-m'],
  ['Cafés'.normalize('NFD'), 'cafes'],
  ['İstanbul ²  № 3 🏅', 'istanbul-2-no-3'],
  ['x'.repeat(39) + ' yz', 'x'.repeat(39)],
])('keeps of the name %j in a file’s name %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

it('keeps of a long name whole letters with their marks, as far as a file’s name may be long', () => {
  const key = pictureKey({ name: 'ग्रीष्म '.repeat(100), id: '69f86ea0000000000000abcd' });
  expect(new TextEncoder().encode(`${key}.IN_PROGRESS.png`).length).toBeLessThanOrEqual(255);
  expect(slugOf(`${'夏'.repeat(39)}ग्र`)).toBe('夏'.repeat(39));
  expect(new TextEncoder().encode(slugOf('𒀀'.repeat(100))).length).toBe(160);
  expect([idEndOf(key), slugOf(key)]).toEqual(['0000abcd', slugOf(key).normalize('NFC')]);
});

it.each([
  ['a-0000abcd.EARNED.png\thttps://x.example/a.png\th1', ['a-0000abcd', 'EARNED', 'https://x.example/a.png', 'h1']],
  ['"Spring, late";in progress;https://x.example/a', ['Spring, late', 'IN_PROGRESS', 'https://x.example/a', null]],
  ['https://x.example/a,"Spring",UN_EARNED', ['Spring', 'UN_EARNED', 'https://x.example/a', null]],
  ['Spring.EARNED,,h-2', ['Spring', 'EARNED', null, 'h-2']],
  ['Spring', ['Spring', null, null, null]],
])('reads of %j what it is for and where it is', (text, [key, state, url, handle]) => {
  expect(readAddresses(text)).toEqual([{ line: 1, key, state, url, handle }]);
});
