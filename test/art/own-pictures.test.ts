import { encode } from 'fast-png';
import { expect, it } from 'vitest';
import { cleanSvg, type CleanSvg } from '../../electron/backend/art/clean-svg';
import { mendPng, ownPicture, pngFacts } from '../../electron/backend/art/own-picture';
import { Failure } from '../../shared/ipc/errors';

const svg = (inner: string): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">${inner}</svg>`;
const RECT = '<rect width="10" height="10" fill="#123456"/>';
const cleaned = (inner: string): CleanSvg => {
  const outcome = cleanSvg(svg(inner));
  if (typeof outcome === 'string') throw new Error(outcome);
  return outcome;
};
/** A PNG of noise, which cannot be packed. */
function noise(width: number, height: number): Uint8Array {
  let seed = 7;
  const data = Uint8Array.from({ length: width * height * 4 }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return seed >>> 16;
  });
  return encode({ width, height, data, channels: 4 });
}
const failure = async (work: Promise<unknown> | (() => unknown)): Promise<string> => {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (error instanceof Failure) return error.words.key;
    throw error;
  }
  return 'none';
};

it.each([
  ['<script>alert(1)</script>', '<script>'],
  ['<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>', '<foreignObject>'],
  ['<image href="https://example.org/x.png"/>', '<image>'],
  ['<use href="https://example.org/x.svg#a"/>', 'href'],
  ['<use xlink:href="file:///etc/passwd#a" xmlns:xlink="http://www.w3.org/1999/xlink"/>', 'href'],
  ['<a href="javascript:alert(1)"><rect/></a>', '<a>'],
  ['<rect onload="alert(1)"/>', 'onload'],
  ['<rect fill="url(https://example.org/#a)"/>', 'fill'],
  ['<rect style="fill:url(https://example.org/#a)"/>', 'style'],
  ['<style>@import url(https://example.org/x.css);</style>', '<style>'],
  ['<style>rect { fill: u\\72l(https://example.org/) }</style>', '<style>'],
  ['<animate attributeName="href" to="javascript:alert(1)"/>', '<animate>'],
  ['<text>Hello</text>', '<text>'],
  ['<rect filter="url(#f)"/>', 'filter'],
  ['<mask id="m"><rect mask="url(#m)"/></mask>', 'mask'],
])('leaves out of %s what acts, fetches or needs a font, and says so', (inner, what) => {
  const { svg: kept, leftOut } = cleaned(RECT + inner);
  expect(leftOut).toContain(what);
  expect(kept).toContain(RECT);
  expect(kept).not.toMatch(/script|https:|file:|javascript|onload|@import|foreignObject|animate/i);
});

it('keeps a drawing as it is, and cleaning it again changes nothing', () => {
  const inner = `<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><style>.a{fill:url}</style><g class="a" style="fill:#fff;stroke:#000"><path d="M0 0L5 5" fill="url(#g)"/></g>`;
  const once = cleaned(inner);
  expect(once.leftOut).toEqual([]);
  expect(once.svg).toContain('fill="url(#g)"');
  expect(cleanSvg(once.svg)).toEqual(once);
});

it('refuses what is no drawing, and what would grow without end', () => {
  expect(cleanSvg('<svg')).toBe('broken');
  expect(cleanSvg('<html></html>')).toBe('no-svg');
  expect(cleanSvg(`<!DOCTYPE svg [<!ENTITY a "b">]>${svg(RECT)}`)).toBe('doctype');
  expect(cleanSvg(svg('<text>Only words</text>'))).toBe('empty');
  expect(cleanSvg(svg(RECT.repeat(6_000)))).toBe('too-much');
  expect(cleanSvg(svg('<g>'.repeat(80) + RECT + '</g>'.repeat(80)))).toBe('too-much');
  const bomb = Array.from({ length: 9 }, (_, level) => {
    const inner = level === 0 ? RECT : `<use href="#l${String(level - 1)}"/>`.repeat(10);
    return `<g id="l${String(level)}">${inner}</g>`;
  });
  expect(cleanSvg(svg(bomb.join('')))).toBe('too-much');
  expect(cleanSvg(svg(`<g id="a">${RECT.repeat(4_000)}</g>${'<use href="#a"/>'.repeat(20)}`))).toBe('too-much');
});

it('says what an org would refuse of a PNG, and mends it without cutting anything off', async () => {
  const wide = noise(300, 120);
  const facts = pngFacts(wide, 'wide.png');
  expect(facts.troubles.map(({ key }) => key)).toEqual(['art.notSquare']);
  const mended = await mendPng(wide, facts);
  expect(pngFacts(mended, 'wide.png')).toMatchObject({ width: 300, height: 300, troubles: [] });

  const large = noise(900, 900);
  const heavy = pngFacts(large, 'large.png');
  expect(heavy.troubles.map(({ key }) => key)).toEqual(['art.tooLarge']);
  const lighter = pngFacts(await mendPng(large, heavy), 'large.png');
  expect(lighter.troubles).toEqual([]);
  expect(lighter.width).toBe(512);
});

it('takes a whole PNG into a design, reduces one only where that is asked for, and refuses a damaged one', async () => {
  const small = noise(64, 64);
  expect(await ownPicture(small, 'a.png', false)).toMatchObject({ picture: { type: 'png', name: 'a.png' }, notes: [] });
  const large = noise(600, 600);
  expect(await failure(ownPicture(large, 'b.png', false))).toBe('art.pngForDesign');
  const reduced = await ownPicture(large, 'b.png', true);
  expect(reduced.notes.map(({ key }) => key)).toEqual(['art.reduced']);
  expect(Buffer.from(reduced.picture.data, 'base64').length).toBeLessThanOrEqual(500_000);

  expect(await failure(() => pngFacts(small.subarray(0, small.length / 2), 'c.png'))).toBe('art.damagedPng');
  const flipped = Uint8Array.from(small, (byte, index) => (index === 400 ? byte ^ 255 : byte));
  expect(await failure(() => pngFacts(flipped, 'c.png'))).toBe('art.damagedPng');
  expect(await failure(() => pngFacts(Buffer.from('GIF89a…'), 'c.png'))).toBe('art.noPng');
  const huge = Uint8Array.from(small);
  new DataView(huge.buffer).setUint32(16, 100_000);
  expect(await failure(() => pngFacts(huge, 'c.png'))).toBe('art.pixels');
  expect(await failure(ownPicture(Buffer.from('hello'), 'c.png', false))).toBe('art.noPicture');
});

it('keeps what a link is drawn around, where and as it is drawn, without the link', () => {
  const link = '<a href="https://x.example" target="_top" transform="scale(2)" fill="red"><path d="M0 0h9"/></a>';
  const outcome = cleanSvg(svg(link));
  expect(outcome).toMatchObject({ leftOut: ['<a>'] });
  expect(typeof outcome === 'object' ? outcome.svg : '').toContain(
    '<g transform="scale(2)" fill="red"><path d="M0 0h9"/></g>',
  );
});
