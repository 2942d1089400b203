import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exclusively } from '../../scripts/bootstrap/exclusive.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'laurel-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const subject = pathToFileURL(path.resolve(import.meta.dirname, '../../scripts/bootstrap/exclusive.mjs')).href;

/** Starts a process that holds the lock for good, and waits until it does. */
async function startHolder(lock: string): Promise<ReturnType<typeof spawn>> {
  const program = `
    import { exclusively } from ${JSON.stringify(subject)};
    await exclusively(${JSON.stringify(lock)}, () => new Promise((done) => {
      console.log('held');
      setTimeout(done, 600_000);
    }));
  `;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  return holder;
}

test('works that share a lock never overlap', async () => {
  const file = path.join(folder, 'count');
  writeFileSync(file, '0');
  const lock = path.join(folder, 'deep', 'lock');
  const addOne = (): Promise<void> =>
    exclusively(lock, async () => {
      const count = Number(readFileSync(file, 'utf8'));
      await sleep(30);
      writeFileSync(file, String(count + 1));
    });
  await Promise.all([addOne(), addOne(), addOne(), addOne()]);
  expect(readFileSync(file, 'utf8')).toBe('4');
});

test('waits for a holder that lives, and takes over from one that was killed', async () => {
  const lock = path.join(folder, 'lock');
  const holder = await startHolder(lock);
  let entered = false;
  const mine = exclusively(lock, () => {
    entered = true;
    return Promise.resolve('mine');
  });
  await sleep(700);
  expect(entered).toBe(false);
  holder.kill('SIGKILL');
  expect(await mine).toBe('mine');
});

test('a failure releases the lock', async () => {
  const lock = path.join(folder, 'lock');
  await expect(exclusively(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await exclusively(lock, () => Promise.resolve(1))).toBe(1);
});
