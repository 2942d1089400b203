import { TextDecoder } from 'node:util';
import { isObject, type JsonObject } from '../../../shared/domain/body-reader';
import { readJson } from '../../../shared/domain/json';
import { hasMergeMarks } from '../../../shared/domain/merge-marks';
import { readJsonBytes } from '../../../shared/domain/json-bytes';
import { badgeFileText } from '../../../shared/gateway/badge-file';
import type { BadgeArt } from '../../../shared/art/model';
import { Failure } from '../../../shared/ipc/errors';
import { jsonMistake } from '../../../shared/words/json-mistakes';
import { message, type MessagePart } from '../../../shared/words/message';
import { parseArt } from '../art/art-file';
import { toKept } from '../art/kept-art';
import { outlineOf } from '../../../db/workspace/outline';
import type { KeptArt } from '../../../db/workspace/arts';

/** What stands in the file of a badge. */
export type BodyReading =
  /** `text` as it stands there; `canonical` as it would be written. */
  | { ok: true; text: string; canonical: string; body: JsonObject }
  | { ok: false; isMerge: boolean; reason: MessagePart };

export function readBody(bytes: Uint8Array): BodyReading {
  const decoded = readJsonBytes(bytes, TextDecoder);
  if (!decoded.ok) return { ok: false, isMerge: false, reason: message('folder.noText') };
  const { text } = decoded;
  const reading = readJson(text);
  if (!reading.ok) return { ok: false, isMerge: hasMergeMarks(text), reason: jsonMistake(reading.mistake) };
  if (!isObject(reading.value)) return { ok: false, isMerge: false, reason: message('transfer.isNoBadge') };
  return { ok: true, text, canonical: badgeFileText(reading.value), body: reading.value };
}

/** The text of a draft as its file would hold it; null where it is no JSON object. */
export function fileTextOf(draftBody: string): { canonical: string; body: JsonObject } | null {
  const { body } = outlineOf(draftBody);
  return isObject(body) ? { canonical: badgeFileText(body), body } : null;
}

/** What stands in the file of a design. */
export type ArtReading =
  | { ok: true; kept: KeptArt; art: BadgeArt }
  | { ok: false; isMerge: boolean; reason: MessagePart };

export async function readArt(bytes: Uint8Array, name: string): Promise<ArtReading> {
  const decoded = readJsonBytes(bytes, TextDecoder);
  if (!decoded.ok) return { ok: false, isMerge: false, reason: message('folder.noText') };
  try {
    const art = await parseArt(decoded.text, name);
    return { ok: true, art, kept: toKept(art) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ok: false, isMerge: hasMergeMarks(decoded.text), reason: error.words };
  }
}
