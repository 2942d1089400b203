import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';

/** Names as {@link unfinishedBeside} makes them: whose machine and process, and chance; earlier versions put chance alone. */
const NAME = /^\.laurel-(?:([0-9a-f]{8})-(\d+)-)?[0-9a-f]{24}\.unfinished(?:-files)?$/;

/** Of a process that nobody can ask about, on another machine or before it was started anew. */
const SURELY_OVER_MS = 7 * 24 * 3_600_000;

let machine: string | undefined;

/** Tells this machine since it was started from others that share a folder with it. */
function thisMachine(): string {
  if (machine !== undefined) return machine;
  let boot = '';
  try {
    boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    // Not said by other systems than Linux: a number that another process has now is then taken for the old one's.
  }
  machine = createHash('sha256').update(`${hostname()} ${boot}`).digest('hex').slice(0, 8);
  return machine;
}

/**
 * A name that nobody can guess or have taken, in the folder of the file that it is to become. It says whose it is, so
 * that {@link removeAbandoned} knows what a dead process has left.
 */
export function unfinishedBeside(target: string): string {
  const chance = randomBytes(12).toString('hex');
  return path.join(path.dirname(target), `.laurel-${thisMachine()}-${String(process.pid)}-${chance}.unfinished`);
}

/**
 * Removes the unfinished files and folders that processes which are no more have left in a folder: those of this machine
 * whose process has ended, and those of which nothing is known after a week. What cannot be removed stays.
 *
 * @param folder absolute
 * @param keep names that are waited for although their process has ended
 */
export function removeAbandoned(folder: string, keep: ReadonlySet<string> = new Set()): void {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // A folder that is not there, or cannot be listed, has nothing to be removed.
  }
  for (const name of names) {
    const match = NAME.exec(name);
    if (match === null || keep.has(name)) continue;
    const place = path.join(folder, name);
    try {
      if (isAbandoned(place, match)) rmSync(place, { recursive: true, force: true });
    } catch {
      // Somebody else's, or just gone.
    }
  }
}

function isAbandoned(place: string, [, madeAt, pid]: RegExpExecArray): boolean {
  if (madeAt === thisMachine()) return !isAlive(Number(pid));
  return Date.now() - lstatSync(place).mtimeMs > SURELY_OVER_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another account is alive and may not be signalled.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
