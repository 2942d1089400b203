import { lstatSync, readlinkSync, realpathSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { Failure } from '../shared/ipc/errors';
import { databaseFailure, fileTitle } from './failures';

/** Links that may follow each other before they are taken for a circle; Linux stops at the same number. */
const MOST_LINKS = 40;

/**
 * The one path of a file, whichever links lead to it. Everything that stands beside a workspace (its lock, its org file,
 * SQLite's log) is named after this path: named after a link, the same workspace would be opened twice, each time with a
 * history of its own.
 *
 * @param file absolute; neither it nor its folder need exist
 * @throws Failure `database` for links in a circle or a path that may not be walked
 */
export function realFile(file: string): string {
  let at = file;
  try {
    for (let links = 0; links < MOST_LINKS; links += 1) {
      const folder = path.dirname(at);
      if (statSync(folder, { throwIfNoEntry: false }) === undefined) return at;
      at = path.join(realpathSync.native(folder), path.basename(at));
      const found = lstatSync(at, { throwIfNoEntry: false });
      if (found === undefined) return at;
      if (!found.isSymbolicLink()) return realpathSync.native(at);
      at = path.resolve(path.dirname(at), readlinkSync(at));
    }
  } catch (error) {
    throw databaseFailure(error, file, `Opening ${fileTitle(file)}`);
  }
  throw new Failure(
    'database',
    `${fileTitle(file)} is a link that leads back to itself. Choose the file it was meant for.`,
  );
}

/**
 * @returns what the system says of the file; undefined when it is not there
 * @throws Failure `database` for a folder, a device or a pipe, and for a file that goes by a second name: its lock and
 *   SQLite's log are found by name, so that two starts under two names would destroy it
 */
export function requirePlainFile(file: string): Stats | undefined {
  let found: Stats | undefined;
  try {
    found = statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    throw databaseFailure(error, file, `Opening ${fileTitle(file)}`);
  }
  if (found === undefined) return undefined;
  if (!found.isFile()) {
    const what = found.isDirectory() ? 'a folder' : 'no ordinary file';
    throw new Failure(
      'database',
      `${fileTitle(file)} cannot be read: it is ${what}. Choose a file, or a name that is free.`,
    );
  }
  if (found.nlink > 1) {
    throw new Failure(
      'database',
      `${fileTitle(file)} has a second name in the file system (a hard link), under which it could be opened at the same time and be destroyed. ` +
        `Nothing was changed. Make a copy of it and what stands beside it, and open the copy.`,
    );
  }
  return found;
}
