import path from 'node:path';
import { LARGEST_IMAGE, ART_STATES, type ArtState, type BadgeArt } from '../../../shared/art/model';
import { Failure } from '../../../shared/ipc/errors';
import { message, type Message } from '../../../shared/words/message';
import { writeWhole } from '../../disk/whole-file';
import type { Artist } from './artist';
import { drawPng } from './draw-png';

export const PICTURE_FORMATS = ['png', 'svg'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** Pixels along the side of a PNG. */
export const SMALLEST_SIDE = 16;
export const LARGEST_SIDE = 2_048;
export const USUAL_SIDE = 512;

export interface PictureOrder {
  /** Absolute; it is there. */
  folder: string;
  states: readonly ArtState[];
  formats: readonly PictureFormat[];
  /** Of PNGs. */
  side: number;
  signal: { readonly aborted: boolean };
}

export interface WrittenPicture {
  file: string;
  state: ArtState;
  format: PictureFormat;
  bytes: number;
}

/** The file of one picture: `<badge key>.<state>.png`. */
const pictureFile = (key: string, state: ArtState, format: PictureFormat): string => `${key}.${state}.${format}`;

/** Every file that an order writes for one badge. */
export const pictureFiles = (key: string, { states, formats }: Pick<PictureOrder, 'states' | 'formats'>): string[] =>
  states.flatMap((state) => formats.map((format) => pictureFile(key, state, format)));

/**
 * Writes the pictures of one design, each whole or not at all, over what an earlier export left under its name.
 *
 * @param key what the files are called
 * @returns what was written; nothing and the reason, where a character is missing or a picture is too heavy
 * @throws Failure `cancelled`, or of writing
 */
export async function writePictures(
  artist: Artist,
  art: BadgeArt,
  key: string,
  order: PictureOrder,
): Promise<{ written: WrittenPicture[]; refused: Message | null }> {
  const made: { file: string; state: ArtState; format: PictureFormat; content: Uint8Array }[] = [];
  for (const state of ART_STATES.filter((of) => order.states.includes(of))) {
    if (order.signal.aborted) throw new Failure('cancelled', message('system.exportCancelled'));
    const { svg, missing } = await artist.draw(art, state);
    if (missing.length > 0) return { written: [], refused: missingWords(missing) };
    for (const format of PICTURE_FORMATS.filter((of) => order.formats.includes(of))) {
      const content = format === 'png' ? await drawPng(svg, order.side) : Buffer.from(svg, 'utf8');
      const file = pictureFile(key, state, format);
      if (content.length > LARGEST_IMAGE)
        return {
          written: [],
          refused: message('art.tooHeavy', { file, bytes: content.length, most: LARGEST_IMAGE }),
        };
      made.push({ file, state, format, content });
    }
  }
  for (const { file, content } of made) await writeWhole(path.join(order.folder, file), content, { name: file });
  return { written: made.map(({ content, ...of }) => ({ ...of, bytes: content.length })), refused: null };
}

/** What no font has, in a sentence. */
export const missingWords = (missing: readonly string[]): Message =>
  message('art.missing', { count: missing.length, what: missing.slice(0, 20).join(' ') });
