/** Ids of customers to indices 0, 1, 2 … in the order of their first appearance: open addressing over typed arrays. */
export class CustomerIndex {
  size = 0;
  private ids = new Float64Array(1024);
  private slots = new Int32Array(4096).fill(-1);
  private mask = 4095;

  /** The index of a customer, a new one for an id not met before. */
  of(id: number): number {
    let slot = this.slotOf(id);
    for (;;) {
      const index = this.slots[slot]!;
      if (index === -1) return this.add(id, slot);
      if (this.ids[index] === id) return index;
      slot = (slot + 1) & this.mask;
    }
  }

  private slotOf(id: number): number {
    const mixed = Math.imul((id | 0) ^ Math.imul(Math.floor(id / 2 ** 32), 0x9e3779b1), 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & this.mask;
  }

  private add(id: number, slot: number): number {
    const index = this.size;
    if (index === this.ids.length) {
      const larger = new Float64Array(2 * index);
      larger.set(this.ids);
      this.ids = larger;
    }
    this.ids[index] = id;
    this.slots[slot] = index;
    this.size += 1;
    if (this.size * 2 > this.slots.length) this.grow();
    return index;
  }

  private grow(): void {
    this.slots = new Int32Array(4 * this.slots.length).fill(-1);
    this.mask = this.slots.length - 1;
    for (let index = 0; index < this.size; index += 1) {
      let slot = this.slotOf(this.ids[index]!);
      while (this.slots[slot] !== -1) slot = (slot + 1) & this.mask;
      this.slots[slot] = index;
    }
  }

  /** Ids by index. */
  list(): Float64Array {
    return this.ids.subarray(0, this.size);
  }
}
