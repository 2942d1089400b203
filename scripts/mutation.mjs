/**
 * `npm run mutation -- FOLDER [--seed N] [--sample N] [--resume] [--files N] [--time SECONDS]`: plants one small wrong
 * after the other in a folder's sources and runs the tests that reach it; what no test notices survives. Prints the
 * score and every survivor, and ends with 1 below 85 % (docs/decisions/0075).
 *
 *   FOLDER     shared/domain, db or electron/backend/sync
 *   --seed     which mutants are drawn (1)
 *   --sample   how many (500)
 *   --resume   keeps what an earlier run of the same sources found, and shows survivors the tests they were not shown yet
 *   --files    how many test files, quickest first, a mutant is shown to at most (12)
 *   --time     seconds after which it stops and says how far it got; --resume goes on from there
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './bootstrap/places.mjs';
import { explain, SetupError } from './bootstrap/report.mjs';
import { planted } from './mutation/mutators.mjs';
import { hashOf, reachOf, testsReaching } from './mutation/reach.mjs';
import { mutantsBelow, sampleOf } from './mutation/sample.mjs';
import { testerFor, TOO_LONG } from './mutation/tester-process.mjs';
import { plantingTree } from './mutation/tree.mjs';
import { TESTS_OF } from '../test/mutation/folders.mjs';

/** The score that a sample must reach. */
const ENOUGH = 0.85;

/**
 * @typedef {object} Verdict
 * @property {string} killedBy what failed first; empty where the mutant survived
 * @property {string} source hash of the mutant's file
 * @property {Record<string, string>} shown the test files that a survivor was shown, and their hashes then
 *
 * @typedef {object} Kept
 * @property {Record<string, Verdict>} verdicts by a mutant's key
 */

/** After how many mutants the process that runs the tests is looked at: whether they still pass with nothing planted. */
const CONTROL = 20;

/** What the tests that one mutant is shown to take together, in milliseconds; the first takes what it takes. */
const MOST_AT_ONCE = 5_000;

/** What tests are given beyond three times what they took, in milliseconds: more is an endless loop. */
const PATIENCE = 3_000;

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      sample: { type: 'string', default: '500' },
      files: { type: 'string', default: '12' },
      time: { type: 'string', default: '0' },
      resume: { type: 'boolean', default: false },
    },
  });
  const folder = (positionals[0] ?? '').replace(/\/$/, '');
  const patterns = TESTS_OF[folder];
  if (!patterns || positionals.length > 1) {
    throw new SetupError(
      folder ? `no mutation run is set up for ${folder}.` : 'no folder was named.',
      `name one of: ${Object.keys(TESTS_OF).join(', ')}.`,
    );
  }
  const number = (/** @type {'seed' | 'sample' | 'files' | 'time'} */ name) => {
    const value = Number(values[name]);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new SetupError(`--${name} is not a whole number.`, `name one, such as --${name} 100.`);
  };
  return {
    folder,
    patterns,
    resume: values.resume,
    seed: number('seed'),
    sample: number('sample'),
    files: number('files'),
    time: number('time'),
  };
}

/**
 * @param {string} file
 * @param {any} instead
 */
function readJson(file, instead) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : instead;
}

/** How many times slower everything is on a machine that has much else to do. */
const slowness = () => Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

/**
 * How long tests may take before they are called endless.
 *
 * @param {number} duration that they took, in milliseconds
 */
const boundOf = (duration) => (PATIENCE + 3 * duration) * slowness();

/** @param {readonly { duration: number }[]} reaching */
const sumOf = (reaching) => reaching.reduce((sum, { duration }) => sum + duration, 0);

/**
 * The first test files in their order, as many as may be; one that takes too long gives way to quicker ones behind it.
 *
 * @template {{ duration: number }} T
 * @param {readonly T[]} reaching
 * @param {number} most
 * @param {number} time in milliseconds; the first may take more
 */
