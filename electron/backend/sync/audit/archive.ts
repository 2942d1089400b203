import { readSync } from 'node:fs';
import type { ExportedFile } from '../../../../db/portable/export';
import { archiveOf } from '../../../../db/portable/write-export';
import { closeRegular, openRegular, streamRegular } from '../../../disk/regular-file';
import { PACKING } from './pack';

/** One file of an archive: where its bytes lie. */
export interface ArchiveEntry {
  name: string;
  offset: number;
  bytes: number;
}

const END_BYTES = 22;
const END = 0x0605_4b50;
const CENTRAL = 0x0201_4b50;
const LOCAL = 0x0403_4b50;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
/** A pack has a handful of files. */
const MOST_ENTRIES = 100;

/**
 * The files of an uncompressed archive as Laurel writes it, by its own directory at the end.
 *
 * @returns null where it is none
 * @throws NotRegular, or the system's error
 */
export function entriesOf(file: string): ArchiveEntry[] | null {
  const { handle, size } = openRegular(file);
  const read = (offset: number, length: number): Buffer | null => {
    if (offset < 0 || length < 0 || offset + length > size) return null;
    const bytes = Buffer.alloc(length);
    return readSync(handle, bytes, 0, length, offset) === length ? bytes : null;
  };
  try {
    const end = read(size - END_BYTES, END_BYTES);
    if (end?.readUInt32LE(0) !== END) return null;
    const count = end.readUInt16LE(10);
    const length = end.readUInt32LE(12);
    if (count > MOST_ENTRIES || length > size) return null;
    const directory = read(end.readUInt32LE(16), length);
    if (directory === null) return null;
    const entries: ArchiveEntry[] = [];
    for (let at = 0; entries.length < count;) {
      if (at + CENTRAL_BYTES > directory.length || directory.readUInt32LE(at) !== CENTRAL) return null;
      const bytes = directory.readUInt32LE(at + 24);
      const [nameLength, extra, comment] = [28, 30, 32].map((place) => directory.readUInt16LE(at + place));
      const name = directory.toString('utf8', at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength!);
      const start = directory.readUInt32LE(at + 42);
      const local = read(start, LOCAL_BYTES);
      if (local?.readUInt32LE(0) !== LOCAL) return null;
      const offset = start + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
      if (offset + bytes > size) return null;
      entries.push({ name, offset, bytes });
      at += CENTRAL_BYTES + nameLength! + extra! + comment!;
    }
    return entries;
  } finally {
    closeRegular(handle);
  }
}

/** The bytes of one file of an archive. */
export async function* bytesOf(file: string, { offset, bytes }: ArchiveEntry): AsyncGenerator<Uint8Array> {
  if (bytes === 0) return;
  for await (const portion of streamRegular(file, {
    start: offset,
    end: offset + bytes - 1,
  }) as AsyncIterable<Buffer>)
    yield portion;
}

/** Whether an archive is, to the byte, what Laurel makes of the files that are in it. */
export async function isAsWritten(file: string, entries: readonly ArchiveEntry[], size: number): Promise<boolean> {
  function* files(): Generator<ExportedFile> {
    for (const entry of entries) {
      yield { name: entry.name, content: bytesOf(file, entry) };
    }
  }
  const { handle } = openRegular(file);
  try {
    let at = 0;
    for await (const portion of archiveOf(files(), PACKING)) {
      const found = Buffer.alloc(portion.length);
      if (readSync(handle, found, 0, found.length, at) !== found.length || !found.equals(portion)) return false;
      at += portion.length;
    }
    return at === size;
  } finally {
    closeRegular(handle);
  }
}
