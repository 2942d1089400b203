import type { ByteReader } from './customers-bytes';
import { QUOTE } from './customers-line';

const AHEAD_BYTES = 256 * 1024;

/** Finds the end of a row that is longer than what is kept in memory, a piece at a time. */
export class RowEnd {
  /** Line ends met so far, those inside quotes and the row's own among them. */
  lines = 0;
  readonly #delimiter: number | null;
  readonly #newline: number;
  /** A quote at the head of a field opens one; false: quotes are characters like others. */
  readonly #quotesOpen: boolean;
  #at: 'field start' | 'field' | 'quoted' | 'quote in quoted' = 'field start';

  constructor(delimiter: number | null, newline: number, quotesOpen: boolean) {
    this.#delimiter = delimiter;
    this.#newline = newline;
    this.#quotesOpen = quotesOpen;
  }

  /** Whether the row stands inside a quoted field. */
  get isQuoted(): boolean {
    return this.#at === 'quoted';
  }

  /** Goes through the next bytes of the row. @returns the place behind the row's end; −1: it is not among them */
  find(bytes: Buffer, from: number, to: number): number {
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at];
      if (byte === this.#newline) this.lines += 1;
      if (this.#at === 'quoted') {
        if (byte === QUOTE) this.#at = 'quote in quoted';
      } else if (this.#at === 'quote in quoted' && byte === QUOTE) this.#at = 'quoted';
      else if (this.#at === 'field start' && byte === QUOTE && this.#quotesOpen) this.#at = 'quoted';
      else if (byte === this.#newline) return at + 1;
      else this.#at = byte === this.#delimiter ? 'field start' : 'field';
    }
    return -1;
  }
}

/**
 * Whether a quoted field that is open is closed anywhere behind.
 *
 * @param poll called between pieces; may throw to stop
 */
export function isClosedAhead(ahead: ByteReader, poll: () => void): boolean {
  const piece = Buffer.allocUnsafe(AHEAD_BYTES);
  let isPending = false;
  for (;;) {
    poll();
    const read = ahead.read(piece, 0);
    if (read === 0) return isPending;
    let at = 0;
    if (isPending) {
      if (piece[0] !== QUOTE) return true;
      at = 1;
      isPending = false;
    }
    for (;;) {
      const quote = piece.indexOf(QUOTE, at);
      if (quote === -1 || quote >= read) break;
      if (quote + 1 >= read) {
        isPending = true;
        break;
      }
      if (piece[quote + 1] !== QUOTE) return true;
      at = quote + 2;
    }
  }
}
