/** Which files a person means by a file, a folder or a pattern such as `sales/2025-*.csv.gz`. */
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { causeOf } from '../../disk/system-reasons';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';
import { contentKindOf, OTHER_KIND_WORDS, type OtherKind, type TableKind } from './content-kind';

/** One file of a table. */
export interface TableFile {
  /** Absolute. */
  path: string;
  /** For people: its path within the folder that was named. */
  name: string;
  bytes: number;
  modified: number;
}

/** The files of one table, in the order of their names, all of one kind. */
export interface TableFiles {
  kind: TableKind;
  files: readonly TableFile[];
  /** Whether a folder or a pattern was named: then rows are named with their file. */
  isSeveral: boolean;
}

/** A folder of more files is hardly meant. */
const MOST_FILES = 20_000;

const WILDCARD = /[*?]/;

/** Whether a name is a pattern: it holds a wildcard, and no file has that very name. */
export function isPattern(name: string): boolean {
  return WILDCARD.test(name) && statSync(name, { throwIfNoEntry: false }) === undefined;
}

/** The folder before the first wildcard of a pattern, and the rest. */
export function partsOfPattern(pattern: string): { folder: string; rest: string } {
  const absolute = path.resolve(pattern);
  const { root } = path.parse(absolute);
  const names = absolute.slice(root.length).split(path.sep);
  const first = names.findIndex((name) => WILDCARD.test(name));
  return { folder: path.join(root, ...names.slice(0, first)), rest: names.slice(first).join('/') };
}

/** `*` and `?` stand for anything within a name, `**` for any folders. */
function matcherOf(pattern: string): RegExp {
  const source = pattern
    .split('/')
    .map((name) =>
      name === '**'
        ? '**'
        : name
            .replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&')
            .replaceAll('*', '[^/]*')
            .replaceAll('?', '[^/]'),
    )
    .join('/')
    .replaceAll('**/', '(?:.*/)?')
    .replaceAll('**', '.*');
  return new RegExp(`^${source}$`, 'u');
}

/** By their characters' numbers, the same on every machine. */
const byName = (left: TableFile, right: TableFile): number =>
  left.name < right.name ? -1 : left.name > right.name ? 1 : 0;

/** Files below a folder; what begins with a point or an underscore is somebody's book-keeping, such as `_SUCCESS`. */
function filesBelow(folder: string, wanted: (name: string) => boolean): TableFile[] {
  const real = realpathSync.native(folder);
  const found: TableFile[] = [];
  const walk = (below: string): void => {
    for (const entry of readdirSync(path.join(folder, below), { withFileTypes: true })) {
      if (entry.name.startsWith('.') || entry.name.startsWith('_')) continue;
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      else if (wanted(name)) found.push(fileOf(path.join(folder, name), name, real));
      if (found.length > MOST_FILES)
        throw new Failure('invalid-input', message('tableFiles.tooMany', { folder, most: MOST_FILES }));
    }
  };
  walk('');
  return found.sort(byName);
}

/** A link in a folder that leads out of it would read what nobody named. */
function fileOf(file: string, name: string, folder: string): TableFile {
  if (lstatSync(file).isSymbolicLink()) {
    const relative = path.relative(folder, realpathSync.native(file));
    if (relative.startsWith('..') || path.isAbsolute(relative))
      throw new Failure('invalid-input', message('tableFiles.leadsOut', { name }));
  }
  const { size, mtimeMs } = statSync(file);
  return { path: file, name, bytes: size, modified: mtimeMs };
}

/** The files under a path, whatever they are. @throws the system's error, Failure `invalid-input` */
function filesUnder(place: string): { files: TableFile[]; isSeveral: boolean } {
  if (isPattern(place)) {
    const { folder, rest } = partsOfPattern(place);
    const matches = matcherOf(rest);
    return { files: filesBelow(folder, (name) => matches.test(name)), isSeveral: true };
  }
  const stats = statSync(place);
  if (stats.isDirectory()) return { files: filesBelow(place, () => true), isSeveral: true };
  return {
    files: [{ path: place, name: path.basename(place), bytes: stats.size, modified: stats.mtimeMs }],
    isSeveral: false,
  };
}

/**
 * The files of the table that a path names.
 *
 * @param place path of a file, of a folder, or a pattern
 * @param name of it, for people
 * @throws Failure `not-found` where there is none or it cannot be read, `invalid-input` where a file is no table or they
 *   are of several kinds
 */
export function filesOfTable(place: string, name: string): TableFiles {
  let found: ReturnType<typeof filesUnder>;
  try {
    found = filesUnder(place);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw unreadable(name, error);
  }
  const { files, isSeveral } = found;
  const [first] = files;
  if (first === undefined) throw new Failure('not-found', message('tableFiles.none', { name }));
  const named = (file: TableFile): string => (isSeveral ? file.name : name);
  const filled: TableFile[] = [];
  let kind: TableKind | null = null;
  for (const file of files) {
    const one = kindOf(file, named(file));
    // Exports leave empty files where a part had no rows.
    if (one === 'empty' && isSeveral) continue;
    if (Object.hasOwn(OTHER_KIND_WORDS, one))
      throw new Failure(
        'invalid-input',
        message('tables.isNoTable', { name: named(file), what: message(OTHER_KIND_WORDS[one as OtherKind]) }),
      );
    if (kind !== null && one !== kind)
      throw new Failure(
        'invalid-input',
        message('tableFiles.mixed', { name, first: filled[0]!.name, other: file.name }),
      );
    kind = one as TableKind;
    filled.push(file);
  }
  if (kind === null) throw new Failure('not-found', message('tableFiles.none', { name }));
  if (kind !== 'csv' && kind !== 'parquet' && filled.length > 1)
    throw new Failure('invalid-input', message('tableFiles.workbooks', { name }));
  return { kind, files: filled, isSeveral };
}

function kindOf(file: TableFile, name: string): TableKind | OtherKind {
  try {
    return contentKindOf(file.path);
  } catch (error) {
    throw unreadable(name, error);
  }
}

function unreadable(name: string, error: unknown): Failure {
  return new Failure('not-found', message('tables.cannotBeRead', { name, reason: causeOf(error) }));
}

/** Paths of all files under a path; none where it cannot be read. */
export function pathsOfTable(place: string): string[] {
  try {
    return filesUnder(place).files.map((file) => file.path);
  } catch {
    return [];
  }
}

/** Bytes of all files under a path. @throws as filesOfTable does where it cannot be read */
export function bytesOfTable(place: string): number {
  return filesUnder(place).files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Whether anything stands under a path: a file, a folder, or files of a pattern. */
export function isTableAtHand(place: string): boolean {
  try {
    return filesUnder(place).files.length > 0;
  } catch {
    return false;
  }
}

/** Changes when any of the files does. */
export function stateOfTable(place: string): string {
  try {
    return JSON.stringify(filesUnder(place).files.map(({ name, bytes, modified }) => [name, bytes, modified]));
  } catch {
    return '';
  }
}
