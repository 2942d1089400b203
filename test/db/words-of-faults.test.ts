/**
 * What a person reads of every fault of a disk, a database and a line, word for word. The records are read by a person
 * when they change (`vitest -u` writes them).
 */
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { DamagedFile, inWords, reasonOfCode, reasonOfError } from '../../db/backups/reasons';
import { damaged, databaseFailure, interruptedFailure, opening, requireFolder, wayOutOf } from '../../db/failures';
import {
  isKnownOutcome,
  LINE_FAULTS,
  OK,
  outcomeLabel,
  outcomeName,
  outcomeNumber,
  outcomeReason,
} from '../../db/org/outcomes';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import { readSettings } from '../../db/stored-settings';
import { Failure } from '../../shared/ipc/errors';
import { inEnglish } from '../../shared/words/english';
import { message, type Message } from '../../shared/words/message';
import { temporaryFolder } from './temporary-folder';

const words = (said: Message | null): string => (said === null ? '–' : inEnglish(said));
const record = (lines: readonly (readonly [string, string])[]): string =>
  `${lines.map(([name, said]) => `${name}: ${said}`).join('\n')}\n`;
const sqlite = (code: string): Error => new Database.SqliteError('of the driver', code);
const system = (code: string, more: object = { syscall: 'open' }): Error =>
  Object.assign(new Error('of the system'), { code }, more);

