/**
 * Unpacks a zip archive with what Node brings, so that the set-up needs no program that a bare system may lack.
 * Reads the central directory (PKWARE APPNOTE 4.3.12); knows stored and deflated entries, file modes and symbolic
 * links; refuses encryption, zip64 and names that lead out of the target folder.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, open, symlink } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw, inflateRawSync } from 'node:zlib';

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const fileTypeMask = 0o170000;
const symbolicLink = 0o120000;

/**
 * @typedef {{ name: string, method: number, packedSize: number, mode: number, headerOffset: number }} Entry
 */

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} position
 * @param {number} length
 */
async function readAt(file, position, length) {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) {
    throw new Error('the archive ends too early');
  }
  return buffer;
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @returns {Promise<Entry[]>}
 */
async function readDirectory(file) {
  const { size } = await file.stat();
  const tailLength = Math.min(size, 65_557);
  const tail = await readAt(file, size - tailLength, tailLength);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== endOfDirectory) {
    end -= 1;
  }
  if (end < 0) {
    throw new Error('this is not a zip archive');
  }
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (count === 0xffff || offset === 0xffffffff) {
    throw new Error('zip64 archives are not supported');
  }
  const directory = await readAt(file, offset, length);
  const entries = [];
  for (let at = 0; entries.length < count;) {
    if (directory.readUInt32LE(at) !== directoryEntry) {
      throw new Error('the directory of the archive is damaged');
    }
    if (directory.readUInt16LE(at + 8) & 1) {
      throw new Error('encrypted archives are not supported');
    }
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packedSize: directory.readUInt32LE(at + 20),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      headerOffset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * Unpacks the wanted entries of an archive.
 *
 * @param {string} archive path of the zip file
 * @param {string} target folder to unpack into; made if missing
 * @param {(name: string) => string | undefined} rename answers with the path an entry gets below the target, or
 *   undefined to leave it out
 * @throws {Error} when the archive is damaged, of a kind not known here, or names a path outside the target
 */
export async function unzip(archive, target, rename) {
  const file = await open(archive, 'r');
  try {
    for (const entry of await readDirectory(file)) {
      const name = rename(entry.name);
      if (name === undefined) {
        continue;
      }
      const destination = path.resolve(target, name);
      if (destination !== target && !destination.startsWith(target + path.sep)) {
        throw new Error(`the archive names a path outside its folder: ${entry.name}`);
      }
      if (entry.name.endsWith('/')) {
        await mkdir(destination, { recursive: true });
        continue;
      }
      if (entry.method !== 0 && entry.method !== 8) {
        throw new Error(`unknown compression ${entry.method} of ${entry.name}`);
      }
      await mkdir(path.dirname(destination), { recursive: true });
      // Name and extra field may be longer or shorter here than in the directory, so the data's place is read.
      const header = await readAt(file, entry.headerOffset, 30);
      const start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
      if ((entry.mode & fileTypeMask) === symbolicLink) {
        const packed = await readAt(file, start, entry.packedSize);
        await symlink((entry.method === 8 ? inflateRawSync(packed) : packed).toString('utf8'), destination);
        continue;
      }
      if (entry.packedSize === 0) {
        await (await open(destination, 'w')).close();
      } else {
        const source = createReadStream(archive, { start, end: start + entry.packedSize - 1 });
        const unpacking = entry.method === 8 ? createInflateRaw() : new PassThrough();
        await pipeline(source, unpacking, createWriteStream(destination));
      }
      await chmod(destination, entry.mode & 0o777 || 0o644);
    }
  } finally {
    await file.close();
  }
}
