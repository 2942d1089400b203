import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { strangeKindOf } from '../../disk/regular-file';
import { causeOf } from '../../disk/system-reasons';
import { message, type Message, type MessagePart } from '../../../shared/words/message';
import { isPattern, partsOfPattern } from '../tables/table-files';

/** Files outside a scenario's own folder that a person named: by path, or all of a folder. */
export interface NamedByPerson {
  /** Absolute paths of files and folders. */
  readonly paths: readonly string[];
}

export const NOTHING_NAMED: NamedByPerson = { paths: [] };

/** The path with every link on it followed; null where there is no such file. */
function realOrNull(file: string): string | null {
  try {
    return realpathSync.native(file);
  } catch {
    return null;
  }
}

function isWithin(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

export type NamedFile = { ok: true; path: string } | { ok: false; reason: Message };

/** What begins so names a computer, which a mere look would already send credentials to. */
const OF_A_NETWORK = /^[\\/]{2}/;

/**
 * The file that a scenario means by a name in it. A scenario comes from anybody: it reaches the files of its own folder
 * (links followed), and outside it only those that a person named. What lies elsewhere is not even looked for.
 *
 * @param folder absolute path of the scenario's folder
 * @returns the real path of a regular file or a folder, or a pattern below a real folder; or why it is none, as the rest of a sentence that begins with its name
 */
export function fileNamedIn(folder: string, name: string, named: NamedByPerson): NamedFile {
  const outside: NamedFile = {
    ok: false,
    reason: message('scenarios.liesOutside'),
  };
  if (name.includes('\0')) return { ok: false, reason: message('scenarios.noFileName') };
  if (OF_A_NETWORK.test(name)) return outside;
  const file = path.resolve(folder, name);
  const places = [folder, ...named.paths];
  if (!places.some((place) => isWithin(place, file))) return outside;
  const { fixed, rest } = parted(file);
  let real: string;
  try {
    real = realpathSync.native(fixed);
  } catch (error) {
    return { ok: false, reason: message('scenarios.cannotBeRead', { reason: causeOf(error) }) };
  }
  const isReached = places.some((place) => {
    if (place === file && rest !== '') return true;
    const realPlace = realOrNull(place);
    return realPlace !== null && isWithin(realPlace, real);
  });
  if (!isReached) return outside;
  const reason = unreadable(real);
  return reason === null
    ? { ok: true, path: rest === '' ? real : path.join(real, rest) }
    : { ok: false, reason: message('scenarios.cannotBeRead', { reason }) };
}

/** Of a pattern the folder that it is looked for in, and the rest. */
function parted(file: string): { fixed: string; rest: string } {
  if (!isPattern(file)) return { fixed: file, rest: '' };
  const { folder, rest } = partsOfPattern(file);
  return { fixed: folder, rest };
}

/** Why a path is no file that can be read, in words; null: it is one. */
function unreadable(file: string): MessagePart | null {
  try {
    accessSync(file, constants.R_OK);
    const stats = statSync(file);
    return stats.isDirectory() ? null : strangeKindOf(stats);
  } catch (error) {
    return causeOf(error);
  }
}
