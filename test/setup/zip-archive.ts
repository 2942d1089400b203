/** Writes small zip archives for tests, with the modes and odd names that archives in the wild have. */
import { crc32, deflateRawSync } from 'node:zlib';

export type ZipEntry = {
  name: string;
  text?: string | Uint8Array;
  mode?: number;
  stored?: boolean;
  /** Checksum and sizes stand behind the body, as where an archive is written in one go. */
  descriptor?: boolean;
};

/** @returns the archive's bytes (PKWARE APPNOTE 4.3) */
export function zipOf(entries: ZipEntry[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text = '', mode = 0o100644, stored = false, descriptor = false } of entries) {
    const plain = typeof text === 'string' ? Buffer.from(text) : Buffer.from(text.buffer, text.byteOffset, text.length);
    const packed = stored ? plain : deflateRawSync(plain);
    const nameBytes = Buffer.from(name);
    const shared = Buffer.alloc(22);
    shared.writeUInt16LE(stored ? 0 : 8, 4);
    shared.writeUInt32LE(crc32(plain), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(plain.length, 18);
    if (descriptor) shared.writeUInt16LE(8, 2);
    const local = Buffer.from(shared);
    if (descriptor) local.fill(0, 10, 22);
    const behind = descriptor ? Buffer.concat([Buffer.from('PK\x07\x08'), shared.subarray(10, 22)]) : Buffer.alloc(0);
    const nameLength = Buffer.alloc(4);
    nameLength.writeUInt16LE(nameBytes.length);
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), local, nameLength, nameBytes, packed, behind]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), shared, nameLength, tail, nameBytes]));
    bodies.push(body);
    offset += body.length;
  }
  const directoryLength = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directoryLength, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}
