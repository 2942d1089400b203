import { closeSync, readSync } from 'node:fs';
import { openRegular } from '../../../disk/regular-file';
import { TableBytes, type TextSource } from '../../tables/text-bytes';

/** A part of a file: bytes from `start` up to, not including, `end`. */
export interface ByteRange {
  start: number;
  end: number;
}

/** The bytes of a part of a UTF-8 file. @throws the system's error when it cannot be read */
export class FileRange implements TextSource {
  readonly size: number;
  private readonly handle: number;
  private position: number;

  constructor(
    private readonly path: string,
    private readonly range: ByteRange,
  ) {
    this.handle = openRegular(path).handle;
    this.size = range.end - range.start;
    this.position = range.start;
  }

  get consumed(): number {
    return this.position - this.range.start;
  }

  read(into: Buffer, offset: number): number {
    const wanted = Math.min(into.length - offset, this.range.end - this.position);
    const read = wanted === 0 ? 0 : readSync(this.handle, into, offset, wanted, this.position);
    this.position += read;
    return read;
  }

  reopen(skip: number): FileRange {
    return new FileRange(this.path, { start: this.range.start + skip, end: this.range.end });
  }

  close(): void {
    closeSync(this.handle);
  }
}

/** Parts smaller than this are not worth a thread. */
const LEAST_PART = 8 * 1024 * 1024;

/** How many parts of a file are worth a thread each. @param size of the file, in bytes */
export function worthwhileParts(size: number, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(size / LEAST_PART)));
}

/** The first byte after the next line's end at or after a position. */
function afterLineEnd(handle: number, position: number, size: number): number {
  const buffer = Buffer.alloc(64 * 1024);
  for (let at = position; at < size;) {
    const read = readSync(handle, buffer, 0, buffer.length, at);
    if (read === 0) return size;
    const newline = buffer.subarray(0, read).indexOf(10);
    if (newline >= 0) return at + newline + 1;
    at += read;
  }
  return size;
}

/**
 * Cuts a file into parts of about one length that begin at a line, at most as many as asked for. A line end within
 * quotes would be a wrong place to cut: who finds a quote in a part must read the file whole. UTF-16 stays whole.
 *
 * @throws the system's error when the file cannot be read
 */
export function partsOfFile(path: string, most: number): ByteRange[] {
  const bytes = new TableBytes(path);
  const { encoding, packing, mark } = bytes;
  bytes.close();
  const { handle, size } = openRegular(path);
  try {
    const count = encoding === 'utf-8' && packing === null ? worthwhileParts(size, most) : 1;
    const cuts = Array.from({ length: count - 1 }, (_, index) =>
      afterLineEnd(handle, Math.floor((size * (index + 1)) / count), size),
    );
    const edges = [mark, ...cuts, size];
    return edges.slice(1).map((end, index) => ({ start: edges[index] ?? 0, end }));
  } finally {
    closeSync(handle);
  }
}
