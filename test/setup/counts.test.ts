import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addCounts, countOf, noTests } from '../../scripts/test/counts.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'laurel-counts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function report(contents: unknown): string {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, typeof contents === 'string' ? contents : JSON.stringify(contents));
  return file;
}

test('reads vitest, and counts a file that could not be loaded as a failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'passed', assertionResults: [{}, {}] },
    { status: 'failed', assertionResults: [{}] },
  ];
  const contents = { numPassedTests: 2, numFailedTests: 1, numPendingTests: 3, numTodoTests: 1, testResults };
  expect(countOf(report(contents))).toEqual({ passed: 2, failed: 2, skipped: 4 });
});

test('reads Playwright, and counts what passed only at the second try as a failure', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
  expect(countOf(report({ stats, errors: [] }))).toEqual({ passed: 5, failed: 2, skipped: 2 });
  const none = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
  expect(countOf(report({ stats: none, errors: [{ message: 'syntax' }] }))).toEqual({ ...noTests, failed: 1 });
});

test('a report that is missing or cut off counts nothing', () => {
  expect(countOf(path.join(folder, 'absent.json'))).toEqual(noTests);
  expect(countOf(report('{"numPassedTests": 3'))).toEqual(noTests);
});

test('adds up', () => {
  const sum = addCounts({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 });
  expect(sum).toEqual({ passed: 11, failed: 22, skipped: 33 });
});
