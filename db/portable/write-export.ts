import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate/browser';
import { removeAbandoned, unfinishedBeside } from '../../electron/disk/unfinished';
import { writeWhole } from '../../electron/disk/whole-file';
import { inWords } from '../backups/reasons';
import { Failure } from '../../shared/ipc/errors';
import { message, type Message } from '../../shared/words/message';
import { exportedFiles, type ExportedFile, type ExportOrder } from './export';

export interface ExportTarget {
  /** Absolute: a file, or a folder that is not there yet, or empty. */
  path: string;
  form: 'zip' | 'folder';
  signal?: { readonly aborted: boolean };
}

/** What one archive of this form can hold at most. */
const MOST_BYTES = 0xffff_ffff;
const MOST_FILES = 0xffff;
/** Every entry of a stored zip is dated so: its bytes depend on nothing but names and contents. */
const STORED_ON = new Date(2000, 0, 1);
const AGAIN = message('system.exportAgain');

type Files = Iterable<ExportedFile> | AsyncIterable<ExportedFile>;

/** How files become an archive, and what is said where that fails. */
export interface ArchiveOrder {
  /** `stored`: uncompressed, so that the same files give the same bytes wherever and whenever they are written. */
  packing: 'deflated' | 'stored';
  tooLarge: Message;
  failed(reason: Message | string): Message;
}

const EXPORT: ArchiveOrder = {
  packing: 'deflated',
  tooLarge: message('portable.tooLargeForZip'),
  failed: (reason) => message('portable.notExported', { reason }),
};

/**
 * Writes a whole workspace as plain files, into a folder or a zip that has its name only once all of it is written.
 *
 * @returns how many files
 * @throws Failure `cancelled`, `invalid-input` where something is there already or a zip cannot hold so much, `database`
 *   or `internal` in plain words; nothing is left then
 */
export function writeExport(order: ExportOrder, target: ExportTarget): Promise<number> {
  return writeFiles(exportedFiles(order), target, EXPORT);
}

/**
 * Writes files that are made one after the other into a folder or a zip, which has its name only once all of it is written.
 *
 * @returns how many files
 * @throws Failure as {@link writeExport} does, in the words of the order; nothing is left then
 */
export async function writeFiles(files: Files, target: ExportTarget, order: ArchiveOrder): Promise<number> {
  removeAbandoned(path.dirname(target.path));
  return target.form === 'zip' ? writeZip(files, target, order) : writeFolder(files, target, order);
}

async function writeFolder(
  given: Files,
  { path: folder, signal }: ExportTarget,
  { failed }: ArchiveOrder,
): Promise<number> {
  if (existsSync(folder) && isTaken(folder)) {
    throw new Failure('invalid-input', message('portable.folderTaken', { name: path.basename(folder) }));
  }
  const unfinished = unfinishedBeside(folder);
  let files = 0;
  try {
    mkdirSync(unfinished);
    for await (const { name, content } of given) {
      const place = path.join(unfinished, name);
      mkdirSync(path.dirname(place), { recursive: true });
      await writeWhole(place, content, { again: AGAIN, ...(signal ? { signal } : {}) });
      files += 1;
    }
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(unfinished, folder);
    return files;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw inWords(error, failed);
  }
}

function isTaken(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    // A file has the name.
    return true;
  }
}

async function writeZip(given: Files, { path: file, signal }: ExportTarget, order: ArchiveOrder): Promise<number> {
  let files = 0;
  async function* counted(): AsyncGenerator<ExportedFile> {
    for await (const each of given) {
      files += 1;
      yield each;
    }
  }
  try {
    await writeWhole(file, archiveOf(counted(), order), { again: AGAIN, ...(signal ? { signal } : {}) });
    return files;
  } catch (error) {
    throw inWords(error, order.failed);
  }
}

/** The bytes of a zip of files that are made one after the other. @throws Failure `invalid-input` where it would be too large */
export async function* archiveOf(
  given: Files,
  { packing, tooLarge }: Pick<ArchiveOrder, 'packing' | 'tooLarge'>,
): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let written = 0;
  let files = 0;
  const zip = new Zip((error, portion) => {
    if (error) throw error;
    ready.push(portion);
  });
  const taken = (): Uint8Array[] => {
    const portions = ready;
    ready = [];
    written += portions.reduce((sum, portion) => sum + portion.length, 0);
    if (written > MOST_BYTES || files > MOST_FILES) throw new Failure('invalid-input', tooLarge);
    return portions;
  };
  for await (const { name, content } of given) {
    const entry = packing === 'stored' ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    if (packing === 'stored') entry.mtime = STORED_ON;
    zip.add(entry);
    files += 1;
    let bytes = 0;
    for await (const portion of content) {
      bytes += portion.length;
      if (bytes > MOST_BYTES) throw new Failure('invalid-input', tooLarge);
      entry.push(portion);
      yield* taken();
    }
    entry.push(new Uint8Array(0), true);
    yield* taken();
  }
  zip.end();
  yield* taken();
}
