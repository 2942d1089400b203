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

try {
  let total = noTests;
  let failedSteps = 0;
  let counted = 0;
  /** @type {import('./test/failures.mjs').Failure[]} */
  const failures = [];
  const chosen = choose(process.argv.slice(2));
  for (const step of chosen) {
    const report = step.report && path.join(root, 'test-results', step.report);
    if (report) {
      rmSync(report, { force: true });
      counted += 1;
    }
    const started = performance.now();
    const { code, output } = await step.run();
    const count = report ? countOf(report) : noTests;
    failures.push(...(report ? failuresOf(report) : []));
    // A runner that could not even start, or that failed beside its tests, has no failed test to show for it.
    const failed = code !== 0 || count.failed > 0;
    total = addCounts(total, failed && count.failed === 0 ? { ...count, failed: 1 } : count);
    failedSteps += failed ? 1 : 0;
    const numbers = report ? `, ${count.passed} passed, ${count.failed} failed` : '';
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`${failed ? 'FAILED' : 'ok    '} ${step.name.padEnd(12)} ${seconds.padStart(6)} s${numbers}`);
    if (failed) {
      say(output.trimEnd());
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
