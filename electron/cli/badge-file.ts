import path from 'node:path';
import { readRegularText } from '../../disk/regular-file';
import { reasonOf } from '../../disk/system-reasons';
import { Failure } from '../../shared/ipc/errors';

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
    return { name, text: readRegularText(path.resolve(cwd, name), LARGEST) };
  } catch (error) {
    throw new Failure('not-found', `${name} cannot be read: ${reasonOf(error)}. Nothing was done.`);
  }
}
