import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { databaseFailure, interruptedFailure, wayOutOf } from '../../db/failures';
import { WORKSPACE } from '../../db/kinds';
import { lockFile } from '../../db/lock';
import { readHolder } from '../../electron/disk/lock-holder';
import { openDatabase } from '../../db/open';
import { realFile } from '../../db/real-file';
import { openWorkspace } from '../../db/workspace/workspace';
import { Failure } from '../../shared/ipc/errors';
import { makeImmutable, smallDisk } from './small-disk';
import { onDisk, temporaryFolder } from './temporary-folder';
import { inEnglish } from '../../shared/words/english';

const wordsOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    return (error as Failure).message;
  }
  throw new Error('It should have failed.');
};

describe('a workspace under several names', () => {
  test('a link to the file, to its folder, or to a link finds the lock of the file', async () => {
    const folder = realFile(temporaryFolder());
    mkdirSync(path.join(folder, 'real'));
    const file = path.join(folder, 'real', 'spring.laurel');
    symlinkSync('real', path.join(folder, 'folder-link'));
    symlinkSync(path.join('folder-link', 'spring.laurel'), path.join(folder, 'file-link'));
    const names = [path.join(folder, 'folder-link', 'spring.laurel'), path.join(folder, 'file-link')];
    // The links lead nowhere yet: what is made under them is made where they point.
    for (const name of names) expect(realFile(name)).toBe(file);
    const workspace = await openWorkspace(names[1] as string);
    expect(readdirSync(path.join(folder, 'real'))).toContain('spring.laurel');
    for (const name of [...names, file]) {
      expect(await wordsOf(() => lockFile(name, 'command', 0))).toContain('spring.laurel is already open');
    }
    workspace.close();
    expect(readdirSync(folder).sort()).toEqual(['file-link', 'folder-link', 'real']);
  });

  test('a circle of links is told as one', async () => {
    const folder = temporaryFolder();
    symlinkSync('b', path.join(folder, 'a'));
    symlinkSync('a', path.join(folder, 'b'));
    expect(await wordsOf(() => openWorkspace(path.join(folder, 'a')))).toContain('leads back to itself');
  });

  test('a second name of the same file is refused under both, and nothing is made beside it', async () => {
    const folder = temporaryFolder();
    const [one, other] = [path.join(folder, 'one'), path.join(folder, 'other')];
    (await openWorkspace(one)).close();
    linkSync(one, other);
    const before = readdirSync(folder);
    for (const name of [one, other]) expect(await wordsOf(() => openWorkspace(name))).toMatch(/hard link.*copy/);
    expect(readdirSync(folder)).toEqual(before);
    rmSync(other);
    (await openWorkspace(one)).close();
  });

  test.skipIf(process.platform === 'win32')('a folder, a pipe and a device are refused at once', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'folder'));
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    for (const name of [path.join(folder, 'folder'), path.join(folder, 'pipe'), '/dev/zero']) {
      expect(await wordsOf(() => openWorkspace(name))).toMatch(/cannot be read: it is (a folder|no ordinary file)/);
    }
    expect(readdirSync(folder).sort()).toEqual(['folder', 'pipe']);
  });
});

