import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { storedBackups } from '../../db/backups/backups';
import { orgFileOf } from '../../db/kinds';
import { COMMANDS } from '../../electron/cli/commands';
import { writePlan } from '../../electron/backend/sync/plans/plan-file';
import { testBackend } from '../backend/open-backend';
import { liveBody } from '../backend/sync/practice-org';
import { temporaryFolder } from '../db/temporary-folder';
import { askInProcess, type CommandEnd } from './command-line';

const ORG_NAME = 'never pulled';
const AT_ORG = ['--org', ORG_NAME, '--workspace', 'w.laurel'];
const IN_WORKSPACE = ['--workspace', 'w.laurel'];

/**
 * Every command that takes `--workspace`, and what becomes of a workspace of an earlier version: `left`, it is not
 * changed and nothing is put beside it; `updated`, a backup of both files in the form they had is listed.
 */
const CALLS: readonly (readonly [args: readonly string[], becomes: 'left' | 'updated'])[] = [
  [['inspect', 'customers.csv', '--profile', 'none', ...IN_WORKSPACE], 'updated'],
  [
    ['issue', '--badge', 'a.badge.json', '--customers', 'customers.csv', '--action', 'enrol', ...IN_WORKSPACE],
    'updated',
  ],
  [['scorecard', 'spring.scenario.json', ...AT_ORG], 'updated'],
  [['badges', 'export', '--out', 'badges', ...IN_WORKSPACE], 'left'],
  [['badges', 'import', 'a.badge.json', ...IN_WORKSPACE], 'updated'],
  [['folder', 'status', 'programme', ...IN_WORKSPACE], 'updated'],
  [['sheet', '--out', 'sheet.html', ...IN_WORKSPACE], 'left'],
  [['art', 'export', '--out', 'pictures', ...IN_WORKSPACE], 'left'],
  [['network', 'http://127.0.0.1:1', ...IN_WORKSPACE], 'left'],
  [['diff', 'programme', ...AT_ORG], 'left'],
  [['plan', 'programme', '--out', 'p.plan.json', ...AT_ORG], 'left'],
  [['apply', 'old.plan.json', ...AT_ORG], 'updated'],
  [['probe', ...AT_ORG], 'left'],
  [['probe', '--test-org', 'another', ...AT_ORG], 'updated'],
  [['record', '--connection', ORG_NAME, ...IN_WORKSPACE], 'left'],
  [['audit', ...IN_WORKSPACE], 'left'],
  [['backup', 'list', ...IN_WORKSPACE], 'left'],
  [['export', '--out', 'all', ...IN_WORKSPACE], 'left'],
  [['import', 'all', ...IN_WORKSPACE], 'left'],
  [['forget', '1', ...IN_WORKSPACE], 'updated'],
];
/** It serves until its input ends; its tools read through `readLibrary` and write through `openWorkspaceAlone`, as these do. */
const SERVES = ['mcp'];

const versionOf = (file: string): number => readFileSync(file).readUInt32BE(60);

/** In a folder of its own: the workspace as its own program left it, in WAL mode, and the files that the commands name. */
function oldWorkspace(): { folder: string; file: string } {
  const folder = temporaryFolder();
  const file = path.join(folder, 'w.laurel');
  const databases = path.resolve('test/fixtures/databases');
  copyFileSync(path.join(databases, 'v0003-workspace.synced.sqlite'), file);
  copyFileSync(path.join(databases, 'v0001-org.sqlite'), orgFileOf(file));
  for (const each of [file, orgFileOf(file)]) {
    const connection = new Database(each);
    connection.pragma('journal_mode = WAL');
    connection.close();
  }
  mkdirSync(path.join(folder, 'programme'));
  const put = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
  put('a.badge.json', JSON.stringify(liveBody({ name: 'A' })));
  put('programme/a.badge.json', JSON.stringify(liveBody({ name: 'A' })));
  put('customers.csv', 'id\n1\n2\n');
  cpSync(path.resolve('test/fixtures/scenarios'), folder, { recursive: true });
  const org = { name: ORG_NAME, address: 'https://test.example', kind: 'test' as const, timeZone: 'Europe/Berlin' };
  put(
    'old.plan.json',
    writePlan({
      ...{ schema: 'laurel/plan@1', madeOn: '2026-05-04T09:30:00Z', madeBy: 'Laurel 1.2.3', org },
      ...{ restsOn: [], requests: [] },
    }),
  );
  return { folder, file };
}

test('every command that takes a workspace is tried on an old one', async () => {
  const taking = await Promise.all(
    COMMANDS.map(async ({ name, load }) => ('workspace' in ((await load()).options ?? {}) ? name : null)),
  );
  const tried = [...new Set([...CALLS.map(([args]) => args[0]), ...SERVES])];
  expect(taking.filter((name) => name !== null).sort()).toEqual(tried.sort());
});

test.for(CALLS)('laurel %s on an old workspace', async ([args, becomes]) => {
  const { folder, file } = oldWorkspace();
  const beside = readdirSync(folder);
  const [before, orgBefore] = [readFileSync(file), readFileSync(orgFileOf(file))];
  const end = await askInProcess(folder, ...args);
  const said = `${end.out}${end.error}`;
  if (becomes === 'left') {
    expect(readFileSync(file).equals(before), said).toBe(true);
    expect(readFileSync(orgFileOf(file)).equals(orgBefore), said).toBe(true);
    const added = readdirSync(folder).filter((name) => !beside.includes(name) && name.startsWith('w.laurel'));
    expect(
      added.filter((name) => !name.endsWith('-lock')),
      said,
    ).toEqual([]);
    if (end.code !== 0 && args[0] !== 'import') expect(said).toContain('Open it once in Laurel');
  } else {
    expect(versionOf(file), said).toBeGreaterThan(3);
    expect(
      storedBackups(file).map(({ manifest }) => [manifest.occasion, manifest.schema]),
      said,
    ).toEqual([['update', { workspace: 3, org: 1 }]]);
    expect(
      readdirSync(folder).filter((name) => name.endsWith('.backup')),
      said,
    ).toEqual([]);
    const listed = await askInProcess(folder, 'backup', 'list', ...IN_WORKSPACE);
    expect(listed.out).toMatch(/^\S+Z-update-/);
  }
});

test('commands that only read go by the settings of a workspace that a window has open', async () => {
  const backend = await testBackend();
  const folder = path.dirname(backend.workspacePath);
  await backend.call('badges.addSamples', {});
  mkdirSync(path.join(folder, 'programme'));
  const ask = (...args: string[]): Promise<CommandEnd> =>
    askInProcess(folder, ...args, '--workspace', backend.workspacePath);
  const way = await ask('network', 'http://127.0.0.1:1');
  expect(way.error).toContain('127.0.0.1');
  expect(way.error).not.toContain('open');
  for (const args of [['diff', 'programme'], ['probe']]) {
    const end = await ask(...args, '--org', 'none');
    expect(end.error, args[0]).toContain('has no connection none');
  }
  await backend.close();
});
