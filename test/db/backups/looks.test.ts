/** What is said of a backup that cannot be looked into, of updates that nobody was told of, and of copies. */
import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { lookIntoBackup } from '../../../db/backups/look';
import { pairOf } from '../../../db/backups/backups';
import { changeBackupNote } from '../../../db/backups/place';
import { reasonOfCode, reasonOfError } from '../../../db/backups/reasons';
import { takeBackup } from '../../../db/backups/take';
import { isUntoldUpdate } from '../../../db/backups/update';
import { copyView, updateCopies } from '../../../db/backups/update-copies';
import { ORG, orgFileOf, WORKSPACE } from '../../../db/kinds';
import { migrate } from '../../../db/migrate';
import { realFile } from '../../../db/real-file';
import { temporaryFolder } from '../temporary-folder';

function store(): string {
  const file = realFile(path.join(temporaryFolder(), 'w.laurel'));
  for (const [each, kind] of [
    [file, WORKSPACE],
    [orgFileOf(file), ORG],
  ] as const) {
    const connection = new Database(each);
    migrate(connection, kind.migrations, kind.applicationId);
    connection.close();
  }
  return file;
}

test('a backup is looked into beside what is there now, or beside nothing', async () => {
  const file = store();
  const told: { stage: string; done: number; total: number }[] = [];
  const order = { workspaceFile: file, occasion: 'by-hand', appVersion: '1', now: 5 } as const;
  const { backup } = await takeBackup(order, { progress: (report) => void told.push(report) });
  expect([...new Set(told.map(({ stage }) => stage))]).toEqual(['copy', 'check']);
  const bytes = [file, orgFileOf(file)].reduce((sum, each) => sum + statSync(each).size, 0);
  expect(told.at(-1)).toEqual({ stage: 'check', done: bytes, total: bytes });
  expect(lookIntoBackup(file, backup.id)).toMatchObject({ whole: true, present: { badges: 0 }, backup: { bar: null } });
  rmSync(file);
  expect(lookIntoBackup(file, backup.id)).toMatchObject({ whole: true, present: null });
  const { workspace } = pairOf(backup);
  rmSync(workspace);
  expect(lookIntoBackup(file, backup.id)).toMatchObject({ whole: false, backup: { bar: 'damaged' } });
  expect(() => lookIntoBackup(file, 'none')).toThrow('not there any more');
});

test('an update is told until somebody was told, once a file has left the version it had', () => {
  const file = store();
  expect(isUntoldUpdate(file)).toBe(false);
  changeBackupNote(file, { updatedFrom: { workspace: 1, org: 99 } });
  expect(isUntoldUpdate(file)).toBe(true);
  changeBackupNote(file, { updatedFrom: { workspace: 99, org: 1 } });
  expect(isUntoldUpdate(file)).toBe(true);
  changeBackupNote(file, { updatedFrom: { workspace: 99, org: 99 } });
  expect(isUntoldUpdate(file)).toBe(false);
});

test('copies of single files from before an update are found beside the workspace, its own alone', () => {
  const file = store();
  const base = path.basename(file);
  const names = [`${base}.v0001.backup`, `${base}-org.v0012.backup.unfinished`, `${base}-practice.v0003.backup`];
  for (const [index, name] of names.entries()) {
    writeFileSync(path.join(path.dirname(file), name), 'x'.repeat(index));
    utimesSync(path.join(path.dirname(file), name), 100 + index, 100 + index);
  }
  const none = [`other-${base}.v0001.backup`, `${base}2.v0001.backup`, `${base}.v0001.backup.txt`, `${base}.vx.backup`];
  for (const name of none) writeFileSync(path.join(path.dirname(file), name), '');
  mkdirSync(path.join(path.dirname(file), `${base}.v0002.backup`));
  expect(updateCopies(file).map(copyView)).toEqual([
    { id: names[2], of: 'practice', madeOn: 102_000_000, bytes: 2 },
    { id: names[1], of: 'org', madeOn: 101_000_000, bytes: 1 },
    { id: names[0], of: 'workspace', madeOn: 100_000_000, bytes: 0 },
  ]);
  expect(updateCopies(path.join(temporaryFolder(), 'gone', 'w.laurel'))).toEqual([]);
});

test.each([
  ['ENOSPC', 'backups.reasonFull'],
  ['EDQUOT', 'backups.reasonFull'],
  ['EFBIG', 'backups.reasonFull'],
  ['SQLITE_FULL', 'backups.reasonFull'],
  ['EROFS', 'backups.reasonReadOnly'],
  ['SQLITE_READONLY_DIRECTORY', 'backups.reasonReadOnly'],
  ['EACCES', 'backups.reasonForbidden'],
  ['EPERM', 'backups.reasonForbidden'],
  ['SQLITE_PERM', 'backups.reasonForbidden'],
  ['ENOENT', 'backups.reasonGone'],
  ['ENOTDIR', 'backups.reasonGone'],
  ['SQLITE_CANTOPEN', 'backups.reasonGone'],
  ['EIO', 'backups.reasonBroken'],
  ['SQLITE_IOERR_READ', 'backups.reasonBroken'],
  ['SQLITE_CORRUPT', 'backups.reasonDamaged'],
  ['SQLITE_NOTADB', 'backups.reasonDamaged'],
  ['EXDEV', 'backups.reasonOther'],
])('%s is said as %s', (code, key) => {
  expect(reasonOfCode(code).key).toBe(key);
  expect(reasonOfError(Object.assign(new Error(code), { code }))?.key).toBe(key);
});

test('an error of the program has no reason', () => {
  expect(reasonOfError(new Error('x'))).toBeNull();
  expect(reasonOfError(Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' }))).toBeNull();
});