describe('who has the lock', () => {
  const nobody = { pid: 2 ** 30, started: null };
  const us = { pid: process.pid, started: null };
  const note = { role: 'window', host: hostname(), process: us, parent: us };

  /** Takes a lock and has its note say something else; what the next start is told. */
  async function told(changes: object | string): Promise<string> {
    const file = path.join(temporaryFolder(), 'spring.laurel');
    const lock = lockFile(file, 'window');
    const text = typeof changes === 'string' ? changes : JSON.stringify({ ...note, ...changes });
    writeFileSync(`${realFile(file)}-lock-holder`, text);
    const words = await wordsOf(() => lockFile(file, 'command', 0));
    lock.release();
    expect(words).toMatch(/Nothing was changed\.$/);
    return words;
  }

  test('a window, a command and a practice org that are alive are named', async () => {
    expect(await told({})).toContain(`already open in another Laurel window (process ${String(process.pid)})`);
    expect(await told({ role: 'command' })).toContain('already open in another Laurel command');
    expect(await told({ role: 'practice' })).toContain('already open in another practice org');
  });

  test('a background process whose window has ended is named as that', async () => {
    expect(await told({ parent: nobody })).toMatch(
      /still held by a background process of Laurel whose window has ended/,
    );
    // A command's shell may have ended: that makes it no orphan.
    expect(await told({ role: 'command', parent: nobody })).toContain('already open in another Laurel command');
  });

  test('a process that has ended, or whose number belongs to another one now, is not blamed', async () => {
    for (const changes of [{ process: nobody }, { process: { ...us, started: 'another time' } }, '{"role": "win', '']) {
      const words = await told(changes);
      expect(words).toContain('in use by another program, which does not say what it is');
      expect(words).not.toMatch(/window \(|process \d/);
    }
  });

  test('another computer is named', async () => {
    expect(await told({ host: 'till-7' })).toContain('open in Laurel on the computer till-7');
  });

  test('the note is true while the lock is held, and gone with it', () => {
    const file = path.join(realFile(temporaryFolder()), 'spring.laurel');
    const lock = lockFile(file, 'practice');
    expect(readHolder(`${file}-lock`)).toMatchObject({
      state: 'alive',
      holder: { role: 'practice', process: { pid: process.pid } },
    });
    lock.release();
    expect(readHolder(`${file}-lock`)).toBeNull();
    lock.release();
    lockFile(file, 'window').release();
  });
});

function schemaOf(file: string): unknown {
  const connection = new Database(file);
  try {
    return connection.pragma('user_version', { simple: true });
  } finally {
    connection.close();
  }
}

describe('a disk or a file that cannot be written', () => {
  test.each([
    ['SQLITE_FULL', /disk is full/],
    ['SQLITE_IOERR_WRITE', /disk reported an error/],
    ['SQLITE_IOERR_SHMSIZE', /disk is full/],
    ['SQLITE_READONLY', /read-only/],
    ['SQLITE_READONLY_DIRECTORY', /read-only/],
    ['SQLITE_CANTOPEN', /may not be written by you/],
    ['SQLITE_BUSY', /Another program is writing/],
    ['SQLITE_BUSY_SNAPSHOT', /Another program is writing/],
    ['SQLITE_CORRUPT', /damaged/],
    ['SQLITE_CORRUPT_INDEX', /damaged/],
    ['SQLITE_NOTADB', /damaged/],
  ])('%s is told in words, alone and in the middle of work', (code, words) => {
    const error = new Database.SqliteError('of the driver', code);
    const file = path.join(temporaryFolder(), 'spring.laurel');
    for (const failure of [databaseFailure(error, file, 'Opening it'), interruptedFailure(error, 'This', [file])]) {
      expect(failure).toBeInstanceOf(Failure);
      expect((failure as Failure).message).toMatch(words);
      expect((failure as Failure).message).not.toMatch(/SQLITE|of the driver|\/laurel-/);
    }
  });

  test('where SQLite knows only that something failed, the cause is what the system says of the place', ({ skip }) => {
    const gone = path.join(temporaryFolder(), 'gone', 'spring.laurel');
    const vague = ['SQLITE_IOERR_FSYNC', 'SQLITE_CANTOPEN', 'SQLITE_READONLY_DIRECTORY'].map(
      (code) => new Database.SqliteError('of the driver', code),
    );
    const told = (file: string): string[] => vague.map((error) => inEnglish(wayOutOf(error, [file])!));
    for (const words of told(gone)) expect(words).toMatch(/folder is not there any more. Put it back/);
    const disk = smallDisk(200);
    if (disk === null) return skip('this process may not mount a disk');
    const file = path.join(disk.folder, 'spring.laurel');
    writeFileSync(file, '');
    expect(() => writeFileSync(path.join(disk.folder, 'filler'), Buffer.alloc(2_000_000))).toThrow('ENOSPC');
    for (const words of told(file)) expect(words).toBe('The disk is full. Free some space and try again.');
    expect(readdirSync(disk.folder).sort()).toEqual(['filler', 'spring.laurel']);
    disk.makeReadOnly();
    for (const words of told(file)) expect(words).toMatch(/^The file or its folder is read-only\. Allow writing to it/);
    // A file in memory cannot be locked so on every system.
    const locked = path.join(temporaryFolder(onDisk()), 'spring.laurel');
    writeFileSync(locked, '');
    if (makeImmutable(locked)) for (const words of told(locked)) expect(words).toMatch(/protected, and read-only/);
  });

  test('errors of the file system are told, those of sockets and of ourselves are not taken for them', () => {
    expect(wayOutOf(Object.assign(new Error(''), { code: 'ENOSPC', syscall: 'write' }))?.key).toBe('store.full');
    expect(wayOutOf(Object.assign(new Error(''), { code: 'EACCES', syscall: 'listen', address: '::1' }))).toBeNull();
    expect(wayOutOf(new TypeError('x is undefined'))).toBeNull();
    expect(wayOutOf(new Database.SqliteError('of ours', 'SQLITE_CONSTRAINT_UNIQUE'))).toBeNull();
  });

  test('a workspace on a full disk is refused in words and whole afterwards', async ({ skip }) => {
    const disk = smallDisk(1_000);
    if (disk === null) return skip('this process may not mount a disk');
    const file = path.join(disk.folder, 'spring.laurel');
    (await openWorkspace(file)).close();
    const filler = path.join(disk.folder, 'filler');
    expect(() => writeFileSync(filler, Buffer.alloc(2_000_000))).toThrow('ENOSPC');
    expect(await wordsOf(() => openWorkspace(file))).toMatch(
      /Opening spring.laurel failed and nothing was changed. The disk is full/,
    );
    rmSync(filler);
    (await openWorkspace(file)).close();
    disk.makeReadOnly();
    expect(await wordsOf(() => openWorkspace(file))).toMatch(/read-only/);
  });

  test('an update that finds no room for its copy is not begun, and made once there is room', async ({ skip }) => {
    const old = path.resolve(import.meta.dirname, '../fixtures/databases/v0003-workspace.synced.sqlite');
    const bytes = statSync(old).size;
    const disk = smallDisk(Math.ceil((bytes * 2.6) / 1024));
    if (disk === null) return skip('this process may not mount a disk');
    const file = path.join(disk.folder, 'spring.laurel');
    copyFileSync(old, file);
    const filler = path.join(disk.folder, 'filler');
    writeFileSync(filler, Buffer.alloc(Math.floor(bytes * 1.1)));
    expect(await wordsOf(() => openDatabase(file, WORKSPACE))).toMatch(
      /A copy of spring.laurel could not be saved before its update, .* nothing was changed\. The disk is full/,
    );
    expect(schemaOf(file)).toBe(3);
    expect(readdirSync(disk.folder).filter((name) => name.includes('backup'))).toEqual([]);
    rmSync(filler);
    const { connection, versionBefore } = await openDatabase(file, WORKSPACE);
    expect(versionBefore).toBe(3);
    connection.close();
    expect(schemaOf(file)).toBe(WORKSPACE.migrations.length);
  });

  test('a file that may not be changed is refused at its opening, not at the first save', async ({ skip }) => {
    const file = path.join(temporaryFolder(onDisk()), 'spring.laurel');
    (await openDatabase(file, WORKSPACE)).connection.close();
    if (!makeImmutable(file)) return skip('this process may not make a file immutable');
    expect(await wordsOf(() => openDatabase(file, WORKSPACE))).toMatch(/read-only/);
  });

  test('a file that cannot grow takes the whole change back, and says so', async () => {
    const file = path.join(temporaryFolder(), 'spring.laurel');
    const { connection } = await openDatabase(file, WORKSPACE);
    connection.pragma(`max_page_count = ${String(connection.pragma('page_count', { simple: true }))}`);
    const write = (): void => {
      connection
        .transaction(() => {
          for (let row = 0; row < 1_000; row += 1) {
            connection.prepare('INSERT INTO settings VALUES (?, ?)').run(String(row), 'x'.repeat(1_000));
          }
        })
        .immediate();
    };
    expect(write).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }));
    expect(connection.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(0);
    connection.close();
  });
});

test('a workspace that is deleted, moved or replaced under its window is noticed', async () => {
  const file = path.join(temporaryFolder(), 'spring.laurel');
  const workspace = await openWorkspace(file);
  workspace.requireThere();
  renameSync(file, `${file}.aside`);
  expect(await wordsOf(() => workspace.requireThere())).toMatch(/spring.laurel was deleted, moved or replaced/);
  writeFileSync(file, 'something else');
  expect(await wordsOf(() => workspace.requireThere())).toMatch(/deleted, moved or replaced/);
  renameSync(`${file}.aside`, file);
  workspace.requireThere();
  workspace.close();
});
