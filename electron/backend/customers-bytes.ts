import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { TextDecoder } from 'node:util';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** A text as a stream of UTF-8 bytes, read on demand. */
export interface ByteSource {
  /** Fills part of a buffer and returns how many bytes it wrote; 0 at the end. */
  read(into: Buffer, offset: number): number;
  /** Bytes of the text as it is stored, and how many of them have been read. */
  readonly size: number;
  readonly consumed: number;
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

/** A file as UTF-8 bytes without its mark. @throws the system's error when it cannot be read */
export class FileBytes implements ByteSource {
  readonly encoding: TextEncoding;
  readonly size: number;
  readonly #handle: number;
  readonly #decoder: TextDecoder | null;
  #consumed: number;
  #decoded: Buffer = Buffer.alloc(0);

  constructor(path: string) {
    this.#handle = openSync(path, 'r');
    this.size = fstatSync(this.#handle).size;
    const head = Buffer.alloc(4);
    const { encoding, mark } = encodingOf(head.subarray(0, readSync(this.#handle, head, 0, 4, 0)));
    this.encoding = encoding;
    this.#consumed = mark;
    this.#decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding, { ignoreBOM: true });
  }

  get consumed(): number {
    return this.#consumed;
  }

  read(into: Buffer, offset: number): number {
    if (!this.#decoder) {
      const read = readSync(this.#handle, into, offset, into.length - offset, this.#consumed);
      this.#consumed += read;
      return read;
    }
    if (this.#decoded.length === 0) this.#decode(this.#decoder);
    const copied = this.#decoded.copy(into, offset);
    this.#decoded = this.#decoded.subarray(copied);
    return copied;
  }

  #decode(decoder: TextDecoder): void {
    const raw = Buffer.allocUnsafe(256 * 1024);
    while (this.#decoded.length === 0) {
      const read = readSync(this.#handle, raw, 0, raw.length, this.#consumed);
      this.#consumed += read;
      this.#decoded = Buffer.from(decoder.decode(raw.subarray(0, read), { stream: read > 0 }), 'utf8');
      if (read === 0) return;
    }
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

  constructor(text: string) {
    this.#bytes = Buffer.from(text.startsWith('\ufeff') ? text.slice(1) : text, 'utf8');
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

  close(): void {
    this.#consumed = this.size;
  }
}
