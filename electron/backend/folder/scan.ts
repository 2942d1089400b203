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
/** Milliseconds of reading before other calls have their turn. */
const PORTION_MS = 8;
/** Within this time after a change a file can change again without its time telling so. */
const RACY_MS = 2_000;

/** The bytes of one file, or why they could not be read. */
export type FilePart = ReadPart | { isRead: false; reason: MessagePart };

/**
 * A file as it was read, with its length, times and number of the system. These are compared as numbers: writing ten thousand as
 * text takes longer than reading the files.
 */
interface ReadPart extends Pick<Stats, 'size' | 'mtimeMs' | 'ctimeMs' | 'ino'> {
  isRead: true;
  digest: string;
  /** Whether it may have changed since without its times telling so. */
  isRacy: boolean;
}

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

/** What a look has found so far. */
interface Looking {
  badges: Map<string, FolderFile>;
  documents: Map<string, FilePart>;
  passed: Map<string, MessagePart>;
  files: number;
  /** When other calls have their turn, by `performance.now()`. */
  until: number;
}

/** Reads a workspace folder. What did not change by length, times and number since is not read again. */
export class FolderScan {
  readonly #folder: string;
  readonly #endings: readonly string[];
  /** What the last look found; designs that lie there without a badge are by themselves. */
  #seen: Pick<FolderContents, 'badges' | 'documents'> = { badges: new Map(), documents: new Map() };
  #designs = new Map<string, FolderFile>();
  /** When the look began: a file that changed since counts as one that may change again. */
  #lookedAt = 0;
  readonly #buffer = Buffer.allocUnsafe(256 * 1024);

  /**
   * @param folder absolute
   * @param documents endings of files that are looked at besides badges
   */
  constructor(folder: string, documents: readonly string[] = []) {
    this.#folder = folder;
    this.#endings = [BADGE_ENDING, ART_ENDING, ...documents];
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
    const into: Looking = { badges: new Map(), documents: new Map(), passed: new Map(), files: 0, until: 0 };
    this.#lookedAt = Date.now();
    into.until = performance.now() + PORTION_MS;
    const folders: { at: string; level: number }[] = [{ at: '', level: 0 }];
    for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
      const { at, level } = next;
      const entries = listing(path.join(this.#folder, at), at === '');
      for (let done = 0; done < entries.length;) {
        done = this.#lookAt(at, entries, done, into);
        if (performance.now() < into.until) continue;
        await setImmediate();
        into.until = performance.now() + PORTION_MS;
      }
      for (const entry of entries) {
        const isPassed = entry.name.startsWith('.') || entry.name === 'node_modules' || level >= MOST_LEVELS;
        if (entry.isDirectory() && !isPassed) folders.push({ at: joined(at, entry.name), level: level + 1 });
      }
    }
    // A design without a badge is a design that somebody keeps there.
    this.#designs = new Map();
    for (const [place, file] of into.badges) if (file.body === null) this.#designs.set(place, file);
    for (const place of this.#designs.keys()) into.badges.delete(place);
    this.#seen = into;
    return into;
  }

  /**
   * Entries of a folder, until other calls have their turn. Not a part of the waiting loop: that is left and come back to all the
   * time, and runs uncompiled, which takes half as long again.
   *
   * @returns the entry to go on with
   */
  #lookAt(at: string, entries: readonly Dirent[], from: number, into: Looking): number {
    for (let next = from; next < entries.length; next += 1) {
      this.#entry(at, entries[next] as Dirent, into);
      if (into.files > MOST_FILES) throw new Failure('invalid-input', message('folder.tooMany', { most: MOST_FILES }));
      if (performance.now() > into.until) return next + 1;
    }
    return entries.length;
  }

  #entry(at: string, entry: Dirent, into: Looking): void {
    if (entry.isDirectory()) return;
    const name = joined(at, entry.name);
    const ending = this.#endings.find((one) => entry.name.endsWith(one));
    if (entry.isSymbolicLink()) into.passed.set(name, message('folder.isLink', { file: name }));
    if (ending === undefined || entry.name === ending) return;
    if (!entry.isFile()) {
      if (!into.passed.has(name)) into.passed.set(name, strangeEntry(entry));
      return;
    }
    into.files += 1;
    if (ending !== BADGE_ENDING && ending !== ART_ENDING) {
      const found = this.#look(name, LARGEST.body, this.#seen.documents.get(name));
      if (found !== null) into.documents.set(name, found);
      return;
    }
    const place = name.slice(0, -ending.length);
    const before = this.#seen.badges.get(place) ?? this.#designs.get(place);
    let file = into.badges.get(place);
    if (file === undefined) {
      file = { place, body: null, art: null };
      into.badges.set(place, file);
    }
    if (ending === BADGE_ENDING) file.body = this.#look(name, LARGEST.body, before?.body);
    else file.art = this.#look(name, LARGEST.art, before?.art);
  }

  #look(name: string, largest: number, known: FilePart | null | undefined): FilePart | null {
    const file = this.pathOf(name);
    try {
      const isKnown = known?.isRead === true && !known.isRacy && isSameFile(known, statSync(file));
      return isKnown ? known : this.#readPart(file, largest);
    } catch (error) {
      return codeOf(error) === 'ENOENT' ? null : { isRead: false, reason: causeOf(error) };
    }
  }

  /** Ten thousand files are read in one look: a small one costs no more than opening, reading and closing it. */
  #readPart(file: string, largest: number): ReadPart {
    const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(handle);
      const { size, mtimeMs, ctimeMs, ino } = stats;
      const isRacy = this.#lookedAt - ctimeMs <= RACY_MS;
      return { isRead: true, digest: this.#digest(file, handle, stats, largest), size, mtimeMs, ctimeMs, ino, isRacy };
    } finally {
      closeSync(handle);
    }
  }

  #digest(file: string, handle: number, stats: Stats, largest: number): string {
    const buffer = this.#buffer;
    if (!stats.isFile() || stats.size >= buffer.length) return digestOf(readRegular(file, largest));
    let length = 0;
    // What comes whole at once ends there: asking for more of each would cost as much again as closing it.
    for (let read = -1; read !== 0 && (read === -1 || length < stats.size); length += read)
      read = readSync(handle, buffer, length, buffer.length - length, null);
    return digestOf(length === buffer.length ? readRegular(file, largest) : buffer.subarray(0, length));
  }
}

const isSameFile = (one: ReadPart, now: Stats): boolean =>
  one.size === now.size && one.mtimeMs === now.mtimeMs && one.ctimeMs === now.ctimeMs && one.ino === now.ino;

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
