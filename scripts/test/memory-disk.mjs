/**
 * Where tests put their files: in memory where the machine has such a folder. Laurel writes each change through to the
 * disk, and a test waits for the disk as a person's work would; what a killed process leaves is the same on both,
 * because it is the system's memory of the file that outlives the process.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A run at work makes a folder in its own every few minutes at least; its process may be in another container. */
const ABANDONED_MS = 60 * 60 * 1000;
/** More than tests hold at a time, with room for what else the machine does. */
const ENOUGH_BYTES = 4 * 2 ** 30;
const NAME = /^laurel-tests-(\d+)-/;

/**
 * @param {string} folder
 * @param {string} mounts as in /proc/mounts: device, folder, type and options of each, apart by spaces
 * @returns {boolean} whether it is a file system in memory whose files can be run
 */
export function isMemory(folder, mounts) {
  const mount = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .findLast(([, place]) => place === folder);
  return mount?.[2] === 'tmpfs' && !['noexec', 'ro'].some((option) => mount[3]?.split(',').includes(option));
}

/** @param {string} folder */
function hasRoom(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= ENOUGH_BYTES;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Removes what runs that were killed have left in memory.
 * @param {string} memory
 */
function sweep(memory) {
  for (const name of readdirSync(memory)) {
    const pid = NAME.exec(name)?.[1];
    const folder = path.join(memory, name);
    if (
      pid !== undefined &&
      !isAlive(Number(pid)) &&
      Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0) > ABANDONED_MS
    ) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/**
 * A folder for everything that the tests of a step write, and the environment that makes them use it. Where there is
 * none in memory, or too little of it, they use the machine's temporary folder as ever.
 *
 * @param {string} [memory] where Linux keeps its files in memory
 * @returns {{ env: NodeJS.ProcessEnv, end: () => void }} `LAUREL_TEST_DISK` names the temporary folder on the disk
 */
export function memoryDisk(memory = '/dev/shm') {
  try {
    if (process.platform === 'linux' && isMemory(memory, readFileSync('/proc/mounts', 'utf8')) && hasRoom(memory)) {
      sweep(memory);
      const folder = mkdtempSync(path.join(memory, `laurel-tests-${process.pid}-`));
      return {
        env: { TMPDIR: folder, LAUREL_TEST_DISK: tmpdir() },
        end: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
      };
    }
  } catch {
    // A machine that keeps it from us has a temporary folder all the same.
  }
  return { env: {}, end: () => undefined };
}
