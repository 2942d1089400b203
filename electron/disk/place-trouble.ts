import { accessSync, closeSync, constants, existsSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { codeOf } from './system-reasons';
import { unfinishedBeside } from './unfinished';

const PROBE_BYTES = 65_536;

/**
 * Why a file cannot be written, or nothing beside it, at this moment: the system's code (`ENOSPC`, `EROFS`, `EACCES` …).
 * SQLite often knows only that something failed; the system is asked again.
 *
 * The file itself is not opened: closing it would give up the locks that this process holds on it.
 *
 * @returns undefined when both can be written
 */
export function troubleAt(file: string): string | undefined {
  const probe = unfinishedBeside(file);
  try {
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
    const handle = openSync(probe, 'wx');
    try {
      for (let written = 0; written < PROBE_BYTES;) written += writeSync(handle, Buffer.alloc(PROBE_BYTES - written));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    return undefined;
  } catch (error) {
    return codeOf(error);
  } finally {
    rmSync(probe, { force: true });
  }
}
