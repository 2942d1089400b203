import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap/places.mjs';
import { failuresOf } from '../../scripts/test/failures.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'laurel-failures-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function report(contents: unknown): string {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, typeof contents === 'string' ? contents : JSON.stringify(contents));
  return file;
}

test('names the failed tests of vitest, and a file that could not be loaded', () => {
  const testResults = [
    {
      name: path.join(root, 'test/a.test.ts'),
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'adds', failureMessages: [] },
        { status: 'failed', fullName: 'caps holds', failureMessages: ['\u001B[31mexpected 2\u001B[39m\n\n  to be 3'] },
      ],
    },
    { name: path.join(root, 'test/b.test.ts'), status: 'failed', message: 'no such module', assertionResults: [] },
  ];
  expect(failuresOf(report({ testResults }))).toEqual([
    { test: 'test/a.test.ts › caps holds', why: 'expected 2\n  to be 3', file: 'test/a.test.ts', loaded: true },
    { test: 'test/b.test.ts', why: 'no such module', file: 'test/b.test.ts', loaded: false },
  ]);
});

test('names the failed tests of Playwright, also one that passed at the second try', () => {
  const spec = (title: string, status: string, messages: string[]) => ({
    ...{ file: 'issue.e2e.ts', line: 9, title, ok: status === 'expected' },
    tests: [{ status, results: messages.map((message) => ({ errors: [{ message }] })) }],
  });
  const suites = [
    {
      specs: [spec('opens', 'expected', [])],
      suites: [{ specs: [spec('closes', 'unexpected', ['not closed']), spec('waits', 'flaky', ['too late'])] }],
    },
  ];
  expect(failuresOf(report({ stats: {}, suites }))).toEqual([
    { test: 'issue.e2e.ts:9 › closes', why: 'not closed', file: 'issue.e2e.ts', loaded: true },
    { test: 'issue.e2e.ts:9 › waits', why: 'too late', file: 'issue.e2e.ts', loaded: true },
  ]);
});

test('a report that is missing or cut off names none', () => {
  expect(failuresOf(path.join(folder, 'absent.json'))).toEqual([]);
  expect(failuresOf(report('{"testResults": ['))).toEqual([]);
});
