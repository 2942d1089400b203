import { closeSync, readSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { openRegular } from '../../disk/regular-file';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Something that fills part of a buffer and returns how many bytes it wrote; 0 at the end. */
export interface ByteReader {
  read(into: Buffer, offset: number): number;
}

/** A text as a stream of UTF-8 bytes, read on demand. */
export interface ByteSource extends ByteReader {
  /** Bytes of the text as it is stored, and how many of them have been read. */
  readonly size: number;
  readonly consumed: number;
  /** What is still to be read, without reading it. A source without it cannot be looked ahead in. */
  ahead?(): ByteReader;
  close(): void;
}

/** The encoding that a text's first bytes show, and how many of them are its mark. UTF-8 where nothing shows. */
export function encodingOf(head: Buffer): { encoding: TextEncoding; mark: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  // Digits and delimiters have a zero byte beside them in UTF-16, and text has none in UTF-8.
  if (head.length >= 4 && head[0] !== 0 && head[1] === 0 && head[3] === 0) return { encoding: 'utf-16le', mark: 0 };
  if (head.length >= 4 && head[0] === 0 && head[1] !== 0 && head[2] === 0) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: 'utf-8', mark: 0 };
}

const RAW_BYTES = 256 * 1024;

/** A place in an open file, from which its text is read. */
class FileCursor implements ByteReader {
  position: number;
  readonly #handle: number;
  readonly #decoder: TextDecoder | null;
  #decoded: Buffer;

  constructor(handle: number, decoder: TextDecoder | null, position: number, decoded: Buffer = Buffer.alloc(0)) {
    this.#handle = handle;
    this.#decoder = decoder;
    this.position = position;
    this.#decoded = decoded;
  }

  copy(): FileCursor {
    return new FileCursor(this.#handle, this.#decoder, this.position, this.#decoded);
  }

  read(into: Buffer, offset: number): number {
    if (!this.#decoder) {
      const read = readSync(this.#handle, into, offset, into.length - offset, this.position);
      this.position += read;
      return read;
    }
    if (this.#decoded.length === 0) this.#decoded = this.#decode(this.#decoder);
    const copied = this.#decoded.copy(into, offset);
    this.#decoded = this.#decoded.subarray(copied);
    return copied;
  }

  /** The next piece, cut between two characters: a copy of the place can then go on by itself. */
  #decode(decoder: TextDecoder): Buffer {
    const raw = Buffer.allocUnsafe(RAW_BYTES);
    let read = readSync(this.#handle, raw, 0, raw.length, this.position);
    if (read > 1 && read % 2 === 1) read -= 1;
    if (read > 2) {
      const last = decoder.encoding === 'utf-16be' ? raw.readUInt16BE(read - 2) : raw.readUInt16LE(read - 2);
      if (last >= 0xd800 && last <= 0xdbff) read -= 2;
    }
    this.position += read;
    return Buffer.from(decoder.decode(raw.subarray(0, read)), 'utf8');
  }
}

/** A file as UTF-8 bytes without its mark. @throws NotRegular, or the system's error, when it cannot be read */
export class FileBytes implements ByteSource {
  readonly encoding: TextEncoding;
  readonly size: number;
  /** The first bytes as they are stored, which show what kind of file it is. */
  readonly head: Buffer;
  readonly #handle: number;
  readonly #cursor: FileCursor;

  constructor(path: string) {
    const { handle, size } = openRegular(path);
    this.#handle = handle;
    this.size = size;
    const head = Buffer.alloc(4096);
    this.head = head.subarray(0, readSync(handle, head, 0, head.length, 0));
    const { encoding, mark } = encodingOf(this.head);
    this.encoding = encoding;
    this.#cursor = new FileCursor(
      handle,
      encoding === 'utf-8' ? null : new TextDecoder(encoding, { ignoreBOM: true }),
      mark,
    );
  }

  get consumed(): number {
    return this.#cursor.position;
  }

  read(into: Buffer, offset: number): number {
    return this.#cursor.read(into, offset);
  }

  ahead(): ByteReader {
    return this.#cursor.copy();
  }

  close(): void {
    closeSync(this.#handle);
  }
}

/** A text that is at hand already. */
export class TextBytes implements ByteSource {
  readonly size: number;
  readonly #bytes: Buffer;
  #consumed = 0;

  constructor(text: string | Buffer) {
    this.#bytes =
      typeof text === 'string' ? Buffer.from(text.startsWith('\ufeff') ? text.slice(1) : text, 'utf8') : text;
    this.size = this.#bytes.length;
  }

  get consumed(): number {
    return this.#consumed;
  }

  read(into: Buffer, offset: number): number {
    const copied = this.#bytes.copy(into, offset, this.#consumed);
    this.#consumed += copied;
    return copied;
  }

  ahead(): ByteReader {
    return new TextBytes(this.#bytes.subarray(this.#consumed));
  }

  close(): void {
    this.#consumed = this.size;
  }
}
