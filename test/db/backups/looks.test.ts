/** What is said of a backup that cannot be looked into, and of copies that nobody was told of. */
import { rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { lookIntoBackup } from '../../../db/backups/look';
import { pairOf } from '../../../db/backups/backups';
import { changeBackupNote } from '../../../db/backups/place';
import { reasonOfCode, reasonOfError } from '../../../db/backups/reasons';
import { takeBackup } from '../../../db/backups/take';
import { untoldCopies } from '../../../db/backups/update';
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

test('copies from before an update are named until somebody was told, those that are there and older', () => {
  const file = store();
  const copies = [`${file}.v0001.backup`, `${orgFileOf(file)}.v0001.backup`] as const;
  writeFileSync(copies[0], '');
  expect(untoldCopies(file)).toEqual([]);
  changeBackupNote(file, { updatedFrom: { workspace: 1, org: 1 } });
  expect(untoldCopies(file)).toEqual([copies[0]]);
  writeFileSync(copies[1], '');
  expect(untoldCopies(file)).toEqual([...copies]);
  changeBackupNote(file, { updatedFrom: { workspace: 99, org: 1 } });
  expect(untoldCopies(file)).toEqual([copies[1]]);
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
