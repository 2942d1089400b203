/** Which tests reach which function of a folder, and how long each takes: one run of all tests over probed sources. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROBES_FILE, regionAt, regionsOf, withProbes } from './probes.mjs';
import { testerFor } from './tester-process.mjs';

/**
 * @typedef {object} FileReach
 * @property {string} hash of the test file
 * @property {number} duration of its tests in milliseconds
 * @property {Record<string, number>} tests ids and durations
 * @property {Record<string, { tests: string[], outside: boolean }>} regions `source:number` → ids; `file:` where the
 *   region ran outside of every test
 * @property {string} [failure] what failed in it with nothing planted
 *
 * @typedef {Record<string, FileReach>} Reach by test file
 */

/** How long one test file may take over probed sources, in milliseconds. */
const BOUND = 600_000;

/** What it takes to load a test file besides, in milliseconds. */
const LOADING = 200;

/**
 * Asks every test file that changed, or that reached a source which changed, since the answer was kept. A file that
 * fails with nothing planted is said and left out.
 *
 * @param {string} tree
 * @param {string} folder
 * @param {readonly string[]} patterns of tests
 * @param {string} kept file that keeps the answers
 * @returns {Promise<Reach>}
 */
export async function reachOf(tree, folder, patterns, kept) {
  const files = globSync(`${folder}/**/*.ts`, { cwd: tree }).filter((file) => !file.endsWith('.d.ts'));
  const sources = Object.fromEntries(files.map((file) => [file, hashOf(tree, [file])]));
  /** @type {{ sources: Record<string, string>, reach: Reach }} */
  const before = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : { sources: {}, reach: {} };
  const changed = Object.keys(before.sources).filter((file) => before.sources[file] !== sources[file]);
  const isAsked = (/** @type {string} */ test) => {
    const known = before.reach[test];
    if (known?.hash !== hashOf(tree, [test])) return true;
    return changed.some((source) => Object.keys(known.regions).some((region) => region.startsWith(`${source}:`)));
  };
  const tests = globSync([...patterns], { cwd: tree }).sort();
  const asked = new Set(tests.filter(isAsked));
  /** @type {Reach} */
  const reach = Object.fromEntries(
    tests.flatMap((test) => (before.reach[test] && !asked.has(test) ? [[test, before.reach[test]]] : [])),
  );
  const keep = () => writeFileSync(kept, JSON.stringify({ sources, reach }));
  const places = path.join(path.dirname(kept), 'probes.txt');
  mkdirSync(path.dirname(kept), { recursive: true });
  const texts = new Map(files.map((file) => [file, readFileSync(path.join(tree, file), 'utf8')]));
  const tester = testerFor(tree, { ...process.env, [PROBES_FILE]: places });
  let bundles = true;
  try {
    for (const [file, text] of texts) writeFileSync(path.join(tree, file), withProbes(text, file));
    for (const test of asked) {
      writeFileSync(places, '');
      const order = { changed: [], bundles, bail: false, tests: [{ file: path.join(tree, test) }] };
      bundles = false;
      const report = await tester.ask(order, BOUND);
      if (report.failure) {
        reach[test] = { hash: hashOf(tree, [test]), duration: 0, tests: {}, regions: {}, failure: report.failure };
        keep();
        continue;
      }
      const durations = Object.fromEntries(report.tests.map(({ id, duration }) => [id, duration]));
      reach[test] = {
        hash: hashOf(tree, [test]),
        duration: Object.values(durations).reduce((sum, duration) => sum + duration, 0),
        tests: durations,
        regions: regionsReached(readFileSync(places, 'utf8')),
      };
      keep();
    }
    keep();
    for (const { failure } of Object.values(reach)) {
      if (failure) console.log(`  left out until it changes, because it fails with nothing planted: ${failure}`);
    }
    return reach;
  } finally {
    tester.stop();
    for (const [file, text] of texts) writeFileSync(path.join(tree, file), text);
  }
}

/**
 * @param {string} tree
 * @param {readonly string[]} patterns
 */
export function hashOf(tree, patterns) {
  const hash = createHash('sha256');
  for (const file of globSync([...patterns], { cwd: tree }).sort()) {
    const place = path.join(tree, file);
    try {
      hash.update(`${file}\0`).update(readFileSync(place));
    } catch {
      // A folder.
    }
  }
  return hash.digest('hex');
}

/** @param {string} lines what the probes wrote while one test file ran */
function regionsReached(lines) {
  /** @type {FileReach['regions']} */
  const regions = {};
  for (const line of lines.split('\n')) {
    const [test, file, number, place] = line.split('\t');
    if (test === undefined || file === undefined || number === undefined) continue;
    const region = (regions[`${file}:${number}`] ??= { tests: [], outside: false });
    region.tests.push(test.startsWith('file:') ? 'file:' : test);
    region.outside ||= place === 'outside';
  }
  return regions;
}

/**
 * The tests that reach a mutant, file by file: those first that have caught most in the same source for what they take.
 *
 * @param {Reach} reach
 * @param {string} text of the mutant's file
 * @param {import('./sample.mjs').PlacedMutant} mutant
 * @param {Readonly<Record<string, number>>} caught how many mutants of this source each test file has caught
 */
export function testsReaching(reach, text, mutant, caught) {
  const region = `${mutant.file}:${String(regionAt(regionsOf(text), mutant.start))}`;
  /** @type {{ file: string, ids?: string[], duration: number, outside: boolean }[]} */
  const files = Object.entries(reach).flatMap(([file, { duration, tests, regions }]) => {
    const reached = regions[region];
    if (!reached) return [];
    const { outside } = reached;
    if (reached.tests.includes('file:')) return [{ file, duration, outside }];
    const ids = reached.tests.filter((id) => Object.hasOwn(tests, id));
    if (ids.length === 0) return [];
    return [{ file, ids, duration: ids.reduce((sum, id) => sum + (tests[id] ?? 0), 0), outside }];
  });
  // What has caught more and takes less is the likelier to answer soon; before anything was caught, what is named alike.
  const rank = (/** @type {{ file: string, duration: number }} */ { file, duration }) =>
    ((caught[file] ?? 0) + likeness(file, mutant.file)) / (duration + LOADING);
  return files.sort((one, other) => rank(other) - rank(one));
}

/**
 * How much a test file looks like a source's own by its place: as if it had caught one of its mutants where both have
 * one name, a third of one where they share a folder.
 *
 * @param {string} test such as `test/backend/sync/plans.test.ts`
 * @param {string} source such as `electron/backend/sync/plans.ts`
 */
function likeness(test, source) {
  const place = source.replace(/^electron\//, '').replace(/\.ts$/, '');
  if (test.startsWith(`test/${place}.`)) return 1;
  return path.posix.dirname(test) === `test/${path.posix.dirname(place)}` ? 0.3 : 0.1;
}
