const WORDS_IN_BLOCK = 16;
const BITS_OF_CUSTOMER = 6;

/** Bits a customer needs so that fewer than one in a hundred is taken for one that was met before. */
const BITS_PER_CUSTOMER = 12;

/**
 * Remembers customers in a fixed number of bytes: it never forgets one, and seldom takes a new one for an old one, so
 * "maybe" has to be confirmed by the store while "never" needs no look (a Bloom filter whose bits for one customer lie
 * in one cache line).
 */
export class CustomerFilter {
  readonly #words: Uint32Array;
  readonly #blockMask: number;
  #added = 0;

  /** @param bytes rounded up to a power of two, at least 64 */
  constructor(bytes: number) {
    const size = 2 ** Math.max(6, Math.ceil(Math.log2(bytes)));
    this.#words = new Uint32Array(size / 4);
    this.#blockMask = size / 4 / WORDS_IN_BLOCK - 1;
  }

  /** Whether it holds more customers than it can tell apart well. */
  get isCrowded(): boolean {
    return this.#added * BITS_PER_CUSTOMER > this.#words.length * 32;
  }

  /** Remembers a customer. True: it was certainly not there before. */
  add(customerId: number): boolean {
    const first = firstHash(customerId);
    const start = (first & this.#blockMask) * WORDS_IN_BLOCK;
    let bits = secondHash(first, customerId);
    let isNew = false;
    for (let index = 0; index < BITS_OF_CUSTOMER; index++) {
      const word = start + ((bits >>> 5) & 15);
      const bit = 1 << (bits & 31);
      const before = this.#words[word] as number;
      if ((before & bit) === 0) {
        isNew = true;
        this.#words[word] = before | bit;
      }
      bits = index === 2 ? mix(bits ^ first) : bits >>> 9;
    }
    if (isNew) this.#added += 1;
    return isNew;
  }

  /** False: this customer was certainly never added. */
  mayHold(customerId: number): boolean {
    const first = firstHash(customerId);
    const start = (first & this.#blockMask) * WORDS_IN_BLOCK;
    let bits = secondHash(first, customerId);
    for (let index = 0; index < BITS_OF_CUSTOMER; index++) {
      const word = start + ((bits >>> 5) & 15);
      if (((this.#words[word] as number) & (1 << (bits & 31))) === 0) return false;
      bits = index === 2 ? mix(bits ^ first) : bits >>> 9;
    }
    return true;
  }
}

function mix(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

const firstHash = (customerId: number): number =>
  mix((customerId | 0) ^ Math.imul((customerId / 4294967296) | 0, 0x9e3779b1));
const secondHash = (first: number, customerId: number): number =>
  mix(first ^ Math.imul(customerId | 0, 0x27d4eb2f) ^ 0x165667b1);
