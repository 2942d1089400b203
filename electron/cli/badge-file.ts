import path from 'node:path';
import { readRegular } from '../disk/regular-file';
import { reasonOf } from '../disk/system-reasons';
import { isObject } from '../../shared/domain/body-reader';
import { readJson } from '../../shared/domain/json';
import { readJsonBytes } from '../../shared/domain/json-bytes';
import { laurelSchemaOf } from '../../shared/domain/laurel-schema';
import { mergeMarkLine } from '../../shared/domain/merge-marks';
import { Failure } from '../../shared/ipc/errors';
import { jsonMistake } from '../../shared/words/json-mistakes';
import { message, type Message } from '../../shared/words/message';
import { plainFailure } from './plain-failure';

/** A badge file is the body of a create call, `*.badge.json`. */
export interface BadgeFile {
  /** As the person named it. */
  name: string;
  text: string;
}

/** Bytes. A badge is some kilobytes long. */
const LARGEST = 16_000_000;

/** @throws Failure `not-found` when the file cannot be read, or is no file */
export function readBadgeFile(cwd: string, name: string): BadgeFile {
  try {
    const reading = readJsonBytes(readRegular(path.resolve(cwd, name), LARGEST), TextDecoder);
    if (!reading.ok) throw plainFailure('not-found', `${name} ${reading.reason}. Nothing was done.`);
    return { name, text: reading.text };
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw plainFailure('not-found', `${name} cannot be read: ${reasonOf(error)}. Nothing was done.`);
  }
}

/** Why a text is the body of no call; null where it is an object that can be judged as a badge. */
export function whyNoBody(text: string): { kind: 'merge' | 'other' | 'unread'; words: Message } | null {
  const reading = readJson(text);
  if (!reading.ok) {
    const line = mergeMarkLine(text);
    return line === null
      ? { kind: 'unread', words: message('plans.fileNotJson', { mistake: jsonMistake(reading.mistake) }) }
      : { kind: 'merge', words: message('plans.fileMergeMarkers', { line: String(line) }) };
  }
  const schema = laurelSchemaOf(reading.value);
  if (schema !== null) return { kind: 'other', words: message('transfer.isOtherFile', { schema }) };
  return isObject(reading.value) ? null : { kind: 'unread', words: message('transfer.isNoBadge') };
}
