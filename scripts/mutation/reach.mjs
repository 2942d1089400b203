/** Which tests reach which function of a folder, and how long each takes: one run of all tests over probed sources. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROBES_FILE, regionAt, regionsOf, withProbes } from './probes.mjs';
import { testerFor } from './tester-process.mjs';

/**
 * @typedef {object} Reach
 * @property {Record<string, { duration: number, tests: Record<string, number> }>} files test file → its tests' ids and
 *   durations in milliseconds
 * @property {Record<string, { tests: string[], outside: boolean }>} regions `file:number` → ids, or `file:<test file>`
 */

/**
 * @param {string} tree
 * @param {string} folder
 * @param {readonly string[]} patterns of tests
 * @param {string} kept file that keeps the answer for the same sources and tests
 * @returns {Promise<Reach>}
 * @throws {Error} when a test fails before anything was planted
 */
export async function reachOf(tree, folder, patterns, kept) {
  const tests = globSync([...patterns], { cwd: tree }).sort();
  const of = hashOf(tree, ['shared/**/*.ts', 'db/**/*', 'electron/**/*.ts', 'test/**/*.ts', 'scripts/mutation/*.mjs']);
  if (existsSync(kept)) {
    const before = JSON.parse(readFileSync(kept, 'utf8'));
    if (before.of === of) return before.reach;
  }
  const sources = globSync(`${folder}/**/*.ts`, { cwd: tree }).filter((file) => !file.endsWith('.d.ts'));
  const texts = new Map(sources.map((file) => [file, readFileSync(path.join(tree, file), 'utf8')]));
  const places = path.join(path.dirname(kept), 'probes.txt');
  rmSync(places, { force: true });
  mkdirSync(path.dirname(kept), { recursive: true });
  writeFileSync(places, '');
  const tester = testerFor(tree, { ...process.env, [PROBES_FILE]: places });
  try {
    for (const [file, text] of texts) writeFileSync(path.join(tree, file), withProbes(text, file));
    const order = {
      changed: [],
      bundles: true,
      bail: false,
      tests: tests.map((file) => ({ file: path.join(tree, file) })),
    };
    const report = await tester.ask(order, 1_800_000);
    if (report.failure) throw new Error(`Nothing was planted yet, and a test fails: ${report.failure}`);
    const reach = { files: filesOf(tree, report), regions: regionsReached(tree, readFileSync(places, 'utf8')) };
    writeFileSync(kept, JSON.stringify({ of, reach }));
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

/**
 * @param {string} tree
 * @param {import('./tester.mjs').Report} report
 */
function filesOf(tree, report) {
  /** @type {Reach['files']} */
  const files = {};
  for (const { file, id, duration } of report.tests) {
    const entry = (files[path.relative(tree, file)] ??= { duration: 0, tests: {} });
    entry.duration += duration;
    entry.tests[id] = duration;
  }
  return files;
}

/**
 * @param {string} tree
 * @param {string} lines
 */
function regionsReached(tree, lines) {
  /** @type {Reach['regions']} */
  const regions = {};
  for (const line of lines.split('\n')) {
    const [test, file, number, place] = line.split('\t');
    if (test === undefined || file === undefined || number === undefined) continue;
    const region = (regions[`${file}:${number}`] ??= { tests: [], outside: false });
    region.tests.push(test.startsWith('file:') ? `file:${path.relative(tree, test.slice('file:'.length))}` : test);
    region.outside ||= place === 'outside';
  }
  return regions;
}

/**
 * The tests that reach a mutant, file by file: those first that have caught most in the same source, then the quickest.
 *
 * @param {Reach} reach
 * @param {string} text of the mutant's file
 * @param {import('./sample.mjs').PlacedMutant} mutant
 * @param {number} most files
 * @param {Readonly<Record<string, number>>} caught how many mutants of this source each test file has caught
 */
export function testsReaching(reach, text, mutant, most, caught) {
  const regions = regionsOf(text);
  const number = regionAt(regions, mutant.start);
  const region = reach.regions[`${mutant.file}:${String(number)}`] ?? { tests: [], outside: false };
  const reached = new Set(region.tests);
  /** @type {{ file: string, ids?: string[], duration: number }[]} */
  const files = Object.entries(reach.files).flatMap(([file, { duration, tests }]) => {
    if (reached.has(`file:${file}`)) return [{ file, duration }];
    const ids = Object.keys(tests).filter((id) => reached.has(id));
    if (ids.length === 0) return [];
    return [{ file, ids, duration: ids.reduce((sum, id) => sum + (tests[id] ?? 0), 0) }];
  });
  const rank = (/** @type {string} */ file) => caught[file] ?? 0;
  files.sort((one, other) => rank(other.file) - rank(one.file) || one.duration - other.duration);
  const chosen = files.slice(0, most);
  return { files: chosen, outside: region.outside, duration: chosen.reduce((sum, file) => sum + file.duration, 0) };
}
