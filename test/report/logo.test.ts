import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readLogo } from '../../electron/backend/report/logo';
import { contrast, readColour } from '../../shared/art/colour';
import { onGround } from '../../shared/report/brand-colour';
import { reportStyle } from '../../shared/report/report-style';

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-logo-'));

function logo(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return readLogo(file, name);
}

const svg = (inside: string, more = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${more}>${inside}</svg>`;

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('a plain picture is taken as it is', () => {
  const drawn = svg(
    '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><style>.b{fill:url(#a)}</style><use xlink:href="#a"/><path d="M0 0z" fill="url(#a)"/>',
    'viewBox="0 0 1 1"',
  );
  expect(Buffer.from(logo('a.svg', drawn).replace('data:image/svg+xml;base64,', ''), 'base64').toString()).toBe(drawn);
  expect(logo('a.png', PNG)).toBe(`data:image/png;base64,${PNG.toString('base64')}`);
});

test.each([
  ['a script', svg('<script>alert(1)</script>')],
  ['an event', svg('<path onclick="x()"/>')],
  ['an event of the root', svg('', 'onload="x()"')],
  ['a page', svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>')],
  ['a link out', svg('<use href="https://example.org/a.svg#x"/>')],
  ['a script in a link', svg('<use xlink:href="javascript:alert(1)"/>')],
  ['a picture from elsewhere', svg('<image href="a.png"/>')],
  ['a style from elsewhere', svg('<style>@import "https://example.org/a.css";</style>')],
  ['a style that fetches', svg('<style>.a{background:url(https://example.org/a.png)}</style>')],
  ['an attribute that fetches', svg('<path style="fill:url(//example.org/a)"/>')],
  ['a spelt-out fetch', svg('<style>.a{background:\\75 rl(x)}</style>')],
  ['an animation', svg('<animate attributeName="href"/>')],
  ['an entity', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('&a;')}`],
  ['a picture within', svg('<g><g><image href="data:image/png;base64,x"/></g></g>')],
])('an SVG with %s is refused', (_, text) => {
  expect(() => logo('b.svg', text)).toThrow(/holds|no whole picture/);
});

test.each(['viewBox="0 0 0 0"', 'viewBox="0 0 10 0"', 'width="0" viewBox="0 0 9 9"', 'width="9" height="0px"'])(
  'an SVG of no size (%s) is refused',
  (size) => {
    expect(() => logo('d.svg', svg('<path d="M0 0z"/>', size))).toThrow(/no whole picture/);
  },
);

test('the line of a brand can be told from the paper, as its charts can', () => {
  for (const brand of ['#ffffff', '#ffff99']) {
    const line = /--brand:(#[0-9a-f]{6})/.exec(reportStyle(brand))?.[1] ?? '';
    expect(contrast(line, '#ffffff')).toBeGreaterThanOrEqual(3);
  }
  expect(reportStyle('#0f5f9a')).toContain('--brand:#0f5f9a');
});

test('what is too large, broken or no picture is refused in plain words', () => {
  expect(() => logo('c.png', Buffer.concat([PNG, Buffer.alloc(500_001)]))).toThrow(/larger than 500 kB/);
  expect(() => logo('c.png', PNG.subarray(0, 30))).toThrow(/no whole picture/);
  const wide = Buffer.from(PNG);
  wide.writeUInt32BE(5_000, 16);
  expect(() => logo('c.png', wide)).toThrow(/5,000 × 1 pixels/);
  expect(() => logo('c.svg', svg('<g>').slice(0, -6))).toThrow(/no whole picture/);
  expect(() => logo('c.gif', 'GIF89a')).toThrow(/neither a PNG nor an SVG/);
  expect(() => logo('c.html', '<html><body/></html>')).toThrow(/neither a PNG nor an SVG/);
  expect(() => readLogo(path.join(folder, 'none.png'), 'none.png')).toThrow(/cannot be read/);
  expect(() => readLogo(folder, 'folder')).toThrow(/cannot be read/);
});

test('a brand colour is told from its ground, light and dark', () => {
  expect(readColour('#1A7f50')).toBe('#1a7f50');
  for (const text of ['1a7f50', '#1a7', 'green', '#1a7f50;}', '']) expect(readColour(text)).toBeNull();
  for (const colour of ['#ffff00', '#ffffff', '#000000', '#1a7f50', '#808080'])
    for (const ground of ['#ffffff', '#15191c'])
      expect(contrast(onGround(colour, ground, 3), ground)).toBeGreaterThanOrEqual(3);
  expect(onGround('#1a7f50', '#ffffff', 3)).toBe('#1a7f50');
});
