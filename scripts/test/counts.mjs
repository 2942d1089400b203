/** Reading how many tests passed from the JSON reports of vitest and Playwright. */
import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @type {Count} */
export const noTests = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {Count} left
 * @param {Count} right
 * @returns {Count}
 */
export function addCounts(left, right) {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

/**
 * The counts in a report. A test file that could not be loaded counts as one failed test; a test that passed only when
 * it was tried again counts as failed.
 *
 * @param {string} file path of the JSON report
 * @returns {Count} all zero when there is no report or it is not whole
 */
export function countOf(file) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return noTests;
  }
  if (report.stats) {
    const { expected, unexpected, flaky, skipped } = report.stats;
    return { passed: expected, failed: Math.max(unexpected + flaky, report.errors?.length > 0 ? 1 : 0), skipped };
  }
  const files = /** @type {{ status: string, assertionResults: unknown[] }[]} */ (report.testResults ?? []);
  const unloadable = files.filter((entry) => entry.status === 'failed' && entry.assertionResults.length === 0).length;
  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + unloadable,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}
