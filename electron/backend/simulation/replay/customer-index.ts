/** Ids below this are looked up in a table of their own: customers are mostly numbered on from some small number. */
const DIRECT = 1 << 24;

/** Ids of customers to indices 0, 1, 2 … in the order of their first appearance, over typed arrays. */
export class CustomerIndex {
  size = 0;
  private ids = new Float64Array(1024);
  /** Index plus one by id; 0: not met. */
  private direct = new Uint32Array(1 << 16);
  /** Open addressing for larger ids: index plus one; 0: free. */
  private slots = new Uint32Array(4096);
  private inSlots = 0;

  /** The index of a customer, a new one for an id not met before. @param id a positive whole number */
  of(id: number): number {
    if (id < DIRECT) {
      if (id >= this.direct.length) this.growDirect(id);
      const known = this.direct[id]!;
      if (known !== 0) return known - 1;
      this.direct[id] = this.size + 1;
      return this.add(id);
    }
    return this.ofLarge(id);
  }

  private growDirect(id: number): void {
    let room = this.direct.length;
    while (room <= id) room *= 2;
    const larger = new Uint32Array(room);
    larger.set(this.direct);
    this.direct = larger;
  }

  private ofLarge(id: number): number {
    const mask = this.slots.length - 1;
    let slot = this.slotOf(id, mask);
    for (;;) {
      const known = this.slots[slot]!;
      if (known === 0) break;
      if (this.ids[known - 1] === id) return known - 1;
      slot = (slot + 1) & mask;
    }
    this.slots[slot] = this.size + 1;
    this.inSlots += 1;
    const index = this.add(id);
    if (this.inSlots * 2 > this.slots.length) this.growSlots();
    return index;
  }

  private slotOf(id: number, mask: number): number {
    const mixed = Math.imul((id | 0) ^ Math.imul(Math.floor(id / 2 ** 32), 0x9e3779b1), 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & mask;
  }

  private growSlots(): void {
    this.slots = new Uint32Array(4 * this.slots.length);
    const mask = this.slots.length - 1;
    for (let index = 0; index < this.size; index += 1) {
      const id = this.ids[index]!;
      if (id < DIRECT) continue;
      let slot = this.slotOf(id, mask);
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = index + 1;
    }
  }

  private add(id: number): number {
    const index = this.size;
    if (index === this.ids.length) {
      const larger = new Float64Array(2 * index);
      larger.set(this.ids);
      this.ids = larger;
    }
    this.ids[index] = id;
    this.size += 1;
    return index;
  }

  /** Ids by index. */
  list(): Float64Array {
    return this.ids.subarray(0, this.size);
  }
}
