import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Zip, ZipDeflate } from 'fflate/browser';
import { removeAbandoned, unfinishedBeside } from '../../electron/disk/unfinished';
import { writeWhole } from '../../electron/disk/whole-file';
import { inWords } from '../backups/reasons';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { exportedFiles, type ExportOrder } from './export';

export interface ExportTarget {
  /** Absolute: a file, or a folder that is not there yet, or empty. */
  path: string;
  form: 'zip' | 'folder';
  signal?: { readonly aborted: boolean };
}

/** What one archive of this form can hold at most. */
const MOST_BYTES = 0xffff_ffff;
const MOST_FILES = 0xffff;
const AGAIN = message('system.exportAgain');

/**
 * Writes a whole workspace as plain files, into a folder or a zip that has its name only once all of it is written.
 *
 * @returns how many files
 * @throws Failure `cancelled`, `invalid-input` where something is there already or a zip cannot hold so much, `database`
 *   or `internal` in plain words; nothing is left then
 */
export async function writeExport(order: ExportOrder, target: ExportTarget): Promise<number> {
  removeAbandoned(path.dirname(target.path));
  return target.form === 'zip' ? writeZip(order, target) : writeFolder(order, target);
}

async function writeFolder(order: ExportOrder, { path: folder, signal }: ExportTarget): Promise<number> {
  if (existsSync(folder) && isTaken(folder)) {
    throw new Failure('invalid-input', message('portable.folderTaken', { name: path.basename(folder) }));
  }
  const unfinished = unfinishedBeside(folder);
  let files = 0;
  try {
    mkdirSync(unfinished);
    for await (const { name, content } of exportedFiles(order)) {
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
    throw inWords(error, (reason) => message('portable.notExported', { reason }));
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

async function writeZip(order: ExportOrder, { path: file, signal }: ExportTarget): Promise<number> {
  let files = 0;
  async function* archive(): AsyncGenerator<Uint8Array> {
    let ready: Uint8Array[] = [];
    let written = 0;
    const zip = new Zip((error, portion) => {
      if (error) throw error;
      ready.push(portion);
    });
    const taken = (): Uint8Array[] => {
      const portions = ready;
      ready = [];
      written += portions.reduce((sum, portion) => sum + portion.length, 0);
      if (written > MOST_BYTES || files > MOST_FILES)
        throw new Failure('invalid-input', message('portable.tooLargeForZip'));
      return portions;
    };
    for await (const { name, content } of exportedFiles(order)) {
      const entry = new ZipDeflate(name, { level: 6 });
      zip.add(entry);
      files += 1;
      let bytes = 0;
      for await (const portion of content) {
        bytes += portion.length;
        if (bytes > MOST_BYTES) throw new Failure('invalid-input', message('portable.tooLargeForZip'));
        entry.push(portion);
        yield* taken();
      }
      entry.push(new Uint8Array(0), true);
      yield* taken();
    }
    zip.end();
    yield* taken();
  }
  try {
    await writeWhole(file, archive(), { again: AGAIN, ...(signal ? { signal } : {}) });
    return files;
  } catch (error) {
    throw inWords(error, (reason) => message('portable.notExported', { reason }));
  }
}
