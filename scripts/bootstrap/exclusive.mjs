/**
 * One set-up at a time in one tree. The lock is a folder, because making a folder is atomic everywhere; its holder
 * touches it every second, so that a lock left behind by a killed process (or by a container whose process ids mean
 * nothing here) is recognised and removed.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './report.mjs';

const touchedEveryMs = 1000;
const abandonedAfterMs = 20_000;

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}

/** @param {string} lock */
function readOwner(lock) {
  try {
    const [host, pid] = readFileSync(path.join(lock, 'owner'), 'utf8').split(' ');
    return { host, pid: Number(pid) };
  } catch {
    return undefined;
  }
}

/** @param {string} lock */
function isAbandoned(lock) {
  let touched;
  try {
    touched = statSync(lock).mtimeMs;
  } catch {
    return false;
  }
  if (Date.now() - touched > abandonedAfterMs) {
    return true;
  }
  const owner = readOwner(lock);
  if (owner?.host !== os.hostname() || !Number.isInteger(owner.pid)) {
    return false;
  }
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

/** @param {string} lock */
function removeAbandoned(lock) {
  // Of two that saw the same abandoned lock only one can rename it, so the other cannot remove a fresh one.
  const aside = `${lock}.abandoned-${process.pid}`;
  try {
    renameSync(lock, aside);
    rmSync(aside, { recursive: true, force: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') {
      throw error;
    }
  }
}

/**
 * Runs `work` while holding the lock folder, waiting for another holder first.
 *
 * @template T
 * @param {string} lock absolute path of the lock folder; its parent is made
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function exclusively(lock, work) {
  mkdirSync(path.dirname(lock), { recursive: true });
  let told = false;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') {
        throw error;
      }
    }
    if (isAbandoned(lock)) {
      removeAbandoned(lock);
      continue;
    }
    if (!told) {
      told = true;
      say(`laurel set-up: waiting for another set-up in this folder (process ${readOwner(lock)?.pid ?? 'unknown'})`);
    }
    await sleep(200);
  }
  writeFileSync(path.join(lock, 'owner'), `${os.hostname()} ${process.pid}`);
  const touching = setInterval(() => utimesSync(lock, new Date(), new Date()), touchedEveryMs);
  touching.unref();
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(touching);
    process.removeListener('exit', release);
    release();
  }
}
