import { createHash } from 'node:crypto';
import { decode } from 'fast-png';
import { squared } from '../../../shared/art/frame';
import { LARGEST_IMAGE, LARGEST_PICTURE, type Picture } from '../../../shared/art/model';
import { Failure } from '../../../shared/ipc/errors';
import { message, type Message, type MessagePart } from '../../../shared/words/message';
import { cleanSvg, svgSize, type SvgMistake } from './clean-svg';
import { drawPng } from './draw-png';

/** Along a side: more would be hundreds of megabytes once it is unpacked. */
const MOST_PIXELS = 4_096;
/** Sides that a picture is reduced to until it is small enough. */
const SIDES = [1_024, 768, 512, 384, 256, 128];
/** Pixels along a side of what is mended: nobody shows a badge larger. */
const WIDEST = 2_048;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export interface OwnPicture {
  /** Names the picture by what it holds. */
  key: string;
  picture: Picture;
  /** What was done to it, in sentences. */
  notes: readonly Message[];
}

/** What a PNG is. */
export interface PngFacts {
  width: number;
  height: number;
  bytes: number;
  /** What a gateway would refuse, in sentences; each can be mended. */
  troubles: readonly Message[];
}

const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, index) => bytes[index] === byte);

/**
 * Reads a whole PNG through, as a gateway would.
 *
 * @throws Failure `invalid-input` where it is none, is damaged, or is too large to be unpacked
 */
export function pngFacts(bytes: Uint8Array, file: string): PngFacts {
  if (!isPng(bytes) || bytes.length < 33) throw new Failure('invalid-input', message('art.noPng', { file }));
  const head = new DataView(bytes.buffer, bytes.byteOffset);
  const [width, height] = [head.getUint32(16), head.getUint32(20)];
  if (width === 0 || height === 0 || width > MOST_PIXELS || height > MOST_PIXELS)
    throw new Failure('invalid-input', message('art.pixels', { file, width, height, most: MOST_PIXELS }));
  try {
    decode(bytes, { checkCrc: true });
  } catch {
    throw new Failure('invalid-input', message('art.damagedPng', { file }));
  }
  const troubles = [
    ...(width === height ? [] : [message('art.notSquare', { file, width, height })]),
    ...(bytes.length <= LARGEST_IMAGE
      ? []
      : [message('art.tooLarge', { file, bytes: bytes.length, most: LARGEST_IMAGE })]),
  ];
  return { width, height, bytes: bytes.length, troubles };
}

/** A PNG made square by empty margins, and reduced until it is small enough. Nothing of it is cut off. */
export async function mendPng(
  bytes: Uint8Array,
  { width, height }: PngFacts,
  most = LARGEST_IMAGE,
): Promise<Uint8Array> {
  const side = Math.max(width, height);
  const svg = squared(`data:image/png;base64,${Buffer.from(bytes).toString('base64')}`, width, height);
  let mended: Uint8Array = bytes;
  for (const to of [side, ...SIDES].filter((pixels) => pixels <= side && pixels <= WIDEST)) {
    mended = await drawPng(svg, to);
    if (mended.length <= most) break;
  }
  return mended;
}

const SVG_MISTAKES: Readonly<
  Record<SvgMistake, 'art.svgBroken' | 'art.noPicture' | 'art.svgDoctype' | 'art.svgMuch' | 'art.svgEmpty'>
> = {
  broken: 'art.svgBroken',
  'no-svg': 'art.noPicture',
  doctype: 'art.svgDoctype',
  'too-much': 'art.svgMuch',
  empty: 'art.svgEmpty',
};

/**
 * A person's own PNG or SVG as a design holds it.
 *
 * @param file as the person knows it
 * @param mend a PNG that is too large for a design is reduced; otherwise it is refused, and the refusal says so
 * @throws Failure `invalid-input`
 */
export async function ownPicture(bytes: Uint8Array, file: string, mend: boolean): Promise<OwnPicture> {
  if (isPng(bytes)) return ownPng(bytes, file, mend);
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  if (!/^\s*</.test(text)) throw new Failure('invalid-input', message('art.noPicture', { file }));
  if (bytes.length > LARGEST_PICTURE)
    throw new Failure('invalid-input', message('art.svgLarge', { file, most: LARGEST_PICTURE / 1_000 }));
  const cleaned = cleanSvg(text);
  if (typeof cleaned === 'string') throw new Failure('invalid-input', message(SVG_MISTAKES[cleaned], { file }));
  const { svg, leftOut } = cleaned;
  const notes = leftOut.length === 0 ? [] : [message('art.leftOut', { file, what: leftOut.slice(0, 12).join(', ') })];
  return { ...kept(Buffer.from(svg, 'utf8'), 'svg', file), notes };
}

/**
 * What is to say of an SVG as a picture of a badge: what of it cannot be used, and that it is no square.
 *
 * @throws Failure `invalid-input` where it cannot be used at all
 */
export async function svgTroubles(bytes: Uint8Array, file: string): Promise<readonly Message[]> {
  const { picture, notes } = await ownPicture(bytes, file, false);
  const size = picture.type === 'svg' ? svgSize(Buffer.from(picture.data, 'base64').toString('utf8')) : null;
  // Programs round what they write.
  const isSquare = size === null || Math.abs(size.width - size.height) <= Math.max(size.width, size.height) / 1_000;
  return isSquare ? notes : [...notes, message('art.svgNotSquare', { file, ...size })];
}

async function ownPng(bytes: Uint8Array, file: string, mend: boolean): Promise<OwnPicture> {
  const facts = pngFacts(bytes, file);
  if (bytes.length <= LARGEST_PICTURE) return { ...kept(bytes, 'png', file), notes: [] };
  if (!mend) throw new Failure('invalid-input', message('art.pngForDesign', { file, most: LARGEST_PICTURE / 1_000 }));
  const mended = await mendPng(bytes, facts, LARGEST_PICTURE);
  return { ...kept(mended, 'png', file), notes: [message('art.reduced', { file, most: LARGEST_PICTURE / 1_000 })] };
}

function kept(bytes: Uint8Array, type: Picture['type'], name: string): Pick<OwnPicture, 'key' | 'picture'> {
  const key = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { key, picture: { name: name.slice(0, 200), type, data: Buffer.from(bytes).toString('base64') } };
}

/**
 * Whether the pictures of a design that came from a file are what Laurel itself would have put there: a file may have been
 * written by anybody.
 *
 * @throws Failure `invalid-input`
 */
export async function requireOwnPictures(
  pictures: Readonly<Record<string, Picture>>,
  file: MessagePart,
): Promise<void> {
  for (const [key, picture] of Object.entries(pictures)) {
    const made = await ownPicture(Buffer.from(picture.data, 'base64'), picture.name, false).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      throw new Failure('invalid-input', message('art.pictureInside', { file, reason: error.words }));
    });
    if (made.key !== key || made.picture.type !== picture.type)
      throw new Failure('invalid-input', message('art.pictureEdited', { file, name: picture.name }));
  }
}
