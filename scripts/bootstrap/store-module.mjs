/**
 * The store's native module for the fallback runtime. better-sqlite3's binary speaks Node-API 10, the fallback 9; of 10 it
 * needs only what 9 has as an experiment. So its unmodified sources are compiled against that, once, outside
 * node_modules: Laurel then runs as with the official runtime, its backend in a utility process (docs/decisions/0094).
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { modulesFolder, root, stateFolder } from './places.mjs';
import { lastLines, run } from './run.mjs';
import { findProgram } from './system-libraries.mjs';

/** Raise it when the way the module is built changes, so that older ones are made anew. */
const RECIPE = 1;
/** What stands for "experimental" where a module states the Node-API it speaks. */
const NAPI_EXPERIMENTAL = 2_147_483_647;

const home = path.join(stateFolder, 'store-module');
/** Tells main where the module is: `{ file, key }`. */
const current = path.join(home, 'current.json');
/** Why it could not be built: `{ key, reason }`. */
const refused = path.join(home, 'refused.json');
const declarations = path.join(root, 'scripts', 'bootstrap', 'store-module', 'post-finalizer.h');
const selfTest = path.join(root, 'scripts', 'bootstrap', 'store-module', 'self-test.cjs');

/** @param {string} name @returns {string} */
const versionOf = (name) => JSON.parse(readFileSync(path.join(modulesFolder, name, 'package.json'), 'utf8')).version;

/** @param {string} runtimeVersion */
function keyFor(runtimeVersion) {
  const parts = ['better-sqlite3', 'node-addon-api', 'node-api-headers'].map((name) => `${name} ${versionOf(name)}`);
  const text = [...parts, `electron ${runtimeVersion}`, process.arch, `recipe ${String(RECIPE)}`].join(', ');
  return `${versionOf('better-sqlite3')}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}

/** @param {string} file @returns {Promise<{ key?: string, file?: string, reason?: string }>} */
async function remembered(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return {};
  }
}

/** The C++ compiler that is there, or undefined. */
function compiler() {
  return findProgram(['g++', 'c++', 'clang++']);
}

/** @param {string} folder of better-sqlite3 @returns {string[]} how SQLite is to be compiled, as its own build says */
function sqliteDefinitions(folder) {
  const text = readFileSync(path.join(folder, 'deps', 'defines.gypi'), 'utf8');
  return [...text.matchAll(/'([A-Z][A-Z0-9_]*(?:=[^']*)?)'/g)].map((match) => `-D${String(match[1])}`);
}

/**
 * @param {string} work empty folder
 * @param {string} cxx the C++ compiler
 * @returns {Promise<string>} the module
 * @throws {Error} with the compiler's last lines
 */
async function compile(work, cxx) {
  const package_ = path.join(modulesFolder, 'better-sqlite3');
  const sqlite = path.join(package_, 'deps', 'sqlite3');
  const cc = findProgram([path.basename(cxx).replace('++', cxx.includes('clang') ? '' : 'cc'), 'gcc', 'cc']) ?? cxx;
  const shared = ['-c', '-O3', '-fPIC', '-DNDEBUG'];
  const jobs = [
    [
      cc,
      ...[...shared, '-std=c99', '-w', ...sqliteDefinitions(package_)],
      ...[path.join(sqlite, 'sqlite3.c'), '-o', path.join(work, 'sqlite3.o')],
    ],
    [
      cxx,
      ...[...shared, '-std=c++20', '-fno-exceptions', '-fvisibility=hidden', '-fvisibility-inlines-hidden'],
      ...['-DNAPI_EXPERIMENTAL', `-DNAPI_VERSION=${String(NAPI_EXPERIMENTAL)}`, '-include', declarations],
      ...['-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
      ...['-DBUILDING_NODE_EXTENSION', '-DNODE_GYP_MODULE_NAME=better_sqlite3'],
      ...['node-api-headers/include', 'node-addon-api'].flatMap((name) => ['-I', path.join(modulesFolder, name)]),
      ...['-I', sqlite, path.join(package_, 'src', 'better_sqlite3.cpp'), '-o', path.join(work, 'better_sqlite3.o')],
    ],
  ];
  const built = path.join(work, 'better_sqlite3.node');
  const link = [
    ...[cxx, '-shared', '-o', built, path.join(work, 'better_sqlite3.o'), path.join(work, 'sqlite3.o')],
    ...['-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-ldl'],
  ];
  const say = (/** @type {import('./run.mjs').Finished} */ done) => {
    if (done.code !== 0) {
      const said = done.output.split('\n').find((line) => /error/i.test(line)) ?? lastLines(done.output, 1);
      throw new Error(`it does not compile here: ${said.trim()}`);
    }
  };
  const limitMs = 15 * 60_000;
  (await Promise.all(jobs.map(([file = '', ...args]) => run(file, args, { limitMs })))).forEach(say);
  const [linker = '', ...linking] = link;
  say(await run(linker, linking, { limitMs }));
  return built;
}

/**
 * Provides the module where the fallback runtime is in use and a compiler is there. Where it cannot be had the backend
 * runs under the pinned Node; that is no failure. A refusal is remembered until what it is built from changes.
 *
 * @param {{ executable: string, fallback: boolean, version: string }} runtime
 * @param {{ again: boolean }} options `again`: try although it failed before
 * @returns {Promise<string | undefined>} where the backend will run and why, undefined when nothing was to do
 */
export async function provideStoreModule(runtime, { again }) {
  if (!runtime.fallback) {
    return undefined;
  }
  const key = keyFor(runtime.version);
  const known = await remembered(current);
  if (known.key === key && known.file !== undefined && existsSync(path.join(home, known.file))) {
    return undefined;
  }
  await rm(current, { force: true });
  if (!again && (await remembered(refused)).key === key) {
    return undefined;
  }
  const cxx = compiler();
  if (cxx === undefined) {
    return 'no C++ compiler is here, so the backend runs under Node beside the window';
  }
  await mkdir(home, { recursive: true });
  const work = await mkdtemp(path.join(home, 'in-preparation-'));
  try {
    const built = await compile(work, cxx);
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const args = [selfTest, path.join(modulesFolder, 'better-sqlite3'), built];
    const tested = await run(runtime.executable, args, { env, limitMs: 120_000, cwd: os.tmpdir() });
    if (tested.code !== 0 || !tested.stdout.includes('the module works')) {
      const said = tested.output.split('\n').find((line) => /error/i.test(line)) ?? lastLines(tested.output, 1);
      throw new Error(`it does not work in this runtime: ${said.trim()}`);
    }
    const file = `better_sqlite3-${key}.node`;
    await rename(built, path.join(home, file));
    await writeFile(current, `${JSON.stringify({ key, file })}\n`);
    await rm(refused, { force: true });
    return 'the store’s module was built for it, so the backend runs inside the runtime, as with the official one';
  } catch (error) {
    const reason = /** @type {Error} */ (error).message;
    await writeFile(refused, `${JSON.stringify({ key, reason })}\n`);
    return `the store’s module could not be built (${reason}), so the backend runs under Node beside the window`;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * The module that is in place for this tree's fallback runtime.
 * @param {{ version: string, fallback: boolean }} runtime
 * @returns {Promise<string | undefined>} its file
 */
export async function storeModule(runtime) {
  if (!runtime.fallback) return undefined;
  const { key, file } = await remembered(current);
  return file !== undefined && key === keyFor(runtime.version) ? path.join(home, file) : undefined;
}
