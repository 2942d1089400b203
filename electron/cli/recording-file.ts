import path from 'node:path';
import type { Recording } from '../../shared/fidelity/recording';
import { LARGEST_SOURCE, recordingOf } from '../backend/fidelity/record/read-source';
import { readRegularText } from '../disk/regular-file';
import { reasonOf } from '../disk/system-reasons';
import { plainFailure } from './plain-failure';

/** What `laurel record` and `laurel replay` read. */
export const SOURCES_HELP = `an HTTP archive (HAR) of a browser or proxy, the JSON of newman or bru run, a Postman collection with saved
                  examples, or a recording of Laurel's own`;

/**
 * A recording from a file that a person named.
 *
 * @throws Failure `not-found` or `invalid-input`
 */
export function readRecordingFile(cwd: string, name: string): Recording {
  let text: string;
  try {
    text = readRegularText(path.resolve(cwd, name), LARGEST_SOURCE);
  } catch (error) {
    throw plainFailure('not-found', `${name} cannot be read: ${reasonOf(error)}. Nothing was done.`);
  }
  return recordingOf(text, name);
}
