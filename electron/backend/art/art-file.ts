import path from 'node:path';
import type { z } from 'zod';
import { ART_SCHEMA, LARGEST_PICTURE, MOST_PICTURES, type BadgeArt } from '../../../shared/art/model';
import { isObject } from '../../../shared/domain/body-reader';
import { readJson } from '../../../shared/domain/json';
import { badgeArt } from '../../../shared/ipc/art-schema';
import { contractMistake } from '../../../shared/ipc/bounded-list';
import { Failure } from '../../../shared/ipc/errors';
import { jsonMistake } from '../../../shared/words/json-mistakes';
import { message, type Message } from '../../../shared/words/message';
import { readRegular } from '../../disk/regular-file';
import { causeOf } from '../../disk/system-reasons';
import { requireOwnPictures } from './own-picture';

/** How the file of a design ends. */
export const ART_ENDING = '.badge-art.json';
const LARGEST_FILE = Math.ceil((LARGEST_PICTURE * 4) / 3) * MOST_PICTURES + 1_000_000;
const SCHEMA = /^laurel\/badge-art@(\d+)$/;

const refused = (words: Message): Failure => new Failure('invalid-input', words);

/** A file's name without its folder and ending: what pictures of it are called. */
export const artName = (file: string): string =>
  path.basename(file).replace(new RegExp(`${ART_ENDING.replaceAll('.', '\\.')}$|\\.json$`, 'i'), '');

/**
 * A design from its file.
 *
 * @param name as the person knows it
 * @throws Failure `invalid-input`
 */
export async function readArtFile(file: string, name: string): Promise<BadgeArt> {
  let bytes: Buffer;
  try {
    bytes = readRegular(file, LARGEST_FILE);
  } catch (error) {
    const cause = causeOf(error);
    if (typeof cause === 'object' && cause.key === 'system.largerThan')
      throw refused(message('art.fileLarge', { file: name }));
    throw refused(message('art.fileUnread', { file: name, reason: cause }));
  }
  return parseArt(bytes.toString('utf8').replace(/^\ufeff/, ''), name);
}

/**
 * A design from the text of its file.
 *
 * @throws Failure `invalid-input` that names the first mistake and its place
 */
export async function parseArt(text: string, name: string): Promise<BadgeArt> {
  const reading = readJson(text);
  if (!reading.ok) throw refused(message('art.notJson', { file: name, mistake: jsonMistake(reading.mistake) }));
  const { value } = reading;
  const schema = isObject(value) && typeof value['schema'] === 'string' ? value['schema'] : '';
  if (schema !== ART_SCHEMA) {
    if (Number(SCHEMA.exec(schema)?.[1] ?? 0) > 1) throw refused(message('art.newer', { file: name }));
    throw refused(message('art.otherFile', { file: name, schema: schema.slice(0, 60) }));
  }
  const parsed = badgeArt.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refused(wrongAt(issue as z.core.$ZodIssue, name));
  }
  await requireOwnPictures(parsed.data.pictures, name);
  return parsed.data;
}

function wrongAt(issue: z.core.$ZodIssue, file: string): Message {
  const place = issue.path
    .map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`))
    .join('');
  const extra = issue.code === 'unrecognized_keys' ? `.${issue.keys[0] ?? ''}` : '';
  return message('art.wrongAt', { file, path: `${place}${extra}`.replace(/^\./, ''), what: mistakeOf(issue) });
}

function mistakeOf(issue: z.core.$ZodIssue): Message {
  if (issue.code === 'too_big') return message('art.isTooMuch', { most: Number(issue.maximum) });
  const own = contractMistake(issue);
  if (own !== null) return own;
  if (issue.code === 'too_small') return message('art.isTooLittle', { least: Number(issue.minimum) });
  if (issue.code === 'unrecognized_keys') return message('art.isExtra');
  return message(issue.code === 'invalid_type' ? 'art.isMissing' : 'art.isUnknown');
}
