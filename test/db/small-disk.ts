import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder';

export interface SmallDisk {
  folder: string;
  /** From now on nothing can be written. */
  makeReadOnly(): void;
}

const run = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

/** A disk of a few kilobytes for one test; null where this process may not mount one. */
export function smallDisk(kilobytes: number): SmallDisk | null {
  const folder = path.join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  if (process.platform !== 'linux') return null;
  if (!run('mount', '-t', 'tmpfs', '-o', `size=${String(kilobytes)}k`, 'tmpfs', folder)) return null;
  onTestFinished(() => void run('umount', '-l', folder));
  return { folder, makeReadOnly: () => void run('mount', '-o', 'remount,ro', folder) };
}

/** Lets nobody, not even the superuser, change a file until the test is over; false where that is not to be had. */
export function makeImmutable(file: string): boolean {
  if (process.platform !== 'linux' || !run('chattr', '+i', file)) return false;
  onTestFinished(() => void run('chattr', '-i', file));
  return true;
}
