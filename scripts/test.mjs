/**
 * `npm test [-- STEP…]`: every check of the repository in order, one line each with its time. The output of a step is
 * shown only if it fails; the failed tests are named again at the end, where a log that is cut still has them, and the
 * last line adds up what the test runners counted. A test that fails and passes when its file is run again by itself is
 * named as unsteady, with why it failed: docs/decisions/0154.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './bootstrap/places.mjs';
import { explain, SetupError } from './bootstrap/report.mjs';
import { addCounts, countOf, noTests } from './test/counts.mjs';
import { failuresOf } from './test/failures.mjs';
import { filesToSeeAgain } from './test/second-look.mjs';
import { AGAIN_REPORT, steps } from './test/steps.mjs';

/** @typedef {import('./test/steps.mjs').Step} Step */

/** @param {string} line */
function say(line) {
  // All on one stream, so that the closing line is the last one whoever reads it.
  process.stdout.write(`${line}\n`);
}

/** @param {string[]} asked */
function choose(asked) {
  const unknown = asked.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    throw new SetupError(
      `there is no step called ${unknown.join(' or ')}.`,
      `choose from: ${steps.map((step) => step.name).join(', ')}.`,
    );
  }
  return steps.filter((step) => (asked.length === 0 ? !step.onlyWhenAsked : asked.includes(step.name)));
}

/**
 * The steps in their order; those that may stand side by side share a round of two, because most of them keep one
 * core busy and leave the other.
 *
 * @param {Step[]} chosen
 * @returns {Step[][]}
 */
function rounds(chosen) {
  /** @type {Step[][]} */
  const found = [];
  for (const step of chosen) {
    const last = found.at(-1);
    if (step.beside && last?.length === 1 && last[0]?.beside) {
      last.push(step);
    } else {
      found.push([step]);
    }
  }
  return found;
}

/** @param {Step} step */
function reportsOf(step) {
  return (step.reports ?? []).map((name) => path.join(root, 'test-results', name));
}

/**
 * Runs the files of a step's failed tests once more, where that can tell anything.
 *
 * @param {Step} step
 * @param {import('./test/failures.mjs').Failure[]} failures
 * @param {import('./test/counts.mjs').Count} count
 * @returns {Promise<boolean>} whether all their tests passed
 */
async function passesByItself(step, failures, count) {
  const files = step.again ? filesToSeeAgain(failures, count) : [];
  if (!step.again || files.length === 0) {
    return false;
  }
  const report = path.join(root, 'test-results', AGAIN_REPORT);
  rmSync(report, { force: true });
  const { code } = await step.again(files);
  const { passed, failed } = countOf(report);
  return code === 0 && failed === 0 && passed >= count.failed;
}

/** @param {Step} step */
async function carryOut(step) {
  const reports = reportsOf(step);
  for (const report of reports) {
    rmSync(report, { force: true });
  }
  const started = performance.now();
  const { code, output } = await step.run();
  const counts = reports.map(countOf);
  const count = counts.reduce(addCounts, noTests);
  // A runner that could not even start, or that failed beside its tests, has no failed test to show for it.
  const silent = counts.some(({ passed, failed }) => passed + failed === 0);
  const failures = reports.flatMap(failuresOf);
  const unsteady = !silent && count.failed > 0 && (await passesByItself(step, failures, count));
  const failed = !unsteady && (code !== 0 || count.failed > 0 || silent);
  const passed = count.passed + (unsteady ? count.failed : 0);
  const shown = unsteady ? `0 failed, ${count.failed} unsteady` : `${count.failed} failed`;
  const numbers = step.reports ? `, ${passed} passed, ${shown}` : '';
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`${failed ? 'FAILED' : 'ok    '} ${step.name.padEnd(12)} ${seconds.padStart(6)} s${numbers}`);
  if (failed) {
    say(output.trimEnd());
  }
  return { failed, failures, unsteady, count: unsteady ? { ...count, passed, failed: 0 } : count };
}

try {
  let total = noTests;
  let failedSteps = 0;
  let counted = 0;
  let unsteadyTests = 0;
  const stories = [];
  const chosen = choose(process.argv.slice(2));
  for (const steps of rounds(chosen)) {
    const ends = await Promise.all(steps.map(carryOut));
    for (const [index, { failed, failures, unsteady, count }] of ends.entries()) {
      for (const { test, why } of failures) {
        stories.push(`${unsteady ? 'UNSTEADY' : 'FAILED'} ${test}\n${why.replaceAll(/^/gm, '       ')}`);
      }
      unsteadyTests += unsteady ? failures.length : 0;
      total = addCounts(total, failed && count.failed === 0 ? { ...count, failed: 1 } : count);
      failedSteps += failed ? 1 : 0;
      counted += steps[index]?.reports ? 1 : 0;
    }
  }
  stories.forEach(say);
  const nothingRan = counted > 0 && total.passed + total.failed === 0;
  if (nothingRan) {
    say('No test ran at all, which counts as a failure.');
  }
  const leftOut = chosen.flatMap((step) => step.leftOut?.() ?? []);
  if (leftOut.length > 0) {
    say(`Left out, and part of npm test:\n${leftOut.map((line) => `  - ${line}`).join('\n')}`);
  }
  const leftToLong = chosen.flatMap(({ leftToLong }) => leftToLong ?? []);
  if (leftToLong.length > 0) {
    say(`Left to npm run test:long:\n${leftToLong.map((line) => `  - ${line}`).join('\n')}`);
  }
  process.exitCode = failedSteps > 0 || nothingRan ? 1 : 0;
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  const unsteady =
    unsteadyTests > 0 ? `, ${unsteadyTests} unsteady (passed by themselves; each is a fault to find)` : '';
  say(`${total.passed} passed, ${total.failed} failed${skipped}${unsteady}`);
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
