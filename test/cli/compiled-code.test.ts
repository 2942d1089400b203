import { expect, it } from 'vitest';
import { compiledCodeFolder } from '../../electron/cli/compiled-code';

it('lies in the person’s own cache folder on every system', () => {
  expect(compiledCodeFolder('linux', { HOME: '/people/ann' })).toBe('/people/ann/.cache/laurel/compiled');
  expect(compiledCodeFolder('linux', { HOME: '/people/ann', XDG_CACHE_HOME: '/var/ann' })).toBe(
    '/var/ann/laurel/compiled',
  );
  expect(compiledCodeFolder('darwin', { HOME: '/people/ann' })).toBe('/people/ann/Library/Caches/laurel/compiled');
  expect(compiledCodeFolder('win32', { LOCALAPPDATA: String.raw`C:\Users\ann\AppData\Local` })).toBe(
    String.raw`C:\Users\ann\AppData\Local\laurel\compiled`,
  );
});

it('is nowhere where the system names none, or names one that depends on where a person stands', () => {
  expect(compiledCodeFolder('linux', {})).toBeNull();
  expect(compiledCodeFolder('linux', { HOME: '/people/ann', XDG_CACHE_HOME: 'cache' })).toBe(
    '/people/ann/.cache/laurel/compiled',
  );
  expect(compiledCodeFolder('linux', { HOME: 'ann' })).toBeNull();
  expect(compiledCodeFolder('win32', { LOCALAPPDATA: '' })).toBeNull();
});

it('is left to Node where Node’s own variable says where', () => {
  expect(compiledCodeFolder('linux', { HOME: '/people/ann', NODE_COMPILE_CACHE: '/tmp/x' })).toBeNull();
});
