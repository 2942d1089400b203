import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtStoreModule, describeRuntime } from '../../electron/main/runtime';
import { inEnglish } from '../../shared/words/english';

const OLD = { napi: '9', electron: '33.2.1', chrome: '130.0.0.0' };
const NEW = { napi: '10', electron: '45.4.1', chrome: '150.0.0.0' };

test('where the backend lives is said, and the stand-in is never called official', () => {
  const inside = describeRuntime(NEW, '/a/module.node');
  expect(inside).toEqual({
    hostsBackend: true,
    storeModule: null,
    words: expect.anything(),
  });
  expect(inEnglish(inside.words)).toBe('Electron 45.4.1 (Chromium 150.0.0.0), with the store inside it');
  const under = describeRuntime(OLD, null);
  expect(under).toMatchObject({ hostsBackend: false, storeModule: null });
  expect(inEnglish(under.words)).toMatch(/^Electron 33\.2\.1 .*stand-in runtime.* with the store under Node$/);
  const built = describeRuntime(OLD, '/a/module.node');
  expect(built).toMatchObject({ hostsBackend: true, storeModule: '/a/module.node' });
  expect(inEnglish(built.words)).toMatch(/stand-in runtime.* by a module built on this machine$/);
  for (const { words } of [inside, under, built]) expect(inEnglish(words)).not.toContain('official');
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laurel-runtime-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the module that set-up built is taken where it is, not in a package and not where somebody wants Node', () => {
  const home = path.join(folder, '.laurel', 'store-module');
  expect(builtStoreModule(folder, null, {})).toBeNull();
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'current.json'), '{"key":"1","file":"better_sqlite3-1.node"}');
  expect(builtStoreModule(folder, null, {}), 'the file is gone').toBeNull();
  const module = path.join(home, 'better_sqlite3-1.node');
  writeFileSync(module, '');
  expect(builtStoreModule(folder, null, {})).toBe(module);
  expect(builtStoreModule(folder, folder, {})).toBeNull();
  expect(builtStoreModule(folder, null, { LAUREL_BACKEND: 'node' })).toBeNull();
  writeFileSync(path.join(home, 'current.json'), '{"file":"../../elsewhere.node"}');
  expect(builtStoreModule(folder, null, {})).toBeNull();
  writeFileSync(path.join(home, 'current.json'), 'not json');
  expect(builtStoreModule(folder, null, {})).toBeNull();
});

test('a package brings a module only where it was made for tests', () => {
  expect(builtStoreModule('/nowhere', folder, {})).toBeNull();
  mkdirSync(path.join(folder, 'test-runtime'));
  const module = path.join(folder, 'test-runtime', 'store-module.node');
  writeFileSync(module, '');
  expect(builtStoreModule('/nowhere', folder, {})).toBe(module);
});
