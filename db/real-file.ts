import { lstatSync, readlinkSync, realpathSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { Failure } from '../shared/ipc/errors';
import { message } from '../shared/words/message';
import { databaseFailure, fileTitle, opening } from './failures';

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
    throw databaseFailure(error, file, opening(file));
  }
  throw new Failure('database', message('store.linkCircle', { file: fileTitle(file) }));
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
    throw databaseFailure(error, file, opening(file));
  }
  if (found === undefined) return undefined;
  if (!found.isFile()) {
    const key = found.isDirectory() ? 'store.isFolder' : 'store.noOrdinaryFile';
    throw new Failure('database', message(key, { file: fileTitle(file) }));
  }
  if (found.nlink > 1) throw new Failure('database', message('store.hardLink', { file: fileTitle(file) }));
  return found;
}
