import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../../electron/cli/commands';
import { badgeText } from '../domain/badge-bodies';
import { temporaryFolder } from '../db/temporary-folder';
import { bundleCommandLine } from '../setup/command-line-once';
import { askInProcess, laurel } from './command-line';

beforeAll(bundleCommandLine);

/** A device that ends at once: what forgets to refuse it goes on with an empty text, and does not keep the test waiting. */
const DEVICE = '/dev/null';
const ISSUE = ['--action', 'award', '--owner', 'Loyalty:626'];

/** The calls of each command that read a file which a person names. */
const CALLS: Record<string, readonly (readonly string[])[]> = {
  check: [[DEVICE]],
  inspect: [[DEVICE]],
  issue: [
    ['--badge', DEVICE, '--customers', 'c.csv', ...ISSUE],
    ['--badge', 'b.badge.json', '--customers', DEVICE, ...ISSUE],
    ['--badge', 'b.badge.json', '--customers', 'c.csv', '--workspace', DEVICE, ...ISSUE],
  ],
  gateway: ['--data', '--state', '--faults'].map((option) => [option, DEVICE]),
  simulate: [[DEVICE], ['s.scenario.json', '--rules', DEVICE]],
  merge: [[DEVICE]],
  compare: [[DEVICE, DEVICE]],
  report: [[DEVICE, '--out', 'x.html']],
  scorecard: [[DEVICE, 'c.csv']],
  art: [['check', DEVICE]],
  sheet: [[DEVICE, '--out', 'x.html']],
  test: [[DEVICE]],
  learn: [[DEVICE, '--out', 'x.scenario.json']],
  goal: [[DEVICE, '--serve', '1', '--knob', 'x']],
  why: [[DEVICE, '--customer', '1']],
  diff: [['.', '--org', 'linked.connection.json']],
  plan: [['.', '--org', 'linked.connection.json', '--out', 'p.plan.json']],
  apply: [[DEVICE]],
  import: [[DEVICE, '--workspace', 'new.laurel']],
  badges: [['import', DEVICE, '--workspace', 'new.laurel']],
  verify: [[DEVICE]],
  record: [[DEVICE, '--out', 'x']],
  replay: [[DEVICE]],
  probe: [['--org', 'linked.connection.json']],
};
/** These read no file but a workspace, which must be there as one, or none. */
const WITHOUT = ['backup', 'export', 'folder', 'forget', 'network', 'audit', 'mcp', 'completions', 'holidays'];

test('each command is asked', () => {
  expect([...Object.keys(CALLS), ...WITHOUT].sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
});

test.skipIf(process.platform === 'win32').each(Object.entries(CALLS))(
  '%s refuses what is no file, and says what it is',
  async (command, calls) => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'b.badge.json'), badgeText());
    writeFileSync(path.join(folder, 'c.csv'), 'customerId\n1\n');
    execFileSync('ln', ['-s', DEVICE, path.join(folder, 'linked.connection.json')]);
    for (const call of calls) {
      const { code, out, error } = await askInProcess(folder, command, ...call);
      expect({ call, code }).toEqual({ call, code: 1 });
      expect(`${out}${error}`).toMatch(/it is (?:a device, not a file|no ordinary file)/);
    }
  },
);

test.skipIf(process.platform === 'win32')('a pipe that nobody writes to keeps no command waiting', async () => {
  const folder = temporaryFolder();
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  for (const call of [
    ['import', 'pipe', '--workspace', 'new.laurel'],
    ['verify', 'pipe'],
  ]) {
    const { code, error } = await laurel(folder, ...call);
    expect([code, error]).toEqual([1, expect.stringMatching(/it is a pipe, not a file/)]);
  }
});