function withinBounds(reaching, most, time) {
  /** @type {T[]} */
  const chosen = [];
  for (const each of reaching) {
    if (chosen.length < most && (chosen.length === 0 || sumOf([...chosen, each]) <= time)) chosen.push(each);
  }
  return chosen;
}

/**
 * What tests took with everything loaded: less than when they were asked what they reach.
 *
 * @param {string} tree
 * @param {import('./mutation/reach.mjs').Reach} reach
 * @param {import('./mutation/tester.mjs').Report} report
 */
function learnDurations(tree, reach, report) {
  for (const { file, id, duration, state } of report.tests) {
    const known = reach[path.relative(tree, file)];
    if (!known || state !== 'passed') continue;
    known.duration += duration - (known.tests[id] ?? 0);
    known.tests[id] = duration;
  }
}

/** @param {import('./mutation/sample.mjs').PlacedMutant} mutant */
function inWords(mutant) {
  const replacement = mutant.replacement.replaceAll(/\s+/g, ' ').slice(0, 90);
  return `${mutant.file}:${String(mutant.line)}  ${mutant.mutator}: ${mutant.original} → ${replacement}`;
}

async function main() {
  const { folder, patterns, resume, seed, sample, files, time } = readArguments();
  const started = performance.now();
  const name = folder.replaceAll('/', '-');
  const state = path.join(root, 'out', 'mutation', name);
  const kept = path.join(state, 'verdicts.json');
  const tree = plantingTree(name);
  mkdirSync(state, { recursive: true });
  const texts = new Map();
  const textOf = (/** @type {string} */ file) => {
    if (!texts.has(file)) texts.set(file, readFileSync(path.join(tree, file), 'utf8'));
    return /** @type {string} */ (texts.get(file));
  };

  /** @type {{ key: string, reason: string }[]} */
  const equivalents = readJson(path.join(root, 'test/mutation/equivalent.json'), []);
  const reasons = new Map(equivalents.map(({ key, reason }) => [key, reason]));
  const all = mutantsBelow(tree, folder);
  const drawn = sampleOf(all, seed, sample);
  console.log(`${folder}: ${String(all.length)} mutants, ${String(drawn.length)} drawn with seed ${String(seed)}`);

  const reach = await reachOf(tree, folder, patterns, path.join(state, 'reach.json'));
  const hashOfTest = (/** @type {string} */ file) => (reach[file]?.hash ?? '').slice(0, 16);
  /** @type {Kept} */
  const known = resume ? readJson(kept, undefined) : undefined;
  const verdicts = known?.verdicts ?? {};
  const keep = () => writeFileSync(kept, JSON.stringify({ verdicts }, null, 1));
  const tester = testerFor(tree);
  // An endless loop would go on without anybody.
  process.on('exit', () => tester.stop());
  let isEnding = false;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      if (isEnding) process.exit(1);
      isEnding = true;
      console.log('  ends after this mutant with the score so far; at once when it is told again');
    });
  }
  /** @type {Record<string, Record<string, number>>} source → test file → how many mutants it has caught */
  const caught = {};
  /** @type {import('./mutation/sample.mjs').PlacedMutant[]} judged since the tests last passed with nothing planted */
  let unproven = [];
  /** Keys of those that are judged again: each in a process of its own, for one of them leaves something behind. */
  const apart = new Set();
  /** @type {import('./mutation/tester.mjs').Order['tests']} what failed last */
  let lastFailed = [];
  let bundlesAreClean = false;
  let run = 0;
  let stopped = false;
  const queue = [...drawn];
  try {
    for (;;) {
      if (unproven.length >= CONTROL || (queue.length === 0 && unproven.length > 0)) {
        const order = { changed: [], bundles: !bundlesAreClean, bail: true, tests: lastFailed };
        bundlesAreClean = true;
        const { failure } = lastFailed.length === 0 ? {} : await tester.ask(order, boundOf(60_000));
        if (failure) {
          console.log(
            `  with nothing planted a test fails (${failure}): ${String(unproven.length)} are run again, each by itself`,
          );
          for (const mutant of unproven) {
            delete verdicts[mutant.key];
            apart.add(mutant.key);
          }
          queue.unshift(...unproven);
          tester.stop();
        }
        unproven = [];
        lastFailed = [];
        keep();
      }
      const mutant = queue.shift();
      if (!mutant) break;
      if (reasons.has(mutant.key)) continue;
      const source = hashOf(tree, [mutant.file]);
      const before = verdicts[mutant.key];
      const isKnown = before?.source === source;
      if (isKnown && before.killedBy !== '') continue;
      const text = textOf(mutant.file);
      const by = (caught[mutant.file] ??= {});
      const shown = isKnown ? before.shown : {};
      const reaching = testsReaching(reach, text, mutant, by).filter(({ file }) => shown[file] !== hashOfTest(file));
      if (isKnown && reaching.length === 0) continue;
      if (isEnding || (time > 0 && performance.now() - started > time * 1000)) {
        stopped = true;
        break;
      }
      const file = path.join(tree, mutant.file);
      const chosen = withinBounds(reaching, files, MOST_AT_ONCE * slowness());
      let killedBy = '';
      if (chosen.length > 0) {
        const isOutside = chosen.some(({ outside }) => outside);
        const order = {
          changed: [file],
          bundles: isOutside || !bundlesAreClean,
          bail: true,
          tests: chosen.map((each) => ({ file: path.join(tree, each.file), ...(each.ids ? { ids: each.ids } : {}) })),
        };
        writeFileSync(file, planted(text, mutant));
        try {
          const report = await tester.ask(order, boundOf(sumOf(chosen)));
          killedBy = report.failure ?? '';
          learnDurations(tree, reach, report);
          if (report.failedIn) {
            const testFile = path.relative(tree, report.failedIn);
            by[testFile] = (by[testFile] ?? 0) + 1;
            lastFailed = order.tests.filter((each) => each.file === report.failedIn);
          }
        } finally {
          writeFileSync(file, text);
        }
        bundlesAreClean = !isOutside;
        if (apart.has(mutant.key)) {
          tester.stop();
        } else {
          await tester.ask({ changed: [file], bundles: false, bail: true, tests: [] }, 60_000);
          if (killedBy) unproven.push(mutant);
        }
      }
      const seen = Object.fromEntries(chosen.map((each) => [each.file, hashOfTest(each.file)]));
      verdicts[mutant.key] = { killedBy, source, shown: killedBy ? {} : { ...shown, ...seen } };
      run += 1;
      keep();
      if (killedBy === TOO_LONG) console.log(`  ${TOO_LONG}  ${inWords(mutant)}`);
      if (!killedBy)
        console.log(`  survived  ${inWords(mutant)}${reaching.length === 0 ? '  (no test reaches it)' : ''}`);
      if (run % 25 === 0) console.log(`  ${String(run)} run in ${((performance.now() - started) / 1000).toFixed(0)} s`);
    }
  } finally {
    tester.stop();
  }

  const equivalent = drawn.filter((mutant) => reasons.has(mutant.key));
  const judged = drawn.filter((mutant) => !reasons.has(mutant.key) && verdicts[mutant.key]);
  const survivors = judged.filter((mutant) => verdicts[mutant.key]?.killedBy === '');
  const killed = judged.length - survivors.length;
  const score = judged.length === 0 ? 0 : killed / judged.length;
  console.log(`\nSurvivors of ${folder}:`);
  for (const mutant of survivors) console.log(`  ${inWords(mutant)}\n    ${mutant.key}`);
  const left = drawn.length - judged.length - equivalent.length;
  console.log(
    `\n${folder}, seed ${String(seed)}: ${String(killed)} of ${String(judged.length)} killed = ${(100 * score).toFixed(1)} %` +
      (equivalent.length > 0 ? `, ${String(equivalent.length)} change nothing and are not counted` : '') +
      (left > 0 ? `, ${String(left)} not run yet (go on with --resume)` : ''),
  );
  process.exitCode = stopped || score < ENOUGH ? 1 : 0;
}

try {
  await main();
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
