/** Finds where a row ends that is longer than what is kept of it, and whether a quote is closed far ahead. */

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const SPACE = 32;
const TAB = 9;
const PIECE = 256 * 1024;

/** Gives bytes one piece after the other: how many were written; 0 at the end. */
interface Reader {
  read(into: Buffer, offset: number): number;
}

/** Goes through a long row piece by piece, from its first byte. */
export class RowTail {
  /** Line ends met so far, those inside quotes and the row's own among them. */
  lines = 0;
  /** Whether the row ended in a return, of which a line feed may still be the other half. */
  endsInReturn = false;
  readonly #delimiter: number;
  readonly #isClosed: (place: number) => boolean;
  #at: 'cell start' | 'cell' | 'quoted' | 'quote in quoted' = 'cell start';
  #lastWasReturn = false;

  /** @param isClosed whether a quote at a place of the text is closed anywhere; one that is not is a character */
  constructor(delimiter: number, isClosed: (place: number) => boolean) {
    this.#delimiter = delimiter;
    this.#isClosed = isClosed;
  }

  /** @param before bytes of the text before the buffer's first one @returns the place behind the row's end; −1: it is not among them */
  find(bytes: Buffer, from: number, to: number, before: number): number {
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at];
      const isSecondHalf = byte === NEWLINE && this.#lastWasReturn;
      this.#lastWasReturn = byte === RETURN;
      const isLineEnd = (byte === NEWLINE && !isSecondHalf) || byte === RETURN;
      if (isLineEnd) this.lines += 1;
      if (this.#at === 'quoted') {
        if (byte === QUOTE) this.#at = 'quote in quoted';
      } else if (this.#at === 'quote in quoted' && byte === QUOTE) this.#at = 'quoted';
      else if (this.#at === 'cell start' && byte === QUOTE && this.#isClosed(before + at)) this.#at = 'quoted';
      else if (isLineEnd) {
        if (byte === RETURN && at + 1 < to) return bytes[at + 1] === NEWLINE ? at + 2 : at + 1;
        this.endsInReturn = byte === RETURN;
        return at + 1;
      } else this.#at = byte === this.#delimiter ? 'cell start' : 'cell';
    }
    return -1;
  }
}

/** Whether an open quote is closed in the text that follows: by the first quote that is not doubled, at a cell's end. */
export function isClosedIn(text: Reader, delimiter: number): boolean {
  const piece = Buffer.allocUnsafe(PIECE);
  let state: 'inside' | 'quote' | 'behind' = 'inside';
  for (;;) {
    const read = text.read(piece, 0);
    if (read === 0) return state !== 'inside';
    for (let at = 0; at < read; at += 1) {
      const byte = piece[at];
      if (state === 'inside') {
        const next = piece.indexOf(QUOTE, at);
        if (next === -1 || next >= read) break;
        at = next;
        state = 'quote';
      } else if (state === 'quote' && byte === QUOTE) state = 'inside';
      else if (byte === delimiter || byte === NEWLINE || byte === RETURN) return true;
      else if (byte === SPACE || byte === TAB) state = 'behind';
      else return false;
    }
  }
}
