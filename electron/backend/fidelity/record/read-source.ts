import { jsonMistakeInWords, readJson } from '../../../../shared/domain/json';
import { readRecording, saysRecording, type Recording } from '../../../../shared/fidelity/recording';
import { Failure } from '../../../../shared/ipc/errors';
import { message } from '../../../../shared/words/message';
import { isHar, readHar } from './har';
import { makeRecording } from './make-recording';
import { isBruno, isNewman, isPostman, readBruno, readNewman, readPostman } from './runs';

/** Bytes of a file; a browser's archive of a long session stays below. */
export const LARGEST_SOURCE = 128_000_000;

/**
 * What a file holds, as a recording: a recording of Laurel's own, an HTTP archive, a run of newman or Bruno, or the
 * examples of a Postman collection.
 *
 * @param name of the file, for words
 * @throws Failure `invalid-input` in words for anything else
 */
export function recordingOf(text: string, name: string): Recording {
  const reading = readJson(text);
  if (!reading.ok)
    throw new Failure(
      'invalid-input',
      message('fidelity.noJson', { name, reason: jsonMistakeInWords(reading.mistake) }),
    );
  const { value } = reading;
  if (saysRecording(value)) {
    const read = readRecording(value);
    if (!read.ok) throw new Failure('invalid-input', message('fidelity.noRecording', { name, reason: read.reason }));
    return read.recording;
  }
  if (isHar(value)) return makeRecording(readHar(value));
  if (isNewman(value)) return makeRecording(readNewman(value));
  if (isBruno(value)) return makeRecording(readBruno(value));
  if (isPostman(value)) return makeRecording(readPostman(value));
  throw new Failure('invalid-input', message('fidelity.unknownFile', { name }));
}
