import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { requireOutput, type KeptFile } from '../disk/output-place';
import { causeOf } from '../disk/system-reasons';

/**
 * The folder that pictures go into; it is made where it is not there. No picture may replace what is read for it.
 *
 * @param out as the person named it
 * @returns its absolute path
 * @throws Failure
 */
export function folderForPictures(
  cwd: string,
  out: string,
  of: { files: readonly string[]; kept: KeptFile[] },
): string {
  const folder = path.resolve(cwd, out);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Failure('invalid-input', message('art.folderUnmade', { folder: out, reason: causeOf(error) }));
  }
  for (const file of of.files)
    requireOutput(path.join(folder, file), path.join(out, file), of.kept, 'Nothing was written.');
  return folder;
}
