/** Something that fills part of a buffer and returns how many bytes it wrote; 0 at the end. */
export interface ByteReader {
  read(into: Buffer, offset: number): number;
}

/** A text as a stream of UTF-8 bytes, read on demand. */
export interface ByteSource extends ByteReader {
  /** Bytes of the text as it is stored, and how many of them have been read. */
  readonly size: number;
  readonly consumed: number;
  close(): void;
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

  close(): void {
    this.#consumed = this.size;
  }
}
