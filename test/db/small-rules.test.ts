import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test, vi } from 'vitest';
import { wayOutOf } from '../../db/failures';
import { connectSqlite } from '../../db/sqlite';
import { OK, outcomeLabel, outcomeName, outcomeNumber } from '../../db/org/outcomes';
import { storeFiles } from '../../db/store-files';
import { isList, isNumbers, isRecord, isTexts, jsonOr } from '../../db/stored-json';
import { STORE_MODULE } from '../../shared/ipc/backend-environment';
import { inEnglish } from '../../shared/words/english';
import type { Message } from '../../shared/words/message';

describe('every code of SQLite that a person can do something about', () => {
  test.each([
    ['SQLITE_IOERR', /^The disk reported an error\. Check that it is still connected/],
    ['SQLITE_PROTOCOL', /^Another program is opening the file at the same time\. Try again/],
    ['SQLITE_LOCKED', /^Another part of Laurel is writing to the file\. Try again/],
    ['SQLITE_NOMEM', /^There is not enough memory\. Close other programs/],
    ['SQLITE_TOOBIG', /^It is larger than the file can hold in one piece\. Make it smaller/],
    ['SQLITE_READONLY_DBMOVED', /^The file was moved or deleted while it was open\. Put it back/],
  ])('%s has its way out', (code, words) => {
    expect(inEnglish(wayOutOf(new Database.SqliteError('of the driver', code))!)).toMatch(words);
  });
});

test('the store’s module is the one that the environment names, where it names one', () => {
  vi.stubEnv(STORE_MODULE, path.resolve('no', 'such.node'));
  try {
    expect(() => connectSqlite(':memory:')).toThrow(/such\.node/);
  } finally {
    vi.unstubAllEnvs();
  }
});

describe('the names of outcomes', () => {
  test('each is told in words of its own', () => {
    const faults = 'empty not-a-number negative zero decimal too-large scientific grouped other-digits too-long';
    const names = [...faults.split(' '), '811', '1040', '990001', '990002', '990003', OK];
    const label = (name: string, action: 'award' | 'enrol' = 'award'): string => inEnglish(outcomeLabel(name, action));
    const labels = names.map((name) => label(name));
    expect(new Set(labels).size).toBe(names.length);
    for (const words of labels) expect(words.length).toBeGreaterThan(10);
    expect(label('990003')).toBe('Is named more than once in the request');
    expect(label('grouped')).toMatch(/thousands separators.*a line of its own/);
    expect([label(OK, 'enrol'), label('1040', 'enrol')]).toEqual(['Enrolled', 'Is enrolled already at that time']);
    expect(label('123')).toBe('Refused with code 123');
  });

  test('a name and its number are one', () => {
    for (const name of ['empty', 'negative', 'too-long', '811', '990003'])
      expect(outcomeName(outcomeNumber(name) ?? Number.NaN)).toBe(name);
    for (const none of ['', '12', '1234567890', 'toString', '81x']) expect(outcomeNumber(none)).toBeUndefined();
  });
});

test('what belongs to a store is known by its whole name', () => {
  const { owns, what } = storeFiles(path.resolve('/data/w.laurel'));
  const own = '-wal -shm -org -org-wal -lock .v0001.backup -org.v0012.backup -org.v0012.backup.unfinished'.split(' ');
  for (const end of ['', ...own]) expect(owns?.(`w.laurel${end}`), end).toBe(true);
  const others = ['w.laurel2', 'w.laurel.csv', 'w.laurel.v.backup', 'w.laurel-WAL', 'x-wal', 'v.laurel-wal', 'w.laure'];
  for (const other of others) expect(owns?.(other), other).toBe(false);
  expect(inEnglish(what as Message)).toBe('the workspace or a file that belongs to it');
});

test('a stored text that is no JSON, or JSON of another kind, is taken for what was said instead', () => {
  expect(jsonOr('[1]', null)).toEqual([1]);
  expect(jsonOr('[1', 'else')).toBe('else');
  const kinds: [(value: unknown) => boolean, string, string[]][] = [
    [isList, '["a",1]', ['{}', 'null', '"a"']],
    [isRecord, '{"a":1}', ['[]', 'null', '"a"', '1']],
    [isNumbers, '[1,2]', ['[1,"2"]', '{}', 'null']],
    [isTexts, '["a"]', ['["a",1]', '"a"', 'null']],
  ];
  for (const [fits, right, wrong] of kinds) {
    expect(jsonOr<unknown>(right, 'else', fits)).toEqual(JSON.parse(right));
    for (const text of wrong) expect(jsonOr<unknown>(text, 'else', fits), text).toBe('else');
  }
});
