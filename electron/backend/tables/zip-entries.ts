/** The entries of a zip archive that is in memory, unpacked by the runtime's own zlib beside this thread. */
import { Readable } from 'node:stream';
import { createInflateRaw, inflateRawSync } from 'node:zlib';

/** An entry as the archive's directory names it. */
export interface ZipEntry {
  /** Bytes unpacked, as the directory says. */
  size: number;
  /** What stands in the archive. */
  packed: Buffer;
  isDeflated: boolean;
}

const END = 0x06054b50;
const END_BYTES = 22;
const DIRECTORY = 0x02014b50;
const DIRECTORY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 0xffff;
/** Stands for a number that has its place in a further field, of an archive beyond 4 GiB or one written as if it were. */
const ELSEWHERE = 0xffffffff;
const LARGE = 1;
const DEFLATED = 8;
/** Bytes unpacked that are handed over at a time. */
const PIECE = 256 * 1024;

/**
 * The entries of an archive by their names.
 *
 * @throws Error where it is damaged
 */
export function zipEntries(archive: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.length);
  const end = endOf(bytes);
  const entries = new Map<string, ZipEntry>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== DIRECTORY) throw new Error('The directory of the archive is damaged');
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const nameEnd = at + DIRECTORY_BYTES + name;
    const { size, packed, start } = placesOf(bytes, at, bytes.subarray(nameEnd, nameEnd + extra));
    const data = start + LOCAL_BYTES + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    entries.set(bytes.toString('utf8', at + DIRECTORY_BYTES, nameEnd), {
      size,
      packed: bytes.subarray(data, data + packed),
      isDeflated: bytes.readUInt16LE(at + 10) === DEFLATED,
    });
    at = nameEnd + extra + comment;
  }
  return entries;
}

/** The archive ends with where its directory begins, and a comment of any length. */
function endOf(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT);
  for (let at = bytes.length - END_BYTES; at >= first; at -= 1) {
    if (bytes.readUInt32LE(at) !== END) continue;
    // A comment may hold the mark, too, and bytes may follow it.
    const directory = bytes.readUInt32LE(at + 16);
    if (directory < at && bytes.readUInt32LE(directory) === DIRECTORY) return at;
  }
  throw new Error('The archive has no directory');
}

/** @param at the entry in the directory @param extra its further fields */
function placesOf(bytes: Buffer, at: number, extra: Buffer): { size: number; packed: number; start: number } {
  const [size, packed, start] = [24, 20, 42].map((place) => bytes.readUInt32LE(at + place)) as [number, number, number];
  let large: Buffer = Buffer.alloc(0);
  for (let field = 0; field + 4 <= extra.length; field += 4 + extra.readUInt16LE(field + 2))
    if (extra.readUInt16LE(field) === LARGE) large = extra.subarray(field + 4);
  let next = 0;
  const [wholeSize, wholePacked, wholeStart] = [size, packed, start].map((number) => {
    if (number !== ELSEWHERE) return number;
    next += 8;
    return Number(large.readBigUInt64LE(next - 8));
  }) as [number, number, number];
  return { size: wholeSize, packed: wholePacked, start: wholeStart };
}

/** An entry unpacked at once. @param most bytes that it may have @throws Error where it has more or is damaged */
export function unpackedEntry({ packed, isDeflated }: ZipEntry, most: number): Buffer {
  if (isDeflated) return inflateRawSync(packed, { maxOutputLength: most });
  if (packed.length > most) throw new Error('The entry is larger than it may be');
  return packed;
}

/** An entry unpacked piece by piece. @throws zlib's error where it is damaged */
export async function* piecesOfEntry({ packed, isDeflated }: ZipEntry): AsyncGenerator<Buffer> {
  if (!isDeflated) {
    for (let at = 0; at < packed.length; at += PIECE) yield packed.subarray(at, at + PIECE);
    return;
  }
  const inflate = createInflateRaw({ chunkSize: PIECE });
  Readable.from(portionsOf(packed), { objectMode: false }).pipe(inflate);
  for await (const piece of inflate) yield piece as Buffer;
}

function* portionsOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}
