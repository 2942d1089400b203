import { hash } from 'node:crypto';
import {
  constants,
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  type Dirent,
  type Stats,
} from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../../shared/ipc/errors';
import { message, type MessagePart } from '../../../shared/words/message';
import { readRegular, strangeKindOf } from '../../disk/regular-file';
import { causeOf, codeOf } from '../../disk/system-reasons';
import { ART_ENDING } from '../art/art-file';

/** A whole file for each badge, and the design beside it. */
export const BADGE_ENDING = '.badge.json';
/** Bytes of a badge's file: as many letters as a draft holds; and of a design with its own pictures. */
const LARGEST = { body: 4_000_000, art: 30_000_000 } as const;
/** Files that one folder may hold: more is surely not a folder of badges. */
const MOST_FILES = 100_000;
const MOST_LEVELS = 30;
/** Files that are read before other calls have their turn. */
const PORTION = 200;
/** Within this time after a change a file can change again without its time telling so. */
const RACY_MS = 2_000;

/** The bytes of one file, or why they could not be read. */
export type FilePart = { digest: string; isRead: true } | { isRead: false; reason: MessagePart };

/** What a folder holds for a workspace. */
export interface FolderContents {
  /** By place. */
  badges: ReadonlyMap<string, FolderFile>;
  /** Files of other kinds, by their path in the folder with `/` between its parts. */
  documents: ReadonlyMap<string, FilePart>;
  /** What is passed over though it is called like a file of ours or leads to some: why, by its path. Links to folders are among it. */
  passed: ReadonlyMap<string, MessagePart>;
}

/**
 * Why nothing is read or written at a path: what stands there, or a folder above it, is passed over by a look.
 *
 * @returns null: nothing is in the way
 */
export function inTheWayOf(passed: FolderContents['passed'], file: string): MessagePart | null {
  if (passed.size === 0) return null;
  for (let at = file; at !== '.'; at = path.posix.dirname(at)) {
    const reason = passed.get(at);
    if (reason !== undefined) return reason;
  }
  return null;
}

/** What one badge has in the folder. */
export interface FolderFile {
  place: string;
  body: FilePart | null;
  art: FilePart | null;
}

/** Of the system: length, times and number of a file. Compared as numbers: writing ten thousand as text takes longer than reading the files. */
type Mark = Pick<Stats, 'size' | 'mtimeMs' | 'ctimeMs' | 'ino'>;

interface Seen {
  mark: Mark;
  digest: string;
}

/** Reads a workspace folder. What did not change by length, times and number since is not read again. */
export class FolderScan {
  readonly #folder: string;
  readonly #endings: readonly string[];
  #seen = new Map<string, Seen>();
  /** When the look began: a file that changed since counts as one that may change again. */
  #lookedAt = 0;
  readonly #buffer = Buffer.allocUnsafe(256 * 1024);

  /**
   * @param folder absolute
   * @param documents endings of files that are looked at besides badges
   */
  constructor(folder: string, documents: readonly string[] = []) {
    this.#folder = folder;
    this.#endings = documents;
  }

  /** Absolute path of a file by its path in the folder. */
  pathOf(file: string): string {
    return this.#folder + path.sep + (path.sep === '/' ? file : file.replaceAll('/', path.sep));
  }

  /** Absolute path of a part of a badge. */
  fileOf(place: string, part: 'body' | 'art'): string {
    return this.pathOf(place) + (part === 'body' ? BADGE_ENDING : ART_ENDING);
  }

