/** A table file as a stream of UTF-8 bytes, whatever encoding and packing it has. */
import { closeSync, readSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { Gunzip, gunzipSync } from 'fflate/browser';
import { decompress, Decompress } from 'fzstd';
import { openRegular } from '../../disk/regular-file';
import { TextBytes, type ByteSource } from './byte-source';

/** A text as UTF-8 bytes that can be read again from any place. */
export interface TextSource extends ByteSource {
  /** Another reader of the same text. @param skip bytes of it, as `read` gives them */
  reopen(skip: number): ByteSource;
}

export type TableEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Packing = 'gzip' | 'zstd' | null;

/** How many bytes of a file are looked at to tell what it is: less than the longest row, so that the first row is cut. */
export const HEAD_BYTES = 512 * 1024;
const PIECE = 256 * 1024;

/** Gives bytes one piece after the other; an empty one at the end. */
interface Pieces {
  next(): Uint8Array;
  /** Of the file, as stored. */
  readonly consumed: number;
}

class FilePieces implements Pieces {
  consumed = 0;
  readonly #handle: number;

  constructor(handle: number) {
    this.#handle = handle;
  }

  /** As `TextSource.read`, straight into the caller's buffer. */
  read(into: Buffer, offset: number): number {
    const read = readSync(this.#handle, into, offset, into.length - offset, this.consumed);
    this.consumed += read;
    return read;
  }

  next(): Uint8Array {
    const piece = Buffer.allocUnsafe(PIECE);
    const read = readSync(this.#handle, piece, 0, PIECE, this.consumed);
    this.consumed += read;
    return piece.subarray(0, read);
  }
}

/** What is inside a gzip or zstd file. A file that ends too early gives what it has and says so. */
class UnpackedPieces implements Pieces {
  readonly #packed: FilePieces;
  readonly #out: Uint8Array[] = [];
  readonly #push: (piece: Uint8Array, isLast: boolean) => void;
  readonly #packing: 'gzip' | 'zstd';
  #isDone = false;
  #isEmpty = true;
  /** The whole file, as long as nothing has come out of it. */
  #read = Buffer.alloc(0);

  constructor(packed: FilePieces, packing: 'gzip' | 'zstd') {
    this.#packed = packed;
    this.#packing = packing;
    const take = (piece: Uint8Array): void => {
      if (piece.length === 0) return;
      this.#out.push(piece);
      this.#isEmpty = false;
    };
    if (packing === 'gzip') {
      const gunzip = new Gunzip(take);
      this.#push = (piece, isLast) => gunzip.push(piece, isLast);
    } else {
      const zstd = new Decompress(take);
      this.#push = (piece, isLast) => {
        zstd.push(piece, isLast);
      };
    }
  }

  get consumed(): number {
    return this.#packed.consumed;
  }

  next(): Uint8Array {
    while (this.#out.length === 0 && !this.#isDone) {
      const piece = this.#packed.next();
      this.#isDone = piece.length === 0;
      if (this.#isEmpty) this.#read = Buffer.concat([this.#read, piece]).subarray(0, LARGEST_EMPTY + 1);
      try {
        this.#push(piece, this.#isDone);
      } catch {
        throw new DamagedPacking();
      }
    }
    if (this.#isDone && this.#isEmpty && !holdsNothing(this.#read, this.#packing)) throw new DamagedPacking();
    return this.#out.shift() ?? new Uint8Array(0);
  }
}

/** Bytes. Nothing at all is packed into some twenty, and the name of the file beside them. */
const LARGEST_EMPTY = 4_096;

/** Whether a packed file is whole and nothing is in it: what ends before its first byte comes out looks the same in pieces. */
function holdsNothing(file: Buffer, packing: 'gzip' | 'zstd'): boolean {
  if (file.length > LARGEST_EMPTY) return false;
  try {
    if (packing === 'zstd') return decompress(file).length === 0;
    // Its checksum and its length, both of nothing.
    return gunzipSync(file).length === 0 && file.length >= 18 && file.subarray(-8).every((byte) => byte === 0);
  } catch {
    return false;
  }
}

/** The packed bytes of a file are damaged or end too early. */
export class DamagedPacking extends Error {
  constructor() {
    super('its compressed bytes are damaged or end too early; copy or export the file again');
  }
}

/** @returns how the file is packed, by its first bytes */
export function packingOf(head: Uint8Array): Packing {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  return head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd ? 'zstd' : null;
}

/** The encoding that the first bytes of a text show, and how many of them are its mark. */
export function tableEncodingOf(head: Uint8Array, isWhole: boolean): { encoding: TableEncoding; mark: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  const zeros = [0, 0];
  const looked = Math.min(head.length, 4096) & ~1;
  for (let at = 0; at < looked; at += 1) if (head[at] === 0) zeros[at & 1]! += 1;
  // Delimiters, digits and line ends have a zero byte beside them in UTF-16, and a text has none in UTF-8.
  if (zeros[1]! > looked / 8 && zeros[1]! > 4 * zeros[0]!) return { encoding: 'utf-16le', mark: 0 };
  if (zeros[0]! > looked / 8 && zeros[0]! > 4 * zeros[1]!) return { encoding: 'utf-16be', mark: 0 };
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !isWhole });
    return { encoding: 'utf-8', mark: 0 };
  } catch {
    return { encoding: 'windows-1252', mark: 0 };
  }
}

/** @throws NotRegular, or the system's error, when the file cannot be read; DamagedPacking */
export class TableBytes implements TextSource {
  readonly encoding: TableEncoding;
  readonly packing: Packing;
  readonly size: number;
  /** Bytes of its byte-order mark. */
  readonly mark: number;
  readonly #path: string;
  readonly #handle: number;
  readonly #pieces: Pieces;
  /** The file itself, where its bytes are the text's. */
  readonly #plain: FilePieces | null;
  readonly #decoder: TextDecoder | null;
  #rest: Uint8Array;
  #isDone = false;

  constructor(path: string) {
    const { handle, size } = openRegular(path);
    this.#path = path;
    this.#handle = handle;
    this.size = size;
    try {
      const start = Buffer.alloc(4);
      this.packing = packingOf(start.subarray(0, readSync(this.#handle, start, 0, 4, 0)));
      const file = new FilePieces(this.#handle);
      this.#pieces = this.packing === null ? file : new UnpackedPieces(file, this.packing);
      const head = this.#head();
      const { encoding, mark } = tableEncodingOf(head, this.#isDone);
      this.encoding = encoding;
      this.mark = mark;
      this.#rest = head.subarray(mark);
      this.#decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding, { ignoreBOM: true });
      if (this.#decoder !== null) this.#rest = this.#decode(this.#rest, this.#isDone);
      this.#plain = this.#decoder === null && this.packing === null ? file : null;
    } catch (error) {
      closeSync(this.#handle);
      throw error;
    }
  }

  #head(): Uint8Array {
    const pieces: Uint8Array[] = [];
    let length = 0;
    while (length < HEAD_BYTES) {
      const piece = this.#pieces.next();
      if (piece.length === 0) {
        this.#isDone = true;
        break;
      }
      pieces.push(piece);
      length += piece.length;
    }
    return Buffer.concat(pieces);
  }

  #decode(bytes: Uint8Array, isLast: boolean): Uint8Array {
    return Buffer.from(this.#decoder!.decode(bytes, { stream: !isLast }), 'utf8');
  }

  get consumed(): number {
    return this.#pieces.consumed;
  }

  read(into: Buffer, offset: number): number {
    while (this.#rest.length === 0) {
      if (this.#plain !== null) return this.#plain.read(into, offset);
      if (this.#isDone) return 0;
      const piece = this.#pieces.next();
      this.#isDone = piece.length === 0;
      this.#rest = this.#decoder === null ? piece : this.#decode(piece, this.#isDone);
    }
    const count = Math.min(this.#rest.length, into.length - offset);
    into.set(this.#rest.subarray(0, count), offset);
    this.#rest = this.#rest.subarray(count);
    return count;
  }

  reopen(skip: number): ByteSource {
    const other = new TableBytes(this.#path);
    other.#skip(skip);
    return other;
  }

  #skip(bytes: number): void {
    const waste = Buffer.allocUnsafe(PIECE);
    for (let left = bytes; left > 0;) {
      const read = this.read(left < PIECE ? waste.subarray(0, left) : waste, 0);
      if (read === 0) return;
      left -= read;
    }
  }

  close(): void {
    closeSync(this.#handle);
  }
}

/** A text that is at hand already. */
export class PastedBytes extends TextBytes implements TextSource {
  readonly encoding = 'utf-8';
  readonly packing = null;
  readonly #text: string | Buffer;

  constructor(text: string | Buffer) {
    super(text);
    this.#text = text;
  }

  reopen(skip: number): ByteSource {
    const bytes = new TextBytes(this.#text);
    const waste = Buffer.allocUnsafe(skip);
    for (let left = skip; left > 0;) {
      const read = bytes.read(waste.subarray(0, left), 0);
      if (read === 0) break;
      left -= read;
    }
    return bytes;
  }
}
