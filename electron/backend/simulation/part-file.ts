import { createHash } from 'node:crypto';
import { isObject } from '../../../shared/domain/body-reader';
import { readPart, type Part } from '../../../shared/simulation/slice';
import { sortedJson } from './sorted-json';

/** Of everything in a part but this itself, in whatever order its fields stand and however it is laid out. */
const digestOf = (part: object): string => createHash('sha256').update(sortedJson(part)).digest('hex');

/** The text of a part's file: the part, and a digest of it. */
export function partText(part: Part): string {
  return `${JSON.stringify({ ...part, digest: digestOf(part) })}\n`;
}

/**
 * What a part's file is: a part; one that is `damaged`, of which it says itself which slice it was; a text that is `cut` off, or no
 * JSON; or `none`.
 */
export type PartReading =
  | { kind: 'part'; part: Part }
  | { kind: 'damaged'; part: Part }
  | { kind: 'cut' }
  | { kind: 'none' };

/** Reads the text of a part's file. One of an earlier version, without a digest, is taken as it is. */
export function readPartText(text: string): PartReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'cut' };
  }
  const part = readPart(value);
  if (part === null || !isObject(value)) return { kind: 'none' };
  const { digest, ...rest } = value;
  return { kind: digest === undefined || digest === digestOf(rest) ? 'part' : 'damaged', part };
}
