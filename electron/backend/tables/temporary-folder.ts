/** Folders for what is too large for the memory, or is no text yet: gone with their process, however it ended. */
import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';

const PREFIX = 'laurel-table-';
const kept = new Set<string>();
let hasBegun = false;

export interface TemporaryFolder {
  readonly folder: string;
  dispose(): void;
}

/** Where they lie: on Linux /tmp is often memory, which is what is short. */
export function temporaryPlace(): string {
  if (process.platform !== 'linux' || process.env['TMPDIR'] !== undefined) return tmpdir();
  try {
    accessSync('/var/tmp', constants.W_OK);
    return '/var/tmp';
  } catch {
    return tmpdir();
  }
}

/**
 * Makes a folder that goes when `dispose` is called, at the latest when this process ends; after a kill, with the next
 * start of Laurel or the next such folder.
 *
 * @throws Failure `invalid-input` where the disk has no room for so many bytes; the system's error where none can be made
 */
export function temporaryFolder(bytes = 0): TemporaryFolder {
  if (!hasBegun) {
    hasBegun = true;
    process.once('exit', () => {
      for (const folder of kept) rmSync(folder, { recursive: true, force: true });
    });
    removeLeftOvers();
  }
  const place = temporaryPlace();
  requireRoom(place, bytes);
  const folder = mkdtempSync(path.join(place, `${PREFIX}${String(process.pid)}-`));
  kept.add(folder);
  return {
    folder,
    dispose: () => {
      remove(folder);
    },
  };
}

/** A thread that is being ended may write to it yet: what cannot go now goes with the process. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    kept.delete(folder);
  } catch {
    // Kept for the end of the process.
  }
}

/** Removes the folder of a text that was made here; any other path stays. */
export function removeMadeText(textPath: string): void {
  const folder = path.dirname(textPath);
  if (kept.has(folder)) remove(folder);
}

const GIGABYTE = 1_000_000_000;
const inGigabytes = (bytes: number): number => Math.ceil((10 * bytes) / GIGABYTE) / 10;

/** @throws Failure `invalid-input` */
export function requireRoom(place: string, bytes: number): void {
  if (bytes === 0) return;
  const { bavail, bsize } = statfsSync(place);
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw new Failure(
    'invalid-input',
    message('tableFiles.noRoom', {
      folder: place,
      needed: inGigabytes(bytes),
      free: Math.floor((10 * free) / GIGABYTE) / 10,
    }),
  );
}

/** Removes what processes that are no more have left behind. */
export function removeLeftOvers(): void {
  const place = temporaryPlace();
  for (const name of namesIn(place)) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : NaN;
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    try {
      rmSync(path.join(place, name), { recursive: true, force: true });
    } catch {
      // Of somebody else, who shares the folder: theirs to remove.
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
