import { TextDecoder } from 'node:util';
import { readJsonBytes } from '../../../shared/domain/json-bytes';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';
import { readRegular } from '../../disk/regular-file';
import { causeOf } from '../../disk/system-reasons';
import type { BackendContext } from '../context';

/** Bytes of a file that can be a badge's text: as many letters as a draft holds. */
const LONGEST = 4_000_000;

/**
 * The text of a badge file that a person chose.
 *
 * @throws Failure `not-found` when no such file was chosen, `invalid-input` when it cannot be read
 */
export function readBadgeFile(files: BackendContext['files'], token: string): string {
  const { path, name } = files.find(token, 'read');
  let bytes: Buffer;
  try {
    bytes = readRegular(path, LONGEST);
  } catch (error) {
    throw new Failure('invalid-input', message('opening.unreadable', { file: name, reason: causeOf(error) }));
  }
  const reading = readJsonBytes(bytes, TextDecoder);
  if (!reading.ok) throw new Failure('invalid-input', message('opening.noText', { file: name }));
  return reading.text;
}