const SQLITE = [
  ...['FULL', 'IOERR_SHMSIZE', 'IOERR_WRITE', 'READONLY_DBMOVED', 'READONLY_DIRECTORY', 'PERM', 'AUTH_USER'],
  ...['CANTOPEN', 'BUSY_SNAPSHOT', 'LOCKED', 'PROTOCOL', 'NOMEM', 'TOOBIG', 'CORRUPT_INDEX', 'NOTADB', 'CONSTRAINT'],
].map((code) => `SQLITE_${code}`);
const SYSTEM = [
  ...['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'ENOENT', 'ENOTDIR', 'EEXIST', 'EISDIR'],
  ...['ELOOP', 'ENAMETOOLONG', 'EMFILE', 'ENFILE', 'EBUSY', 'EINVAL'],
];

describe('a fault of the disk', () => {
  test('has its way out', async () => {
    await expect(
      record([
        ...SQLITE.map((code) => [code, words(wayOutOf(sqlite(code)))] as const),
        ...SYSTEM.map((code) => [code, words(wayOutOf(system(code)))] as const),
      ]),
    ).toMatchFileSnapshot('./records/ways-out.txt');
  });

  test('that leaves open whether a whole transaction is kept does not say that nothing was changed', () => {
    const said = (code: string): string => (databaseFailure(sqlite(code), '/nowhere/x', 'Issuing') as Failure).message;
    for (const code of ['SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_DIR_FSYNC']) {
      expect(said(code)).toMatch(/^Issuing was at its end.*shows at the next start/);
      expect(said(code)).not.toMatch(/nothing was changed/);
    }
    expect(said('SQLITE_IOERR_WRITE')).toMatch(/^Issuing failed and nothing was changed/);
  });

  test('is the disk’s only where a call to the system failed on a file', () => {
    expect(wayOutOf(system('ENOSPC', {}))).toBeNull();
    expect(wayOutOf(system('EACCES', { syscall: 'connect', address: '127.0.0.1' }))).toBeNull();
    expect(wayOutOf(new Error('x'))).toBeNull();
    expect(wayOutOf({ code: 'EIO', syscall: 'open' })).toBeNull();
    expect(wayOutOf(Object.assign(new Error('x'), { code: 5, syscall: 'open' }))).toBeNull();
  });

  test('that SQLite leaves vague is asked of the system, place by place', () => {
    const folder = temporaryFolder();
    const there = [`${folder}/fine`];
    const nowhere = [...there, `${folder}/none/file`];
    for (const code of ['SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_PERM', 'SQLITE_AUTH']) {
      expect(words(wayOutOf(sqlite(code), nowhere)), code).toBe(words(wayOutOf(system('ENOENT'))));
      expect(words(wayOutOf(sqlite(code), there)), code).toBe(words(wayOutOf(sqlite(code))));
    }
    expect(words(wayOutOf(sqlite('SQLITE_BUSY'), nowhere))).toBe(words(wayOutOf(sqlite('SQLITE_BUSY'))));
  });

  test('is told with what was done and what is kept', async () => {
    const file = '/data/far/away/w.laurel';
    const said = (error: unknown): string =>
      error instanceof Failure ? `${error.code}: ${error.message}` : 'not ours';
    const folder = temporaryFolder();
    requireFolder(`${folder}/file`);
    let noFolder = 'no error';
    try {
      requireFolder('/data/far/away/none/w.laurel');
    } catch (error) {
      noFolder = said(error);
    }
    await expect(
      record([
        ['opening', said(databaseFailure(system('EIO'), file, opening(file)))],
        ['in the middle', said(interruptedFailure(system('ENOSPC'), message('store.this')))],
        ['in the middle, vague', said(interruptedFailure(sqlite('SQLITE_CANTOPEN'), 'It', ['/none/at/all']))],
        ['damaged', said(databaseFailure(sqlite('SQLITE_NOTADB'), file, opening(file)))],
        ['damaged content', said(damaged(file, message('store.damagedContent')))],
        ['no folder', noFolder],
      ]),
    ).toMatchFileSnapshot('./records/failures.txt');
    const other = new Error('a mistake in the program');
    expect([databaseFailure(other, file, 'It'), interruptedFailure(other, 'It')]).toEqual([other, other]);
  });

  test('keeps backups from being made for a reason', async () => {
    const codes = [...SYSTEM, ...SQLITE, 'SQLITE_READONLY'];
    await expect(record(codes.map((code) => [code, words(reasonOfCode(code))]))).toMatchFileSnapshot(
      './records/backup-reasons.txt',
    );
    expect(words(reasonOfError(new DamagedFile('x')))).toBe(words(reasonOfCode('SQLITE_CORRUPT')));
    expect(words(reasonOfError(system('EIO')))).toBe(words(reasonOfCode('EIO')));
    expect(reasonOfError(new Error('x'))).toBeNull();
    expect(reasonOfError(system('ERR_INVALID_ARG'))).toBeNull();
    const failure = new Failure('conflict', message('store.this'));
    const told = (error: unknown): unknown => inWords(error, (reason) => message('backups.unreadable', { reason }));
    expect(told(failure)).toBe(failure);
    const other = new Error('x');
    expect(told(other)).toBe(other);
    expect(told(system('EIO'))).toMatchObject({ code: 'database' });
    expect((told(system('EIO')) as Failure).message).toContain(words(reasonOfCode('EIO')));
  });
});

describe('an outcome', () => {
  const names = [...Object.keys(LINE_FAULTS), '811', '1040', '990001', '990002', '990003', '801', '750', '123', OK];

  test('is told as a sentence and as a reason within one', async () => {
    await expect(
      record(
        names.flatMap((name) =>
          (['award', 'enrol'] as const).flatMap((action) => [
            [`${name}, ${action}`, words(outcomeLabel(name, action))] as const,
            [`${name}, ${action}, because`, words(outcomeReason(name, action))] as const,
          ]),
        ),
      ),
    ).toMatchFileSnapshot('./records/outcomes.txt');
  });

  test('has words, or its code alone', () => {
    expect(['empty', '811', '801', '123', 'toString', ''].map(isKnownOutcome)).toEqual([
      ...[true, true, true, false, false, false],
    ]);
  });

  test('keeps its number', () => {
    expect(Object.entries(LINE_FAULTS).map(([name, number]) => [outcomeName(number), outcomeNumber(name)])).toEqual(
      Object.entries(LINE_FAULTS),
    );
    expect(LINE_FAULTS).toEqual({
      ...{ empty: 1, 'not-a-number': 2, negative: 3, zero: 4, decimal: 5, 'too-large': 6, scientific: 7 },
      ...{ grouped: 8, 'too-long': 9, 'other-digits': 10 },
    });
    expect(['99', '100', '999999999', '1000000000', 'x100', '100x'].map(outcomeNumber)).toEqual([
      ...[undefined, 100, 999_999_999, undefined, undefined, undefined],
    ]);
    expect(outcomeName(811)).toBe('811');
  });
});

describe('a stored setting', () => {
  const right: Record<string, unknown[]> = {
    zone: ['Europe/Berlin'],
    refuseOverlappingAwards: [true, false],
    allowPastStart: [true, false],
    customerLimitCode: [1, 990_001],
    badgeLimitCode: [1],
    requestIdScope: ['org', 'endpoint', 'badge'],
    weeklyCycles: ['weekday', 'from-start'],
    rollingWindows: ['hours', 'dates'],
    revokeFreesCaps: [true],
    memberCareOwnerType: ['x'],
    statusOf801: [200, 599],
    statusOf815: [200],
    statusOf816: [404],
    statusOf1039: [599],
  };
  const wrong: Record<string, unknown[]> = {
    zone: ['Mars/Phobos', 7],
    refuseOverlappingAwards: ['true', 1],
    allowPastStart: [null],
    customerLimitCode: [0, 1.5, '1', 2 ** 53],
    badgeLimitCode: [-1],
    requestIdScope: ['all', 1],
    weeklyCycles: [''],
    rollingWindows: ['days'],
    revokeFreesCaps: [0],
    memberCareOwnerType: ['', 7],
    statusOf801: [199, 600, 200.5, '200'],
    statusOf815: [600],
    statusOf816: [199],
    statusOf1039: [600],
  };

  test('is taken where it is one', () => {
    expect(Object.keys(right).sort()).toEqual(Object.keys(DEFAULT_SETTINGS).sort());
    for (const [name, values] of Object.entries(right)) {
      for (const value of values) {
        expect(readSettings({ [name]: value }), name).toEqual({
          settings: { ...DEFAULT_SETTINGS, [name]: value },
          odd: [],
        });
      }
    }
  });

  test('holds by default where it is none, and is told as it stands', () => {
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values) {
        const { settings, odd } = readSettings({ [name]: value });
        expect(settings, name).toEqual(DEFAULT_SETTINGS);
        expect(odd).toEqual([{ name, stored: JSON.stringify(value) }]);
      }
    }
    expect(readSettings({ zone: 'x'.repeat(90) }).odd[0]?.stored).toHaveLength(60);
    const none = readSettings({ zone: undefined }).odd[0]?.stored;
    expect(inEnglish(none as Message)).toBe(inEnglish(message('store.noJson')));
    expect(readSettings({ other: 1 })).toEqual({ settings: DEFAULT_SETTINGS, odd: [] });
  });
});
