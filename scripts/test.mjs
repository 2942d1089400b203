/**
 * `npm test [-- STEP…]`: every check of the repository in order, one line each with its time. The output of a step is
 * shown only if it fails; the failed tests are named again at the end, where a log that is cut still has them, and the
 * last line adds up what the test runners counted.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './bootstrap/places.mjs';
import { explain, SetupError } from './bootstrap/report.mjs';
import { addCounts, countOf, noTests } from './test/counts.mjs';
import { failuresOf } from './test/failures.mjs';
import { steps } from './test/steps.mjs';

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
  const failed = code !== 0 || count.failed > 0 || silent;
  const numbers = step.reports ? `, ${count.passed} passed, ${count.failed} failed` : '';
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`${failed ? 'FAILED' : 'ok    '} ${step.name.padEnd(12)} ${seconds.padStart(6)} s${numbers}`);
  if (failed) {
    say(output.trimEnd());
  }
  return { step, failed, count };
}

try {
  let total = noTests;
  let failedSteps = 0;
  let counted = 0;
  /** @type {import('./test/failures.mjs').Failure[]} */
  const failures = [];
  const chosen = choose(process.argv.slice(2));
  for (const steps of rounds(chosen)) {
    const ends = await Promise.all(steps.map(carryOut));
    for (const { step, failed, count } of ends) {
      failures.push(...reportsOf(step).flatMap(failuresOf));
      total = addCounts(total, failed && count.failed === 0 ? { ...count, failed: 1 } : count);
      failedSteps += failed ? 1 : 0;
      counted += step.reports ? 1 : 0;
    }
  }
  for (const { test, why } of failures) {
    say(`FAILED ${test}\n${why.replaceAll(/^/gm, '       ')}`);
  }
  const nothingRan = counted > 0 && total.passed + total.failed === 0;
  if (nothingRan) {
    say('No test ran at all, which counts as a failure.');
  }
  const leftOut = chosen.flatMap((step) => step.leftOut?.() ?? []);
  if (leftOut.length > 0) {
    say(`Left out, and part of npm test:\n${leftOut.map((line) => `  - ${line}`).join('\n')}`);
  }
  process.exitCode = failedSteps > 0 || nothingRan ? 1 : 0;
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  say(`${total.passed} passed, ${total.failed} failed${skipped}`);
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
