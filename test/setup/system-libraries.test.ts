import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath, findProgram, provideSystemLibraries } from '../../scripts/bootstrap/system-libraries.mjs';

const searched = process.env.PATH;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'laurel-system-'));
  // Only the programs planted here exist for the set-up, so no test can change this machine.
  process.env.PATH = folder;
});
afterEach(() => {
  process.env.PATH = searched;
  rmSync(folder, { recursive: true, force: true });
});

function plant(name: string, script: string): void {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

const needs = { executable: '/somewhere/electron', display: false, browser: false };
const isDebian = /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));

test('finds a program on PATH by the first name that exists', () => {
  expect(chromiumPath()).toBeUndefined();
  plant('google-chrome', '');
  expect(findProgram(['chromium', 'google-chrome'])).toBe(path.join(folder, 'google-chrome'));
  plant('chromium', '');
  expect(chromiumPath()).toBe(path.join(folder, 'chromium'));
});

describe.runIf(process.platform === 'linux' && isDebian)('on a Debian family system', () => {
  const missingGtk = "echo '	libgtk-3.so.0 => not found'; echo '	libc.so.6 => /lib/libc.so.6 (0x00)'";

  test('says nothing when everything is there', async () => {
    plant('ldd', "echo '	libc.so.6 => /lib/libc.so.6 (0x00)'");
    plant('Xvfb', '');
    plant('chromium', '');
    expect(await provideSystemLibraries({ ...needs, display: true, browser: true }, false)).toBeUndefined();
  });

  test('names what is missing with the exact command, and installs nothing for a person', async () => {
    plant('ldd', missingGtk);
    plant('apt-get', 'exit 9');
    await expect(provideSystemLibraries({ ...needs, display: true, browser: true }, false)).rejects.toMatchObject({
      message: expect.stringContaining('libgtk-3.so.0, Xvfb') as string,
      remedy:
        'run: sudo apt-get update && sudo apt-get install libgtk-3-0 libnss3 libasound2 libgbm1 xvfb xauth chromium',
    });
  });

  test('uses the names of releases with 64-bit time', async () => {
    plant('ldd', missingGtk);
    plant('apt-cache', 'case "$2" in *t64|libnss3|libgbm1) echo found;; esac');
    await expect(provideSystemLibraries(needs, false)).rejects.toMatchObject({
      remedy: 'run: sudo apt-get update && sudo apt-get install libgtk-3-0t64 libnss3 libasound2t64 libgbm1',
    });
  });

  test('as root it updates the lists, installs, and looks again', async () => {
    plant('ldd', `[ -e ${folder}/installed ] || echo '	libgtk-3.so.0 => not found'`);
    plant('apt-get', `echo "$@" >> ${folder}/calls; [ "$1" = install ] && : > ${folder}/installed; exit 0`);
    expect(await provideSystemLibraries(needs, true)).toBe('installed libgtk-3-0 libnss3 libasound2 libgbm1');
    const calls = readFileSync(path.join(folder, 'calls'), 'utf8').trim().split('\n');
    expect(calls[0]).toMatch(/^update/);
    expect(calls[1]).toMatch(/^install .*libgtk-3-0 libnss3 libasound2 libgbm1$/);
  });

  test('says so when an installation did not help', async () => {
    plant('ldd', missingGtk);
    plant('apt-get', 'exit 0');
    await expect(provideSystemLibraries(needs, true)).rejects.toThrow('still lacks libgtk-3.so.0');
  });

  test('shows what apt-get said when it fails', async () => {
    plant('ldd', missingGtk);
    plant('apt-get', 'echo "E: no such source"; exit 100');
    await expect(provideSystemLibraries(needs, true)).rejects.toMatchObject({
      detail: expect.stringContaining('E: no such source') as string,
    });
  });
});
