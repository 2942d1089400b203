import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PlantedTree } from './planted-tree';

let tree: PlantedTree;
beforeEach(async () => {
  tree = await PlantedTree.plant();
  for (const [name, version] of [
    ['better-sqlite3', '13.2.0'],
    ['node-addon-api', '8.9.2'],
    ['node-api-headers', '1.9.0'],
  ] as const) {
    const folder = path.join(tree.root, 'node_modules', name);
    mkdirSync(path.join(folder, 'deps'), { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, version }));
    writeFileSync(path.join(folder, 'deps', 'defines.gypi'), "{ 'defines': ['SQLITE_DQS=0', 'HAVE_USLEEP=1'] }");
  }
});
afterEach(() => tree.remove());

/** A program that says what it was called with and does what a line of sh says. */
function program(name: string, line: string): string {
  const file = path.join(tree.folder, 'bin', name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> '${path.join(tree.folder, 'calls')}'\n${line}\n`);
  chmodSync(file, 0o755);
  return file;
}
/** Makes the file that stands after -o, as a compiler does. */
const COMPILES = 'while [ $# -gt 0 ]; do [ "$1" = -o ] && : > "$2"; shift; done';
const calls = (): string => {
  const file = path.join(tree.folder, 'calls');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

async function provide(again = false, fallback = true): Promise<string> {
  const script = path.join(tree.root, 'scripts', 'bootstrap', 'store-module.mjs');
  const runtime = { executable: path.join(tree.folder, 'bin', 'electron'), fallback, version: '33.2.1' };
  const code = `import(${JSON.stringify(script)}).then(async (m) => console.log(await m.provideStoreModule(${JSON.stringify(runtime)}, { again: ${String(again)} }), '|', await m.storeModule(${JSON.stringify(runtime)})))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', code], {
    env: { PATH: `${path.join(tree.folder, 'bin')}${path.delimiter}/nowhere` },
  });
  return stdout.trim();
}

test('is built once, tested in the runtime, and found again', async () => {
  for (const name of ['g++', 'gcc']) program(name, COMPILES);
  program('electron', 'echo the module works');
  const said = await provide();
  expect(said).toMatch(/^the store’s module was built for it, .* \| .*better_sqlite3-13\.2\.0-\w+\.node$/);
  expect(calls()).toContain('-DNAPI_EXPERIMENTAL -DNAPI_VERSION=2147483647');
  expect(calls()).toContain('-DSQLITE_DQS=0 -DHAVE_USLEEP=1');
  expect(calls()).toMatch(/^electron .*self-test\.cjs/m);
  const before = calls();
  expect(await provide()).toMatch(/^undefined \| .*\.node$/);
  expect(calls()).toBe(before);
  // Another version of what it is built from wants another module.
  const manifest = path.join(tree.root, 'node_modules', 'better-sqlite3', 'package.json');
  writeFileSync(manifest, JSON.stringify({ version: '13.3.0' }));
  expect(await provide()).toContain('better_sqlite3-13.3.0-');
});

test('without a compiler the backend stays under Node, and one line says so', async () => {
  program('electron', 'exit 1');
  expect(await provide()).toBe('no C++ compiler is here, so the backend runs under Node beside the window | undefined');
});

test.each([
  [
    'a compiler that fails',
    'echo "x.cpp:1: error: no such header" >&2; exit 1',
    'echo the module works',
    'no such header',
  ],
  ['a module that does not work', COMPILES, 'echo "TypeError: no such function" >&2; exit 1', 'no such function'],
  ['a runtime that crashes', COMPILES, 'kill -SEGV $$', 'it does not work in this runtime'],
])(
  '%s leaves the backend under Node, says why, and is not tried at every start',
  async (_name, compiler, runtime, why) => {
    for (const name of ['g++', 'gcc']) program(name, compiler);
    program('electron', runtime);
    const said = await provide();
    expect(said).toContain(why);
    expect(said).toContain('so the backend runs under Node beside the window | undefined');
    const before = calls();
    expect(await provide()).toBe('undefined | undefined');
    expect(calls()).toBe(before);
    expect(readdirSync(path.join(tree.root, '.laurel', 'store-module'))).toEqual(['refused.json']);
    await provide(true);
    expect(calls()).not.toBe(before);
  },
);

test('with the official runtime nothing is built', async () => {
  for (const name of ['g++', 'gcc']) program(name, COMPILES);
  expect(await provide(false, false)).toBe('undefined | undefined');
  expect(calls()).toBe('');
});
