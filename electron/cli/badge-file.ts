import path from 'node:path';
import { readRegular } from '../disk/regular-file';
import { reasonOf } from '../disk/system-reasons';
import { readJsonBytes } from '../../shared/domain/json-bytes';
import { Failure } from '../../shared/ipc/errors';
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
