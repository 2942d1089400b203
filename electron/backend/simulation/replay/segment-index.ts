import { NO_SEGMENT } from '../../../../shared/simulation/replay-source';

/** As many as fit the numbers that segments are kept as, beside the one for none. */
export const MOST_SEGMENTS = NO_SEGMENT;

const decoder = new TextDecoder();

/** Names of segments to numbers 0, 1, 2 … in the order of their first appearance, looked up by their bytes. */
export class SegmentIndex {
  private readonly known: Uint8Array[] = [];
  /** Open addressing: number plus one; 0: free. */
  private slots = new Uint32Array(256);

  /** The number of a name, a new one for a name not met before; -1 where there is no name or there are too many. */
  of(bytes: Uint8Array, start: number, end: number): number {
    if (start >= end) return -1;
    const mask = this.slots.length - 1;
    let slot = hashOf(bytes, start, end) & mask;
    for (;;) {
      const number = this.slots[slot]! - 1;
      if (number < 0) return this.add(Uint8Array.from(bytes.subarray(start, end)), slot);
      if (isSame(this.known[number]!, bytes, start, end)) return number;
      slot = (slot + 1) & mask;
    }
  }

  private add(name: Uint8Array, slot: number): number {
    if (this.known.length === MOST_SEGMENTS) return -1;
    this.known.push(name);
    this.slots[slot] = this.known.length;
    if (this.known.length * 2 > this.slots.length) this.growSlots();
    return this.known.length - 1;
  }

  private growSlots(): void {
    this.slots = new Uint32Array(4 * this.slots.length);
    const mask = this.slots.length - 1;
    this.known.forEach((name, number) => {
      let slot = hashOf(name, 0, name.length) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = number + 1;
    });
  }

  /** Names by number. */
  names(): string[] {
    return this.known.map((name) => decoder.decode(name));
  }
}

/** FNV-1a, its high bits folded into those that tables use. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

function isSame(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let at = 0; at < name.length; at += 1) if (name[at] !== bytes[start + at]) return false;
  return true;
}
