import { expect, test, describe } from 'vitest';
import { backTextsOf } from './back-texts';
import { EXEMPT, SPEAKS_ENGLISH } from './back-texts-exempt';
import { repositoryFiles, textOf } from './repository-files';

const checked = repositoryFiles().filter(
  (file) =>
    /^(db|electron|shared\/ipc)\/.*\.ts$/.test(file) &&
    !file.endsWith('.d.ts') &&
    !Object.keys(SPEAKS_ENGLISH).some((place) => file.startsWith(place)),
);

test('no sentence of the backend, the store or main stands outside the catalogue', () => {
  expect(checked.length).toBeGreaterThan(300);
  const found = checked.flatMap((file) =>
    backTextsOf(file, textOf(file)).filter((line) => !EXEMPT[file]?.texts.some((text) => line.endsWith(` ${text}`))),
  );
  expect(found).toEqual([]);
});

test('what is exempt is there, and says why', () => {
  const gone = Object.entries(EXEMPT).flatMap(([file, { why, texts }]) => {
    const found = checked.includes(file) ? backTextsOf(file, textOf(file)) : [];
    const missing = texts.filter((text) => !found.some((line) => line.endsWith(` ${text}`)));
    return [...missing.map((text) => `${file} ${text}`), ...(why.length < 10 ? [`${file} does not say why`] : [])];
  });
  expect(gone).toEqual([]);
});

test('only the command line makes a failure of plain English', () => {
  const users = repositoryFiles().filter(
    (file) =>
      /^(db|electron|shared|renderer)\/.*\.(ts|svelte)$/.test(file) && textOf(file).includes("'failures.asSaid'"),
  );
  expect(users).toEqual(['electron/cli/plain-failure.ts']);
});

describe('a planted text is found', () => {
  test.each([
    "throw new Failure('database', 'It is gone.');",
    "notices.push('The workspace was brought up to date.');",
    'return `${name} could not be read.`;',
    "const WORDS = { lost: 'The backend ended twice.' };",
    "message('system.notWritten', { name, why: 'it is a folder', nothing });",
  ])('%s', (text) => {
    expect(backTextsOf('db/x.ts', text)).toHaveLength(1);
  });
});

describe('what nobody reads is left alone', () => {
  test.each([
    "log.error({ err: error }, 'a live job stopped');",
    "console.error('laurel: the page did not load:', error);",
    "connection.exec('BEGIN IMMEDIATE');",
    'connection.prepare(`SELECT name FROM ${table} WHERE key = ?`);',
    'sql`count(*) FILTER (WHERE ${column} IS NULL)`;',
    "throw new Error('The org file lacks a badge.');",
    "message('system.full');",
    "const type = 'Content-Type';",
  ])('%s', (text) => {
    expect(backTextsOf('db/x.ts', text)).toEqual([]);
  });
});