  /** Whether the folder is there at all. */
  isThere(): boolean {
    try {
      return statSync(this.#folder).isDirectory();
    } catch {
      return false;
    }
  }

  /** The bytes of a part as they are now. @throws NotRegular, or the system's error */
  read(place: string, part: 'body' | 'art'): Buffer {
    return readRegular(this.fileOf(place, part), LARGEST[part]);
  }

  /** Digest of a part as it is now; null: there is none, or it cannot be read. */
  digestNow(place: string, part: 'body' | 'art'): string | null {
    try {
      return digestOf(this.read(place, part));
    } catch {
      return null;
    }
  }

  /** The bytes of a document as they are now. @throws NotRegular, or the system's error */
  readDocument(file: string): Buffer {
    return readRegular(this.pathOf(file), LARGEST.body);
  }

  /** Digest of a document as it is now; null: there is none, or it cannot be read. */
  documentDigestNow(file: string): string | null {
    try {
      return digestOf(this.readDocument(file));
    } catch {
      return null;
    }
  }

  /**
   * Everything in the folder and below it that a workspace has, too. Hidden folders and `node_modules` are passed over, links too.
   *
   * @throws Failure `invalid-input` where there are too many files; the system's error where the folder cannot be listed
   */
  async look(): Promise<FolderContents> {
    const documents = new Map<string, FilePart>();
    const found = new Map<string, FolderFile>();
    const seen = new Map<string, Seen>();
    const passed = new Map<string, MessagePart>();
    this.#lookedAt = Date.now();
    let files = 0;
    const endings = [BADGE_ENDING, ART_ENDING, ...this.#endings];
    const folders: { at: string; level: number }[] = [{ at: '', level: 0 }];
    for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
      const { at, level } = next;
      for (const entry of listing(path.join(this.#folder, at), at === '')) {
        if (entry.isDirectory()) {
          const isPassed = entry.name.startsWith('.') || entry.name === 'node_modules' || level >= MOST_LEVELS;
          if (!isPassed) folders.push({ at: joined(at, entry.name), level: level + 1 });
          continue;
        }
        const name = joined(at, entry.name);
        const ending = endings.find((one) => entry.name.endsWith(one));
        if (entry.isSymbolicLink()) passed.set(name, message('folder.isLink', { file: name }));
        if (ending === undefined || entry.name === ending) continue;
        if (!entry.isFile()) {
          if (!passed.has(name)) passed.set(name, strangeEntry(entry));
          continue;
        }
        const part = ending === BADGE_ENDING ? 'body' : ending === ART_ENDING ? 'art' : null;
        const seenNow = this.#look(this.pathOf(name), part === 'art' ? LARGEST.art : LARGEST.body, seen);
        if (part === null) {
          if (seenNow !== null) documents.set(name, seenNow);
        } else {
          const place = name.slice(0, -ending.length);
          const file = found.get(place) ?? { place, body: null, art: null };
          found.set(place, file);
          file[part] = seenNow;
        }
        files += 1;
        if (files > MOST_FILES) throw new Failure('invalid-input', message('folder.tooMany', { most: MOST_FILES }));
        if (files % PORTION === 0) await setImmediate();
      }
    }
    this.#seen = seen;
    // A design without a badge is a design that somebody keeps there.
    for (const [place, { body }] of found) if (body === null) found.delete(place);
    return { badges: found, documents, passed };
  }

  #look(file: string, largest: number, seen: Map<string, Seen>): FilePart | null {
    const known = this.#seen.get(file);
    try {
      if (known !== undefined && isSameFile(known.mark, statSync(file))) {
        seen.set(file, known);
        return { digest: known.digest, isRead: true };
      }
      const { digest, stats } = this.#digest(file, largest);
      if (this.#lookedAt - stats.ctimeMs > RACY_MS) seen.set(file, { mark: markOf(stats), digest });
      return { digest, isRead: true };
    } catch (error) {
      return codeOf(error) === 'ENOENT' ? null : { isRead: false, reason: causeOf(error) };
    }
  }

  /** Ten thousand files are read in one look: a small one costs no more than opening, reading and closing it. */
  #digest(file: string, largest: number): { digest: string; stats: Stats } {
    const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(handle);
      if (!stats.isFile() || stats.size >= this.#buffer.length)
        return { digest: digestOf(readRegular(file, largest)), stats };
      let length = 0;
      // What comes whole at once ends there: asking for more of each would cost as much again as closing it.
      for (let read = -1; read !== 0 && (read === -1 || length < stats.size); length += read)
        read = readSync(handle, this.#buffer, length, this.#buffer.length - length, null);
      if (length === this.#buffer.length) return { digest: digestOf(readRegular(file, largest)), stats };
      return { digest: digestOf(this.#buffer.subarray(0, length)), stats };
    } finally {
      closeSync(handle);
    }
  }
}

const markOf = ({ size, mtimeMs, ctimeMs, ino }: Stats): Mark => ({ size, mtimeMs, ctimeMs, ino });

const isSameFile = (one: Mark, other: Mark): boolean =>
  one.size === other.size && one.mtimeMs === other.mtimeMs && one.ctimeMs === other.ctimeMs && one.ino === other.ino;

/** What a folder holds; one that is gone meanwhile, or may not be listed below the first, holds nothing that is known. */
function listing(folder: string, isFirst: boolean) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isFirst || codeOf(error) !== 'ENOENT') throw error;
    return [];
  }
}

const strangeEntry = (entry: Dirent): MessagePart =>
  message('folder.isStrange', { file: entry.name, reason: strangeKindOf(entry) ?? message('system.device') });

const joined = (at: string, name: string): string => (at === '' ? name : `${at}/${name}`);

export function digestOf(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex');
}
