import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { storeFiles } from '../../db/store-files';
import { requireOutput } from '../../electron/disk/output-place';
import { readRegular, requireRegularOrNone } from '../../electron/disk/regular-file';
import { writeWhole, writeWholeNow } from '../../electron/disk/whole-file';
import { smallDisk } from '../db/small-disk';
import { temporaryFolder } from '../db/temporary-folder';
import { message } from '../../shared/words/message';

function folderWith(files: Readonly<Record<string, string>>): (name: string) => string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return (name) => path.join(folder, name);
}

const text = (file: string): string => readFileSync(file, 'utf8');

describe('writing a file', () => {
  it('replaces it only once it is complete, and leaves nothing else behind', async () => {
    const at = folderWith({ 'r.csv': 'old' });
    const failing = async function* (): AsyncGenerator<string> {
      yield 'half';
      expect(text(at('r.csv'))).toBe('old');
      await Promise.reject(new RangeError('no more'));
    };
    await expect(writeWhole(at('r.csv'), failing())).rejects.toThrow('no more');
    expect([text(at('r.csv')), readdirSync(at(''))]).toEqual(['old', ['r.csv']]);
    chmodSync(at('r.csv'), 0o640);
    await writeWhole(at('r.csv'), ['a', Buffer.from('b'), 'ü']);
    expect([text(at('r.csv')), readdirSync(at('')), statSync(at('r.csv')).mode & 0o777]).toEqual([
      'abü',
      ['r.csv'],
      0o640,
    ]);
    writeWholeNow(at('state.json'), '{}', 0o600);
    expect([text(at('state.json')), statSync(at('state.json')).mode & 0o777]).toEqual(['{}', 0o600]);
  });

  it('follows no link: neither under its name nor under one that could be guessed', async () => {
    const at = folderWith({ precious: 'precious' });
    symlinkSync(at('precious'), at('r.csv'));
    symlinkSync(at('precious'), at('r.csv.unfinished'));
    await writeWhole(at('r.csv'), 'rows');
    expect([text(at('precious')), text(at('r.csv')), statSync(at('r.csv')).isFile()]).toEqual([
      'precious',
      'rows',
      true,
    ]);
  });

  it('says why it failed and that the earlier file is there, and stops when cancelled', async () => {
    const at = folderWith({ 'r.csv': 'old' });
    await expect(writeWhole(at('none/r.csv'), 'x')).rejects.toThrow(
      /^r\.csv could not be written \(its folder is not there\)\. /,
    );
    await expect(writeWhole(`/dev/full`, 'x')).rejects.toThrow(/the disk is full/);
    const stop = new AbortController();
    const endless = function* (): Generator<string> {
      for (;;) {
        yield 'x';
        stop.abort();
      }
    };
    await expect(writeWhole(at('r.csv'), endless(), { signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect([text(at('r.csv')), readdirSync(at(''))]).toEqual(['old', ['r.csv']]);
  });

  it('says what helps against the cause, and what to do then', async ({ skip }) => {
    const disk = smallDisk(200);
    if (disk === null) return skip('this process may not mount a disk');
    const target = path.join(disk.folder, 'r.csv');
    await expect(writeWhole(target, 'x'.repeat(2_000_000), { again: message('system.exportAgain') })).rejects.toThrow(
      /^r\.csv could not be written \(the disk is full\); what stood there before is as it was\. Free some space, or choose another place, and export again\.$/,
    );
    expect(readdirSync(disk.folder)).toEqual([]);
    disk.makeReadOnly();
    await expect(writeWhole(target, 'x')).rejects.toThrow(
      /\(the disk is read-only\).*Make the disk writable, or choose another place, and save it again\.$/,
    );
  });

  it('writes to pipes and devices as they are, and gives up on a pipe that nobody reads when cancelled', async () => {
    const at = folderWith({});
    execFileSync('mkfifo', [at('pipe')]);
    const stop = new AbortController();
    const waiting = writeWhole(at('pipe'), 'x', { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    const reader = spawn('cat', [at('pipe')], { stdio: ['ignore', 'pipe', 'inherit'] });
    let read = 0;
    reader.stdout.on('data', (chunk: Buffer) => (read += chunk.length));
    const ended = new Promise((resolve) => reader.once('close', resolve));
    await writeWhole(at('pipe'), Buffer.alloc(1_000_000, 'x'));
    await ended;
    expect(read).toBe(1_000_000);
    expect(statSync(at('pipe')).isFIFO()).toBe(true);
    await writeWhole('/dev/null', 'x');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

describe('the check before an output', () => {
  const check = (target: string, ...keep: Parameters<typeof requireOutput>[2]) => {
    try {
      requireOutput(target, path.basename(target), keep, 'Nothing was done.');
      return 'ok';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('refuses what is read, under whatever name', () => {
    const at = folderWith({ 'c.csv': '1', 'other.csv': '2' });
    mkdirSync(at('sub'));
    symlinkSync(at('c.csv'), at('link.csv'));
    linkSync(at('c.csv'), at('hard.csv'));
    symlinkSync(at(''), at('sub/up'));
    const kept = { path: at('c.csv'), what: 'the customer file' };
    for (const name of ['c.csv', 'link.csv', 'hard.csv', 'sub/up/c.csv', 'sub/../c.csv']) {
      expect(check(at(name), kept), name).toMatch(/is the customer file, which would be lost.* Nothing was done\.$/);
    }
    expect(check(at('link.csv'), { ...kept, path: at('hard.csv') })).toMatch(/the customer file/);
    expect([check(at('other.csv'), kept), check(at('new.csv'), kept)]).toEqual(['ok', 'ok']);
  });

  it('refuses the store and its side files, those too that are not there yet', () => {
    const at = folderWith({ 'w.laurel': 'x', 'w.laurel-org': 'x', 'w.laurel.v0001.backup': 'x' });
    linkSync(at('w.laurel-org'), at('hard.csv'));
    symlinkSync(at('w.laurel'), at('v.laurel'));
    const store = storeFiles(at('w.laurel'));
    const names = [
      '',
      '-wal',
      '-shm',
      '-journal',
      '-lock',
      '-org',
      '-org-wal',
      '-practice',
      '.v0001.backup',
      '-org.v0003.backup',
    ];
    for (const name of [...names.map((end) => `w.laurel${end}`), 'hard.csv', 'v.laurel']) {
      expect(check(at(name), store), name).toMatch(/the workspace or a file that belongs to it/);
    }
    for (const name of ['w.laurel.csv', 'w.csv', 'x-w.laurel']) expect(check(at(name), store), name).toBe('ok');
  });

  it('refuses what cannot be written', () => {
    const at = folderWith({ 'c.csv': '1' });
    expect(check(at(''))).toMatch(/it is a folder/);
    expect(check(at('none/r.csv'))).toMatch(/there is no folder none/);
    expect(check(at('c.csv/r.csv'))).toMatch(/there is no folder c\.csv|a part of its path is a file/);
    expect([check('/dev/null'), check('/dev/stdout')]).toEqual(['ok', 'ok']);
  });
});

describe('reading a file', () => {
  it('refuses folders, pipes and devices at once, and what is too large', () => {
    const at = folderWith({ 'c.csv': '12345' });
    execFileSync('mkfifo', [at('pipe')]);
    expect(readRegular(at('c.csv'), 5).toString()).toBe('12345');
    expect(() => readRegular(at('c.csv'), 4)).toThrow(/larger than/);
    expect(() => readRegular(at('pipe'), 5)).toThrow(/it is a pipe/);
    expect(() => readRegular('/dev/zero', 5)).toThrow(/it is a device/);
    expect(() => readRegular(at(''), 5)).toThrow(/it is a folder/);
    expect(() => readRegular(at('none'), 5)).toThrow(/ENOENT/);
    expect(() => requireRegularOrNone(at('pipe'))).toThrow(/it is a pipe/);
    requireRegularOrNone(at('none'));
  });
});
