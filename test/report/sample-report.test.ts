import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { laurel } from '../cli/command-line';
import { temporaryFolder } from '../db/temporary-folder';
import { bundleCommandLine } from '../setup/command-line-once';
import { wordsOf } from './read-report';

beforeAll(bundleCommandLine);

const SAMPLE = path.join(import.meta.dirname, '../../docs/sample-report');

/** To be written anew by `npm run sample-report` when it differs on purpose. */
test('the report of the docs is what its own last line writes today', async () => {
  const page = readFileSync(path.join(SAMPLE, 'thousand-cups.html'), 'utf8');
  const line = /laurel (report thousand-cups\.scenario\.json .* --out thousand-cups\.html)/.exec(wordsOf(page))?.[1];
  const folder = temporaryFolder();
  copyFileSync(path.join(SAMPLE, 'thousand-cups.scenario.json'), path.join(folder, 'thousand-cups.scenario.json'));
  const end = await laurel(folder, ...(line ?? '').replaceAll("'", '').split(' '));
  expect(end.code, end.error).toBe(0);
  expect(readFileSync(path.join(folder, 'thousand-cups.html'), 'utf8')).toBe(page);
});
