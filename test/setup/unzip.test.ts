import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unzip } from '../../scripts/bootstrap/unzip.mjs';
import { zipOf, type ZipEntry } from './zip-archive';

let folder: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'laurel-unzip-'));
  target = path.join(folder, 'target');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function unpack(
  entries: ZipEntry[],
  rename: (name: string) => string | undefined = (name) => name,
): Promise<void> {
  const archive = path.join(folder, 'archive.zip');
  writeFileSync(archive, zipOf(entries));
  await unzip(archive, target, rename);
}

test('unpacks deflated, stored and empty files, folders, modes and links', async () => {
  const long = 'badge '.repeat(100_000);
  await unpack([
    { name: 'deep/', mode: 0o40755, stored: true },
    { name: 'deep/long.txt', text: long },
    { name: 'deep/run', text: '#!/bin/sh', mode: 0o100755, stored: true },
    { name: 'empty', stored: true },
    { name: 'link', text: 'deep/run', mode: 0o120777, stored: true },
  ]);
  expect(readFileSync(path.join(target, 'deep/long.txt'), 'utf8')).toBe(long);
  expect(statSync(path.join(target, 'deep/run')).mode & 0o777).toBe(0o755);
  expect(statSync(path.join(target, 'empty')).size).toBe(0);
  expect(readlinkSync(path.join(target, 'link'))).toBe('deep/run');
});

test('renames and leaves out as asked', async () => {
  await unpack([{ name: 'Top/app', text: 'a' }, { name: 'Top/skipped' }], (name) =>
    name === 'Top/app' ? 'electron' : undefined,
  );
  expect(readFileSync(path.join(target, 'electron'), 'utf8')).toBe('a');
  expect(existsSync(path.join(target, 'Top'))).toBe(false);
});

test('refuses a name that leads out of the folder', async () => {
  await expect(unpack([{ name: '../outside', text: 'x' }])).rejects.toThrow('outside its folder');
  expect(existsSync(path.join(folder, 'outside'))).toBe(false);
});

test('refuses an archive that was cut off', async () => {
  const archive = path.join(folder, 'archive.zip');
  const whole = zipOf([{ name: 'file', text: 'text' }]);
  writeFileSync(archive, whole.subarray(0, whole.length - 30));
  await expect(unzip(archive, target, (name) => name)).rejects.toThrow('not a zip archive');
});
