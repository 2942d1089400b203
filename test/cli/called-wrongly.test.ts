import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../db/temporary-folder';
import { askInProcess } from './command-line';

test.each([
  [['gateway', '--port', '-1'], '--port needs a value; one that begins with a dash is written --port=-VALUE.'],
  [['gateway', '--port'], '--port needs a value; one that begins with a dash is written --port=-VALUE.'],
  [['gateway', '--json=1'], '--json takes no value.'],
  [['gateway', 'x y'], '“x y” has no place here: this command takes options only.'],
  [['gateway', '--zzz'], 'There is no option --zzz.'],
  [['simulate', '--zzz'], 'There is no option --zzz.'],
  [['simulate', '-q'], 'There is no option -q.'],
])('%j is answered in one sentence of its own', async (args, words) => {
  const end = await askInProcess(temporaryFolder(), ...args);
  expect([end.code, end.out]).toEqual([2, '']);
  expect(end.error.split('\n')[0]).toBe(words);
});

test.each([
  ['{"rules":[{"fault":"503"}]}', 'rules.0.fault must be "429" or "500"'],
  ['{"rules":[{"fault":"500","share":2}]}', 'rules.0.share must be 1 or less'],
  ['{"rules":[{"fault":"500","rate":1}]}', 'rules.0 has what means nothing here: rate'],
  ['{"rules":[{}]}', 'rules.0.fault must be "429" or "500"'],
  ['{}', 'rules is missing: a list is expected here'],
])('the fault file %s is refused as wrong', async (text, words) => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'f.json'), text);
  const end = await askInProcess(folder, 'gateway', '--faults', 'f.json');
  expect([end.code, end.error]).toEqual([1, expect.stringContaining(words)]);
  expect(end.error).not.toMatch(/Invalid|expected one of/);
});
