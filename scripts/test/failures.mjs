/** Naming the tests that failed, from the JSON reports of vitest and Playwright. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../bootstrap/places.mjs';

/**
 * @typedef {object} Failure
 * @property {string} test where it stands and its title
 * @property {string} why the first lines of its message
 * @property {string} file as its runner takes it
 * @property {boolean} loaded false: the file as a whole could not be loaded
 */

/** @typedef {{ status: string, fullName: string, failureMessages?: string[] }} VitestTest */
/** @typedef {{ name: string, status: string, message?: string, assertionResults: VitestTest[] }} VitestFile */
/** @typedef {{ errors: { message?: string }[] }} Result */
/** @typedef {{ file: string, line: number, title: string, ok: boolean, tests: { status: string, results: Result[] }[] }} Spec */
/** @typedef {{ suites?: Suite[], specs?: Spec[] }} Suite */

const LINES = 8;

/** @param {string | undefined} message */
function firstLines(message) {
  const lines = stripVTControlCharacters(message ?? '').split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .slice(0, LINES)
    .join('\n');
}

/** @param {VitestFile} file */
function ofVitest(file) {
  const place = path.relative(root, file.name);
  if (file.status === 'failed' && file.assertionResults.length === 0) {
    return [{ test: place, why: firstLines(file.message), file: place, loaded: false }];
  }
  return file.assertionResults
    .filter(({ status }) => status === 'failed')
    .map((test) => {
      const why = firstLines(test.failureMessages?.[0]);
      return { test: `${place} › ${test.fullName}`, why, file: place, loaded: true };
    });
}

/**
 * @param {Suite} suite
 * @returns {Failure[]}
 */
function ofPlaywright(suite) {
  const own = (suite.specs ?? [])
    .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected' || status === 'flaky'))
    .map((spec) => {
      const results = spec.tests.flatMap((test) => test.results);
      const message = results.flatMap(({ errors }) => errors).at(0)?.message;
      const test = `${spec.file}:${spec.line} › ${spec.title}`;
      return { test, why: firstLines(message), file: spec.file, loaded: true };
    });
  return [...own, ...(suite.suites ?? []).flatMap(ofPlaywright)];
}

/**
 * The failed tests of a report, each with where it stands and the first lines of why. A file that could not be loaded
 * stands for its tests.
 *
 * @param {string} file path of the JSON report
 * @returns {Failure[]} none when there is no report or it is not whole
 */
export function failuresOf(file) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
  return report.suites ? ofPlaywright(report) : (report.testResults ?? []).flatMap(ofVitest);
}
