/** Who may put other files in the place of a workspace, and what is said where that is not to be. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { makeBackupFolder } from '../../../db/backups/place';
import { carryOutRestore, orderPlacing, placeBuiltPair, restoreBackup } from '../../../db/backups/restore';
import { takeBackup } from '../../../db/backups/take';
import { ORG, orgFileOf, WORKSPACE } from '../../../db/kinds';
import { lockFile } from '../../../db/lock';
import { migrate } from '../../../db/migrate';
import { realFile } from '../../../db/real-file';
import { temporaryFolder } from '../temporary-folder';

const ORDER = { appVersion: '1', now: 5, role: 'command' } as const;

/** Two files as a start makes them, with a mark by which they are known again. */
function pair(folder: string, mark: string): string {
  mkdirSync(folder, { recursive: true });
  const workspace = path.join(folder, 'w.laurel');
  for (const [file, kind] of [
    [workspace, WORKSPACE],
    [orgFileOf(workspace), ORG],
  ] as const) {
    const connection = new Database(file);
    migrate(connection, kind.migrations, kind.applicationId);
    connection.exec(`CREATE TABLE mark AS SELECT '${mark}' AS mark`);
    connection.close();
  }
  return realFile(workspace);
}

const markOf = (file: string): unknown => {
  const connection = new Database(file, { readonly: true });
  try {
    return connection.prepare('SELECT mark FROM mark').pluck().get();
  } finally {
    connection.close();
  }
};
const marksOf = (workspace: string): unknown[] => [workspace, orgFileOf(workspace)].map(markOf);

function places(): { workspaceFile: string; built: string } {
  const folder = temporaryFolder();
  const workspaceFile = pair(folder, 'before');
  const built = path.join(folder, '.laurel-0123.unfinished');
  pair(built, 'built');
  return { workspaceFile, built };
}

test.each<[string, (workspaceFile: string, built: string) => Promise<unknown>, string]>([
  ['what was built', (workspaceFile, built) => placeBuiltPair({ workspaceFile, ...ORDER }, built), 'built'],
  [
    'a backup',
    async (workspaceFile) => {
      const { backup } = await takeBackup({ workspaceFile, occasion: 'by-hand', appVersion: '1', now: 1 });
      for (const file of [workspaceFile, orgFileOf(workspaceFile)]) {
        const connection = new Database(file);
        connection.exec("UPDATE mark SET mark = 'since'");
        connection.close();
      }
      return { id: backup.id };
    },
    'before',
  ],
])(
  'while %s takes the place of a workspace nobody else has either file, and afterwards anybody may',
  async (_, begin, mark) => {
    const { workspaceFile, built } = places();
    let placing = begin(workspaceFile, built);
    if (mark === 'before') placing = restoreBackup({ workspaceFile, ...ORDER, ...((await placing) as { id: string }) });
    const files = [workspaceFile, orgFileOf(workspaceFile)];
    for (const file of files) expect(() => lockFile(file, 'window', 0), file).toThrow('already open');
    await placing;
    expect([marksOf(workspaceFile), existsSync(`${workspaceFile}-restoring`)]).toEqual([[mark, mark], false]);
    for (const file of files) lockFile(file, 'window', 0).release();
  },
);

test('a folder for backups is made in a folder that is there, and in no other', () => {
  const folder = temporaryFolder();
  makeBackupFolder(path.join(folder, 'one'));
  expect(readdirSync(folder)).toEqual(['one']);
  expect(() => makeBackupFolder(path.join(folder, 'gone', 'one'))).toThrow(/ENOENT/);
  expect(() => makeBackupFolder(path.join(folder, 'one'))).toThrow(/EEXIST/);
  expect(readdirSync(folder)).toEqual(['one']);
});

test('a file that another process has is told as one of the store', () => {
  const { workspaceFile } = places();
  const lock = lockFile(workspaceFile, 'window');
  let failure: unknown;
  try {
    lockFile(workspaceFile, 'command', 0);
  } catch (error) {
    failure = error;
  }
  lock.release();
  expect(failure).toMatchObject({ code: 'database', words: { key: 'store.inUseByWindow' } });
});

describe('an order for the next start', () => {
  const start = (workspaceFile: string) => carryOutRestore({ workspaceFile, ...ORDER });
  const orderOf = (file: string): string => `${file}-restore-order`;

  test('puts what was built in its place, once', async () => {
    const { workspaceFile, built } = places();
    orderPlacing(workspaceFile, built);
    expect((await start(workspaceFile))?.key).toBe('portable.imported');
    expect([marksOf(workspaceFile), existsSync(built), await start(workspaceFile)]).toEqual([
      ...[['built', 'built'], false, null],
    ]);
    expect(readdirSync(path.dirname(workspaceFile)).filter((name) => name.startsWith('.laurel-'))).toEqual([]);
  });

  test.each<[string, string, string | null]>([
    ['a backup that is gone says so itself', '{"id":"none"}', 'backups.notThere'],
    ['one that is no JSON is void', '{"id"', null],
    ['one of another form is void', '{"other":1}', null],
    ['one for a folder elsewhere is void', '{"built":"../../elsewhere"}', null],
  ])('%s', async (_, text, key) => {
    const { workspaceFile } = places();
    writeFileSync(orderOf(workspaceFile), text);
    expect((await start(workspaceFile))?.key ?? null).toBe(key);
    expect([existsSync(orderOf(workspaceFile)), marksOf(workspaceFile)]).toEqual([false, ['before', 'before']]);
  });

  test('leaves what is no file of the workspace out of a restore that a kill cut short', async () => {
    const { workspaceFile } = places();
    const staged = `${workspaceFile}-restoring`;
    pair(staged, 'staged');
    for (const end of ['-wal', '-shm', '-journal']) writeFileSync(`${workspaceFile}${end}`, 'of the file before');
    expect((await start(workspaceFile))?.key).toBe('backups.restoreFinished');
    for (const end of ['-wal', '-shm', '-journal']) expect(existsSync(`${workspaceFile}${end}`), end).toBe(false);
    expect([marksOf(workspaceFile), existsSync(staged)]).toEqual([['staged', 'staged'], false]);
    mkdirSync(staged);
    writeFileSync(path.join(staged, 'foreign'), 'kept');
    await expect(start(workspaceFile)).rejects.toThrow();
    expect(readFileSync(path.join(staged, 'foreign'), 'utf8')).toBe('kept');
    lockFile(workspaceFile, 'window', 0).release();
  });
});
