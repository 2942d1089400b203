import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isMemory, memoryDisk } from '../../scripts/test/memory-disk.mjs';
import { temporaryFolder } from '../db/temporary-folder';

describe('a folder in memory for the files of tests', () => {
  const mounts = (options: string): string =>
    `/dev/vda / ext4 rw,relatime 0 0\ntmpfs /dev/shm tmpfs ${options} 0 0\ntmpfs /run tmpfs rw 0 0\n`;

  test('is one in memory whose files can be written and run', () => {
    expect(isMemory('/dev/shm', mounts('rw,relatime'))).toBe(true);
    expect(isMemory('/dev/shm', mounts('rw,nosuid,noexec'))).toBe(false);
    expect(isMemory('/dev/shm', mounts('ro'))).toBe(false);
    expect(isMemory('/', mounts('rw'))).toBe(false);
    expect(isMemory('/dev', mounts('rw'))).toBe(false);
    // What is mounted over it later is what one finds there.
    expect(isMemory('/dev/shm', `${mounts('rw')}/dev/vdb /dev/shm ext4 rw 0 0\n`)).toBe(false);
  });

  test('is another for each step, gone with its end; what a killed run left goes at the next', ({ skip }) => {
    const { env, end } = memoryDisk();
    if (env['TMPDIR'] === undefined) return skip('this machine has no folder in memory');
    const [left, fresh] = ['left', 'fresh'].map((name) =>
      path.join(path.dirname(env['TMPDIR']!), `laurel-tests-4194999-${name}-${String(process.pid)}`),
    ) as [string, string];
    for (const folder of [left, fresh]) mkdirSync(folder);
    onTestFinished(() => rmSync(fresh, { recursive: true }));
    utimesSync(left, 0, 0);
    const next = memoryDisk();
    writeFileSync(path.join(env['TMPDIR'], 'spring.laurel'), '');
    expect([left, fresh, env['TMPDIR']].map((folder) => existsSync(folder))).toEqual([false, true, true]);
    expect(next.env['TMPDIR']).not.toBe(env['TMPDIR']);
    expect(env['LAUREL_TEST_DISK']).toBe(tmpdir());
    for (const disk of [next, { env, end }]) {
      disk.end();
      expect(existsSync(disk.env['TMPDIR']!)).toBe(false);
    }
  });

  test('is none where there is none: the machine’s own folder is used', () => {
    expect(memoryDisk(temporaryFolder()).env).toEqual({});
    expect(memoryDisk('/not/there').env).toEqual({});
  });
});
