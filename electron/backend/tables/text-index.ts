/** Texts by number: one stretch of bytes, each text behind the one before. May lie in memory that threads share. */
export interface NumberedTexts {
  bytes: Uint8Array;
  /** By number: where the text ends; it begins where the one before ends. */
  ends: Uint32Array;
}

const decoder = new TextDecoder();

/** The text of a number. */
export function textOf({ bytes, ends }: NumberedTexts, number: number): string {
  // Memory that threads share cannot be decoded where it lies.
  return decoder.decode(Uint8Array.from(bytes.subarray(number === 0 ? 0 : ends[number - 1]!, ends[number]!)));
}

/** The number of a text; -1: it is not among them. */
export function numberOf({ bytes, ends }: NumberedTexts, text: string): number {
  const wanted = new TextEncoder().encode(text);
  for (let number = 0, start = 0; number < ends.length; number += 1) {
    const end = ends[number]!;
    if (end - start === wanted.length && isSame(bytes, start, wanted, 0, wanted.length)) return number;
    start = end;
  }
  return -1;
}

/** Texts to numbers 0, 1, 2 … in the order of their first appearance, looked up by their bytes in UTF-8. */
export class TextIndex {
  size = 0;
  #bytes = new Uint8Array(1 << 12);
  #ends = new Uint32Array(1 << 8);
  /** Open addressing: number plus one; 0: free. */
  #slots = new Uint32Array(1 << 9);
  readonly #mostTexts: number;
  readonly #mostBytes: number;

  /** @param mostTexts and @param mostBytes of all of them: what comes then has no number */
  constructor(mostTexts: number, mostBytes: number) {
    this.#mostTexts = mostTexts;
    this.#mostBytes = mostBytes;
  }

  /** The number of a text, a new one for a text not met before; -1 where there is no text or there are too many. */
  of(bytes: Uint8Array, start: number, end: number): number {
    if (start >= end) return -1;
    const mask = this.#slots.length - 1;
    let slot = hashOf(bytes, start, end) & mask;
    for (;;) {
      const number = this.#slots[slot]! - 1;
      if (number < 0) return this.#add(bytes, start, end, slot);
      const known = number === 0 ? 0 : this.#ends[number - 1]!;
      if (this.#ends[number]! - known === end - start && isSame(this.#bytes, known, bytes, start, end - start))
        return number;
      slot = (slot + 1) & mask;
    }
  }

  #add(bytes: Uint8Array, start: number, end: number, slot: number): number {
    const used = this.size === 0 ? 0 : this.#ends[this.size - 1]!;
    const room = used + end - start;
    if (this.size === this.#mostTexts || room > this.#mostBytes) return -1;
    if (room > this.#bytes.length) {
      const larger = new Uint8Array(Math.min(this.#mostBytes, Math.max(room, 2 * this.#bytes.length)));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    if (this.size === this.#ends.length) {
      const larger = new Uint32Array(2 * this.size);
      larger.set(this.#ends);
      this.#ends = larger;
    }
    // Few bytes: a loop is quicker than a view of them.
    for (let at = start, to = used; at < end; at += 1, to += 1) this.#bytes[to] = bytes[at]!;
    this.#ends[this.size] = room;
    this.size += 1;
    this.#slots[slot] = this.size;
    if (this.size * 2 > this.#slots.length) this.#growSlots();
    return this.size - 1;
  }

  #growSlots(): void {
    this.#slots = new Uint32Array(4 * this.#slots.length);
    const mask = this.#slots.length - 1;
    for (let number = 0, start = 0; number < this.size; number += 1) {
      const end = this.#ends[number]!;
      let slot = hashOf(this.#bytes, start, end) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
      start = end;
    }
  }

  /** All texts so far; only to be read, until the next one is added. */
  list(): NumberedTexts {
    const used = this.size === 0 ? 0 : this.#ends[this.size - 1]!;
    return { bytes: this.#bytes.subarray(0, used), ends: this.#ends.subarray(0, this.size) };
  }

  /** Texts by number. */
  names(): string[] {
    const texts = this.list();
    return Array.from({ length: this.size }, (_, number) => textOf(texts, number));
  }
}

/** FNV-1a, its high bits folded into those that tables use. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

function isSame(left: Uint8Array, from: number, right: Uint8Array, start: number, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (left[from + at] !== right[start + at]) return false;
  return true;
}
