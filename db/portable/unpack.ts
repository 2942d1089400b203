import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { Unzip, UnzipInflate, type UnzipFile } from 'fflate/browser';
import { streamRegular } from '../../electron/disk/regular-file';
import { codeOf } from '../../electron/disk/system-reasons';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';

/** What an export's files are called; nothing else in an archive is unpacked. */
const NAME = /^(?:[a-z]+\/)?[A-Za-z0-9][\w.-]*$/;

/**
 * Unpacks an export's zip into a folder that is made for it.
 *
 * @throws Failure `cancelled`, or `invalid-input` for a file that is no such zip; the system's errors
 */
export async function unpackZip(
  file: string,
  folder: string,
  signal: { readonly aborted: boolean } | undefined,
): Promise<void> {
  mkdirSync(folder);
  let entries = 0;
  let unfinished = 0;
  let broken: unknown = null;
  const take = (entry: UnzipFile): void => {
    entries += 1;
    if (!NAME.test(entry.name)) {
      broken = new Error(entry.name);
      return;
    }
    const place = path.join(folder, entry.name);
    mkdirSync(path.dirname(place), { recursive: true });
    // No link can stand there, and no name comes twice.
    const handle = openSync(place, 'wx');
    unfinished += 1;
    entry.ondata = (error, portion, isLast) => {
      if (error) broken = error;
      else for (let written = 0; written < portion.length;) written += writeSync(handle, portion, written);
      if (error || isLast) {
        unfinished -= 1;
        closeSync(handle);
      }
    };
    entry.start();
  };
  const archive = new Unzip(take);
  archive.register(UnzipInflate);
  try {
    for await (const portion of streamRegular(file)) {
      if (signal?.aborted) throw new Failure('cancelled', message('portable.importCancelled'));
      archive.push(portion as Buffer);
      if (broken !== null) break;
    }
    if (broken === null) archive.push(new Uint8Array(0), true);
  } catch (error) {
    if (error instanceof Failure || codeOf(error) !== undefined) throw error;
    broken = error;
  }
  if (broken !== null || entries === 0 || unfinished > 0) throw new Failure('invalid-input', message('portable.noZip'));
}
