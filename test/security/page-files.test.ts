import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageFile } from '../../electron/main/page-files';

const folder = path.resolve('/opt/laurel/renderer');

describe('the files that app:// may serve', () => {
  test.each([
    ['app://ui/', 'index.html', 'text/html; charset=utf-8'],
    ['app://ui/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['app://ui/assets/index-1a2b.js?v=1#top', 'assets/index-1a2b.js', 'text/javascript; charset=utf-8'],
    ['app://ui/assets/two%20words.css', 'assets/two words.css', 'text/css; charset=utf-8'],
    ['app://ui/assets/../index.html', 'index.html', 'text/html; charset=utf-8'],
  ])('%s is %s', (address, file, type) => {
    expect(pageFile(folder, address)).toEqual({ path: path.join(folder, file), type });
  });

  test.each([
    'app://ui/../main/index.js',
    'app://ui/..%2fmain%2findex.js',
    'app://ui/%2e%2e%2fmain%2findex.js',
    'app://ui/assets/..%2f..%2f..%2f..%2fetc%2fpasswd.json',
    'app://ui/..%5cmain%5cindex.js',
    'app://ui/C:%5cWindows%5cwin.js',
    'app://ui/index.html%00.js',
    'app://ui/index.html::$DATA.js',
    'app://ui/%E0%A4%A.js',
    'app://ui/../renderer-of-another/index.html',
    'app://ui/..%2frenderer-of-another%2findex.html',
    'app://ui/secrets.sqlite',
    'app://ui/.env',
    'app://ui/assets/',
    'app://other/index.html',
    'app://ui./index.html',
    'app://%75i/../other/index.html%00',
    'app://ui/assets/%2e%2e%5c%2e%2e%5cmain%5cindex.js',
    'app://ui/%252e%252e%252fmain%252findex.js/..%2f..%2f..%2fmain/index.js',
    'app://ui/index.js%20',
    'app://ui/index.js.',
    'app://ui/%00/index.html',
    'app://ui/CON.js%00.html',
    'app://ui:80/index.html',
    'app://name@other/index.html',
    'file:///opt/laurel/renderer/index.html',
    'https://ui/index.html',
    'index.html',
    '',
  ])('%j is refused, or lies inside the folder', (address) => {
    const found = pageFile(folder, address);
    // An address whose dots the URL parser has already folded away names a file inside, which is simply not there.
    if (found) expect(path.relative(folder, found.path)).not.toMatch(/^\.\./);
    if (!/^app:\/\/ui\/(\.\.\/|%2e%2e\/)/i.test(address)) expect(found).toBeNull();
  });

  test('no address leads out of the folder', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      '%2e',
      '%2E%2e',
      '%2f',
      '%5c',
      '%00',
      ':',
      '~',
      'assets',
      'index',
      '.js',
      '.html',
      '%252f',
      '//',
      ' ',
      'é',
      '?',
      '#',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const found = pageFile(folder, `app://ui/${pieces.join('')}.js`);
        return found === null || found.path.startsWith(folder + path.sep);
      }),
      { numRuns: 5_000 },
    );
  });
});
