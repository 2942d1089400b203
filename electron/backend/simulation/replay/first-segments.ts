import { NO_SEGMENT } from '../../../../shared/simulation/replay-source';
import { sharedArray } from './sort-events';

/** Of each customer the segment of the first event: the earliest, of several at one instant the first of the file. */
export class FirstSegments {
  #at = new Float64Array(0);
  #segment = new Uint16Array(0);

  /** Takes rows that come behind all others in the file, themselves in the order of time, ties in file order. */
  add(at: Float64Array, customer: Uint32Array, segment: Uint16Array): void {
    const { length } = at;
    for (let row = 0; row < length; row += 1) {
      const who = customer[row]!;
      if (who >= this.#at.length) this.#grow(who + 1);
      if (at[row]! < this.#at[who]!) {
        this.#at[who] = at[row]!;
        this.#segment[who] = segment[row]!;
      }
    }
  }

  #grow(room: number): void {
    const larger = Math.max(room, 2 * this.#at.length, 1024);
    const at = new Float64Array(larger).fill(Infinity);
    at.set(this.#at);
    this.#at = at;
    const segment = new Uint16Array(larger);
    segment.set(this.#segment);
    this.#segment = segment;
  }

  /** By customer; Infinity where one has no event. */
  list(customers: number): { at: Float64Array; segment: Uint16Array } {
    if (customers > this.#at.length) this.#grow(customers);
    return { at: this.#at.slice(0, customers), segment: this.#segment.slice(0, customers) };
  }
}

/** What parts of a file know of their customers, together. */
export interface SegmentsOfPart {
  firsts: { at: Float64Array; segment: Uint16Array };
  /** The number of each of its customers in the whole file; null: its own. */
  customers: Uint32Array | null;
  /** The number of each of its segments in the whole file. */
  segments: Uint16Array;
}

/** The segment of each customer of the whole file; who has no event is in none. @param parts in the order of the file */
export function firstSegments(parts: readonly SegmentsOfPart[], customers: number): Uint16Array {
  const of = sharedArray(Uint16Array, customers).fill(NO_SEGMENT);
  const first = new Float64Array(customers).fill(Infinity);
  for (const { firsts, customers: numbers, segments } of parts) {
    for (let own = 0; own < firsts.at.length; own += 1) {
      const at = firsts.at[own]!;
      const who = numbers === null ? own : numbers[own]!;
      if (at < first[who]!) {
        first[who] = at;
        of[who] = segments[firsts.segment[own]!]!;
      }
    }
  }
  return of;
}
